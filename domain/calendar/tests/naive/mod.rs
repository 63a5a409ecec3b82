//! The same due dates by walking minute after minute and day after day: slow, and without any of the product's sums.

use cchc_calendar::{Convention, Limit, Schedule};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

pub struct Naive<'a> {
    pub schedule: &'a Schedule,
    pub pauses: &'a [(DateTime, DateTime)],
}

impl Naive<'_> {
    pub fn due(&self, start: DateTime, limit: Limit, convention: Convention) -> DateTime {
        match (limit, convention) {
            (Limit::WithinDay, _) => self.closings(start, |closing, _| closing > start, 1),
            (Limit::WorkingDays { quarters }, Convention::Exact) => self.minutes(start, quarters * 120),
            (Limit::WorkingTime { minutes }, _) => self.minutes(start, minutes),
            (Limit::WorkingDays { quarters }, Convention::NextDay) => {
                let whole = |days| self.closings(start, |_, day| day > start.date(), days);
                if quarters % 4 == 0 {
                    return whole(quarters / 4);
                }
                let from = if quarters < 4 { start } else { whole(quarters / 4) };
                self.minutes(from, quarters % 4 * 120).min(whole(quarters / 4 + 1))
            }
            (Limit::CalendarDays(days), Convention::NextDay) => {
                self.end_of_day(start, start.date() + i64::from(days).days())
            }
            (Limit::Months(months), Convention::NextDay) => {
                self.end_of_day(start, start.date() + i64::from(months).months())
            }
            (Limit::CalendarDays(days), Convention::Exact) => self.clock(start, start + i64::from(days).days()),
            (Limit::Months(months), Convention::Exact) => self.clock(start, start + i64::from(months).months()),
        }
    }

    fn closing(&self, day: Date) -> Option<DateTime> {
        let (_, to) = self.schedule.hours_on(day).spans().last()?;
        Some(day.at(0, 0, 0, 0) + i64::from(to).minutes())
    }

    fn open_minute(&self, at: DateTime) -> bool {
        let minute = u16::from(at.hour().unsigned_abs()) * 60 + u16::from(at.minute().unsigned_abs());
        self.schedule.hours_on(at.date()).spans().any(|(from, to)| from <= minute && minute < to)
    }

    fn paused(&self, at: DateTime) -> bool {
        self.pauses.iter().any(|(from, to)| *from <= at && at < *to)
    }

    /// The closing falls after a pause began, and no later than it ended.
    fn closes_in_pause(&self, closing: DateTime) -> bool {
        self.pauses.iter().any(|(from, to)| *from < closing && closing <= *to)
    }

    fn closings(&self, start: DateTime, counts: impl Fn(DateTime, Date) -> bool, count: u32) -> DateTime {
        let mut left = count;
        let mut day = start.date();
        loop {
            if let Some(closing) = self.closing(day)
                && counts(closing, day)
                && !self.closes_in_pause(closing)
            {
                left -= 1;
                if left == 0 {
                    return closing;
                }
            }
            day = day.tomorrow().unwrap();
        }
    }

    fn minutes(&self, start: DateTime, count: u32) -> DateTime {
        let (mut left, mut at) = (count, start.round(jiff::Unit::Minute).unwrap());
        while left > 0 {
            if self.closing(at.date()).is_none_or(|closing| at >= closing) {
                at = at.date().tomorrow().unwrap().at(0, 0, 0, 0);
                continue;
            }
            left -= u32::from(self.open_minute(at) && !self.paused(at));
            at += 1.minute();
        }
        at
    }

    /// Day by day: each midnight that is not in a pause brings the last day nearer.
    fn end_of_day(&self, start: DateTime, last: Date) -> DateTime {
        let mut left = (last - start.date()).get_days();
        let mut day = start.date();
        loop {
            let usable = |day: Date| self.closing(day).filter(|closing| !self.closes_in_pause(*closing));
            if left <= 0
                && let Some(closing) = usable(day)
            {
                return closing;
            }
            day = day.tomorrow().unwrap();
            let midnight = day.at(0, 0, 0, 0);
            left -= i32::from(!self.pauses.iter().any(|(from, to)| *from < midnight && midnight <= *to));
        }
    }

    /// Minute by minute, open or closed; then on to the next minute at which the office is open.
    fn clock(&self, start: DateTime, end: DateTime) -> DateTime {
        let mut left = (end - start).total((jiff::Unit::Minute, start)).unwrap() as i64;
        let mut at = start;
        while left > 0 || self.pauses.iter().any(|(from, to)| *from < at && at < *to) || !self.schedule.is_open(at) {
            left -= i64::from(left > 0 && !self.paused(at));
            at += 1.minute();
        }
        at
    }
}
