//! A delegation: another acts in one's post, within dates and a scope, by a document.
//!
//! Source: Nghị định 30/2020/NĐ-CP, Điều 13: deputies sign in place of the head (KT.); an authorisation
//! (TUQ.) is written, limited in time and content, and is not passed on.

use std::fmt;

use cchc_ledger::PersonId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Actions, Capacity, PostId};

/// Name of a delegation; the shell makes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DelegationId(pub String);

/// A delegation, kept with the person who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its name in the system.
    pub id: DelegationId,
    /// The giver's post in which the other acts.
    pub from_post: PostId,
    /// Who acts.
    pub to_person: PersonId,
    /// How he signs: [`Capacity::Kt`], [`Capacity::Tl`], [`Capacity::Tuq`]; [`Capacity::Own`]: a substitute.
    pub capacity: Capacity,
    /// What he may do of what the post may do.
    pub actions: Actions,
    /// First day.
    pub from: Date,
    /// Last day; `None`: until further notice.
    #[serde(default)]
    pub to: Option<Date>,
    /// Number and symbol of the document.
    pub document: String,
    /// First day on which it holds no more, where it was ended before its last day.
    #[serde(default)]
    pub ended: Option<Date>,
}

impl Delegation {
    /// Whether it holds on that day, the giver's post apart.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.holds_from(day)
    }

    /// Whether it holds on that day or on a later one.
    #[must_use]
    pub fn holds_from(&self, day: Date) -> bool {
        self.to.is_none_or(|to| day <= to) && self.ended.is_none_or(|ended| day < ended)
    }

    /// Whether both hold on some day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.holds_from(other.from.max(self.from)) && other.holds_from(self.from.max(other.from))
    }
}

impl DelegationId {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for DelegationId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for DelegationId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ended_today_it_holds_no_more_today() {
        let given = Delegation {
            id: "u1".into(),
            from_post: "p1".into(),
            to_person: PersonId::from("b"),
            capacity: Capacity::Tuq,
            actions: Actions::All,
            from: date(2021, 3, 1),
            to: Some(date(2021, 3, 31)),
            document: "12/UQ".to_owned(),
            ended: None,
        };
        let days = [date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 9), date(2021, 3, 31), date(2021, 4, 1)];
        assert_eq!(days.map(|day| given.holds_on(day)), [false, true, true, true, false]);
        let ended = Delegation { ended: Some(date(2021, 3, 9)), ..given.clone() };
        assert_eq!(days.map(|day| ended.holds_on(day)), [false, true, false, false, false]);
        let later = Delegation { from: date(2021, 3, 9), ..given.clone() };
        assert!(given.overlaps(&later) && later.overlaps(&given));
        assert!(!ended.overlaps(&later) && !later.overlaps(&ended));
    }
}
