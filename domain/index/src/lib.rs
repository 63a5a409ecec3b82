//! Chỉ số: criteria sets, scoring, classes and ranks.
//!
//! Pure: a set and answers go in; points, classes, ranks, the reason for every point and all findings
//! come out. Nothing here reads a file, a clock or a float.
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

pub mod answer;
pub mod check;
pub mod class;
pub mod compare;
pub mod copy;
pub mod difference;
mod exact;
pub mod form;
pub mod input;
pub mod rank;
pub mod round;
pub mod rule;
pub mod score;
pub mod series;
pub mod set;
pub mod set_form;
pub mod sheet;
pub mod thread;
pub mod toml_form;
pub mod trace;

pub use difference::difference;
pub use exact::Exact;
pub use input::{AnswerText, Inputs, UnitInput, read_inputs};
pub use round::{Round, RoundCommand, RoundEvent, RoundFacts, RoundRefusal};
pub use score::{NodeScore, Scored, ScoredUnit, because, score};
pub use set::{CriteriaSet, Criterion, Leaf};
pub use sheet::{Sheet, SheetCommand, SheetEvent, SheetFacts, SheetRefusal};
pub use thread::{Thread, ThreadCommand, ThreadEvent, ThreadFacts, ThreadRefusal};
