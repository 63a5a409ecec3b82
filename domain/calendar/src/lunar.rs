//! The Vietnamese lunar calendar: days, months and leap months at UTC+7, 1900–2199.
//!
//! Every lunar year is one number of a table (`years.rs`). The tests compute the table anew from the motion
//! of Sun and Moon. UTC+7 throughout: what was printed before 1968 for UTC+8 is not asked here.

mod years;

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::lunar::years::{FIRST_YEAR, YEARS};

/// A day of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LunarDate {
    /// The lunar year, by the solar year in which it begins.
    pub year: i16,
    /// The month, 1–12.
    pub month: u8,
    /// Whether it is the leap month after the month of that number.
    pub leap: bool,
    /// The day, 1–30.
    pub day: u8,
}

/// A lunar year, packed: bits 0–12 say which of its months have 30 days, in order; bits 13–16 which month is
/// followed by a leap month (0: none); bits 17–22 how many days after 20 January it begins.
#[derive(Debug, Clone, Copy)]
struct LunarYear {
    year: i16,
    packed: u32,
}

impl LunarDate {
    /// The first day that has a lunar date here.
    pub const FIRST: Date = date(1900, 1, 1);
    /// The last day that has a lunar date here.
    pub const LAST: Date = date(2199, 12, 31);

    /// The lunar date of a day from 1900 to 2199.
    #[must_use]
    pub fn of(day: Date) -> Option<Self> {
        if !(Self::FIRST..=Self::LAST).contains(&day) {
            return None;
        }
        let this = LunarYear::of(day.year())?;
        let year = if this.begins()? <= day { this } else { LunarYear::of(day.year().checked_sub(1)?)? };
        let mut left = u32::try_from(days_between(year.begins()?, day)).ok()?;
        for (month, leap, length) in year.months() {
            match left.checked_sub(u32::from(length)) {
                Some(rest) => left = rest,
                None => {
                    let day = u8::try_from(left).ok()?.saturating_add(1);
                    return Some(Self { year: year.year, month, leap, day });
                }
            }
        }
        None
    }

    /// The day of this lunar date, if its year has it and it lies in 1900–2199.
    #[must_use]
    pub fn to_day(self) -> Option<Date> {
        let year = LunarYear::of(self.year)?;
        let mut before = 0_i64;
        for (month, leap, length) in year.months() {
            if (month, leap) == (self.month, self.leap) {
                let within = (1..=length).contains(&self.day);
                let days = before.saturating_add(i64::from(self.day)).saturating_sub(1);
                let day = within.then(|| year.begins()?.checked_add(days.days()).ok())??;
                return (Self::FIRST..=Self::LAST).contains(&day).then_some(day);
            }
            before = before.saturating_add(i64::from(length));
        }
        None
    }

    /// The first day of a lunar year (mùng 1 Tết), 1900–2199.
    #[must_use]
    pub fn new_year(year: i16) -> Option<Date> {
        Self { year, month: 1, leap: false, day: 1 }.to_day()
    }
}

/// `2030-01-01`; in a leap month `2033-11+-01`.
impl fmt::Display for LunarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leap = if self.leap { "+" } else { "" };
        write!(f, "{:04}-{:02}{leap}-{:02}", self.year, self.month, self.day)
    }
}

impl LunarYear {
    fn of(year: i16) -> Option<Self> {
        let index = usize::try_from(year.checked_sub(FIRST_YEAR)?).ok()?;
        YEARS.get(index).map(|&packed| Self { year, packed })
    }

    fn begins(self) -> Option<Date> {
        let offset = i64::from(self.packed >> 17 & 0x3f);
        Date::new(self.year, 1, 20).ok()?.checked_add(offset.days()).ok()
    }

    /// The leap month's number, 0 for none.
    fn leap(self) -> u8 {
        u8::try_from(self.packed >> 13 & 0xf).unwrap_or(0)
    }

    /// Number, whether it is the leap month, and length of each month, in order.
    fn months(self) -> impl Iterator<Item = (u8, bool, u8)> {
        let leap = self.leap();
        let ordinary = (1..=12_u8).flat_map(move |month| {
            let extra = (month == leap).then_some((month, true));
            std::iter::once((month, false)).chain(extra)
        });
        ordinary.zip(0_u32..).map(move |((month, leap), index)| {
            let long = self.packed.checked_shr(index).unwrap_or(0) & 1 == 1;
            (month, leap, if long { 30 } else { 29 })
        })
    }
}

/// Days from one day to a later one.
fn days_between(from: Date, to: Date) -> i64 {
    crate::ordinal::of(to).saturating_sub(crate::ordinal::of(from))
}
