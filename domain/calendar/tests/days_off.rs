//! The shipped days off: counts, due dates, the way out and back.

use cchc_calendar::{DayKind, DaysOff};
use cchc_text::table::{Row, Table};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const DAYS_OFF: &str = include_str!("../../../data/calendar/days-off-2019-2026.csv");
const VECTORS: &str = include_str!("../../../data/calendar/due-date-vectors.csv");

fn table(file: &str, text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().zip(2..).map(|(record, number)| {
        let cells = record.unwrap().iter().map(str::to_owned).collect();
        Row { number, cells }
    });
    Table { file: file.to_owned(), sheet: String::new(), columns, rows: rows.collect() }
}

fn shipped() -> DaysOff {
    let (days, findings) = DaysOff::from_table(&table("days-off-2019-2026.csv", DAYS_OFF));
    assert!(findings.is_empty(), "{findings:?}");
    days
}

#[test]
fn working_days_a_year() {
    let days = shipped();
    let count = |year| date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(move |day| day.year() == year);
    let counts: Vec<_> = (2019..=2026).map(|year| count(year).filter(|&day| days.is_working(day)).count()).collect();
    assert_eq!(counts, [252, 252, 250, 249, 249, 251, 250, 249]);
}

#[test]
fn due_dates() {
    let days = shipped();
    let vectors = table("due-date-vectors.csv", VECTORS);
    assert_eq!(vectors.rows.len(), 13);
    for row in vectors.rows {
        let [start, count, due] = row.cells.try_into().unwrap();
        let found = days.working_days_after(start.parse().unwrap(), count.parse().unwrap()).unwrap();
        assert_eq!((found.date.to_string(), found.uncovered), (due, vec![]), "{start} + {count}");
    }
}

#[test]
fn a_fixed_date_moves_to_the_next_working_day() {
    let days = shipped();
    for (fixed, moved) in [
        ("2021-02-10", "2021-02-17"), // Tết
        ("2021-05-01", "2021-05-04"), // a Saturday, made up on Monday
        ("2025-04-26", "2025-04-26"), // a Saturday that is worked
        ("2022-01-10", "2022-01-10"),
    ] {
        assert_eq!(days.next_working_day(fixed.parse().unwrap()).unwrap().date.to_string(), moved);
    }
}

#[test]
fn knows_what_it_covers() {
    let days = shipped();
    assert!(days.covered_years().eq(2019..=2026));
    assert!(!days.covers(2018), "the swapped day of 31/12/2018 is not the holidays of 2018");
    assert_eq!(days.next_working_day(date(2026, 12, 31)).unwrap().uncovered, Vec::<i16>::new());
    assert_eq!(days.working_days_after(date(2026, 12, 31), 1).unwrap().uncovered, [2027]);
}

#[test]
fn says_why_a_day_is_off() {
    let days = shipped();
    let rows: Vec<_> = days.on(date(2021, 5, 3)).collect();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].kind, rows[0].name.as_str()),
        (DayKind::CompensationDayOff, "Nghỉ bù Ngày Quốc tế lao động 1/5")
    );
}

#[test]
fn written_back_without_loss() {
    let days = shipped();
    let original = table("days-off.csv", DAYS_OFF);
    assert_eq!(days.to_table("days-off.csv"), original);
}

fn any_day() -> impl Strategy<Value = Date> {
    (2017_i16..2029, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

proptest! {
    #[test]
    fn the_order_of_rows_never_matters(rows in Just(table("t", DAYS_OFF).rows).prop_shuffle()) {
        let shuffled = Table { rows, ..table("t", DAYS_OFF) };
        let (days, _) = DaysOff::from_table(&shuffled);
        prop_assert_eq!(days, shipped());
    }

    #[test]
    fn the_due_day_works_and_counts_add_up(start in any_day(), first in 1_u32..40, then in 1_u32..40) {
        let days = shipped();
        let step = days.working_days_after(start, first).unwrap().date;
        prop_assert!(days.is_working(step));
        let both = days.working_days_after(step, then).unwrap().date;
        prop_assert_eq!(both, days.working_days_after(start, first + then).unwrap().date);
        prop_assert!(days.next_working_day(start).unwrap().date <= step);
    }

    #[test]
    fn any_text_is_read_without_panic(cells in prop::collection::vec(prop::collection::vec(".{0,12}", 0..8), 0..8)) {
        let rows: Vec<_> = cells.into_iter().zip(2..).map(|(cells, number)| Row { number, cells }).collect();
        let written = rows.len();
        let columns = ["date", "weekday", "kind", "name"].map(str::to_owned).to_vec();
        let (days, findings) = DaysOff::from_table(&Table { columns, rows, ..Table::default() });
        let mut reported: Vec<_> = findings.iter().filter_map(|finding| finding.place.line).collect();
        reported.dedup();
        prop_assert!(days.rows().count() + reported.len() >= written, "a row was lost silently");
    }
}
