//! Numbers as people write them: decimal comma or dot, thousands in threes, percent.
//!
//! Output is Vietnamese (`1.601,5`, `81,33 %`). Input takes both decimal signs, and where a text can be
//! read in two ways (`1.234`) it is refused with both readings: a guess would be off by a factor of 1000.

use thiserror::Error;

use crate::decimal::{Decimal, DecimalError};

/// Why a typed text is no number. The message is Vietnamese and says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Nothing but spaces.
    #[error("ô trống, chưa có số")]
    Empty,
    /// Anything but digits, signs and spaces between thousands.
    #[error("không phải là số (ví dụ đúng: 1601,5)")]
    NotANumber,
    /// One sign with three digits behind it: thousands or decimals?
    #[error(
        "không rõ là {thousands} (dấu ngăn cách hàng nghìn) hay {} (dấu thập phân): hãy viết {thousands} hoặc {}0",
        .decimal.replace('.', ","), .decimal.replace('.', ",")
    )]
    Ambiguous {
        /// The canonical text if the sign parts thousands: `1234`.
        thousands: String,
        /// The canonical text if it is the decimal sign: `1.234`.
        decimal: String,
    },
    /// Thousands that are not parted in threes, or parted by different signs.
    #[error("dấu ngăn cách hàng nghìn đặt sai: phải cách nhau đúng ba chữ số (ví dụ đúng: 1.601.500)")]
    Grouping,
    /// A percent sign where a plain number is asked.
    #[error("có dấu % ở chỗ cần một số thường")]
    Percent,
    /// More digits than a [`Decimal`] holds.
    #[error("{}", DecimalError::TooLong)]
    TooLong,
}

/// Reads a number as people type it: `81,33`, `81.33`, `1.601,5`, `1,601.5`, `1 601`, `-0,5`.
///
/// - Both signs: the last one is the decimal sign, the other parts thousands.
/// - One kind of sign, more than once: it parts thousands (`1.601.500`).
/// - One sign: decimal (`12,5`, `1234.567`, `0.234`), but [`NumberError::Ambiguous`] with exactly three
///   digits behind it and one to three before it that don't start with a zero.
/// - Spaces (also no-break and thin ones) part thousands; then any sign is the decimal sign.
///
/// Refused are exponents, signs without a digit on both sides, and a percent sign.
pub fn parse(typed: &str) -> Result<Decimal, NumberError> {
    let typed = typed.trim();
    if without_percent(typed).is_some() {
        return Err(NumberError::Percent);
    }
    let (minus, digits) = match typed.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", typed.strip_prefix('+').map_or(typed, str::trim_start)),
    };
    match canonical(digits)? {
        Reading::One(text) => format!("{minus}{text}").parse().map_err(NumberError::from),
        Reading::Two { thousands, decimal } => Err(NumberError::Ambiguous {
            thousands: format!("{minus}{thousands}"),
            decimal: format!("{minus}{decimal}"),
        }),
    }
}

/// Reads a percentage, with its sign or without: `81,33 %`, `81.33%` and `81,33` give 81.33.
pub fn parse_percent(typed: &str) -> Result<Decimal, NumberError> {
    parse(without_percent(typed).unwrap_or(typed))
}

/// The text before a percent sign at the end; none where there is no such sign.
#[must_use]
pub fn without_percent(typed: &str) -> Option<&str> {
    typed.trim_end().strip_suffix('%').map(str::trim_end)
}

/// Turns a canonical decimal text (`-1601.5`) into the Vietnamese form (`-1.601,5`).
#[must_use]
pub fn vietnamese(canonical: &str) -> String {
    let (sign, digits) = canonical.strip_prefix('-').map_or(("", canonical), |rest| ("-", rest));
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (index, digit) in integer.chars().enumerate() {
        let left = integer.len().saturating_sub(index);
        if index > 0 && left.checked_rem(3) == Some(0) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{grouped}{comma}{fraction}")
}

/// Turns a canonical decimal text (`81.33`) into a Vietnamese percentage, its sign after a no-break space.
///
/// ```
/// assert_eq!(cchc_text::number::percent("81.33"), "81,33\u{a0}%");
/// ```
#[must_use]
pub fn percent(canonical: &str) -> String {
    format!("{}\u{a0}%", vietnamese(canonical))
}

impl From<DecimalError> for NumberError {
    fn from(error: DecimalError) -> Self {
        match error {
            DecimalError::NotANumber => Self::NotANumber,
            DecimalError::TooLong => Self::TooLong,
        }
    }
}

enum Reading {
    One(String),
    Two { thousands: String, decimal: String },
}

// What digits with parting signs mean, as canonical text.
fn canonical(typed: &str) -> Result<Reading, NumberError> {
    if typed.is_empty() {
        return Err(NumberError::Empty);
    }
    let known = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',') || letter.is_whitespace();
    let ends_in_digit = typed.ends_with(|letter: char| letter.is_ascii_digit());
    if !typed.chars().all(known) || !typed.starts_with(|letter: char| letter.is_ascii_digit()) || !ends_in_digit {
        return Err(NumberError::NotANumber);
    }
    let spaced = typed.contains(char::is_whitespace);
    let dots = typed.matches('.').count();
    let commas = typed.matches(',').count();
    match (dots, commas) {
        (0, 0) => ungrouped(typed, None).map(Reading::One),
        (1, 0) | (0, 1) => one_sign(typed, spaced),
        (_, 0) | (0, _) if spaced => Err(NumberError::Grouping),
        (_, 0) => ungrouped(typed, Some('.')).map(Reading::One),
        (0, _) => ungrouped(typed, Some(',')).map(Reading::One),
        _ if spaced => Err(NumberError::Grouping),
        _ => both_signs(typed).map(Reading::One),
    }
}

fn one_sign(typed: &str, spaced: bool) -> Result<Reading, NumberError> {
    let (integer, fraction) = typed.split_once(['.', ',']).ok_or(NumberError::NotANumber)?;
    if !all_digits(fraction) {
        return Err(NumberError::Grouping);
    }
    let decimal = format!("{}.{fraction}", ungrouped(integer, None)?);
    if !spaced && fraction.len() == 3 && integer.len() <= 3 && !integer.starts_with('0') {
        return Ok(Reading::Two { thousands: format!("{integer}{fraction}"), decimal });
    }
    Ok(Reading::One(decimal))
}

fn both_signs(typed: &str) -> Result<String, NumberError> {
    let last = typed.rfind(['.', ',']).ok_or(NumberError::NotANumber)?;
    let (integer, rest) = typed.split_at_checked(last).ok_or(NumberError::NotANumber)?;
    let (grouping, fraction) =
        rest.strip_prefix(',').map(|fraction| ('.', fraction)).unwrap_or((',', rest.trim_start_matches('.')));
    Ok(format!("{}.{fraction}", ungrouped(integer, Some(grouping))?))
}

// Digits whose thousands are parted by the sign (by spaces where none is named), put together.
fn ungrouped(typed: &str, sign: Option<char>) -> Result<String, NumberError> {
    let parts = |letter: char| sign.map_or(letter.is_whitespace(), |sign| letter == sign);
    let mut groups = typed.split(parts);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let first_fits = all_digits(first) && (rest.is_empty() || first.len() <= 3);
    if !first_fits || rest.iter().any(|group| group.len() != 3 || !all_digits(group)) {
        return Err(NumberError::Grouping);
    }
    Ok(format!("{first}{}", rest.concat()))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(typed: &str, canonical: &str) {
        assert_eq!(parse(typed).map(|value| value.to_string()), Ok(canonical.to_owned()), "{typed:?}");
    }

    #[test]
    fn reads_what_people_type() {
        for (typed, canonical) in [
            ("81,33", "81.33"),
            ("81.33", "81.33"),
            ("1.601,5", "1601.5"),
            ("1,601.5", "1601.5"),
            ("1 601", "1601"),
            ("1\u{a0}601\u{202f}500", "1601500"),
            ("1 601,234", "1601.234"),
            ("1.601.500", "1601500"),
            ("1,601,500", "1601500"),
            ("1.601.500,25", "1601500.25"),
            ("1,601,500.125", "1601500.125"),
            ("0.234", "0.234"),
            ("0,234", "0.234"),
            ("1234.567", "1234.567"),
            ("1234,567", "1234.567"),
            ("1,2340", "1.234"),
            ("12.5", "12.5"),
            ("007", "7"),
            (" 20 ", "20"),
            ("-0,5", "-0.5"),
            ("\u{2212}3", "-3"),
            ("+4", "4"),
            ("1.601,500", "1601.5"),
        ] {
            check(typed, canonical);
        }
    }

    #[test]
    fn never_guesses() {
        for typed in ["1.234", "1,234"] {
            let error = parse(typed).unwrap_err();
            assert_eq!(error, NumberError::Ambiguous { thousands: "1234".into(), decimal: "1.234".into() });
            let message = error.to_string();
            assert_eq!(
                message,
                "không rõ là 1234 (dấu ngăn cách hàng nghìn) hay 1,234 (dấu thập phân): hãy viết 1234 hoặc 1,2340"
            );
        }
        let error = NumberError::Ambiguous { thousands: "-653000".into(), decimal: "-653.000".into() };
        assert_eq!(parse("-653.000"), Err(error));
    }

    #[test]
    fn refuses_the_rest() {
        for (typed, error) in [
            ("", NumberError::Empty),
            ("  ", NumberError::Empty),
            ("-", NumberError::Empty),
            ("abc", NumberError::NotANumber),
            ("1e5", NumberError::NotANumber),
            ("12,", NumberError::NotANumber),
            (".5", NumberError::NotANumber),
            ("١٢", NumberError::NotANumber),
            ("--1", NumberError::NotANumber),
            ("1.60.500", NumberError::Grouping),
            ("1 60", NumberError::Grouping),
            ("1234 567", NumberError::Grouping),
            ("1.234 567", NumberError::Grouping),
            ("1 601.500.000", NumberError::Grouping),
            ("1..5", NumberError::Grouping),
            ("1.,5", NumberError::Grouping),
            ("1,5.5,5", NumberError::Grouping),
            ("1.5,500.5", NumberError::Grouping),
            ("12  345", NumberError::Grouping),
            ("12%", NumberError::Percent),
            ("1234567890123456789", NumberError::TooLong),
        ] {
            assert_eq!(parse(typed), Err(error), "{typed:?}");
        }
    }

    #[test]
    fn reads_and_writes_percentages() {
        for typed in ["81,33 %", "81.33%", "81,33\u{a0}%", "81,33"] {
            assert_eq!(parse_percent(typed).unwrap().to_string(), "81.33");
        }
        assert_eq!(without_percent("12"), None);
        assert_eq!(parse_percent("%"), Err(NumberError::Empty));
        assert_eq!(parse_percent("5%%"), Err(NumberError::Percent));
        assert_eq!(percent("1601.5"), "1.601,5\u{a0}%");
    }

    #[test]
    fn writes_the_vietnamese_form() {
        for (canonical, written) in [("0", "0"), ("999", "999"), ("1601", "1.601"), ("-1601500.25", "-1.601.500,25")] {
            assert_eq!(vietnamese(canonical), written);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_or_refused_with_it(mantissa in -10_i64.pow(15)..10_i64.pow(15), scale in 0_usize..6) {
            let digits = format!("{:0>7}", mantissa.unsigned_abs());
            let (integer, fraction) = digits.split_at(digits.len() - scale);
            let sign = if mantissa < 0 { "-" } else { "" };
            let dot = if scale == 0 { "" } else { "." };
            let value: Decimal = format!("{sign}{integer}{dot}{fraction}").parse().unwrap();
            match parse(&value.vietnamese()) {
                Ok(read) => prop_assert_eq!(read, value),
                Err(NumberError::Ambiguous { thousands, decimal }) => {
                    prop_assert!([thousands, decimal].contains(&value.to_string()));
                }
                Err(error) => prop_assert!(false, "{} {}", value, error),
            }
            prop_assert_eq!(parse_percent(&percent(&format!("{value}"))).is_ok(), parse(&value.vietnamese()).is_ok());
        }

        #[test]
        fn never_panics(typed in r"[-0-9., %]{0,12}|\PC{0,12}") {
            let _ = parse(&typed).map_err(|error| error.to_string());
        }

        #[test]
        fn both_signs_mean_the_same_when_swapped(typed in r"[0-9]{1,4}([.,][0-9]{1,4}){0,3}") {
            let swapped: String = typed.chars().map(|c| match c { '.' => ',', ',' => '.', other => other }).collect();
            prop_assert_eq!(parse(&typed), parse(&swapped));
        }
    }
}
