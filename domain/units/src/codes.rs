//! Which version bears a code on a day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::period::Period;

/// For each code its versions in the order of time; no two of them share a day.
///
/// A version is a position in the registry's list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Codes(BTreeMap<String, BTreeMap<Date, (Period, usize)>>);

impl Codes {
    /// Takes a version in, or gives the version with which it shares a day.
    pub(crate) fn admit(&mut self, code: &str, period: Period, version: usize) -> Result<(), usize> {
        let versions = self.0.entry(code.to_owned()).or_default();
        match versions.range(..=period.end()).next_back() {
            Some((_, (other, position))) if other.end() >= period.start() => Err(*position),
            _ => {
                versions.insert(period.start(), (period, version));
                Ok(())
            }
        }
    }

    /// The version that bears the code on that day.
    pub(crate) fn at(&self, code: &str, date: Date) -> Option<usize> {
        let (_, (period, version)) = self.0.get(code)?.range(..=date).next_back()?;
        period.contains(date).then_some(*version)
    }

    /// The versions of a code, in the order of time.
    pub(crate) fn of(&self, code: &str) -> impl Iterator<Item = (Period, usize)> {
        self.0.get(code).into_iter().flat_map(BTreeMap::values).copied()
    }

    /// The versions of every code, in the order of time.
    pub(crate) fn each(&self) -> impl Iterator<Item = impl Iterator<Item = (Period, usize)>> {
        self.0.values().map(|versions| versions.values().copied())
    }

    /// Whether some version bears the code.
    pub(crate) fn contains(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period { from: from.parse().ok(), to: to.parse().ok() }
    }

    #[test]
    fn one_version_a_day() {
        let mut codes = Codes::default();
        assert_eq!(codes.admit("1", period("", "2024-12-31"), 0), Ok(()));
        assert_eq!(codes.admit("1", period("2025-07-01", ""), 1), Ok(()));
        assert_eq!(codes.admit("1", period("2024-12-31", "2025-01-05"), 2), Err(0));
        assert_eq!(codes.admit("1", period("2025-01-01", ""), 3), Err(1));
        assert_eq!(codes.admit("1", period("", ""), 4), Err(1));
        assert_eq!(codes.admit("1", period("2025-01-01", "2025-06-30"), 5), Ok(()));
        let at =
            ["2024-12-31", "2025-01-01", "2025-06-30", "2025-07-01"].map(|day| codes.at("1", day.parse().unwrap()));
        assert_eq!(at, [Some(0), Some(5), Some(5), Some(1)]);
        assert_eq!(codes.at("2", Date::MAX), None);
    }
}
