//! What an event is: who said it, when, in which post, chained to what was said before.
//!
//! | to | see |
//! |---|---|
//! | write a thing that decides | [`aggregate`] |
//! | know what is stored of an event | [`envelope`], [`chain`] |
//! | tell times apart | [`moment`] |
//! | keep personal data so that it can go | [`sealed`] |
//! | keep rules with two times | [`rule`], [`draft`] |
//!
//! Pure: no I/O, no clock, no chance, no floats.
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

pub mod aggregate;
pub mod chain;
pub mod context;
pub mod draft;
pub mod envelope;
pub mod hash;
pub mod ids;
pub mod moment;
pub mod rule;
pub mod sealed;

pub use aggregate::{Aggregate, Event, StoredEvent};
pub use context::{Actor, Context};
pub use envelope::Envelope;
pub use hash::Hash;
pub use ids::{PersonId, RequestId, StreamId, SubjectId};
pub use moment::Moment;
