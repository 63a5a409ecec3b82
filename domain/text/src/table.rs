//! A table as it was read from a file: text cells, each of which knows where it stands.

use crate::finding::Place;

/// A table of text: a header and rows. Cells are trimmed and in NFC; a missing cell is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the file, without its folder.
    pub file: String,
    /// Name of the worksheet; empty for a text file.
    pub sheet: String,
    /// Column names as they stand in the file.
    pub columns: Vec<String>,
    /// The rows below the header; rows without any text are left out.
    pub rows: Vec<Row>,
}

/// One row: its number in the file (from 1, the header counted) and its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Line of a text file, row of a worksheet; from 1.
    pub number: u64,
    /// One text a column.
    pub cells: Vec<String>,
}

impl Table {
    /// The position of the column of that name (letter case and spaces around it don't matter).
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.trim().to_lowercase() == name)
    }

    /// Where a cell stands: `tệp.csv, dòng 3` or `tệp.xlsx, ô Số liệu!C3`.
    #[must_use]
    pub fn place(&self, row: &Row, column: usize) -> Place {
        if self.sheet.is_empty() {
            return Place::line(self.file.clone(), row.number);
        }
        Place::cell(self.file.clone(), format!("{}!{}{}", self.sheet, column_letters(column), row.number))
    }
}

impl Row {
    /// The text of a cell; empty where the row is shorter or the column is not there.
    #[must_use]
    pub fn text(&self, column: Option<usize>) -> &str {
        column.and_then(|index| self.cells.get(index)).map_or("", String::as_str)
    }
}

/// The letters of a worksheet column, from 0: `A`, `B` … `Z`, `AA`.
#[must_use]
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(column);
    while let Some(index) = rest {
        let letter = u8::try_from(index.wrapping_rem(26)).unwrap_or(0);
        letters.push(char::from(b'A'.wrapping_add(letter)));
        rest = index.wrapping_div(26).checked_sub(1);
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_columns_as_a_workbook_does() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(column_letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
