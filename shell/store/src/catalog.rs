//! Every table: its columns in order, its key, and what explains its rows.
//!
//! `verify`, `rebuild` and `backup` work from this list alone; a test compares it with the schema.

mod tables;

pub use tables::TABLES;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// What explains the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// The rows chain to one another (`events`, `log`).
    Chain,
    /// The rows can be made again from the events.
    Derived,
    /// The rows carry a seal in their last column.
    Sealed,
    /// The rows wait to be chained (`outbox`): their events are in the chain of their stream.
    Waiting,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns in the order of the schema.
    pub columns: &'static [(&'static str, Kind)],
    /// How many of the first columns are its key.
    pub key: usize,
    /// What explains its rows.
    pub nature: Nature,
}

/// The table of that name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
