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

/// Every table of the store.
pub const TABLES: &[Table] = &[
    Table {
        name: "events",
        columns: &[
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
        key: 2,
        nature: Nature::Chain,
    },
    Table {
        name: "streams",
        columns: &[
            ("stream", Text),
            ("version", Int),
            ("hash", Bytes),
            ("recorded_at", Int),
            ("state_at", Int),
            ("state_version", Int),
            ("state", Bytes),
        ],
        key: 1,
        nature: Nature::Derived,
    },
    Table {
        name: "log",
        columns: &[("position", Int), ("stream", Text), ("version", Int), ("event", Bytes), ("hash", Bytes)],
        key: 1,
        nature: Nature::Chain,
    },
    Table {
        name: "outbox",
        columns: &[("stream", Text), ("version", Int), ("recorded_at", Int), ("event", Bytes)],
        key: 2,
        nature: Nature::Waiting,
    },
    Table {
        name: "requests",
        columns: &[("actor", Text), ("request", Text), ("asked", Bytes), ("stream", Text), ("version", Int)],
        key: 2,
        nature: Nature::Derived,
    },
    Table {
        name: "claims",
        columns: &[("kind", Text), ("key", Text), ("stream", Text)],
        key: 2,
        nature: Nature::Derived,
    },
    Table {
        name: "counters",
        columns: &[("agency", Text), ("day", Text), ("value", Int), ("seal", Bytes)],
        key: 2,
        nature: Nature::Sealed,
    },
    Table {
        name: "jobs",
        columns: &[
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
        key: 1,
        nature: Nature::Sealed,
    },
    Table {
        name: "subject_keys",
        columns: &[("subject", Text), ("key", Bytes), ("seal", Bytes)],
        key: 1,
        nature: Nature::Sealed,
    },
    Table {
        name: "meta",
        columns: &[("name", Text), ("value", Text), ("seal", Bytes)],
        key: 1,
        nature: Nature::Sealed,
    },
    Table {
        name: "files",
        columns: &[("hash", Bytes), ("size", Int), ("name", Text), ("stored_at", Int), ("seal", Bytes)],
        key: 1,
        nature: Nature::Sealed,
    },
    Table {
        name: "rule_versions",
        columns: &[
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
        key: 3,
        nature: Nature::Derived,
    },
    Table {
        name: "drafts",
        columns: &[
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
        key: 1,
        nature: Nature::Derived,
    },
    Table {
        name: "persons",
        columns: &[
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
        key: 1,
        nature: Nature::Derived,
    },
    Table {
        name: "posts",
        columns: &[
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
        key: 2,
        nature: Nature::Derived,
    },
    Table {
        name: "post_roles",
        columns: &[("role", Text), ("person", Text), ("post", Text)],
        key: 3,
        nature: Nature::Derived,
    },
    Table {
        name: "delegations",
        columns: &[
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
        key: 2,
        nature: Nature::Derived,
    },
    Table {
        name: "rounds",
        columns: &[
            ("id", Text),
            ("title", Text),
            ("year", Int),
            ("organiser", Text),
            ("standing", Text),
            ("phase", Text),
            ("units", Int),
        ],
        key: 1,
        nature: Nature::Derived,
    },
    Table {
        name: "round_units",
        columns: &[("round", Text), ("unit", Text), ("name", Text), ("group_code", Text), ("place", Int)],
        key: 2,
        nature: Nature::Derived,
    },
    Table {
        name: "sheets",
        columns: &[
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
        key: 2,
        nature: Nature::Derived,
    },
    Table {
        name: "sheet_lines",
        columns: &[("round", Text), ("criterion", Text), ("unit", Text), ("line", Bytes)],
        key: 3,
        nature: Nature::Derived,
    },
    Table {
        name: "units",
        columns: &[
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
        key: 3,
        nature: Nature::Sealed,
    },
    Table {
        name: "notices",
        columns: &[
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
        key: 2,
        nature: Nature::Sealed,
    },
    Table {
        name: "search_items",
        columns: &[
            ("kind", Text),
            ("key", Text),
            ("title", Text),
            ("subtitle", Text),
            ("href", Text),
            ("words", Text),
            ("place", Int),
            ("seal", Bytes),
        ],
        key: 2,
        nature: Nature::Sealed,
    },
    Table {
        name: "search_words",
        columns: &[("word", Text), ("kind", Text), ("key", Text), ("seal", Bytes)],
        key: 3,
        nature: Nature::Sealed,
    },
    Table {
        name: "credentials",
        columns: &[("person", Text), ("phc", Text), ("must_change", Int), ("changed_at", Int), ("seal", Bytes)],
        key: 1,
        nature: Nature::Sealed,
    },
    Table {
        name: "sessions",
        columns: &[
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
        key: 1,
        nature: Nature::Sealed,
    },
    Table {
        name: "tokens",
        columns: &[
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
        key: 1,
        nature: Nature::Sealed,
    },
    Table {
        name: "attempts",
        columns: &[("kind", Text), ("key", Text), ("failures", Int), ("next_at", Int), ("seal", Bytes)],
        key: 2,
        nature: Nature::Sealed,
    },
    Table {
        name: "devices",
        columns: &[("hash", Bytes), ("person", Text), ("seen_at", Int), ("seal", Bytes)],
        key: 1,
        nature: Nature::Sealed,
    },
];

/// The table of that name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
