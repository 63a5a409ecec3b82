//! A group of units that are ranked among themselves, and its figures.

use std::collections::HashMap;

use cchc_index::rank::{compare, ranks};
use cchc_index::score::share;
use cchc_index::{CriteriaSet, Exact, ScoredUnit};

use super::figures::median;
use super::register::Register;

/// A group with its units by rank; those of one rank in protocol order.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// `xa`; may be empty.
    pub code: String,
    /// As printed.
    pub name: String,
    /// Its units.
    pub units: Vec<&'a ScoredUnit>,
}

/// The groups that have units, in the order of the set.
#[must_use]
pub fn groups<'a>(set: &CriteriaSet, units: &'a [ScoredUnit], register: &Register<'_>) -> Vec<Group<'a>> {
    units.chunk_by(|one, other| one.group == other.group).map(|units| Group::of(set, units, register)).collect()
}

impl<'a> Group<'a> {
    fn of(set: &CriteriaSet, units: &'a [ScoredUnit], register: &Register<'_>) -> Self {
        let code = units.first().map(|unit| unit.group.clone()).unwrap_or_default();
        let name = match set.group(&code) {
            Some(group) => group.name.clone(),
            None if code.is_empty() => "Tất cả đơn vị".to_owned(),
            None => code.clone(),
        };
        let mut units: Vec<&ScoredUnit> = units.iter().collect();
        units.sort_by_key(|unit| (unit.rank.unwrap_or(u32::MAX), register.protocol(&unit.code)));
        Self { code, name, units }
    }

    /// The results of those that have one, the highest first.
    pub fn results(&self) -> impl Iterator<Item = &'a Exact> + use<'a, '_> {
        self.units.iter().filter_map(|unit| unit.result.as_ref())
    }

    /// The median result.
    #[must_use]
    pub fn median(&self) -> Option<Exact> {
        median(self.results().cloned())
    }

    /// The shares of all units at one node, of those to whom it applies.
    pub fn shares(&self, index: usize) -> impl Iterator<Item = Exact> + use<'a, '_> {
        self.units.iter().filter_map(move |unit| share(unit.nodes.get(index)?))
    }

    /// The median share at one node.
    #[must_use]
    pub fn median_share(&self, index: usize) -> Option<Exact> {
        median(self.shares(index))
    }

    /// The best share at one node.
    #[must_use]
    pub fn best_share(&self, index: usize) -> Option<Exact> {
        self.shares(index).max()
    }

    /// How many units are in each class, and how many in none (last).
    #[must_use]
    pub fn class_counts(&self, set: &CriteriaSet) -> Vec<usize> {
        let count = |class: Option<usize>| self.units.iter().filter(|unit| unit.class == class).count();
        let classes = (0..set.classes.len()).map(Some).chain([None]);
        classes.map(count).collect()
    }

    /// Fields by their median share, the weakest first.
    #[must_use]
    pub fn weakest_fields(&self, set: &CriteriaSet) -> Vec<(usize, Exact)> {
        let mut fields: Vec<(usize, Exact)> =
            set.fields().filter_map(|(index, _)| Some((index, self.median_share(index)?))).collect();
        fields.sort_by(|a, b| a.1.cmp(&b.1));
        fields
    }

    /// The ranks within a part of the group, by unit code: for instance among the communes of a district.
    #[must_use]
    pub fn ranks_among(&self, set: &CriteriaSet, part: impl Fn(&ScoredUnit) -> bool) -> HashMap<&'a str, u32> {
        let mut units: Vec<&ScoredUnit> = self.units.iter().copied().filter(|unit| part(unit)).collect();
        units.sort_by(|a, b| compare(set, a, b));
        let ranks = ranks(set, &units);
        units.iter().zip(ranks).filter_map(|(unit, rank)| Some((unit.code.as_str(), rank?))).collect()
    }
}

/// The field in which a unit lost most points, and how many.
#[must_use]
pub fn heaviest_loss(set: &CriteriaSet, unit: &ScoredUnit) -> Option<(usize, Exact)> {
    let losses = set.fields().filter_map(|(index, _)| {
        let node = unit.nodes.get(index)?;
        Some((index, &node.max - &node.points))
    });
    // The first of equal ones: max_by would give the last.
    losses.filter(|(_, lost)| *lost > Exact::ZERO).fold(None, |heaviest, next| match heaviest {
        Some((_, ref lost)) if *lost >= next.1 => heaviest,
        _ => Some(next),
    })
}
