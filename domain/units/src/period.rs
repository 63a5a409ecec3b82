//! The days on which a version holds.

use std::fmt;

use cchc_text::date::vietnamese;
use jiff::civil::Date;
use serde::Serialize;

/// A run of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Period {
    /// The first day; `None` is since before the record.
    pub from: Option<Date>,
    /// The last day; `None` is still.
    pub to: Option<Date>,
}

impl Period {
    /// Whether the day lies within.
    #[must_use]
    pub fn contains(self, date: Date) -> bool {
        self.start() <= date && date <= self.end()
    }

    /// The first day, the calendar's first where it lies before the record.
    #[must_use]
    pub fn start(self) -> Date {
        self.from.unwrap_or(Date::MIN)
    }

    /// The last day, the calendar's last where it still holds.
    #[must_use]
    pub fn end(self) -> Date {
        self.to.unwrap_or(Date::MAX)
    }

    /// The day after the last one; `None` where it still holds.
    #[must_use]
    pub fn day_after(self) -> Option<Date> {
        self.to.and_then(|date| date.tomorrow().ok())
    }

    /// Whether `others`, in the order of time, leave no day of it out.
    pub(crate) fn is_covered_by(self, others: impl IntoIterator<Item = Self>) -> bool {
        let mut needed = self.start();
        for other in others.into_iter().filter(|other| other.end() >= self.start()) {
            if other.start() > needed {
                return false;
            }
            if other.end() >= self.end() {
                return true;
            }
            needed = other.day_after().unwrap_or(Date::MAX);
        }
        false
    }
}

/// The first few periods as text: a code of a broken file may have thousands.
pub(crate) fn listed(periods: &[Period]) -> String {
    let texts: Vec<_> = periods.iter().take(MOST_LISTED).map(ToString::to_string).collect();
    let more = if periods.len() > MOST_LISTED { "; …" } else { "" };
    format!("{}{more}", texts.join("; "))
}

const MOST_LISTED: usize = 6;

impl fmt::Display for Period {
    /// `từ 01/01/2025 đến 30/06/2025`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str("từ trước đến nay"),
            (None, Some(to)) => write!(f, "đến {}", vietnamese(to)),
            (Some(from), None) => write!(f, "từ {}", vietnamese(from)),
            (Some(from), Some(to)) => write!(f, "từ {} đến {}", vietnamese(from), vietnamese(to)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period { from: from.parse().ok(), to: to.parse().ok() }
    }

    #[test]
    fn both_ends_are_included() {
        let year = period("2025-01-01", "2025-06-30");
        let inside =
            ["2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01"].map(|day| year.contains(day.parse().unwrap()));
        assert_eq!(inside, [false, true, true, false]);
        assert!(period("", "").contains(Date::MIN) && period("", "").contains(Date::MAX));
    }

    #[test]
    fn a_long_list_is_cut() {
        let year = period("2025-01-01", "2025-06-30");
        assert_eq!(listed(&[year]), "từ 01/01/2025 đến 30/06/2025");
        assert!(listed(&[year; 9]).ends_with("; …"));
        assert_eq!(listed(&[year; 9]).matches("từ").count(), MOST_LISTED);
    }

    #[test]
    fn covered_without_a_gap() {
        let child = period("", "2025-06-30");
        assert!(child.is_covered_by([period("", "")]));
        assert!(child.is_covered_by([period("", "2024-12-31"), period("2025-01-01", "2025-06-30")]));
        assert!(!child.is_covered_by([period("", "2024-12-30"), period("2025-01-01", "")]));
        assert!(!child.is_covered_by([period("2000-01-01", "")]));
        assert!(!child.is_covered_by([period("", "2025-06-29")]));
        assert!(!child.is_covered_by([]));
        assert!(period("2025-07-01", "").is_covered_by([period("", "2025-06-30"), period("2025-07-01", "")]));
    }
}
