//! Where the ledger is measured: a database of its own on either engine.

use std::path::{Path, PathBuf};

use cchc_store::Store;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

/// A database of its own.
pub struct Place {
    /// The engine's name.
    pub name: &'static str,
    /// Where PostgreSQL is; `None`: SQLite.
    pub url: Option<String>,
    folder: PathBuf,
}

impl Place {
    /// A folder of its own.
    pub fn sqlite(name: &str) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("cchc-bench-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self { name: "SQLite", url: None, folder })
    }

    /// A database of its own on a server.
    pub async fn postgres(base: &str) -> anyhow::Result<Self> {
        let mut server = PgConnection::connect(base).await?;
        let name = format!("bench{}", uuid::Uuid::now_v7().simple());
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut server).await?;
        server.close().await?;
        let (start, _) = base.rsplit_once('/').unwrap_or((base, ""));
        let folder = std::env::temp_dir().join(format!("cchc-bench-files-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self { name: "PostgreSQL", url: Some(format!("{start}/{name}")), folder })
    }

    /// The folder of the database and the files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether this is SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.url.is_none()
    }

    /// The path of the SQLite database.
    pub fn database(&self) -> PathBuf {
        self.folder.join("cchc.db")
    }

    /// Bytes written to the log of the engine: exact on PostgreSQL; on SQLite by the pages that the
    /// process wrote, since the file of the log is used again.
    pub async fn wal_written(&self, _: &Store) -> anyhow::Result<u64> {
        match &self.url {
            None => {
                let io = std::fs::read_to_string("/proc/self/io")?;
                let line = io.lines().find_map(|line| line.strip_prefix("write_bytes: "));
                Ok(line.and_then(|number| number.trim().parse().ok()).unwrap_or(0))
            }
            Some(url) => {
                let mut server = PgConnection::connect(url).await?;
                let sql = "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint";
                let bytes: i64 = sqlx::query(sql).fetch_one(&mut server).await?.try_get(0)?;
                server.close().await?;
                Ok(u64::try_from(bytes).unwrap_or(0))
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // The folder holds nothing but what was measured; what stays behind is a temporary file.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The clock of the measurement.
#[allow(clippy::disallowed_methods, reason = "a measurement has the machine's clock")]
pub fn micros() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
