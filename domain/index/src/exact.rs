//! Exact fractions of any size: every score is one until it is printed.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::{Add, Mul, Sub};

use cchc_text::Decimal;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Pow, Zero};

/// An exact fraction, not reduced until it is compared or written.
///
/// Small values stay in machine words; whatever does not fit moves to numbers of any size, so no
/// operation can overflow, lose a digit or panic.
#[derive(Debug, Clone)]
pub struct Exact(Repr);

#[derive(Debug, Clone)]
enum Repr {
    /// Numerator and denominator; the denominator is above zero.
    Small(i128, i128),
    Big(Box<(BigInt, BigInt)>),
}

impl Exact {
    /// Zero.
    pub const ZERO: Self = Self(Repr::Small(0, 1));
    /// One.
    pub const ONE: Self = Self(Repr::Small(1, 1));

    /// A whole number.
    #[must_use]
    pub const fn whole(value: i64) -> Self {
        Self(Repr::Small(value as i128, 1))
    }

    /// Numerator over denominator; nothing where the denominator is zero.
    #[must_use]
    pub fn ratio(numerator: Decimal, denominator: Decimal) -> Option<Self> {
        Self::from(numerator).over(&Self::from(denominator))
    }

    /// The quotient; nothing where the divisor is zero.
    #[must_use]
    pub fn over(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &divisor.0)
            && let (Some(top), Some(bottom)) = (a.checked_mul(*d), b.checked_mul(*c))
            && let (Some(top), Some(bottom)) = (top.checked_mul(bottom.signum()), bottom.checked_abs())
        {
            return Some(Self(Repr::Small(top, bottom)));
        }
        let ((a, b), (c, d)) = (self.parts(), divisor.parts());
        let (top, bottom) = (a.as_ref() * d.as_ref(), b.as_ref() * c.as_ref());
        Some(if bottom.sign() == Sign::Minus { Self::big(-top, -bottom) } else { Self::big(top, bottom) })
    }

    /// The sum, added in pairs so that the intermediate fractions stay as short as they can.
    #[must_use]
    pub fn sum(values: &[Self]) -> Self {
        match values {
            [] => Self::ZERO,
            [one] => one.clone(),
            _ => {
                let (left, right) = values.split_at(values.len().div_ceil(2));
                &Self::sum(left) + &Self::sum(right)
            }
        }
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match &self.0 {
            Repr::Small(numerator, _) => *numerator == 0,
            Repr::Big(parts) => parts.0.is_zero(),
        }
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small(numerator, _) => *numerator < 0,
            Repr::Big(parts) => parts.0.sign() == Sign::Minus,
        }
    }

    /// The same value, not below `low` and not above `high`.
    #[must_use]
    pub fn within(self, low: &Self, high: &Self) -> Self {
        if &self < low {
            return low.clone();
        }
        if &self > high {
            return high.clone();
        }
        self
    }

    /// Rounded to so many decimals, half away from zero.
    #[must_use]
    pub fn rounded(&self, decimals: u8) -> Self {
        let (scaled, power) = self.scaled(decimals);
        Self::big(scaled, power)
    }

    /// Rounded text with exactly so many decimals: `81.33`.
    #[must_use]
    pub fn fixed(&self, decimals: u8) -> String {
        digits(&self.scaled(decimals).0, decimals)
    }

    /// The decimal text where it ends within ten decimals (`1.3453125`), else rounded to six.
    #[must_use]
    pub fn text(&self) -> String {
        self.terminating(10).unwrap_or_else(|| trim(&self.fixed(6)))
    }

    /// The whole decimal text where it ends within so many decimals.
    #[must_use]
    pub fn terminating(&self, decimals: u8) -> Option<String> {
        let rounded = self.rounded(decimals);
        (rounded == *self).then(|| trim(&self.fixed(decimals)))
    }

    /// Cut (not rounded) to so many decimals, towards zero.
    #[must_use]
    pub fn cut(&self, decimals: u8) -> String {
        let (numerator, denominator) = self.parts();
        let power = BigInt::from(10).pow(u32::from(decimals));
        digits(&(numerator.as_ref() * power / denominator.as_ref()), decimals)
    }

    /// The reduced fraction as text: `653/654`, or `20` where it is whole.
    #[must_use]
    pub fn fraction(&self) -> String {
        let (numerator, denominator) = self.parts();
        let divisor = numerator.gcd(&denominator);
        let (top, bottom) = (numerator.as_ref() / &divisor, denominator.as_ref() / &divisor);
        if bottom.is_one() { top.to_string() } else { format!("{top}/{bottom}") }
    }

    /// Reads what [`Exact::fraction`] writes, and plain decimals.
    #[must_use]
    pub fn from_fraction(text: &str) -> Option<Self> {
        let Some((top, bottom)) = text.split_once('/') else {
            return text.parse::<BigInt>().map_or_else(
                |_| text.parse::<Decimal>().ok().map(Self::from),
                |whole| Some(Self::big(whole, BigInt::one())),
            );
        };
        let (top, bottom) = (top.parse::<BigInt>().ok()?, bottom.parse::<BigInt>().ok()?);
        (bottom.sign() == Sign::Plus).then(|| Self::big(top, bottom))
    }

    fn big(numerator: BigInt, denominator: BigInt) -> Self {
        match (i128::try_from(&numerator), i128::try_from(&denominator)) {
            (Ok(top), Ok(bottom)) => Self(Repr::Small(top, bottom)),
            _ => Self(Repr::Big(Box::new((numerator, denominator)))),
        }
    }

    fn parts(&self) -> (Cow<'_, BigInt>, Cow<'_, BigInt>) {
        match &self.0 {
            Repr::Small(a, b) => (Cow::Owned(BigInt::from(*a)), Cow::Owned(BigInt::from(*b))),
            Repr::Big(parts) => (Cow::Borrowed(&parts.0), Cow::Borrowed(&parts.1)),
        }
    }

    /// value × 10^decimals, rounded half away from zero, and 10^decimals.
    fn scaled(&self, decimals: u8) -> (BigInt, BigInt) {
        let (numerator, denominator) = self.parts();
        let power = BigInt::from(10).pow(u32::from(decimals));
        let twice: BigInt = numerator.as_ref() * &power * 2;
        let doubled: BigInt = denominator.as_ref() * 2;
        let scaled = if twice.sign() == Sign::Minus {
            -((-twice + denominator.as_ref()) / &doubled)
        } else {
            (twice + denominator.as_ref()) / &doubled
        };
        (scaled, power)
    }
}

fn digits(scaled: &BigInt, decimals: u8) -> String {
    let text = scaled.magnitude().to_string();
    let sign = if scaled.sign() == Sign::Minus { "-" } else { "" };
    let decimals = usize::from(decimals);
    if decimals == 0 {
        return format!("{sign}{text}");
    }
    let padded = format!("{text:0>width$}", width = decimals.saturating_add(1));
    let (integer, fraction) = padded.split_at(padded.len().saturating_sub(decimals));
    format!("{sign}{integer}.{fraction}")
}

fn trim(text: &str) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        // A decimal has at most 12 places: 10^12 fits.
        Self(Repr::Small(value.mantissa(), 10_i128.saturating_pow(u32::from(value.scale()))))
    }
}

impl Add for &Exact {
    type Output = Exact;

    fn add(self, other: Self) -> Exact {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0) {
            if b == d
                && let Some(top) = a.checked_add(*c)
            {
                return Exact(Repr::Small(top, *b));
            }
            // Decimals of a set have powers of ten below the line: keep the larger, not the product.
            if let (Some(0), Some(times)) = (d.checked_rem(*b), d.checked_div(*b))
                && let Some(top) = a.checked_mul(times).and_then(|top| top.checked_add(*c))
            {
                return Exact(Repr::Small(top, *d));
            }
            if let (Some(0), Some(times)) = (b.checked_rem(*d), b.checked_div(*d))
                && let Some(top) = c.checked_mul(times).and_then(|top| top.checked_add(*a))
            {
                return Exact(Repr::Small(top, *b));
            }
            if let (Some(left), Some(right), Some(bottom)) = (a.checked_mul(*d), c.checked_mul(*b), b.checked_mul(*d))
                && let Some(top) = left.checked_add(right)
            {
                return Exact(Repr::Small(top, bottom));
            }
        }
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Exact::big(a.as_ref() * d.as_ref() + c.as_ref() * b.as_ref(), b.as_ref() * d.as_ref())
    }
}

impl Sub for &Exact {
    type Output = Exact;

    fn sub(self, other: Self) -> Exact {
        let minus_one = Exact::whole(-1);
        self + &(other * &minus_one)
    }
}

impl Mul for &Exact {
    type Output = Exact;

    fn mul(self, other: Self) -> Exact {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let (Some(top), Some(bottom)) = (a.checked_mul(*c), b.checked_mul(*d))
        {
            return Exact(Repr::Small(top, bottom));
        }
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        Exact::big(a.as_ref() * c.as_ref(), b.as_ref() * d.as_ref())
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let (Some(left), Some(right)) = (a.checked_mul(*d), c.checked_mul(*b))
        {
            return left.cmp(&right);
        }
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        (a.as_ref() * d.as_ref()).cmp(&(c.as_ref() * b.as_ref()))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from_fraction(text).unwrap()
    }

    #[test]
    fn rounds_half_away_from_zero() {
        for (value, decimals, text) in
            [("1/8", 2, "0.13"), ("-1/8", 2, "-0.13"), ("5/2", 0, "3"), ("6100/84", 2, "72.62"), ("0", 2, "0.00")]
        {
            assert_eq!(exact(value).fixed(decimals), text);
        }
        assert_eq!(exact("13060/654").cut(3), "19.969");
    }

    #[test]
    fn text_is_exact_where_it_can_be() {
        assert_eq!(exact("1.3453125").text(), "1.3453125");
        assert_eq!(exact("1/3").text(), "0.333333");
        assert_eq!(exact("2/3").text(), "0.666667");
        assert_eq!(exact("20").text(), "20");
        assert_eq!(exact("0").text(), "0");
    }

    #[test]
    fn grows_past_machine_words_without_losing_a_digit() {
        // 100 ratios with four-digit denominators overflow an i128.
        let values: Vec<Exact> = (0..100).map(|n| exact(&format!("{}/{}", 7 + n, 9001 + 2 * n))).collect();
        let sum = Exact::sum(&values);
        assert!(matches!(sum.0, Repr::Big(_)));
        let again = values.iter().fold(Exact::ZERO, |total, value| &total + value);
        assert_eq!(sum, again);
        let rest = values.iter().fold(sum, |total, value| &total - value);
        assert!(rest.is_zero());
    }

    proptest! {
        #[test]
        fn written_fractions_read_back(top in any::<i64>(), bottom in 1..=i64::MAX) {
            let value = exact(&format!("{top}/{bottom}"));
            prop_assert_eq!(exact(&value.fraction()), value);
        }

        #[test]
        fn sums_do_not_depend_on_the_order(tops in prop::collection::vec((0..10_000_i64, 1..10_000_i64), 0..40)) {
            let mut values: Vec<Exact> = tops.iter().map(|(a, b)| exact(&format!("{a}/{b}"))).collect();
            let sum = Exact::sum(&values);
            values.reverse();
            prop_assert_eq!(Exact::sum(&values), sum);
        }

        #[test]
        fn rounding_moves_by_half_a_unit_at_most(top in -1_000_000..1_000_000_i64, bottom in 1..10_000_i64, places in 0..6_u8) {
            let value = exact(&format!("{top}/{bottom}"));
            let moved = &value - &value.rounded(places);
            let half = exact(&format!("1/{}", 2 * 10_i64.pow(u32::from(places))));
            prop_assert!(moved <= half && moved >= &Exact::ZERO - &half);
        }
    }
}
