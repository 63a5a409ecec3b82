//! `ledger rebuild`: makes read tables, heads, states, requests and claims again from the events alone.
//!
//! One transaction, while nothing else writes. Where an event does not hold nothing is changed: what can't
//! be trusted is no source.

use cchc_ledger::{Hash, Moment, StreamId, chain};

use crate::catalog::{Nature, TABLES};
use crate::conn::{Arg, Conn, built, int};
use crate::error::DbError;
use crate::kinds::{Kinds, Replaying};
use crate::snapshot;
use crate::store::Store;
use crate::stored::StoredRow;
use crate::table;
use crate::verify::Progress;
use crate::verify::events::hold;
use crate::verify::walk::Walk;

/// What was rebuilt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// How many events were replayed.
    pub events: u64,
    /// In how many streams.
    pub streams: u64,
}

impl Store {
    /// Rebuilds everything that follows from the events; whoever else writes waits.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] naming the event that does not hold; nothing is changed then.
    pub async fn rebuild(&self, kinds: Kinds, progress: Progress) -> Result<Rebuilt, DbError> {
        self.write(move |conn| {
            let (kinds, progress) = (kinds.clone(), Progress::clone(&progress));
            Box::pin(async move { rebuild(conn, &kinds, &progress).await })
        })
        .await
    }
}

/// One stream being rebuilt.
struct Current {
    stream: StreamId,
    version: u64,
    hash: Hash,
    recorded_at: Moment,
    replaying: Box<dyn Replaying>,
}

async fn rebuild(conn: &mut Conn<'_>, kinds: &Kinds, progress: &Progress) -> Result<Rebuilt, DbError> {
    if conn.is_postgres() {
        // Every command locks a row of this table first, so every command waits.
        conn.run("LOCK TABLE streams IN EXCLUSIVE MODE", &[]).await?;
        snapshot::by_key(conn).await?;
    }
    let mut total = 0;
    for one in TABLES {
        if one.nature == Nature::Derived {
            conn.run_text(built(format!("DELETE FROM {}", one.name)), &[]).await?;
        }
        if one.name == "events" {
            total = table::count(conn, one).await?;
        }
    }
    let (mut walk, mut done, mut current) = (Walk::new()?, Rebuilt::default(), None::<Current>);
    loop {
        let page = walk.next(conn).await?;
        if page.is_empty() {
            break;
        }
        for read in page {
            let broken = |why: &str| DbError::Unreadable(format!("sự kiện «{}» {why}; chưa đổi gì", read.key));
            let stored = read.stored.as_ref().map_err(|why| broken(why))?;
            let stream = &stored.envelope.stream;
            if current.as_ref().is_none_or(|current| current.stream != *stream) {
                if let Some(ended) = current.take() {
                    finish(conn, &ended, &mut done).await?;
                }
                let kind = kinds.begin(stream.kind()).ok_or_else(|| broken("thuộc loại luồng không biết"))?;
                current = Some(Current::begin(stream, kind));
            }
            let Some(current) = &mut current else { continue };
            current.follow(stored).map_err(broken)?;
            current.replaying.project(conn, stored).await?;
            request(conn, stored).await?;
            done.events = done.events.saturating_add(1);
        }
        progress(done.events, total);
    }
    if let Some(ended) = current.take() {
        finish(conn, &ended, &mut done).await?;
    }
    Ok(done)
}

impl Current {
    fn begin(stream: &StreamId, replaying: Box<dyn Replaying>) -> Self {
        let (hash, recorded_at) = (Hash::default(), Moment(i64::MIN));
        Self { stream: stream.clone(), version: 0, hash, recorded_at, replaying }
    }

    /// The event must be the next of its chain.
    fn follow(&mut self, stored: &StoredRow) -> Result<(), &'static str> {
        let envelope = &stored.envelope;
        let next = self.version.saturating_add(1);
        if envelope.version != next || envelope.previous != self.hash {
            return Err("không nối với sự kiện liền trước");
        }
        if chain::event_hash(envelope, &stored.payload) != stored.hash {
            return Err("đã bị sửa: mã băm không khớp");
        }
        (self.version, self.hash, self.recorded_at) = (next, stored.hash, envelope.recorded_at);
        Ok(())
    }
}

async fn request(conn: &mut Conn<'_>, stored: &StoredRow) -> Result<(), DbError> {
    let envelope = &stored.envelope;
    if envelope.ordinal > 0 {
        return Ok(());
    }
    let sql = "INSERT INTO requests (actor, request, asked, stream, version) VALUES ($1, $2, $3, $4, $5)";
    let args = [
        Arg::Text(&envelope.actor.person),
        Arg::Text(&envelope.request),
        Arg::Bytes(envelope.asked.as_bytes()),
        Arg::Text(envelope.stream.as_str()),
        Arg::Int(int(envelope.version)),
    ];
    conn.run(sql, &args).await?;
    Ok(())
}

async fn finish(conn: &mut Conn<'_>, ended: &Current, done: &mut Rebuilt) -> Result<(), DbError> {
    let state = ended.replaying.state()?;
    let sql = "INSERT INTO streams (stream, version, hash, recorded_at, state_at, state_version, state) \
        VALUES ($1, $2, $3, $4, $2, $5, $6)";
    let args = [
        Arg::Text(ended.stream.as_str()),
        Arg::Int(int(ended.version)),
        Arg::Bytes(ended.hash.as_bytes()),
        Arg::Int(ended.recorded_at.0),
        Arg::Int(i64::from(ended.replaying.state_version())),
        Arg::Bytes(&state),
    ];
    conn.run(sql, &args).await?;
    if let Some(name) = hold(conn, &ended.stream, ended.replaying.as_ref()).await?.first() {
        let stream = &ended.stream;
        return Err(DbError::Unreadable(format!("«{name}» do hai luồng cùng giữ, một là {stream}; chưa đổi gì")));
    }
    done.streams = done.streams.saturating_add(1);
    Ok(())
}
