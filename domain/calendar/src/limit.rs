//! Time limits: how long an office has.

mod parse;

use std::fmt;

pub use crate::limit::parse::LimitError;

/// How long an office has. Read by `FromStr`: `3wd`, `0.5wd`, `16wh`, `5d`, `1m`, `03 ngày làm việc`, `trong ngày`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Working days, in quarters: half a day is 2.
    WorkingDays {
        /// Quarters of a working day.
        quarters: u32,
    },
    /// Working hours, in minutes.
    WorkingTime {
        /// Minutes.
        minutes: u32,
    },
    /// Days of the calendar.
    CalendarDays(u32),
    /// Months of the calendar.
    Months(u32),
    /// By the end of the working day.
    WithinDay,
}

/// From where a limit is counted; a procedure sets it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Convention {
    /// The day of receipt is not counted; due at the end of the last day (Civil Code 2015, art. 147 and 148).
    ///
    /// What is shorter than a day, and hours, run from the minute of receipt all the same (art. 147(1)).
    #[default]
    NextDay,
    /// From the minute of receipt to the minute.
    Exact,
}

impl Limit {
    /// Whole working days.
    #[must_use]
    pub const fn working_days(days: u32) -> Self {
        Self::WorkingDays { quarters: days.saturating_mul(4) }
    }

    /// Whole working hours.
    #[must_use]
    pub const fn working_hours(hours: u32) -> Self {
        Self::WorkingTime { minutes: hours.saturating_mul(60) }
    }

    /// As people say it: `3 ngày làm việc`, `0,5 ngày làm việc`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::WorkingDays { quarters } => format!("{} ngày làm việc", hundredths(quarters, 4, ',')),
            Self::WorkingTime { minutes } if minutes % 15 == 0 => {
                format!("{} giờ làm việc", hundredths(minutes, 60, ','))
            }
            Self::WorkingTime { minutes } => format!("{minutes} phút làm việc"),
            Self::CalendarDays(days) => format!("{days} ngày"),
            Self::Months(months) => format!("{months} tháng"),
            Self::WithinDay => "trong ngày".to_owned(),
        }
    }
}

impl Limit {
    /// From where and to where it is counted by a convention, in words.
    #[must_use]
    pub fn counted(self, convention: Convention) -> &'static str {
        match (self, convention) {
            (Self::WithinDay, _) => "hết hạn khi hết giờ của ngày làm việc đó",
            (Self::WorkingTime { .. }, _) => Convention::Exact.label(),
            (Self::WorkingDays { quarters }, Convention::NextDay) if quarters < 4 => Convention::Exact.label(),
            (Self::WorkingDays { quarters }, Convention::NextDay) if quarters % 4 != 0 => {
                "không tính ngày tiếp nhận, phần lẻ tính tiếp theo phút"
            }
            (_, convention) => convention.label(),
        }
    }
}

/// The short form that is read back: `3wd`, `0.5wd`, `16wh`, `5d`, `1m`, `within-day`.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingDays { quarters } => write!(f, "{}wd", hundredths(*quarters, 4, '.')),
            Self::WorkingTime { minutes } if minutes % 15 == 0 => write!(f, "{}wh", hundredths(*minutes, 60, '.')),
            Self::WorkingTime { minutes } => write!(f, "{minutes}wmin"),
            Self::CalendarDays(days) => write!(f, "{days}d"),
            Self::Months(months) => write!(f, "{months}m"),
            Self::WithinDay => f.write_str("within-day"),
        }
    }
}

impl Convention {
    /// The word on the command line and in files: `next-day`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NextDay => "next-day",
            Self::Exact => "exact",
        }
    }

    /// As people say it of a limit of whole days; of others see [`Limit::counted`].
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NextDay => "không tính ngày tiếp nhận, hết hạn vào cuối ngày cuối cùng",
            Self::Exact => "tính từ phút tiếp nhận",
        }
    }
}

/// A number of parts as a decimal number without idle zeros.
fn hundredths(parts: u32, of: u32, sign: char) -> String {
    let whole = parts.checked_div(of).unwrap_or(0);
    let rest = parts.checked_rem(of).unwrap_or(0).saturating_mul(100).checked_div(of).unwrap_or(0);
    let rest = format!("{rest:02}");
    match rest.trim_end_matches('0') {
        "" => whole.to_string(),
        rest => format!("{whole}{sign}{rest}"),
    }
}
