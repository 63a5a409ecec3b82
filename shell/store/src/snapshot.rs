//! One moment of a database, read while writing goes on.

use std::path::Path;

use sqlx::postgres::Postgres;
use sqlx::sqlite::{Sqlite, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, Transaction};

use crate::conn::Conn;
use crate::error::DbError;
use crate::migrate;
use crate::store::{Engine, Store, sqlite_options};

/// A transaction that only reads; dropping it ends it.
pub(crate) enum Snapshot {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Snapshot {
    pub(crate) async fn of(store: &Store) -> Result<Self, DbError> {
        Ok(match &store.inner.engine {
            Engine::Sqlite { read, .. } => Self::Sqlite(read.begin().await?),
            Engine::Postgres { pool } => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                let mut transaction = pool.begin_with(begin).await?;
                by_key(&mut Conn::Postgres(&mut transaction)).await?;
                Self::Postgres(transaction)
            }
        })
    }

    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(transaction) => Conn::Sqlite(transaction),
            Self::Postgres(transaction) => Conn::Postgres(transaction),
        }
    }

    pub(crate) async fn end(self) -> Result<(), DbError> {
        match self {
            Self::Sqlite(transaction) => transaction.rollback().await?,
            Self::Postgres(transaction) => transaction.rollback().await?,
        }
        Ok(())
    }
}

/// Walking by key, page after page, is what every statement here does; a planner without statistics (just
/// after a restore, say) would sort the whole table for each page.
const BY_KEY: &[&str] = &[
    "SET LOCAL enable_seqscan = off",
    "SET LOCAL enable_bitmapscan = off",
    "SET LOCAL enable_sort = off",
    "SET LOCAL enable_hashjoin = off",
    "SET LOCAL enable_mergejoin = off",
];
const AS_USUAL: &[&str] =
    &["SET LOCAL enable_seqscan = on", "SET LOCAL enable_sort = on", "SET LOCAL enable_hashjoin = on"];

/// PostgreSQL: walks by key until the transaction ends.
pub(crate) async fn by_key(conn: &mut Conn<'_>) -> Result<(), DbError> {
    plan(conn, BY_KEY).await
}

/// PostgreSQL: plans as it likes, for a question that no key answers.
pub(crate) async fn as_usual(conn: &mut Conn<'_>) -> Result<(), DbError> {
    plan(conn, AS_USUAL).await
}

async fn plan(conn: &mut Conn<'_>, settings: &'static [&'static str]) -> Result<(), DbError> {
    if conn.is_postgres() {
        for setting in settings {
            conn.run(setting, &[]).await?;
        }
    }
    Ok(())
}

/// A SQLite file that nobody else uses, read only.
pub(crate) async fn open_file(path: &Path) -> Result<SqliteConnection, DbError> {
    let options = sqlite_options(path).journal_mode(SqliteJournalMode::Delete).read_only(true);
    Ok(SqliteConnection::connect_with(&options).await?)
}

/// A new SQLite file with today's schema, in one transaction that is not durable until [`finish_file`].
pub(crate) async fn new_file(path: &Path) -> Result<SqliteConnection, DbError> {
    let options = sqlite_options(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off);
    let mut conn = SqliteConnection::connect_with(&options).await?;
    migrate::sqlite(&mut conn).await?;
    Conn::Sqlite(&mut conn).run("BEGIN", &[]).await?;
    Ok(conn)
}

/// Ends what [`new_file`] began; the caller syncs the file.
pub(crate) async fn finish_file(mut conn: SqliteConnection) -> Result<(), DbError> {
    Conn::Sqlite(&mut conn).run("COMMIT", &[]).await?;
    Ok(conn.close().await?)
}
