//! A million events before anything is measured, written by the engines themselves.

use sqlx::{Connection, PgConnection, SqliteConnection};

use super::engine::Place;

/// Writes so many streams of one event, with everything that belongs to each.
pub async fn run(place: &Place, rows: i64) -> anyhow::Result<()> {
    match &place.url {
        None => {
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(place.database());
            let mut conn = SqliteConnection::connect_with(&options).await?;
            sqlx::query("BEGIN IMMEDIATE").execute(&mut conn).await?;
            for statement in STATEMENTS {
                sqlx::query(sqlx::AssertSqlSafe(sqlite(statement))).bind(rows).execute(&mut conn).await?;
            }
            sqlx::query("COMMIT").execute(&mut conn).await?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut conn).await?;
            conn.close().await?;
        }
        Some(url) => {
            let mut conn = PgConnection::connect(url).await?;
            for statement in STATEMENTS {
                sqlx::query(sqlx::AssertSqlSafe(postgres(statement))).bind(rows).execute(&mut conn).await?;
            }
            sqlx::query("VACUUM ANALYZE").execute(&mut conn).await?;
            sqlx::query("CHECKPOINT").execute(&mut conn).await?;
            conn.close().await?;
        }
    }
    Ok(())
}

/// `{n}` is the source of numbers, `{hash}` 32 bytes, `{bytes}` the payload, `{id}` a spread key.
const STATEMENTS: [&str; 5] = [
    "INSERT INTO events (stream, version, name, form, recorded_at, happened_at, actor, post, unit, capacity, reason, \
     request, asked, ordinal, cause, previous, hash, payload) SELECT 'draft/' || {id}, 1, 'opened', 1, \
     1600000000000000 + i, 1600000000000000 + i, 'mo-phong-' || (i % 500), 'p-1', '' || (i % 300), '', '', 'r' || i, \
     {hash}, 0, {empty}, {zero}, {hash}, {payload} FROM {n}",
    "INSERT INTO streams (stream, version, hash, recorded_at, state_at, state_version, state) \
     SELECT 'draft/' || {id}, 1, {hash}, 1600000000000000 + i, 1, 1, {payload} FROM {n}",
    "INSERT INTO log (position, stream, version, event, hash) SELECT i, 'draft/' || {id}, 1, {hash}, {hash} FROM {n}",
    "INSERT INTO requests (actor, request, asked, stream, version) \
     SELECT 'mo-phong-' || (i % 500), 'r' || i, {hash}, 'draft/' || {id}, 1 FROM {n}",
    "INSERT INTO drafts (id, kind, name, standing, holder, unit, opened_by, opened_at, closed_at, errors, warnings, \
     summary, valid_from, valid_to, event) SELECT {id}, 'units', 'vinh-phuc', 'open', 'p-' || (i % 900), \
     '' || (i % 300), 'mo-phong-' || (i % 500), 1600000000000000 + i, 0, 0, 0, 'thêm 1', '', '', {hash} FROM {n}",
];

fn sqlite(statement: &str) -> String {
    let numbers = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) SELECT i FROM n)";
    let words = [
        ("{n}", numbers),
        ("{hash}", "randomblob(32)"),
        ("{payload}", "zeroblob(700)"),
        ("{empty}", "x''"),
        ("{zero}", "zeroblob(32)"),
        ("{id}", "printf('%08x%08x', (i * 2654435761) & 4294967295, i)"),
    ];
    words.iter().fold(statement.to_owned(), |text, (word, sql)| text.replace(word, sql))
}

fn postgres(statement: &str) -> String {
    let hash = "decode(md5(i::text) || md5((i + 1)::text), 'hex')";
    let words = [
        ("{n}", "generate_series(1, $1::bigint) AS s(i)"),
        ("{hash}", hash),
        ("{payload}", "decode(repeat('00', 700), 'hex')"),
        ("{empty}", "''::bytea"),
        ("{zero}", "decode(repeat('00', 32), 'hex')"),
        ("{id}", "lpad(to_hex((i * 2654435761) & 4294967295), 8, '0') || lpad(to_hex(i), 8, '0')"),
        ("'' || (i % 300)", "(i % 300)::text"),
    ];
    words.iter().fold(statement.to_owned(), |text, (word, sql)| text.replace(word, sql))
}
