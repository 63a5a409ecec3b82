//! The one place where the real clock is read, and the clock of the demonstration made of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use cchc_ledger::Moment;
use cchc_store::store::Clock;
use jiff::civil::{Date, DateTime, Time};

/// The hour at which a day of the demonstration begins.
const OPENING_HOUR: i8 = 8;

/// Now, to the microsecond.
#[allow(clippy::disallowed_methods, reason = "the time enters the program here")]
pub fn now() -> Moment {
    Moment(jiff::Timestamp::now().as_microsecond())
}

/// Today's date in Vietnam, wherever the machine thinks it stands.
pub fn today() -> Date {
    now().date()
}

/// The real clock as the store wants it.
pub fn real() -> Clock {
    Arc::new(now)
}

/// Reads a date of the command line: `2021-10-14` or `14/10/2021`.
pub fn parse_date(text: &str) -> Result<Date, String> {
    cchc_text::date::parse(text).map_err(|error| error.to_string())
}

/// Reads a moment of the command line or of a file: `2025-01-24T09:30`, `24/01/2025 09:30`; a day alone is its
/// midnight.
pub fn parse_moment(text: &str) -> Result<DateTime, String> {
    let text = text.trim();
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let date = parse_date(date)?;
    let time = match time.trim() {
        "" => Time::midnight(),
        time => time.parse().map_err(|_| format!("«{time}» không phải là giờ (ví dụ đúng: 09:30)"))?,
    };
    Ok(date.to_datetime(time))
}

/// The demonstration's clock: it starts at a moment and runs on, but can be held while history is told.
#[derive(Debug, Clone)]
pub struct DemoClock {
    ahead: Arc<AtomicI64>,
    held: Arc<AtomicI64>,
}

/// No moment is held.
const RUNNING: i64 = i64::MIN;

impl DemoClock {
    /// A clock that runs from the morning of that day on.
    pub fn starting(day: Date) -> Self {
        let opening = Moment::of(day.at(OPENING_HOUR, 0, 0, 0));
        let ahead = AtomicI64::new(opening.0.saturating_sub(now().0));
        Self { ahead: Arc::new(ahead), held: Arc::new(AtomicI64::new(RUNNING)) }
    }

    /// Sets it to the morning of a later day; an earlier one changes nothing.
    pub fn advance_to(&self, day: Date) {
        self.advance(Moment::of(day.at(OPENING_HOUR, 0, 0, 0)));
    }

    /// Sets it to a later moment, from which it runs on; an earlier one changes nothing.
    pub fn advance(&self, to: Moment) {
        self.ahead.fetch_max(to.0.saturating_sub(now().0), Ordering::SeqCst);
    }

    /// The moment that it shows.
    pub fn now(&self) -> Moment {
        match self.held.load(Ordering::SeqCst) {
            RUNNING => now().plus_micros(self.ahead.load(Ordering::SeqCst)),
            held => Moment(held),
        }
    }

    /// Holds it at a moment of the past.
    pub fn hold(&self, moment: Moment) {
        self.held.store(moment.0, Ordering::SeqCst);
    }

    /// Lets it run.
    pub fn release(&self) {
        self.held.store(RUNNING, Ordering::SeqCst);
    }

    /// As the store wants it.
    pub fn clock(&self) -> Clock {
        let clock = self.clone();
        Arc::new(move || clock.now())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_demonstrations_clock_starts_in_the_morning_runs_and_can_be_held() {
        let clock = DemoClock::starting(date(2021, 10, 14));
        assert_eq!(clock.now().local().hour(), OPENING_HOUR);
        assert!(clock.now() >= clock.now().plus_micros(-1_000_000));
        clock.hold(Moment(5));
        assert_eq!(clock.now(), Moment(5));
        clock.release();
        assert_eq!(clock.now().date(), date(2021, 10, 14));
        clock.advance(Moment::start_of(date(2021, 10, 20)));
        clock.advance(Moment::start_of(date(2021, 10, 18)));
        assert_eq!(clock.now().date(), date(2021, 10, 20));
    }
}
