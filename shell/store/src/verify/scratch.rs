//! The scratch database into which events are projected again.

use std::path::{Path, PathBuf};

use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;

use super::report::Findings;
use crate::catalog;
use crate::conn::Conn;
use crate::error::DbError;
use crate::snapshot;
use crate::table::{self, Pages};

/// A SQLite file that goes when this is dropped.
pub(crate) struct Scratch {
    conn: SqliteConnection,
    _file: Gone,
}

/// Removes the file.
struct Gone(PathBuf);

impl Drop for Gone {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::debug!(%error, path = %self.0.display(), "the scratch database was not removed");
        }
    }
}

impl Scratch {
    pub(crate) async fn new(folder: &Path) -> Result<Self, DbError> {
        let file = Gone(folder.join(format!("cchc-scratch-{}.db", uuid::Uuid::now_v7().simple())));
        let conn = snapshot::new_file(&file.0).await?;
        Ok(Self { conn, _file: file })
    }

    pub(crate) fn conn(&mut self) -> Conn<'_> {
        Conn::Sqlite(&mut self.conn)
    }

    /// Read tables show sealed fields in plain text as long as their key is there, so the keys come along.
    pub(crate) async fn take_keys(&mut self, from: &mut Conn<'_>, findings: &mut Findings) -> Result<(), DbError> {
        let Some(keys) = catalog::table("subject_keys") else { return Ok(()) };
        let mut pages = Pages::of(keys);
        loop {
            let mut page = match pages.next(from).await {
                Ok(page) if page.is_empty() => return Ok(()),
                Ok(page) => page,
                Err(error) => return findings.unreadable(keys.name, error),
            };
            // A damaged row is named where the seals are checked.
            page.retain(|row| row.iter().all(|value| value.arg().is_some()));
            table::insert(&mut self.conn(), keys, &page).await?;
        }
    }

    /// Closes it; what was in it is not kept.
    pub(crate) async fn end(self) {
        drop(self.conn.close().await);
    }
}
