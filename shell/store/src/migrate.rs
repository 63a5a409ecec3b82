//! The schema, a file a change; the same text on both engines but for two names of types.

use std::borrow::Cow;

use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::conn::built;
use crate::error::DbError;

/// Every change of the schema, in order. A released one never changes.
pub const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "ledger", include_str!("../migrations/0001_ledger.sql")),
    (2, "people", include_str!("../migrations/0002_people.sql")),
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
fn migrator(dialect: Dialect) -> Migrator {
    let migrations = MIGRATIONS.iter().map(|(version, name, sql)| {
        let sql = built(text(dialect, sql));
        Migration::new(*version, Cow::Borrowed(*name), MigrationType::Simple, sql, false)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.set_locking(false);
    migrator
}

/// Brings a SQLite database up to what the program needs.
pub(crate) async fn sqlite(conn: &mut sqlx::sqlite::SqliteConnection) -> Result<(), DbError> {
    Ok(migrator(Dialect::Sqlite).run_direct(None, conn, false).await?)
}

/// Brings a PostgreSQL database up; two at once wait for each other at the row of a lock table.
pub(crate) async fn postgres(pool: &sqlx::postgres::PgPool) -> Result<(), DbError> {
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
    migrator(Dialect::Postgres).run_direct(None, &mut *conn, false).await?;
    lock.rollback().await?;
    Ok(())
}
