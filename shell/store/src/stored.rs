//! Events as rows.

use cchc_ledger::{Actor, Envelope, Hash, Moment, StreamId};

use crate::conn::{Arg, Conn, Row, int};
use crate::error::DbError;

/// An event as it is stored: nothing of it is interpreted but the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRow {
    /// Who, when, where.
    pub envelope: Envelope,
    /// Its hash, as stored.
    pub hash: Hash,
    /// Its payload, byte for byte.
    pub payload: Vec<u8>,
}

/// Where an event stands in the order of all: with its log entry (SQLite), or to wait for one.
pub(crate) enum Place {
    /// Position and chained hash of its entry of the log.
    Log(u64, Hash),
    /// It waits in the outbox.
    Outbox,
}

/// The event itself takes `$1` to `$18`.
macro_rules! event {
    () => {
        "INSERT INTO events (stream, version, name, form, recorded_at, happened_at, actor, post, unit, \
        capacity, reason, request, asked, ordinal, cause, previous, hash, payload) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
    };
}

macro_rules! log {
    () => {
        "; INSERT INTO log (position, stream, version, event, hash) VALUES ($19, $1, $2, $17, $20)"
    };
}

/// SQLite takes several statements in one way to the engine.
const WITH_LOG: &str = concat!(event!(), log!());
/// The first event of a command brings the row of its request along; a request that is there already fails.
const WITH_REQUEST: &str = concat!(
    "INSERT INTO requests (actor, request, asked, stream, version) VALUES ($7, $12, $13, $1, $2); ",
    event!(),
    log!()
);
const ALONE: &str = event!();
const OUTBOX: &str = "INSERT INTO outbox (stream, version, recorded_at, event) VALUES ($1, $2, $3, $4)";

pub(crate) async fn insert(
    conn: &mut Conn<'_>,
    envelope: &Envelope,
    hash: &Hash,
    payload: &[u8],
    place: &Place,
) -> Result<(), DbError> {
    let mut args = vec![
        Arg::Text(envelope.stream.as_str()),
        Arg::Int(int(envelope.version)),
        Arg::Text(&envelope.name),
        Arg::Int(i64::from(envelope.form)),
        Arg::Int(envelope.recorded_at.0),
        Arg::Int(envelope.happened_at.0),
        Arg::Text(&envelope.actor.person),
        Arg::Text(&envelope.actor.post),
        Arg::Text(&envelope.actor.unit),
        Arg::Text(&envelope.actor.capacity),
        Arg::Text(&envelope.reason),
        Arg::Text(&envelope.request),
        Arg::Bytes(envelope.asked.as_bytes()),
        Arg::Int(i64::from(envelope.ordinal)),
        Arg::Bytes(envelope.cause.as_ref().map_or(&[], |cause| cause.as_bytes())),
        Arg::Bytes(envelope.previous.as_bytes()),
        Arg::Bytes(hash.as_bytes()),
        Arg::Bytes(payload),
    ];
    match place {
        Place::Log(position, chained) => {
            args.extend([Arg::Int(int(*position)), Arg::Bytes(chained.as_bytes())]);
            let sql = if envelope.ordinal == 0 { WITH_REQUEST } else { WITH_LOG };
            conn.run(sql, &args).await?;
        }
        Place::Outbox => {
            conn.run(ALONE, &args).await?;
            let waiting = [
                Arg::Text(envelope.stream.as_str()),
                Arg::Int(int(envelope.version)),
                Arg::Int(envelope.recorded_at.0),
                Arg::Bytes(hash.as_bytes()),
            ];
            conn.run(OUTBOX, &waiting).await?;
        }
    }
    Ok(())
}

/// Reads a row of all columns of `events`, in the order of the schema.
pub(crate) fn read(row: &Row) -> Result<StoredRow, DbError> {
    let number = |column: usize, what: &str| {
        let wrong = || DbError::Unreadable(format!("{what} của sự kiện"));
        u32::try_from(row.int(column)?).map_err(|_| wrong())
    };
    let stream: StreamId =
        row.text(0)?.parse().map_err(|error: cchc_ledger::ids::IdError| DbError::Unreadable(error.to_string()))?;
    let cause = row.bytes(14)?;
    let envelope = Envelope {
        stream,
        version: row.count(1)?,
        name: row.text(2)?,
        form: u16::try_from(number(3, "dạng")?).map_err(|_| DbError::Unreadable("dạng của sự kiện".to_owned()))?,
        recorded_at: Moment(row.int(4)?),
        happened_at: Moment(row.int(5)?),
        actor: Actor { person: row.text(6)?, post: row.text(7)?, unit: row.text(8)?, capacity: row.text(9)? },
        reason: row.text(10)?,
        request: row.text(11)?,
        asked: row.hash(12)?,
        ordinal: number(13, "thứ tự")?,
        cause: if cause.is_empty() { None } else { Some(row.hash(14)?) },
        previous: row.hash(15)?,
    };
    Ok(StoredRow { envelope, hash: row.hash(16)?, payload: row.bytes(17)? })
}

/// The events of a stream after a version, in order.
///
/// # Errors
/// What the engine says, or a row that can't be read.
pub async fn stream_after(conn: &mut Conn<'_>, stream: &StreamId, version: u64) -> Result<Vec<StoredRow>, DbError> {
    let sql = "SELECT stream, version, name, form, recorded_at, happened_at, actor, post, unit, capacity, reason, \
        request, asked, ordinal, cause, previous, hash, payload FROM events \
        WHERE stream = $1 AND version > $2 ORDER BY version";
    let rows = conn.rows(sql, &[Arg::Text(stream.as_str()), Arg::Int(int(version))]).await?;
    rows.iter().map(read).collect()
}
