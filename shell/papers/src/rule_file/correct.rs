//! One row of a written form is put right.

use cchc_text::table::{Row, Table};
use cchc_text::{Finding, Findings, Place};

use super::content::{Content, tables};
use super::read::written as write;
use super::{RuleKind, columns};

/// Which row: its code, and its first day as it stands there (empty: since before the record); for a day
/// off the day and its kind; for a figure the area and the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowKey<'a> {
    /// Code of the unit; the day.
    pub code: &'a str,
    /// First day of the version; the kind of the day.
    pub from: &'a str,
}

/// The same content with some fields of one row changed: column and new text each.
///
/// Nothing where there is no such row or column, or two such rows; why is told. What the new text means
/// (an unknown parent, a bad day) is found when the content is read: see [`read`](super::read).
#[must_use]
pub fn correct(content: Content<'_>, row: RowKey<'_>, fields: &[(&str, &str)]) -> (Option<String>, Findings) {
    let kind = content.kind;
    let (tables, mut findings) = tables(content);
    let place = Place::default().of_unit(row.code);
    let unknown = fields.iter().filter(|(column, _)| !kind.columns().contains(column));
    findings.extend(unknown.map(|(column, _)| {
        Finding::error("unknown-column", place.clone(), format!("{} không có cột «{column}».", sentence(kind)))
    }));
    let Some(mut table) = tables.into_iter().next() else {
        findings.push(Finding::error("empty", place, format!("{} chưa có nội dung để sửa.", sentence(kind))));
        return (None, findings);
    };
    let found: Vec<usize> =
        (0..).zip(&table.rows).filter(|(_, one)| is(kind, &table, one, row)).map(|(at, _)| at).collect();
    let [position] = found.as_slice() else {
        findings.push(not_one(kind, row, found.len(), place));
        return (None, findings);
    };
    if findings.iter().any(|finding| finding.code == "unknown-column") {
        return (None, findings);
    }
    let mut cells: Vec<String> = table.rows.get(*position).map(|row| row.cells.clone()).unwrap_or_default();
    cells.resize(table.columns.len().max(cells.len()), String::new());
    for (column, text) in fields {
        let cell = table.column(column).and_then(|index| cells.get_mut(index));
        if let Some(cell) = cell {
            *cell = columns::written(kind, column, text);
        }
    }
    if let Some(row) = table.rows.get_mut(*position) {
        row.cells = cells;
    }
    (Some(write(kind, &table)), findings)
}

fn is(kind: RuleKind, table: &Table, one: &Row, row: RowKey<'_>) -> bool {
    let (code, from) = kind.row_key();
    let same = |column: &str, text: &str| {
        columns::written(kind, column, one.text(table.column(column))) == columns::written(kind, column, text)
    };
    same(code, row.code) && same(from, row.from)
}

fn not_one(kind: RuleKind, row: RowKey<'_>, count: usize, place: Place) -> Finding {
    let from = if row.from.is_empty() { String::new() } else { format!(" từ {}", row.from) };
    if count == 0 {
        let message = format!("{} không có dòng «{}»{from}.", sentence(kind), row.code);
        return Finding::error("no-such-row", place, message).hint("Có thể dòng này vừa được sửa: mở lại trang.");
    }
    let message = format!("{} có {count} dòng «{}»{from}; không biết sửa dòng nào.", sentence(kind), row.code);
    Finding::error("many-such-rows", place, message).hint("Sửa bằng cách tải tệp lên.")
}

/// The label as a sentence begins with it.
fn sentence(kind: RuleKind) -> String {
    let mut letters = kind.label().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
