//! A store: one database, its clock, and the folder of files beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use cchc_ledger::Moment;
use futures_util::future::BoxFuture;
use sqlx::Connection;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{
    Sqlite, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::health::Health;
use crate::sealed_row::seal;
use crate::sessions::Limits;
use crate::{group, migrate, serial};

/// What time it is; handed in by the program, since the store reads no clock of its own.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    /// `postgres://…`; `None`: SQLite in the folder.
    pub url: Option<String>,
    /// Where a migration may use another role: `CCHC_MIGRATE_URL`.
    pub migrate_url: Option<String>,
    /// The folder of the SQLite database and of the files.
    pub folder: PathBuf,
    /// What time it is.
    pub clock: Clock,
    /// How many connections read at once (and on PostgreSQL write).
    pub connections: u32,
    /// When sessions end by themselves.
    pub sessions: Limits,
    /// PostgreSQL's isolation.
    pub isolation: Isolation,
    /// Tests alone: which attempts the server is made to refuse with 40001.
    pub fail: Option<fn(u32) -> bool>,
}

/// PostgreSQL's isolation of a command's transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// The contract: heads are locked in key order.
    ReadCommitted,
    /// Stricter, for engines that know nothing else.
    Serializable,
}

impl Options {
    /// A store in that folder, or at that address.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, url: Option<String>, clock: Clock) -> Self {
        Self {
            url,
            migrate_url: None,
            folder: folder.into(),
            clock,
            connections: 8,
            sessions: Limits::default(),
            isolation: Isolation::ReadCommitted,
            fail: None,
        }
    }

    /// Where the SQLite database is.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.folder.join("cchc.db")
    }
}

/// A store; cloning it is cheap.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) engine: Engine,
    pub(crate) options: Options,
    pub(crate) health: Health,
}

pub(crate) enum Engine {
    Sqlite { read: SqlitePool, writer: group::Queue },
    Postgres { pool: PgPool },
}

/// A connection to read with.
pub enum Reader {
    /// Embedded.
    Sqlite(PoolConnection<Sqlite>),
    /// A server.
    Postgres(PoolConnection<Postgres>),
}

impl Reader {
    /// The connection.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }
}

/// How a SQLite database is opened, by whomever.
pub(crate) fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-32000")
        .statement_cache_capacity(256)
}

/// How long a start waits for another one that holds the database.
const START_WAIT: Duration = Duration::from_secs(10);

/// Opens the database; waits for others that open or close it at the same moment.
///
/// SQLite's own waiting does not cover the change of the journal's mode nor the clean-up of the last
/// connection: there it says at once that the database is locked.
async fn sqlite_engine(options: &Options, health: &Health) -> Result<Engine, DbError> {
    let began = Instant::now();
    loop {
        match sqlite_engine_now(options, health).await {
            Err(error) if error.is_busy() && began.elapsed() < START_WAIT => {
                tracing::debug!(%error, "the database is being opened or closed by somebody else");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            done => return done,
        }
    }
}

async fn sqlite_engine_now(options: &Options, health: &Health) -> Result<Engine, DbError> {
    let path = options.database();
    let mut first = SqliteConnection::connect_with(&sqlite_options(&path).create_if_missing(true)).await?;
    migrate::sqlite(&mut first).await?;
    let read = SqlitePoolOptions::new()
        .max_connections(options.connections.max(1))
        .connect_with(sqlite_options(&path).read_only(true))
        .await?;
    let writer = group::start(sqlite_options(&path), options.clock.clone(), health.clone()).await?;
    first.close().await?;
    Ok(Engine::Sqlite { read, writer })
}

impl Store {
    /// Opens a store and brings its schema up.
    ///
    /// # Errors
    /// Where there is no such database, or its schema is newer than the program.
    pub async fn open(options: Options) -> Result<Self, DbError> {
        let health = Health::default();
        let engine = match &options.url {
            Some(url) => {
                let pool = PgPoolOptions::new()
                    .max_connections(options.connections.max(2))
                    .acquire_timeout(Duration::from_secs(30))
                    .connect(url)
                    .await?;
                match &options.migrate_url {
                    Some(owner) => {
                        let owner = PgPoolOptions::new().max_connections(2).connect(owner).await?;
                        migrate::postgres(&owner).await?;
                        owner.close().await;
                    }
                    None => migrate::postgres(&pool).await?,
                }
                Engine::Postgres { pool }
            }
            None => {
                create_folder(&options.folder)?;
                sqlite_engine(&options, &health).await?
            }
        };
        Ok(Self { inner: Arc::new(Inner { engine, options, health }) })
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Moment {
        (self.inner.options.clock)()
    }

    /// Whether this is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self.inner.engine, Engine::Postgres { .. })
    }

    /// The folder of the database and the files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.options.folder
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// Where none becomes free in time.
    pub async fn reader(&self) -> Result<Reader, DbError> {
        Ok(match &self.inner.engine {
            Engine::Sqlite { read, .. } => Reader::Sqlite(read.acquire().await?),
            Engine::Postgres { pool } => Reader::Postgres(pool.acquire().await?),
        })
    }

    /// Writes what no event explains (sessions, leases), in a transaction; the work may run more than once.
    ///
    /// # Errors
    /// What the work or the engine says; nothing of it is written then.
    pub async fn write<T, F>(&self, work: F) -> Result<T, DbError>
    where
        T: Send + 'static,
        F: for<'c> Fn(&'c mut Conn<'_>) -> BoxFuture<'c, Result<T, DbError>> + Send + Sync + 'static,
    {
        let done = match &self.inner.engine {
            Engine::Sqlite { writer, .. } => group::write(writer, work).await,
            Engine::Postgres { pool } => serial::write(self, pool, work).await,
        };
        match &done {
            Err(error) if error.is_disk() => self.inner.health.note_disk(&error.to_string()),
            Err(_) => {}
            Ok(_) => self.inner.health.note_written(),
        }
        done
    }

    /// Why nothing can be written now; once in a while one command is let through to see.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        self.inner.health.turned_away()
    }

    /// The sentence of the banner while nothing can be written.
    #[must_use]
    pub fn banner(&self) -> Option<String> {
        self.inner.health.trouble()
    }

    /// A value that describes this store.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn meta(&self, name: &str) -> Result<Option<String>, DbError> {
        let mut reader = self.reader().await?;
        let row = reader.conn().row("SELECT value FROM meta WHERE name = $1", &[Arg::Text(name)]).await?;
        row.map(|row| row.text(0)).transpose()
    }

    /// Writes a value that describes this store.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn meta_set(&self, name: &str, value: &str) -> Result<(), DbError> {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.write(move |conn| {
            let (name, value) = (name.clone(), value.clone());
            Box::pin(async move { set_meta(conn, &name, &value).await })
        })
        .await
    }

    /// Ends well: what waits is written, connections are closed.
    pub async fn close(self) {
        match Arc::try_unwrap(self.inner) {
            Ok(inner) => match inner.engine {
                Engine::Sqlite { read, writer } => {
                    writer.finish().await;
                    read.close().await;
                }
                Engine::Postgres { pool } => pool.close().await,
            },
            Err(shared) => tracing::debug!(others = Arc::strong_count(&shared), "others still use the store"),
        }
    }
}

pub(crate) async fn set_meta(conn: &mut Conn<'_>, name: &str, value: &str) -> Result<(), DbError> {
    let sealed = seal("meta", &[Arg::Text(name), Arg::Text(value)]);
    let sql = "INSERT INTO meta (name, value, seal) VALUES ($1, $2, $3) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, seal = excluded.seal";
    conn.run(sql, &[Arg::Text(name), Arg::Text(value), Arg::Bytes(sealed.as_bytes())]).await?;
    Ok(())
}

fn create_folder(folder: &Path) -> Result<(), DbError> {
    std::fs::create_dir_all(folder).map_err(|source| DbError::File { path: folder.display().to_string(), source })
}
