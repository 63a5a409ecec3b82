//! The working time of Vietnam's offices: lunar calendar, days off by the law and by decision, office hours, time
//! limits and due dates.
//!
//! | to | see |
//! |---|---|
//! | turn a day into a lunar date and back | [`LunarDate`] |
//! | know the days off of the law | [`Law`] |
//! | know what was decided | [`DaysOff`], [`DayOff`] |
//! | have both, 1995–2100, and know how sure a day is | [`Calendar`], [`Standing`] |
//! | know when a unit is open | [`OfficeHours`] |
//! | count in working time | [`Schedule`], [`Limit`], [`Convention`], [`Pauses`] |
//! | say why a due date is what it is | [`Explanation`] |
//!
//! Pure: no I/O, no clock, no floats. Code knows kinds of rule; every day, hour and article is a row of data.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::arithmetic_side_effects,
        clippy::float_arithmetic
    )
)]

mod calendar;
mod day_off;
mod days_off;
mod difference;
mod due;
mod elapsed;
mod explain;
mod hours;
mod law;
mod limit;
mod lunar;
mod ordinal;
mod pauses;
mod read;
mod schedule;
mod working;

pub use calendar::{Calendar, KnownDay, Standing};
pub use cchc_text::dated::Period;
pub use day_off::{DayKind, DayOff};
pub use days_off::DaysOff;
pub use difference::difference;
pub use due::DueError;
pub use explain::{Explanation, Step, What};
pub use hours::{HOURS_COLUMNS, HoursRow, OfficeHours, OpenHours};
pub use law::{LAW_COLUMNS, Law, LawRow, LawRule, Side, Statutory};
pub use limit::{Convention, Limit, LimitError};
pub use lunar::LunarDate;
pub use pauses::Pauses;
pub use read::COLUMNS;
pub use schedule::Schedule;
pub use working::{CalendarError, WorkingDay};
