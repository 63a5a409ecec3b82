//! Classes (xếp loại): the highest class whose two conditions a unit meets.

use crate::exact::Exact;
use crate::score::{NodeScore, share};
use crate::set::{Class, CriteriaSet, RankBasis};

/// The position of the class: a result from its threshold on, and no field below its floor.
#[must_use]
pub fn class_of(set: &CriteriaSet, result: Option<&Exact>, nodes: &[NodeScore]) -> Option<usize> {
    let result = followed(set, result?);
    set.classes.iter().position(|class| meets(set, class, &result, nodes))
}

/// The result that class and rank follow: exact, or as printed.
#[must_use]
pub fn followed(set: &CriteriaSet, result: &Exact) -> Exact {
    match set.rank_basis {
        RankBasis::Unrounded => result.clone(),
        RankBasis::Printed => result.rounded(set.result_decimals),
    }
}

/// The fields whose share keeps a unit out of a class that its result alone would give, as positions.
#[must_use]
pub fn fields_below_floor(set: &CriteriaSet, class: &Class, nodes: &[NodeScore]) -> Vec<usize> {
    let Some(floor) = class.floor.map(Exact::from) else { return Vec::new() };
    let hundred = Exact::whole(100);
    let below = |index: usize| {
        let share = nodes.get(index).and_then(share);
        share.is_some_and(|share| &share * &hundred < floor)
    };
    set.fields().map(|(index, _)| index).filter(|index| below(*index)).collect()
}

fn meets(set: &CriteriaSet, class: &Class, result: &Exact, nodes: &[NodeScore]) -> bool {
    result >= &Exact::from(class.from) && fields_below_floor(set, class, nodes).is_empty()
}
