//! Numbers of a publication as they are printed.

use cchc_index::set::{CriteriaSet, ResultBasis};
use cchc_index::{Exact, trace};

/// How many decimals a publication prints, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Decimals of a result.
    pub result_decimals: u8,
    /// Decimals of points.
    pub point_decimals: u8,
    /// Whether the result is a percentage.
    pub is_percent: bool,
}

/// Past that, two results that differ are said to differ without showing where.
const MOST_DECIMALS: u8 = 12;

impl Figures {
    /// As the set says.
    #[must_use]
    pub fn of(set: &CriteriaSet) -> Self {
        let result_decimals = set.result_decimals;
        let point_decimals = set.line_decimals.unwrap_or(result_decimals).max(result_decimals);
        Self { result_decimals, point_decimals, is_percent: set.result == ResultBasis::Percent }
    }

    /// A result without its unit: `92,35`.
    #[must_use]
    pub fn result(&self, value: &Exact) -> String {
        trace::fixed(value, self.result_decimals)
    }

    /// A result with its unit: `92,35 %`, `15 điểm`.
    #[must_use]
    pub fn said(&self, value: &Exact) -> String {
        format!("{}{}", self.result(value), self.unit())
    }

    /// The unit of a result, after a no-break space.
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        if self.is_percent { "\u{a0}%" } else { "\u{a0}điểm" }
    }

    /// Points: `7,71`.
    #[must_use]
    pub fn points(&self, value: &Exact) -> String {
        trace::fixed(value, self.point_decimals)
    }
}

/// A share (0 to 1) as a percentage with one decimal and no sign: `77,1`.
#[must_use]
pub fn tenths(share: &Exact) -> String {
    trace::fixed(&(share * &Exact::whole(100)), 1)
}

/// A share (0 to 1) as a percentage with one decimal: `77,1 %`.
#[must_use]
pub fn percent(share: &Exact) -> String {
    format!("{}\u{a0}%", tenths(share))
}

/// A share (0 to 1) that lies below a floor in percent, with so many decimals that this is seen:
/// 79.996 % below 80 % is `79,996 %`, not `80,00 %`.
#[must_use]
pub fn percent_apart(share: &Exact, floor: &Exact) -> String {
    let value = share * &Exact::whole(100);
    let decimals = (2..MOST_DECIMALS).find(|decimals| value.rounded(*decimals) != *floor).unwrap_or(MOST_DECIMALS);
    format!("{}\u{a0}%", trace::fixed(&value, decimals))
}

/// How many decimals show that the values differ; at least those that are printed.
#[must_use]
pub fn decimals_apart(values: &[&Exact], printed: u8) -> u8 {
    let apart = |decimals: u8| {
        values.windows(2).all(|pair| match pair {
            [one, other] => one == other || one.rounded(decimals) != other.rounded(decimals),
            _ => true,
        })
    };
    (printed..MOST_DECIMALS).find(|decimals| apart(*decimals)).unwrap_or(MOST_DECIMALS)
}

/// The median: the middle value, or the exact mean of the two in the middle; none of no values.
#[must_use]
pub fn median(values: impl IntoIterator<Item = Exact>) -> Option<Exact> {
    let mut values: Vec<Exact> = values.into_iter().collect();
    values.sort();
    let middle = values.len() / 2;
    let upper = values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper.clone());
    }
    (upper + values.get(middle.checked_sub(1)?)?).over(&Exact::whole(2))
}

/// The arithmetic mean; none of no values.
#[must_use]
pub fn mean(values: &[Exact]) -> Option<Exact> {
    Exact::sum(values).over(&Exact::whole(i64::try_from(values.len()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from_fraction(text).unwrap()
    }

    #[test]
    fn the_median_of_an_even_count_is_exact() {
        let of = |values: &[&str]| median(values.iter().map(|text| exact(text)));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["7"]), Some(exact("7")));
        assert_eq!(of(&["3", "1", "2"]), Some(exact("2")));
        assert_eq!(of(&["1/3", "1/2", "0", "1"]), Some(exact("5/12")));
    }

    #[test]
    fn the_mean_is_exact() {
        assert_eq!(mean(&[exact("1/3"), exact("1/2"), exact("1")]), Some(exact("11/18")));
        assert_eq!(mean(&[]), None);
    }

    #[test]
    fn shows_as_many_decimals_as_part_two_results() {
        let (one, other) = (exact("90.3714"), exact("90.3704"));
        assert_eq!(decimals_apart(&[&one, &other], 2), 3);
        assert_eq!(decimals_apart(&[&one, &one], 2), 2);
        assert_eq!(decimals_apart(&[&exact("1/3"), &exact("0.333333333333")], 2), MOST_DECIMALS);
    }

    #[test]
    fn a_share_below_its_floor_never_prints_as_the_floor() {
        assert_eq!(percent_apart(&exact("0.79996"), &exact("80")), "79,996\u{a0}%");
        assert_eq!(percent_apart(&exact("0.7708"), &exact("80")), "77,08\u{a0}%");
    }
}
