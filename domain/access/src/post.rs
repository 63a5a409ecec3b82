//! A post: what a person is, in which unit, from when to when.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Capacity, Role};

/// Name of a post; the shell makes it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PostId(pub String);

/// A dated post of a person in a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Its name in the system.
    pub id: PostId,
    /// Code of the unit; empty only for a post that has no other role than running the system.
    pub unit: String,
    /// Chức vụ: `Chánh Văn phòng`.
    pub title: String,
    /// Chức vụ Đảng, where there is one: `Bí thư chi bộ`.
    #[serde(default)]
    pub party_title: Option<String>,
    /// What it lets its holder do; may be empty.
    pub roles: Vec<Role>,
    /// Codes of the fields assigned to an appraiser.
    #[serde(default)]
    pub fields: Vec<String>,
    /// How its holder signs: [`Capacity::Own`], [`Capacity::Tm`] or [`Capacity::Q`].
    #[serde(default)]
    pub capacity: Capacity,
    /// First day.
    pub from: Date,
    /// Last day; `None`: until further notice.
    #[serde(default)]
    pub to: Option<Date>,
    /// Number and symbol of the document that appointed; may be empty.
    #[serde(default)]
    pub document: String,
    /// Place in the order of protocol, smallest first.
    #[serde(default)]
    pub order: u32,
}

impl Post {
    /// Whether it is held on that day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it is held on that day or on a later one.
    #[must_use]
    pub fn holds_from(&self, day: Date) -> bool {
        self.to.is_none_or(|to| day <= to)
    }

    /// Whether both are held on some day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }

    /// Whether it carries the role.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

impl PostId {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for PostId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for PostId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn post(from: Date, to: Option<Date>) -> Post {
        Post {
            id: "p".into(),
            unit: "H37.04".to_owned(),
            title: "Chuyên viên".to_owned(),
            party_title: None,
            roles: vec![Role::UnitOfficer],
            fields: Vec::new(),
            capacity: Capacity::Own,
            from,
            to,
            document: String::new(),
            order: 0,
        }
    }

    #[test]
    fn the_first_and_the_last_day_belong_to_it() {
        let year = post(date(2021, 1, 1), Some(date(2021, 12, 31)));
        let days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1)];
        assert_eq!(days.map(|day| year.holds_on(day)), [false, true, true, false]);
        assert_eq!(days.map(|day| year.holds_from(day)), [true, true, true, false]);
        assert!(post(date(2021, 1, 1), None).holds_on(date(2099, 1, 1)));
    }

    #[test]
    fn one_shared_day_is_an_overlap() {
        let year = post(date(2021, 1, 1), Some(date(2021, 12, 31)));
        assert!(year.overlaps(&post(date(2021, 12, 31), None)));
        assert!(!year.overlaps(&post(date(2022, 1, 1), None)));
        assert!(!post(date(2022, 1, 1), None).overlaps(&year));
    }
}
