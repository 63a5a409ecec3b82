//! The set of a new year out of last year's (sao chép bộ tiêu chí năm trước).
//!
//! A province re-issues its set almost every year. The copy is a draft of the new one: the same tree, points
//! and rules under the new year, and without the old decision, which does not issue it.

use jiff::civil::Date;

use crate::set::{CriteriaSet, Status};

/// The set of that year out of a set of an earlier year.
///
/// Its id and title carry the new year in place of the old one. Due dates are days without a year, and fall into
/// the year of the set. An official set is official by its decision; its copy has none yet.
#[must_use]
pub fn next_set(set: &CriteriaSet, year: i16) -> CriteriaSet {
    let mut next = set.clone();
    next.year = year;
    next.id = retitled(&set.id, set.year, year);
    if next.id == set.id {
        next.id = format!("{}-{year}", set.id);
    }
    next.title = retitled(&set.title, set.year, year);
    next.source = format!("Sao chép từ bộ {} năm {}", set.id, set.year);
    next.legal_basis = String::new();
    if set.status == Status::Official {
        next.status = Status::Unconfirmed;
        next.status_note = "Sao chép từ bộ năm trước, chưa có quyết định ban hành.".to_owned();
    }
    next
}

/// A text with one year in place of another, where it stands as a number of its own.
#[must_use]
pub fn retitled(text: &str, from: i16, to: i16) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(from.as_str()) {
        written.push_str(before);
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let stands_alone = !is_digit(written.chars().next_back()) && !is_digit(after.chars().next());
        written.push_str(if stands_alone { &to } else { &from });
        rest = after;
    }
    written.push_str(rest);
    written
}

/// The same day in another year; 29 February falls on the 28th where there is none.
pub(crate) fn in_year(day: Date, year: i16) -> Date {
    Date::new(year, day.month(), day.day()).or_else(|_| Date::new(year, day.month(), 28)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::round::testing::set;
    use crate::set_form::to_form;
    use crate::toml_form;

    #[test]
    fn a_year_is_replaced_where_it_is_one() {
        assert_eq!(retitled("Chỉ số 2021 (năm 2021)", 2021, 2022), "Chỉ số 2022 (năm 2022)");
        assert_eq!(retitled("vp-2021-so", 2021, 2022), "vp-2022-so");
        assert_eq!(retitled("mã 20210, 120215", 2021, 2022), "mã 20210, 120215");
        assert_eq!(retitled("", 2021, 2022), "");
    }

    #[test]
    fn the_copy_scores_as_the_original_under_its_own_year_and_id() {
        let mut old = (*set()).clone();
        (old.status, old.legal_basis) = (Status::Official, "12/QĐ-UBND".into());
        let new = next_set(&old, 2023);
        assert_eq!((&*new.id, new.year, &*new.legal_basis, new.status), ("thu-so-2023", 2023, "", Status::Unconfirmed));
        assert_eq!((&new.criteria, &new.classes, &new.groups), (&old.criteria, &old.classes, &old.groups));
        let (form, mut findings) = toml_form::read("m.toml", &toml_form::write(&to_form(&new)));
        assert_eq!(crate::set_form::from_form(&form, &mut findings), Some(new));
        assert_eq!(findings, []);
    }
}
