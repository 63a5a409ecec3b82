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

#[cfg(test)]
mod tests {
    use cchc_units::Registry;

    use super::super::sample::{publication, registry, rows};
    use super::*;

    #[test]
    fn ties_stand_in_protocol_order_and_districts_rank_among_themselves() {
        let text = ["X1", "X2", "X3", "X4"].map(|unit| rows(unit, if unit == "X2" { "40" } else { "30" }, "20", "500"));
        let publication = publication("p", "2021-12-31", &text.concat());
        let (registry, set) = (registry(), &publication.package.set);
        let register = Register::new(&registry, publication.package.about.units_as_of);
        let groups = groups(set, &publication.package.scored.units, &register);
        let codes: Vec<_> = groups[0].units.iter().map(|unit| (unit.rank, unit.code.as_str())).collect();
        assert_eq!(codes, [(Some(1), "X2"), (Some(2), "X3"), (Some(2), "X1"), (Some(2), "X4")]);
        let within = |unit: &ScoredUnit| register.district(&unit.code).is_some_and(|district| district.code == "H1");
        let ranks = groups[0].ranks_among(set, within);
        assert_eq!((ranks.get("X3"), ranks.get("X1"), ranks.get("X2")), (Some(&1), Some(&1), None));
        let districts: Vec<_> =
            register.districts(&groups[0].units).into_iter().map(|of| (of.name, of.units)).collect();
        assert_eq!(districts, [("Huyện Một".to_owned(), 2), ("Huyện Hai".to_owned(), 2)]);
    }

    #[test]
    fn figures_of_a_group() {
        let text = [rows("A", "40", "20", "1000"), rows("B", "20", "na", "500"), rows("C", "40", "10", "250")].concat();
        let publication = publication("p", "", &text);
        let set = &publication.package.set;
        let registry = Registry::default();
        let groups = groups(set, &publication.package.scored.units, &Register::new(&registry, None));
        let group = &groups[0];
        assert_eq!(group.median(), Some(Exact::whole(60)));
        assert_eq!(group.median_share(3), Exact::from_fraction("1/2"));
        assert_eq!(group.best_share(3), Some(Exact::ONE));
        assert_eq!(group.shares(2).count(), 2, "not applicable to one of them");
        assert_eq!(group.class_counts(set), [1, 1, 1]);
        let loss = heaviest_loss(set, group.units[1]).unwrap();
        assert_eq!((loss.0, loss.1.text()), (3, "30".to_owned()));
    }
}
