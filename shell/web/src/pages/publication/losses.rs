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

#[cfg(test)]
mod tests {
    use super::super::sample::{publication, rows};
    use super::*;

    #[test]
    fn the_largest_come_first_and_what_does_not_apply_loses_nothing() {
        let of = |rows: &str| -> Vec<(String, String, bool)> {
            let package = publication("p", "", rows).package;
            let losses = losses(&package.set, &package.scored.units[0]);
            let code = |loss: &Loss| package.set.criteria[loss.criterion].code.clone();
            losses.iter().map(|loss| (code(loss), loss.points.text(), loss.heavy)).collect()
        };
        let lost = |code: &str, points: &str, heavy: bool| (code.to_owned(), points.to_owned(), heavy);
        assert_eq!(
            of(&rows("A", "36", "15", "900")),
            [lost("1.2", "5", true), lost("1.1", "4", false), lost("2.1", "4", false)]
        );
        assert_eq!(of(&rows("A", "40", "na", "999")), [lost("2.1", "0.04", false)]);
        assert_eq!(of(&rows("A", "40", "20", "1000")), []);
    }
}
