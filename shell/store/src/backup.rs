//! A backup: a folder with a SQLite file, the files beside it, and a manifest; taken while writing goes on.
//!
//! Of whichever engine, the database part is always SQLite, so that any backup can be restored on either.

pub mod copying;
pub mod manifest;

use std::path::{Path, PathBuf};

use sqlx::Connection as _;

use crate::catalog::TABLES;
use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::migrate::Schema;
use crate::snapshot::{self, Snapshot};
use crate::store::{Engine, Store};
use crate::table;
use crate::verify::{self, Files, Progress, Report, Verify};

use copying::wrong;
pub use manifest::Manifest;

/// Name of the database in a backup, as in a data folder.
pub const DATABASE: &str = "cchc.db";

/// A backup that was written, and what proving it said.
#[derive(Debug, Clone)]
pub struct Backup {
    /// Where it is.
    pub folder: PathBuf,
    /// What is in it.
    pub manifest: Manifest,
    /// Whether it is sound; a backup of a damaged store is written too, and says so.
    pub report: Report,
}

impl Store {
    /// Writes a backup into a folder that does not exist yet, and proves it.
    ///
    /// # Errors
    /// [`DbError::Refused`] where the folder is there already; what the engine or the disk says. Nothing is
    /// left under the name of the folder then.
    pub async fn backup(&self, folder: &Path, verify: &Verify, progress: Progress) -> Result<Backup, DbError> {
        if folder.exists() {
            return Err(DbError::Refused(format!("{} đã có; hãy chọn tên khác cho bản sao lưu", folder.display())));
        }
        let part = copying::beside(folder);
        copying::new_folder(&part)?;
        let made = self.backup_into(&part, verify, progress).await;
        let moved = match &made {
            Ok(_) => std::fs::rename(&part, folder).map_err(|source| wrong(folder, source)),
            Err(_) => Ok(()),
        };
        if made.is_err() || moved.is_err() {
            drop(std::fs::remove_dir_all(&part));
        }
        moved?;
        let (manifest, report) = made?;
        copying::sync_parent(folder)?;
        Ok(Backup { folder: folder.to_owned(), manifest, report })
    }

    async fn backup_into(
        &self,
        folder: &Path,
        verify: &Verify,
        progress: Progress,
    ) -> Result<(Manifest, Report), DbError> {
        let path = folder.join(DATABASE);
        match &self.inner.engine {
            Engine::Sqlite { read, .. } => {
                let text = path
                    .to_str()
                    .ok_or_else(|| DbError::Refused(format!("tên {} có ký tự không dùng được", path.display())))?;
                let mut conn = read.acquire().await?;
                Conn::Sqlite(&mut conn).run("VACUUM INTO $1", &[Arg::Text(text)]).await?;
            }
            Engine::Postgres { .. } => {
                // As few events as possible are without their position.
                self.sequence().await?;
                let mut snapshot = Snapshot::of(self).await?;
                stream_into(&mut snapshot, &path).await?;
                snapshot.end().await?;
            }
        }
        copying::sync(&path)?;
        let mut conn = snapshot::open_file(&path).await?;
        let files = copying::files(&mut Conn::Sqlite(&mut conn), self.folder(), folder).await?;
        // What proves the copy reads the copied files too, whatever the caller asked for.
        let whole = Verify { files: Files::Read, ..verify.clone() };
        let report = verify::run(&mut Conn::Sqlite(&mut conn), folder, &whole, progress).await?;
        let counts = manifest::counts(&mut Conn::Sqlite(&mut conn)).await?;
        conn.close().await?;
        let (database, size) = copying::hash(&path)?;
        let manifest = Manifest {
            form: manifest::FORM,
            schema: Schema::known(),
            made_at: self.now(),
            position: report.position,
            head: report.head,
            waiting: report.waiting,
            counts,
            files,
            database,
            size,
            findings: u64::try_from(report.findings.len()).unwrap_or(u64::MAX).saturating_add(report.more),
        };
        manifest.write(folder)?;
        Ok((manifest, report))
    }
}

async fn stream_into(snapshot: &mut Snapshot, path: &Path) -> Result<(), DbError> {
    let mut file = snapshot::new_file(path).await?;
    for one in TABLES {
        table::copy(&mut snapshot.conn(), &mut Conn::Sqlite(&mut file), one, &|_| {}).await?;
    }
    snapshot::finish_file(file).await
}
