//! The one place where the real clock is read.

use jiff::civil::Date;

/// Vietnam's offset from UTC; the country has one time zone and no summer time.
const HOURS_AHEAD: i8 = 7;

/// Today's date in Vietnam, wherever the machine thinks it stands.
#[allow(clippy::disallowed_methods, reason = "today's date enters the program here")]
pub fn today() -> Date {
    jiff::tz::offset(HOURS_AHEAD).to_datetime(jiff::Timestamp::now()).date()
}

/// Reads a date of the command line: `2021-10-14` or `14/10/2021`.
pub fn parse_date(text: &str) -> Result<Date, String> {
    cchc_text::date::parse(text).map_err(|error| error.to_string())
}
