//! Vietnamese text: what every other crate says, reads and compares.
//!
//! Pure functions on strings; no I/O, no clock, no floats.

mod decimal;
mod finding;
pub mod number;
pub mod table;

pub use decimal::{Decimal, DecimalError};
pub use finding::{Finding, Findings, Place, Severity};
