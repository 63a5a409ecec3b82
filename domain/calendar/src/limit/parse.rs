//! Reading a time limit as programs and as people write it.

use std::str::FromStr;

use thiserror::Error;

use crate::limit::Limit;

/// The longest limit, in each unit: far beyond any procedure, so that no sum overflows.
const MOST: u32 = 20_000;

/// Why a text is no time limit. The message is Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LimitError {
    /// No number, or no known unit.
    #[error(
        "«{0}» không phải là thời hạn (ví dụ đúng: 3wd, 0.5wd, 16wh, 5d, 1m, 03 ngày làm việc, nửa ngày làm việc, trong ngày)"
    )]
    NotALimit(String),
    /// Hours without saying of which kind.
    #[error("«{0}»: thời hạn tính bằng giờ phải ghi rõ «giờ làm việc» (ví dụ đúng: 16 giờ làm việc)")]
    WhichHours(String),
    /// Nothing, or less.
    #[error("«{0}»: thời hạn phải lớn hơn 0")]
    Nothing(String),
    /// A part that is not counted with.
    #[error("«{0}»: chỉ tính đến nửa ngày và một phần tư ngày làm việc, hoặc một phần tư giờ làm việc")]
    SmallPart(String),
    /// Parts of a calendar day or month.
    #[error("«{0}»: ngày, tuần, tháng, năm theo lịch phải là số nguyên")]
    NotWhole(String),
    /// More than any procedure has.
    #[error("«{0}»: thời hạn quá dài (nhiều nhất 20.000)")]
    TooLong(String),
}

/// What a number counts.
#[derive(Clone, Copy)]
enum Unit {
    WorkingDay,
    WorkingHour,
    WorkingMinute,
    Day,
    Week,
    Month,
    Year,
    Hour,
}

const UNITS: [(&str, Unit); 20] = [
    ("wd", Unit::WorkingDay),
    ("ngày làm việc", Unit::WorkingDay),
    ("nlv", Unit::WorkingDay),
    ("wh", Unit::WorkingHour),
    ("giờ làm việc", Unit::WorkingHour),
    ("wmin", Unit::WorkingMinute),
    ("phút làm việc", Unit::WorkingMinute),
    ("d", Unit::Day),
    ("ngày", Unit::Day),
    ("ngày lịch", Unit::Day),
    ("ngày theo lịch", Unit::Day),
    ("w", Unit::Week),
    ("tuần", Unit::Week),
    ("m", Unit::Month),
    ("tháng", Unit::Month),
    ("y", Unit::Year),
    ("năm", Unit::Year),
    ("h", Unit::Hour),
    ("giờ", Unit::Hour),
    ("tiếng", Unit::Hour),
];

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let tidy = bare(text);
        if ["within-day", "trong ngày", "trong ngày làm việc", "ngay trong ngày"].contains(&tidy.as_str()) {
            return Ok(Self::WithinDay);
        }
        let shown = || text.trim().to_owned();
        let not_a_limit = || LimitError::NotALimit(shown());
        let end = tidy.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ',' | '/'));
        let (number, unit) = match tidy.strip_prefix("nửa ") {
            Some(unit) => ("1/2", unit),
            None => tidy.split_at_checked(end.unwrap_or(tidy.len())).ok_or_else(not_a_limit)?,
        };
        let unit =
            UNITS.iter().find(|(name, _)| *name == unit.trim()).map(|(_, unit)| *unit).ok_or_else(not_a_limit)?;
        let hundredths = hundredths(number).ok_or_else(not_a_limit)?;
        if hundredths == 0 {
            return Err(LimitError::Nothing(shown()));
        }
        if hundredths / 100 > MOST {
            return Err(LimitError::TooLong(shown()));
        }
        let quarters = (hundredths % 25 == 0).then_some(hundredths / 25).ok_or_else(|| LimitError::SmallPart(shown()));
        let whole = (hundredths % 100 == 0).then_some(hundredths / 100).ok_or_else(|| LimitError::NotWhole(shown()));
        Ok(match unit {
            Unit::WorkingDay => Self::WorkingDays { quarters: quarters? },
            Unit::WorkingHour => Self::WorkingTime { minutes: quarters?.saturating_mul(15) },
            Unit::WorkingMinute => Self::WorkingTime { minutes: whole? },
            Unit::Day => Self::CalendarDays(whole?),
            Unit::Week => Self::CalendarDays(whole?.saturating_mul(7)),
            Unit::Month => Self::Months(whole?),
            Unit::Year => Self::Months(whole?.saturating_mul(12)),
            Unit::Hour => return Err(LimitError::WhichHours(shown())),
        })
    }
}

/// Lower case, single spaces, without what stands around a limit in a document: `trong thời hạn 03 (ba) ngày làm
/// việc kể từ ngày nhận đủ hồ sơ`.
fn bare(text: &str) -> String {
    let mut text = cchc_text::tidy(text).to_lowercase();
    for prefix in ["trong thời hạn ", "thời hạn ", "không quá ", "tối đa "] {
        text = text.strip_prefix(prefix).map(str::to_owned).unwrap_or(text);
    }
    if let Some((limit, _)) = text.split_once(" kể từ ") {
        text = limit.trim_end_matches([',', ';', ' ']).to_owned();
    }
    if let Some((before, rest)) = text.split_once('(')
        && let Some((_, after)) = rest.split_once(')')
    {
        text = format!("{before}{after}");
    }
    cchc_text::tidy(&text).into_owned()
}

/// A number in hundredths: `3`, `0.5`, `0,25`, `1/2`, `3/4`.
fn hundredths(text: &str) -> Option<u32> {
    let number = |text: &str| {
        let digits = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok())?
    };
    if let Some((top, bottom)) = text.split_once('/') {
        let top = number(top)?.checked_mul(100)?;
        let bottom = number(bottom).filter(|bottom| *bottom > 0 && top.checked_rem(*bottom) == Some(0))?;
        return top.checked_div(bottom);
    }
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    number(part)?;
    let digits = part.trim_end_matches('0');
    let part = match digits.len() {
        0 => 0,
        1 => number(digits)?.checked_mul(10)?,
        2 => number(digits)?,
        // Finer than any part that is counted with: one hundredth says so.
        _ => 1,
    };
    number(whole)?.checked_mul(100)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Limit, LimitError> {
        text.parse()
    }

    #[test]
    fn reads_programs_and_people() {
        let days = Limit::working_days;
        let known = [
            ("3wd", days(3)),
            ("0.5wd", Limit::WorkingDays { quarters: 2 }),
            ("0,25wd", Limit::WorkingDays { quarters: 1 }),
            ("1.50 WD", Limit::WorkingDays { quarters: 6 }),
            ("16wh", Limit::working_hours(16)),
            ("0.5wh", Limit::WorkingTime { minutes: 30 }),
            ("45wmin", Limit::WorkingTime { minutes: 45 }),
            ("5d", Limit::CalendarDays(5)),
            ("2w", Limit::CalendarDays(14)),
            ("1m", Limit::Months(1)),
            ("1y", Limit::Months(12)),
            ("within-day", Limit::WithinDay),
            ("03 ngày làm việc", days(3)),
            ("Trong thời hạn 03 (ba) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ", days(3)),
            ("05 ngày làm việc, kể từ ngày nhận đủ hồ sơ", days(5)),
            ("không quá 10 ngày", Limit::CalendarDays(10)),
            ("nửa ngày làm việc", Limit::WorkingDays { quarters: 2 }),
            ("1/4 ngày làm việc", Limit::WorkingDays { quarters: 1 }),
            ("04 giờ làm việc", Limit::working_hours(4)),
            ("01 tháng", Limit::Months(1)),
            ("Trong nga\u{300}y", Limit::WithinDay),
        ];
        for (text, limit) in known {
            assert_eq!(read(text), Ok(limit), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        type Kind = fn(String) -> LimitError;
        let wrong: [(&str, Kind); 16] = [
            ("", LimitError::NotALimit),
            ("3", LimitError::NotALimit),
            ("wd", LimitError::NotALimit),
            ("-3wd", LimitError::NotALimit),
            ("ba ngày", LimitError::NotALimit),
            ("1.2.3wd", LimitError::NotALimit),
            ("1/0wd", LimitError::NotALimit),
            ("nửa", LimitError::NotALimit),
            ("8 giờ", LimitError::WhichHours),
            ("0wd", LimitError::Nothing),
            ("0,0 ngày", LimitError::Nothing),
            ("0.3wd", LimitError::SmallPart),
            ("0.125wd", LimitError::SmallPart),
            ("1.5d", LimitError::NotWhole),
            ("20001wd", LimitError::TooLong),
            ("9999999wd", LimitError::NotALimit),
        ];
        for (text, error) in wrong {
            assert_eq!(read(text), Err(error(text.to_owned())), "{text}");
        }
        assert!(read("8h").unwrap_err().to_string().contains("giờ làm việc"));
    }

    #[test]
    fn says_it_in_words() {
        assert_eq!(read("0.5wd").unwrap().label(), "0,5 ngày làm việc");
        assert_eq!(read("16wh").unwrap().label(), "16 giờ làm việc");
        assert_eq!(read("20wmin").unwrap().label(), "20 phút làm việc");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(quarters in 1_u32..400, minutes in 1_u32..3000, days in 1_u32..400) {
            let limits = [
                Limit::WorkingDays { quarters },
                Limit::WorkingTime { minutes },
                Limit::CalendarDays(days),
                Limit::Months(days),
                Limit::WithinDay,
            ];
            for limit in limits {
                prop_assert_eq!(limit.to_string().parse::<Limit>(), Ok(limit));
                prop_assert_eq!(limit.label().parse::<Limit>(), Ok(limit));
            }
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".{0,20}") {
            let _ = text.parse::<Limit>();
        }
    }
}
