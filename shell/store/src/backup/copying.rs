//! Files from one folder into another, durable and checked.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use cchc_ledger::Hash;

use crate::catalog;
use crate::conn::Conn;
use crate::error::DbError;
use crate::table::Pages;
use crate::verify::files;

/// An error of a file.
pub(crate) fn wrong(path: &Path, source: std::io::Error) -> DbError {
    DbError::File { path: path.display().to_string(), source }
}

/// Where something is written before it gets its name.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// A new folder that its owner alone may read: there are passwords and personal data in it.
pub(crate) fn new_folder(path: &Path) -> Result<(), DbError> {
    if path.exists() {
        std::fs::remove_dir_all(path).map_err(|source| wrong(path, source))?;
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| wrong(path, source))
}

/// Makes a file or a folder durable.
pub(crate) fn sync(path: &Path) -> Result<(), DbError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|source| wrong(path, source))
}

/// Makes the name of a file or a folder durable.
pub(crate) fn sync_parent(path: &Path) -> Result<(), DbError> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => sync(parent),
        _ => sync(Path::new(".")),
    }
}

/// Hash and size of a file.
pub(crate) fn hash(path: &Path) -> Result<(Hash, u64), DbError> {
    let mut hasher = blake3::Hasher::new();
    let size = through(path, |bytes| {
        hasher.update(bytes);
        Ok(())
    })?;
    Ok((Hash(*hasher.finalize().as_bytes()), size))
}

/// Copies a file under a temporary name, makes it durable, gives it its name.
pub(crate) fn copy(from: &Path, into: &Path) -> Result<u64, DbError> {
    if let Some(folder) = into.parent() {
        std::fs::create_dir_all(folder).map_err(|source| wrong(folder, source))?;
    }
    let part = beside(into);
    let mut file = File::create(&part).map_err(|source| wrong(&part, source))?;
    let size = through(from, |bytes| file.write_all(bytes).map_err(|source| wrong(&part, source)))?;
    file.sync_all().map_err(|source| wrong(&part, source))?;
    std::fs::rename(&part, into).map_err(|source| wrong(into, source))?;
    sync_parent(into)?;
    Ok(size)
}

fn through(path: &Path, mut each: impl FnMut(&[u8]) -> Result<(), DbError>) -> Result<u64, DbError> {
    let mut file = File::open(path).map_err(|source| wrong(path, source))?;
    let (mut buffer, mut size) = (vec![0_u8; 256 * 1024], 0_u64);
    loop {
        let read = file.read(&mut buffer).map_err(|source| wrong(path, source))?;
        if read == 0 {
            return Ok(size);
        }
        each(buffer.get(..read).unwrap_or(&[]))?;
        size = size.saturating_add(u64::try_from(read).unwrap_or(0));
    }
}

/// Copies every file that the table `files` names; one that is not there is left to the proof to name.
pub(crate) async fn files(conn: &mut Conn<'_>, from: &Path, into: &Path) -> Result<u64, DbError> {
    let Some(table) = catalog::table("files") else { return Ok(0) };
    let (mut pages, mut copied) = (Pages::of(table), 0_u64);
    loop {
        let page = pages.next(conn).await?;
        if page.is_empty() {
            return Ok(copied);
        }
        for (hash, _) in page.iter().filter_map(|row| files::named(row)) {
            let (source, target) = (files::path(from, &hash), files::path(into, &hash));
            if !source.exists() {
                continue;
            }
            let done = tokio::task::spawn_blocking(move || copy(&source, &target)).await;
            done.map_err(|error| DbError::Unreadable(error.to_string()))??;
            copied = copied.saturating_add(1);
        }
    }
}
