//! The loop that the ledger is compared with: the same rows to the same tables and indexes, nothing decided.

use std::time::{Duration, Instant};

use cchc_ledger::draft::Draft;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, PgConnection, SqliteConnection};

use super::engine::{Place, micros};

const EVENT: &str = "INSERT INTO events (stream, version, name, form, recorded_at, happened_at, actor, post, unit, \
    capacity, reason, request, asked, ordinal, cause, previous, hash, payload) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
const STREAM: &str = "INSERT INTO streams (stream, version, hash, recorded_at, state_at, state_version, state) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const LOG: &str = "INSERT INTO log (position, stream, version, event, hash) VALUES ($1, $2, $3, $4, $5)";
const OUTBOX: &str = "INSERT INTO outbox (stream, version, recorded_at, event) VALUES ($1, $2, $3, $4)";
const REQUEST: &str = "INSERT INTO requests (actor, request, asked, stream, version) VALUES ($1, $2, $3, $4, $5)";
const DRAFT: &str = "INSERT INTO drafts (id, kind, name, standing, holder, unit, opened_by, opened_at, closed_at, \
    errors, warnings, summary, valid_from, valid_to, event) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

/// The rows of one command.
struct Rows {
    key: String,
    stream: String,
    now: i64,
    hash: [u8; 32],
    payload: Vec<u8>,
    state: Vec<u8>,
}

impl Rows {
    fn new(run: &str, number: usize) -> anyhow::Result<Self> {
        let key = format!("b{run}-{number}");
        let change = Box::new(super::change());
        let payload = serde_json::to_vec(&cchc_ledger::draft::DraftEvent::Opened {
            change: change.clone(),
            holder: "p-1".to_owned(),
        })?;
        let state = serde_json::to_vec(&Draft { change: Some(change), ..Draft::default() })?;
        let hash = cchc_ledger::Hash::of(key.as_bytes()).0;
        Ok(Self { stream: format!("draft/{key}"), key, now: micros(), hash, payload, state })
    }
}

/// Writes the rows of one command on a connection.
macro_rules! write_rows {
    ($conn:expr, $rows:expr, $order:expr) => {{
        let rows = $rows;
        let hash = rows.hash.as_slice();
        sqlx::query(REQUEST)
            .bind("mo-phong")
            .bind(&rows.key)
            .bind(hash)
            .bind(&rows.stream)
            .bind(1_i64)
            .execute(&mut *($conn))
            .await?;
        sqlx::query(EVENT)
            .bind(&rows.stream)
            .bind(1_i64)
            .bind("opened")
            .bind(1_i64)
            .bind(rows.now)
            .bind(rows.now)
            .bind("mo-phong")
            .bind("p-1")
            .bind("243")
            .bind("")
            .bind("đo")
            .bind(&rows.key)
            .bind(hash)
            .bind(0_i64)
            .bind([0_u8; 0].as_slice())
            .bind([0_u8; 32].as_slice())
            .bind(hash)
            .bind(&rows.payload)
            .execute(&mut *($conn))
            .await?;
        match $order {
            Some(position) => {
                sqlx::query(LOG)
                    .bind(position)
                    .bind(&rows.stream)
                    .bind(1_i64)
                    .bind(hash)
                    .bind(hash)
                    .execute(&mut *($conn))
                    .await?
            }
            None => {
                sqlx::query(OUTBOX)
                    .bind(&rows.stream)
                    .bind(1_i64)
                    .bind(rows.now)
                    .bind(hash)
                    .execute(&mut *($conn))
                    .await?
            }
        };
        sqlx::query(DRAFT)
            .bind(&rows.key)
            .bind("units")
            .bind("vinh-phuc")
            .bind("open")
            .bind("p-1")
            .bind("243")
            .bind("mo-phong")
            .bind(rows.now)
            .bind(0_i64)
            .bind(0_i64)
            .bind(0_i64)
            .bind("thêm 1 đơn vị, sửa 0, bỏ 0")
            .bind("")
            .bind("")
            .bind(hash)
            .execute(&mut *($conn))
            .await?;
        sqlx::query(STREAM)
            .bind(&rows.stream)
            .bind(1_i64)
            .bind(hash)
            .bind(rows.now)
            .bind(1_i64)
            .bind(1_i64)
            .bind(&rows.state)
            .execute(&mut *($conn))
            .await?;
    }};
}

/// Commands a second.
pub async fn rate(place: &Place, group: usize, time: Duration) -> anyhow::Result<f64> {
    match &place.url {
        None => sqlite(place, group, time).await,
        Some(url) => postgres(url, group, time).await,
    }
}

async fn sqlite(place: &Place, group: usize, time: Duration) -> anyhow::Result<f64> {
    let options = SqliteConnectOptions::new()
        .filename(place.database())
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-32000")
        .statement_cache_capacity(256);
    let mut conn = SqliteConnection::connect_with(&options).await?;
    let mut position: i64 = sqlx::query_scalar("SELECT MAX(position) FROM log").fetch_one(&mut conn).await?;
    let run = uuid::Uuid::now_v7().simple().to_string();
    let (start, mut done) = (Instant::now(), 0);
    while start.elapsed() < time {
        sqlx::query("BEGIN IMMEDIATE").execute(&mut conn).await?;
        for _ in 0..group {
            position += 1;
            write_rows!((&mut conn), &Rows::new(&run, done)?, Some(position));
            done += 1;
        }
        sqlx::query("COMMIT").execute(&mut conn).await?;
    }
    let rate = done as f64 / start.elapsed().as_secs_f64();
    // The chain of the log is not real: what was written for comparison goes again.
    sqlx::query("DELETE FROM log WHERE stream LIKE 'draft/b%'").execute(&mut conn).await?;
    conn.close().await?;
    Ok(rate)
}

async fn postgres(url: &str, group: usize, time: Duration) -> anyhow::Result<f64> {
    let start = Instant::now();
    let tasks: Vec<_> = (0..group)
        .map(|_| {
            let url = url.to_owned();
            tokio::spawn(async move {
                let mut conn = PgConnection::connect(&url).await?;
                let run = uuid::Uuid::now_v7().simple().to_string();
                let mut done = 0;
                while start.elapsed() < time {
                    let mut transaction = conn.begin().await?;
                    write_rows!((&mut *transaction), &Rows::new(&run, done)?, None::<i64>);
                    transaction.commit().await?;
                    done += 1;
                }
                conn.close().await?;
                anyhow::Ok(done)
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += task.await??;
    }
    Ok(done as f64 / start.elapsed().as_secs_f64())
}
