//! Due dates: the vectors, the kinds of limit, the mistakes of other products, and what always holds.

mod naive;
mod shipped;

use std::sync::LazyLock;

use cchc_calendar::{Calendar, Convention, DueError, Limit, Pauses, Schedule};
use jiff::ToSpan;
use jiff::civil::DateTime;
use proptest::prelude::*;

use naive::Naive;
use shipped::{at, calendar, decisions, hours, law, schedule, shipped_decisions, table};

const VECTORS: &str = include_str!("../../../data/calendar/due-date-vectors.csv");

static SCHEDULE: LazyLock<Schedule> = LazyLock::new(schedule);

fn limit(text: &str) -> Limit {
    text.parse().unwrap()
}

fn paused(pauses: &[(&str, &str)]) -> Pauses {
    Pauses::of(pauses.iter().map(|(from, to)| (at(from), at(to))))
}

fn due_of(schedule: &Schedule, start: &str, text: &str, convention: Convention, pauses: &[(&str, &str)]) -> String {
    let due = schedule.due(at(start), limit(text), convention, &paused(pauses)).unwrap();
    due.strftime("%Y-%m-%d %H:%M").to_string()
}

fn due(start: &str, text: &str) -> String {
    due_of(&SCHEDULE, start, text, Convention::NextDay, &[])
}

fn exact(start: &str, text: &str) -> String {
    due_of(&SCHEDULE, start, text, Convention::Exact, &[])
}

#[test]
fn vectors() {
    for row in table(VECTORS).rows {
        let [start, count, end] = row.cells.try_into().unwrap();
        assert_eq!(due(&format!("{start}T10:00"), &format!("{count}wd")), format!("{end} 17:00"), "{start} + {count}");
    }
}

#[test]
fn every_kind_of_limit() {
    // Monday 10/11/2025, an ordinary week.
    for (text, next_day, to_the_minute) in [
        ("1wd", "2025-11-11 17:00", "2025-11-11 09:30"),
        ("3wd", "2025-11-13 17:00", "2025-11-13 10:30"),
        ("0.5wd", "2025-11-10 15:00", "2025-11-10 15:00"),
        ("0.25wd", "2025-11-10 11:00", "2025-11-10 11:00"),
        ("1.5wd", "2025-11-12 11:30", "2025-11-11 15:30"),
        ("4wh", "2025-11-10 15:00", "2025-11-10 15:00"),
        ("16wh", "2025-11-12 10:00", "2025-11-12 10:00"),
        ("5d", "2025-11-17 17:00", "2025-11-17 07:30"),
        ("4d", "2025-11-14 17:00", "2025-11-14 09:00"),
        ("1m", "2025-12-10 17:00", "2025-12-10 09:00"),
        ("within-day", "2025-11-10 17:00", "2025-11-10 17:00"),
    ] {
        assert_eq!(due("2025-11-10T09:00", text), next_day, "{text}");
        assert_eq!(exact("2025-11-10T09:00", text), to_the_minute, "{text}");
    }
    assert_eq!(due("2025-01-24T09:30", "3wd"), "2025-02-05 17:00");
}

#[test]
fn months_end_on_the_last_day() {
    assert_eq!(due("2025-01-31T09:00", "1m"), "2025-02-28 17:00");
    assert_eq!(due("2024-01-31T09:00", "1m"), "2024-02-29 17:00");
    assert_eq!(due("2025-11-30T09:00", "15m"), "2027-03-01 17:00", "28/2/2027 is a Sunday");
    assert_eq!(due("2025-12-31T09:00", "12m"), "2026-12-31 17:00");
}

#[test]
fn a_day_is_not_twenty_four_business_hours() {
    assert_eq!(exact("2025-11-10T07:30", "2wd"), exact("2025-11-10T07:30", "16wh"));
    assert_eq!(
        exact("2025-11-10T07:30", "1wd"),
        "2025-11-11 08:00",
        "eight working hours, of which a day has seven and a half"
    );
}

#[test]
fn a_timer_started_before_opening_starts_at_opening() {
    for start in ["2025-11-10T00:00", "2025-11-10T06:15", "2025-11-10T07:30", "2025-11-09T22:00", "2025-11-08T09:00"] {
        assert_eq!(due(start, "4wh"), "2025-11-10 11:30", "{start}");
    }
    assert_eq!(due("2025-11-10T12:15", "1wh"), "2025-11-10 14:30");
    assert_eq!(due("2025-11-10T19:00", "1wh"), "2025-11-11 08:30");
    assert_eq!(due("2025-11-10T17:00", "within-day"), "2025-11-11 17:00");
    assert_eq!(due("2025-11-08T09:00", "within-day"), "2025-11-10 17:00");
}

#[test]
fn make_up_saturdays_are_worked() {
    // Saturday 4/5/2024 makes up for Monday 29/4: hours by weekday give a Saturday none.
    assert_eq!(due("2024-05-03T10:00", "1wd"), "2024-05-04 17:00");
    assert_eq!(due("2024-05-04T08:00", "2wh"), "2024-05-04 10:00");
    let monday_differs = hours("H1,Mon,09:00,12:00,,,x,high\nH1,Tue-Fri,08:00,12:00,,,x,high\n");
    let schedule = Schedule::new(&calendar(), &monday_differs, "H1");
    assert_eq!(due_of(&schedule, "2024-05-03T10:00", "1wd", Convention::NextDay, &[]), "2024-05-04 12:00");
    assert_eq!(due_of(&schedule, "2024-05-04T08:00", "2wh", Convention::NextDay, &[]), "2024-05-04 11:00");
}

#[test]
fn holidays_that_are_known_are_used() {
    assert_eq!(due("2026-08-28T10:00", "1wd"), "2026-09-03 17:00");
    assert_eq!(due("2027-02-04T10:00", "1wd"), "2027-02-12 17:00", "nothing is decided for 2027, the law is known");
    assert_eq!(due("2025-04-29T10:00", "2d"), "2025-05-05 17:00", "1/5 moves over 2/5 and the weekend");
}

#[test]
fn past_receipts_have_past_holidays() {
    assert_eq!(due("2012-01-20T10:00", "1wd"), "2012-01-27 17:00", "Tết 2012: 22/1–25/1, a Sunday made up on 26/1");
    assert_eq!(due("2001-04-27T10:00", "1wd"), "2001-05-02 17:00");
    assert_eq!(due("2007-04-25T10:00", "1wd"), "2007-04-27 17:00", "the first Giỗ Tổ off");
    assert_eq!(due("2006-04-06T10:00", "1wd"), "2006-04-07 17:00", "10/3 lunar before the law");
}

#[test]
fn repeated_supplements_put_the_day_off_each_time() {
    let pauses = [
        ("2025-11-11T09:00", "2025-11-13T10:00"),
        ("2025-11-14T09:00", "2025-11-18T15:00"),
        ("2025-11-19T08:00", "2025-11-25T08:00"),
    ];
    let after = |count: usize| due_of(&SCHEDULE, "2025-11-10T09:00", "3wd", Convention::NextDay, &pauses[..count]);
    assert_eq!(
        [0, 1, 2, 3].map(after),
        ["2025-11-13 17:00", "2025-11-17 17:00", "2025-11-19 17:00", "2025-11-25 17:00"]
    );
    let in_minutes = due_of(&SCHEDULE, "2025-11-10T09:00", "16wh", Convention::NextDay, &pauses);
    assert_eq!(in_minutes, "2025-11-18 17:00");
    // A pause that begins after the limit ended changes nothing.
    let late = [("2025-11-13T17:00", "2025-12-13T17:00")];
    assert_eq!(due_of(&SCHEDULE, "2025-11-10T09:00", "3wd", Convention::NextDay, &late), "2025-11-13 17:00");
}

#[test]
fn one_routine_for_days_and_hours() {
    for days in 1..40_u32 {
        let start = at("2025-01-20T13:30");
        let by_days = SCHEDULE.due(start, Limit::working_days(days), Convention::Exact, &Pauses::NONE);
        let by_hours = SCHEDULE.due(start, Limit::working_hours(days * 8), Convention::NextDay, &Pauses::NONE);
        assert_eq!(by_days, by_hours);
        let table = shipped_decisions().working_days_after(start.date(), days).unwrap().date;
        let next_day = SCHEDULE.due(start, Limit::working_days(days), Convention::NextDay, &Pauses::NONE).unwrap();
        assert_eq!(next_day.date(), table, "the table of decisions alone agrees in its years");
    }
}

#[test]
fn hours_change_over_time() {
    let rows = "H1,Mon-Fri,07:00,11:00,2025-04-16,2025-10-15,mùa hè,high\nH1,Mon-Fri,13:00,17:00,2025-04-16,2025-10-15,mùa hè,high\n\
                H1,Mon-Fri,08:00,12:00,2025-10-16,,mùa đông,high\nH1,Mon-Fri,13:00,16:30,2025-10-16,,mùa đông,high\n\
                H1,Sat,07:30,11:30,2025-04-16,,trực sáng thứ Bảy,high\n";
    let schedule = Schedule::new(&calendar(), &hours(rows), "H1");
    let due = |start: &str, text: &str| due_of(&schedule, start, text, Convention::NextDay, &[]);
    assert_eq!(due("2025-10-14T10:00", "1wd"), "2025-10-15 17:00");
    assert_eq!(due("2025-10-14T10:00", "2wd"), "2025-10-16 16:30");
    assert_eq!(due("2025-10-15T16:00", "2wh"), "2025-10-16 09:00");
    assert_eq!(due("2025-04-15T16:30", "1wh"), "2025-04-16 07:30");
    // The counter is open on Saturday, but no limit runs.
    assert_eq!(due("2025-10-17T16:00", "1wd"), "2025-10-20 16:30");
    assert_eq!(due("2025-10-18T08:00", "1wh"), "2025-10-20 09:00");
    assert_eq!(due("2025-10-17T16:00", "1d"), "2025-10-20 16:30");
}

#[test]
fn a_decision_moves_due_dates() {
    let rows = "2027-05-04,Tue,swap_day_off,Hoán đổi,QĐ 3,high\n2027-05-08,Sat,makeup_working_day,Làm bù,QĐ 3,high\n";
    let decided = Schedule::new(&Calendar::new(&law(), &decisions(rows)), &hours(""), "");
    let of = |schedule: &Schedule, days: &str| due_of(schedule, "2027-04-29T10:00", days, Convention::NextDay, &[]);
    assert_eq!([of(&SCHEDULE, "1wd"), of(&decided, "1wd")], ["2027-05-04 17:00", "2027-05-05 17:00"]);
    assert_eq!([of(&SCHEDULE, "5wd"), of(&decided, "5wd")], ["2027-05-10 17:00", "2027-05-10 17:00"]);
}

#[test]
fn the_calendar_ends() {
    let due = |start: &str, text: &str| SCHEDULE.due(at(start), limit(text), Convention::NextDay, &Pauses::NONE);
    assert_eq!(due("1994-12-30T10:00", "1wd"), Err(DueError::OutsideCalendar));
    assert_eq!(due("2100-12-31T10:00", "1wd"), Err(DueError::OutsideCalendar));
    assert_eq!(due("9999-12-31T23:59", "20000m"), Err(DueError::OutsideCalendar));
    assert!(due("2100-12-30T10:00", "1wd").is_ok() && due("1995-01-01T00:00", "1wd").is_ok());
    let far = paused(&[("2025-01-01T00:00", "2300-01-01T00:00")]);
    for text in ["1wd", "0.5wd", "5d", "within-day"] {
        for convention in [Convention::NextDay, Convention::Exact] {
            assert!(SCHEDULE.due(at("2025-01-02T10:00"), limit(text), convention, &far).is_err());
        }
    }
}

fn any_limit() -> impl Strategy<Value = Limit> {
    prop_oneof![
        (1_u32..60).prop_map(|quarters| Limit::WorkingDays { quarters }),
        (1_u32..2400).prop_map(|minutes| Limit::WorkingTime { minutes }),
        (1_u32..30).prop_map(Limit::CalendarDays),
        (1_u32..4).prop_map(Limit::Months),
        Just(Limit::WithinDay),
    ]
}

fn any_convention() -> impl Strategy<Value = Convention> {
    prop_oneof![Just(Convention::NextDay), Just(Convention::Exact)]
}

fn any_moment() -> impl Strategy<Value = DateTime> {
    (0_i64..3 * 366 * 1440).prop_map(|minutes| at("2023-12-20T00:00") + minutes.minutes())
}

/// Pauses after a start: gap and length in minutes.
fn any_gaps() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((0_i64..6000, 1_i64..9000), 0..5)
}

fn laid(start: DateTime, gaps: &[(i64, i64)]) -> Vec<(DateTime, DateTime)> {
    let mut from = start;
    gaps.iter()
        .map(|(gap, length)| {
            let pause = (from + gap.minutes(), from + (gap + length).minutes());
            from = pause.1;
            pause
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn walking_minute_by_minute_gives_the_same(
        start in any_moment(), limit in any_limit(), convention in any_convention(), gaps in any_gaps()
    ) {
        let pauses = laid(start, &gaps);
        let joined = Pauses::of(pauses.iter().copied());
        let pauses: Vec<_> = joined.iter().collect();
        let naive = Naive { schedule: &SCHEDULE, pauses: &pauses }.due(start, limit, convention);
        prop_assert_eq!(SCHEDULE.due(start, limit, convention, &joined), Ok(naive));
    }

    #[test]
    fn later_is_never_due_earlier(
        start in any_moment(), more in 0_i64..5000, limit in any_limit(), convention in any_convention()
    ) {
        let due = |start: DateTime| SCHEDULE.due(start, limit, convention, &Pauses::NONE).unwrap();
        prop_assert!(due(start) <= due(start + more.minutes()));
    }

    #[test]
    fn longer_is_never_due_earlier(start in any_moment(), quarters in 1_u32..40, more in 0_u32..9, gaps in any_gaps()) {
        let pauses = Pauses::of(laid(start, &gaps));
        for convention in [Convention::NextDay, Convention::Exact] {
            let due = |quarters| SCHEDULE.due(start, Limit::WorkingDays { quarters }, convention, &pauses).unwrap();
            prop_assert!(due(quarters) <= due(quarters + more));
        }
    }

    #[test]
    fn never_due_in_closed_hours_or_in_a_pause(
        start in any_moment(), limit in any_limit(), convention in any_convention(), gaps in any_gaps()
    ) {
        let pauses = Pauses::of(laid(start, &gaps));
        let due = SCHEDULE.due(start, limit, convention, &pauses).unwrap();
        prop_assert!(SCHEDULE.is_open(due) && due >= start, "{due}");
        for (from, to) in pauses.iter() {
            prop_assert!(!(from < due && due < to), "{due} in {from}..{to}");
        }
    }

    #[test]
    fn adding_then_measuring_returns_the_limit(
        start in any_moment(), days in 1_u32..60, minutes in 1_u32..5000, gaps in any_gaps()
    ) {
        let pauses = Pauses::of(laid(start, &gaps));
        let due = SCHEDULE.due(start, Limit::working_days(days), Convention::NextDay, &pauses).unwrap();
        prop_assert_eq!(SCHEDULE.working_days_passed(start, due, &pauses), Ok(days));
        let due = SCHEDULE.due(start, Limit::WorkingTime { minutes }, Convention::Exact, &pauses).unwrap();
        prop_assert_eq!(SCHEDULE.working_minutes_passed(start, due, &pauses), Ok(i64::from(minutes)));
    }

    #[test]
    fn pauses_add_up(
        start in any_moment(), limit in any_limit(), convention in any_convention(),
        gap in 0_i64..4000, first in 1_i64..6000, then in 1_i64..6000
    ) {
        let [from, middle, to] = [gap, gap + first, gap + first + then].map(|minutes| start + minutes.minutes());
        let whole = Pauses::of([(from, to)]);
        let parts = Pauses::of([(middle, to), (from, middle)]);
        prop_assert_eq!(&whole, &parts);
        // A minute between them, at night, is no working time.
        let nearly = Pauses::of([(from, middle), (middle + 1.minute(), to.max(middle + 2.minutes()))]);
        let closed = !SCHEDULE.is_open(middle) && !SCHEDULE.is_open(middle + 1.minute());
        let working = matches!(limit, Limit::WorkingTime { .. } | Limit::WorkingDays { .. } | Limit::WithinDay);
        if closed && working {
            let due = |pauses: &Pauses| SCHEDULE.due(start, limit, convention, pauses).unwrap();
            let whole = Pauses::of([(from, to.max(middle + 2.minutes()))]);
            prop_assert_eq!(due(&whole), due(&nearly));
        }
    }
}
