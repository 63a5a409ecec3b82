//! What the tests of this folder share: shipped sets and tables made of rows.

use cchc_index::{CriteriaSet, check, toml_form};
use cchc_text::table::{Row, Table};

/// The text of a file of the folder `data/`.
pub fn text(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../../data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A shipped set, which must be sound.
pub fn load(id: &str) -> CriteriaSet {
    sound(&text(&format!("criteria/{id}.toml")))
}

/// A set from TOML text, which must be sound.
pub fn sound(text: &str) -> CriteriaSet {
    let (form, syntax) = toml_form::read("bo.toml", text);
    assert_eq!(syntax, []);
    let (set, findings) = check::load(&form);
    assert_eq!(findings, []);
    set.unwrap()
}

/// A table from the text of its rows, cells parted by commas.
#[allow(dead_code, reason = "not every test file makes tables of text")]
pub fn table(columns: &str, rows: &[&str]) -> Table {
    let cells = |line: &str| line.split(',').map(|cell| cell.trim().to_owned()).collect();
    let rows = rows.iter().zip(2..).map(|(row, number)| Row { number, cells: cells(row) }).collect();
    Table { file: "so-lieu.csv".to_owned(), sheet: String::new(), columns: cells(columns), rows }
}
