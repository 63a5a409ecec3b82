//! The only crate that sees SQL: one way to write, on SQLite and PostgreSQL.
//!
//! | to | see |
//! |---|---|
//! | open a store | [`store`] |
//! | write | [`commit`]; [`kept`] says what an aggregate adds; [`group`] and [`serial`] are the two engines |
//! | know what stands in which table | [`catalog`], the folder `migrations` |
//! | read | [`log`], [`rules`], [`drafts`] |
//! | prove that nothing was changed | [`verify`] |
//! | do later what follows from an event | [`jobs`] |
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::arithmetic_side_effects
    )
)]

pub mod append;
pub mod catalog;
pub mod commit;
pub mod conn;
pub mod drafts;
pub mod error;
pub mod group;
pub mod jobs;
pub mod kept;
pub mod log;
pub mod migrate;
pub mod rules;
pub mod sealed_row;
pub mod serial;
pub mod store;
pub mod stored;

pub use commit::Committed;
pub use conn::{Arg, Conn, Row};
pub use error::{CommitError, DbError};
pub use kept::Kept;
pub use store::{Options, Store};
