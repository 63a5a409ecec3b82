//! The working time of one unit, ready to be counted in: prefix sums over every day of 1995–2100.

use jiff::civil::{Date, DateTime, Weekday};

use crate::calendar::Calendar;
use crate::day_off::DayKind;
use crate::hours::{OfficeHours, OpenHours};
use crate::ordinal::{self, DAY};

/// The working days and hours of one unit.
///
/// About 450 kB, made once for all units that keep the same hours; everything that is asked of it takes
/// logarithmic time or less and allocates nothing. A day works when the calendar works it and the unit has hours
/// on it: on a Saturday a counter may be open, but no limit runs. A make-up day is worked with the hours of the day
/// that it makes up for.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// [`ordinal::of`] the first day.
    first: i64,
    /// The kinds of day, the closed one first.
    shapes: Vec<OpenHours>,
    /// A day's place in `shapes`.
    shape: Vec<u8>,
    /// Working days before each day, and before the day after the last.
    days_before: Vec<u32>,
    /// Working minutes before each day, and before the day after the last.
    minutes_before: Vec<u32>,
    /// The working days, as places from `first`.
    working: Vec<u32>,
    /// Minutes that a working day counts in limits by the law: each change, first day and length.
    day_lengths: Vec<(Date, Option<u16>)>,
}

/// More kinds of day than a unit can have: 255.
const SHAPES: usize = 255;

impl Schedule {
    /// The schedule of a unit (empty: of every unit without hours of its own).
    #[must_use]
    pub fn new(calendar: &Calendar, hours: &OfficeHours, unit: &str) -> Self {
        let first = ordinal::of(Calendar::FIRST);
        let mut schedule = Self {
            first,
            shapes: vec![OpenHours::default()],
            shape: Vec::new(),
            days_before: vec![0],
            minutes_before: vec![0],
            working: Vec::new(),
            day_lengths: Vec::new(),
        };
        let days = std::iter::successors(Some(Calendar::FIRST), |day| day.tomorrow().ok());
        for (day, place) in days.take_while(|day| *day <= Calendar::LAST).zip(0_u32..) {
            let open = open_hours(calendar, hours, unit, day);
            schedule.push(place, open);
            let length = calendar.law().day_length(day);
            if schedule.day_lengths.last().is_none_or(|(_, before)| *before != length) {
                schedule.day_lengths.push((day, length));
            }
        }
        schedule
    }

    /// Whether the unit works on that day; `None` outside of 1995–2100.
    #[must_use]
    pub fn is_working(&self, day: Date) -> Option<bool> {
        Some(!self.open_on(self.place(ordinal::of(day))?)?.is_closed())
    }

    /// The hours that the unit works on that day; none on a day off or outside of 1995–2100.
    #[must_use]
    pub fn hours_on(&self, day: Date) -> OpenHours {
        self.place(ordinal::of(day)).and_then(|place| self.open_on(place)).copied().unwrap_or_default()
    }

    /// Whether limits run at that moment, closing time included.
    #[must_use]
    pub fn is_open(&self, moment: DateTime) -> bool {
        let at = ordinal::minutes(moment);
        self.next_open(at) == Some(at)
    }

    /// Minutes that a working day counts in limits by the law of a day; where the law's table says nothing, as
    /// many as the next working day has.
    pub(crate) fn day_length(&self, at: i64) -> Option<i64> {
        let day = ordinal::date(at.div_euclid(DAY))?;
        let known = self.day_lengths.iter().rev().find(|(from, _)| *from <= day).and_then(|(_, length)| *length);
        known.or_else(|| self.next_day(self.split(at)?.0).map(|(_, open)| open.minutes())).map(i64::from)
    }

    /// Working days up to the end of a day (in days of [`ordinal::of`]).
    pub(crate) fn days_through(&self, day: i64) -> Option<u32> {
        let place = usize::try_from(day.checked_sub(self.first)?).ok()?;
        self.days_before.get(place.checked_add(1)?).copied()
    }

    /// Working days that are over at a moment: they close at it or before.
    pub(crate) fn closed_by(&self, at: i64) -> Option<u32> {
        let (place, minute) = self.split(at)?;
        let before = self.days_before.get(place).copied()?;
        let over = self.open_on(place)?.bounds().is_some_and(|(_, closing)| closing <= minute);
        before.checked_add(u32::from(over))
    }

    /// When the working day of that number (from 0) closes.
    pub(crate) fn closing(&self, number: u32) -> Option<i64> {
        let place = *self.working.get(usize::try_from(number).ok()?)?;
        let (_, closing) = self.open_on(usize::try_from(place).ok()?)?.bounds()?;
        self.at(i64::from(place), closing)
    }

    /// Working minutes before a moment.
    pub(crate) fn minutes_by(&self, at: i64) -> Option<i64> {
        let (place, minute) = self.split(at)?;
        let before = self.minutes_before.get(place).copied()?;
        Some(i64::from(before.checked_add(u32::from(self.open_on(place)?.minutes_until(minute)))?))
    }

    /// The earliest moment by which that many working minutes have passed.
    pub(crate) fn after_minutes(&self, minutes: i64) -> Option<i64> {
        let minutes = u32::try_from(minutes).ok()?;
        let place = self.minutes_before.partition_point(|before| *before < minutes).checked_sub(1)?;
        let left = minutes.checked_sub(*self.minutes_before.get(place)?)?;
        let minute = self.open_on(place)?.after(u16::try_from(left).ok()?)?;
        self.at(i64::try_from(place).ok()?, minute)
    }

    /// The first open moment from one on, closing time included.
    pub(crate) fn next_open(&self, at: i64) -> Option<i64> {
        let (place, minute) = self.split(at)?;
        if let Some(open) = self.open_on(place)?.open_from(minute) {
            return self.at(i64::try_from(place).ok()?, open);
        }
        let (next, open) = self.next_day(place.checked_add(1)?)?;
        self.at(i64::from(next), open.bounds()?.0)
    }

    /// The first working day from a place on.
    fn next_day(&self, place: usize) -> Option<(u32, &OpenHours)> {
        let number = usize::try_from(*self.days_before.get(place)?).ok()?;
        let next = *self.working.get(number)?;
        Some((next, self.open_on(usize::try_from(next).ok()?)?))
    }

    fn push(&mut self, place: u32, open: OpenHours) {
        let known = self.shapes.iter().position(|shape| *shape == open);
        // A unit with more kinds of day than fit would need new hours every few months for a century: such a day
        // is closed, in the sums as well.
        let fits = known.is_some() || self.shapes.len() < SHAPES;
        let open = if fits { open } else { OpenHours::default() };
        let index = if fits { known.unwrap_or(self.shapes.len()) } else { 0 };
        if index == self.shapes.len() {
            self.shapes.push(open);
        }
        self.shape.push(u8::try_from(index).unwrap_or(0));
        let last = |sums: &[u32]| sums.last().copied().unwrap_or(0);
        let works = !open.is_closed();
        self.days_before.push(last(&self.days_before).saturating_add(u32::from(works)));
        self.minutes_before.push(last(&self.minutes_before).saturating_add(u32::from(open.minutes())));
        if works {
            self.working.push(place);
        }
    }

    fn place(&self, day: i64) -> Option<usize> {
        usize::try_from(day.checked_sub(self.first)?).ok()
    }

    fn open_on(&self, place: usize) -> Option<&OpenHours> {
        self.shapes.get(usize::from(*self.shape.get(place)?))
    }

    fn split(&self, at: i64) -> Option<(usize, u16)> {
        Some((self.place(at.div_euclid(DAY))?, u16::try_from(at.rem_euclid(DAY)).ok()?))
    }

    fn at(&self, place: i64, minute: u16) -> Option<i64> {
        self.first.checked_add(place)?.checked_mul(DAY)?.checked_add(i64::from(minute))
    }
}

/// The hours in which a unit's limits run on a day.
fn open_hours(calendar: &Calendar, hours: &OfficeHours, unit: &str, day: Date) -> OpenHours {
    if !calendar.is_working(day) {
        return OpenHours::default();
    }
    let makeup = calendar.on(day).iter().any(|known| known.day.kind == DayKind::MakeupWorkingDay);
    if !makeup {
        return hours.on(unit, day, day.weekday());
    }
    let weekday = calendar.exchanged_for(day).map_or(Weekday::Monday, Date::weekday);
    hours.on(unit, day, weekday)
}
