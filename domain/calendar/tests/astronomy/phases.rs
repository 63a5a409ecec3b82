//! The other way to the same moments: no longitudes, but Meeus' own series for the time of new moon (chapter
//! 49), and his short formula for the Sun (chapter 25).

use super::{SPEED, centuries, signed, sine};

/// Multiples of M, M' and F, size in hundred-thousandths of a day; each M brings the factor E once.
#[rustfmt::skip]
const TERMS: [(f64, f64, f64, f64); 24] = [
    (0.0, 1.0, 0.0, -40720.0), (1.0, 0.0, 0.0, 17241.0), (0.0, 2.0, 0.0, 1608.0), (0.0, 0.0, 2.0, 1039.0),
    (-1.0, 1.0, 0.0, 739.0), (1.0, 1.0, 0.0, -514.0), (2.0, 0.0, 0.0, 208.0), (0.0, 1.0, -2.0, -111.0),
    (0.0, 1.0, 2.0, -57.0), (1.0, 2.0, 0.0, 56.0), (0.0, 3.0, 0.0, -42.0), (1.0, 0.0, 2.0, 42.0),
    (1.0, 0.0, -2.0, 38.0), (-1.0, 2.0, 0.0, -24.0), (2.0, 1.0, 0.0, -7.0), (0.0, 2.0, -2.0, 4.0),
    (3.0, 0.0, 0.0, 4.0), (1.0, 1.0, -2.0, 3.0), (0.0, 2.0, 2.0, 3.0), (1.0, 1.0, 2.0, -3.0),
    (-1.0, 1.0, 2.0, 3.0), (-1.0, 1.0, -2.0, -2.0), (1.0, 3.0, 0.0, -2.0), (0.0, 4.0, 0.0, 2.0),
];

/// Planets: angle at k = 0, degrees a lunation, millionths of a day.
#[rustfmt::skip]
const PLANETS: [(f64, f64, f64); 14] = [
    (299.77, 0.107408, 325.0), (251.88, 0.016321, 165.0), (251.83, 26.651886, 164.0), (349.42, 36.412478, 126.0),
    (84.66, 18.206239, 110.0), (141.74, 53.303771, 62.0), (207.14, 2.453732, 60.0), (154.84, 7.306860, 56.0),
    (34.52, 27.261239, 47.0), (207.19, 0.121824, 42.0), (291.34, 1.844379, 40.0), (161.72, 24.198154, 37.0),
    (239.56, 25.513099, 35.0), (331.55, 3.592518, 23.0),
];

/// The new moon nearest to a day, as a Julian day of Terrestrial Time.
pub fn new_moon(near: f64) -> f64 {
    let k = ((near - 2_451_550.097_66) / 29.530_588_861).round();
    let t = k / 1236.85;
    let e = 1.0 - t * (0.002516 + t * 0.0000074);
    let m = 2.5534 + 29.10535670 * k - t * t * (0.0000014 + t * 0.00000011);
    let m1 = 201.5643 + 385.81693528 * k + t * t * (0.0107582 + t * (0.00001238 - t * 0.000000058));
    let f = 160.7108 + 390.67050284 * k - t * t * (0.0016118 + t * (0.00000227 - t * 0.000000011));
    let node = 124.7746 - 1.56375588 * k + t * t * (0.0020672 + t * 0.00000215);
    let mean = 2_451_550.097_66 + 29.530_588_861 * k + t * t * (0.00015437 - t * (0.000000150 - t * 0.00000000073));
    let term = |&(of_m, of_m1, of_f, size): &(f64, f64, f64, f64)| {
        let e = e.powf(of_m.abs());
        size * e * sine(of_m * m + of_m1 * m1 + of_f * f)
    };
    let planet = |&(start, speed, size): &(f64, f64, f64)| size * sine(start + speed * k);
    mean + (TERMS.iter().map(term).sum::<f64>() - 17.0 * sine(node)) / 1e5
        + PLANETS.iter().map(planet).sum::<f64>() / 1e6
}

/// The moment nearest to a day when the Sun's apparent longitude is that many degrees; good to a quarter hour.
pub fn sun_at(angle: f64, near: f64) -> f64 {
    (0..8).fold(near, |day, _| day - signed(longitude(day) - angle) / SPEED)
}

fn longitude(day: f64) -> f64 {
    let t = centuries(day);
    let mean = 280.46646 + t * (36000.76983 + t * 0.0003032);
    let anomaly = 357.52911 + t * (35999.05029 - t * 0.0001537);
    let centre = (1.914602 - t * (0.004817 + t * 0.000014)) * sine(anomaly)
        + (0.019993 - 0.000101 * t) * sine(2.0 * anomaly)
        + 0.000289 * sine(3.0 * anomaly);
    mean + centre - 0.00569 - 0.00478 * sine(125.04 - 1934.136 * t)
}
