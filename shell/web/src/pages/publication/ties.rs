//! Equal printed results: what parts them, or that they share a rank.

use std::cmp::Ordering;

use cchc_index::class::followed;
use cchc_index::rank::compare;
use cchc_index::set::RankBasis;
use cchc_index::{CriteriaSet, Exact, ScoredUnit, trace};

use super::figures::decimals_apart;

/// Units that stand one after the other with the same printed result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie<'a> {
    /// They, in the order of the ranking.
    pub units: Vec<&'a ScoredUnit>,
    /// How they are told apart.
    pub parted: Parted,
}

/// How units with the same printed result are told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parted {
    /// Their exact results differ: each written with so many decimals that it shows.
    ByDecimals(Vec<String>),
    /// Their results are equal; criteria named by the set part them.
    ByCriteria,
    /// They share a rank.
    Not,
}

/// The ties of a group whose units stand by rank.
#[must_use]
pub fn ties<'a>(set: &CriteriaSet, units: &[&'a ScoredUnit]) -> Vec<Tie<'a>> {
    let with_result: Vec<&ScoredUnit> = units.iter().copied().filter(|unit| unit.result.is_some()).collect();
    let runs = with_result.chunk_by(|one, other| one.printed(set) == other.printed(set));
    runs.filter(|run| run.len() > 1).map(|run| Tie { units: run.to_vec(), parted: parted(set, run) }).collect()
}

fn parted(set: &CriteriaSet, units: &[&ScoredUnit]) -> Parted {
    let pairs = || units.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
    if pairs().all(|(one, other)| compare(set, one, other) == Ordering::Equal) {
        return Parted::Not;
    }
    let exact: Vec<&Exact> = units.iter().filter_map(|unit| unit.result.as_ref()).collect();
    let differ = set.rank_basis == RankBasis::Unrounded && pairs().any(|(one, other)| one.result != other.result);
    if !differ {
        return Parted::ByCriteria;
    }
    let decimals = decimals_apart(&exact, set.result_decimals);
    Parted::ByDecimals(exact.iter().map(|value| trace::fixed(&followed(set, value), decimals)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::sample::{publication, rows};
    use super::*;

    fn parted(rows: &str) -> Vec<(Vec<String>, Parted)> {
        let publication = publication("p", "", rows);
        let units: Vec<&ScoredUnit> = publication.package.scored.units.iter().collect();
        let ties = ties(&publication.package.set, &units);
        ties.into_iter().map(|tie| (tie.units.iter().map(|unit| unit.code.clone()).collect(), tie.parted)).collect()
    }

    #[test]
    fn equal_print_of_different_results_is_shown_with_more_decimals() {
        let rows = [rows("A", "30.0014", "10", "500"), rows("B", "30.0004", "10", "500"), rows("C", "29", "10", "500")];
        let expected = Parted::ByDecimals(vec!["60,001".into(), "60,000".into()]);
        assert_eq!(parted(&rows.concat()), [(vec!["A".to_owned(), "B".to_owned()], expected)]);
    }

    #[test]
    fn equal_results_share_a_rank() {
        let rows = [rows("A", "30", "10", "500"), rows("B", "20", "20", "500"), rows("C", "5", "10", "500")];
        assert_eq!(parted(&rows.concat()), [(vec!["A".to_owned(), "B".to_owned()], Parted::Not)]);
    }
}
