//! The one place where the real clock is read.

use jiff::civil::Date;

/// Today's date where the machine stands.
#[allow(clippy::disallowed_methods, reason = "today's date enters the program here")]
pub fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Reads a date of the command line: `2021-10-14` or `14/10/2021`.
pub fn parse_date(text: &str) -> Result<Date, String> {
    cchc_text::date::parse(text).map_err(|error| error.to_string())
}
