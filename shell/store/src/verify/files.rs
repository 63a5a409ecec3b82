//! The files beside the database: every row's file is there, of that size and that hash.

use std::io::Read;
use std::path::{Path, PathBuf};

use cchc_ledger::Hash;

use super::report::Work;
use crate::catalog;
use crate::conn::Conn;
use crate::error::DbError;
use crate::table::{Pages, Value, key_text};

/// Why a file is not what its row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is not there.
    Missing,
    /// It can't be read.
    Unreadable,
    /// It has another size.
    Size,
    /// It has another content.
    Content,
}

/// Where a file is kept under its hash.
#[must_use]
pub fn path(folder: &Path, hash: &Hash) -> PathBuf {
    let name = hash.to_string();
    let start = name.get(..2).unwrap_or_default().to_owned();
    folder.join("files").join(start).join(name)
}

/// Reads a file and compares it with what its row says.
///
/// # Errors
/// What is wrong with it.
pub fn compare(path: &Path, hash: &Hash, size: u64) -> Result<(), Wrong> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Wrong::Missing),
        Err(_) => return Err(Wrong::Unreadable),
    };
    let (mut hasher, mut read) = (blake3::Hasher::new(), 0_u64);
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let some = file.read(&mut buffer).map_err(|_| Wrong::Unreadable)?;
        if some == 0 {
            break;
        }
        hasher.update(buffer.get(..some).unwrap_or(&[]));
        read = read.saturating_add(u64::try_from(some).unwrap_or(0));
    }
    match (read == size, hasher.finalize().as_bytes() == hash.as_bytes()) {
        (true, true) => Ok(()),
        (false, _) => Err(Wrong::Size),
        (true, false) => Err(Wrong::Content),
    }
}

/// Hash and size of a row of `files`.
pub(crate) fn named(row: &[Value]) -> Option<(Hash, u64)> {
    match (row.first()?, row.get(1)?) {
        (Value::Bytes(hash), Value::Int(size)) => Some((Hash::from_slice(hash)?, u64::try_from(*size).ok()?)),
        _ => None,
    }
}

pub(crate) async fn check(conn: &mut Conn<'_>, folder: &Path, work: &mut Work) -> Result<(), DbError> {
    let Some(table) = catalog::table("files") else { return Ok(()) };
    let mut pages = Pages::of(table);
    loop {
        let page = match pages.next(conn).await {
            Ok(page) if page.is_empty() => return Ok(()),
            Ok(page) => page,
            Err(error) => return work.findings.unreadable(table.name, error),
        };
        for row in &page {
            // A row that names no file is one whose seal is broken: it has been named already.
            let Some((hash, size)) = named(row) else { continue };
            let at = path(folder, &hash);
            let done = tokio::task::spawn_blocking(move || compare(&at, &hash, size)).await;
            let what = match done.unwrap_or(Err(Wrong::Unreadable)) {
                Ok(()) => continue,
                Err(Wrong::Missing) => "tệp không còn trong kho",
                Err(Wrong::Unreadable) => "không đọc được tệp",
                Err(Wrong::Size) => "tệp có kích thước khác lúc lưu",
                Err(Wrong::Content) => "nội dung tệp khác lúc lưu",
            };
            work.findings.add(table.name, key_text(table.key_of(row)), what);
        }
    }
}
