//! An exact, bounded decimal: points, thresholds and counts as they are written.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// An exact decimal of at most 18 digits before and 12 after the sign.
///
/// It is what stands in a file (`0.25`, `653`), not a number to compute with: scores are exact
/// fractions of any size. `0.50` equals `0.5`; the canonical text has no trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    mantissa: i128,
    scale: u8,
}

/// Why a text is no [`Decimal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecimalError {
    /// Not digits with at most one dot.
    #[error("không phải là số thập phân (ví dụ đúng: 12.5)")]
    NotANumber,
    /// More than 18 digits before or 12 after the dot.
    #[error("số quá dài: tối đa 18 chữ số phần nguyên và 12 chữ số phần thập phân")]
    TooLong,
}

const MAX_INTEGER_DIGITS: usize = 18;
const MAX_FRACTION_DIGITS: usize = 12;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// A whole number.
    #[must_use]
    pub const fn whole(value: u64) -> Self {
        Self { mantissa: value as i128, scale: 0 }
    }

    /// The digits as one whole number: value = mantissa ÷ 10^scale.
    #[must_use]
    pub const fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// How many digits stand after the dot.
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Whether it is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The same number as `81,33`: decimal comma, dots between thousands.
    #[must_use]
    pub fn vietnamese(self) -> String {
        crate::number::vietnamese(&self.to_string())
    }

    fn canonical(mut mantissa: i128, mut scale: u8) -> Self {
        while scale > 0 && mantissa.wrapping_rem(10) == 0 {
            mantissa = mantissa.wrapping_div(10);
            scale = scale.saturating_sub(1);
        }
        Self { mantissa, scale }
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Reads the canonical form: ASCII digits, at most one dot, perhaps a leading minus.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let has_dot = digits.contains('.');
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if integer.is_empty() || (has_dot && fraction.is_empty()) || !plain(integer) || !plain(fraction) {
            return Err(DecimalError::NotANumber);
        }
        let integer = integer.trim_start_matches('0');
        if integer.len() > MAX_INTEGER_DIGITS || fraction.len() > MAX_FRACTION_DIGITS {
            return Err(DecimalError::TooLong);
        }
        let mantissa = integer
            .bytes()
            .chain(fraction.bytes())
            .fold(0_i128, |sum, byte| sum.wrapping_mul(10).wrapping_add(i128::from(byte.wrapping_sub(b'0'))));
        let mantissa = if negative { mantissa.wrapping_neg() } else { mantissa };
        let scale = u8::try_from(fraction.len()).map_err(|_| DecimalError::TooLong)?;
        Ok(Self::canonical(mantissa, scale))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.is_negative() { "-" } else { "" };
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale.saturating_add(1));
        let (integer, fraction) = padded.split_at(padded.len().saturating_sub(scale));
        write!(f, "{sign}{integer}.{fraction}")
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let power = |scale: u8| 10_i128.wrapping_pow(u32::from(scale));
        // At most 30 digits times 10^12: 42 digits would not fit, so compare whole parts first.
        let whole = |value: &Self| value.mantissa.checked_div(power(value.scale)).unwrap_or(0);
        let rest = |value: &Self| {
            let missing = (MAX_FRACTION_DIGITS as u8).saturating_sub(value.scale);
            value.mantissa.checked_rem(power(value.scale)).unwrap_or(0).wrapping_mul(power(missing))
        };
        whole(self).cmp(&whole(other)).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| serde::de::Error::custom(format!("«{text}» {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes_the_canonical_form() {
        for (text, canonical) in [("0.50", "0.5"), ("007", "7"), ("-0.25", "-0.25"), ("0", "0"), ("1960", "1960")] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), canonical);
        }
        for text in ["", ".", "1.", ".5", "1,5", "1e3", "+1", "--1", "1 000", "١"] {
            assert_eq!(text.parse::<Decimal>(), Err(DecimalError::NotANumber), "{text}");
        }
        assert_eq!("1000000000000000000".parse::<Decimal>(), Err(DecimalError::TooLong));
    }

    #[test]
    fn orders_by_value() {
        let mut texts = ["0.9", "0.95", "-1", "0", "12", "0.090"].map(|text| text.parse::<Decimal>().unwrap());
        texts.sort();
        assert_eq!(texts.map(|value| value.to_string()), ["-1", "0", "0.09", "0.9", "0.95", "12"]);
    }

    proptest! {
        #[test]
        fn goes_out_and_comes_back(text in r"-?[0-9]{1,18}(\.[0-9]{1,12})?") {
            let value: Decimal = text.parse().unwrap();
            prop_assert_eq!(value.to_string().parse::<Decimal>(), Ok(value));
            prop_assert_eq!(value.is_negative(), value < Decimal::ZERO);
        }

        #[test]
        fn orders_as_whole_numbers_of_the_same_scale(one in -10_000_i64..10_000, other in -10_000_i64..10_000) {
            let hundredths = |value: i64| {
                let sign = if value < 0 { "-" } else { "" };
                format!("{sign}{}.{:02}", value.abs() / 100, value.abs() % 100).parse::<Decimal>().unwrap()
            };
            prop_assert_eq!(hundredths(one).cmp(&hundredths(other)), one.cmp(&other));
        }
    }
}
