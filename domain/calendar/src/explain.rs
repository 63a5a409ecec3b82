//! Why a due date is what it is: every day from receipt to the end, counted, skipped or paused.
//!
//! Made only when somebody asks: it walks day by day and so finds the due date a second time.

mod words;

use jiff::civil::{Date, DateTime};

use crate::calendar::{Calendar, KnownDay};
use crate::due::{DueError, months_later};
use crate::limit::{Convention, Limit};
use crate::ordinal::{self, DAY};
use crate::pauses::Pauses;
use crate::schedule::Schedule;

/// A due date with everything that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// When the limit began.
    pub start: DateTime,
    /// What the limit is.
    pub limit: Limit,
    /// From where it is counted.
    pub convention: Convention,
    /// When it ends.
    pub due: DateTime,
    /// Each day from the start to the end.
    pub steps: Vec<Step>,
    /// Minutes of what is shorter than a day; `None`: whole days alone.
    pub part: Option<i64>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub date: Date,
    /// What it was for the limit.
    pub what: What,
    /// Minutes of working time that a pause took away on it.
    pub paused: i64,
}

/// What a day was for a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The day of receipt, which is not counted.
    Received,
    /// A working day counted: the how many-th.
    Counted(u32),
    /// Minutes of working time counted, if any, and how many in all.
    Worked {
        /// On this day.
        minutes: i64,
        /// Up to its end.
        total: i64,
    },
    /// A day of the calendar counted, free or not: the how many-th.
    Ran(u32),
    /// A working day that nothing of the limit falls on: receipt came after closing, or the end is moved here.
    Waited,
    /// A Saturday or Sunday.
    WeeklyRest,
    /// A day off, and why.
    Off(Vec<KnownDay>),
    /// A working day without hours at this unit.
    NoHours,
    /// The day closed in a pause.
    Paused,
}

impl What {
    /// Whether the day brought the end nearer.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(self, Self::Counted(_) | Self::Ran(_) | Self::Worked { .. })
    }
}

/// Everything that an explanation walks with.
struct Walk<'a> {
    schedule: &'a Schedule,
    calendar: &'a Calendar,
    pauses: &'a Pauses,
    start: i64,
    due: i64,
}

impl Schedule {
    /// The due date of [`Schedule::due`], day by day. The calendar is the one that the schedule was made of.
    ///
    /// # Errors
    /// When it starts or ends outside of 1995–2100.
    pub fn explain(
        &self,
        calendar: &Calendar,
        start: DateTime,
        limit: Limit,
        convention: Convention,
        pauses: &Pauses,
    ) -> Result<Explanation, DueError> {
        let due = self.due(start, limit, convention, pauses)?;
        let walk =
            Walk { schedule: self, calendar, pauses, start: ordinal::minutes(start), due: ordinal::minutes(due) };
        let steps = walk.steps(limit, convention);
        let rest = |quarters: u32| if convention == Convention::NextDay { quarters % 4 } else { 0 };
        let part = match limit {
            Limit::WorkingDays { quarters } if rest(quarters) > 0 => self.quarters(walk.start, rest(quarters)),
            _ => None,
        };
        Ok(Explanation { start, limit, convention, due, steps, part })
    }
}

impl Walk<'_> {
    fn steps(&self, limit: Limit, convention: Convention) -> Vec<Step> {
        let whole_days = match (limit, convention) {
            (Limit::WorkingDays { quarters }, Convention::NextDay) => quarters / 4,
            (Limit::WithinDay, _) => 1,
            _ => 0,
        };
        let (mut days, mut ran, mut total, mut steps) = (0_u32, 0_u32, 0_i64, Vec::new());
        // What is shorter than a day runs in minutes once the whole days are over.
        let mut minutes_from = self.start;
        let received = |date: Date| date == self.date(self.start) && limit != Limit::WithinDay;
        let dates = std::iter::successors(Some(self.date(self.start)), |day| day.tomorrow().ok());
        for date in dates.take_while(|date| *date <= self.date(self.due)) {
            let what = match limit {
                Limit::CalendarDays(count) => self.of_calendar(date, i64::from(count), &mut ran),
                Limit::Months(months) => self.of_calendar(date, self.days_of(months), &mut ran),
                _ if days < whole_days => self.of_days(date, received(date), &mut days, &mut minutes_from),
                _ => self.of_minutes(date, minutes_from, &mut total),
            };
            steps.push(Step { date, what, paused: self.paused_on(date) });
        }
        steps
    }

    fn of_days(&self, date: Date, received: bool, days: &mut u32, minutes_from: &mut i64) -> What {
        if received {
            return What::Received;
        }
        let Some(closing) = self.closing(date) else { return self.off(date) };
        if closing <= self.start {
            return What::Waited;
        }
        if self.pauses.after(self.start).any(|(from, to)| from < closing && closing <= to) {
            return What::Paused;
        }
        *days = days.saturating_add(1);
        *minutes_from = closing;
        What::Counted(*days)
    }

    fn of_minutes(&self, date: Date, from: i64, total: &mut i64) -> What {
        if self.closing(date).is_none() {
            return self.off(date);
        }
        let (first, last) = self.bounds(date);
        let (first, last) = (first.max(from), last.min(self.due));
        let open = self.working(first, last);
        let paused: i64 = self.pauses.after(from).map(|(from, to)| self.working(from.max(first), to.min(last))).sum();
        let minutes = open.saturating_sub(paused);
        if minutes == 0 && paused > 0 {
            return What::Paused;
        }
        *total = total.saturating_add(minutes);
        What::Worked { minutes, total: *total }
    }

    /// Days of the calendar run whether anybody works or not, but for those that begin in a pause; then the next
    /// working day is waited for.
    fn of_calendar(&self, date: Date, count: i64, ran: &mut u32) -> What {
        let (midnight, _) = self.bounds(date);
        if midnight <= self.start {
            return What::Received;
        }
        if self.pauses.after(self.start).any(|(from, to)| from < midnight && midnight <= to) {
            return What::Paused;
        }
        if i64::from(*ran) < count {
            *ran = ran.saturating_add(1);
            return What::Ran(*ran);
        }
        if self.closing(date).is_none() { self.off(date) } else { What::Waited }
    }

    /// The days of so many months from the start.
    fn days_of(&self, months: u32) -> i64 {
        let first = self.start.div_euclid(DAY);
        months_later(first, months).map_or(0, |last| last.saturating_sub(first))
    }

    fn off(&self, date: Date) -> What {
        let known = self.calendar.on(date);
        if known.iter().any(|known| !known.day.kind.works()) {
            return What::Off(known.to_vec());
        }
        if crate::day_off::is_weekend(date) { What::WeeklyRest } else { What::NoHours }
    }

    fn paused_on(&self, date: Date) -> i64 {
        let (first, last) = self.bounds(date);
        let last = last.min(self.due);
        self.pauses.after(self.start).map(|(from, to)| self.working(from.max(first), to.min(last))).sum()
    }

    /// Working minutes between two moments; none when the second is not later.
    fn working(&self, from: i64, to: i64) -> i64 {
        let between = || self.schedule.minutes_by(to)?.checked_sub(self.schedule.minutes_by(from)?);
        if from < to { between().unwrap_or(0) } else { 0 }
    }

    fn closing(&self, date: Date) -> Option<i64> {
        let (_, closing) = self.schedule.hours_on(date).bounds()?;
        self.bounds(date).0.checked_add(i64::from(closing))
    }

    /// The midnights before and after a day.
    fn bounds(&self, date: Date) -> (i64, i64) {
        let first = ordinal::of(date).saturating_mul(DAY);
        (first, first.saturating_add(DAY))
    }

    fn date(&self, at: i64) -> Date {
        ordinal::date(at.div_euclid(DAY)).unwrap_or(Calendar::LAST)
    }
}
