//! When a limit ends: the one routine by which every due date is computed.

mod count;

use jiff::civil::{Date, DateTime};
use thiserror::Error;

use crate::limit::{Convention, Limit};
use crate::ordinal::{self, DAY};
use crate::pauses::Pauses;
use crate::schedule::Schedule;

/// Why no due date can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DueError {
    /// The start, or the end, lies outside of the calendar.
    #[error(
        "chỉ tính được hạn trong khoảng từ {} đến {}; xem lại thời điểm bắt đầu và thời hạn",
        cchc_text::date::vietnamese(crate::Calendar::FIRST),
        cchc_text::date::vietnamese(crate::Calendar::LAST)
    )]
    OutsideCalendar,
}

impl Schedule {
    /// When a limit that starts at a moment ends, to the minute.
    ///
    /// Never in closed hours, never in a pause. Logarithmic time in the calendar, linear in the pauses; nothing is
    /// allocated.
    ///
    /// # Errors
    /// When it starts or ends outside of 1995–2100.
    pub fn due(
        &self,
        start: DateTime,
        limit: Limit,
        convention: Convention,
        pauses: &Pauses,
    ) -> Result<DateTime, DueError> {
        let due = self.due_minutes(ordinal::minutes(start), limit, convention, pauses);
        due.and_then(ordinal::moment).ok_or(DueError::OutsideCalendar)
    }

    pub(crate) fn due_minutes(&self, start: i64, limit: Limit, convention: Convention, pauses: &Pauses) -> Option<i64> {
        match (limit, convention) {
            (Limit::WithinDay, _) => self.after_closings(self.closed_by(start)?, 1, start, pauses),
            (Limit::WorkingDays { quarters }, Convention::NextDay) => self.after_working_days(start, quarters, pauses),
            (Limit::WorkingDays { quarters }, Convention::Exact) => {
                self.after_working_minutes(start, self.quarters(start, quarters)?, pauses)
            }
            (Limit::WorkingTime { minutes }, _) => self.after_working_minutes(start, i64::from(minutes), pauses),
            (Limit::CalendarDays(days), Convention::NextDay) => {
                let last = start.div_euclid(DAY).checked_add(i64::from(days))?;
                self.end_of_day(start, last, pauses)
            }
            (Limit::Months(months), Convention::NextDay) => {
                self.end_of_day(start, months_later(start.div_euclid(DAY), months)?, pauses)
            }
            (Limit::CalendarDays(days), Convention::Exact) => {
                let end = start.checked_add(i64::from(days).checked_mul(DAY)?)?;
                self.moved_to_open(start, end, pauses)
            }
            (Limit::Months(months), Convention::Exact) => {
                let day = months_later(start.div_euclid(DAY), months)?;
                let end = day.checked_mul(DAY)?.checked_add(start.rem_euclid(DAY))?;
                self.moved_to_open(start, end, pauses)
            }
        }
    }
}

/// The day of the same number so many months later, else the last of that month (Civil Code 2015, art. 148(3)).
pub(crate) fn months_later(day: i64, months: u32) -> Option<i64> {
    let date = ordinal::date(day)?;
    let count = i32::from(date.year())
        .checked_mul(12)?
        .checked_add(i32::from(date.month()))?
        .checked_sub(1)?
        .checked_add(i32::try_from(months).ok()?)?;
    let (year, month) = (i16::try_from(count.div_euclid(12)).ok()?, i8::try_from(count.rem_euclid(12)).ok()?);
    let first = Date::new(year, month.checked_add(1)?, 1).ok()?;
    let day = date.day().min(first.days_in_month());
    Some(ordinal::of(Date::new(year, first.month(), day).ok()?))
}
