//! The one order of all events: append-only, each entry chained to the one before it.
//!
//! Written in the transaction on SQLite; on PostgreSQL by one leased sequencer, which takes the events
//! from the outbox in which the transactions leave them. Feeds, exports and proofs read only this.

use cchc_access::Reach;
use cchc_ledger::{Hash, Moment, chain};
use jiff::civil::Date;

use crate::conn::{Arg, Conn, int};
use crate::error::DbError;
use crate::group::EMPTY;
use crate::query::Query;
use crate::reach::{self, Columns};
use crate::store::{Engine, Store};
use crate::stored::{self, StoredRow};

/// So many events are given their position in one transaction.
const BATCH: i64 = 1_000;
/// The largest page of a feed.
pub const LARGEST_PAGE: u32 = 1_000;

/// An entry of the log with its event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the one order, from 1.
    pub position: u64,
    /// The event.
    pub stored: StoredRow,
}

/// So many entries are looked at for one page of a feed within reach.
const LOOKED_AT: u64 = 10_000;

/// A page of a feed within reach.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedPage {
    /// The entries within reach, in order.
    pub entries: Vec<Entry>,
    /// Up to which position everything was looked at: where the next page begins.
    pub next: u64,
}

pub(crate) async fn insert(
    conn: &mut Conn<'_>,
    position: u64,
    stream: &str,
    version: i64,
    event: &Hash,
    chained: &Hash,
) -> Result<(), DbError> {
    let sql = "INSERT INTO log (position, stream, version, event, hash) VALUES ($1, $2, $3, $4, $5)";
    let args = [
        Arg::Int(int(position)),
        Arg::Text(stream),
        Arg::Int(version),
        Arg::Bytes(event.as_bytes()),
        Arg::Bytes(chained.as_bytes()),
    ];
    conn.run(sql, &args).await?;
    Ok(())
}

/// Position and hash of the last entry, and when its event was recorded.
pub(crate) async fn end(conn: &mut Conn<'_>) -> Result<(u64, Hash, Moment), DbError> {
    let sql = "SELECT l.position, l.hash, e.recorded_at FROM log l \
        JOIN events e ON e.stream = l.stream AND e.version = l.version ORDER BY l.position DESC LIMIT 1";
    let Some(row) = conn.row(sql, &[]).await? else { return Ok((0, EMPTY, Moment(i64::MIN))) };
    Ok((row.count(0)?, row.hash(1)?, Moment(row.int(2)?)))
}

impl Store {
    /// The events after a position, in order, at most [`LARGEST_PAGE`].
    ///
    /// # Errors
    /// What the engine says.
    pub async fn feed(&self, after: u64, limit: u32) -> Result<Vec<Entry>, DbError> {
        let sql = "SELECT e.stream, e.version, e.name, e.form, e.recorded_at, e.happened_at, e.actor, e.post, e.unit, \
            e.capacity, e.reason, e.request, e.asked, e.ordinal, e.cause, e.previous, e.hash, e.payload, l.position \
            FROM log l JOIN events e ON e.stream = l.stream AND e.version = l.version \
            WHERE l.position > $1 ORDER BY l.position LIMIT $2";
        let mut reader = self.reader().await?;
        let args = [Arg::Int(int(after)), Arg::Int(i64::from(limit.min(LARGEST_PAGE)))];
        let rows = reader.conn().rows(sql, &args).await?;
        rows.iter().map(|row| Ok(Entry { position: row.count(18)?, stored: stored::read(row)? })).collect()
    }

    /// The events after a position that are within reach: said for a unit, or by a person. However few they
    /// are, a page looks at no more than ten thousand entries and says how far it came.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn feed_within(&self, reached: &Reach, on: Date, after: u64, limit: u32) -> Result<FeedPage, DbError> {
        let (end, _) = self.log_end().await?;
        let last = after.saturating_add(LOOKED_AT).min(end);
        if last <= after {
            return Ok(FeedPage { entries: Vec::new(), next: after });
        }
        let (day, limit) = (on.to_string(), limit.clamp(1, LARGEST_PAGE));
        let mut query = Query::new(
            "SELECT e.stream, e.version, e.name, e.form, e.recorded_at, e.happened_at, e.actor, e.post, e.unit, \
            e.capacity, e.reason, e.request, e.asked, e.ordinal, e.cause, e.previous, e.hash, e.payload, l.position \
            FROM log l JOIN events e ON e.stream = l.stream AND e.version = l.version WHERE l.position > ",
        );
        query.bind(Arg::Int(int(after))).add(" AND l.position <= ").bind(Arg::Int(int(last))).add(" AND ");
        let columns = Columns { unit: Some("COALESCE(e.unit, '')"), owner: Some("COALESCE(e.actor, '')"), field: None };
        reach::add(&mut query, reached, &day, columns);
        query.add(" ORDER BY l.position LIMIT ").bind(Arg::Int(i64::from(limit)));
        let mut reader = self.reader().await?;
        let rows = query.rows(&mut reader.conn()).await?;
        let read = |row: &crate::conn::Row| Ok(Entry { position: row.count(18)?, stored: stored::read(row)? });
        let entries = rows.iter().map(read).collect::<Result<Vec<Entry>, DbError>>()?;
        let is_full = u32::try_from(entries.len()).is_ok_and(|count| count >= limit);
        let next = entries.last().filter(|_| is_full).map_or(last, |entry| entry.position);
        Ok(FeedPage { entries, next })
    }

    /// Position and hash of the last entry: what proves the whole ledger up to it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn log_end(&self) -> Result<(u64, Hash), DbError> {
        let mut reader = self.reader().await?;
        let (position, hash, _) = end(&mut reader.conn()).await?;
        Ok((position, hash))
    }

    /// When the last event was recorded; `None` where there is none.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn last_recorded(&self) -> Result<Option<Moment>, DbError> {
        let mut reader = self.reader().await?;
        let (position, _, recorded_at) = end(&mut reader.conn()).await?;
        Ok((position > 0).then_some(recorded_at))
    }

    /// Gives the events that wait their positions; on SQLite there are none. Gives back how many.
    ///
    /// # Errors
    /// What the engine says; nothing is lost, the next call goes on.
    pub async fn sequence(&self) -> Result<u64, DbError> {
        if matches!(self.inner.engine, Engine::Sqlite { .. }) {
            return Ok(0);
        }
        let mut total = 0_u64;
        loop {
            let done = self.write(|conn| Box::pin(sequence_some(conn))).await?;
            total = total.saturating_add(done);
            if done == 0 {
                return Ok(total);
            }
        }
    }
}

/// Gives everything that waits its position where nobody else does so: after a restore.
pub(crate) async fn sequence_all(conn: &mut Conn<'_>) -> Result<u64, DbError> {
    let mut total = 0_u64;
    loop {
        let done = give_positions(conn).await?;
        total = total.saturating_add(done);
        if done == 0 {
            return Ok(total);
        }
    }
}

/// One batch. Whoever else tries at the same time waits at the row of the lease.
async fn sequence_some(conn: &mut Conn<'_>) -> Result<u64, DbError> {
    if conn.row("SELECT value FROM meta WHERE name = 'sequencer' FOR UPDATE", &[]).await?.is_none() {
        crate::store::set_meta(conn, "sequencer", "").await?;
    }
    give_positions(conn).await
}

async fn give_positions(conn: &mut Conn<'_>) -> Result<u64, DbError> {
    let (mut position, mut hash, _) = end(conn).await?;
    let waiting = "SELECT stream, version, event FROM outbox ORDER BY recorded_at, stream, version LIMIT $1";
    let rows = conn.rows(waiting, &[Arg::Int(BATCH)]).await?;
    for row in &rows {
        let (stream, version, event) = (row.text(0)?, row.int(1)?, row.hash(2)?);
        position = position.saturating_add(1);
        hash = chain::log_hash(&hash, position, &event);
        insert(conn, position, &stream, version, &event, &hash).await?;
        let args = [Arg::Text(&stream), Arg::Int(version)];
        conn.run("DELETE FROM outbox WHERE stream = $1 AND version = $2", &args).await?;
    }
    Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
}
