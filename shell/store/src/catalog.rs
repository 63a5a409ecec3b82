//! Every table: its columns in order, its key, and what explains its rows.
//!
//! `verify`, `rebuild` and `backup` work from this list alone; a test compares it with the schema.

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

use Kind::{Bytes, Int, Text};

const fn table_of(name: &'static str, columns: &'static [(&'static str, Kind)], key: usize, nature: Nature) -> Table {
    Table { name, columns, key, nature }
}

/// Every table of the store.
pub const TABLES: &[Table] = &[
    table_of(
        "events",
        &[
            ("stream", Text),
            ("version", Int),
            ("name", Text),
            ("form", Int),
            ("recorded_at", Int),
            ("happened_at", Int),
            ("actor", Text),
            ("post", Text),
            ("unit", Text),
            ("capacity", Text),
            ("reason", Text),
            ("request", Text),
            ("asked", Bytes),
            ("ordinal", Int),
            ("cause", Bytes),
            ("previous", Bytes),
            ("hash", Bytes),
            ("payload", Bytes),
        ],
        2,
        Nature::Chain,
    ),
    table_of(
        "streams",
        &[
            ("stream", Text),
            ("version", Int),
            ("hash", Bytes),
            ("recorded_at", Int),
            ("state_at", Int),
            ("state_version", Int),
            ("state", Bytes),
        ],
        1,
        Nature::Derived,
    ),
    table_of(
        "log",
        &[("position", Int), ("stream", Text), ("version", Int), ("event", Bytes), ("hash", Bytes)],
        1,
        Nature::Chain,
    ),
    table_of(
        "outbox",
        &[("stream", Text), ("version", Int), ("recorded_at", Int), ("event", Bytes)],
        2,
        Nature::Waiting,
    ),
    table_of(
        "requests",
        &[("actor", Text), ("request", Text), ("asked", Bytes), ("stream", Text), ("version", Int)],
        2,
        Nature::Derived,
    ),
    table_of("claims", &[("kind", Text), ("key", Text), ("stream", Text)], 2, Nature::Derived),
    table_of("counters", &[("agency", Text), ("day", Text), ("value", Int), ("seal", Bytes)], 2, Nature::Sealed),
    table_of(
        "jobs",
        &[
            ("id", Text),
            ("kind", Text),
            ("payload", Bytes),
            ("cause", Bytes),
            ("due_at", Int),
            ("attempts", Int),
            ("leased_until", Int),
            ("done_at", Int),
            ("progress", Int),
            ("error", Text),
            ("seal", Bytes),
        ],
        1,
        Nature::Sealed,
    ),
    table_of("subject_keys", &[("subject", Text), ("key", Bytes), ("seal", Bytes)], 1, Nature::Sealed),
    table_of("meta", &[("name", Text), ("value", Text), ("seal", Bytes)], 1, Nature::Sealed),
    table_of(
        "files",
        &[("hash", Bytes), ("size", Int), ("name", Text), ("stored_at", Int), ("seal", Bytes)],
        1,
        Nature::Sealed,
    ),
    table_of(
        "rule_versions",
        &[
            ("kind", Text),
            ("name", Text),
            ("version", Int),
            ("id", Bytes),
            ("valid_from", Text),
            ("valid_to", Text),
            ("basis", Text),
            ("known_from", Int),
            ("known_to", Int),
            ("content", Bytes),
        ],
        3,
        Nature::Derived,
    ),
    table_of(
        "drafts",
        &[
            ("id", Text),
            ("kind", Text),
            ("name", Text),
            ("standing", Text),
            ("holder", Text),
            ("unit", Text),
            ("opened_by", Text),
            ("opened_at", Int),
            ("closed_at", Int),
            ("errors", Int),
            ("warnings", Int),
            ("summary", Text),
            ("valid_from", Text),
            ("valid_to", Text),
            ("event", Bytes),
        ],
        1,
        Nature::Derived,
    ),
    table_of(
        "persons",
        &[
            ("id", Text),
            ("name", Text),
            ("folded", Text),
            ("name_key", Bytes),
            ("login", Text),
            ("account", Text),
            ("simulated", Int),
            ("subject", Text),
            ("phone", Text),
            ("email", Text),
            ("registered_at", Int),
            ("password_changed_at", Int),
        ],
        1,
        Nature::Derived,
    ),
    table_of(
        "posts",
        &[
            ("person", Text),
            ("post", Text),
            ("unit", Text),
            ("title", Text),
            ("party_title", Text),
            ("roles", Text),
            ("fields", Text),
            ("capacity", Text),
            ("from_day", Text),
            ("to_day", Text),
            ("document", Text),
            ("sort_order", Int),
        ],
        2,
        Nature::Derived,
    ),
    table_of("post_roles", &[("role", Text), ("person", Text), ("post", Text)], 3, Nature::Derived),
    table_of(
        "delegations",
        &[
            ("giver", Text),
            ("id", Text),
            ("from_post", Text),
            ("receiver", Text),
            ("capacity", Text),
            ("actions", Text),
            ("from_day", Text),
            ("to_day", Text),
            ("ended_day", Text),
            ("document", Text),
        ],
        2,
        Nature::Derived,
    ),
    table_of(
        "rounds",
        &[
            ("id", Text),
            ("title", Text),
            ("year", Int),
            ("organiser", Text),
            ("standing", Text),
            ("phase", Text),
            ("units", Int),
        ],
        1,
        Nature::Derived,
    ),
    table_of(
        "round_units",
        &[("round", Text), ("unit", Text), ("name", Text), ("group_code", Text), ("place", Int)],
        2,
        Nature::Derived,
    ),
    table_of("round_shares", &[("round", Text), ("scored", Text), ("unit", Text), ("place", Int)], 3, Nature::Derived),
    table_of(
        "sheets",
        &[
            ("round", Text),
            ("unit", Text),
            ("standing", Text),
            ("filled", Int),
            ("asked", Int),
            ("decided", Int),
            ("number", Text),
            ("dated", Text),
            ("submitted_at", Int),
            ("changed_at", Int),
        ],
        2,
        Nature::Derived,
    ),
    table_of(
        "sheet_lines",
        &[("round", Text), ("criterion", Text), ("unit", Text), ("line", Bytes)],
        3,
        Nature::Derived,
    ),
    table_of(
        "sheet_phases",
        &[("round", Text), ("unit", Text), ("phase", Text), ("tallies", Bytes)],
        3,
        Nature::Derived,
    ),
    table_of(
        "sheet_parts",
        &[("round", Text), ("scored", Text), ("unit", Text), ("standing", Text), ("changed_at", Int)],
        3,
        Nature::Derived,
    ),
    table_of(
        "sheet_points",
        &[("round", Text), ("criterion", Text), ("unit", Text), ("applicable", Int), ("millionths", Int)],
        3,
        Nature::Derived,
    ),
    table_of(
        "thread_questions",
        &[
            ("round", Text),
            ("criterion", Text),
            ("number", Int),
            ("group_code", Text),
            ("unit", Text),
            ("person", Text),
            ("question", Text),
            ("asked_at", Int),
            ("answer", Text),
            ("answered_at", Int),
            ("corrections", Int),
        ],
        3,
        Nature::Derived,
    ),
    table_of(
        "units",
        &[
            ("code", Text),
            ("valid_from", Text),
            ("source", Text),
            ("valid_to", Text),
            ("name", Text),
            ("parent", Text),
            ("successors", Text),
            ("place", Int),
            ("seal", Bytes),
        ],
        3,
        Nature::Sealed,
    ),
    table_of(
        "notices",
        &[
            ("person", Text),
            ("id", Text),
            ("kind", Text),
            ("title", Text),
            ("body", Text),
            ("href", Text),
            ("cause", Bytes),
            ("created_at", Int),
            ("read_at", Int),
            ("seal", Bytes),
        ],
        2,
        Nature::Sealed,
    ),
    table_of(
        "search_items",
        &[
            ("kind", Text),
            ("key", Text),
            ("title", Text),
            ("subtitle", Text),
            ("href", Text),
            ("words", Text),
            ("place", Int),
            ("seal", Bytes),
        ],
        2,
        Nature::Sealed,
    ),
    table_of("search_words", &[("word", Text), ("kind", Text), ("key", Text), ("seal", Bytes)], 3, Nature::Sealed),
    table_of(
        "credentials",
        &[("person", Text), ("phc", Text), ("must_change", Int), ("changed_at", Int), ("seal", Bytes)],
        1,
        Nature::Sealed,
    ),
    table_of(
        "sessions",
        &[
            ("hash", Bytes),
            ("id", Text),
            ("person", Text),
            ("opened_at", Int),
            ("seen_at", Int),
            ("expires_at", Int),
            ("address", Text),
            ("agent", Text),
            ("seal", Bytes),
        ],
        1,
        Nature::Sealed,
    ),
    table_of(
        "tokens",
        &[
            ("hash", Bytes),
            ("id", Text),
            ("person", Text),
            ("name", Text),
            ("scope", Text),
            ("created_at", Int),
            ("expires_at", Int),
            ("used_at", Int),
            ("seal", Bytes),
        ],
        1,
        Nature::Sealed,
    ),
    table_of(
        "attempts",
        &[("kind", Text), ("key", Text), ("failures", Int), ("next_at", Int), ("seal", Bytes)],
        2,
        Nature::Sealed,
    ),
    table_of("devices", &[("hash", Bytes), ("person", Text), ("seen_at", Int), ("seal", Bytes)], 1, Nature::Sealed),
];

/// The table of that name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
