//! Text in TCVN3 or VNI inside a table: told with what it would read as, never converted unasked.

use std::collections::BTreeSet;

use cchc_text::Severity;
use cchc_text::legacy::{Encoding, detect, to_unicode};
use cchc_text::table::{Row, column_letters};

use crate::grid::Grid;
use crate::log::{Log, Told};

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
    log.add(Severity::Warning, "old-encoding", || {
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
