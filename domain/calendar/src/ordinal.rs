//! Days as whole numbers, moments as whole minutes.

use jiff::civil::{Date, DateTime};

/// Minutes of a day.
pub(crate) const DAY: i64 = 1440;

/// The days from 1/3 of the year 0 (Gregorian throughout) to a day.
///
/// Years are taken to begin in March, so that the leap day is the last; a month then begins
/// `(153 m + 2) / 5` days after the year, `m` counted from March.
pub(crate) fn of(date: Date) -> i64 {
    let (year, month, day) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    let (year, month) =
        if month > 2 { (year, month.wrapping_sub(3)) } else { (year.wrapping_sub(1), month.wrapping_add(9)) };
    let leap_days = year.div_euclid(4).wrapping_sub(year.div_euclid(100)).wrapping_add(year.div_euclid(400));
    let before_month = month.wrapping_mul(153).wrapping_add(2) / 5;
    year.wrapping_mul(365).wrapping_add(leap_days).wrapping_add(before_month).wrapping_add(day).wrapping_sub(1)
}

/// The day of that number, if the calendar has it.
pub(crate) fn date(number: i64) -> Option<Date> {
    let era = number.div_euclid(146_097);
    let within = number.rem_euclid(146_097);
    // Leap days so far are taken out, so that every year has 365.
    let leap_days = (within / 1460).wrapping_sub(within / 36_524).wrapping_add(within / 146_096);
    let year = within.wrapping_sub(leap_days) / 365;
    let before_year = year.wrapping_mul(365).wrapping_add(year / 4).wrapping_sub(year / 100);
    let day_of_year = within.wrapping_sub(before_year);
    let month = day_of_year.wrapping_mul(5).wrapping_add(2) / 153;
    let day = day_of_year.wrapping_sub(month.wrapping_mul(153).wrapping_add(2) / 5).wrapping_add(1);
    let year = era.checked_mul(400)?.checked_add(year)?;
    let (year, month) =
        if month < 10 { (year, month.wrapping_add(3)) } else { (year.checked_add(1)?, month.wrapping_sub(9)) };
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A moment in minutes on the scale of [`of`]; seconds are dropped.
pub(crate) fn minutes(moment: DateTime) -> i64 {
    let of_day = i64::from(moment.hour()).wrapping_mul(60).wrapping_add(i64::from(moment.minute()));
    of(moment.date()).wrapping_mul(DAY).wrapping_add(of_day)
}

/// The moment of those minutes.
pub(crate) fn moment(minutes: i64) -> Option<DateTime> {
    let of_day = minutes.rem_euclid(DAY);
    let (hour, minute) = (i8::try_from(of_day / 60).ok()?, i8::try_from(of_day % 60).ok()?);
    Some(date(minutes.div_euclid(DAY))?.at(hour, minute, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::{Date, date as day};

    #[test]
    fn counts_every_day_and_back() {
        let first = day(1895, 1, 1);
        for days in 0..120_000_i64 {
            let later = first.checked_add(days.days()).unwrap();
            assert_eq!(of(later) - of(first), days);
            assert_eq!(date(of(later)), Some(later));
        }
        assert_eq!(of(day(0, 3, 1)), 0);
        assert_eq!([date(of(Date::MAX)), date(of(Date::MAX) + 1), date(i64::MAX)], [Some(Date::MAX), None, None]);
    }

    #[test]
    fn counts_minutes_and_back() {
        let at = day(2025, 1, 24).at(9, 30, 59, 0);
        assert_eq!(moment(minutes(at)), Some(day(2025, 1, 24).at(9, 30, 0, 0)));
    }
}
