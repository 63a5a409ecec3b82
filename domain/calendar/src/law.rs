//! The days off of the law: kinds of rule, and the dated rows that use them.
//!
//! | rule in the file | what it makes |
//! |---|---|
//! | `solar 04-30` | that day of each year |
//! | `lunar 03-10` | the day on which that lunar date falls |
//! | `new-year 1+4` | the last day of the lunar year and the first four of the next, unless a decision names others |
//! | `beside 09-02 after` | a day next to that day: the one that a decision names, else the day after |
//! | `compensation` | a holiday on a Saturday or Sunday is made up on the next working day |
//! | `day-hours 8` | the hours of a working day, where a time limit is counted in hours |
//!
//! No number of the law is here: which days, since when and by which article stands in
//! `data/calendar/statutory-days.csv`.

mod parse;
mod year;

use jiff::civil::Date;

pub use crate::law::year::Statutory;
use cchc_text::dated::Period;

/// The columns of the table of statutory days, in their order.
pub const LAW_COLUMNS: [&str; 7] = ["code", "name", "rule", "valid_from", "valid_to", "basis", "confidence"];

/// The statutory days off, through time.
///
/// Built by [`Law::from_table`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Law {
    rows: Vec<LawRow>,
}

/// One row: a rule of the law and when it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawRow {
    /// The same over all versions of the rule: `quoc-khanh`.
    pub code: String,
    /// What people call the day.
    pub name: String,
    /// What it says.
    pub rule: LawRule,
    /// When it holds.
    pub period: Period,
    /// The article.
    pub basis: String,
    /// How sure it is.
    pub confidence: String,
}

/// A kind of rule, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LawRule {
    /// A day of the solar year.
    Solar {
        /// 1–12.
        month: i8,
        /// 1–31.
        day: i8,
    },
    /// A day of the lunar year, never of a leap month.
    Lunar {
        /// 1–12.
        month: u8,
        /// 1–30.
        day: u8,
    },
    /// Days around the first day of the lunar year; a decision may name others.
    NewYear {
        /// How many days before the first.
        last: u8,
        /// How many days from the first on.
        first: u8,
    },
    /// A day before or after a day of the solar year; a decision says which.
    Beside {
        /// 1–12.
        month: i8,
        /// 1–31.
        day: i8,
        /// Which one as long as nothing is decided.
        default: Side,
    },
    /// Holidays on a weekly rest day are made up on the next working day.
    Compensation,
    /// How long a working day is, where a limit is counted in hours.
    DayLength {
        /// In minutes.
        minutes: u16,
    },
}

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The day before.
    Before,
    /// The day after.
    After,
}

impl Law {
    /// Every row, in the order of the table.
    pub fn rows(&self) -> impl Iterator<Item = &LawRow> {
        self.rows.iter()
    }

    /// The minutes of a working day by the law of that day, if it says so.
    #[must_use]
    pub fn day_length(&self, day: Date) -> Option<u16> {
        self.rows.iter().filter(|row| row.period.holds(day)).find_map(|row| match row.rule {
            LawRule::DayLength { minutes } => Some(minutes),
            _ => None,
        })
    }

    /// The article by which a holiday on that day is made up, if there is one.
    pub(crate) fn compensation(&self, day: Date) -> Option<&LawRow> {
        self.rows.iter().find(|row| row.rule == LawRule::Compensation && row.period.holds(day))
    }
}
