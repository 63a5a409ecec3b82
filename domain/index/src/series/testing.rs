//! Tables for tests.

use cchc_text::Findings;
use cchc_text::table::{Row, Table};

use super::{FIGURE_COLUMNS, Figures, LIST_COLUMNS, SeriesList};

/// Cells of CSV lines; a cell in quotation marks may hold a comma.
fn table(columns: &[&str], rows: &str) -> Table {
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for letter in line.trim().chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                other => cells.last_mut().unwrap().push(other),
            }
        }
        cells
    };
    let rows = rows.lines().zip(2..).map(|(line, number)| Row { number, cells: cells(line) }).collect();
    let columns = columns.iter().map(|&column| column.to_owned()).collect();
    Table { file: "chuoi.csv".into(), sheet: String::new(), columns, rows }
}

pub fn read_list(rows: &str) -> (SeriesList, Findings) {
    SeriesList::from_table(&table(&LIST_COLUMNS, rows))
}

pub fn list() -> SeriesList {
    read_list("par-index,Chỉ số CCHC,PAR Index,Bộ Nội vụ,higher,%,0,100,s\npapi,PAPI,,CECODES,higher,điểm,10,80,s").0
}

pub fn figures(rows: &str) -> (Figures, Findings) {
    Figures::from_table(&table(&FIGURE_COLUMNS, rows), &list())
}
