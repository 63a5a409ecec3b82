//! Year on year: units of two publications matched through mergers.
//!
//! A unit is compared with itself. One that is new by merger has no past of its own: it is set against
//! the arithmetic mean of its predecessors, and the series is marked as broken.

use std::collections::HashSet;

use cchc_index::{Exact, ScoredUnit};
use cchc_units::{Registry, Version};
use jiff::civil::Date;

use super::figures::mean;
use crate::Publication;

/// Units of a later publication with what they were in an earlier one.
#[derive(Debug, Clone)]
pub struct Matching<'a> {
    /// One for each unit of the later publication, in its order.
    pub pairs: Vec<Pair<'a>>,
    /// Units of the earlier one that are no more, in its order.
    pub gone: Vec<Gone<'a>>,
}

/// A unit of the later publication.
#[derive(Debug, Clone)]
pub struct Pair<'a> {
    /// The unit.
    pub after: &'a ScoredUnit,
    /// What it was.
    pub before: Before<'a>,
}

/// What a unit was in the earlier publication.
#[derive(Debug, Clone)]
pub enum Before<'a> {
    /// The same unit.
    Same {
        /// It.
        unit: &'a ScoredUnit,
        /// The other units that it took in since, by name: then the series is broken too.
        took_in: Vec<String>,
    },
    /// A new unit, set against the mean of those that it was made of.
    Mean {
        /// Those that the earlier publication has.
        units: Vec<&'a ScoredUnit>,
        /// Those that it doesn't have, by name.
        missing: Vec<String>,
        /// Their mean; none where none of them has a result.
        result: Option<Exact>,
    },
    /// Nothing to set it against.
    None,
}

/// A unit of the earlier publication that is no more.
#[derive(Debug, Clone)]
pub struct Gone<'a> {
    /// The unit.
    pub before: &'a ScoredUnit,
    /// Who took over; nobody where it ended.
    pub to: Vec<Successor>,
}

/// A unit that took over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

impl Before<'_> {
    /// The result to compare with.
    #[must_use]
    pub fn result(&self) -> Option<&Exact> {
        match self {
            Self::Same { unit, .. } => unit.result.as_ref(),
            Self::Mean { result, .. } => result.as_ref(),
            Self::None => None,
        }
    }

    /// Whether the line from before to after is broken by a merger or split.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        match self {
            Self::Same { took_in, .. } => !took_in.is_empty(),
            Self::Mean { .. } => true,
            Self::None => false,
        }
    }
}

impl Successor {
    fn of(version: &Version) -> Self {
        Self { code: version.code.clone(), name: version.name.clone() }
    }
}

/// Matches two publications; units without a register, or that it doesn't know, are matched by code.
#[must_use]
pub fn matching<'a>(registry: &Registry, before: &'a Publication, after: &'a Publication) -> Matching<'a> {
    let days = before.package.about.units_as_of.zip(after.package.about.units_as_of);
    let days = days.filter(|(from, to)| from <= to);
    let mut used = HashSet::new();
    let mut pairs = Vec::new();
    for unit in &after.package.scored.units {
        let found = days
            .and_then(|days| through_mergers(registry, before, unit, days))
            .unwrap_or_else(|| by_code(before, &unit.code));
        if let Before::Same { unit, .. } = &found {
            used.insert(unit.code.as_str());
        }
        pairs.push(Pair { after: unit, before: found });
    }
    let gone = before.package.scored.units.iter().filter(|unit| !used.contains(unit.code.as_str()));
    let gone = gone.map(|unit| Gone { before: unit, to: successors(registry, &unit.code, days) }).collect();
    Matching { pairs, gone }
}

fn by_code<'a>(before: &'a Publication, code: &str) -> Before<'a> {
    before.unit(code).map_or(Before::None, |unit| Before::Same { unit, took_in: Vec::new() })
}

/// None where the registry doesn't know the unit on its day.
fn through_mergers<'a>(
    registry: &Registry,
    before: &'a Publication,
    unit: &ScoredUnit,
    (from, to): (Date, Date),
) -> Option<Before<'a>> {
    let now = registry.on(&unit.code, to)?;
    let past = registry.predecessors_at(&unit.code, from, to).ok()?;
    let (itself, others): (Vec<&Version>, Vec<&Version>) = past.iter().partition(|version| version.unit == now.unit);
    if let Some(itself) = itself.first() {
        let took_in = others.iter().map(|version| version.name.clone()).collect();
        return Some(before.unit(&itself.code).map_or(Before::None, |unit| Before::Same { unit, took_in }));
    }
    if others.is_empty() {
        return Some(Before::None);
    }
    let (known, missing): (Vec<&Version>, Vec<&Version>) =
        others.into_iter().partition(|version| before.unit(&version.code).is_some());
    let units: Vec<&ScoredUnit> = known.into_iter().filter_map(|version| before.unit(&version.code)).collect();
    if units.is_empty() {
        return Some(Before::None);
    }
    let results: Vec<Exact> = units.iter().filter_map(|unit| unit.result.clone()).collect();
    let missing = missing.into_iter().map(|version| version.name.clone()).collect();
    Some(Before::Mean { units, missing, result: mean(&results) })
}

fn successors(registry: &Registry, code: &str, days: Option<(Date, Date)>) -> Vec<Successor> {
    let found = days.and_then(|(from, to)| registry.successors_at(code, from, to).ok());
    found.into_iter().flatten().map(Successor::of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{publication, registry, rows};
    use super::*;

    fn earlier(units: &[(&str, &str)]) -> Publication {
        let text: String = units.iter().map(|(unit, first)| rows(unit, first, "20", "1000")).collect();
        publication("truoc", "2021-12-31", &text)
    }

    fn later(units: &[&str]) -> Publication {
        let text: String = units.iter().map(|unit| rows(unit, "30", "20", "1000")).collect();
        publication("sau", "2025-12-31", &text)
    }

    #[test]
    fn a_merged_unit_is_set_against_the_mean_of_its_predecessors_and_the_series_breaks() {
        let before = earlier(&[("X1", "10"), ("X2", "20"), ("X3", "40"), ("X4", "0")]);
        let after = later(&["X1", "X3"]);
        let matching = matching(&registry(), &before, &after);
        let of = |code: &str| &matching.pairs.iter().find(|pair| pair.after.code == code).unwrap().before;
        let Before::Mean { units, missing, result } = of("X1") else { panic!("{:?}", of("X1")) };
        assert_eq!(units.iter().map(|unit| unit.code.as_str()).collect::<Vec<_>>(), ["X1", "X2"]);
        assert_eq!((missing.len(), result.clone()), (0, Some(Exact::whole(75))));
        assert!(of("X1").is_broken());
        assert!(matches!(of("X3"), Before::Same { unit, took_in } if unit.code == "X3" && took_in.is_empty()));
        assert!(!of("X3").is_broken());
    }

    #[test]
    fn what_is_no_more_says_where_it_went() {
        let before = earlier(&[("X1", "10"), ("X2", "20"), ("X3", "40"), ("X4", "0")]);
        let after = later(&["X1", "X3"]);
        let matching = matching(&registry(), &before, &after);
        let mut gone: Vec<(&str, Vec<&str>)> = matching
            .gone
            .iter()
            .map(|gone| (gone.before.code.as_str(), gone.to.iter().map(|to| to.name.as_str()).collect()))
            .collect();
        gone.sort();
        assert_eq!(gone, [("X1", vec!["Xã Mới"]), ("X2", vec!["Xã Mới"]), ("X4", vec![])]);
    }

    #[test]
    fn a_predecessor_without_a_result_is_named_as_missing() {
        let matching_before = earlier(&[("X2", "20")]);
        let after = later(&["X1"]);
        let matching = matching(&registry(), &matching_before, &after);
        let Before::Mean { missing, result, .. } = &matching.pairs[0].before else { panic!() };
        assert_eq!((missing.as_slice(), result.clone()), (["Xã Mốt".to_owned()].as_slice(), Some(Exact::whole(80))));
    }

    #[test]
    fn units_of_another_register_are_matched_by_code() {
        let before = publication("a", "", &rows("H20", "10", "20", "1000"));
        let after = publication("b", "", &[rows("H20", "20", "20", "1000"), rows("H21", "1", "2", "3")].concat());
        let matching = matching(&Registry::default(), &before, &after);
        let results: Vec<_> = matching.pairs.iter().map(|pair| pair.before.result().map(Exact::text)).collect();
        assert_eq!(results, [Some("70".to_owned()), None]);
        assert!(matching.gone.is_empty());
    }
}
