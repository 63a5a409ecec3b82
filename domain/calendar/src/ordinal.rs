//! Days as whole numbers.

use jiff::civil::Date;

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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    #[test]
    fn counts_every_day() {
        let first = date(1895, 1, 1);
        for days in 0..120_000_i64 {
            assert_eq!(of(first.checked_add(days.days()).unwrap()) - of(first), days);
        }
        assert_eq!(of(date(0, 3, 1)), 0);
    }
}
