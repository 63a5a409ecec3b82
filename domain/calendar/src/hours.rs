//! Office hours: when an office is open, by unit and weekday, through time.

mod parse;

use jiff::civil::{Date, Weekday};

use cchc_text::dated::Period;

/// The columns of the table of office hours, in their order.
pub const HOURS_COLUMNS: [&str; 8] =
    ["unit", "weekdays", "from", "to", "valid_from", "valid_to", "source", "confidence"];

/// The office hours of all units.
///
/// Built by [`OfficeHours::from_table`]. A unit with a row that holds on a day has only its own rows on that day;
/// all others have the rows without a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficeHours {
    rows: Vec<HoursRow>,
}

/// One row: open from–to on some weekdays, in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursRow {
    /// The unit's code; empty: every unit without rows of its own.
    pub unit: String,
    /// Monday first: whether it holds on that weekday.
    pub weekdays: [bool; 7],
    /// Opening, in minutes after midnight.
    pub from: u16,
    /// Closing, in minutes after midnight.
    pub to: u16,
    /// When it holds.
    pub period: Period,
    /// Where it was read.
    pub source: String,
    /// How sure it is.
    pub confidence: String,
}

/// The open hours of one day, ascending and apart from each other; minutes after midnight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OpenHours {
    spans: [(u16, u16); OpenHours::MOST],
    count: u8,
}

impl OfficeHours {
    /// Every row, in the order of the table.
    pub fn rows(&self) -> impl Iterator<Item = &HoursRow> {
        self.rows.iter()
    }

    /// Whether a unit has rows of its own.
    #[must_use]
    pub fn has(&self, unit: &str) -> bool {
        self.rows.iter().any(|row| row.unit == unit)
    }

    /// The hours of a unit (empty: of every other) on a day, if that day were the given weekday.
    #[must_use]
    pub fn on(&self, unit: &str, day: Date, weekday: Weekday) -> OpenHours {
        let of = |unit: &str| {
            let unit = unit.to_owned();
            self.rows.iter().filter(move |row| row.unit == unit && row.period.holds(day))
        };
        let index = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
        let own = of(unit).next().is_some();
        let rows = of(if own { unit } else { "" }).filter(|row| row.weekdays.get(index) == Some(&true));
        OpenHours::of(rows.map(|row| (row.from, row.to)))
    }
}

impl OpenHours {
    /// No office is open at more times a day; what comes later is left out and reported when read.
    pub const MOST: usize = 4;

    /// These spans in order; spans that touch or overlap become one.
    #[must_use]
    pub fn of(spans: impl IntoIterator<Item = (u16, u16)>) -> Self {
        let mut sorted: Vec<(u16, u16)> = spans.into_iter().filter(|(from, to)| from < to).collect();
        sorted.sort_unstable();
        let mut joined: Vec<(u16, u16)> = Vec::new();
        for (from, to) in sorted {
            match joined.last_mut().filter(|(_, end)| from <= *end) {
                Some((_, end)) => *end = (*end).max(to),
                None => joined.push((from, to)),
            }
        }
        let mut hours = Self::default();
        for (place, span) in hours.spans.iter_mut().zip(joined) {
            *place = span;
            hours.count = hours.count.saturating_add(1);
        }
        hours
    }

    /// The spans, ascending.
    pub fn spans(&self) -> impl Iterator<Item = (u16, u16)> {
        self.spans.iter().take(usize::from(self.count)).copied()
    }

    /// Whether the office is closed all day.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        self.count == 0
    }

    /// When it opens first and closes last; `None` on a closed day.
    #[must_use]
    pub fn bounds(&self) -> Option<(u16, u16)> {
        Some((self.spans().next()?.0, self.spans().last()?.1))
    }

    /// Open minutes of the day.
    #[must_use]
    pub fn minutes(&self) -> u16 {
        self.minutes_until(u16::MAX)
    }

    /// Open minutes before a minute of the day.
    #[must_use]
    pub fn minutes_until(&self, minute: u16) -> u16 {
        let before = |(from, to): (u16, u16)| to.min(minute).saturating_sub(from);
        self.spans().map(before).fold(0, u16::saturating_add)
    }

    /// The earliest minute of the day by which that many open minutes have passed; `None`: there are fewer.
    #[must_use]
    pub fn after(&self, minutes: u16) -> Option<u16> {
        let mut left = minutes;
        for (from, to) in self.spans() {
            let length = to.saturating_sub(from);
            if left <= length {
                return Some(from.saturating_add(left));
            }
            left = left.saturating_sub(length);
        }
        None
    }

    /// The first minute from that one on at which the office is open, closing time included.
    #[must_use]
    pub fn open_from(&self, minute: u16) -> Option<u16> {
        self.spans().find(|(_, to)| minute <= *to).map(|(from, _)| minute.max(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_within_a_day() {
        let hours = OpenHours::of([(810, 1020), (450, 690)]);
        assert_eq!((hours.minutes(), hours.bounds()), (450, Some((450, 1020))));
        assert_eq!(
            [0, 450, 600, 690, 750, 811, 1020, 1439].map(|at| hours.minutes_until(at)),
            [0, 0, 150, 240, 240, 241, 450, 450]
        );
        assert_eq!(
            [0, 150, 240, 241, 450].map(|open| hours.after(open)),
            [Some(450), Some(600), Some(690), Some(811), Some(1020)]
        );
        assert_eq!(hours.after(451), None);
        assert_eq!(
            [0, 600, 690, 691, 1020].map(|at| hours.open_from(at)),
            [Some(450), Some(600), Some(690), Some(810), Some(1020)]
        );
        assert_eq!(hours.open_from(1021), None);
    }

    #[test]
    fn joins_what_overlaps() {
        assert_eq!(OpenHours::of([(60, 120), (120, 180), (100, 110), (9, 9)]), OpenHours::of([(60, 180)]));
        assert!(OpenHours::default().is_closed());
        assert_eq!(OpenHours::default().bounds(), None);
    }
}
