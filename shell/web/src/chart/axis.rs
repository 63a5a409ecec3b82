//! An axis: from values to places in percent of the width, with round ticks.

use std::fmt;

use cchc_index::{Exact, trace};

/// A place on the width of a chart, in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(pub i64);

/// A straight scale between two round values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// The value at the left.
    pub low: Exact,
    /// The value at the right.
    pub high: Exact,
    /// Round values from left to right, both ends among them.
    pub ticks: Vec<Exact>,
}

/// Steps between ticks, in tenths.
const STEPS: [i64; 9] = [1, 2, 5, 10, 20, 50, 100, 200, 250];
/// More ticks than that crowd a phone.
const MOST_TICKS: i64 = 8;

impl Axis {
    /// From 0 to the value, in fifths.
    #[must_use]
    pub fn from_zero(high: &Exact) -> Self {
        let fifth = high.over(&Exact::whole(5)).unwrap_or(Exact::ONE);
        let ticks = (0..=5).map(|count| &fifth * &Exact::whole(count)).collect();
        Self { low: Exact::ZERO, high: high.clone(), ticks }
    }

    /// Around the values, within 0 and `most`, from a round value to a round value.
    #[must_use]
    pub fn around<'v>(values: impl IntoIterator<Item = &'v Exact>, most: &Exact) -> Self {
        let (mut least, mut greatest): (Option<&Exact>, Option<&Exact>) = (None, None);
        for value in values {
            least = Some(least.map_or(value, |known| known.min(value)));
            greatest = Some(greatest.map_or(value, |known| known.max(value)));
        }
        let (Some(least), Some(greatest)) = (least, greatest) else { return Self::from_zero(most) };
        for step in STEPS {
            let (from, to) = (steps_below(least, step), steps_above(greatest, step).max(steps_below(least, step) + 2));
            if to - from < MOST_TICKS {
                let tick = |count: i64| &Exact::whole(count * step) * &tenth();
                return Self { low: tick(from), high: tick(to), ticks: (from..=to).map(tick).collect() }.capped(most);
            }
        }
        Self::from_zero(most)
    }

    /// Shifted to the left where it would pass the greatest value that there can be.
    fn capped(self, most: &Exact) -> Self {
        let over = &self.high - most;
        if over <= Exact::ZERO || self.low <= over {
            return self;
        }
        let moved = |value: &Exact| value - &over;
        Self { low: moved(&self.low), high: moved(&self.high), ticks: self.ticks.iter().map(moved).collect() }
    }

    /// Where a value stands; beyond the ends it stands at the end.
    #[must_use]
    pub fn at(&self, value: &Exact) -> At {
        let share = (value - &self.low).over(&(&self.high - &self.low)).unwrap_or(Exact::ZERO);
        At::of_share(&share)
    }

    /// Whether it begins at 0; where it doesn't, the page says so.
    #[must_use]
    pub fn starts_at_zero(&self) -> bool {
        self.low.is_zero()
    }

    /// `trục từ 70 đến 100`.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("trục từ {} đến {}", trace::short(&self.low), trace::short(&self.high))
    }

    /// Tick labels in a row with their baseline at `y`, those at the ends kept inside.
    pub(crate) fn labels(&self, y: i64) -> String {
        let last = self.ticks.len().saturating_sub(1);
        let label = |(index, tick): (usize, &Exact)| {
            let side = match index {
                0 => "",
                _ if index == last => " class=\"end\"",
                _ => " class=\"mid\"",
            };
            format!("<text{side} x=\"{}\" y=\"{y}\">{}</text>", self.at(tick), trace::short(tick))
        };
        self.ticks.iter().enumerate().map(label).collect()
    }
}

impl At {
    /// The place of a share of the width, 0 to 1.
    #[must_use]
    pub fn of_share(share: &Exact) -> Self {
        let hundredths = (share * &Exact::whole(10_000)).within(&Exact::ZERO, &Exact::whole(10_000));
        Self(hundredths.fixed(0).parse().unwrap_or(0))
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}%"),
            (whole, rest) => write!(f, "{whole}.{rest:02}%"),
        }
    }
}

fn tenth() -> Exact {
    Exact::ONE.over(&Exact::whole(10)).unwrap_or(Exact::ZERO)
}

/// How many whole steps of so many tenths lie at or below the value.
fn steps_below(value: &Exact, tenths: i64) -> i64 {
    let scaled = (value * &Exact::whole(10)).over(&Exact::whole(tenths)).unwrap_or(Exact::ZERO);
    let cut: i64 = scaled.cut(0).parse().unwrap_or(0);
    if Exact::whole(cut) > scaled { cut - 1 } else { cut }
}

fn steps_above(value: &Exact, tenths: i64) -> i64 {
    let below = steps_below(value, tenths);
    if &(&Exact::whole(below * tenths) * &tenth()) == value { below } else { below + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::from_fraction(text).unwrap()
    }

    fn around(values: &[&str]) -> String {
        let values: Vec<Exact> = values.iter().map(|text| exact(text)).collect();
        let axis = Axis::around(&values, &Exact::whole(100));
        let ticks: Vec<String> = axis.ticks.iter().map(trace::short).collect();
        ticks.join(" ")
    }

    #[test]
    fn ends_are_round_and_hold_all_values() {
        assert_eq!(around(&["79.05", "92.35"]), "75 80 85 90 95");
        assert_eq!(around(&["0", "100"]), "0 20 40 60 80 100");
        assert_eq!(around(&["50"]), "50 50,1 50,2");
        assert_eq!(around(&["100"]), "99,8 99,9 100");
        assert_eq!(around(&[]), "0 20 40 60 80 100");
    }

    #[test]
    fn places_are_hundredths_of_a_percent() {
        let axis = Axis { low: exact("70"), high: exact("100"), ticks: Vec::new() };
        let places = ["70", "80", "79.05", "100", "60", "120"].map(|text| axis.at(&exact(text)).to_string());
        assert_eq!(places, ["0%", "33.33%", "30.17%", "100%", "0%", "100%"]);
        assert_eq!(axis.in_words(), "trục từ 70 đến 100");
    }
}
