//! The lunar calendar against the sky.

mod astronomy;

use std::fmt::Write;
use std::path::Path;

use astronomy::months::{Month, all, local_day};
use cchc_calendar::LunarDate;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The Julian day number of 1/1/2000.
const Y2K: i64 = 2_451_545;

fn day_of(number: i64) -> Date {
    date(2000, 1, 1).checked_add((number - Y2K).days()).unwrap()
}

fn months() -> Vec<Month> {
    all((astronomy::new_moon, astronomy::sun_at))
}

/// The source of the table: one number a lunar year, as `LunarYear` unpacks it.
fn source(months: &[Month]) -> String {
    let mut text = "//! The lunar years, one number each: a generated file.\n\
                    //!\n\
                    //! `tests/lunar.rs` computes it from Sun and Moon; write it anew with\n\
                    //! `CCHC_WRITE_LUNAR_YEARS=1 cargo test -p cchc-calendar --test lunar`.\n\n\
                    /// The lunar year of the first number.\n\
                    pub(super) const FIRST_YEAR: i16 = 1899;\n\n\
                    /// What each year is, packed as `LunarYear` says.\n"
        .to_owned();
    let numbers: Vec<u32> = (1899..=2199).map(|year| packed(months, year)).collect();
    writeln!(text, "#[rustfmt::skip]\npub(super) const YEARS: [u32; {}] = [", numbers.len()).unwrap();
    for row in numbers.chunks(8) {
        let row: Vec<String> = row.iter().map(|number| format!("0x{number:06x}")).collect();
        writeln!(text, "    {},", row.join(", ")).unwrap();
    }
    text + "];\n"
}

fn packed(months: &[Month], year: i16) -> u32 {
    let first = months.iter().position(|month| month.year == year).unwrap();
    let count = months.iter().filter(|month| month.year == year).count();
    let begins = day_of(months[first].start);
    let offset = u32::from(begins.day_of_year().unsigned_abs()) - 20;
    let leap = months[first..first + count].iter().find(|month| month.leap).map_or(0, |month| month.number);
    let long = (0..count).filter(|index| months[first + index + 1].start - months[first + index].start == 30);
    offset << 17 | u32::from(leap) << 13 | long.map(|index| 1 << index).sum::<u32>()
}

#[test]
fn the_table_is_what_the_sky_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lunar/years.rs");
    let source = source(&months());
    if std::env::var_os("CCHC_WRITE_LUNAR_YEARS").is_some() {
        std::fs::write(&path, &source).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), source);
}

/// New moons within a minute of midnight at UTC+7, by the day that they fall on.
///
/// 1944 and 1967 were compared with the ephemeris DE421 of JPL: 27 s before and 4 s after midnight. Those
/// after 2050 hang on how the Earth will turn; a day sooner or later is possible for each of them.
const CLOSE_CALLS: [&str; 7] =
    ["1944-06-20", "1967-07-08", "2054-05-08", "2072-12-09", "2085-10-19", "2125-01-04", "2130-05-08"];

#[test]
fn the_close_calls_are_known() {
    let moments = (0..3740).map(|k| astronomy::new_moon(2_414_200.0 + 29.530_588_86 * f64::from(k)));
    let close: Vec<String> =
        moments.map(local_day).filter(|(_, seconds)| *seconds < 60.0).map(|(day, _)| day_of(day).to_string()).collect();
    assert_eq!(close, CLOSE_CALLS);
}

/// Another theory of the Moon's phases and of the Sun gives the same months, but for the closest call of all.
#[test]
fn another_method_gives_the_same_months() {
    let other = all((astronomy::phases::new_moon, astronomy::phases::sun_at));
    let differing: Vec<String> = months()
        .iter()
        .zip(&other)
        .filter(|(month, other)| month != other)
        .map(|(month, _)| day_of(month.start).to_string())
        .collect();
    assert_eq!(differing, ["1967-07-08"]);
}

#[test]
fn every_day_has_one_date_and_comes_back() {
    let mut before = LunarDate::of(LunarDate::FIRST).unwrap();
    assert_eq!(before.to_string(), "1899-12-01");
    for day in LunarDate::FIRST.tomorrow().unwrap().series(1.day()).take_while(|day| *day <= LunarDate::LAST) {
        let lunar = LunarDate::of(day).unwrap();
        assert_eq!(lunar.to_day(), Some(day), "{lunar}");
        let follows = (lunar.day == 1 && before.day >= 29) || lunar.day == before.day + 1;
        assert!(follows && lunar.day <= 30, "{before} → {lunar}");
        before = lunar;
    }
    assert_eq!(LunarDate::of(date(1899, 12, 31)), None);
    assert_eq!(LunarDate::of(date(2200, 1, 1)), None);
}

/// First days of lunar years as they were kept or are printed in Vietnam; where China differs, the day there.
const NEW_YEARS: [(&str, &str); 22] = [
    ("1968-01-29", "1968-01-30"),
    ("1969-02-16", "1969-02-17"),
    ("1975-02-11", ""),
    ("1976-01-31", ""),
    ("1984-02-02", ""),
    ("1985-01-21", "1985-02-20"),
    ("1986-02-09", ""),
    ("1995-01-31", ""),
    ("2000-02-05", ""),
    ("2006-01-29", ""),
    ("2007-02-17", "2007-02-18"),
    ("2008-02-07", ""),
    ("2019-02-05", ""),
    ("2020-01-25", ""),
    ("2021-02-12", ""),
    ("2022-02-01", ""),
    ("2023-01-22", ""),
    ("2024-02-10", ""),
    ("2025-01-29", ""),
    ("2026-02-17", ""),
    ("2030-02-02", "2030-02-03"),
    ("2053-02-18", "2053-02-19"),
];

#[test]
fn new_years_of_vietnam() {
    for (vietnam, china) in NEW_YEARS {
        let day: Date = vietnam.parse().unwrap();
        assert_eq!(LunarDate::new_year(day.year()), Some(day));
        if let Ok(china) = china.parse::<Date>() {
            assert_ne!(LunarDate::of(china).unwrap().to_string(), format!("{}-01-01", china.year()));
        }
    }
}

#[test]
fn leap_months() {
    let leap = |year: i16| {
        let months = (1..=12).map(|month| LunarDate { year, month, leap: true, day: 1 });
        months.filter(|first| first.to_day().is_some()).map(|first| first.month).collect::<Vec<_>>()
    };
    // Vietnam's leap month of 1984/85 was the second of 1985, China's the tenth of 1984.
    let known = [
        (1984, vec![]),
        (1985, vec![2]),
        (1987, vec![7]),
        (2017, vec![6]),
        (2020, vec![4]),
        (2023, vec![2]),
        (2025, vec![6]),
        (2028, vec![5]),
        (2031, vec![3]),
        (2033, vec![11]),
        (2034, vec![]),
        (2036, vec![6]),
    ];
    for (year, months) in known {
        assert_eq!(leap(year), months, "{year}");
    }
    assert_eq!(LunarDate::of(date(2033, 12, 22)).unwrap().to_string(), "2033-11+-01");
    assert_eq!(LunarDate { year: 2034, month: 1, leap: false, day: 31 }.to_day(), None);
    assert_eq!(LunarDate { year: 2034, month: 13, leap: false, day: 1 }.to_day(), None);
}
