//! The ways of counting: closings of working days, working minutes, days and moments of the calendar.
//!
//! Each begins without pauses and then takes them in order: a pause that begins before the end found so far puts it
//! off by what the pause takes away; the first that begins later ends the search.

use crate::ordinal::DAY;
use crate::pauses::Pauses;
use crate::schedule::Schedule;

impl Schedule {
    /// The end of the last of so many working days after the day of receipt; what is left of a day is counted in
    /// minutes, from the end of the whole days, or from the start where there are none.
    pub(super) fn after_working_days(&self, start: i64, quarters: u32, pauses: &Pauses) -> Option<i64> {
        let through = self.days_through(start.div_euclid(DAY))?;
        let whole = |days: u32| self.after_closings(through, days, start, pauses);
        let (days, rest) = (quarters / 4, quarters % 4);
        if rest == 0 {
            return whole(days.max(1));
        }
        let from = if days == 0 { start } else { whole(days)? };
        let end = self.after_working_minutes(from, self.quarters(start, rest)?, pauses)?;
        // On short days half a day in minutes can take longer than the whole day.
        Some(end.min(whole(days.checked_add(1)?)?))
    }

    /// The `count`-th closing from the working day of that number on; a closing within a pause is not counted.
    ///
    /// A pause takes a working day away when the day closes in it, so pauses that follow each other take away as
    /// many days as one pause over all of them.
    pub(super) fn after_closings(&self, first: u32, count: u32, start: i64, pauses: &Pauses) -> Option<i64> {
        let mut last = first.checked_add(count.checked_sub(1)?)?;
        for (from, to) in pauses.after(start) {
            let before = self.closed_by(from)?.max(first);
            // The last closing was over when the pause began.
            if before > last {
                break;
            }
            let by = self.closed_by(to)?.max(first);
            last = last.checked_add(by.checked_sub(before)?)?;
        }
        self.closing(last)
    }

    /// When so many working minutes have passed.
    pub(super) fn after_working_minutes(&self, start: i64, minutes: i64, pauses: &Pauses) -> Option<i64> {
        let mut total = self.minutes_by(start)?.checked_add(minutes)?;
        for (from, to) in pauses.after(start) {
            let before = self.minutes_by(from)?;
            // All of them had passed when the pause began.
            if before >= total {
                break;
            }
            total = total.checked_add(self.minutes_by(to)?.checked_sub(before)?)?;
        }
        self.after_minutes(total)
    }

    /// The closing of a day of the calendar, or of the next working day (Civil Code 2015, art. 148(5)).
    ///
    /// A pause takes away the midnights in it.
    pub(super) fn end_of_day(&self, start: i64, last: i64, pauses: &Pauses) -> Option<i64> {
        let mut last = last;
        let mut resumed = start;
        let closing = |day: i64, resumed: i64| {
            let number = self.days_through(day.checked_sub(1)?)?.max(self.closed_by(resumed)?);
            self.closing(number)
        };
        for (from, to) in pauses.after(start) {
            if from >= closing(last, resumed)? {
                break;
            }
            let (first, then) = (from.div_euclid(DAY), to.div_euclid(DAY));
            last = last.max(first).checked_add(then.checked_sub(first)?)?;
            resumed = to;
        }
        closing(last, resumed)
    }

    /// A moment of the calendar, or the next at which the office is open. A pause takes away all of its minutes.
    pub(super) fn moved_to_open(&self, start: i64, end: i64, pauses: &Pauses) -> Option<i64> {
        let mut end = end;
        for (from, to) in pauses.after(start) {
            if from >= self.next_open(end)? {
                break;
            }
            end = end.max(from).checked_add(to.checked_sub(from)?)?;
        }
        self.next_open(end)
    }

    /// Quarters of a working day in minutes, by the law at the start.
    pub(crate) fn quarters(&self, start: i64, quarters: u32) -> Option<i64> {
        i64::from(quarters).checked_mul(self.day_length(start)?)?.checked_div(4)
    }
}
