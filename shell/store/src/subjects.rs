//! Keys of personal data: a random key for each subject; with the key, the data is gone.
//!
//! Events and states hold sealed bytes alone. Plain text stands in read tables; erasing a subject takes the
//! key and that text in one transaction, and rebuilding then shows [`ERASED`]. Copies made before (backups)
//! still hold the key until they are deleted too.

use cchc_ledger::SubjectId;
use cchc_ledger::sealed::{ERASED, SealError, Sealed, SubjectKey, seal as seal_bytes};

use crate::conn::{Arg, Conn, Row};
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::store::Store;

/// What takes the plain text of a subject (`$1`) out of the read tables, putting `$2` in its place.
const PLAIN: &[&str] = &["UPDATE persons SET phone = CASE WHEN phone = '' THEN '' ELSE $2 END, \
        email = CASE WHEN email = '' THEN '' ELSE $2 END WHERE subject = $1"];

/// Seals a text. The nonce is made of key and text, so that a request sent again is the same request.
///
/// # Errors
/// As [`cchc_ledger::sealed::seal`].
pub fn seal_text(subject: &SubjectId, key: &SubjectKey, text: &str) -> Result<Sealed, SealError> {
    let of_nonce = blake3::derive_key("cchc subject nonce 1", &key.0);
    let mut nonce = [0; 24];
    let mut digest = blake3::Hasher::new_keyed(&of_nonce).update(text.as_bytes()).finalize_xof();
    digest.fill(&mut nonce);
    seal_bytes(subject, key, nonce, text)
}

impl Store {
    /// The key of a subject; a new random one where there is none.
    ///
    /// # Errors
    /// What the engine or the machine's source of chance says.
    pub async fn subject_key_make(&self, subject: &SubjectId) -> Result<SubjectKey, DbError> {
        if let Some(key) = self.subject_key_find(subject).await? {
            return Ok(key);
        }
        let mut fresh = [0; 32];
        getrandom::fill(&mut fresh).map_err(|error| DbError::Refused(format!("nguồn ngẫu nhiên: {error}")))?;
        let subject = subject.clone();
        self.write(move |conn| {
            let subject = subject.clone();
            Box::pin(async move {
                let values = [Arg::Text(subject.as_str()), Arg::Bytes(&fresh)];
                let sealed = seal("subject_keys", &values);
                let [name, key] = values;
                let sql = "INSERT INTO subject_keys (subject, key, seal) VALUES ($1, $2, $3) \
                    ON CONFLICT (subject) DO NOTHING";
                conn.run(sql, &[name, key, Arg::Bytes(sealed.as_bytes())]).await?;
                // Somebody else may have been first.
                find(conn, &subject).await?.ok_or_else(|| DbError::Unreadable("khóa vừa ghi không còn".to_owned()))
            })
        })
        .await
    }

    /// The key of a subject; `None` where he never had one, or it was erased.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn subject_key_find(&self, subject: &SubjectId) -> Result<Option<SubjectKey>, DbError> {
        let mut reader = self.reader().await?;
        find(&mut reader.conn(), subject).await
    }

    /// Takes away the key of a subject and every plain text that it opened; nobody can undo that.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn subject_erase(&self, subject: &SubjectId) -> Result<(), DbError> {
        let subject = subject.clone();
        self.write(move |conn| {
            let subject = subject.clone();
            Box::pin(async move {
                if !conn.is_postgres() {
                    // Deleted bytes are overwritten in the file, not only given free.
                    conn.run("PRAGMA secure_delete = ON", &[]).await?;
                }
                let name = Arg::Text(subject.as_str());
                conn.run("DELETE FROM subject_keys WHERE subject = $1", &[name]).await?;
                for sql in PLAIN {
                    conn.run(sql, &[name, Arg::Text(ERASED)]).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

async fn find(conn: &mut Conn<'_>, subject: &SubjectId) -> Result<Option<SubjectKey>, DbError> {
    let sql = "SELECT key FROM subject_keys WHERE subject = $1";
    conn.row(sql, &[Arg::Text(subject.as_str())]).await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<SubjectKey, DbError> {
    let bytes: Result<[u8; 32], _> = row.bytes(0)?.try_into();
    bytes.map(SubjectKey).map_err(|_| DbError::Unreadable("khóa dữ liệu cá nhân không đủ 32 byte".to_owned()))
}

/// Opens a text for a read table. What the key of today does not open was sealed with one that was erased.
pub(crate) async fn open(conn: &mut Conn<'_>, sealed: Option<&Sealed>) -> Result<String, DbError> {
    let Some(sealed) = sealed else { return Ok(String::new()) };
    let args = [Arg::Text(sealed.subject.as_str())];
    // The key stays as long as this transaction: whoever erases it meanwhile waits, and then takes this text too.
    let sql = if conn.is_postgres() {
        "SELECT key FROM subject_keys WHERE subject = $1 FOR SHARE"
    } else {
        "SELECT key FROM subject_keys WHERE subject = $1"
    };
    let key = conn.row(sql, &args).await?.as_ref().map(read).transpose()?;
    Ok(sealed.open(key.as_ref()).unwrap_or_else(|_| ERASED.to_owned()))
}
