//! Values that units don't report themselves: pasted or from a file, shown, then entered.

use std::collections::{BTreeMap, BTreeSet};

use axum::Form;
use axum::extract::{Multipart, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, Grant};
use cchc_index::input::AnswerText;
use cchc_index::set::Source;
use cchc_index::sheet::{Line, LinePoints};
use cchc_index::{CriteriaSet, Criterion, Leaf, Sheet, SheetCommand};
use cchc_ledger::{Context, RequestId};
use cchc_papers::{Limits, read_tables, write_csv_for_excel};
use cchc_store::sheets;
use cchc_text::{Finding, Findings, Place, Severity, fold, nfc};
use jiff::civil::Date;

use super::super::at::RoundAt;
use super::grid::Asked;
use super::shown;
use crate::acts::with::{With, fresh, request};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::address;
use crate::pages::download::{CSV, download};
use crate::pages::publication::answer::in_words;
use crate::pages::rounds::appraise::given::{Criterion as Shown, Differing, GivenPage, Open, Read, Row, given_address};
use crate::upload;

/// The columns, with what else they may be called.
const COLUMNS: [(&str, [&str; 3]); 5] = [
    ("unit", ["ma don vi", "don vi", "unit"]),
    ("criterion", ["ma tieu chi", "tieu chi", "criterion"]),
    ("value", ["gia tri", "ket qua", "value"]),
    ("of", ["mau so", "tong so", "of"]),
    ("source", ["nguon", "nguon so lieu", "source"]),
];

/// The round with what may be given in it, by whoever runs it.
struct Giving {
    at: RoundAt,
    grant: Grant,
    lines: BTreeMap<(String, String), Line>,
    today: Date,
}

/// A row that can be entered.
struct Value<'a> {
    unit: &'a str,
    code: String,
    answer: AnswerText,
    source: String,
}

impl Giving {
    async fn find(with: &With, id: &str) -> Result<Self, ErrorPage> {
        let at = RoundAt::find(with, id).await?;
        let grant = at.organising(with, Action::RunRounds).await?;
        let mut lines = BTreeMap::new();
        let codes: BTreeSet<&str> =
            at.sets.values().flat_map(|set| given(set)).map(|(_, node, _)| node.code.as_str()).collect();
        for code in codes {
            for row in with.store().sheet_line_list(&at.id, code).await? {
                lines.insert((row.unit, code.to_owned()), row.line);
            }
        }
        Ok(Self { at, grant, lines, today: with.today })
    }

    fn now(&self, unit: &str, code: &str) -> Option<&cchc_index::sheet::Counted> {
        self.lines.get(&(unit.to_owned(), code.to_owned()))?.given.as_ref()
    }

    fn may(&self, unit: &str) -> bool {
        self.at.round.may_give(unit, self.today)
    }

    /// Who may get values.
    fn open(&self) -> Open {
        if self.at.round.phase().is_some() {
            return Open::All;
        }
        let reopened = self.at.plan.units.iter().filter(|unit| self.may(&unit.code));
        Open::Reopened(reopened.map(|unit| unit.name.clone()).collect())
    }

    /// Lines of which units that became one had different values.
    fn differing(&self) -> Vec<Differing> {
        let mut all = Vec::new();
        for unit in &self.at.plan.units {
            let Some(set) = self.at.sets.get(&unit.group) else { continue };
            for (_, node, leaf) in given(set) {
                let line = self.lines.get(&(unit.code.clone(), node.code.clone()));
                let Some(line) = line.filter(|line| line.is_given_open()) else { continue };
                let had = line.origins.iter().filter_map(|origin| {
                    let given = origin.given.as_ref()?;
                    let value = in_words(&leaf.rule, &cchc_index::input::answer(node, leaf, &given.answer).0);
                    Some(format!("{}: {value} (nguồn: {})", origin.name, given.source))
                });
                all.push(Differing {
                    unit: unit.name.clone(),
                    criterion: format!("{} {}", node.code, node.title),
                    had: had.collect(),
                });
            }
        }
        all
    }

    fn criteria(&self) -> Vec<Shown> {
        let mut all = Vec::new();
        for (group, set) in &self.at.sets {
            let units: Vec<&str> =
                self.at.plan.units.iter().filter(|unit| unit.group == *group).map(|unit| unit.code.as_str()).collect();
            for (_, node, leaf) in given(set) {
                let have = units.iter().filter(|unit| self.now(unit, &node.code).is_some()).count();
                all.push(Shown {
                    title: format!("{} {}", node.code, node.title),
                    asks: format!("{}: {}", leaf.input.replace(" | ", " / "), leaf.rule.asks()),
                    given: (have, units.len()),
                });
            }
        }
        all
    }

    /// What a row would enter; or what is wrong with it.
    fn value<'a>(&'a self, cells: &[String], common: &str) -> (Row, Option<Value<'a>>) {
        let cell = |at: usize| nfc(cells.get(at).map_or("", |cell| cell.trim())).into_owned();
        let (unit, code) = (cell(0), cell(1));
        let source = if cell(4).is_empty() { common.to_owned() } else { cell(4) };
        let answer = AnswerText::new(&cell(2), &cell(3));
        let mut row = Row {
            unit: unit.clone(),
            criterion: code.clone(),
            after: (answer.shown(), String::new()),
            source: source.clone(),
            ..Row::default()
        };
        let folded = fold(&unit);
        let found = self.at.plan.units.iter().find(|known| known.code == unit || fold(&known.name) == folded);
        let Some(ranked) = found else {
            row.wrong = format!("đợt này không chấm đơn vị «{unit}»");
            return (row, None);
        };
        row.unit.clone_from(&ranked.name);
        let set = self.at.sets.get(&ranked.group);
        let leaf = set.and_then(|set| Some((set, set.leaves().find(|(_, node, _)| node.code == code)?)));
        let Some((set, (_, node, leaf))) = leaf else {
            row.wrong = format!("bộ tiêu chí của đơn vị không có dòng «{code}»");
            return (row, None);
        };
        row.criterion = format!("{} {}", node.code, node.title);
        if !is_given(leaf) {
            row.wrong = "dòng này do đơn vị tự chấm".to_owned();
            return (row, None);
        }
        if !self.may(&ranked.code) {
            row.wrong = "đợt không chạy và phiếu này không mở lại".to_owned();
            return (row, None);
        }
        if let Some(now) = self.now(&ranked.code, &node.code) {
            row.before = (in_words(&leaf.rule, &cchc_index::input::answer(node, leaf, &now.answer).0), String::new());
            row.same = now.answer == answer && now.source == source;
        }
        if answer.is_empty() {
            row.same = true;
            return (row, None);
        }
        let (read, findings) = cchc_index::input::answer(node, leaf, &answer);
        if let Some(wrong) = findings.into_iter().find(|finding| finding.severity == Severity::Error) {
            let hint = wrong.hint.map(|hint| format!(" {hint}")).unwrap_or_default();
            row.wrong = format!("{}{hint}", wrong.message.trim_end_matches(" Tính 0 điểm."));
            return (row, None);
        }
        row.after.0 = in_words(&leaf.rule, &read);
        let earned = LinePoints::of(set, node, leaf, &answer, &self.at.days_off());
        row.after.1 = earned.map(|earned| shown::points(&earned.exact())).unwrap_or_default();
        if source.is_empty() {
            row.wrong = "chưa ghi nguồn".to_owned();
            return (row, None);
        }
        (row, Some(Value { unit: &ranked.code, code, answer, source }))
    }

    fn read(&self, text: &str, common: &str) -> Vec<(Row, Option<Value<'_>>)> {
        let mut seen = BTreeSet::new();
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let lines = lines.map(|(at, line)| (at, line.split('\t').map(str::to_owned).collect::<Vec<String>>()));
        let lines = lines.filter(|(at, cells)| *at > 0 || !is_head(cells));
        let read = |(at, cells): (usize, Vec<String>)| {
            let (mut row, mut value) = self.value(&cells, common);
            row.place = format!("dòng {}", at.saturating_add(1));
            let extra = cells.iter().skip(COLUMNS.len()).filter(|cell| !cell.trim().is_empty()).count();
            if extra > 0 {
                row.wrong = format!("có {extra} ô thừa sau cột nguồn");
                value = None;
            }
            if let Some(known) = &value
                && !seen.insert((known.unit.to_owned(), known.code.clone()))
            {
                row.wrong = "đơn vị và tiêu chí này có hai dòng: chỉ dòng đầu được nhập".to_owned();
                value = None;
            }
            (row, value)
        };
        lines.map(read).collect()
    }

    fn show(&self, with: &With, read: Option<Read>, done: usize) -> Result<Response, ErrorPage> {
        let wrong = read.as_ref().is_some_and(|read| {
            let nothing = read.rows.iter().all(|row| !row.wrong.is_empty());
            nothing || read.is_report || read.findings.iter().any(|finding| finding.severity == Severity::Error)
        });
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let about = (self.at.id.as_str(), self.at.plan.title.as_str());
        let page = GivenPage::new(with, about, (self.open(), self.differing()), self.criteria(), read, done);
        Ok((status, render(&page)?).into_response())
    }
}

/// Lines that units don't report.
fn given(set: &CriteriaSet) -> impl Iterator<Item = (usize, &Criterion, &Leaf)> {
    set.leaves().filter(|(_, _, leaf)| is_given(leaf))
}

const fn is_given(leaf: &Leaf) -> bool {
    matches!(leaf.source, Source::Survey | Source::Given)
}

fn is_head(cells: &[String]) -> bool {
    let first = fold(cells.first().map_or("", |cell| cell.trim()));
    COLUMNS.first().is_some_and(|(_, names)| names.contains(&first.as_str()))
}

/// The page.
pub async fn page(with: With, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    Giving::find(&with, &id).await?.show(&with, None, asked.ghi.unwrap_or(0))
}

/// Every unit and criterion with what stands now.
pub async fn template(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let giving = Giving::find(&with, &id).await?;
    let mut rows = Vec::new();
    for unit in &giving.at.plan.units {
        let Some(set) = giving.at.sets.get(&unit.group) else { continue };
        for (_, node, _) in given(set) {
            let now = giving.now(&unit.code, &node.code);
            let (value, of) = now.map(|now| (now.answer.value.clone(), now.answer.of.clone())).unwrap_or_default();
            let source = now.map(|now| now.source.clone()).unwrap_or_default();
            rows.push([unit.code.clone(), unit.name.clone(), node.code.clone(), node.title.clone(), value, of, source]);
        }
    }
    let columns = ["unit", "unit_name", "criterion", "title", "value", "of", "source"];
    Ok(download(&format!("ket-qua-{}.csv", giving.at.id), CSV, write_csv_for_excel(&columns, &rows)))
}

/// Shows what a paste or a file would enter.
pub async fn look(with: With, Path(id): Path<String>, multipart: Multipart) -> Result<Response, ErrorPage> {
    let giving = Giving::find(&with, &id).await?;
    let _turn = upload::turn().await?;
    let sent = upload::Form::read(multipart).await?;
    let source = sent.text("nguon").to_owned();
    let (text, findings) = match sent.file("tep") {
        Some(file) => lines_of(&file.name, &file.bytes),
        None => (sent.text("noi-dung").to_owned(), Findings::new()),
    };
    let rows: Vec<Row> = giving.read(&text, &source).into_iter().map(|(row, _)| row).collect();
    let mut findings = findings;
    if rows.is_empty() && findings.is_empty() {
        findings.push(Finding::error("empty", Place::default(), "Chưa có dòng nào để nhập."));
    }
    let read = Read { rows, findings, text, source, request: fresh(), is_report: false };
    giving.show(&with, Some(read), 0)
}

/// Enters what was shown: a row that is refused does not hold up the others.
pub async fn apply(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let giving = Giving::find(&with, &id).await?;
    let actor = giving.grant.actor().ok_or_else(ErrorPage::internal)?;
    let (text, source) = (sent.raw("noi-dung"), sent.text("nguon"));
    let (mut rows, mut done) = (Vec::new(), 0_usize);
    for (mut row, value) in giving.read(text, source) {
        if let Some(Value { unit, code, answer, source }) = value {
            let context = Context::new(actor.clone(), RequestId(format!("{}.{unit}.{code}", request(&sent))));
            let command = SheetCommand::Give { line: code, answer, source };
            match with.store().commit::<Sheet>(&sheets::stream(&giving.at.id, unit)?, command, context).await {
                Ok(_) => {
                    row.done = true;
                    done = done.saturating_add(1);
                }
                Err(wrong) => row.wrong = wrong.to_string(),
            }
        }
        rows.push(row);
    }
    if rows.iter().all(|row| row.wrong.is_empty()) && done > 0 {
        let back = address(&given_address(&giving.at.id), &[("ghi", &done.to_string())]);
        return Ok(Redirect::to(&back).into_response());
    }
    let (text, source, request) = (text.to_owned(), source.to_owned(), fresh());
    let read = Read { rows, findings: Findings::new(), text, source, request, is_report: true };
    Giving::find(&with, &id).await?.show(&with, Some(read), 0)
}

/// The rows of a file as lines with tabs; the columns in any order.
fn lines_of(name: &str, bytes: &[u8]) -> (String, Findings) {
    let (tables, mut findings) = match read_tables(name, bytes, &Limits::default()) {
        Ok(read) => read,
        Err(wrong) => {
            return (String::new(), vec![Finding::error("unreadable", Place::file(name), wrong.to_string())]);
        }
    };
    let Some(table) = tables.first() else { return (String::new(), findings) };
    let folded: Vec<String> = table.columns.iter().map(|column| fold(column)).collect();
    let column = |(_, names): &(&str, [&str; 3])| folded.iter().position(|name| names.contains(&name.as_str()));
    let at: Vec<Option<usize>> = COLUMNS.iter().map(column).collect();
    if let Some((missing, _)) = COLUMNS.iter().zip(&at).take(3).find(|(_, at)| at.is_none()).map(|(name, _)| *name) {
        let message = format!("Thiếu cột {missing}: không dòng nào được đọc.");
        findings.push(Finding::error("missing-column", Place::file(name), message));
        return (String::new(), findings);
    }
    let line = |row: &cchc_text::table::Row| {
        let cells = at.iter().map(|column| row.text(*column).replace(['\t', '\n', '\r'], " "));
        cells.collect::<Vec<_>>().join("\t")
    };
    (table.rows.iter().map(line).collect::<Vec<_>>().join("\n"), findings)
}
