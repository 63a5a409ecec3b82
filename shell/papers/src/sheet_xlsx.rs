//! The sheet of a unit as a workbook: taken away, filled in without a connection, brought back.
//!
//! Each line says its rule beside the cell in which it is answered. Which version of a line was taken away
//! stands in a column at the end, so that what another changed meanwhile is told line by line and nothing is
//! overwritten unasked.

mod read;
#[cfg(test)]
mod tests;
mod write;

use cchc_index::{AnswerText, CriteriaSet};
use cchc_text::Place;

use crate::input_file::TemplateUnit;

pub use read::read;
pub use write::write;

/// A sheet to be written.
#[derive(Debug, Clone)]
pub struct SheetPaper<'a> {
    /// The set of its group.
    pub set: &'a CriteriaSet,
    /// Id of the round.
    pub round: &'a str,
    /// Title of the round.
    pub title: &'a str,
    /// The unit.
    pub unit: TemplateUnit,
    /// What stands at the lines; a line that is not here is empty.
    pub lines: Vec<PaperLine>,
}

/// What stands at a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperLine {
    /// Code of the criterion.
    pub code: String,
    /// What the unit answers.
    pub answer: AnswerText,
    /// What it says to it.
    pub note: String,
    /// The version of the line.
    pub seen: u32,
    /// What a register counts, as shown; may be empty.
    pub counted: String,
    /// The answer of last year, as shown; may be empty.
    pub before: String,
    /// Why the unit does not answer it; `None`: it does.
    pub closed: Option<String>,
}

/// What came back at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnedLine {
    /// Code of the criterion.
    pub code: String,
    /// The answer; may be empty.
    pub answer: AnswerText,
    /// What is said to it; may be empty.
    pub note: String,
    /// The version of the line that was taken away; `None`: the file does not say.
    pub seen: Option<u32>,
    /// Where it stands in the file.
    pub place: Place,
}

/// The columns: key, name, width in characters. What is answered stands beside what is asked.
const COLUMNS: [(&str, &str, f64); 14] = [
    ("criterion", "mã tiêu chí", 9.0),
    ("title", "tên tiêu chí", 38.0),
    ("max", "điểm tối đa", 8.0),
    ("value", "giá trị", 16.0),
    ("of", "mẫu số", 11.0),
    ("note", "giải trình, ghi chú", 30.0),
    ("asked", "dữ liệu cần nhập", 34.0),
    ("how", "cách ghi", 30.0),
    ("rule", "cách tính điểm", 40.0),
    ("counted", "số liệu của hệ thống", 16.0),
    ("before", "năm trước", 16.0),
    ("seen", "bản đã xem", 8.0),
    ("unit", "mã đơn vị", 10.0),
    ("round", "mã đợt", 12.0),
];

/// The first of the columns that say where the file belongs.
const ABOUT: u16 = 11;
const CODE: u16 = 0;
const MAX: u16 = 2;
const VALUE: u16 = 3;
const OF: u16 = 4;
const NOTE: u16 = 5;
