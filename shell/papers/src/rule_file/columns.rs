//! Columns of an uploaded table, by their own or their Vietnamese names, put in their order.

use cchc_text::date::parse;
use cchc_text::table::{Row, Table};
use cchc_text::{Finding, Findings, fold, tidy};

use super::RuleKind;

/// Vietnamese names, folded, of the columns of units and departments.
const UNIT_NAMES: [(&str, &str); 26] = [
    ("ma", "code"),
    ("ma don vi", "code"),
    ("ten", "name"),
    ("ten don vi", "name"),
    ("cap", "level"),
    ("loai", "type"),
    ("loai don vi", "type"),
    ("cap tren", "parent"),
    ("don vi cap tren", "parent"),
    ("ma don vi cap tren", "parent"),
    ("tinh", "province"),
    ("ma tinh", "province"),
    ("tu ngay", "valid_from"),
    ("hieu luc tu", "valid_from"),
    ("den ngay", "valid_to"),
    ("hieu luc den", "valid_to"),
    ("ke tuc", "successor"),
    ("don vi ke tuc", "successor"),
    ("ma don vi ke tuc", "successor"),
    ("can cu", "legal_basis"),
    ("can cu phap ly", "legal_basis"),
    ("do tin cay", "confidence"),
    ("stt", "order"),
    ("thu tu", "order"),
    ("ky hieu", "symbol"),
    ("viet tat", "symbol"),
];

/// Vietnamese names, folded, of the columns of days off.
const DAY_NAMES: [(&str, &str); 8] = [
    ("ngay", "date"),
    ("thu", "weekday"),
    ("loai", "kind"),
    ("loai ngay", "kind"),
    ("ten", "name"),
    ("ten ngay nghi", "name"),
    ("nguon", "source"),
    ("do tin cay", "confidence"),
];

/// Vietnamese names, folded, of the columns of series.
const SERIES_NAMES: [(&str, &str); 12] = [
    ("ma", "code"),
    ("ma chuoi", "code"),
    ("ten", "title"),
    ("ten chuoi", "title"),
    ("ten ngan", "short"),
    ("co quan cong bo", "publisher"),
    ("chieu", "better"),
    ("don vi tinh", "unit"),
    ("thang tu", "low"),
    ("thang den", "high"),
    ("nguon", "source"),
    ("can cu", "source"),
];

/// Vietnamese names, folded, of the columns of their figures.
const FIGURE_NAMES: [(&str, &str); 16] = [
    ("chuoi", "series"),
    ("ma chuoi", "series"),
    ("chi so", "series"),
    ("ma tinh", "area"),
    ("tinh", "area"),
    ("ten tinh", "area_name"),
    ("nam", "year"),
    ("gia tri", "value"),
    ("diem", "value"),
    ("ket qua", "value"),
    ("don vi tinh", "unit"),
    ("hang", "rank"),
    ("thu hang", "rank"),
    ("tren", "of"),
    ("nguon", "source"),
    ("do tin cay", "confidence"),
];

/// Gives columns the names by which they are read; a column so named already stays the first.
pub(super) fn named(kind: RuleKind, table: &mut Table) {
    for index in 0..table.columns.len() {
        let Some(name) = table.columns.get(index).and_then(|column| meant(kind, column)) else { continue };
        if table.column(name).is_none()
            && let Some(column) = table.columns.get_mut(index)
        {
            *column = name.to_owned();
        }
    }
}

fn meant(kind: RuleKind, column: &str) -> Option<&'static str> {
    let names: &[_] = match kind {
        RuleKind::DaysOff => &DAY_NAMES,
        RuleKind::Series => &SERIES_NAMES,
        RuleKind::SeriesFigures => &FIGURE_NAMES,
        RuleKind::Units | RuleKind::Departments | RuleKind::CriteriaSet => &UNIT_NAMES,
    };
    let folded = fold(&tidy(column));
    let plain = folded.split(" (").next().unwrap_or_default().trim();
    let known = kind.columns().iter().find(|name| **name == plain).copied();
    let translated = names.iter().find(|(name, _)| *name == plain).map(|(_, name)| *name);
    known.or_else(|| translated.filter(|name| kind.columns().contains(name)))
}

/// Whether the table is one of that kind.
pub(super) fn fits(kind: RuleKind, table: &Table) -> bool {
    kind.required().iter().all(|column| table.column(column).is_some())
}

/// Tells the columns that the written form has no place for, and what stands in them.
pub(super) fn tell_unknown(kind: RuleKind, table: &Table, findings: &mut Findings) {
    let mut seen = Vec::new();
    for (index, name) in table.columns.iter().enumerate() {
        let plain = name.trim().to_lowercase();
        let known = kind.columns().iter().any(|column| *column == plain);
        if known && !seen.contains(&plain) {
            seen.push(plain);
            continue;
        }
        let filled: Vec<&Row> = table.rows.iter().filter(|row| !row.text(Some(index)).is_empty()).collect();
        let (Some(first), count) = (filled.first(), filled.len()) else { continue };
        let message = if known {
            format!("Cột «{name}» có hai lần; {count} ô của cột sau không được giữ.")
        } else {
            format!("Cột «{name}» không có trong {}; {count} ô của cột này không được giữ.", kind.label())
        };
        let finding = Finding::warning("unknown-column", table.place(first, index), message);
        findings.push(finding.hint(format!("Các cột được giữ: {}.", kind.columns().join(", "))));
    }
}

/// The table with its columns in their order, days as ISO dates, rows without text left out.
pub(super) fn ordered(kind: RuleKind, tables: &[Table]) -> Vec<Vec<String>> {
    let rows = tables.iter().flat_map(|table| table.rows.iter().map(move |row| cells(kind, table, row)));
    rows.filter(|cells: &Vec<String>| cells.iter().any(|text| !text.is_empty())).collect()
}

fn cells(kind: RuleKind, table: &Table, row: &Row) -> Vec<String> {
    let cell = |column: &&'static str| written(kind, column, row.text(table.column(column)));
    kind.columns().iter().map(cell).collect()
}

/// A text as the written form has it: an unreadable day stays as it is, to be found again.
pub(super) fn written(kind: RuleKind, column: &str, text: &str) -> String {
    let text = cchc_text::nfc(text.trim());
    if kind.days().contains(&column)
        && let Ok(day) = parse(&text)
    {
        return day.to_string();
    }
    text.into_owned()
}
