//! Why a unit has its class, and what parts it from the next one.

use cchc_index::class::{fields_below_floor, followed};
use cchc_index::score::share;
use cchc_index::{CriteriaSet, Exact, ScoredUnit};

use super::figures::percent_apart;

/// A class that a unit's result would earn, and the fields that keep it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDown {
    /// Position of that class.
    pub class: usize,
    /// The fields below the floor of that class.
    pub fields: Vec<Below>,
}

/// A field below a floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// Position of the field.
    pub field: usize,
    /// Its share in percent, as printed.
    pub share: String,
    /// The floor in percent, as printed.
    pub floor: String,
}

/// What parts a unit from the class above its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Position of that class.
    pub class: usize,
    /// How much its result lacks; none where the result reaches it.
    pub lacks: Option<Exact>,
    /// The fields below the floor of that class.
    pub fields: Vec<Below>,
}

/// The highest class that the result alone would earn, where a field's floor keeps the unit out of it.
#[must_use]
pub fn kept_down(set: &CriteriaSet, unit: &ScoredUnit) -> Option<KeptDown> {
    let result = followed(set, unit.result.as_ref()?);
    let class = set.classes.iter().position(|class| result >= Exact::from(class.from))?;
    if unit.class.is_some_and(|own| own <= class) {
        return None;
    }
    Some(KeptDown { class, fields: below(set, unit, class) })
}

/// The class above the unit's own and what it lacks; none at the top or without a result.
#[must_use]
pub fn next(set: &CriteriaSet, unit: &ScoredUnit) -> Option<Next> {
    let result = followed(set, unit.result.as_ref()?);
    let class = unit.class.unwrap_or(set.classes.len()).checked_sub(1)?;
    let lacks = &Exact::from(set.classes.get(class)?.from) - &result;
    Some(Next { class, lacks: (lacks > Exact::ZERO).then_some(lacks), fields: below(set, unit, class) })
}

fn below(set: &CriteriaSet, unit: &ScoredUnit, class: usize) -> Vec<Below> {
    let Some(class) = set.classes.get(class) else { return Vec::new() };
    let Some(floor) = class.floor else { return Vec::new() };
    let of = |field: usize| {
        let share = share(unit.nodes.get(field)?)?;
        Some(Below {
            field,
            share: percent_apart(&share, &Exact::from(floor)),
            floor: format!("{}\u{a0}%", floor.vietnamese()),
        })
    };
    fields_below_floor(set, class, &unit.nodes).into_iter().filter_map(of).collect()
}
