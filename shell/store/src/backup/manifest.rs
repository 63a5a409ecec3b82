//! What a backup says of itself.

use std::collections::BTreeMap;
use std::path::Path;

use cchc_ledger::{Hash, Moment};
use serde::{Deserialize, Serialize};

use super::copying::{self, wrong};
use crate::catalog::TABLES;
use crate::conn::Conn;
use crate::error::DbError;
use crate::table;

/// Form of the manifest.
pub const FORM: u32 = 1;
const NAME: &str = "manifest.json";

/// What a backup says of itself: `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of this text.
    pub form: u32,
    /// The last change of the schema that it has.
    pub schema: i64,
    /// When it was finished.
    pub made_at: Moment,
    /// Last position of the log.
    pub position: u64,
    /// Hash of the log there.
    pub head: Hash,
    /// Events that waited for their position.
    pub waiting: u64,
    /// Rows of each table.
    pub counts: BTreeMap<String, u64>,
    /// How many files it has.
    pub files: u64,
    /// Hash of the database file.
    pub database: Hash,
    /// Size of the database file, in bytes.
    pub size: u64,
    /// How much was broken when it was proved; 0: it is sound.
    pub findings: u64,
}

/// Rows of each table.
pub(crate) async fn counts(conn: &mut Conn<'_>) -> Result<BTreeMap<String, u64>, DbError> {
    let mut counts = BTreeMap::new();
    for one in TABLES {
        counts.insert(one.name.to_owned(), table::count(conn, one).await.unwrap_or(0));
    }
    Ok(counts)
}

impl Manifest {
    pub(crate) fn write(&self, folder: &Path) -> Result<(), DbError> {
        let path = folder.join(NAME);
        let text = serde_json::to_vec_pretty(self).map_err(|error| DbError::Unreadable(error.to_string()))?;
        std::fs::write(&path, text).map_err(|source| wrong(&path, source))?;
        copying::sync(&path)?;
        copying::sync(folder)
    }

    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// [`DbError::Refused`] where the folder is no backup, or one of a newer program.
    pub fn read(folder: &Path) -> Result<Self, DbError> {
        let path = folder.join(NAME);
        let text = match std::fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(DbError::Refused(format!("{} không phải bản sao lưu: thiếu {NAME}", folder.display())));
            }
            text => text.map_err(|source| wrong(&path, source))?,
        };
        let manifest: Self =
            serde_json::from_slice(&text).map_err(|error| DbError::Refused(format!("{}: {error}", path.display())))?;
        if manifest.form > FORM || manifest.schema > crate::migrate::Schema::known() {
            return Err(DbError::Refused(
                "bản sao lưu do chương trình mới hơn tạo ra; hãy nâng cấp chương trình".to_owned(),
            ));
        }
        Ok(manifest)
    }

    /// Whether the database file is the one that was written.
    ///
    /// # Errors
    /// [`DbError::Refused`] where it is not.
    pub(crate) fn holds(&self, database: &Path) -> Result<(), DbError> {
        let (hash, size) = copying::hash(database)?;
        if (hash, size) == (self.database, self.size) {
            return Ok(());
        }
        Err(DbError::Refused(format!("{} khác với lúc sao lưu: mã băm không khớp", database.display())))
    }
}
