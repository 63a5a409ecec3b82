//! How much of a limit has passed: the same counting, the other way round.

use jiff::civil::DateTime;

use crate::due::DueError;
use crate::ordinal::{self, DAY};
use crate::pauses::Pauses;
use crate::schedule::Schedule;

impl Schedule {
    /// Working days after the day of receipt that are over at a moment, without those that closed in a pause.
    ///
    /// # Errors
    /// When a moment lies outside of 1995–2100.
    pub fn working_days_passed(&self, start: DateTime, end: DateTime, pauses: &Pauses) -> Result<u32, DueError> {
        let (start, end) = (ordinal::minutes(start), ordinal::minutes(end));
        let count = || {
            let first = self.days_through(start.div_euclid(DAY))?;
            let over = |at: i64| Some(self.closed_by(at)?.max(first));
            let mut paused = 0_u32;
            for (from, to) in pauses.after(start).take_while(|(from, _)| *from < end) {
                paused = paused.checked_add(over(to.min(end))?.checked_sub(over(from)?)?)?;
            }
            over(end)?.checked_sub(first)?.checked_sub(paused)
        };
        count().ok_or(DueError::OutsideCalendar)
    }

    /// Working minutes from one moment to another, without those in a pause; 0 when the other is not later.
    ///
    /// # Errors
    /// When a moment lies outside of 1995–2100.
    pub fn working_minutes_passed(&self, start: DateTime, end: DateTime, pauses: &Pauses) -> Result<i64, DueError> {
        let (start, end) = (ordinal::minutes(start), ordinal::minutes(end));
        let end = end.max(start);
        let count = || {
            let between = |from: i64, to: i64| self.minutes_by(to)?.checked_sub(self.minutes_by(from)?);
            let mut passed = between(start, end)?;
            for (from, to) in pauses.after(start).take_while(|(from, _)| *from < end) {
                passed = passed.checked_sub(between(from, to.min(end))?)?;
            }
            Some(passed)
        };
        count().ok_or(DueError::OutsideCalendar)
    }
}
