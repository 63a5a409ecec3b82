//! What is shipped in `data/calendar/`, and a place to write other rows.

#![allow(dead_code, reason = "each test file uses its own part")]

use cchc_calendar::{Calendar, DaysOff, Law, OfficeHours, Schedule};
use cchc_text::table::{Row, Table};
use jiff::civil::DateTime;

pub const DAYS_OFF: &str = include_str!("../../../../data/calendar/days-off-2019-2026.csv");
pub const LAW: &str = include_str!("../../../../data/calendar/statutory-days.csv");
pub const HOURS: &str = include_str!("../../../../data/calendar/office-hours.csv");

pub fn table(text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().zip(2..).map(|(record, number)| {
        let cells = record.unwrap().iter().map(str::to_owned).collect();
        Row { number, cells }
    });
    Table { file: "bang.csv".to_owned(), sheet: String::new(), columns, rows: rows.collect() }
}

pub fn law() -> Law {
    let (law, findings) = Law::from_table(&table(LAW));
    assert_eq!(findings, []);
    law
}

/// Decisions of these rows, after the header.
pub fn decisions(rows: &str) -> DaysOff {
    let (days, findings) = DaysOff::from_table(&table(&format!("date,weekday,kind,name,source,confidence\n{rows}")));
    assert_eq!(findings, []);
    days
}

pub fn shipped_decisions() -> DaysOff {
    DaysOff::from_table(&table(DAYS_OFF)).0
}

pub fn calendar() -> Calendar {
    Calendar::new(&law(), &shipped_decisions())
}

/// The shipped hours and these rows.
pub fn hours(rows: &str) -> OfficeHours {
    let (hours, findings) = OfficeHours::from_table(&table(&format!("{HOURS}{rows}")));
    assert_eq!(findings, []);
    hours
}

pub fn schedule() -> Schedule {
    Schedule::new(&calendar(), &hours(""), "")
}

pub fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}
