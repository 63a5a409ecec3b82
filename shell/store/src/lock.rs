//! One server, one writer: whoever writes into a data folder holds its lock.
//!
//! The lock is the operating system's, so it goes with the process, however that ends; the text in the
//! file only says who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::DbError;

/// Name of the file in the data folder.
const NAME: &str = "lock";

/// A held lock; it ends when this is dropped.
#[derive(Debug)]
pub struct DataLock {
    /// Keeps the lock.
    _file: File,
    path: PathBuf,
}

impl DataLock {
    /// Takes the lock of a data folder for what is about to be done: `cchc serve`.
    ///
    /// # Errors
    /// [`DbError::Refused`] naming the process that holds it; [`DbError::File`] where the folder can't be written.
    pub fn take(folder: &Path, what: &str) -> Result<Self, DbError> {
        let path = folder.join(NAME);
        let wrong = |source| DbError::File { path: path.display().to_string(), source };
        std::fs::create_dir_all(folder).map_err(wrong)?;
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file = options.map_err(wrong)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(&mut file, folder)),
            Err(TryLockError::Error(source)) => return Err(wrong(source)),
        }
        let text = format!("{}\n{what}\n", std::process::id());
        file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0)).map(|_| ())).map_err(wrong)?;
        file.write_all(text.as_bytes()).map_err(wrong)?;
        Ok(Self { _file: file, path })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn held(file: &mut File, folder: &Path) -> DbError {
    let mut text = String::new();
    let by = match file.read_to_string(&mut text) {
        Ok(_) => text.trim(),
        Err(_) => "",
    };
    let holder = match by.split_once('\n') {
        Some((process, what)) => format!("tiến trình {process} ({what})"),
        None => "một tiến trình khác".to_owned(),
    };
    let folder = folder.display();
    DbError::Refused(format!(
        "thư mục dữ liệu {folder} đang do {holder} sử dụng; hãy dừng tiến trình đó hoặc chọn thư mục khác"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_holds_it_and_may_when_it_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let first = DataLock::take(folder.path(), "cchc serve").unwrap();
        let refused = DataLock::take(folder.path(), "cchc restore").unwrap_err().to_string();
        assert!(refused.contains(&format!("tiến trình {} (cchc serve)", std::process::id())), "{refused}");
        assert!(first.path().exists());
        drop(first);
        DataLock::take(folder.path(), "cchc restore").unwrap();
    }
}
