//! Files by their content: written under a temporary name, synced, renamed; the row says hash and size.
//!
//! On PostgreSQL several servers share the folder (a network disk), since the database holds only the rows.
//! A file whose row was not written after all stays: nobody refers to it, and it serves whoever brings it again.

use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use cchc_ledger::Hash;

use crate::conn::{Arg, int};
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::secret::short_id;
use crate::store::Store;
use crate::verify::files::{compare, path as path_of};

/// The largest file that is taken, in bytes.
pub const LARGEST: usize = 64 * 1024 * 1024;

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Hash of its content.
    pub hash: Hash,
    /// Its size in bytes.
    pub size: u64,
    /// The name under which it first came.
    pub name: String,
}

impl Store {
    /// Keeps a file; the same content again is the same file.
    ///
    /// # Errors
    /// Where it is too large, or the disk refuses; no row is written then.
    pub async fn file_put(&self, name: &str, bytes: Vec<u8>) -> Result<StoredFile, DbError> {
        if bytes.len() > LARGEST {
            let most = LARGEST.saturating_div(1024 * 1024);
            return Err(DbError::Refused(format!("tệp «{name}» quá lớn: tối đa {most} MB")));
        }
        let (root, name) = (self.folder().to_owned(), name.to_owned());
        let written = tokio::task::spawn_blocking(move || {
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let stored = StoredFile { hash: Hash::of(&bytes), size, name };
            write(&root, &stored, &bytes).map(|()| stored)
        });
        let written = written.await.map_err(|error| DbError::Refused(error.to_string()))?;
        if let Err(DbError::File { source, .. }) = &written
            && matches!(
                source.kind(),
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::ReadOnlyFilesystem
            )
        {
            self.inner.health.note_disk(&source.to_string());
        }
        let stored = written?;
        let (row, now) = (stored.clone(), self.now());
        self.write(move |conn| {
            let row = row.clone();
            Box::pin(async move {
                let values =
                    [Arg::Bytes(row.hash.as_bytes()), Arg::Int(int(row.size)), Arg::Text(&row.name), Arg::Int(now.0)];
                let sealed = seal("files", &values);
                let [hash, size, name, stored_at] = values;
                let sql = "INSERT INTO files (hash, size, name, stored_at, seal) VALUES ($1, $2, $3, $4, $5) \
                    ON CONFLICT (hash) DO NOTHING";
                conn.run(sql, &[hash, size, name, stored_at, Arg::Bytes(sealed.as_bytes())]).await.map(|_| ())
            })
        })
        .await?;
        Ok(stored)
    }

    /// The content of a file, compared with its hash.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] naming the file where it was changed; [`DbError::File`] where it is gone.
    pub async fn file_get(&self, hash: &Hash) -> Result<Vec<u8>, DbError> {
        let (path, wanted) = (path_of(self.folder(), hash), *hash);
        let read = tokio::task::spawn_blocking(move || {
            let bytes = read_bounded(&path).map_err(|source| wrong(&path, source))?;
            if Hash::of(&bytes) != wanted {
                return Err(DbError::Unreadable(format!(
                    "tệp {} đã bị sửa: nội dung không khớp mã băm",
                    path.display()
                )));
            }
            Ok(bytes)
        });
        read.await.map_err(|error| DbError::Refused(error.to_string()))?
    }
}

/// Writes the file so that under its name there is either all of it or nothing.
fn write(root: &Path, stored: &StoredFile, bytes: &[u8]) -> Result<(), DbError> {
    let path = path_of(root, &stored.hash);
    let folder = path.parent().unwrap_or(root);
    std::fs::create_dir_all(folder).map_err(|source| wrong(folder, source))?;
    // What is there is compared, not believed: one that was damaged heals when it comes again.
    if compare(&path, &stored.hash, stored.size).is_err() {
        let part = folder.join(format!("{}.part", short_id()));
        let written = write_part(&part, bytes).and_then(|()| std::fs::rename(&part, &path));
        if let Err(source) = written {
            drop(std::fs::remove_file(&part));
            return Err(wrong(&path, source));
        }
    }
    // A name is durable only when its folder is, and that one's name in its own; another who has just
    // written the same file may not have come so far.
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(root)) {
        let synced = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|source| wrong(folder, source))?;
    }
    Ok(())
}

/// At most one byte more than the largest file has: whatever is longer is not what was stored.
fn read_bounded(path: &Path) -> std::io::Result<Vec<u8>> {
    let most = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write_part(part: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create_new(part)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn wrong(path: &Path, source: std::io::Error) -> DbError {
    DbError::File { path: path.display().to_string(), source }
}
