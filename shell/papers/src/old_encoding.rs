//! Text in TCVN3 or VNI inside a table: told with what it would read as, never converted unasked.

use std::collections::BTreeSet;

use cchc_text::legacy::{Encoding, detect, to_unicode};
use cchc_text::table::{Row, Table, column_letters};
use cchc_text::{Finding, Findings, Severity};

use crate::grid::Grid;
use crate::log::{Log, Told};

/// What becomes of text in an old encoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OldText {
    /// It is an error: what is stored for good must be readable.
    #[default]
    Refused,
    /// It is converted: whoever handed the file in has seen what it would read as and agreed.
    Converted,
}

impl OldText {
    /// Converts the tables, or makes errors of the warnings that [`tell`] gave.
    pub(crate) fn treat(self, tables: &mut [Table], findings: &mut Findings) {
        match self {
            Self::Refused => refuse(findings),
            Self::Converted => {
                let converted: Findings = tables.iter_mut().filter_map(convert).collect();
                if !converted.is_empty() {
                    findings.retain(|finding| finding.code != CODE);
                }
                findings.extend(converted);
            }
        }
    }
}

/// Makes errors of the warnings.
pub(crate) fn refuse(findings: &mut Findings) {
    findings.iter_mut().filter(|finding| finding.code == CODE).for_each(|finding| finding.severity = Severity::Error);
}

/// Converts what is in an old encoding, column by column, the header by itself; tells how many cells.
fn convert(table: &mut Table) -> Option<Finding> {
    let header = detect(&distinct(table.columns.iter().map(String::as_str)));
    let width = table.columns.len();
    let texts =
        |column: usize| table.rows.iter().map(move |row| row.text(Some(column))).filter(|text| !text.is_ascii());
    let mut found: Vec<Option<Encoding>> = (0..width).map(|column| detect(&distinct(texts(column)))).collect();
    if header.is_none() && found.iter().all(Option::is_none) {
        let all = table.rows.iter().flat_map(|row| &row.cells).chain(&table.columns).map(String::as_str);
        found = vec![detect(&distinct(all.filter(|text| !text.is_ascii()))); width];
    }
    let mut count = 0_u64;
    let mut change = |text: &mut String, encoding: Option<Encoding>| {
        let Some(encoding) = encoding.filter(|_| !text.is_ascii()) else { return };
        let unicode = to_unicode(text, encoding);
        count += u64::from(unicode != *text);
        *text = cchc_text::nfc(&unicode).into_owned();
    };
    table.columns.iter_mut().for_each(|text| change(text, header.or(found.iter().flatten().next().copied())));
    for row in &mut table.rows {
        row.cells.iter_mut().zip(&found).for_each(|(text, encoding)| change(text, *encoding));
    }
    let encoding = found.into_iter().flatten().next().or(header)?;
    let message = format!("{count} ô đã chuyển từ bảng mã {} sang Unicode.", encoding_name(encoding));
    let place = table.rows.first().map(|row| table.place(row, 0)).unwrap_or_default();
    Some(Finding::note("converted-text", place, message).hint("Đọc lại các tên trước khi áp dụng."))
}

const CODE: &str = "old-encoding";

/// Characters of distinct text that are looked at in one column.
const ENOUGH: usize = 10_000;

/// Tells each column (below the first row), and the first row, that is in an old encoding; where no
/// single one is certain, the sheet as a whole.
pub(crate) fn tell(grids: &[Grid], log: &mut Log) {
    for grid in grids {
        let (header, body) = grid.rows.split_at(grid.rows.len().min(1));
        let width = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let mut told = tell_part(grid, header, None, log);
        for column in 0..width {
            told |= tell_part(grid, body, Some(column), log);
        }
        if !told {
            tell_part(grid, &grid.rows, None, log);
        }
    }
}

/// Looks at one column of some rows, or at all their cells.
fn tell_part(grid: &Grid, rows: &[Row], column: Option<usize>, log: &mut Log) -> bool {
    let cells = || {
        rows.iter().flat_map(move |row| {
            let chosen =
                row.cells.iter().enumerate().filter(move |(index, _)| column.is_none_or(|only| only == *index));
            chosen.filter(|(_, text)| !text.is_ascii()).map(move |(index, text)| (row.number, index, text.as_str()))
        })
    };
    let Some(encoding) = detect(&distinct(cells().map(|(_, _, text)| text))) else { return false };
    let changed = |(number, index, text)| {
        let unicode = to_unicode(text, encoding);
        (unicode != text).then_some((number, index, text, unicode))
    };
    let Some((number, index, text, unicode)) = cells().find_map(changed) else { return false };
    log.add(Severity::Warning, CODE, || {
        let part = column.map_or("Các ô".to_owned(), |column| format!("Cột {}", column_letters(column)));
        let name = encoding_name(encoding);
        let message = format!("{part} dùng bảng mã cũ {name}, ví dụ «{text}» đọc là «{unicode}».");
        Told::new(grid.place(number, index), message)
            .hint("Chuyển tệp sang Unicode (ví dụ bằng UniKey), hoặc xác nhận chuyển khi nhập.")
    });
    true
}

fn distinct<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut seen = BTreeSet::new();
    let mut joined = String::new();
    for text in texts {
        if joined.len() > ENOUGH {
            break;
        }
        if seen.insert(text) {
            joined.push_str(text);
            joined.push('\n');
        }
    }
    joined
}

const fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Tcvn3 => "TCVN3 (ABC)",
        Encoding::Vni => "VNI-Windows",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read_grids};
    use cchc_text::legacy::from_unicode;

    const NAMES: [&str; 5] = ["Vĩnh Phúc", "Sở Nội vụ", "Huyện Tam Đảo", "Thành phố Vĩnh Yên", "Xã Đồng Tĩnh"];

    fn told(text: &str) -> Vec<(String, Option<u64>)> {
        let (_, findings) = read_grids("t.csv", text.as_bytes(), &Limits::default()).unwrap();
        findings.into_iter().map(|finding| (finding.message, finding.place.line)).collect()
    }

    #[test]
    fn tells_the_column_and_keeps_its_text() {
        for encoding in [Encoding::Tcvn3, Encoding::Vni] {
            let names: Vec<String> = NAMES.iter().map(|name| from_unicode(name, encoding)).collect();
            let text =
                format!("đơn vị,ghi chú\nA,\n{}", names.iter().map(|name| format!("{name},Đạt\n")).collect::<String>());
            let (grids, _) = read_grids("t.csv", text.as_bytes(), &Limits::default()).unwrap();
            assert_eq!(grids[0].rows[2].cells[0], names[0]);
            let told = told(&text);
            assert_eq!((told.len(), told[0].1), (1, Some(3)), "{told:?}");
            assert!(told[0].0.starts_with("Cột A dùng bảng mã cũ") && told[0].0.contains("đọc là «Vĩnh Phúc»"));
        }
    }

    #[test]
    fn converts_when_asked_and_refuses_when_not() {
        for encoding in [Encoding::Tcvn3, Encoding::Vni] {
            let names: Vec<String> = NAMES.iter().map(|name| from_unicode(name, encoding)).collect();
            let head = from_unicode("Tên đơn vị", encoding);
            let text =
                format!("{head},ghi chú\n{}", names.iter().map(|name| format!("{name},Đạt\n")).collect::<String>());
            let (tables, findings) = crate::read_tables("t.csv", text.as_bytes(), &Limits::default()).unwrap();
            let (mut kept, mut refused) = (tables.clone(), findings.clone());
            OldText::Refused.treat(&mut kept, &mut refused);
            assert_eq!(kept, tables);
            assert!(refused.iter().any(|finding| finding.severity == Severity::Error));
            let (mut converted, mut findings) = (tables, findings);
            OldText::Converted.treat(&mut converted, &mut findings);
            let read: Vec<&str> = converted[0].rows.iter().map(|row| row.cells[0].as_str()).collect();
            assert_eq!(read, NAMES);
            assert_eq!(converted[0].rows[0].cells[1], "Đạt");
            let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
            assert_eq!(codes, ["converted-text"], "{encoding:?}");
        }
    }

    #[test]
    fn converting_leaves_unicode_alone() {
        let text = format!("unit\n{}", NAMES.join("\n"));
        let (tables, _) = crate::read_tables("t.csv", text.as_bytes(), &Limits::default()).unwrap();
        let (mut same, mut findings) = (tables.clone(), Findings::new());
        OldText::Converted.treat(&mut same, &mut findings);
        assert_eq!((same, findings), (tables, vec![]));
    }

    #[test]
    fn unicode_and_plain_text_are_left_alone() {
        assert_eq!(told(&format!("unit\n{}", NAMES.join("\n"))), []);
        assert_eq!(told("unit\nH21\ncafé"), []);
    }

    #[test]
    fn a_file_in_tcvn3_bytes_is_read_and_told() {
        let text = format!("unit\n{}", NAMES.map(|name| from_unicode(name, Encoding::Tcvn3)).join("\n"));
        let bytes: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
        let (_, findings) = read_grids("t.csv", &bytes, &Limits::default()).unwrap();
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, ["no-unicode", "old-encoding"]);
    }
}
