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

#[cfg(test)]
mod tests {
    use super::super::sample::{publication, rows};
    use super::*;

    fn unit(rows: &str) -> (CriteriaSet, ScoredUnit) {
        let publication = publication("p", "", rows);
        (publication.package.set.clone(), publication.package.scored.units[0].clone())
    }

    #[test]
    fn a_field_below_its_floor_keeps_a_unit_down() {
        let (set, low) = unit(&rows("A", "40", "20", "690"));
        let kept = kept_down(&set, &low).unwrap();
        assert_eq!((kept.class, low.class), (0, Some(1)));
        let said: Vec<_> =
            kept.fields.iter().map(|below| (set.criteria[below.field].code.as_str(), &*below.share)).collect();
        assert_eq!(said, [("2", "69,00\u{a0}%")]);
        assert_eq!(kept.fields[0].floor, "70\u{a0}%");
        let next = next(&set, &low).unwrap();
        assert_eq!((next.class, next.lacks), (0, None));
    }

    #[test]
    fn at_the_floor_and_the_threshold_a_class_is_given() {
        let (set, exact) = unit(&rows("A", "40", "12", "700"));
        assert_eq!((exact.result.clone(), exact.class), (Some(Exact::whole(80)), Some(0)));
        assert_eq!((kept_down(&set, &exact), next(&set, &exact)), (None, None));
    }

    #[test]
    fn a_result_that_falls_short_says_by_how_much() {
        let (set, short) = unit(&rows("A", "40", "11.5", "700"));
        assert_eq!(kept_down(&set, &short), None);
        assert_eq!(next(&set, &short).unwrap().lacks, Exact::from_fraction("1/2"));
        let (set, none) = unit(&rows("A", "10", "0", "0"));
        let next = next(&set, &none).unwrap();
        assert_eq!((none.class, next.class, next.lacks), (None, 1, Some(Exact::whole(50))));
    }
}
