//! The chain of each stream, from the stored bytes; heads and states by replaying; read tables into the scratch.

use std::collections::BTreeMap;

use cchc_ledger::{Hash, Moment, StreamId, chain};

use super::report::{Findings, Work};
use super::scratch::Scratch;
use super::walk::{Read, Walk};
use crate::catalog::Kind;
use crate::conn::{Arg, Conn, Row};
use crate::error::DbError;
use crate::kinds::{Kinds, Replaying};
use crate::stored::StoredRow;
use crate::table::Value;

/// What the events were.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub events: u64,
    pub streams: u64,
    pub old_states: u64,
    /// All their hashes added up, for the comparison with the log.
    pub sum: Sum,
}

/// Hashes added up: the same for the same hashes in any order.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sum([u64; 4]);

impl Sum {
    pub(crate) fn add(&mut self, hash: &Hash) {
        for (sum, bytes) in self.0.iter_mut().zip(hash.as_bytes().chunks_exact(8)) {
            let number = bytes.try_into().map_or(0, u64::from_le_bytes);
            *sum = sum.wrapping_add(number);
        }
    }
}

/// A row of `streams`, whatever its state.
struct Head {
    version: i64,
    hash: Vec<u8>,
    recorded_at: i64,
    state_at: i64,
    state_version: i64,
    state: Vec<u8>,
}

/// The stream that is being walked through.
struct Current {
    name: String,
    head: Option<Head>,
    version: u64,
    hash: Hash,
    recorded_at: Moment,
    /// `None` once an event could not be taken in: what follows can't be judged.
    replaying: Option<Box<dyn Replaying>>,
    /// Whether every event held.
    holds: bool,
}

/// Walks through all events.
pub(crate) async fn check(
    conn: &mut Conn<'_>,
    scratch: &mut Scratch,
    kinds: &Kinds,
    work: &mut Work,
) -> Result<Seen, DbError> {
    let (mut seen, mut walk) = (Seen::default(), Walk::new()?);
    let mut current: Option<Current> = None;
    loop {
        let page = match walk.next(conn).await {
            Ok(page) => page,
            Err(error) => {
                work.findings.unreadable("events", error)?;
                Vec::new()
            }
        };
        let after = current.as_ref().map(|current| current.name.clone());
        let last = page.last().map(|read| read.stream.clone());
        let mut heads = match heads(conn, after.as_deref(), last.as_deref()).await {
            Ok(heads) => heads,
            Err(error) => {
                work.findings.unreadable("streams", error)?;
                BTreeMap::new()
            }
        };
        let rows = u64::try_from(page.len()).unwrap_or(0);
        for read in page {
            if current.as_ref().is_none_or(|current| current.name != read.stream) {
                if let Some(ended) = current.take() {
                    finish(ended, scratch, &mut seen, work).await?;
                }
                current = Some(Current::begin(&read, heads.remove(&read.stream), kinds, &mut work.findings));
            }
            if let Some(current) = &mut current {
                current.take_in(&read, scratch, &mut seen, &mut work.findings).await?;
            }
        }
        for stream in heads.keys() {
            work.findings.add("streams", stream.as_str(), "đầu luồng không có sự kiện nào");
        }
        work.step(rows);
        if rows == 0 {
            break;
        }
    }
    if let Some(ended) = current.take() {
        finish(ended, scratch, &mut seen, work).await?;
    }
    Ok(seen)
}

const ALL_HEADS: &str =
    "SELECT stream, version, hash, recorded_at, state_at, state_version, state FROM streams ORDER BY stream LIMIT 1000";
const HEADS_TO: &str = "SELECT stream, version, hash, recorded_at, state_at, state_version, state FROM streams \
    WHERE stream <= $1 ORDER BY stream";
const HEADS_BETWEEN: &str = "SELECT stream, version, hash, recorded_at, state_at, state_version, state FROM streams \
    WHERE stream > $1 AND stream <= $2 ORDER BY stream";
const HEADS_AFTER: &str = "SELECT stream, version, hash, recorded_at, state_at, state_version, state FROM streams \
    WHERE stream > $1 ORDER BY stream LIMIT 1000";

/// The heads after one stream, up to another.
async fn heads(conn: &mut Conn<'_>, after: Option<&str>, to: Option<&str>) -> Result<BTreeMap<String, Head>, DbError> {
    let rows = match (after, to) {
        (None, None) => conn.rows(ALL_HEADS, &[]).await?,
        (None, Some(to)) => conn.rows(HEADS_TO, &[Arg::Text(to)]).await?,
        (Some(after), Some(to)) => conn.rows(HEADS_BETWEEN, &[Arg::Text(after), Arg::Text(to)]).await?,
        (Some(after), None) => conn.rows(HEADS_AFTER, &[Arg::Text(after)]).await?,
    };
    Ok(rows.iter().map(head).collect())
}

/// A value that can't be read is read as one that can't be right.
fn head(row: &Row) -> (String, Head) {
    let int = |column| match Value::read(row, column, Kind::Int) {
        Value::Int(number) => number,
        _ => i64::MIN,
    };
    let bytes = |column| match Value::read(row, column, Kind::Bytes) {
        Value::Bytes(bytes) => bytes,
        _ => Vec::new(),
    };
    let stream = crate::table::key_text(&[Value::read(row, 0, Kind::Text)]);
    let head = Head {
        version: int(1),
        hash: bytes(2),
        recorded_at: int(3),
        state_at: int(4),
        state_version: int(5),
        state: bytes(6),
    };
    (stream, head)
}

impl Current {
    fn begin(read: &Read, head: Option<Head>, kinds: &Kinds, findings: &mut Findings) -> Self {
        let kind = read.stream.split_once('/').map_or("", |(kind, _)| kind);
        let replaying = kinds.begin(kind);
        if replaying.is_none() {
            let what = format!("chương trình này không biết loại luồng «{kind}»");
            findings.add("events", read.key.as_str(), what);
        }
        let (hash, recorded_at) = (Hash::default(), Moment(i64::MIN));
        Self { name: read.stream.clone(), head, version: 0, hash, recorded_at, replaying, holds: true }
    }

    async fn take_in(
        &mut self,
        read: &Read,
        scratch: &mut Scratch,
        seen: &mut Seen,
        findings: &mut Findings,
    ) -> Result<(), DbError> {
        seen.events = seen.events.saturating_add(1);
        let expected = self.version.saturating_add(1);
        self.version = u64::try_from(read.version).unwrap_or(expected);
        let mut wrong = Vec::new();
        if self.version != expected {
            wrong.push(format!("thiếu sự kiện số {expected} của luồng, gặp ngay số {}", read.version));
        }
        let stored = match &read.stored {
            Ok(stored) => stored,
            Err(why) => {
                wrong.push(format!("không đọc được sự kiện: {why}"));
                self.fail(read, &wrong, findings);
                return Ok(());
            }
        };
        seen.sum.add(&stored.hash);
        let envelope = &stored.envelope;
        if envelope.previous != self.hash {
            wrong.push("không nối với sự kiện liền trước trong luồng".to_owned());
        }
        if chain::event_hash(envelope, &stored.payload) != stored.hash {
            wrong.push("mã băm không khớp nội dung: sự kiện đã bị sửa".to_owned());
        }
        if envelope.recorded_at < self.recorded_at {
            wrong.push("thời điểm ghi sớm hơn sự kiện liền trước".to_owned());
        }
        (self.hash, self.recorded_at) = (stored.hash, envelope.recorded_at);
        if !wrong.is_empty() {
            self.fail(read, &wrong, findings);
        }
        self.replay(stored, read, scratch, findings).await?;
        self.check_state(seen, findings)
    }

    fn fail(&mut self, read: &Read, wrong: &[String], findings: &mut Findings) {
        self.holds = false;
        findings.add("events", read.key.as_str(), wrong.join("; "));
    }

    async fn replay(
        &mut self,
        stored: &StoredRow,
        read: &Read,
        scratch: &mut Scratch,
        findings: &mut Findings,
    ) -> Result<(), DbError> {
        let Some(replaying) = &mut self.replaying else { return Ok(()) };
        match replaying.project(&mut scratch.conn(), stored).await {
            Ok(()) => Ok(()),
            Err(DbError::Unreadable(why)) => {
                self.replaying = None;
                self.fail(read, &[format!("chương trình này không đọc được nội dung: {why}")], findings);
                Ok(())
            }
            Err(error) if error.is_constraint() => {
                self.fail(read, &[format!("không dựng lại được bảng đọc từ sự kiện này: {error}")], findings);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Compares the saved state once as many events are taken in as it is said to hold.
    fn check_state(&self, seen: &mut Seen, findings: &mut Findings) -> Result<(), DbError> {
        let (Some(head), Some(replaying)) = (&self.head, &self.replaying) else { return Ok(()) };
        if u64::try_from(head.state_at) != Ok(self.version) || !self.holds {
            return Ok(());
        }
        let today = i64::from(replaying.state_version());
        let same = replaying.state()? == head.state;
        let mut wrong = |what: &str| findings.add("streams", self.name.as_str(), what);
        match head.state_version {
            version if version == today && same => {}
            version if version == today => wrong("trạng thái lưu khác với kết quả chạy lại các sự kiện"),
            // An earlier form of the state can't be the same bytes as today's.
            version if version < 1 || version > today || same => wrong("sai phiên bản của trạng thái lưu"),
            _ => seen.old_states = seen.old_states.saturating_add(1),
        }
        Ok(())
    }
}

/// At the end of a stream its head is what the last event left, and its names are held.
async fn finish(current: Current, scratch: &mut Scratch, seen: &mut Seen, work: &mut Work) -> Result<(), DbError> {
    seen.streams = seen.streams.saturating_add(1);
    let mut wrong = |what: String| work.findings.add("streams", current.name.as_str(), what);
    match &current.head {
        None => wrong("luồng có sự kiện nhưng không có đầu luồng".to_owned()),
        Some(head) => {
            let version = current.version;
            if u64::try_from(head.version) != Ok(version) {
                wrong(format!("đầu luồng ghi {} sự kiện, sự kiện cuối là số {version}", head.version));
            }
            if head.hash != current.hash.as_bytes() {
                wrong("mã băm ở đầu luồng khác mã băm của sự kiện cuối".to_owned());
            }
            if head.recorded_at != current.recorded_at.0 {
                wrong("thời điểm ở đầu luồng khác thời điểm ghi sự kiện cuối".to_owned());
            }
            if head.state_at < 1 || head.state_at > head.version {
                wrong(format!("trạng thái lưu được ghi là sau sự kiện số {}, không thể có", head.state_at));
            }
        }
    }
    let Some(replaying) = &current.replaying else { return Ok(()) };
    let Ok(stream) = current.name.parse::<StreamId>() else { return Ok(()) };
    for name in hold(&mut scratch.conn(), &stream, replaying.as_ref()).await? {
        work.findings.add("claims", name, format!("hai luồng cùng giữ; một luồng là {stream}"));
    }
    Ok(())
}

/// Writes the names that a stream holds; gives back those which another one holds too.
///
/// Only what is held in the end is written: streams are replayed one after the other, not in the order of time.
pub(crate) async fn hold(
    conn: &mut Conn<'_>,
    stream: &StreamId,
    replaying: &dyn Replaying,
) -> Result<Vec<String>, DbError> {
    let mut taken = Vec::new();
    for (kind, key) in replaying.held() {
        let sql = "INSERT INTO claims (kind, key, stream) VALUES ($1, $2, $3) ON CONFLICT (kind, key) DO NOTHING";
        if conn.run(sql, &[Arg::Text(kind), Arg::Text(key), Arg::Text(stream.as_str())]).await? == 0 {
            taken.push(format!("{kind} {key}"));
        }
    }
    Ok(taken)
}
