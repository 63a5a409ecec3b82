//! Working days by the dated days off: holidays, days in lieu, swapped days, make-up Saturdays.
//!
//! Pure: no I/O, no clock, no floats. A year's days off are rows of data, never code; a date in a
//! year without rows is still answered (Monday to Friday work), and the answer says so.
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

mod day_off;
mod days_off;
mod difference;
mod lunar;
mod ordinal;
mod read;
mod working;

pub use day_off::{DayKind, DayOff};
pub use days_off::DaysOff;
pub use difference::difference;
pub use lunar::LunarDate;
pub use read::COLUMNS;
pub use working::{CalendarError, WorkingDay};
