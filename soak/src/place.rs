//! Where a scenario happens.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use cchc_ledger::Moment;
use cchc_store::{Options, Store};
use tempfile::TempDir;
use tokio::process::Command;

use crate::ledger::Ledger;

/// The machine's clock.
#[allow(clippy::disallowed_methods, reason = "a worker has the machine's clock")]
pub fn micros() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// A database of a scenario.
#[derive(Debug)]
pub struct Place {
    /// Folder of the database and the files.
    pub folder: PathBuf,
    /// PostgreSQL.
    pub url: Option<String>,
    /// Kept until the end; `None` where somebody else keeps the folder.
    _home: Option<TempDir>,
}

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A folder of its own.
    Sqlite,
    /// A database of its own.
    Postgres,
}

impl Place {
    /// A new one, empty.
    pub async fn new(on: On) -> anyhow::Result<Self> {
        let home = tempfile::tempdir()?;
        let url = match on {
            On::Sqlite => None,
            On::Postgres => Some(new_database().await?),
        };
        Ok(Self { folder: home.path().to_owned(), url, _home: Some(home) })
    }

    /// SQLite in a folder that somebody else keeps.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder, url: None, _home: None }
    }

    /// Compares it with what was said, once nobody writes any more.
    pub async fn compare(&self, ledger: &mut Ledger) -> anyhow::Result<()> {
        if let Some(url) = &self.url {
            quiet(url).await?;
        }
        let store = Store::open(Options::new(&self.folder, self.url.clone(), Arc::new(|| Moment(micros())))).await?;
        let compared = ledger.compare(&store).await;
        store.close().await;
        compared
    }

    /// Where what was waited for was not seen: the ledger may say why, and says so first.
    pub async fn explain(&self, seen: anyhow::Result<()>, ledger: &mut Ledger) -> anyhow::Result<()> {
        if seen.is_err() {
            self.compare(ledger).await?;
        }
        seen
    }

    /// Takes it away.
    pub async fn end(self) -> anyhow::Result<()> {
        let Some((_, name)) = self.url.as_deref().and_then(|url| url.rsplit_once('/')) else { return Ok(()) };
        ask(&server()?, &format!("DROP DATABASE {name} WITH (FORCE)")).await.map(|_| ())
    }
}

/// Waits until the server has noticed that the killed program is gone: what it was doing ends, well or not.
async fn quiet(url: &str) -> anyhow::Result<()> {
    let busy = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() \
        AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    for _ in 0..100 {
        if ask(url, busy).await?.trim() == "0" {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("ten seconds after the kill somebody still writes")
}

async fn new_database() -> anyhow::Result<String> {
    let server = server()?;
    let (start, _) = server.rsplit_once('/').context("an address without a database")?;
    let name = format!("soak_{}", uuid::Uuid::now_v7().simple());
    ask(&server, &format!("CREATE DATABASE {name}")).await?;
    Ok(format!("{start}/{name}"))
}

fn server() -> anyhow::Result<String> {
    std::env::var("CCHC_TEST_POSTGRES_URL").context("CCHC_TEST_POSTGRES_URL: run cargo xtask soak")
}

/// What the server answers, through its own client.
async fn ask(url: &str, sql: &str) -> anyhow::Result<String> {
    let psql = std::env::var("CCHC_SOAK_PGBIN").map_or_else(|_| "psql".to_owned(), |folder| format!("{folder}/psql"));
    let out = Command::new(psql).args([url, "-qAtc", sql]).output().await?;
    ensure!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}
