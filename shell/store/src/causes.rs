//! What set an event off, and what an event set off.

use cchc_ledger::{Envelope, Hash, StreamId};

use crate::conn::{Arg, Row, int};
use crate::error::DbError;
use crate::store::Store;

/// So many events before one are looked through for its cause.
const NEAR: u64 = 5_000;

/// An event by its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPlace {
    /// The stream.
    pub stream: StreamId,
    /// Its number in the stream.
    pub version: u64,
    /// What happened.
    pub name: String,
}

impl EventPlace {
    fn read(row: &Row) -> Result<Self, DbError> {
        let stream = row.text(0)?;
        let stream = stream.parse().map_err(|_| DbError::Unreadable(format!("tên luồng «{stream}»")))?;
        Ok(Self { stream, version: row.count(1)?, name: row.text(2)? })
    }
}

impl Store {
    /// The event that set this one off; `None` where none did, or it lies more than 5,000 events back.
    ///
    /// Events have no index by hash: it would be a page at random for each event written, to be asked once
    /// in a while. What follows from an event is done in seconds, so its cause lies close before it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cause_find(&self, of: &Envelope) -> Result<Option<EventPlace>, DbError> {
        let Some(cause) = &of.cause else { return Ok(None) };
        let sql = "SELECT stream, version, name FROM (SELECT stream, version, name, hash FROM events \
            WHERE recorded_at <= $1 ORDER BY recorded_at DESC, stream DESC, version DESC LIMIT $2) AS near \
            WHERE hash = $3";
        let mut reader = self.reader().await?;
        let args = [Arg::Int(of.recorded_at.0), Arg::Int(int(NEAR)), Arg::Bytes(cause.as_bytes())];
        reader.conn().row(sql, &args).await?.as_ref().map(EventPlace::read).transpose()
    }

    /// The events that this one set off, in order, at most so many.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn effect_list(&self, of: &Hash, limit: u32) -> Result<Vec<EventPlace>, DbError> {
        let sql = "SELECT stream, version, name FROM events WHERE cause = $1 AND length(cause) > 0 \
            ORDER BY recorded_at, stream, version LIMIT $2";
        let mut reader = self.reader().await?;
        let args = [Arg::Bytes(of.as_bytes()), Arg::Int(i64::from(limit))];
        reader.conn().rows(sql, &args).await?.iter().map(EventPlace::read).collect()
    }
}
