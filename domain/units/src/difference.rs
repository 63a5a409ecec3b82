//! Two tables of units side by side: which versions come, go or change, and what that does to the tree.

use std::collections::{BTreeMap, BTreeSet};

use cchc_text::date::{parse, vietnamese};
use cchc_text::table::{Row, Table};
use cchc_text::{Difference, Finding, Findings, Line};

use crate::level::{Level, type_label};
use crate::registry::Registry;
use crate::version::UnitId;

/// The parts of a row that are compared: column, and the word for it.
const PARTS: [(&str, &str); 12] = [
    ("name", "tên"),
    ("symbol", "ký hiệu"),
    ("level", "cấp"),
    ("type", "loại"),
    ("parent", "cấp trên"),
    ("province", "cấp trên"),
    ("valid_from", "từ ngày"),
    ("valid_to", "đến ngày"),
    ("successor", "kế tục"),
    ("legal_basis", "căn cứ"),
    ("confidence", "độ tin cậy"),
    ("order", "thứ tự"),
];

/// Compares tables of units and departments, row by row: a row is a version, known by its code and first day.
///
/// Both sides are the whole registry: give the tables that don't change as well, or parents and
/// successors there will be missed. Consequences are the findings that the old tables did not have (a
/// successor that is no more, a parent that is lost), units that are no more, and units that end without a
/// successor.
#[must_use]
pub fn difference(old: &[Table], new: &[Table]) -> Difference {
    let mut difference = Difference::of(&lines(old), &lines(new), "đơn vị");
    let (before, known) = Registry::from_tables(old);
    let (after, findings) = Registry::from_tables(new);
    difference.consequences.extend(unheard_of(known, findings));
    difference.consequences.extend(gone(&before, &after));
    difference.consequences.extend(ended(&before, &after));
    difference
}

fn lines(tables: &[Table]) -> Vec<Line> {
    tables.iter().flat_map(|table| table.rows.iter().map(move |row| line(table, row))).collect()
}

fn line(table: &Table, row: &Row) -> Line {
    let text = |column: &str| cchc_text::nfc(row.text(table.column(column)).trim()).into_owned();
    let (code, name, from) = (text("code"), text("name"), text("valid_from"));
    let key = match parse(&from) {
        Ok(day) => format!("{code}@{day}"),
        Err(_) if from.is_empty() => code.clone(),
        Err(_) => format!("{code}@{from}"),
    };
    let what = if name.is_empty() { code.clone() } else { format!("{name} ({code})") };
    let parts = PARTS.iter().filter(|(column, _)| table.column(column).is_some());
    let parts = parts.map(|(column, part)| ((*part).to_owned(), shown(column, &text(column)))).collect();
    Line { kin: code, key, what, parts }
}

/// A cell as people read it.
fn shown(column: &str, text: &str) -> String {
    match column {
        "level" => Level::from_code(text).map_or_else(|| text.to_owned(), |level| level.label().to_owned()),
        "type" => type_label(text).to_owned(),
        "valid_from" | "valid_to" => parse(text).map_or_else(|_| text.to_owned(), vietnamese),
        "successor" => text.split(';').map(str::trim).filter(|code| !code.is_empty()).collect::<Vec<_>>().join("; "),
        _ => text.to_owned(),
    }
}

/// The findings that were not there before, wherever the rows stand now.
fn unheard_of(known: Findings, findings: Findings) -> Findings {
    let key = |finding: &Finding| (finding.code, finding.place.unit.clone(), finding.message.clone());
    let mut heard: BTreeMap<_, usize> = BTreeMap::new();
    for finding in &known {
        let count = heard.entry(key(finding)).or_default();
        *count = count.saturating_add(1);
    }
    let is_new = |finding: &Finding| match heard.get_mut(&key(finding)).filter(|count| **count > 0) {
        Some(count) => {
            *count = count.saturating_sub(1);
            false
        }
        None => true,
    };
    findings.into_iter().filter(is_new).collect()
}

/// Units that no version stands for any more: what was recorded for them would hang in the air.
fn gone(before: &Registry, after: &Registry) -> Findings {
    let mut told: BTreeSet<&UnitId> = BTreeSet::new();
    let lost = before.all().filter(|version| after.versions(&version.unit).next().is_none());
    let lost = lost.filter(|version| told.insert(&version.unit));
    let finding = |version: &crate::Version| {
        let message = format!(
            "Đơn vị «{}» ({}) không còn trong danh mục: số liệu đã ghi cho đơn vị này mất nơi thuộc về.",
            version.name, version.unit
        );
        Finding::warning("unit-gone", version.place.clone(), message)
            .hint("Đơn vị giải thể thì ghi ngày kết thúc vào valid_to, không xóa dòng.")
    };
    lost.map(finding).collect()
}

/// Units that went on and now end, while nobody takes over.
fn ended(before: &Registry, after: &Registry) -> Findings {
    let mut findings = Findings::new();
    for version in before.all().filter(|version| version.period.to.is_none()) {
        let Ok(unit) = after.unit(&version.unit) else { continue };
        let Some(end) = unit.last.period.to.filter(|_| unit.last.successors.is_empty()) else { continue };
        let message = format!("«{}» kết thúc ngày {} mà không có đơn vị kế tục.", unit.last.name, vietnamese(end));
        let finding = Finding::note("ends-without-successor", unit.last.place.clone(), message);
        findings.push(finding.hint("Nếu có đơn vị tiếp nhận, ghi mã của nó vào cột successor."));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "code,name,level,type,parent,valid_from,valid_to,successor,legal_basis,confidence";
    const OLD: [&str; 4] = [
        "25,Tỉnh Phú Thọ,tinh,tinh,,,,,,press",
        "1,Xã A,xa,xa,25,,2025-06-30,3,12,press",
        "2,Xã B,xa,xa,25,,,,12,press",
        "3,Xã C,xa,xa,25,2025-07-01,,,12,press",
    ];

    fn table(rows: &[&str]) -> [Table; 1] {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let rows = rows.iter().zip(2..).map(|(line, number)| Row { number, cells: cells(line) }).collect();
        [Table { file: "don-vi.csv".into(), sheet: String::new(), columns: cells(HEAD), rows }]
    }

    fn codes(difference: &Difference) -> Vec<&'static str> {
        difference.consequences.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_row_is_known_by_code_and_first_day() {
        let new =
            [OLD[0], "1,Xã Á,xa,phuong,25,,30/06/2025, 3 ,12,press", OLD[2], "3,Xã C,xa,xa,25,2025-07-02,,,12,press"];
        let difference = difference(&table(&OLD), &table(&new));
        let told: Vec<_> = difference
            .changes
            .iter()
            .map(|c| (c.key.as_str(), c.part.as_str(), c.before.as_deref(), c.after.as_deref()))
            .collect();
        assert_eq!(
            told,
            [
                ("1", "tên", Some("Xã A"), Some("Xã Á")),
                ("1", "loại", Some("xã"), Some("phường")),
                ("3@2025-07-02", "từ ngày", Some("01/07/2025"), Some("02/07/2025")),
            ]
        );
        assert_eq!(difference.summary, "Thêm 0 đơn vị, sửa 2 (tên 1, loại 1, từ ngày 1), bỏ 0.");
        assert_eq!(codes(&difference), ["successor-not-valid", "unit-gone"]);
    }

    #[test]
    fn a_dropped_row_leaves_its_traces() {
        let difference = difference(&table(&OLD), &table(&OLD[1..3]));
        assert_eq!(difference.summary, "Thêm 0 đơn vị, sửa 0, bỏ 2.");
        let codes = codes(&difference);
        assert_eq!(codes.iter().filter(|code| **code == "unknown-parent").count(), 2, "{codes:?}");
        assert!(codes.contains(&"unknown-successor"), "{codes:?}");
        assert_eq!(codes.iter().filter(|code| **code == "unit-gone").count(), 2, "{codes:?}");
    }

    #[test]
    fn what_was_wrong_before_is_no_consequence() {
        let old = [OLD[0], "2,Xã B,xa,xa,99,,,,12,press"];
        assert!(difference(&table(&old), &table(&old)).is_empty());
        let moved = [OLD[0], OLD[2], "2,Xã B,xa,xa,99,,,,12,press"];
        assert_eq!(codes(&difference(&table(&old), &table(&moved))), ["overlap"]);
    }

    #[test]
    fn a_unit_that_ends_says_who_takes_over_or_that_nobody_does() {
        let mut new = OLD;
        new[2] = "2,Xã B,xa,xa,25,,2026-01-31,,12,press";
        let without = difference(&table(&OLD), &table(&new));
        assert_eq!(codes(&without), ["ends-without-successor"]);
        assert!(without.consequences[0].message.contains("«Xã B» kết thúc ngày 31/01/2026"));
        new[2] = "2,Xã B,xa,xa,25,,2026-01-31,3,12,press";
        assert!(codes(&difference(&table(&OLD), &table(&new))).is_empty());
    }
}
