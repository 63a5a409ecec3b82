//! Writing CSV: for programs exactly as given, for Excel so that it opens well and runs nothing.

/// Writes rows as CSV for programs: UTF-8, no mark, comma, line feed, every text exactly as given.
#[must_use]
pub fn write_csv<C: AsRef<str>, R: AsRef<[C]>>(columns: &[&str], rows: &[R]) -> Vec<u8> {
    let mut out = String::new();
    push_record(&mut out, columns.iter().copied(), "\n");
    for row in rows {
        push_record(&mut out, row.as_ref().iter().map(AsRef::as_ref), "\n");
    }
    out.into_bytes()
}

/// Writes rows as CSV for Excel: UTF-8 with byte order mark, comma, CRLF.
///
/// A text that Excel would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or carriage
/// return and is no number) gets a leading apostrophe.
#[must_use]
pub fn write_csv_for_excel<C: AsRef<str>, R: AsRef<[C]>>(columns: &[&str], rows: &[R]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    push_record(&mut out, columns.iter().map(|text| harmless(text)), "\r\n");
    for row in rows {
        push_record(&mut out, row.as_ref().iter().map(|text| harmless(text.as_ref())), "\r\n");
    }
    out.into_bytes()
}

fn push_record<T: AsRef<str>>(out: &mut String, cells: impl Iterator<Item = T>, line_end: &str) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        let cell = cell.as_ref();
        let plain = !cell.contains([',', ';', '\t', '"', '\r', '\n']) && cell.trim() == cell;
        if plain {
            out.push_str(cell);
        } else {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
    }
    out.push_str(line_end);
}

fn harmless(text: &str) -> String {
    let runs =
        text.trim_start_matches([' ', '\u{a0}']).starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if runs && !is_number(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether it is a signed number with at most one dot or comma, perhaps in per cent.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let text = text.strip_suffix('%').unwrap_or(text);
    let mut marks = 0;
    let plain = text.chars().all(|mark| {
        marks += usize::from(matches!(mark, '.' | ','));
        mark.is_ascii_digit() || matches!(mark, '.' | ',')
    });
    plain && marks <= 1 && text.starts_with(|mark: char| mark.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read_tables};
    use proptest::prelude::*;

    #[test]
    fn writes_for_programs_exactly() {
        let bytes = write_csv(&["a", "b"], &[["=1+1", "nói \"có\", rồi"], ["-5", ""]]);
        assert_eq!(String::from_utf8(bytes).unwrap(), "a,b\n=1+1,\"nói \"\"có\"\", rồi\"\n-5,\n");
    }

    #[test]
    fn disarms_formulas_for_excel_but_no_numbers() {
        let cells = ["=1+1", "+84 211", "-0.25", "-12,5%", "@SUM(A1)", "-", "-1-1", "-1.2.3", " =1", "\t=1", "a=b"];
        let text = String::from_utf8(write_csv_for_excel(&["x"], &cells.map(|cell| [cell]))).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines,
            [
                "\u{feff}x",
                "'=1+1",
                "'+84 211",
                "-0.25",
                "\"-12,5%\"",
                "'@SUM(A1)",
                "'-",
                "'-1-1",
                "'-1.2.3",
                "' =1",
                "\"'\t=1\"",
                "a=b",
                ""
            ]
        );
    }

    proptest! {
        #[test]
        fn reads_back_what_it_wrote(rows in prop::collection::vec(prop::array::uniform3("[a-zà-ỹ,;\"\n\t=+-]{0,8}"), 0..12)) {
            use unicode_normalization::UnicodeNormalization;
            let clean = |text: &String| text.trim().nfc().collect::<String>();
            let expected: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(clean).collect())
                .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty())).collect();
            let (tables, _) = read_tables("t.csv", &write_csv(&["a", "b", "c"], &rows), &Limits::default()).unwrap();
            let read: Vec<Vec<String>> = tables[0].rows.iter().map(|row| row.cells.clone()).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
