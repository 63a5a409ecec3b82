//! A grid: the cells of a worksheet or text file as they stand, without a header.

use std::collections::BTreeSet;

use cchc_text::table::{Row, Table, column_letters};
use cchc_text::{Findings, Place, Severity};

use crate::log::{Log, Told};

/// Rows of cleaned text at their real places. Cell 0 of a row is column A; rows end at their last
/// filled cell, rows without text are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// Name of the file, without its folder.
    pub file: String,
    /// Name of the worksheet; empty for a text file.
    pub sheet: String,
    /// The rows with content, by number.
    pub rows: Vec<Row>,
}

impl Grid {
    /// Where a cell stands: `tệp.csv, dòng 3` or `tệp.xlsx, ô Số liệu!C3`. `column` from 0.
    #[must_use]
    pub fn place(&self, row: u64, column: usize) -> Place {
        if self.sheet.is_empty() {
            return Place::line(self.file.clone(), row);
        }
        Place::cell(self.file.clone(), format!("{}!{}{row}", self.sheet, column_letters(column)))
    }

    /// The same cells with the first row as header; every row gets one text a column.
    ///
    /// Findings: `ragged-row` (text file: fewer cells than columns a warning, more an error),
    /// `cell-without-column` (worksheet: text beyond the header), `nameless-column`, `twice-named-column`.
    #[must_use]
    pub fn into_table(mut self) -> (Table, Findings) {
        let mut log = Log::new(&self.file);
        if self.rows.is_empty() {
            return (Table { file: self.file, sheet: self.sheet, ..Table::default() }, Findings::new());
        }
        let header = self.rows.remove(0);
        self.check_header(&header, &mut log);
        let width = header.cells.len();
        for row in &self.rows {
            self.check_width(row, width, &mut log);
        }
        for row in &mut self.rows {
            row.cells.resize(width, String::new());
        }
        self.rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        let table = Table { file: self.file, sheet: self.sheet, columns: header.cells, rows: self.rows };
        (table, log.finish())
    }

    fn check_header(&self, header: &Row, log: &mut Log) {
        let mut seen = BTreeSet::new();
        for (column, name) in header.cells.iter().enumerate() {
            let place = || self.place(header.number, column);
            if name.is_empty() && self.rows.iter().any(|row| !row.text(Some(column)).is_empty()) {
                log.add(Severity::Warning, "nameless-column", || {
                    Told::new(place(), format!("Cột {} có dữ liệu nhưng không có tên.", column_letters(column)))
                });
            } else if !name.is_empty() && !seen.insert(name.to_lowercase()) {
                log.add(Severity::Warning, "twice-named-column", || {
                    Told::new(place(), format!("Tên cột «{name}» bị lặp; chỉ dùng cột đầu tiên."))
                });
            }
        }
    }

    fn check_width(&self, row: &Row, width: usize, log: &mut Log) {
        let extra = (width..row.cells.len()).filter(|column| !row.text(Some(*column)).is_empty());
        if !self.sheet.is_empty() {
            for column in extra {
                log.add(Severity::Warning, "cell-without-column", || {
                    Told::new(self.place(row.number, column), "Ô nằm ngoài các cột có tên nên không được dùng.")
                });
            }
        } else if extra.count() > 0 {
            log.add(Severity::Error, "ragged-row", || {
                let message = format!("Dòng có {} ô, nhiều hơn {width} cột của tiêu đề.", row.cells.len());
                Told::new(self.place(row.number, 0), message)
                    .hint("Nội dung có dấu ngăn cách (như dấu phẩy thập phân) phải đặt trong ngoặc kép.")
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(sheet: &str, rows: &[(u64, &[&str])]) -> Grid {
        let rows = rows
            .iter()
            .map(|(number, cells)| Row {
                number: *number,
                cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
            })
            .collect();
        Grid { file: "t.xlsx".to_owned(), sheet: sheet.to_owned(), rows }
    }

    #[test]
    fn takes_the_first_row_as_header_and_keeps_places() {
        let (table, findings) = grid("S", &[(3, &["", "mã", "tên"]), (7, &["", "H1"])]).into_table();
        assert_eq!(table.columns, ["", "mã", "tên"]);
        assert_eq!(table.rows[0].cells, ["", "H1", ""]);
        assert_eq!(table.place(&table.rows[0], 1).cell.as_deref(), Some("S!B7"));
        assert_eq!(findings, []);
    }

    #[test]
    fn tells_nameless_and_repeated_columns_and_stray_cells() {
        let (_, findings) = grid("S", &[(1, &["a", "", "A"]), (2, &["1", "2", "3", "4"])]).into_table();
        let codes: Vec<_> = findings.iter().map(|finding| (finding.code, finding.place.cell.as_deref())).collect();
        assert_eq!(
            codes,
            [
                ("nameless-column", Some("S!B1")),
                ("twice-named-column", Some("S!C1")),
                ("cell-without-column", Some("S!D2"))
            ]
        );
    }

    #[test]
    fn an_empty_grid_is_an_empty_table() {
        assert_eq!(grid("S", &[]).into_table().0.columns.len(), 0);
    }
}
