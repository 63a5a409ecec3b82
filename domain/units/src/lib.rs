//! Agencies and administrative units through time: versions, mergers, splits, successors.
//!
//! A unit is neither its code nor its name: both are reused. A unit has a [`UnitId`] and dated
//! [`Version`]s; a sole predecessor under its own code is the same unit in a new version, several
//! predecessors make a new unit whatever its code. Pure: no I/O, no clock, no floats.
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

mod check;
mod codes;
mod difference;
mod error;
mod history;
mod level;
mod nearest;
mod period;
mod read;
mod registry;
mod succession;
mod trace;
mod tree;
mod version;

pub use difference::difference;
pub use error::UnitError;
pub use history::{Event, EventKind, Party};
pub use level::{Level, type_label};
pub use nearest::Suggestion;
pub use period::Period;
pub use read::{DEPARTMENT_COLUMNS, UNIT_COLUMNS};
pub use registry::{Registry, Unit};
pub use succession::Passage;
pub use trace::Step;
pub use tree::{Node, Tree};
pub use version::{UnitId, UnitIdError, Version};
