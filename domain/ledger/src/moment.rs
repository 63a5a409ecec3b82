//! A point of time, as it is stored: whole microseconds.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

/// Vietnam's offset from UTC in hours; the country has one time zone and no summer time.
const HOURS_AHEAD: i8 = 7;

/// Microseconds since 1970-01-01T00:00:00Z; shown in Vietnam's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// The moment of a clock reading in Vietnam, cut to microseconds.
    #[must_use]
    pub fn of(local: DateTime) -> Self {
        let offset = jiff::tz::offset(HOURS_AHEAD);
        Self(offset.to_timestamp(local).map_or(0, |timestamp| timestamp.as_microsecond()))
    }

    /// The beginning of a day in Vietnam.
    #[must_use]
    pub fn start_of(day: Date) -> Self {
        Self::of(day.at(0, 0, 0, 0))
    }

    /// The clock reading in Vietnam.
    #[must_use]
    pub fn local(self) -> DateTime {
        let timestamp = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        offset().to_datetime(timestamp)
    }

    /// The day in Vietnam.
    #[must_use]
    pub fn date(self) -> Date {
        self.local().date()
    }

    /// So many microseconds later; the last moment there is where that is out of range.
    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// So many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_micros(seconds.saturating_mul(1_000_000))
    }
}

fn offset() -> Offset {
    jiff::tz::offset(HOURS_AHEAD)
}

/// `2021-10-14T08:30:00.000001+07:00`.
impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.local();
        write!(out, "{}T{:02}:{:02}:{:02}", local.date(), local.hour(), local.minute(), local.second())?;
        let micros = local.subsec_nanosecond().checked_div(1000).unwrap_or(0);
        if micros != 0 {
            write!(out, ".{micros:06}")?;
        }
        out.write_str("+07:00")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_eve_of_tet_ends_at_midnight_in_vietnam() {
        let eve = Moment::of(date(2026, 2, 16).at(23, 59, 59, 999_999_000));
        assert_eq!(eve.date(), date(2026, 2, 16));
        assert_eq!(eve.plus_micros(1), Moment::start_of(date(2026, 2, 17)));
        assert_eq!(eve.to_string(), "2026-02-16T23:59:59.999999+07:00");
        assert_eq!(Moment::start_of(date(1970, 1, 1)), Moment(-7 * 3_600_000_000));
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        assert_eq!(Moment(i64::MAX).plus_seconds(1), Moment(i64::MAX));
        let _ = Moment(i64::MAX).to_string();
        let _ = Moment(i64::MIN).to_string();
    }
}
