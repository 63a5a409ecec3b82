//! One dated row: a day off, or a weekend day that is worked.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// One row of the table of days off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DayOff {
    /// The day.
    pub date: Date,
    /// What it is.
    pub kind: DayKind,
    /// What people call it: `Giỗ Tổ Hùng Vương`.
    pub name: String,
    /// Where it was read: the decision, or the publication that quotes it.
    pub source: String,
    /// How sure it is: `verified`, `high`, `press`, `unconfirmed` …
    pub confidence: String,
}

/// What a dated row says about its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A public holiday on a day from Monday to Friday.
    Holiday,
    /// A public holiday that falls on a Saturday or Sunday.
    HolidayOnWeekend,
    /// The day off in lieu of a holiday on a weekend (Labour Code 2019, art. 111(3)).
    CompensationDayOff,
    /// A working day off in exchange for a weekend day that is worked.
    SwapDayOff,
    /// The weekend day that is worked in exchange.
    MakeupWorkingDay,
}

impl DayKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 5] =
        [Self::Holiday, Self::HolidayOnWeekend, Self::CompensationDayOff, Self::SwapDayOff, Self::MakeupWorkingDay];

    /// The word in the file: `swap_day_off`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::HolidayOnWeekend => "holiday_on_weekend",
            Self::CompensationDayOff => "compensation_day_off",
            Self::SwapDayOff => "swap_day_off",
            Self::MakeupWorkingDay => "makeup_working_day",
        }
    }

    /// The word on a page: `nghỉ hoán đổi`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Holiday => "nghỉ lễ, tết",
            Self::HolidayOnWeekend => "ngày lễ, tết trùng ngày nghỉ hằng tuần",
            Self::CompensationDayOff => "nghỉ bù",
            Self::SwapDayOff => "nghỉ hoán đổi",
            Self::MakeupWorkingDay => "làm bù",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether people work on such a day.
    #[must_use]
    pub const fn works(self) -> bool {
        matches!(self, Self::MakeupWorkingDay)
    }

    /// Whether such a row belongs on a Saturday or Sunday.
    #[must_use]
    pub const fn belongs_on_weekend(self) -> bool {
        matches!(self, Self::HolidayOnWeekend | Self::MakeupWorkingDay)
    }
}

impl DayOff {
    /// The row as text, in the order of [`COLUMNS`](crate::COLUMNS).
    #[must_use]
    pub fn cells(&self) -> [String; 6] {
        [
            self.date.to_string(),
            weekday_code(self.date.weekday()).to_owned(),
            self.kind.code().to_owned(),
            self.name.clone(),
            self.source.clone(),
            self.confidence.clone(),
        ]
    }
}

/// Whether the day is a Saturday or Sunday.
pub(crate) fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The weekday as the file writes it: `Mon`.
pub(crate) const fn weekday_code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

/// The weekday as people write it: `thứ Hai`.
pub(crate) const fn weekday_label(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_its_kind() {
        for kind in DayKind::ALL {
            assert_eq!(DayKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(DayKind::from_code("Holiday"), None);
    }
}
