//! Vietnamese text: what every other crate says, reads and compares.
//!
//! Pure functions on strings; no I/O, no clock, no floats.
//!
//! | to | use |
//! |---|---|
//! | bring text into one form | [`nfc`], [`tidy`], [`is_decomposed`] |
//! | search and name | [`fold()`], [`slug`] |
//! | compare and sort | [`same_word`], [`unify_tones`], [`collate::key`], [`collate::compare`] |
//! | read and write numbers | [`number::parse`], [`number::vietnamese`], [`number::percent`], [`Decimal`] |
//! | read and write dates | [`date::parse`], [`date::vietnamese`], [`date::long`] |
//! | read number and symbol of documents | [`symbol::parse`], [`symbol::find`] |
//! | read old files | [`legacy::decode_bytes`], [`legacy::detect`], [`legacy::to_unicode`] |
//! | say what is wrong, and where | [`Finding`], [`Place`], [`table::Table`] |
//! | read tables whose rows hold for a period | [`dated::rows`], [`dated::Period`] |
//! | say what differs | [`Difference`], [`Change`], [`Line`] |
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::arithmetic_side_effects,
        clippy::float_arithmetic
    )
)]

pub mod collate;
pub mod date;
pub mod dated;
mod decimal;
mod difference;
mod finding;
mod fold;
pub mod legacy;
mod normal;
pub mod number;
pub mod syllable;
pub mod symbol;
pub mod table;
mod tone;

pub use decimal::{Decimal, DecimalError};
pub use difference::{Change, Difference, Line};
pub use finding::{Finding, Findings, Place, Severity};
pub use fold::{fold, slug};
pub use normal::{is_decomposed, is_nfc, nfc, tidy};
pub use tone::{modern_tones, same_word, unify_tones};
