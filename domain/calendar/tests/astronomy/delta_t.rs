//! Terrestrial Time less the time of the turning Earth.
//!
//! Until 2025 as observed (IERS); later as Stephenson, Morrison and Hohenkerk extrapolate (2016): a forecast,
//! uncertain by ten seconds in 2070 and by a minute or more in 2200. Which new moons that touches is in the
//! documentation of the data.

/// Seconds at the beginning of each fifth year from 1900 to 2025.
const OBSERVED: [f64; 26] = [
    -2.0, 4.9, 11.1, 17.5, 21.6, 23.8, 24.4, 24.2, 24.4, 27.1, 28.9, 30.4, 33.1, 35.1, 39.9, 45.5, 50.5, 54.3, 56.9,
    60.8, 63.8, 64.7, 66.1, 67.6, 69.4, 69.1,
];

/// Seconds at the beginning of each tenth year from 2030 to 2200.
const FORECAST: [f64; 18] = [
    69.1, 69.7, 71.4, 74.2, 78.1, 83.0, 88.9, 95.9, 104.0, 113.0, 123.1, 134.2, 146.3, 159.4, 173.4, 188.5, 204.6,
    221.6,
];

/// Seconds at a Julian day.
pub fn seconds(day: f64) -> f64 {
    let year = 2000.0 + (day - 2_451_544.5) / 365.2425;
    if year < 2025.0 {
        between(&OBSERVED, (year - 1900.0) / 5.0)
    } else if year < 2030.0 {
        between(&[69.1, 69.1], (year - 2025.0) / 5.0)
    } else {
        between(&FORECAST, (year - 2030.0) / 10.0)
    }
}

fn between(table: &[f64], at: f64) -> f64 {
    let last = table.len() - 2;
    let index = (at.max(0.0) as usize).min(last);
    table[index] + (table[index + 1] - table[index]) * (at - index as f64)
}
