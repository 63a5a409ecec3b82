//! From the rows of a file to answers: unit, criterion, value, of.

use std::collections::{BTreeMap, HashMap};

use cchc_text::table::{Row, Table};
use cchc_text::{Decimal, Finding, Findings, Place};
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, RawAnswer};
use crate::set::{CriteriaSet, Criterion, Leaf, Part};

/// The answers of all units, as they were read from one or more tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// By unit code.
    pub units: Vec<UnitInput>,
}

/// The answers of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitInput {
    /// Its code, whatever it is.
    pub code: String,
    /// Its name; empty where the file gives none.
    pub name: String,
    /// The group within which it is ranked; may be empty.
    pub group: String,
    /// One answer for each node of the set (only leaves are used), by position.
    pub answers: Vec<Answer>,
    /// The texts behind the answers, by position: what is written into a package.
    pub texts: Vec<Option<AnswerText>>,
}

/// The texts of one answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AnswerText {
    /// Column `value`.
    pub value: String,
    /// Column `of`.
    pub of: String,
}

/// Reads the rows of tables with the columns `unit`, `criterion`, `value`, `of` and, if they are
/// there, `unit_name` and `group`. The order of the rows doesn't matter; whatever can't be used is a
/// finding and the rest is read.
#[must_use]
pub fn read_inputs(set: &CriteriaSet, tables: &[Table]) -> (Inputs, Findings) {
    let mut reading = Reading::new(set);
    for table in tables {
        reading.table(table);
    }
    reading.finish()
}

/// The columns that must be there.
pub const REQUIRED_COLUMNS: [&str; 3] = ["unit", "criterion", "value"];

struct Reading<'a> {
    set: &'a CriteriaSet,
    positions: HashMap<&'a str, usize>,
    units: BTreeMap<String, Draft>,
    unknown: BTreeMap<String, (u64, Place)>,
    findings: Findings,
}

#[derive(Default)]
struct Draft {
    names: BTreeMap<String, Place>,
    groups: BTreeMap<String, Place>,
    /// For each node of the set: the texts of its rows and where they stand.
    cells: Vec<Vec<(AnswerText, Place)>>,
}

struct Columns {
    unit: Option<usize>,
    name: Option<usize>,
    group: Option<usize>,
    criterion: Option<usize>,
    value: Option<usize>,
    of: Option<usize>,
}

impl<'a> Reading<'a> {
    fn new(set: &'a CriteriaSet) -> Self {
        let mut positions = HashMap::new();
        for (index, node) in set.criteria.iter().enumerate() {
            if !node.api_code.is_empty() {
                positions.entry(node.api_code.as_str()).or_insert(index);
            }
        }
        for (index, node) in set.criteria.iter().enumerate() {
            positions.insert(node.code.as_str(), index);
        }
        Self { set, positions, units: BTreeMap::new(), unknown: BTreeMap::new(), findings: Findings::new() }
    }

    fn table(&mut self, table: &Table) {
        let missing: Vec<&str> =
            REQUIRED_COLUMNS.iter().copied().filter(|column| table.column(column).is_none()).collect();
        if !missing.is_empty() {
            let sheet =
                if table.sheet.is_empty() { String::new() } else { format!(" của trang tính «{}»", table.sheet) };
            let message = format!("Thiếu cột {}{sheet}: không đọc được dòng nào.", missing.join(", "));
            let found = format!("Các cột tìm thấy: {}.", table.columns.join(", "));
            self.findings.push(Finding::error("missing-column", Place::file(table.file.clone()), message).hint(found));
            return;
        }
        let columns = Columns {
            unit: table.column("unit"),
            name: table.column("unit_name"),
            group: table.column("group"),
            criterion: table.column("criterion"),
            value: table.column("value"),
            of: table.column("of"),
        };
        for row in &table.rows {
            self.row(table, &columns, row);
        }
    }

    fn row(&mut self, table: &Table, columns: &Columns, row: &Row) {
        let (unit, code) = (row.text(columns.unit).trim(), row.text(columns.criterion).trim());
        let place = table.place(row, columns.value.unwrap_or(0));
        if unit.is_empty() || code.is_empty() {
            let message = "Dòng thiếu mã đơn vị (unit) hoặc mã tiêu chí (criterion).";
            self.findings.push(Finding::error("missing-code", place, message));
            return;
        }
        let place = place.of_unit(unit).of_criterion(code);
        let draft = self.units.entry(unit.to_owned()).or_default();
        remember(&mut draft.names, row.text(columns.name), &place);
        remember(&mut draft.groups, row.text(columns.group), &place);
        let found = self.positions.get(code).copied();
        let node = found.and_then(|index| Some((index, self.set.criteria.get(index)?)));
        let Some((index, node)) = node else {
            let (count, _) = self.unknown.entry(code.to_owned()).or_insert((0, place));
            *count = count.saturating_add(1);
            return;
        };
        if node.leaf.is_none() {
            let message = format!("Tiêu chí {code} có tiêu chí con: chấm ở tiêu chí con, không nhận giá trị.");
            self.findings.push(Finding::error("not-a-leaf", place, message));
            return;
        }
        let (value, of) = (row.text(columns.value).trim().to_owned(), row.text(columns.of).trim().to_owned());
        draft.cells.resize_with(self.set.criteria.len(), Vec::new);
        if let Some(cell) = draft.cells.get_mut(index) {
            cell.push((AnswerText { value, of }, place));
        }
    }

    fn finish(mut self) -> (Inputs, Findings) {
        for (code, (count, place)) in std::mem::take(&mut self.unknown) {
            let message = format!("Bộ {} không có tiêu chí «{code}» ({count} dòng, bỏ qua).", self.set.id);
            self.findings.push(Finding::error("unknown-criterion", place, message));
        }
        let drafts = std::mem::take(&mut self.units);
        let units = drafts.into_iter().map(|(code, draft)| self.unit(code, draft)).collect();
        (Inputs { units }, self.findings)
    }

    fn unit(&mut self, code: String, mut draft: Draft) -> UnitInput {
        draft.cells.resize_with(self.set.criteria.len(), Vec::new);
        let name = self.one_of(&code, "unit_name", &draft.names);
        let mut group = self.one_of(&code, "group", &draft.groups);
        if let ("", [only]) = (group.as_str(), self.set.groups.as_slice()) {
            group = only.code.clone();
        }
        if !group.is_empty() && self.set.group(&group).is_none() {
            let place = draft.groups.get(&group).cloned().unwrap_or_default();
            let message = format!("Bộ {} không có nhóm đơn vị «{group}»: xếp hạng riêng nhóm này.", self.set.id);
            self.findings.push(Finding::warning("unknown-group", place, message));
        }
        self.missing(&code, &draft);
        let (mut answers, mut texts) = (Vec::new(), Vec::new());
        for (node, cell) in self.set.criteria.iter().zip(draft.cells) {
            let kept = one_row(cell, &mut self.findings);
            let answer = match (&kept, &node.leaf) {
                (Some((text, place)), Some(leaf)) => read_answer(node, leaf, &text.raw(), place, &mut self.findings),
                _ => Answer::NotReported,
            };
            answers.push(answer);
            texts.push(kept.map(|(text, _)| text));
        }
        UnitInput { code, name, group, answers, texts }
    }

    /// The one name or group of a unit; of several, the first in order of text, with a finding.
    fn one_of(&mut self, unit: &str, column: &str, texts: &BTreeMap<String, Place>) -> String {
        let mut all = texts.iter();
        let Some((first, _)) = all.next() else { return String::new() };
        for (other, place) in all {
            let message = format!("Đơn vị {unit} có hai giá trị {column}: «{first}» và «{other}»; dùng «{first}».");
            self.findings.push(Finding::warning("two-names", place.clone(), message));
        }
        first.clone()
    }

    /// One finding a unit for all criteria that have no row.
    fn missing(&mut self, unit: &str, draft: &Draft) {
        let missing: Vec<&str> = self
            .set
            .leaves()
            .filter(|(index, node, _)| node.part == Part::Scored && draft.cells.get(*index).is_none_or(Vec::is_empty))
            .map(|(_, node, _)| node.code.as_str())
            .collect();
        if !missing.is_empty() {
            let message = format!("Chưa báo cáo {} tiêu chí, tính 0 điểm: {}.", missing.len(), missing.join(", "));
            self.findings.push(Finding::warning("not-reported", Place::default().of_unit(unit), message));
        }
    }
}

/// The one row of a cell: repeated rows count once, rows that contradict one another not at all.
fn one_row(cell: Vec<(AnswerText, Place)>, findings: &mut Findings) -> Option<(AnswerText, Place)> {
    let rows = cell.len();
    let mut places = BTreeMap::new();
    for (text, place) in cell {
        places.entry(text).or_insert(place);
    }
    if places.len() > 1 {
        let texts: Vec<String> = places.keys().map(|text| format!("«{}»", text.shown())).collect();
        let message =
            format!("Các dòng khác nhau cho cùng đơn vị và tiêu chí: {}. Không dòng nào được tính.", texts.join(", "));
        let others: Vec<String> = places.values().skip(1).map(ToString::to_string).collect();
        let hint = format!("Dòng kia: {}.", others.join("; "));
        let place = places.into_values().next().unwrap_or_default();
        findings.push(Finding::error("contradicting-rows", place, message).hint(hint));
        return None;
    }
    let (text, place) = places.pop_first()?;
    if rows > 1 {
        let message = format!("Có {rows} dòng giống hệt nhau: chỉ tính một lần.");
        findings.push(Finding::note("repeated-row", place.clone(), message));
    }
    Some((text, place))
}

impl AnswerText {
    /// The texts of an answer, without blanks around them.
    #[must_use]
    pub fn new(value: &str, of: &str) -> Self {
        Self { value: value.trim().to_owned(), of: of.trim().to_owned() }
    }

    /// What the organiser took out for a unit, whether or not the criterion may be left out.
    #[must_use]
    pub fn exempt() -> Self {
        Self::new(EXEMPT, "")
    }

    /// Points fixed by an appraiser or the council.
    #[must_use]
    pub fn decided(points: Decimal) -> Self {
        Self { value: format!("{DECIDED} {points}"), of: String::new() }
    }

    /// Whether nothing is written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.value.is_empty() && self.of.is_empty()
    }

    /// The points that it fixes, as they are written; `None`: it fixes none.
    #[must_use]
    pub fn decided_points(&self) -> Option<&str> {
        self.value.strip_prefix(DECIDED).map(str::trim)
    }

    /// Whether it fixes points, whatever the rule would give.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.decided_points().is_some()
    }

    /// Whether it is for others than the unit to say: points that are fixed, a criterion that is taken out.
    #[must_use]
    pub fn is_anothers(&self) -> bool {
        self.is_decided() || self.value == EXEMPT
    }

    /// Whether it says "Không áp dụng".
    #[must_use]
    pub fn says_not_applicable(&self) -> bool {
        says_not_applicable(&self.value)
    }

    fn raw(&self) -> RawAnswer<'_> {
        RawAnswer { value: &self.value, of: &self.of }
    }

    /// `653 / 654`, or the value alone.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.of.is_empty() { self.value.clone() } else { format!("{} / {}", self.value, self.of) }
    }
}

fn remember(texts: &mut BTreeMap<String, Place>, text: &str, place: &Place) {
    if !text.is_empty() && !texts.contains_key(text) {
        texts.insert(text.to_owned(), place.clone());
    }
}

/// What stands for a criterion that the organiser took out for a unit.
const EXEMPT: &str = "được miễn";
/// What stands before points that are fixed: `ấn định 0.75`.
const DECIDED: &str = "ấn định";

/// The answer of one criterion from its texts, with everything that is wrong or odd.
#[must_use]
pub fn answer(node: &Criterion, leaf: &Leaf, text: &AnswerText) -> (Answer, Findings) {
    let mut findings = Findings::new();
    let place = Place::default().of_criterion(node.code.clone());
    let answer = read_answer(node, leaf, &text.raw(), &place, &mut findings);
    (answer, findings)
}

/// The points that a text fixes; `None`: it fixes none.
fn decided(text: &str, max: Decimal) -> Option<Result<Decimal, String>> {
    let points = text.strip_prefix(DECIDED)?.trim();
    Some(match cchc_text::number::parse(points) {
        Ok(points) if !points.is_negative() && points <= max => Ok(points),
        Ok(_) => Err(format!("«{points}» phải từ 0 đến {} điểm.", max.vietnamese())),
        Err(error) => Err(format!("«{points}» không phải số điểm: {error}.")),
    })
}

/// What `na` may be written as.
fn says_not_applicable(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "na" | "n/a" | "không áp dụng" | "kad")
}

fn read_answer(node: &Criterion, leaf: &Leaf, raw: &RawAnswer<'_>, place: &Place, findings: &mut Findings) -> Answer {
    if says_not_applicable(raw.value) {
        if leaf.may_be_na {
            return Answer::NotApplicable;
        }
        let message = "Tiêu chí này không được «Không áp dụng»: tính 0 điểm.";
        findings.push(Finding::error("na-not-allowed", place.clone(), message));
        return Answer::NotReported;
    }
    if raw.value == EXEMPT {
        return Answer::NotApplicable;
    }
    if let Some(points) = decided(raw.value, node.max) {
        return match points {
            Ok(points) => Answer::Decided(points),
            Err(wrong) => {
                findings.push(Finding::error("not-points", place.clone(), format!("{wrong} Tính 0 điểm.")));
                Answer::NotReported
            }
        };
    }
    if raw.value.is_empty() && raw.of.is_empty() {
        if node.part == Part::Scored {
            findings.push(Finding::warning("not-reported", place.clone(), "Chưa báo cáo: tính 0 điểm."));
        }
        return Answer::NotReported;
    }
    match leaf.rule.parse(raw) {
        Ok(answer) => {
            for remark in leaf.rule.remarks(&answer) {
                findings.push(Finding::warning(remark.code, place.clone(), remark.message));
            }
            answer
        }
        Err(fault) => {
            let hint = format!("Cách ghi: {}.", leaf.rule.asks());
            findings
                .push(Finding::error(fault.code, place.clone(), format!("{} Tính 0 điểm.", fault.message)).hint(hint));
            Answer::NotReported
        }
    }
}
