//! Appraisal: the criteria with how far each is, one criterion of all units, all criteria of one unit.

pub mod criteria;
pub mod explain;
pub mod given;
pub mod grid;
pub mod preview;
pub mod publish;
pub mod row;

use super::round_address;
use crate::pages::publication::address::encode;

/// Address of the criteria of a round.
#[must_use]
pub fn criteria_address(round: &str) -> String {
    format!("{}/tieu-chi", round_address(round))
}

/// Address of the appraisal of one unit.
#[must_use]
pub fn unit_address(round: &str, unit: &str) -> String {
    format!("{}/tham-dinh/{}", round_address(round), encode(unit))
}

/// Address of the explanation of one unit.
#[must_use]
pub fn explain_address(round: &str, unit: &str) -> String {
    format!("{}/giai-trinh/{}", round_address(round), encode(unit))
}

/// Address of the council.
#[must_use]
pub fn council_address(round: &str) -> String {
    format!("{}/hoi-dong", round_address(round))
}
