//! The days off of the law, and what decisions make of them.

mod shipped;

use cchc_calendar::{Calendar, DayKind, DaysOff, KnownDay, Standing};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use shipped::{calendar, decisions, law, shipped_decisions};

fn by_law() -> Calendar {
    Calendar::new(&law(), &DaysOff::default())
}

fn year(calendar: &Calendar, year: i16) -> Vec<&KnownDay> {
    calendar.between(date(year, 1, 1), date(year, 12, 31)).collect()
}

/// Days of a year on which nobody works though it is Monday to Friday.
fn weekdays_off(calendar: &Calendar, of: i16) -> Vec<String> {
    let days = year(calendar, of).into_iter().filter(|known| !known.day.kind.works());
    let weekday = |day: &Date| day.weekday().to_monday_zero_offset() < 5;
    let mut days: Vec<Date> = days.map(|known| known.day.date).filter(weekday).collect();
    days.dedup();
    days.into_iter().map(|day| day.strftime("%m-%d").to_string()).collect()
}

fn working_days(calendar: &Calendar, year: i16) -> usize {
    let days = date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year);
    days.filter(|day| calendar.is_working(*day)).count()
}

#[test]
fn decided_years_are_as_decided() {
    let (calendar, decided) = (calendar(), shipped_decisions());
    for year in 2019..=2026 {
        let known: Vec<_> = self::year(&calendar, year).into_iter().map(|known| known.day.clone()).collect();
        let rows: Vec<_> = decided.rows().filter(|row| row.date.year() == year).cloned().collect();
        assert_eq!(known, rows, "{year}");
        assert!(self::year(&calendar, year).iter().all(|known| known.standing == Standing::Decided));
    }
    let counts: Vec<_> = (2019..=2026).map(|year| working_days(&calendar, year)).collect();
    assert_eq!(counts, [252, 252, 250, 249, 249, 251, 250, 249]);
}

/// What the law alone gives is what was kept, but for the days that a decision chose (and those in lieu of them) or
/// swapped.
#[test]
fn the_law_alone_gives_the_days_that_nobody_chose() {
    let (law, decided) = (by_law(), calendar());
    let chosen = |day: Date| {
        let new_year = cchc_calendar::LunarDate::new_year(day.year()).unwrap();
        let near_new_year = (new_year - 9.days()..=new_year + 9.days()).contains(&day);
        near_new_year || day.month() == 9 && day.day() != 2 && day.day() <= 5
    };
    let swapped = |days: &[KnownDay]| {
        days.iter().any(|known| matches!(known.day.kind, DayKind::SwapDayOff | DayKind::MakeupWorkingDay))
    };
    for day in date(2019, 1, 1).series(1.day()).take_while(|day| day.year() < 2027) {
        if !chosen(day) && !swapped(decided.on(day)) {
            let kinds = |days: &[KnownDay]| days.iter().map(|known| known.day.kind).collect::<Vec<_>>();
            assert_eq!(kinds(law.on(day)), kinds(decided.on(day)), "{day}");
        }
    }
}

#[test]
fn each_code_had_its_days() {
    let law = by_law();
    // Tết 31/1: four days; no Giỗ Tổ; 30/4 was a Sunday, 2/9 a Saturday.
    assert_eq!(weekdays_off(&law, 1995), ["01-02", "01-30", "01-31", "02-01", "02-02", "05-01", "05-02", "09-04"]);
    assert!(year(&law, 2006).iter().all(|known| !known.day.name.contains("Giỗ Tổ")));
    assert!(year(&law, 2007).iter().any(|known| known.day.date == date(2007, 4, 26)));
    let new_year = |year: i16| {
        self::year(&law, year).into_iter().filter(|known| known.day.name.starts_with("Tết Nguyên đán")).count()
    };
    assert_eq!([2012, 2013, 2014].map(new_year), [4, 4, 5], "the Code of 2012 holds from 1/5/2013");
    let national =
        |year: i16| self::year(&law, year).into_iter().filter(|known| known.day.name == "Quốc khánh").count();
    assert_eq!([2020, 2021].map(national), [1, 2]);
    let culture = |year: i16| law.on(date(year, 11, 24)).len();
    assert_eq!([2025, 2026, 2100].map(culture), [0, 1, 1]);
    assert!(year(&law, 2020).iter().all(|known| !known.day.source.contains("2019")));
}

#[test]
fn what_awaits_a_decision_says_so() {
    let calendar = calendar();
    let standings = |from: Date, to: Date| calendar.between(from, to).map(|known| known.standing).collect::<Vec<_>>();
    // Tết 2027 is 6/2, a Saturday: five days and two days in lieu, none of them decided.
    assert_eq!(weekdays_off(&calendar, 2027)[1..6], ["02-05", "02-08", "02-09", "02-10", "02-11"]);
    assert_eq!(standings(date(2027, 2, 1), date(2027, 2, 20)), [Standing::Expected; 7]);
    assert_eq!(standings(date(2027, 4, 30), date(2027, 4, 30)), [Standing::ByLaw]);
    assert_eq!(standings(date(2027, 9, 2), date(2027, 9, 3)), [Standing::ByLaw, Standing::Expected]);
    let lieu = calendar.on(date(2027, 2, 10));
    assert_eq!((lieu[0].day.kind, lieu[0].day.name.as_str()), (DayKind::CompensationDayOff, "Nghỉ bù Tết Nguyên đán"));
    assert_eq!(lieu[0].day.source, "Bộ luật Lao động 2019, Điều 111 khoản 3");
}

#[test]
fn a_decision_counts_for_its_own_days() {
    let decided = decisions(
        "2027-02-04,Thu,holiday,Tết,QĐ 1,high\n2027-02-05,Fri,holiday,Tết,QĐ 1,high\n\
         2027-02-06,Sat,holiday_on_weekend,Tết,QĐ 1,high\n2027-02-08,Mon,holiday,Tết,QĐ 1,high\n\
         2027-02-09,Tue,holiday,Tết,QĐ 1,high\n2027-09-01,Wed,holiday,Quốc khánh,QĐ 2,high\n\
         2027-05-04,Tue,swap_day_off,Hoán đổi,QĐ 3,high\n2027-05-08,Sat,makeup_working_day,Làm bù,QĐ 3,high\n",
    );
    let calendar = Calendar::new(&law(), &decided);
    assert_eq!(
        weekdays_off(&calendar, 2027),
        ["01-01", "02-04", "02-05", "02-08", "02-09", "04-16", "04-30", "05-03", "05-04", "09-01", "09-02", "11-24"]
    );
    assert!(calendar.is_working(date(2027, 5, 8)) && calendar.is_working(date(2027, 9, 3)));
    assert_eq!(calendar.on(date(2027, 9, 1))[0].standing, Standing::Decided);
    assert_eq!(calendar.on(date(2027, 9, 2))[0].standing, Standing::ByLaw);
}

#[test]
fn holidays_on_one_weekend_are_made_up_one_after_the_other() {
    let law = by_law();
    for (year, off) in [
        (2022, ["04-11", "05-02", "05-03"].as_slice()), // 10/4, 30/4 and 1/5 on weekends
        (2023, &["05-01", "05-02", "05-03"]),           // 29/4, 30/4 on a weekend, 1/5 itself a Monday
        (2026, &["04-27", "04-30", "05-01"]),
    ] {
        let days = weekdays_off(&law, year);
        let spring: Vec<&str> =
            days.iter().map(String::as_str).filter(|day| ("03-31".."05-31").contains(day)).collect();
        assert_eq!(spring, off, "{year}");
    }
}

#[test]
fn every_year_has_its_days() {
    let law = by_law();
    for year in 1995..=2100_i16 {
        let holidays: Vec<&KnownDay> =
            self::year(&law, year).into_iter().filter(|known| known.day.kind != DayKind::CompensationDayOff).collect();
        let lieu = self::year(&law, year).len() - holidays.len();
        let on_weekends: std::collections::BTreeSet<Date> = holidays
            .iter()
            .filter(|known| known.day.kind == DayKind::HolidayOnWeekend)
            .map(|known| known.day.date)
            .collect();
        let expected = 8
            + usize::from(year >= 2007)
            + usize::from(year >= 2014)
            + usize::from(year >= 2021)
            + usize::from(year >= 2026);
        assert_eq!(holidays.len(), expected, "{year}");
        assert_eq!(lieu, on_weekends.len(), "{year}");
    }
    assert!(law.on(date(1994, 5, 1)).is_empty() && law.on(date(2101, 5, 1)).is_empty());
}
