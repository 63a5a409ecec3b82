//! Dates as Vietnamese write them: `03/11/2021` and `ngày 03 tháng 11 năm 2021`, in and out.

use jiff::civil::Date;
use thiserror::Error;

/// Why a text is no date. The message is Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// None of the forms that are read.
    #[error("không phải là ngày (ví dụ đúng: 03/11/2021 hoặc 2021-11-03)")]
    NotADate,
    /// No day and month (`31/01`, `01-31`).
    #[error("không phải là ngày và tháng (ví dụ đúng: 31/01)")]
    NotADay,
    /// A year of two digits: of which century?
    #[error("năm phải viết đủ bốn chữ số (ví dụ đúng: 03/11/2021)")]
    ShortYear,
    /// A day that the calendar does not have.
    #[error("không có ngày {day:02}/{month:02}/{year:04}")]
    Impossible {
        /// The day as it is written.
        day: u32,
        /// The month as it is written.
        month: u32,
        /// The year as it is written.
        year: i16,
    },
}

/// Reads a whole date: `03/11/2021` (also `3/11/2021`, `03-11-2021`, `03.11.2021`), `2021-11-03`, or
/// `ngày 03 tháng 11 năm 2021` in any case.
///
/// Day before month, always. A year has four digits. Spaces around and within the number forms are
/// ignored; a time behind the date is refused.
pub fn parse(text: &str) -> Result<Date, DateError> {
    let text = crate::tidy(text).to_lowercase();
    if let Some((day, month, year)) = words(&text) {
        return whole(day, month, year);
    }
    let sign = separator(&text).ok_or(DateError::NotADate)?;
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    match parts.as_slice() {
        [year, month, day] if sign == '-' && year.len() == 4 => whole(day, month, year),
        [day, month, year] => whole(day, month, year),
        _ => Err(DateError::NotADate),
    }
}

/// Reads a day of a given year: `31/01` (day/month) or `01-31` (month-day, as in data files).
///
/// A deadline that returns every year is written so; the year makes 29/02 possible or not.
pub fn parse_day(text: &str, year: i16) -> Result<Date, DateError> {
    let text = crate::tidy(text);
    let (day, month) = match (text.split_once('/'), text.split_once('-')) {
        (Some((day, month)), None) => (day, month),
        (None, Some((month, day))) => (day, month),
        _ => return Err(DateError::NotADay),
    };
    let day = digits(day, 1..=2).ok_or(DateError::NotADay)?;
    let month = digits(month, 1..=2).ok_or(DateError::NotADay)?;
    civil(day, month, year)
}

/// The short form: `03/11/2021`.
#[must_use]
pub fn vietnamese(date: Date) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// The form of official documents: `ngày 03 tháng 11 năm 2021`.
///
/// Days below 10 and the months 1 and 2 get a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục
/// II.4).
#[must_use]
pub fn long(date: Date) -> String {
    let zero = if date.month() < 3 { "0" } else { "" };
    format!("ngày {:02} tháng {zero}{} năm {}", date.day(), date.month(), date.year())
}

fn words(text: &str) -> Option<(&str, &str, &str)> {
    let (day, rest) = text.strip_prefix("ngày ")?.split_once(" tháng ")?;
    let (month, year) = rest.split_once(" năm ")?;
    Some((day, month, year))
}

fn separator(text: &str) -> Option<char> {
    text.chars().find(|letter| matches!(letter, '/' | '-' | '.'))
}

fn whole(day: &str, month: &str, year: &str) -> Result<Date, DateError> {
    let day = digits(day, 1..=2).ok_or(DateError::NotADate)?;
    let month = digits(month, 1..=2).ok_or(DateError::NotADate)?;
    if digits(year, 1..=3).is_some() {
        return Err(DateError::ShortYear);
    }
    let year = digits(year, 4..=4).and_then(|year| i16::try_from(year).ok()).ok_or(DateError::NotADate)?;
    civil(day, month, year)
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let text = text.trim();
    (length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn civil(day: u32, month: u32, year: i16) -> Result<Date, DateError> {
    let date = || Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    date().ok_or(DateError::Impossible { day, month, year })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn reads_every_form() {
        for text in [
            "03/11/2021",
            "3/11/2021",
            "03-11-2021",
            "03.11.2021",
            "3 / 11 / 2021",
            "\u{a0}03/11/2021 ",
            "2021-11-03",
            "ngày 03 tháng 11 năm 2021",
            "Ngày 3  tháng 11 năm 2021",
            "NGÀY 03 THÁNG 11 NĂM 2021",
            "nga\u{300}y 03 tha\u{301}ng 11 na\u{306}m 2021",
        ] {
            assert_eq!(parse(text), Ok(date(2021, 11, 3)), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        let impossible = |day, month, year| DateError::Impossible { day, month, year };
        for (text, error) in [
            ("", DateError::NotADate),
            ("hôm nay", DateError::NotADate),
            ("03/11-2021", DateError::NotADate),
            ("2021/11/03", DateError::NotADate),
            ("03/11/2021 08:00", DateError::NotADate),
            ("44503", DateError::NotADate),
            ("1/2/3/2021", DateError::NotADate),
            ("+3/11/2021", DateError::NotADate),
            ("ngày ba tháng 11 năm 2021", DateError::NotADate),
            ("3/11/21", DateError::ShortYear),
            ("ngày 3 tháng 11 năm 21", DateError::ShortYear),
            ("31/02/2021", impossible(31, 2, 2021)),
            ("11/23/2021", impossible(11, 23, 2021)),
            ("00/01/2021", impossible(0, 1, 2021)),
            ("2021-02-29", impossible(29, 2, 2021)),
        ] {
            assert_eq!(parse(text), Err(error), "{text}");
        }
        assert_eq!(impossible(31, 2, 2021).to_string(), "không có ngày 31/02/2021");
    }

    #[test]
    fn reads_a_day_of_a_year() {
        assert_eq!(parse_day("31/01", 2022), Ok(date(2022, 1, 31)));
        assert_eq!(parse_day(" 01-31 ", 2022), Ok(date(2022, 1, 31)));
        assert_eq!(parse_day("29/2", 2024), Ok(date(2024, 2, 29)));
        assert_eq!(parse_day("02-29", 2023), Err(DateError::Impossible { day: 29, month: 2, year: 2023 }));
        for text in ["31", "31/01/2022", "31.01", "a/b", "", "01-/31"] {
            assert_eq!(parse_day(text, 2022), Err(DateError::NotADay), "{text}");
        }
    }

    #[test]
    fn writes_the_official_form() {
        assert_eq!(long(date(2021, 11, 3)), "ngày 03 tháng 11 năm 2021");
        assert_eq!(long(date(2022, 2, 10)), "ngày 10 tháng 02 năm 2022");
        assert_eq!(long(date(2022, 1, 9)), "ngày 09 tháng 01 năm 2022");
        assert_eq!(long(date(2022, 3, 1)), "ngày 01 tháng 3 năm 2022");
        assert_eq!(vietnamese(date(2022, 3, 1)), "01/03/2022");
    }

    proptest! {
        #[test]
        fn goes_out_and_comes_back(year in 1000_i16..9999, month in 1_i8..=12, day in 1_i8..=28) {
            let when = date(year, month, day);
            prop_assert_eq!(parse(&vietnamese(when)), Ok(when));
            prop_assert_eq!(parse(&long(when)), Ok(when));
            prop_assert_eq!(parse(&when.to_string()), Ok(when));
            prop_assert_eq!(parse_day(&format!("{month:02}-{day:02}"), year), Ok(when));
            prop_assert_eq!(parse_day(&format!("{day}/{month}"), year), Ok(when));
        }

        #[test]
        fn never_panics(text in r"[0-9/. -]{0,12}|\PC{0,20}", year in i16::MIN..=i16::MAX) {
            let _ = parse(&text).map_err(|error| error.to_string());
            let _ = parse_day(&text, year).map_err(|error| error.to_string());
        }
    }
}
