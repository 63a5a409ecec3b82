//! Tables from text, and the shipped registry.
#![allow(dead_code, reason = "each test file uses some of it")]

use cchc_text::Findings;
use cchc_text::table::{Row, Table};
use cchc_units::Registry;
use jiff::civil::Date;

pub const UNITS: &str = include_str!("../../../../data/units/units-vinh-phuc.csv");
pub const DEPARTMENTS: &str = include_str!("../../../../data/units/departments-vinh-phuc.csv");

pub const OFFICES: &str = include_str!("../../../../data/units/district-offices-vinh-phuc.csv");

pub fn table(file: &str, text: &str) -> Table {
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().zip(2..).map(|(record, number)| {
        let cells = record.unwrap().iter().map(str::to_owned).collect();
        Row { number, cells }
    });
    Table { file: file.to_owned(), sheet: String::new(), columns, rows: rows.collect() }
}

pub fn shipped() -> Registry {
    let tables = [table("units-vinh-phuc.csv", UNITS), table("departments-vinh-phuc.csv", DEPARTMENTS)];
    let (registry, findings) = Registry::from_tables(&tables);
    assert!(findings.is_empty(), "{findings:#?}");
    registry
}

/// Rows `code,name,level,type,parent,valid_from,valid_to,successor`.
pub fn read(rows: &str) -> (Registry, Findings) {
    let header = "code,name,level,type,parent,valid_from,valid_to,successor,legal_basis,confidence\n";
    Registry::from_tables(&[table("t.csv", &format!("{header}{rows}"))])
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}
