//! An uploaded file to written content, with everything that is wrong with it.

use std::collections::BTreeSet;

use cchc_calendar::DaysOff;
use cchc_index::set_form::to_form;
use cchc_index::toml_form;
use cchc_text::table::Table;
use cchc_text::{Finding, Findings, Place};
use cchc_units::Registry;

use super::content::{Content, tables};
use super::{RuleKind, columns, series};
use crate::{Limits, OldText, ReadError, old_encoding, read_tables, set_file};

/// What only all sheets together can show: two rows of one day that say the opposite.
const CONTRADICTION: &str = "contradicting-day-off";

/// A file as it was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload<'a> {
    /// Its name, without folder.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What becomes of text in TCVN3 or VNI; a criteria set in one is refused in any case.
    pub old_text: OldText,
}

/// Reads a file as content of a kind: the written form where there is a table or set at all, and every finding.
///
/// CSV and XLSX; sets as TOML or XLSX. `beside` is the stored content that is used together with it: the
/// departments beside the units, the series beside their figures, and the other way round; other kinds need none. Content with an error
/// among the findings is to be looked at, not to be applied: rows or criteria may be missing from it.
#[must_use]
pub fn read(kind: RuleKind, upload: Upload<'_>, beside: &[Content<'_>], limits: &Limits) -> (Option<String>, Findings) {
    let result = if kind == RuleKind::CriteriaSet { set(upload, limits) } else { table(kind, upload, beside, limits) };
    result.unwrap_or_else(|error| (None, vec![unreadable(upload.name, &error)]))
}

fn unreadable(name: &str, error: &ReadError) -> Finding {
    Finding::error("unreadable", Place::file(name), format!("Không đọc được tệp: {error}"))
}

fn set(upload: Upload<'_>, limits: &Limits) -> Result<(Option<String>, Findings), ReadError> {
    let (set, mut findings) = set_file::read(upload.name, upload.bytes, limits)?;
    old_encoding::refuse(&mut findings);
    Ok((set.map(|set| toml_form::write(&to_form(&set))), findings))
}

fn table(
    kind: RuleKind,
    upload: Upload<'_>,
    beside: &[Content<'_>],
    limits: &Limits,
) -> Result<(Option<String>, Findings), ReadError> {
    let (mut read, mut findings) = read_tables(upload.name, upload.bytes, limits)?;
    upload.old_text.treat(&mut read, &mut findings);
    read.iter_mut().for_each(|table| columns::named(kind, table));
    let (fitting, others): (Vec<Table>, Vec<Table>) = read.into_iter().partition(|table| columns::fits(kind, table));
    if fitting.is_empty() {
        findings.push(no_such_table(kind, upload.name, &others));
        return Ok((None, findings));
    }
    findings.extend(others.iter().map(|table| unused(kind, table)));
    for table in &fitting {
        columns::tell_unknown(kind, table, &mut findings);
    }
    if kind == RuleKind::DaysOff {
        let joined = joined(kind, &fitting);
        // Every sheet is read for its own findings; together they make one list without repeated rows.
        findings.extend(fitting.iter().flat_map(|table| DaysOff::from_table(table).1));
        let (days, more) = DaysOff::from_table(&joined);
        let told: BTreeSet<String> = findings.iter().map(|one| one.message.clone()).collect();
        findings.extend(more.into_iter().filter(|one| one.code == CONTRADICTION && !told.contains(&one.message)));
        return Ok((Some(written(kind, &days.to_table(upload.name))), findings));
    }
    if matches!(kind, RuleKind::Series | RuleKind::SeriesFigures) {
        let table = series::read(kind, &fitting, &joined(kind, &fitting), beside, &mut findings);
        return Ok((Some(written(kind, &table)), findings));
    }
    let (around, more) = beside_tables(beside);
    findings.extend(more);
    let all: Vec<Table> = match kind {
        RuleKind::Departments => around.into_iter().chain(fitting.iter().cloned()).collect(),
        _ => fitting.iter().cloned().chain(around).collect(),
    };
    let (registry, more) = Registry::from_tables(&all);
    findings.extend(more);
    if registry.all().next().is_none() {
        findings.push(Finding::error("empty", Place::file(upload.name), "Tệp không có đơn vị nào dùng được."));
    }
    Ok((Some(written(kind, &joined(kind, &fitting))), findings))
}

fn beside_tables(beside: &[Content<'_>]) -> (Vec<Table>, Findings) {
    let read: Vec<_> = beside.iter().map(|content| tables(*content)).collect();
    let (read, findings): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    (read.concat(), findings.concat())
}

/// The rows of all sheets as one table in the written form.
fn joined(kind: RuleKind, tables: &[Table]) -> Table {
    let rows = columns::ordered(kind, tables);
    let rows = rows.into_iter().zip(2_u64..).map(|(cells, number)| cchc_text::table::Row { number, cells }).collect();
    Table {
        file: tables.first().map(|table| table.file.clone()).unwrap_or_default(),
        sheet: String::new(),
        columns: kind.columns().iter().map(|column| (*column).to_owned()).collect(),
        rows,
    }
}

pub(super) fn written(kind: RuleKind, table: &Table) -> String {
    let rows: Vec<&[String]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
    String::from_utf8_lossy(&crate::write_csv(kind.columns(), &rows)).into_owned()
}

/// What the file is instead, where that shows, and which columns are missing.
fn no_such_table(kind: RuleKind, name: &str, tables: &[Table]) -> Finding {
    let other = RuleKind::ALL.into_iter().filter(|other| *other != kind && !other.columns().is_empty());
    let other = other.into_iter().find(|other| tables.iter().any(|table| columns::fits(*other, table)));
    let place = Place::file(name);
    if let Some(other) = other {
        let message = format!("Tệp là {}, không phải {}.", other.label(), kind.label());
        return Finding::error("other-kind", place, message).hint("Chọn đúng loại dữ liệu rồi tải lại.");
    }
    let nearest = tables.iter().max_by_key(|table| has(kind, table).len());
    let present = nearest.map(|table| has(kind, table)).unwrap_or_default();
    let missing: Vec<&str> = kind.required().iter().filter(|column| !present.contains(column)).copied().collect();
    let message = format!("Không có bảng nào là {}: thiếu cột {}.", kind.label(), missing.join(", "));
    Finding::error("missing-column", place, message).hint(format!("Các cột: {}.", kind.columns().join(", ")))
}

fn has(kind: RuleKind, table: &Table) -> Vec<&'static str> {
    kind.required().iter().filter(|column| table.column(column).is_some()).copied().collect()
}

fn unused(kind: RuleKind, table: &Table) -> Finding {
    let message = format!("Trang tính «{}» không phải {} nên không được đọc.", table.sheet, kind.label());
    Finding::note("unused-sheet", Place::cell(table.file.clone(), table.sheet.clone()), message)
}
