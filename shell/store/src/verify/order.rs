//! The log: positions without a gap, chained, and each event in it exactly once.

use cchc_ledger::{Hash, chain};

use super::events::{Seen as Events, Sum};
use super::report::{Findings, Work};
use crate::catalog::Kind::{Bytes, Int, Text};
use crate::conn::{Arg, Conn, Row};
use crate::error::DbError;
use crate::snapshot;
use crate::table::{PAGE, Value, key_text};

/// What the log was.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub position: u64,
    pub head: Hash,
    pub waiting: u64,
}

/// `COALESCE`: an event that is gone has an empty hash.
const LOG: &str = "SELECT l.position, l.stream, l.version, l.event, l.hash, COALESCE(e.hash, $2) FROM log l \
    LEFT JOIN events e ON e.stream = l.stream AND e.version = l.version \
    WHERE l.position > $1 ORDER BY l.position LIMIT $3";
const OUTBOX: &str = "SELECT o.stream, o.version, o.event, o.recorded_at, COALESCE(e.hash, $2), \
    COALESCE(e.recorded_at, o.recorded_at) FROM outbox o \
    LEFT JOIN events e ON e.stream = o.stream AND e.version = o.version \
    WHERE (o.stream, o.version) > ($1, $3) ORDER BY o.stream, o.version LIMIT $4";

/// Walks through log and outbox.
pub(crate) async fn check(
    conn: &mut Conn<'_>,
    events: &Events,
    anchor: Option<(u64, Hash)>,
    work: &mut Work,
) -> Result<Seen, DbError> {
    let (mut seen, mut sum) = (Seen::default(), Sum::default());
    let mut entries = match log(conn, anchor, &mut seen, &mut sum, work).await {
        Ok(entries) => entries,
        Err(error) => {
            work.findings.unreadable("log", error)?;
            return Ok(seen);
        }
    };
    if let Err(error) = outbox(conn, &mut seen, &mut sum, work).await {
        work.findings.unreadable("outbox", error)?;
        return Ok(seen);
    }
    entries = entries.saturating_add(seen.waiting);
    if entries != events.events || sum != events.sum {
        let named = once(conn, &mut work.findings).await?;
        if named == 0 && work.findings.list.is_empty() {
            work.findings.add("log", "", "các sự kiện trong sổ chung không phải đúng các sự kiện đã lưu");
        }
    }
    Ok(seen)
}

async fn log(
    conn: &mut Conn<'_>,
    anchor: Option<(u64, Hash)>,
    seen: &mut Seen,
    sum: &mut Sum,
    work: &mut Work,
) -> Result<u64, DbError> {
    let (mut after, mut entries, mut anchored) = (i64::MIN, 0_u64, None);
    let page = i64::try_from(PAGE).unwrap_or(i64::MAX);
    loop {
        let rows = conn.rows(LOG, &[Arg::Int(after), Arg::Bytes(&[]), Arg::Int(page)]).await?;
        for row in &rows {
            let number = row.int(0)?;
            after = number;
            let expected = seen.position.saturating_add(1);
            let position = u64::try_from(number).unwrap_or(0);
            let mut wrong = Vec::new();
            if position != expected {
                wrong.push(format!("thiếu vị trí {expected} của sổ chung, gặp ngay vị trí {number}"));
            }
            let (event, hash) = (hash_at(row, 3), hash_at(row, 4));
            if chain::log_hash(&seen.head, position, &event) != hash {
                wrong.push("mã băm không khớp: mục này của sổ chung đã bị sửa hoặc đứt mạch".to_owned());
            }
            let event_key = key_text(&[Value::read(row, 1, Text), Value::read(row, 2, Int)]);
            match Value::read(row, 5, Bytes) {
                Value::Bytes(bytes) if bytes.is_empty() => wrong.push(format!("sự kiện {event_key} không còn")),
                Value::Bytes(bytes) if bytes == event.as_bytes() => {}
                _ => wrong.push(format!("mã băm khác với sự kiện {event_key}")),
            }
            if !wrong.is_empty() {
                work.findings.add("log", number.to_string(), wrong.join("; "));
            }
            sum.add(&event);
            entries = entries.saturating_add(1);
            (seen.position, seen.head) = (position.max(seen.position), hash);
            if let Some((at, _)) = anchor
                && at == position
            {
                anchored = Some(hash);
            }
        }
        work.step(u64::try_from(rows.len()).unwrap_or(0));
        if rows.len() < PAGE {
            break;
        }
    }
    if let Some((at, hash)) = anchor
        && at > 0
        && anchored != Some(hash)
    {
        let what = "sổ chung không còn khớp với mã băm đã ghi lại trước đây cho vị trí này";
        work.findings.add("log", at.to_string(), what);
    }
    Ok(entries)
}

/// A hash that can't be read is none at all.
fn hash_at(row: &Row, column: usize) -> Hash {
    row.hash(column).unwrap_or_default()
}

async fn outbox(conn: &mut Conn<'_>, seen: &mut Seen, sum: &mut Sum, work: &mut Work) -> Result<(), DbError> {
    let (mut stream, mut version) = (String::new(), i64::MIN);
    let page = i64::try_from(PAGE).unwrap_or(i64::MAX);
    loop {
        let args = [Arg::Text(&stream), Arg::Bytes(&[]), Arg::Int(version), Arg::Int(page)];
        let rows = conn.rows(OUTBOX, &args).await?;
        for row in &rows {
            let key = key_text(&[Value::read(row, 0, Text), Value::read(row, 1, Int)]);
            let event = hash_at(row, 2);
            let mut wrong = Vec::new();
            match Value::read(row, 4, Bytes) {
                Value::Bytes(bytes) if bytes.is_empty() => wrong.push("sự kiện đang chờ không còn"),
                Value::Bytes(bytes) if bytes == event.as_bytes() => {}
                _ => wrong.push("mã băm khác với sự kiện đang chờ"),
            }
            if Value::read(row, 3, Int) != Value::read(row, 5, Int) {
                wrong.push("thời điểm ghi khác với sự kiện đang chờ");
            }
            if !wrong.is_empty() {
                work.findings.add("outbox", key, wrong.join("; "));
            }
            sum.add(&event);
            seen.waiting = seen.waiting.saturating_add(1);
        }
        work.step(u64::try_from(rows.len()).unwrap_or(0));
        match rows.last() {
            Some(last) if rows.len() == PAGE => (stream, version) = (last.text(0)?, last.int(1)?),
            _ => return Ok(()),
        }
    }
}

/// Events that stand nowhere, or twice; asked for only when counts or sums differ.
async fn once(conn: &mut Conn<'_>, findings: &mut Findings) -> Result<u64, DbError> {
    let nowhere = "SELECT e.stream, e.version FROM events e \
        LEFT JOIN log l ON l.stream = e.stream AND l.version = e.version \
        LEFT JOIN outbox o ON o.stream = e.stream AND o.version = e.version \
        WHERE l.position IS NULL AND o.version IS NULL LIMIT $1";
    let twice = "SELECT stream, version FROM \
        (SELECT stream, version FROM log UNION ALL SELECT stream, version FROM outbox) x \
        GROUP BY stream, version HAVING COUNT(*) > 1 LIMIT $1";
    let mut named = 0_u64;
    snapshot::as_usual(conn).await?;
    let asked = [(nowhere, "sự kiện không có trong sổ chung"), (twice, "sự kiện có hai lần trong sổ chung")];
    for (sql, what) in asked {
        for row in &conn.rows(sql, &[Arg::Int(findings.room())]).await? {
            let key = key_text(&[Value::read(row, 0, Text), Value::read(row, 1, Int)]);
            findings.add("log", key, what);
            named = named.saturating_add(1);
        }
    }
    snapshot::by_key(conn).await?;
    Ok(named)
}
