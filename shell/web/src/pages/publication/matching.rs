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
    let now = registry.find(&unit.code, to).ok()?;
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
