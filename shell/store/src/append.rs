//! The heart of writing, the same on both engines: load, decide, append, project, record.

use cchc_ledger::aggregate::{from_payload, to_payload};
use cchc_ledger::{Aggregate, Context, Envelope, Event, Hash, Moment, StoredEvent, StreamId, chain};

use crate::commit::{Asked, Committed};
use crate::conn::{Arg, Conn, Row, int};
use crate::error::DbError;
use crate::jobs;
use crate::kept::{Claim, ClaimAct, Kept};
use crate::stored::{self, Place, StoredRow};

/// A state larger than this is saved every [`SAVE_EVERY`] events, else at each.
const LARGE_STATE: usize = 16 * 1024;
const SAVE_EVERY: u64 = 32;

/// A stream as it stands: its head, and the state after it.
#[derive(Debug, Clone)]
pub struct Loaded<A> {
    /// Number of events; 0: the stream does not exist yet.
    pub version: u64,
    /// Hash of the last event.
    pub hash: Hash,
    /// When the last event was recorded.
    pub recorded_at: Moment,
    /// The state after all events.
    pub state: A,
    /// After how many events the state was last saved.
    state_at: u64,
    /// Size of the saved state, in bytes.
    saved: usize,
}

/// Where the one order of events is written.
#[derive(Debug)]
pub enum Order {
    /// In the transaction itself: position and hash of the last entry (SQLite, one writer).
    Log {
        /// Position of the last entry; 0 where there is none.
        position: u64,
        /// Hash of the last entry.
        hash: Hash,
    },
    /// Later, by the sequencer (PostgreSQL).
    Outbox,
}

/// Why nothing was appended.
#[derive(Debug)]
pub(crate) enum Failure<R> {
    Refused(R),
    Taken { kind: String, key: String },
    OtherPayload,
    Backdated(&'static str),
    Db(DbError),
}

impl<R> From<DbError> for Failure<R> {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Taken { kind, key } => Self::Taken { kind, key },
            error => Self::Db(error),
        }
    }
}

const HEAD: &str = "SELECT version, hash, recorded_at, state_at, state_version, state FROM streams WHERE stream = $1";
const HEAD_FOR_UPDATE: &str = "SELECT version, hash, recorded_at, state_at, state_version, state \
    FROM streams WHERE stream = $1 FOR UPDATE";
const SHARE: &str = "SELECT version FROM streams WHERE stream = $1 FOR SHARE";

/// Loads a stream; on PostgreSQL its head is locked until the transaction ends.
///
/// # Errors
/// What the engine says, or a stored event that can't be read.
pub async fn load<A: Kept>(conn: &mut Conn<'_>, stream: &StreamId) -> Result<Loaded<A>, DbError> {
    let sql = if conn.is_postgres() { HEAD_FOR_UPDATE } else { HEAD };
    let row = conn.row(sql, &[Arg::Text(stream.as_str())]).await?;
    from_head(conn, stream, row).await
}

/// Loads a stream to look at it.
///
/// # Errors
/// What the engine says, or a stored event that can't be read.
pub async fn peek<A: Kept>(conn: &mut Conn<'_>, stream: &StreamId) -> Result<Loaded<A>, DbError> {
    let row = conn.row(HEAD, &[Arg::Text(stream.as_str())]).await?;
    from_head(conn, stream, row).await
}

async fn from_head<A: Kept>(conn: &mut Conn<'_>, stream: &StreamId, row: Option<Row>) -> Result<Loaded<A>, DbError> {
    let Some(row) = row else {
        let (hash, recorded_at) = (Hash::default(), Moment(i64::MIN));
        return Ok(Loaded { version: 0, hash, recorded_at, state: A::default(), state_at: 0, saved: 0 });
    };
    let (bytes, fits) = (row.bytes(5)?, row.int(4)? == i64::from(A::STATE_VERSION));
    let saved = if fits { serde_json::from_slice(&bytes).ok() } else { None };
    let (state, state_at) = saved
        .map_or_else(|| Ok((A::default(), 0)), |state: A| Ok((state, row.count(3)?)))
        .map_err(|error: DbError| error)?;
    let version = row.count(0)?;
    let mut loaded =
        Loaded { version, hash: row.hash(1)?, recorded_at: Moment(row.int(2)?), state, state_at, saved: bytes.len() };
    if state_at < version {
        for stored in stored::stream_after(conn, stream, state_at).await? {
            let event = read_event::<A>(&stored)?;
            loaded.state.apply(&StoredEvent { envelope: &stored.envelope, event: &event });
        }
    }
    Ok(loaded)
}

/// Reads the event of a stored row.
///
/// # Errors
/// [`DbError::Unreadable`] naming the event.
pub fn read_event<A: Aggregate>(stored: &StoredRow) -> Result<A::Event, DbError> {
    from_payload::<A::Event>(stored.envelope.form, &stored.payload).map_err(|error| {
        let envelope = &stored.envelope;
        DbError::Unreadable(format!("sự kiện {} số {}: {error}", envelope.stream, envelope.version))
    })
}

/// Decides and writes everything that one command writes.
pub(crate) async fn append<A: Kept>(
    conn: &mut Conn<'_>,
    loaded: &mut Loaded<A>,
    order: &mut Order,
    now: Moment,
    asked: &Asked<A>,
) -> Result<Committed, Failure<A::Refusal>> {
    let recorded = now.max(loaded.recorded_at);
    let context = Context { recorded_at: recorded, ..asked.context.clone() };
    if conn.is_postgres() {
        let mut others = A::relies_on(&asked.stream, &asked.command);
        others.sort();
        for other in others {
            conn.row(SHARE, &[Arg::Text(other.as_str())]).await?;
        }
    }
    let facts = A::facts(conn, &asked.stream, &asked.command, &context).await?;
    let decided = match in_time::<A>(asked, recorded) {
        Ok(()) => loaded.state.decide(asked.command.clone(), &facts, &context).map_err(Failure::Refused),
        Err(why) => Err(Failure::Backdated(why)),
    };
    let events = match decided {
        Ok(events) if !events.is_empty() => events,
        Ok(_) => return Ok(earlier(conn, asked).await?.unwrap_or_else(|| Committed::nothing(asked, loaded.version))),
        // What is refused now may have been done by this very request before.
        Err(refusal) => return earlier(conn, asked).await?.ok_or(refusal),
    };
    // SQLite records the request together with the first event.
    if matches!(order, Order::Outbox) && !record_request(conn, asked, loaded.version.saturating_add(1)).await? {
        return before(conn, asked).await;
    }
    let mut hashes = Vec::with_capacity(events.len());
    for (ordinal, event) in (0..).zip(&events) {
        let envelope = Envelope {
            stream: asked.stream.clone(),
            version: loaded.version.saturating_add(1),
            name: event.name().to_owned(),
            form: A::Event::VERSION,
            recorded_at: recorded,
            happened_at: context.happened(),
            actor: context.actor.clone(),
            reason: context.reason.clone(),
            request: context.request.0.clone(),
            asked: asked.hash,
            ordinal,
            cause: context.cause,
            previous: loaded.hash,
        };
        let payload = to_payload(event).map_err(|error| DbError::Unreadable(error.to_string()))?;
        let hash = chain::event_hash(&envelope, &payload);
        let place = next_place(order, &hash);
        match stored::insert(conn, &envelope, &hash, &payload, &place).await {
            Err(error) if ordinal == 0 && error.is_constraint() && matches!(place, Place::Log(..)) => {
                return earlier(conn, asked).await?.ok_or(Failure::Db(error));
            }
            inserted => inserted?,
        }
        for claim in A::claims(event) {
            settle(conn, &asked.stream, &claim).await?;
        }
        let stored = StoredEvent { envelope: &envelope, event };
        loaded.state.apply(&stored);
        loaded.state.project(conn, &stored, &hash).await?;
        for follow_up in loaded.state.follow_ups(&envelope, event) {
            jobs::queue(conn, &hash, &follow_up, recorded).await?;
        }
        loaded.version = envelope.version;
        loaded.hash = hash;
        loaded.recorded_at = recorded;
        hashes.push(hash);
    }
    save_head(conn, &asked.stream, loaded).await?;
    Ok(Committed {
        stream: asked.stream.clone(),
        version: loaded.version,
        recorded_at: recorded,
        hashes,
        repeated: false,
    })
}

fn in_time<A: Kept>(asked: &Asked<A>, recorded: Moment) -> Result<(), &'static str> {
    let Some(happened) = asked.context.happened_at else { return Ok(()) };
    if happened > recorded {
        return Err("thời điểm xảy ra không thể sau thời điểm ghi");
    }
    if happened < recorded && asked.context.reason.trim().is_empty() {
        return Err("nhập bù phải ghi lý do");
    }
    if happened < A::earliest(&asked.command, recorded) {
        return Err("việc này không được nhập bù cho thời điểm đó");
    }
    Ok(())
}

/// What this very request did before; it is known to be there.
async fn before<A: Kept>(conn: &mut Conn<'_>, asked: &Asked<A>) -> Result<Committed, Failure<A::Refusal>> {
    let before = earlier(conn, asked).await?;
    before.ok_or_else(|| Failure::Db(DbError::Unreadable("yêu cầu vừa ghi không còn".to_owned())))
}

/// What this very request did before, if it did.
async fn earlier<A: Kept>(conn: &mut Conn<'_>, asked: &Asked<A>) -> Result<Option<Committed>, Failure<A::Refusal>> {
    let (actor, request) = (&asked.context.actor.person, asked.context.request.as_str());
    let sql = "SELECT r.asked, r.stream, r.version, e.recorded_at FROM requests r \
        JOIN events e ON e.stream = r.stream AND e.version = r.version WHERE r.actor = $1 AND r.request = $2";
    let Some(row) = conn.row(sql, &[Arg::Text(actor), Arg::Text(request)]).await? else { return Ok(None) };
    if row.hash(0)? != asked.hash {
        return Err(Failure::OtherPayload);
    }
    let first = row.count(2)?;
    let stream = row.text(1)?.parse().map_err(|_| DbError::Unreadable("tên luồng".to_owned()))?;
    let of_command = "SELECT hash FROM events WHERE stream = $1 AND version >= $2 AND actor = $3 AND request = $4 \
        ORDER BY version";
    let args = [Arg::Text(asked.stream.as_str()), Arg::Int(int(first)), Arg::Text(actor), Arg::Text(request)];
    let rows = conn.rows(of_command, &args).await?;
    let hashes = rows.iter().map(|row| row.hash(0)).collect::<Result<Vec<_>, _>>()?;
    let last = first.saturating_add(u64::try_from(hashes.len()).unwrap_or(0)).saturating_sub(1);
    Ok(Some(Committed { stream, version: last, recorded_at: Moment(row.int(3)?), hashes, repeated: true }))
}

async fn record_request<A: Kept>(conn: &mut Conn<'_>, asked: &Asked<A>, first: u64) -> Result<bool, DbError> {
    let sql = "INSERT INTO requests (actor, request, asked, stream, version) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (actor, request) DO NOTHING";
    let args = [
        Arg::Text(&asked.context.actor.person),
        Arg::Text(asked.context.request.as_str()),
        Arg::Bytes(asked.hash.as_bytes()),
        Arg::Text(asked.stream.as_str()),
        Arg::Int(int(first)),
    ];
    Ok(conn.run(sql, &args).await? == 1)
}

/// The next place in the order of all events.
fn next_place(order: &mut Order, event: &Hash) -> Place {
    match order {
        Order::Log { position, hash } => {
            *position = position.saturating_add(1);
            *hash = chain::log_hash(hash, *position, event);
            Place::Log(*position, *hash)
        }
        Order::Outbox => Place::Outbox,
    }
}

/// Takes a name or gives it back.
///
/// # Errors
/// [`DbError::Taken`] where another stream holds it.
pub(crate) async fn settle(conn: &mut Conn<'_>, stream: &StreamId, claim: &Claim) -> Result<(), DbError> {
    let args = [Arg::Text(claim.kind), Arg::Text(&claim.key), Arg::Text(stream.as_str())];
    match claim.act {
        ClaimAct::Release => {
            conn.run("DELETE FROM claims WHERE kind = $1 AND key = $2 AND stream = $3", &args).await?;
        }
        ClaimAct::Take => {
            let sql = "INSERT INTO claims (kind, key, stream) VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO NOTHING";
            if conn.run(sql, &args).await? == 0 {
                let holder = conn.row("SELECT stream FROM claims WHERE kind = $1 AND key = $2", &args[..2]).await?;
                let own = holder.map(|row| row.text(0)).transpose()?.is_some_and(|holder| holder == stream.as_str());
                if !own {
                    return Err(DbError::Taken { kind: claim.kind.to_owned(), key: claim.key.clone() });
                }
            }
        }
    }
    Ok(())
}

async fn save_head<A: Kept>(conn: &mut Conn<'_>, stream: &StreamId, loaded: &mut Loaded<A>) -> Result<(), DbError> {
    let head = [
        Arg::Text(stream.as_str()),
        Arg::Int(int(loaded.version)),
        Arg::Bytes(loaded.hash.as_bytes()),
        Arg::Int(loaded.recorded_at.0),
    ];
    let since = loaded.version.saturating_sub(loaded.state_at);
    if loaded.saved > LARGE_STATE && since < SAVE_EVERY {
        let sql = "UPDATE streams SET version = $2, hash = $3, recorded_at = $4 WHERE stream = $1";
        conn.run(sql, &head).await?;
        return Ok(());
    }
    let state = serde_json::to_vec(&loaded.state).map_err(|error| DbError::Unreadable(error.to_string()))?;
    let [stream, version, hash, recorded_at] = head;
    let args = [stream, version, hash, recorded_at, version, Arg::Int(i64::from(A::STATE_VERSION)), Arg::Bytes(&state)];
    conn.run(SAVE, &args).await?;
    loaded.state_at = loaded.version;
    loaded.saved = state.len();
    Ok(())
}

const SAVE: &str = "INSERT INTO streams (stream, version, hash, recorded_at, state_at, state_version, state) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (stream) DO UPDATE SET version = excluded.version, \
    hash = excluded.hash, recorded_at = excluded.recorded_at, state_at = excluded.state_at, \
    state_version = excluded.state_version, state = excluded.state";
