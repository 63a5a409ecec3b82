//! Many rows for lists, written past the ledger: what is tested is reading.
#![allow(dead_code, reason = "each test binary uses a part")]

use cchc_ledger::draft::Change;
use cchc_store::history::HistoryRow;
use cchc_store::{Arg, Store};

/// When the first event was recorded.
pub const START: i64 = crate::common::START;
/// How many events there are; more than are counted.
pub const EVENTS: usize = 12_000;

const EVENT: &str = "INSERT INTO events (stream, version, name, form, recorded_at, happened_at, actor, post, unit, \
    capacity, reason, request, asked, ordinal, cause, previous, hash, payload) \
    WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 12000), \
    seals(b) AS (SELECT seal FROM meta WHERE name = 'nature') \
    SELECT CASE WHEN i % 7 = 0 THEN 'person/p' ELSE 'draft/d' END || (i % 900), i, \
    CASE WHEN i % 3 = 0 THEN 'opened' ELSE 'renamed' END, 1, $1 + i / 4 * 20000000, \
    $1 + i / 4 * 20000000 - CASE WHEN i % 500 = 0 THEN 1 ELSE 0 END, 'p' || (i % 11), 'post-' || (i % 5), \
    'u' || (i % 13), '', '', 'r' || i, b, 0, b, b, b, b FROM n, seals";

const UNITS: &str = "INSERT INTO units (code, valid_from, source, valid_to, name, parent, successors, place, seal) \
    VALUES ('u1', '2000-01-01', 'x', '', 'mô phỏng', '', '', 1, $1), \
    ('u2', '2000-01-01', 'x', '', 'mô phỏng', 'u1', '', 2, $1), \
    ('u3', '2000-01-01', 'x', '', 'mô phỏng', 'u2', '', 3, $1), \
    ('u4', '2000-01-01', 'x', '2021-01-01', 'mô phỏng', 'u1', '', 4, $1), \
    ('u8', '2000-01-01', 'x', '', 'mô phỏng', '', '', 5, $1)";

const DRAFTS: &str = "INSERT INTO drafts (id, kind, name, standing, holder, unit, opened_by, opened_at, closed_at, \
    errors, warnings, summary, valid_from, valid_to, event) \
    WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 3000), \
    seals(b) AS (SELECT seal FROM meta WHERE name = 'nature') \
    SELECT 'm' || i, 'units', 'mo-phong', \
    CASE i % 3 WHEN 0 THEN 'open' WHEN 1 THEN 'applied' ELSE 'discarded' END, \
    'post-' || (i % 10), 'u' || (i % 13), 'p1', $1 + i / 2, 0, 0, 0, '', '', '', b FROM n, seals";

const NOTICES: &str = "INSERT INTO notices (person, id, kind, title, body, href, cause, created_at, read_at, seal) \
    WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 3000), \
    seals(b) AS (SELECT seal FROM meta WHERE name = 'nature') \
    SELECT 'p' || (i % 10), 'm' || i, 'x', 'mô phỏng', '', '', b, $1 + i / 2, i % 4 * 5, b FROM n, seals";

async fn write(store: &Store, sql: &'static str) {
    let work = store.write(move |conn| {
        Box::pin(async move {
            if sql == UNITS {
                return conn.run(sql, &[Arg::Bytes(b"x")]).await;
            }
            conn.run(sql, &[Arg::Int(START)]).await
        })
    });
    work.await.unwrap();
}

/// Events of several kinds, people and units, some at the same moment; the units of a tree.
pub async fn events(store: &Store) {
    store.meta_set("nature", "mô phỏng").await.unwrap();
    write(store, EVENT).await;
    write(store, UNITS).await;
}

pub async fn drafts(store: &Store) {
    write(store, DRAFTS).await;
}

pub async fn notices(store: &Store) {
    write(store, NOTICES).await;
}

/// PostgreSQL learns how many rows there are.
pub async fn analyze(store: &Store) {
    if store.is_postgres() {
        store.write(|conn| Box::pin(async move { conn.run("ANALYZE", &[]).await })).await.unwrap();
    }
}

/// The order of the history.
pub fn key(row: &HistoryRow) -> (i64, String, u64) {
    (row.recorded_at.0, row.stream.to_string(), row.version)
}

/// A prepared change of an invented rule.
pub fn change() -> Change {
    Change {
        kind: "units".to_owned(),
        name: "vinh-phuc".to_owned(),
        content: "x".to_owned(),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "mô phỏng".to_owned(),
        replaces: None,
        file: None,
        file_name: String::new(),
        errors: 0,
        warnings: 0,
        summary: "thêm 1".to_owned(),
    }
}
