//! One criterion of all units as a workbook: taken away, decided of without a connection, brought back.
//!
//! What the unit says and proves stands beside the cells in which it is decided. What a decision relies on stands
//! in a column at the end, so that what changed meanwhile is told row by row and nothing is overwritten unasked.

mod read;
#[cfg(test)]
mod tests;
mod write;

use cchc_index::CriteriaSet;
use cchc_text::Place;

pub use read::read;
pub use write::write;

/// A criterion to be written.
#[derive(Debug, Clone)]
pub struct AppraisalPaper<'a> {
    /// The set of the group.
    pub set: &'a CriteriaSet,
    /// Id of the round.
    pub round: &'a str,
    /// Title of the round.
    pub title: &'a str,
    /// Code of the criterion.
    pub code: &'a str,
    /// One row a unit.
    pub rows: Vec<PaperRow>,
}

/// A unit at the criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperRow {
    /// Code of the unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// What it answers, as it would be typed.
    pub answer: String,
    /// What that earns.
    pub points: String,
    /// What a register counts; may be empty.
    pub counted: String,
    /// The evidence in words.
    pub evidence: String,
    /// Note, explanation and earlier decisions in words.
    pub said: String,
    /// What was decided in this phase, as it would be typed; may be empty.
    pub decided: String,
    /// Why.
    pub reason: String,
    /// What the decision relies on.
    pub mark: String,
    /// Why nothing is to be decided; `None`: it is.
    pub closed: Option<String>,
}

/// What came back of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnedRow {
    /// Code of the unit.
    pub unit: String,
    /// What counts: an answer, `chấp nhận`, or `ấn định 0,75`.
    pub value: String,
    /// The denominator; may be empty.
    pub of: String,
    /// Why.
    pub reason: String,
    /// What the decision relied on; empty: the file does not say.
    pub mark: String,
    /// Where it stands in the file.
    pub place: Place,
}

/// The columns: key, name, width in characters.
const COLUMNS: [(&str, &str, f64); 14] = [
    ("unit", "mã đơn vị", 10.0),
    ("unit_name", "đơn vị", 26.0),
    ("answer", "đơn vị trả lời", 18.0),
    ("points", "điểm", 8.0),
    ("value", "kết luận", 18.0),
    ("of", "mẫu số", 10.0),
    ("reason", "lý do", 30.0),
    ("counted", "số hệ thống", 16.0),
    ("evidence", "tài liệu", 30.0),
    ("said", "ý kiến, kết luận trước", 36.0),
    ("title", "tiêu chí", 30.0),
    ("seen", "bản đã xem", 10.0),
    ("criterion", "mã tiêu chí", 10.0),
    ("round", "mã đợt", 12.0),
];

/// What accepts what stood before.
pub const ACCEPT: &str = "chấp nhận";
const VALUE: u16 = 4;
const OF: u16 = 5;
const REASON: u16 = 6;
