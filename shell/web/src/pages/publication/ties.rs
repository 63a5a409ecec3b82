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
