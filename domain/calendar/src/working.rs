//! From a day to a working day.

use jiff::civil::Date;
use thiserror::Error;

use crate::days_off::DaysOff;

/// A working day that was looked for, and how sure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDay {
    /// The day.
    pub date: Date,
    /// Years between the start and that day whose holidays the table doesn't know, ascending.
    ///
    /// Not empty: the day was counted by Monday to Friday alone and may fall later.
    pub uncovered: Vec<i16>,
}

/// Why no working day was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CalendarError {
    /// The count runs past the last day of the calendar, 31/12/9999.
    #[error("phép đếm ngày làm việc vượt quá ngày 31/12/9999; xem lại ngày bắt đầu và số ngày")]
    BeyondCalendar,
}

impl DaysOff {
    /// The first working day from `date` on: `date` itself if it works.
    ///
    /// # Errors
    /// When there is none before the end of the calendar.
    pub fn next_working_day(&self, date: Date) -> Result<WorkingDay, CalendarError> {
        let mut day = date;
        while !self.is_working(day) {
            day = day.tomorrow().map_err(|_| CalendarError::BeyondCalendar)?;
        }
        Ok(self.found(date, day))
    }

    /// The `count`-th working day after `start`; the day of receipt is not counted.
    ///
    /// `count` 0 is the day of receipt itself, or the next working day.
    ///
    /// # Errors
    /// When the count runs past the end of the calendar.
    pub fn working_days_after(&self, start: Date, count: u32) -> Result<WorkingDay, CalendarError> {
        if count == 0 {
            return self.next_working_day(start);
        }
        let mut day = start;
        let mut left = count;
        while left > 0 {
            day = day.tomorrow().map_err(|_| CalendarError::BeyondCalendar)?;
            if self.is_working(day) {
                left = left.saturating_sub(1);
            }
        }
        Ok(self.found(start, day))
    }

    fn found(&self, start: Date, date: Date) -> WorkingDay {
        let uncovered = (start.year()..=date.year()).filter(|&year| !self.covers(year)).collect();
        WorkingDay { date, uncovered }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_uncovered_year_is_answered_and_named() {
        let days = DaysOff::default();
        let found = days.next_working_day("2027-01-02".parse().unwrap()).unwrap();
        assert_eq!(found, WorkingDay { date: "2027-01-04".parse().unwrap(), uncovered: vec![2027] });
        let found = days.working_days_after("2026-12-31".parse().unwrap(), 1).unwrap();
        assert_eq!(found, WorkingDay { date: "2027-01-01".parse().unwrap(), uncovered: vec![2026, 2027] });
    }

    #[test]
    fn the_calendar_ends() {
        let days = DaysOff::default();
        assert_eq!(days.working_days_after(Date::MAX, 1), Err(CalendarError::BeyondCalendar));
        assert_eq!(days.working_days_after(Date::MIN, u32::MAX), Err(CalendarError::BeyondCalendar));
        assert_eq!(days.next_working_day(Date::MAX).unwrap().date, Date::MAX);
    }
}
