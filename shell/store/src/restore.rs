//! Restoring a backup into an empty place, of either engine; so also the way from SQLite to PostgreSQL.

use std::path::{Path, PathBuf};

use sqlx::Connection as _;

use crate::backup::copying::{self, wrong};
use crate::backup::{DATABASE, Manifest};
use crate::catalog::TABLES;
use crate::conn::Conn;
use crate::error::DbError;
use crate::log;
use crate::migrate::{self, Schema};
use crate::snapshot;
use crate::store::{Options, Store, sqlite_options};
use crate::table;
use crate::verify::{Progress, Report, Verify};

/// Restores a backup into the place that the options name, proves it, and closes it again.
///
/// # Errors
/// [`DbError::Refused`] where the place is not empty or the backup is not what it was when it was written.
pub async fn restore(
    backup: &Path,
    options: &Options,
    verify: &Verify,
    progress: Progress,
) -> Result<(Manifest, Report), DbError> {
    let manifest = Manifest::read(backup)?;
    let database = backup.join(DATABASE);
    manifest.holds(&database)?;
    refuse_files(&options.folder)?;
    let store = match &options.url {
        None => into_folder(backup, &database, options).await?,
        Some(_) => into_server(backup, &database, &manifest, options).await?,
    };
    let report = store.verify(verify, progress).await;
    store.close().await;
    Ok((manifest, report?))
}

/// The folder must hold no database and no files.
fn refuse_files(folder: &Path) -> Result<(), DbError> {
    let not_empty = |path: &Path| {
        let path = path.display();
        DbError::Refused(format!("nơi khôi phục phải trống, nhưng đã có {path}"))
    };
    let database = folder.join(DATABASE);
    if database.exists() {
        return Err(not_empty(&database));
    }
    let files = folder.join("files");
    let there = std::fs::read_dir(&files).is_ok_and(|mut entries| entries.next().is_some());
    if there { Err(not_empty(&files)) } else { Ok(()) }
}

async fn into_folder(backup: &Path, database: &Path, options: &Options) -> Result<Store, DbError> {
    std::fs::create_dir_all(&options.folder).map_err(|source| wrong(&options.folder, source))?;
    copy_files(backup, database, options).await?;
    copying::copy(database, &options.database())?;
    let store = Store::open(options.clone()).await?;
    // What waited on a server for its position gets it here, where nobody else gives positions.
    store.write(|conn| Box::pin(log::sequence_all(conn))).await?;
    // The writer remembers the end of the log as it was when it was opened.
    store.close().await;
    Store::open(options.clone()).await
}

async fn copy_files(backup: &Path, database: &Path, options: &Options) -> Result<(), DbError> {
    let mut conn = snapshot::open_file(database).await?;
    let copied = copying::files(&mut Conn::Sqlite(&mut conn), backup, &options.folder).await;
    conn.close().await?;
    copied.map(|_| ())
}

async fn into_server(backup: &Path, database: &Path, manifest: &Manifest, options: &Options) -> Result<Store, DbError> {
    let store = Store::open(options.clone()).await?;
    let mut reader = store.reader().await?;
    for one in TABLES {
        if table::count(&mut reader.conn(), one).await? > 0 {
            let name = one.name;
            return Err(DbError::Refused(format!("nơi khôi phục phải trống, nhưng bảng {name} đã có dòng")));
        }
    }
    drop(reader);
    copy_files(backup, database, options).await?;
    let today = Today::of(database, manifest, options).await?;
    let path = today.path.clone();
    store
        .write(move |conn| {
            let path = path.clone();
            Box::pin(async move { pour(&path, conn).await })
        })
        .await?;
    Ok(store)
}

async fn pour(path: &Path, into: &mut Conn<'_>) -> Result<(), DbError> {
    let mut from = snapshot::open_file(path).await?;
    for one in TABLES {
        table::copy(&mut Conn::Sqlite(&mut from), into, one, &|_| {}).await?;
    }
    Ok(from.close().await?)
}

/// The database of the backup with today's schema; a copy of it where it has an earlier one.
struct Today {
    path: PathBuf,
    copied: bool,
}

impl Today {
    async fn of(database: &Path, manifest: &Manifest, options: &Options) -> Result<Self, DbError> {
        if manifest.schema == Schema::known() {
            return Ok(Self { path: database.to_owned(), copied: false });
        }
        let path = options.folder.join("restore.part");
        copying::copy(database, &path)?;
        let today = Self { path, copied: true };
        let options = sqlite_options(&today.path).journal_mode(sqlx::sqlite::SqliteJournalMode::Delete);
        let mut conn = sqlx::sqlite::SqliteConnection::connect_with(&options).await?;
        migrate::sqlite(&mut conn).await?;
        conn.close().await?;
        Ok(today)
    }
}

impl Drop for Today {
    fn drop(&mut self) {
        if self.copied {
            drop(std::fs::remove_file(&self.path));
        }
    }
}
