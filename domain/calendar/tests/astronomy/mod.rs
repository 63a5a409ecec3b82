//! The sky: when it is new moon and when the Sun enters a sign, from series for their longitudes.
//!
//! This is what the table of lunar years in `src/lunar/years.rs` is made of. Floats are for the tests alone.

pub mod delta_t;
pub mod months;
mod moon;
pub mod phases;
mod sun;

/// Julian centuries of Terrestrial Time since 2000.
fn centuries(day: f64) -> f64 {
    (day - 2_451_545.0) / 36525.0
}

/// The sine of an angle in degrees.
fn sine(angle: f64) -> f64 {
    angle.rem_euclid(360.0).to_radians().sin()
}

/// An angle between -180 and 180 degrees.
fn signed(angle: f64) -> f64 {
    (angle + 180.0).rem_euclid(360.0) - 180.0
}

/// Degrees that the Moon gains on the Sun in a day, and that the Sun moves, on average.
const GAIN: f64 = 12.190_749;
const SPEED: f64 = 0.985_647_36;

/// The new moon nearest to a day: both longitudes are equal. Julian day of Terrestrial Time.
pub fn new_moon(near: f64) -> f64 {
    (0..8).fold(near, |day, _| day - signed(moon::longitude(day) - sun::longitude(day)) / GAIN)
}

/// The moment nearest to a day when the Sun's apparent longitude is that many degrees.
pub fn sun_at(angle: f64, near: f64) -> f64 {
    (0..8).fold(near, |day, _| day - signed(sun::longitude(day) + sun::nutation(day) - angle) / SPEED)
}
