//! A sheet in the order of the form of whoever scores the unit from outside: every node of the set with what was
//! answered, earned, proved and explained, and who answers it, to be typed into that body's own software.
//!
//! Documents are numbered through the whole form: one that proves several lines keeps its number.

#[cfg(test)]
mod tests;
mod word;
mod workbook;

use std::collections::HashMap;

use cchc_index::{CriteriaSet, Criterion, Exact, NodeScore, ScoredUnit};

pub use word::docx;
pub use workbook::xlsx;

/// What the form says.
#[derive(Debug, Clone)]
pub struct MinistryForm<'a> {
    /// The unit that is scored.
    pub unit: String,
    /// Title of the round.
    pub title: String,
    /// Who scores it: `Bộ Nội vụ`; empty: nobody outside.
    pub body: String,
    /// The set.
    pub set: &'a CriteriaSet,
    /// How the unit scores itself.
    pub scored: &'a ScoredUnit,
    /// What is said at the lines; a line that is not here is empty.
    pub lines: Vec<FormLine>,
    /// What stands above the table: `BỘ TIÊU CHÍ MINH HỌA`; empty: nothing.
    pub mark: String,
    /// Whether people or numbers are invented.
    pub simulated: bool,
}

/// What is said at a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormLine {
    /// Code of the criterion.
    pub code: String,
    /// The answer in words.
    pub answer: String,
    /// What was said to it.
    pub note: String,
    /// The evidence in words, each piece.
    pub evidence: Vec<String>,
    /// The unit that answers it; empty: it comes from elsewhere.
    pub whose: String,
}

/// The names of the columns.
const COLUMNS: [&str; 9] = [
    "Mã",
    "Lĩnh vực, tiêu chí, tiêu chí thành phần",
    "Điểm tối đa",
    "Tự đánh giá: giá trị",
    "Tự đánh giá: điểm",
    "Tài liệu kiểm chứng số",
    "Tài liệu kiểm chứng",
    "Giải trình",
    "Đơn vị chịu trách nhiệm",
];

/// A row of the form.
struct Row<'a> {
    node: &'a Criterion,
    max: Exact,
    score: Option<&'a NodeScore>,
    line: Option<&'a FormLine>,
    /// Numbers of its documents.
    numbers: Vec<usize>,
}

/// All rows in the order of the set, and the documents in the order of their numbers.
fn rows<'a>(form: &'a MinistryForm<'_>) -> (Vec<Row<'a>>, Vec<&'a str>) {
    let known: HashMap<&str, &FormLine> = form.lines.iter().map(|line| (line.code.as_str(), line)).collect();
    let (mut documents, mut numbers): (Vec<&str>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
    let rows = form.set.criteria.iter().enumerate().map(|(index, node)| {
        let line = known.get(node.code.as_str()).copied().filter(|_| node.leaf.is_some());
        let mut own = Vec::new();
        for document in line.iter().flat_map(|line| &line.evidence) {
            let number = *numbers.entry(document).or_insert_with(|| {
                documents.push(document);
                documents.len()
            });
            own.push(number);
        }
        let (max, score) = (Exact::from(node.max), form.scored.nodes.get(index));
        Row { node, max, score, line, numbers: own }
    });
    let rows = rows.collect();
    (rows, documents)
}

impl Row<'_> {
    /// The points; `None`: it does not apply, or nothing was said in a line.
    fn points(&self) -> Option<&Exact> {
        let said = self.node.leaf.is_none() || self.line.is_some_and(|line| !line.answer.is_empty());
        self.score.filter(|score| score.applicable && said).map(|score| &score.points)
    }

    fn numbers(&self) -> String {
        self.numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
    }

    fn text(&self, part: impl Fn(&FormLine) -> String) -> String {
        self.line.map(part).unwrap_or_default()
    }
}

impl MinistryForm<'_> {
    fn heading(&self) -> String {
        format!("Biểu tự đánh giá, chấm điểm của {}", self.unit)
    }

    fn below(&self) -> String {
        let to = if self.body.is_empty() { String::new() } else { format!(", gửi {}", self.body) };
        format!("{}{to}", self.title)
    }

    fn mark(&self) -> String {
        let simulated = if self.simulated { "SỐ LIỆU MÔ PHỎNG" } else { "" };
        [simulated, self.mark.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ")
    }
}
