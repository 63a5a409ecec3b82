//! History: every event, who said it, in which post, when, and why; what has happened to one thing.
//!
//! Read from `events` itself, by [`crate::list`]. A narrow table beside it would be one more row for each
//! event, would stand behind on PostgreSQL (where events get their position a moment later) and would
//! have to be proved and rebuilt. Instead four indexes end in the order of the list:
//!
//! | index | asked for |
//! |---|---|
//! | `events_recorded` | nothing, or days alone |
//! | `events_actor` | a person; one's own |
//! | `events_unit` | a unit; the units within reach, each by itself |
//! | `events_kind` | a kind of thing; the event's name is looked at inside the index |
//! | `events_late` | late entries: partial, so that all other events cost nothing |
//!
//! New events go to the end of each, or to the end of what one person said or one unit: a group of
//! commands of few people touches the same few pages. With a million events of 2,000 people the indexes
//! are a quarter of the file (0.3 of 1.4 GB), and an event alone in its commit writes 43 KB instead of
//! 18 KB to the WAL; loading a million takes no longer. A table would have cost its own row and key on top.
//!
//! What stays slow, because rows are looked at one by one: a name that few of a million events of its
//! kind have (0.1 to 0.2 s); a name that few events of a person with very many have; a kind that few events of
//! very many units within reach have (0.05 s with 60 units).
//!
//! Moments never go back, so within a stream the order of versions is the order of time: its key is enough.

use cchc_access::Reach;
use cchc_ledger::{Actor, Hash, Moment, StreamId};
use jiff::civil::Date;

use crate::catalog::Kind::{Int, Text};
use crate::conn::{Arg, Row, int};
use crate::error::DbError;
use crate::list::{Ask, Filter, Lead, List, Order, Page, Place, Served, Sort, Test, Within};
use crate::reach::Columns;
use crate::store::Store;
use crate::stored::{self, StoredRow};

/// The kind of aggregate; written as in the index.
const KIND: &str = "substr(stream, 1, length(stream) - length(ltrim(stream, 'abcdefghijklmnopqrstuvwxyz-')))";
const ORDER: &[(&str, crate::catalog::Kind)] = &[("recorded_at", Int), ("stream", Text), ("version", Int)];
const OF_STREAM: &[(&str, crate::catalog::Kind)] = &[("version", Int)];

/// What can be asked of the history.
pub static LIST: List = List {
    table: "events",
    columns: &[
        "stream",
        "version",
        "name",
        "recorded_at",
        "happened_at",
        "actor",
        "post",
        "unit",
        "capacity",
        "reason",
        "hash",
    ],
    key: &[("stream", Text), ("version", Int)],
    filters: &[
        Filter { name: "stream", test: Test::Equal("stream"), served: Served::Few("events_pkey") },
        Filter { name: "person", test: Test::Equal("actor"), served: Served::Few("events_actor") },
        Filter { name: "unit", test: Test::Equal("unit"), served: Served::Few("events_unit") },
        Filter { name: "late", test: Test::Holds("happened_at < recorded_at"), served: Served::Few("events_late") },
        Filter { name: "kind", test: Test::Equal(KIND), served: Served::Many("events_kind") },
        Filter {
            name: "name",
            test: Test::Equal("name"),
            served: Served::Looked("stands in events_kind; whoever asks for a name asks for its kind too"),
        },
        Filter { name: "from", test: Test::From("recorded_at"), served: Served::Looked("the order itself") },
        Filter { name: "before", test: Test::Before("recorded_at"), served: Served::Looked("the order itself") },
    ],
    sorts: &[
        Sort { name: "newest", needs: "stream", columns: OF_STREAM, order: Order::Falling, lead: Lead::Needed },
        Sort { name: "oldest", needs: "stream", columns: OF_STREAM, order: Order::Rising, lead: Lead::Needed },
        Sort { name: "newest", needs: "", columns: ORDER, order: Order::Falling, lead: Lead::Any },
        Sort { name: "oldest", needs: "", columns: ORDER, order: Order::Rising, lead: Lead::Any },
    ],
    owners: Columns { unit: Some("unit"), owner: Some("actor"), field: None },
    looked: Columns { unit: Some("COALESCE(unit, '')"), owner: Some("COALESCE(actor, '')"), field: None },
};

/// Which events are listed.
#[derive(Debug, Clone)]
pub struct HistoryFilter {
    /// How far the viewer sees: events said for a unit, or by a person.
    pub reach: Reach,
    /// On which day units lie below one another.
    pub on: Date,
    /// What happened, to what kind of thing.
    pub what: Option<What>,
    /// To this very thing.
    pub stream: Option<StreamId>,
    /// Said by this person.
    pub person: Option<String>,
    /// Said for this unit.
    pub unit: Option<String>,
    /// Recorded on this day or later, in Vietnam.
    pub from: Option<Date>,
    /// Recorded on this day or earlier, in Vietnam.
    pub to: Option<Date>,
    /// Which of them by when they were entered.
    pub entered: Entered,
    /// Which end comes first.
    pub order: HistoryOrder,
}

/// What happened, to what kind of thing: without the kind, a rare event would be looked for in all there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct What {
    /// The kind of thing: `person`, `rule`.
    pub kind: String,
    /// What happened to it: `appointed`; `None`: whatever did.
    pub name: Option<String>,
}

/// Which events by when they were entered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Entered {
    /// All of them.
    #[default]
    Any,
    /// Those alone that happened before they were recorded ("nhập bù").
    Late,
}

/// Which end of the history comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HistoryOrder {
    /// What was recorded last.
    #[default]
    Newest,
    /// What was recorded first.
    Oldest,
}

/// An event in a list: all but its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// The stream.
    pub stream: StreamId,
    /// Its number in the stream.
    pub version: u64,
    /// What happened.
    pub name: String,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// When it happened.
    pub happened_at: Moment,
    /// Who said it, in which post.
    pub actor: Actor,
    /// Why; empty where no reason was given.
    pub reason: String,
    /// Its hash.
    pub hash: Hash,
}

impl HistoryRow {
    /// Whether it was entered later than it happened ("nhập bù").
    #[must_use]
    pub fn entered_late(&self) -> bool {
        self.happened_at < self.recorded_at
    }

    fn read(row: &Row) -> Result<Self, DbError> {
        let stream = row.text(0)?;
        Ok(Self {
            stream: stream.parse().map_err(|_| DbError::Unreadable(format!("tên luồng «{stream}»")))?,
            version: row.count(1)?,
            name: row.text(2)?,
            recorded_at: Moment(row.int(3)?),
            happened_at: Moment(row.int(4)?),
            actor: Actor { person: row.text(5)?, post: row.text(6)?, unit: row.text(7)?, capacity: row.text(8)? },
            reason: row.text(9)?,
            hash: row.hash(10)?,
        })
    }
}

impl HistoryFilter {
    /// Everything within reach, the newest first.
    #[must_use]
    pub fn within(reach: Reach, on: Date) -> Self {
        Self {
            reach,
            on,
            what: None,
            stream: None,
            person: None,
            unit: None,
            from: None,
            to: None,
            entered: Entered::Any,
            order: HistoryOrder::Newest,
        }
    }

    fn ask<'a>(&'a self, day: &'a str) -> Ask<'a> {
        let stream = self.stream.as_ref().map(StreamId::as_str);
        let texts = [
            ("stream", stream),
            ("person", self.person.as_deref()),
            ("unit", self.unit.as_deref()),
            ("kind", self.what.as_ref().map(|what| what.kind.as_str())),
            ("name", self.what.as_ref().and_then(|what| what.name.as_deref())),
        ];
        let mut given: Vec<(&'static str, Arg<'a>)> =
            texts.into_iter().filter_map(|(name, value)| Some((name, Arg::Text(value?)))).collect();
        if let Some(from) = self.from {
            given.push(("from", Arg::Int(Moment::start_of(from).0)));
        }
        // The last day there is has no next one: everything is before its end.
        if let Some(next) = self.to.and_then(|to| to.tomorrow().ok()) {
            given.push(("before", Arg::Int(Moment::start_of(next).0)));
        }
        if self.entered == Entered::Late {
            given.push(("late", Arg::Int(1)));
        }
        let sort = match self.order {
            HistoryOrder::Newest => "newest",
            HistoryOrder::Oldest => "oldest",
        };
        Ask { sort, given, within: Within { reach: &self.reach, day } }
    }
}

/// The history being read to its end, a piece at a time.
pub struct HistoryExport {
    store: Store,
    filter: HistoryFilter,
    next: Option<Option<String>>,
}

impl HistoryExport {
    /// The next rows, at most 1,000; none: that was all.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn next(&mut self) -> Result<Vec<HistoryRow>, DbError> {
        let Some(cursor) = self.next.take() else { return Ok(Vec::new()) };
        let place = Place { cursor: cursor.as_deref(), size: crate::list::LARGEST_PAGE };
        let page = self.store.history_page(&self.filter, place).await?;
        self.next = page.after.map(Some);
        Ok(page.rows)
    }
}

impl Store {
    /// A page of the history.
    ///
    /// # Errors
    /// A cursor that is none of this list's; what the engine says.
    pub async fn history_page(&self, filter: &HistoryFilter, place: Place<'_>) -> Result<Page<HistoryRow>, DbError> {
        let day = filter.on.to_string();
        self.list_page(&LIST, &filter.ask(&day), place, HistoryRow::read).await
    }

    /// How many events there are; above [`crate::list::COUNTED`] they are not counted to the end.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn history_count(&self, filter: &HistoryFilter) -> Result<u64, DbError> {
        let day = filter.on.to_string();
        self.list_count(&LIST, &filter.ask(&day)).await
    }

    /// One event with its payload and its hashes. Whether the viewer may see it is for the caller to ask.
    ///
    /// # Errors
    /// What the engine says, or a row that can't be read.
    pub async fn history_event(&self, stream: &StreamId, version: u64) -> Result<Option<StoredRow>, DbError> {
        let sql = "SELECT stream, version, name, form, recorded_at, happened_at, actor, post, unit, capacity, reason, \
            request, asked, ordinal, cause, previous, hash, payload FROM events WHERE stream = $1 AND version = $2";
        let mut reader = self.reader().await?;
        let args = [Arg::Text(stream.as_str()), Arg::Int(int(version))];
        reader.conn().row(sql, &args).await?.as_ref().map(stored::read).transpose()
    }

    /// Reads the whole history to its end; what is recorded meanwhile is not in it, where the newest
    /// comes first.
    #[must_use]
    pub fn history_export(&self, filter: HistoryFilter) -> HistoryExport {
        HistoryExport { store: self.clone(), filter, next: Some(None) }
    }
}
