//! Reading delimited text: CSV as Excel, LibreOffice and registries export it.

mod encoding;
mod records;

use cchc_text::table::Row;
use cchc_text::{Place, Severity, number};

use crate::clean::Cleaner;
use crate::error::ReadError;
use crate::grid::Grid;
use crate::limits::Limits;
use crate::log::{Log, Told};
use records::Records;

/// Reads a text file into one grid. The separator is what stands most often in the first line
/// with content, or what a first line `sep=;` says.
pub(crate) fn read(file: &str, bytes: &[u8], limits: &Limits, log: &mut Log) -> Result<Vec<Grid>, ReadError> {
    let text = encoding::decode(file, bytes, log).ok_or(ReadError::Binary)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let (declared, body, first_line) = split_declaration(&text);
    let separator = declared.unwrap_or_else(|| detect_separator(body));
    let mut grid = Grid { file: file.to_owned(), ..Grid::default() };
    let mut cleaner = Cleaner::new(limits);
    let mut records = Records::new(body, separator, first_line);
    let mut width = None;
    let mut cells_read: u64 = 0;
    for record in records.by_ref() {
        let place = || Place::line(file, record.line);
        let wanted = record.fields.len();
        let mut cells: Vec<String> = Vec::with_capacity(wanted.min(limits.columns));
        for field in record.fields.iter().take(limits.columns) {
            cells.push(cleaner.clean(field, log, place));
        }
        if record.fields.iter().skip(limits.columns).any(|field| !field.trim().is_empty()) {
            log.add(Severity::Error, "too-many-columns", || {
                let most = number::vietnamese(&limits.columns.to_string());
                Told::new(place(), format!("Dòng có {wanted} ô; chỉ đọc {most} ô đầu."))
            });
        }
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if filled == 0 {
            continue;
        }
        if *width.get_or_insert(filled) > wanted {
            log.add(Severity::Warning, "ragged-row", || {
                let columns = width.unwrap_or_default();
                Told::new(place(), format!("Dòng chỉ có {wanted} ô, ít hơn {columns} cột; các ô thiếu coi là trống."))
            });
        }
        cells.truncate(filled);
        cells_read += filled as u64;
        if cells_read > limits.cells {
            return Err(ReadError::TooManyCells { limit: limits.cells });
        }
        if grid.rows.len() as u64 >= limits.rows {
            return Err(ReadError::TooManyRows { limit: limits.rows });
        }
        grid.rows.push(Row { number: record.line, cells });
    }
    if let Some(line) = records.unclosed() {
        log.add(Severity::Error, "unclosed-quote", || {
            Told::new(
                Place::line(file, line),
                "Dấu ngoặc kép mở ở dòng này không được đóng, phần còn lại của tệp dồn vào một ô.",
            )
            .hint("Thêm dấu ngoặc kép đóng, hoặc viết hai dấu liền nhau nếu là nội dung.")
        });
    }
    cleaner.finish(log);
    Ok(vec![grid])
}

/// Takes off Excel's first line `sep=;`: the separator, the rest, the number of its first line.
fn split_declaration(text: &str) -> (Option<char>, &str, u64) {
    let declared = || {
        let rest = text.strip_prefix("sep=")?;
        let mut marks = rest.chars();
        let separator = marks.next().filter(|mark| !matches!(mark, '\r' | '\n' | '"'))?;
        let rest = marks.as_str();
        let body = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n']))?;
        Some((Some(separator), body, 2))
    };
    declared().unwrap_or((None, text, 1))
}

fn detect_separator(text: &str) -> char {
    let mut counts = [(',', 0_usize), (';', 0), ('\t', 0)];
    let mut quoted = false;
    for mark in text.trim_start_matches(['\r', '\n', ' ']).chars() {
        match mark {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(separator, _)| *separator == mark).for_each(|(_, count)| *count += 1),
        }
    }
    counts
        .iter()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count > 0)
        .map_or(',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_text::Findings;

    fn rows(text: &str) -> (Vec<(u64, Vec<String>)>, Findings) {
        let mut log = Log::new("t.csv");
        let mut grids = read("t.csv", text.as_bytes(), &Limits::default(), &mut log).unwrap();
        let rows = grids.remove(0).rows.into_iter().map(|row| (row.number, row.cells)).collect();
        (rows, log.finish())
    }

    #[test]
    fn detects_each_separator() {
        for separator in [",", ";", "\t"] {
            let (rows, findings) = rows(&format!("unit{separator}value\nH1{separator}3\n"));
            assert_eq!(rows[1], (2, vec!["H1".to_owned(), "3".to_owned()]));
            assert_eq!(findings, []);
        }
        assert_eq!(detect_separator("\"a,b,c\";d"), ';');
        assert_eq!(detect_separator("một cột"), ',');
    }

    #[test]
    fn obeys_a_declared_separator_and_counts_its_line() {
        assert_eq!(rows("sep=|\r\na|b\r\n1|2").0[1], (3, vec!["1".to_owned(), "2".to_owned()]));
    }

    #[test]
    fn tells_short_rows_but_not_rows_of_separators() {
        let (rows, findings) = rows("a,b,c\n\n,,\n1,2\n3,4,\n");
        assert_eq!(rows.len(), 3);
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].code, &findings[0].place), ("ragged-row", &Place::line("t.csv", 4)));
    }

    #[test]
    fn tells_an_unclosed_quote() {
        let (_, findings) = rows("a,b\n1,\"2\n3,4\n");
        assert!(findings.iter().any(|finding| finding.code == "unclosed-quote" && finding.place.line == Some(2)));
    }

    #[test]
    fn refuses_too_many_rows_and_cells_at_once() {
        let mut log = Log::new("t.csv");
        let text = "1,2\n".repeat(11);
        let few_rows = Limits { rows: 10, ..Limits::default() };
        assert_eq!(read("t.csv", text.as_bytes(), &few_rows, &mut log), Err(ReadError::TooManyRows { limit: 10 }));
        let few_cells = Limits { cells: 20, ..Limits::default() };
        assert_eq!(read("t.csv", text.as_bytes(), &few_cells, &mut log), Err(ReadError::TooManyCells { limit: 20 }));
    }

    #[test]
    fn tells_cells_beyond_the_last_column_allowed() {
        let mut log = Log::new("t.csv");
        let limits = Limits { columns: 2, ..Limits::default() };
        let grids = read("t.csv", b"a,b,c\n1,2,\n", &limits, &mut log).unwrap();
        assert_eq!(grids[0].rows[0].cells, ["a", "b"]);
        let findings = log.finish();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].code, "too-many-columns");
    }
}
