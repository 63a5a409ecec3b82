//! The rule of the calendar: from new moons and the Sun's twelve principal terms to numbered months.
//!
//! A month begins on the day (UTC+7) of the new moon; the month with the winter solstice is the eleventh; where
//! thirteen months lie between two solstices' months, the first without a principal term is a leap month.

use super::delta_t;

/// A month: the Julian day number of its first day, lunar year, number, whether it is a leap month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    pub start: i64,
    pub year: i16,
    pub number: u8,
    pub leap: bool,
}

/// How moments are found: the new moon near a Julian day, and the Sun at an angle near one.
pub type Sky = (fn(f64) -> f64, fn(f64, f64) -> f64);

/// The day at UTC+7 of a moment of Terrestrial Time, and the seconds to the nearest midnight.
pub fn local_day(moment: f64) -> (i64, f64) {
    let local = moment - delta_t::seconds(moment) / 86400.0 + 0.5 + 7.0 / 24.0;
    let part = local - local.floor();
    (local.floor() as i64, part.min(1.0 - part) * 86400.0)
}

/// Every month from the end of 1898 to the end of 2200.
pub fn all((new_moon, sun_at): Sky) -> Vec<Month> {
    let moons: Vec<i64> =
        (0..3760).map(|k| local_day(new_moon(2_414_200.0 + 29.530_588_86 * f64::from(k))).0).collect();
    let mut sorted = moons;
    sorted.dedup();
    let term = |k: i32| local_day(sun_at(f64::from(k.rem_euclid(12)) * 30.0, 2_414_370.0 + 30.436_85 * f64::from(k))).0;
    // 270 degrees is the ninth; k = 0 is the equinox of March 1898.
    let terms: Vec<i64> = (0..3640).map(term).collect();
    let solstices: Vec<i64> = terms.iter().skip(9).step_by(12).copied().collect();
    let eleventh = |solstice: i64| sorted.partition_point(|&start| start <= solstice) - 1;
    solstices
        .windows(2)
        .flat_map(|pair| between(&sorted[eleventh(pair[0])..eleventh(pair[1])], sorted[eleventh(pair[1])], &terms))
        .collect()
}

/// Months from one eleventh month up to the next, which begins at `end`.
fn between(starts: &[i64], end: i64, terms: &[i64]) -> Vec<Month> {
    let ends = starts.iter().skip(1).chain(std::iter::once(&end));
    let empty = |(start, end): (&i64, &i64)| !terms.iter().any(|term| (start..end).contains(&term));
    let leap = (starts.len() == 13).then(|| starts.iter().zip(ends).position(empty)).flatten();
    let year = year_of(starts[0]);
    let number = |index: usize| index - usize::from(leap.is_some_and(|leap| leap <= index));
    starts
        .iter()
        .enumerate()
        .map(|(index, &start)| Month {
            start,
            year: if number(index) < 2 { year } else { year + 1 },
            number: u8::try_from((number(index) + 10) % 12 + 1).unwrap(),
            leap: leap == Some(index),
        })
        .collect()
}

/// The year of a day in November, December or January: that of the solstice.
fn year_of(day: i64) -> i16 {
    i16::try_from(((day - 2_451_545 - 120) as f64 / 365.2425).floor() as i64 + 2000).unwrap()
}
