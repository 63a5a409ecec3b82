//! Rounds: their list, each of them, its sheets, lines and decisions.

pub mod appraise;
pub mod list;
pub mod round;
pub mod run;
pub mod sheet;

use cchc_index::round::{Phase, Standing};

use crate::pages::publication::address::encode;

/// The list; below it lie the pages of rounds.
pub const ADDRESS: &str = "/dot-cham";

/// Address of a round.
#[must_use]
pub fn round_address(round: &str) -> String {
    format!("{ADDRESS}/{}", encode(round))
}

/// Address of the sheet of a unit in a round.
#[must_use]
pub fn sheet_address(round: &str, unit: &str) -> String {
    format!("{}/phieu/{}", round_address(round), encode(unit))
}

/// Address of a file that proves a line of a sheet.
#[must_use]
pub fn evidence_address(round: &str, unit: &str, evidence: &str) -> String {
    format!("{}/tai-lieu/{}", sheet_address(round, unit), encode(evidence))
}

/// Address of a criterion of all units of a round.
#[must_use]
pub fn criterion_address(round: &str, code: &str) -> String {
    format!("{}/tieu-chi/{}", round_address(round), encode(code))
}

/// How far a round is: the class of the style sheet and the words.
#[must_use]
pub const fn standing(standing: &str, phase: Option<Phase>) -> (&'static str, &'static str) {
    match (standing.as_bytes(), phase) {
        (b"planned", _) => ("no", "Đang lập"),
        (b"published", _) => ("ok", "Đã công bố"),
        (_, Some(phase)) => ("part", phase.label()),
        (_, None) => ("part", "Đang chạy"),
    }
}

/// The same of a round at hand.
#[must_use]
pub const fn standing_of(round: Standing) -> (&'static str, &'static str) {
    match round {
        Standing::Planned => ("no", "Đang lập"),
        Standing::Published => ("ok", "Đã công bố"),
        Standing::Running(phase) => ("part", phase.label()),
    }
}
