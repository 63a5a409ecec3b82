//! Shipped content as it was known at a time: without what was decided later.

use std::collections::{BTreeMap, BTreeSet};

use cchc_papers::{Limits, read_tables, write_csv};
use cchc_text::table::{Row, Table};
use jiff::civil::{Date, date};

use super::BEGINNING;

/// Units as they were known when the decision of that effective day was the last one.
pub fn units(content: &str, effect: Date) -> String {
    rewrite(content, |table, row| {
        let day = |column: &str| row.text(table.column(column)).parse::<Date>().ok();
        if day("valid_from").is_some_and(|from| from > effect) {
            return None;
        }
        let mut cells = row.cells.clone();
        if day("valid_to").is_some_and(|to| to >= effect) {
            for column in ["valid_to", "successor", "legal_basis"] {
                if let Some(cell) = table.column(column).and_then(|index| cells.get_mut(index)) {
                    cell.clear();
                }
            }
        }
        Some(cells)
    })
}

/// Days off up to and with that year.
pub fn days_off(content: &str, year: i16) -> String {
    rewrite(content, |table, row| {
        let day = row.text(table.column("date")).parse::<Date>().ok();
        day.is_none_or(|day| day.year() <= year).then(|| row.cells.clone())
    })
}

/// Figures as they became known: those of a year in June of the next, what is older at the beginning.
pub fn figures(content: &str, beginning: Date) -> BTreeMap<Date, String> {
    let year = |table: &Table, row: &Row| row.text(table.column("year")).parse::<i16>().ok();
    let known = |year: i16| date(year.saturating_add(1), 6, 1).max(beginning);
    let tables = tables(content);
    let years = tables.iter().flat_map(|table| table.rows.iter().filter_map(|row| year(table, row)));
    let days: BTreeSet<Date> = years.map(known).collect();
    let until = |day: Date| {
        rewrite(content, |table, row| year(table, row).is_none_or(|year| known(year) <= day).then(|| row.cells.clone()))
    };
    days.into_iter().map(|day| (day, until(day))).collect()
}

/// The first working Monday or so of the year of a set, not before the story begins.
pub fn year_of_set(content: &str) -> Date {
    let year = content.lines().find_map(|line| line.strip_prefix("year = ")?.trim().parse::<i16>().ok());
    year.map_or(BEGINNING, |year| date(year, 1, 4).max(BEGINNING))
}

/// The same table with one cell changed, in the first row that has that value in that column.
pub fn with_cell(content: &str, (key, value): (&str, &str), column: &str, new: &str) -> String {
    let done = std::cell::Cell::new(false);
    rewrite(content, |table, row| {
        let mut cells = row.cells.clone();
        if !done.get() && row.text(table.column(key)) == value {
            done.set(true);
            if let Some(cell) = table.column(column).and_then(|index| cells.get_mut(index)) {
                new.clone_into(cell);
            }
        }
        Some(cells)
    })
}

fn tables(content: &str) -> Vec<Table> {
    read_tables("du-lieu.csv", content.as_bytes(), &Limits::default()).map(|(tables, _)| tables).unwrap_or_default()
}

/// The same table with some rows changed or gone; the very text where nothing changes.
fn rewrite(content: &str, row: impl Fn(&Table, &Row) -> Option<Vec<String>>) -> String {
    let Some(table) = tables(content).into_iter().next() else { return content.to_owned() };
    let rows: Vec<Vec<String>> = table.rows.iter().filter_map(|one| row(&table, one)).collect();
    let unchanged = rows.len() == table.rows.len() && rows.iter().zip(&table.rows).all(|(new, old)| *new == old.cells);
    if unchanged {
        return content.to_owned();
    }
    let columns: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    String::from_utf8(write_csv(&columns, &rows)).unwrap_or_else(|_| content.to_owned())
}
