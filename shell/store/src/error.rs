//! What can go wrong: with the database ([`DbError`]), with a command ([`CommitError`]).

use thiserror::Error;

/// SQLite's primary codes; the extended ones hold them in their lowest byte.
const BUSY: i64 = 5;
const READONLY: i64 = 8;
const IOERR: i64 = 10;
const FULL: i64 = 13;

/// What the database, or a row in it, did wrong.
#[derive(Debug, Error)]
pub enum DbError {
    /// The engine refused.
    #[error("cơ sở dữ liệu: {0}")]
    Engine(#[from] sqlx::Error),
    /// A migration failed or does not fit.
    #[error("nâng cấp cơ sở dữ liệu: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A stored row can't be read as what it should be.
    #[error("dữ liệu lưu không đọc được: {0}")]
    Unreadable(String),
    /// A file beside the database.
    #[error("tệp {path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The store can't be opened as asked.
    #[error("{0}")]
    Refused(String),
    /// The disk is full, can't be written, or fails; in the words of the engine.
    #[error("{0}")]
    Disk(String),
    /// Somebody else holds what this command claims.
    #[error("«{key}» đã có người dùng")]
    Taken {
        /// Kind of claim.
        kind: String,
        /// What was claimed.
        key: String,
    },
}

impl DbError {
    /// SQLSTATE or SQLite's extended code, where the engine gave one.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Engine(sqlx::Error::Database(error)) => error.code().map(std::borrow::Cow::into_owned),
            _ => None,
        }
    }

    /// Whether running the same again may succeed: serialization failure, deadlock, a lost race for a key.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.code().as_deref() {
            Some("40001" | "40P01" | "23505" | "55P03") => true,
            _ => matches!(self, Self::Engine(sqlx::Error::PoolTimedOut)),
        }
    }

    /// Whether a constraint of the schema refused a row: a fault of the program, confined to its command.
    #[must_use]
    pub fn is_constraint(&self) -> bool {
        match (self, self.code().as_deref()) {
            (Self::Engine(sqlx::Error::Database(error)), Some(code)) => {
                error.is_unique_violation()
                    || error.is_check_violation()
                    || error.is_foreign_key_violation()
                    || code == "23502"
                    || code == "1299"
            }
            _ => false,
        }
    }

    /// Whether the disk is full, can't be written, or fails.
    #[must_use]
    pub fn is_disk(&self) -> bool {
        match (self, self.code().as_deref()) {
            (Self::Disk(_), _) | (_, Some("53100" | "53000" | "25006")) => true,
            _ => matches!(self.sqlite_code(), Some(READONLY | IOERR | FULL)),
        }
    }

    /// Whether somebody else holds the SQLite database.
    pub(crate) fn is_busy(&self) -> bool {
        self.sqlite_code() == Some(BUSY)
    }

    /// SQLite's primary code.
    fn sqlite_code(&self) -> Option<i64> {
        match self {
            Self::Engine(sqlx::Error::Database(error))
                if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() =>
            {
                error.code()?.parse::<i64>().ok().map(|code| code & 0xff)
            }
            _ => None,
        }
    }
}

/// Why a command was not carried out.
#[derive(Debug, Error)]
pub enum CommitError<R: std::error::Error> {
    /// The aggregate refused, in the user's words.
    #[error("{0}")]
    Refused(R),
    /// Somebody else holds what it claims (a login, a document's key).
    #[error("«{key}» đã có người dùng")]
    Taken {
        /// Kind of claim.
        kind: String,
        /// What was claimed.
        key: String,
    },
    /// The same request id was sent before with another content.
    #[error("mã yêu cầu này đã dùng cho một nội dung khác; tải lại trang rồi làm lại")]
    OtherPayload,
    /// It would have happened too early, or later than now, or lacks its reason.
    #[error("{0}")]
    Backdated(&'static str),
    /// Nothing can be written now.
    #[error("hệ thống đang ở chế độ chỉ đọc: {0}")]
    ReadOnly(String),
    /// The schema refused a row: a fault of the program; nothing was written.
    #[error("lỗi phần mềm, chưa ghi gì: {0}")]
    Constraint(String),
    /// The disk failed in the middle: whether it was carried out is not known; the same request id may be sent again.
    #[error("đĩa không ghi được, chưa rõ đã ghi hay chưa: {0}")]
    Disk(String),
    /// Whether it was carried out is not known; the same request id may be sent again.
    #[error("chưa rõ đã ghi được hay chưa, hãy gửi lại: {0}")]
    Unknown(String),
}

impl<R: std::error::Error> CommitError<R> {
    /// Whether the same request may simply be sent again.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_) | Self::Disk(_) | Self::ReadOnly(_))
    }
}
