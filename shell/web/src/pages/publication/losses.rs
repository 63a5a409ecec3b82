//! Where a unit lost points, the largest losses first.

use cchc_index::set::Part;
use cchc_index::{CriteriaSet, Exact, ScoredUnit};

/// Points lost at one leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Position of the criterion.
    pub criterion: usize,
    /// Points lost.
    pub points: Exact,
    /// Whether a quarter of its maximum or more was lost.
    pub heavy: bool,
}

/// Every leaf inside the total at which points were lost; equal losses in the order of the set.
#[must_use]
pub fn losses(set: &CriteriaSet, unit: &ScoredUnit) -> Vec<Loss> {
    let mut losses: Vec<Loss> = set
        .leaves()
        .filter(|(_, node, _)| node.part == Part::Scored)
        .filter_map(|(index, _, _)| {
            let score = unit.nodes.get(index)?;
            let points = &score.max - &score.points;
            (points > Exact::ZERO).then(|| Loss { criterion: index, heavy: is_heavy(&points, &score.max), points })
        })
        .collect();
    losses.sort_by(|a, b| b.points.cmp(&a.points));
    losses
}

/// Whether a quarter of the maximum or more was lost: what is marked in the accent everywhere.
#[must_use]
pub fn is_heavy(lost: &Exact, max: &Exact) -> bool {
    !max.is_zero() && &(lost * &Exact::whole(4)) >= max
}
