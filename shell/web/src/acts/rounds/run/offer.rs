//! What a plan can be made of: sets in force, units of today, agencies.

use std::collections::BTreeMap;

use cchc_access::{Action, Reach, reach};
use cchc_index::CriteriaSet;
use cchc_index::round::{Assigned, Ranked};
use cchc_index::set::Source;
use cchc_store::rules::RuleRow;
use cchc_units::{Level, Version};

use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::pages::rounds::run::{Offer, OfferedSet, OfferedUnit};

/// What a plan of that organiser can be made of.
///
/// # Errors
/// What the store says.
pub async fn offer(with: &With, organiser: &str) -> Result<Offer, ErrorPage> {
    Ok(Offer { sets: sets(with).await?, units: units(with, organiser), agencies: agencies(with, organiser) })
}

/// The sets in force, a line for each group of each, the latest year first.
///
/// # Errors
/// What the store says.
pub async fn sets(with: &With) -> Result<Vec<OfferedSet>, ErrorPage> {
    let mut latest: BTreeMap<String, RuleRow> = BTreeMap::new();
    for row in with.store().rule_list(with.now).await? {
        let holds =
            row.valid_from.is_none_or(|from| from <= with.today) && row.valid_to.is_none_or(|to| with.today <= to);
        if row.kind == "criteria-set" && holds {
            latest.insert(row.name.clone(), row);
        }
    }
    let mut offered = Vec::new();
    for set in with.sets_latest_first() {
        let Some(row) = latest.get(&set.id) else { continue };
        offered.extend(set.groups.iter().map(|group| OfferedSet {
            name: row.name.clone(),
            version: row.id,
            title: set.title.clone(),
            year: set.year,
            group: (group.code.clone(), group.name.clone()),
        }));
    }
    Ok(offered)
}

/// The units that a round of that organiser may score: those below it; for whoever runs all rounds any unit.
fn units(with: &With, organiser: &str) -> Vec<OfferedUnit> {
    let everywhere = matches!(reach(&with.visitor.viewer, Action::RunRounds, with.today), Reach::All);
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    let found: Vec<&Version> = below(with, organiser, everywhere);
    found.iter().for_each(|unit| *bearers.entry(unit.name.as_str()).or_default() += 1);
    let label = |unit: &Version| {
        let twice = bearers.get(unit.name.as_str()).is_some_and(|bearers| *bearers > 1);
        let above = with.units.parent(unit, with.today).filter(|_| twice);
        above.map_or_else(|| unit.name.clone(), |above| format!("{} ({})", unit.name, above.name))
    };
    let offered = found.iter().map(|unit| OfferedUnit {
        code: unit.code.clone(),
        name: unit.name.clone(),
        label: label(unit),
        group: unit.level.code(),
    });
    offered.collect()
}

/// The units of today below a unit, or all but the provinces, in the order of protocol.
fn below<'a>(with: &'a With, organiser: &str, everywhere: bool) -> Vec<&'a Version> {
    let (mut found, mut inside) = (Vec::new(), None);
    for node in with.units.as_of(with.today) {
        if inside.is_some_and(|depth| node.depth <= depth) {
            inside = None;
        }
        // A province that runs its own round is scored by its ministry; its group says so.
        let is_own = node.version.code == organiser;
        let is_scored = (node.version.level == Level::Province) == is_own;
        if is_scored && (everywhere || inside.is_some() || is_own) {
            found.push(node.version);
        }
        if is_own {
            inside = Some(node.depth);
        }
    }
    found
}

/// Every unit directly at the level of a group below the organiser: what a new round begins with.
#[must_use]
pub fn ranked(with: &With, organiser: &str, groups: &[&str]) -> Vec<Ranked> {
    let own = |unit: &&Version| {
        let is_office = unit.level == Level::Department && unit.parent.as_deref() != Some(organiser);
        groups.contains(&unit.level.code()) && !is_office
    };
    let found = below(with, organiser, false).into_iter().filter(own);
    let ranked = found.map(|unit| Ranked {
        code: unit.code.clone(),
        name: unit.name.clone(),
        group: unit.level.code().to_owned(),
    });
    ranked.collect()
}

/// Who can appraise for an organiser: its own offices and itself; where it has none, those of the unit above.
#[must_use]
pub fn agencies(with: &With, organiser: &str) -> Vec<(String, String)> {
    let tree = with.units.as_of(with.today);
    let above = with.units.on(organiser, with.today).and_then(|unit| unit.parent.clone());
    let offices = |of: &str| -> Vec<(String, String)> {
        let all = tree.children(of).filter(|unit| unit.level == Level::Department);
        all.map(|unit| (unit.code.clone(), unit.name.clone())).collect()
    };
    let mut found = offices(organiser);
    if found.is_empty() {
        found = above.map(|above| offices(&above)).unwrap_or_default();
    }
    if let Ok(unit) = with.units.find(organiser, with.today) {
        found.push((unit.code.clone(), unit.name.clone()));
    }
    found
}

/// Who appraises, as the sets name the agencies, where the organiser has an office of that name.
#[must_use]
pub fn assigned<'a>(offer: &Offer, sets: impl Iterator<Item = &'a CriteriaSet>, with: &With) -> Vec<Assigned> {
    let mut assigned: Vec<Assigned> = Vec::new();
    for set in sets {
        let asked = set.leaves().filter(|(_, _, leaf)| matches!(leaf.source, Source::Person | Source::Metric));
        for (_, _, leaf) in asked {
            if assigned.iter().any(|known| known.field == leaf.appraiser) {
                continue;
            }
            let holds = |known: &&cchc_index::set::Appraiser| {
                known.field == leaf.appraiser
                    && known.valid_from.is_none_or(|from| from <= with.today)
                    && known.valid_to.is_none_or(|to| with.today <= to)
            };
            let named = set.appraisers.iter().find(holds).map(|known| known.unit.as_str());
            let office = offer.agencies.iter().find(|(_, name)| Some(name.as_str()) == named);
            if let Some((unit, _)) = office {
                assigned.push(Assigned { field: leaf.appraiser.clone(), unit: unit.clone() });
            }
        }
    }
    assigned
}

/// Who may run a round for whom: codes and names of the units that have others below them.
#[must_use]
pub fn organisers(with: &With) -> Vec<(String, String)> {
    let reached = reach(&with.visitor.viewer, Action::RunRounds, with.today);
    let tree = with.units.as_of(with.today);
    let mut above: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for node in tree.iter() {
        above.truncate(node.depth);
        let unit = node.version;
        let may = reached.covers(&cchc_access::Resource::of_unit(&unit.code, &above));
        if may && tree.children(&unit.code).next().is_some() {
            found.push((unit.code.clone(), unit.name.clone()));
        }
        above.push(unit.code.clone());
    }
    found
}
