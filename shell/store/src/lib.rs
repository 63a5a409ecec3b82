//! The only crate that sees SQL: one way to write, on SQLite and PostgreSQL.
//!
//! | to | see |
//! |---|---|
//! | open a store | [`store`] |
//! | write | [`commit`]; [`kept`] says what an aggregate adds; [`group`] and [`serial`] are the two engines |
//! | know what stands in which table | [`catalog`], the folder `migrations` |
//! | read | [`log`], [`rules`], [`drafts`], [`people`], [`units`], [`rounds`], [`sheets`], [`threads`] |
//! | seal and erase personal data | [`subjects`] |
//! | let people in | [`credentials`], [`sessions`], [`tokens`], [`attempts`] |
//! | keep files and running numbers | [`files`], [`counters`] |
//! | prove that nothing was changed, or make read tables anew | [`verify`], [`rebuild`]; [`kinds`] knows every kind of stream |
//! | take it elsewhere | [`backup`], [`restore`]; [`table`] reads and writes any table |
//! | be the only one who writes | [`lock`] |
//! | do later what follows from an event | [`jobs`] |
//! | see how it is doing, what set what off | [`standing`], [`causes`] |
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
pub mod attempts;
pub mod backup;
pub mod catalog;
pub mod causes;
pub mod commit;
pub mod conn;
pub mod counters;
pub mod credentials;
pub mod drafts;
pub mod error;
pub mod files;
pub mod group;
mod health;
pub mod history;
pub mod jobs;
pub mod kept;
pub mod kinds;
pub mod list;
pub mod lock;
pub mod log;
pub mod migrate;
pub mod notices;
pub mod people;
mod query;
mod reach;
pub mod rebuild;
mod requests;
pub mod restore;
pub mod rounds;
pub mod rules;
pub mod sealed_row;
pub mod search;
pub mod secret;
pub mod serial;
pub mod sessions;
pub mod sheets;
mod snapshot;
pub mod standing;
pub mod store;
pub mod stored;
pub mod subjects;
pub mod table;
pub mod threads;
pub mod tokens;
pub mod units;
pub mod verify;

pub use commit::Committed;
pub use conn::{Arg, Conn, Row};
pub use error::{CommitError, DbError};
pub use kept::Kept;
pub use store::{Options, Store};
