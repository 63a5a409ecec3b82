//! Ranks (xếp hạng): within a group, by the result; equal results share a rank.

use std::cmp::Ordering;

use crate::class::followed;
use crate::exact::Exact;
use crate::score::{ScoredUnit, share};
use crate::set::{CriteriaSet, Ties};

/// Ranks all units within their groups and sorts them: group, rank, code.
pub fn rank_all(set: &CriteriaSet, units: &mut [ScoredUnit]) {
    let group_order = |group: &str| set.groups.iter().position(|known| known.code == group).unwrap_or(usize::MAX);
    units.sort_by(|a, b| {
        (group_order(&a.group), &a.group)
            .cmp(&(group_order(&b.group), &b.group))
            .then_with(|| compare(set, a, b))
            .then_with(|| a.code.cmp(&b.code))
    });
    for group in units.chunk_by_mut(|a, b| a.group == b.group) {
        let ranks = ranks(set, &group.iter().collect::<Vec<_>>());
        for (unit, rank) in group.iter_mut().zip(ranks) {
            unit.rank = rank;
        }
    }
}

/// The ranks of units that stand in the order of [`compare`]; none for a unit without a result.
#[must_use]
pub fn ranks(set: &CriteriaSet, sorted: &[&ScoredUnit]) -> Vec<Option<u32>> {
    let mut ranks: Vec<Option<u32>> = Vec::with_capacity(sorted.len());
    let mut before: Option<(&ScoredUnit, u32)> = None;
    for (position, unit) in (1_u32..).zip(sorted) {
        if unit.result.is_none() {
            ranks.push(None);
            continue;
        }
        let rank = match before {
            None => 1,
            Some((last, rank)) if compare(set, last, unit) == Ordering::Equal => rank,
            Some((_, rank)) => match set.ties {
                Ties::Shared => position,
                Ties::Dense => rank.saturating_add(1),
            },
        };
        ranks.push(Some(rank));
        before = Some((unit, rank));
    }
    ranks
}

/// Which of two units stands first: the higher result, then the criteria that part equal results.
#[must_use]
pub fn compare(set: &CriteriaSet, a: &ScoredUnit, b: &ScoredUnit) -> Ordering {
    let key = |unit: &ScoredUnit| unit.result.as_ref().map(|result| followed(set, result));
    key(b).cmp(&key(a)).then_with(|| {
        set.tie_break.iter().fold(Ordering::Equal, |order, code| order.then_with(|| by_criterion(set, code, a, b)))
    })
}

fn by_criterion(set: &CriteriaSet, code: &str, a: &ScoredUnit, b: &ScoredUnit) -> Ordering {
    let Some((index, _)) = set.find(code) else { return Ordering::Equal };
    let key = |unit: &ScoredUnit| -> Option<Exact> { unit.nodes.get(index).and_then(share) };
    key(b).cmp(&key(a))
}
