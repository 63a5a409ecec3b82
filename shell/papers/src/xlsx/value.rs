//! The values of worksheet cells as text: numbers, dates, truth values, errors.

use calamine::{CellErrorType, ExcelDateTime};

/// The number as Excel shows it at its full width: 15 significant digits, no exponent, no
/// trailing zeros; `None` for what is no finite number.
pub(super) fn number_text(value: f64) -> Option<String> {
    if !value.is_finite() {
        return None;
    }
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let Ok(whole) = usize::try_from(exponent + 1) else {
        let zeros = "0".repeat(usize::try_from(-exponent - 1).ok()?);
        return Some(format!("{sign}0.{zeros}{digits}"));
    };
    Some(match digits.split_at_checked(whole) {
        None => format!("{sign}{digits:0<whole$}"),
        Some((integer, "")) => format!("{sign}{integer}"),
        Some(("", fraction)) => format!("{sign}0.{fraction}"),
        Some((integer, fraction)) => format!("{sign}{integer}.{fraction}"),
    })
}

/// The same number where a reader of typed numbers may take its dot for one between thousands
/// (`1.234`): with one zero more (`1.2340`), which is the same decimal and can't be misread.
pub(super) fn unmistakable(mut text: String) -> String {
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let mistakable = digits
        .split_once('.')
        .is_some_and(|(integer, fraction)| integer.len() <= 3 && !integer.starts_with('0') && fraction.len() == 3);
    if mistakable {
        text.push('0');
    }
    text
}

/// A date as `2021-11-03`, with a time as `2021-11-03T07:30:00`, a time alone as `07:30:00`, a
/// duration as hours `31:30:00`; `None` outside what Excel takes for a date.
pub(super) fn date_text(date: ExcelDateTime) -> Option<String> {
    let serial = date.as_f64();
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    if date.is_duration() {
        let seconds = (serial * 86_400.0).round() as u64;
        return Some(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
    let time = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
    if serial < 1.0 && year < 1904 {
        return Some(time);
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    Some(if time == "00:00:00" { day } else { format!("{day}T{time}") })
}

/// An error value as Excel writes it.
pub(super) const fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_no_float_noise() {
        for (value, text) in [
            (0.1 + 0.2, "0.3"),
            (653.0, "653"),
            (-12.5, "-12.5"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e18, "1000000000000000000"),
            (123_456_789.123_456_78, "123456789.123457"),
            (0.000_001_25, "0.00000125"),
            (0.9985, "0.9985"),
            (99.999_999_999_999_99, "100"),
            (1e-7, "0.0000001"),
            (10.0, "10"),
        ] {
            assert_eq!(number_text(value).as_deref(), Some(text));
        }
        assert_eq!(number_text(f64::NAN), None);
        assert_eq!(number_text(f64::INFINITY), None);
    }

    #[test]
    fn a_number_of_a_cell_is_never_ambiguous() {
        for (value, text) in
            [(1.234, "1.2340"), (-12.345, "-12.3450"), (0.234, "0.234"), (1234.567, "1234.567"), (1.5, "1.5")]
        {
            let written = unmistakable(number_text(value).unwrap());
            assert_eq!(written, text);
            assert_eq!(cchc_text::number::parse(&written).unwrap(), value.to_string().parse().unwrap());
        }
    }

    #[test]
    fn dates_are_iso() {
        let date = |serial| date_text(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false));
        assert_eq!(date(44_503.0).as_deref(), Some("2021-11-03"));
        assert_eq!(date(44_503.312_5).as_deref(), Some("2021-11-03T07:30:00"));
        assert_eq!(date(0.312_5).as_deref(), Some("07:30:00"));
        assert_eq!(date(-1.0), None);
        assert_eq!(date(2_958_466.0), None);
        assert_eq!(date(f64::NAN), None);
        let mac = date_text(ExcelDateTime::new(43_041.0, ExcelDateTimeType::DateTime, true));
        assert_eq!(mac.as_deref(), Some("2021-11-03"));
        let span = date_text(ExcelDateTime::new(1.312_5, ExcelDateTimeType::TimeDelta, false));
        assert_eq!(span.as_deref(), Some("31:30:00"));
    }

    proptest! {
        #[test]
        fn numbers_of_15_digits_come_back_exactly(mantissa in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_usize..12) {
            let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = scale + 1);
            let (integer, fraction) = digits.split_at(digits.len() - scale);
            let plain = format!("{}{integer}.{fraction}", if mantissa < 0 { "-" } else { "" });
            let text = number_text(plain.trim_end_matches('.').parse().unwrap()).unwrap();
            let canonical = plain.trim_end_matches('0').trim_end_matches('.');
            prop_assert_eq!(text.as_str(), if canonical == "-0" { "0" } else { canonical });
        }

        #[test]
        fn any_float_has_a_text_near_it(value in prop::num::f64::NORMAL) {
            let back: f64 = number_text(value).unwrap().parse().unwrap();
            prop_assert!(((back - value) / value).abs() < 1e-14);
        }
    }
}
