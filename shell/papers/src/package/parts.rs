//! The parts of a package by name, and its tables.

use cchc_text::table::{Row, Table};

use super::{PackageError, PublishedFigure};
use crate::write_csv::write_csv;

pub(super) const README: &str = "DOC-TOI.txt";
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const SET: &str = "set.toml";
pub(super) const INPUT: &str = "input.csv";
pub(super) const DAYS_OFF: &str = "days-off.csv";
pub(super) const PUBLISHED: &str = "published.csv";
pub(super) const RESULT_JSON: &str = "result.json";
pub(super) const RESULT_CSV: &str = "result.csv";

/// Every part that a package may have, in the order of the archive.
pub(super) const ALL: [&str; 8] = [README, MANIFEST, SET, INPUT, DAYS_OFF, PUBLISHED, RESULT_JSON, RESULT_CSV];

const PUBLISHED_COLUMNS: [&str; 5] = ["unit", "criterion", "label", "points", "class"];

/// The table of days off as CSV.
pub(super) fn write_table(table: &Table) -> Vec<u8> {
    let columns: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    let rows: Vec<&[String]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
    write_csv(&columns, &rows)
}

/// The published figures as CSV.
pub(super) fn write_published(figures: &[PublishedFigure]) -> Vec<u8> {
    let rows: Vec<[String; 5]> = figures
        .iter()
        .map(|figure| {
            let points = figure.points.map(|points| points.to_string()).unwrap_or_default();
            [figure.unit.clone(), figure.criterion.clone(), figure.label.clone(), points, figure.class.clone()]
        })
        .collect();
    write_csv(&PUBLISHED_COLUMNS, &rows)
}

/// Reads the figures that [`write_published`] wrote.
pub(super) fn read_published(table: &Table) -> Result<Vec<PublishedFigure>, PackageError> {
    let wrong = |why: String| PackageError::Unreadable { part: PUBLISHED, why };
    if table.columns != PUBLISHED_COLUMNS {
        return Err(wrong(format!("các cột phải là {}.", PUBLISHED_COLUMNS.join(", "))));
    }
    let figure = |row: &Row| {
        let text = |column: usize| row.text(Some(column)).to_owned();
        let points = match row.text(Some(3)) {
            "" => None,
            points => Some(points.parse().map_err(|error| wrong(format!("dòng {}: «{points}» {error}.", row.number)))?),
        };
        Ok(PublishedFigure { unit: text(0), criterion: text(1), label: text(2), points, class: text(4) })
    };
    table.rows.iter().map(figure).collect()
}

/// Reads a table of a package strictly: UTF-8, commas, each row as wide as the header, texts as they stand.
pub(super) fn read_table(part: &'static str, bytes: &[u8], rows_limit: u64) -> Result<Table, PackageError> {
    let wrong = |why: String| PackageError::Unreadable { part, why };
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let mut table = Table { file: part.to_owned(), ..Table::default() };
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| wrong(csv_reason(&error)))?;
        let number = record.position().map_or(1, csv::Position::line);
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if index == 0 {
            table.columns = cells;
            continue;
        }
        if index as u64 > rows_limit {
            return Err(PackageError::TooManyRows { part, limit: rows_limit });
        }
        table.rows.push(Row { number, cells });
    }
    if table.columns.is_empty() {
        return Err(wrong("không có dòng tiêu đề.".to_owned()));
    }
    Ok(table)
}

fn csv_reason(error: &csv::Error) -> String {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => format!("dòng {line} không phải UTF-8."),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("dòng {line} có {len} ô thay vì {expected_len}.")
        }
        _ => format!("dòng {line} không phải CSV."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_as_they_stand() {
        let table = read_table(INPUT, b"a,b\n\" x \",\"1\n2\"\n", 10).unwrap();
        assert_eq!(table.rows[0].cells, [" x ", "1\n2"]);
        let why = |bytes: &[u8], limit| read_table(INPUT, bytes, limit).unwrap_err().to_string();
        assert_eq!(why(b"a,b\n1\n", 9), "Không đọc được «input.csv»: dòng 2 có 1 ô thay vì 2.");
        assert_eq!(why(b"a\n\xff\n", 9), "Không đọc được «input.csv»: dòng 2 không phải UTF-8.");
        assert_eq!(why(b"", 9), "Không đọc được «input.csv»: không có dòng tiêu đề.");
        assert_eq!(why(b"a\n1\n2\n", 1), "«input.csv» có hơn 1 dòng, vượt giới hạn.");
    }
}
