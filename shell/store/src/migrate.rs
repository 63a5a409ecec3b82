//! The schema, a file a change; the same text on both engines but for two names of types.

use std::borrow::Cow;

use sqlx::Connection as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqliteConnection;

use crate::conn::built;
use crate::error::DbError;
use crate::store::{Options, sqlite_options};

/// A change of the schema: its number, its name, its SQL.
pub type Change = (i64, &'static str, &'static str);

/// Every change of the schema, in order. A released one never changes.
pub const MIGRATIONS: &[Change] = &[
    (1, "ledger", include_str!("../migrations/0001_ledger.sql")),
    (2, "people", include_str!("../migrations/0002_people.sql")),
    (3, "login", include_str!("../migrations/0003_login.sql")),
    (4, "lists", include_str!("../migrations/0004_lists.sql")),
    (5, "rounds", include_str!("../migrations/0005_rounds.sql")),
    (6, "threads", include_str!("../migrations/0006_threads.sql")),
    (7, "shares", include_str!("../migrations/0007_shares.sql")),
    (8, "phases", include_str!("../migrations/0008_phases.sql")),
    (9, "sheet-points", include_str!("../migrations/0009_sheet_points.sql")),
];

/// Which words the engine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// What a store is, compared with what the program needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The last change that the store has; 0: it is empty.
    pub stored: i64,
    /// The last change that the program knows.
    pub known: i64,
}

impl Schema {
    /// The last change that the program knows.
    #[must_use]
    pub fn known() -> i64 {
        MIGRATIONS.last().map_or(0, |(version, ..)| *version)
    }
}

pub(crate) fn text(dialect: Dialect, sql: &str) -> String {
    let (bytes, text) = match dialect {
        Dialect::Sqlite => ("BLOB", "TEXT"),
        Dialect::Postgres => ("BYTEA", "TEXT COLLATE \"C\""),
    };
    sql.replace("{bytes}", bytes).replace("{text}", text)
}

/// The migrator: a transaction a file, an own lock instead of an advisory one.
fn migrator(dialect: Dialect, changes: &[Change]) -> Migrator {
    let migrations = changes.iter().map(|(version, name, sql)| {
        let sql = built(text(dialect, sql));
        Migration::new(*version, Cow::Borrowed(*name), MigrationType::Simple, sql, false)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.set_locking(false);
    migrator
}

/// Brings a SQLite database up to what the program needs.
pub(crate) async fn sqlite(conn: &mut SqliteConnection) -> Result<(), DbError> {
    sqlite_to(conn, MIGRATIONS).await
}

/// Two at once wait for each other: the lock is taken before it is read what is still to be done.
async fn sqlite_to(conn: &mut SqliteConnection, changes: &[Change]) -> Result<(), DbError> {
    let mut whole = conn.begin_with("BEGIN IMMEDIATE").await?;
    migrator(Dialect::Sqlite, changes).run_direct(None, &mut *whole, false).await?;
    Ok(whole.commit().await?)
}

/// Brings a PostgreSQL database up; two at once wait for each other at the row of a lock table.
pub(crate) async fn postgres(pool: &PgPool) -> Result<(), DbError> {
    postgres_to(pool, MIGRATIONS).await
}

async fn postgres_to(pool: &PgPool, changes: &[Change]) -> Result<(), DbError> {
    let create = "CREATE TABLE IF NOT EXISTS migration_lock (id BIGINT NOT NULL PRIMARY KEY)";
    // Two that create it at the same moment: one of them is told that it is there.
    if let Err(error) = sqlx::query(create).execute(pool).await {
        tracing::debug!(%error, "the lock table is being made by somebody else");
        sqlx::query(create).execute(pool).await?;
    }
    sqlx::query("INSERT INTO migration_lock (id) VALUES (1) ON CONFLICT (id) DO NOTHING").execute(pool).await?;
    let mut lock = pool.begin().await?;
    sqlx::query("SELECT id FROM migration_lock WHERE id = 1 FOR UPDATE").execute(&mut *lock).await?;
    let mut conn = pool.acquire().await?;
    migrator(Dialect::Postgres, changes).run_direct(None, &mut *conn, false).await?;
    lock.rollback().await?;
    Ok(())
}

/// Brings the database that the options name to where those changes lead: how the tests make an earlier
/// schema, or one whose making was interrupted.
///
/// # Errors
/// What the engine says; a change that failed has left nothing behind.
pub async fn migrate_to(options: &Options, changes: &[Change]) -> Result<(), DbError> {
    match &options.url {
        Some(url) => {
            let pool = PgPool::connect(url).await?;
            let done = postgres_to(&pool, changes).await;
            pool.close().await;
            done
        }
        None => {
            let path = sqlite_options(&options.database()).create_if_missing(true);
            let mut conn = SqliteConnection::connect_with(&path).await?;
            let done = sqlite_to(&mut conn, changes).await;
            conn.close().await?;
            done
        }
    }
}
