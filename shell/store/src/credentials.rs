//! Passwords: argon2id, hashed and checked off the pages' threads, two at a time.

use std::sync::OnceLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use cchc_ledger::PersonId;
use tokio::sync::Semaphore;

use crate::conn::Arg;
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::store::Store;

/// Each check takes about 19 MB and a core for some milliseconds; more at once would be a way to stop the server.
static ROOM: Semaphore = Semaphore::const_new(2);

/// What a password is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// The person's.
    Right,
    /// The person's, but given by somebody else: it must be changed first.
    MustChange,
    /// Not the person's, or there is no such person.
    Wrong,
}

/// Who chose a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The person himself.
    Himself,
    /// Somebody else, for the first time or anew: it must be changed at the next login.
    Another,
}

/// OWASP's first recommendation for argon2id (19 MiB, two passes, one lane), the default of the library.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Hashes in a thread of its own.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, DbError> {
    let room = ROOM.acquire().await.map_err(|error| DbError::Refused(error.to_string()))?;
    let done = tokio::task::spawn_blocking(work).await;
    drop(room);
    done.map_err(|error| DbError::Refused(error.to_string()))
}

/// The text that is hashed: a password typed in another form of Unicode is the same password.
fn same(password: &str) -> String {
    cchc_text::nfc(password).to_string()
}

fn hash(password: &str) -> Result<String, DbError> {
    let hashed = hasher().hash_password(same(password).as_bytes());
    hashed.map(|phc| phc.to_string()).map_err(|error| DbError::Refused(error.to_string()))
}

/// A hash of nobody's password, so that an unknown login takes as long as a known one.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| hash("mật khẩu của không ai").unwrap_or_default())
}

impl Store {
    /// Sets a person's password.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn credential_set(&self, person: &PersonId, password: &str, chosen: Chosen) -> Result<(), DbError> {
        let password = password.to_owned();
        let phc = off_thread(move || hash(&password)).await??;
        let (person, now) = (person.clone(), self.now());
        self.write(move |conn| {
            let (person, phc) = (person.clone(), phc.clone());
            Box::pin(async move {
                let must_change = i64::from(chosen == Chosen::Another);
                let values = [Arg::Text(person.as_str()), Arg::Text(&phc), Arg::Int(must_change), Arg::Int(now.0)];
                let sealed = seal("credentials", &values);
                let [person, phc, must_change, changed_at] = values;
                let sql = "INSERT INTO credentials (person, phc, must_change, changed_at, seal) \
                    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person) DO UPDATE SET phc = excluded.phc, \
                    must_change = excluded.must_change, changed_at = excluded.changed_at, seal = excluded.seal";
                let args = [person, phc, must_change, changed_at, Arg::Bytes(sealed.as_bytes())];
                conn.run(sql, &args).await?;
                Ok(())
            })
        })
        .await
    }

    /// Checks a password; for nobody it takes as long and is wrong.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn credential_check(&self, person: Option<&PersonId>, password: &str) -> Result<Checked, DbError> {
        let known = match person {
            Some(person) => {
                let sql = "SELECT phc, must_change FROM credentials WHERE person = $1";
                let mut reader = self.reader().await?;
                let row = reader.conn().row(sql, &[Arg::Text(person.as_str())]).await?;
                row.map(|row| Ok::<_, DbError>((row.text(0)?, row.int(1)?))).transpose()?
            }
            None => None,
        };
        let (password, is_known) = (same(password), known.is_some());
        let (phc, must_change) = known.unwrap_or_default();
        let right = off_thread(move || {
            let phc = if phc.is_empty() { nobody() } else { &phc };
            let parsed = PasswordHash::new(phc);
            parsed.is_ok_and(|parsed| hasher().verify_password(password.as_bytes(), &parsed).is_ok())
        })
        .await?;
        Ok(match (right && is_known, must_change) {
            (false, _) => Checked::Wrong,
            (true, 0) => Checked::Right,
            (true, _) => Checked::MustChange,
        })
    }
}
