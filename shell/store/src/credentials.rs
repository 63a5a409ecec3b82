//! Passwords: argon2id, hashed and checked off the pages' threads, two at a time.
//!
//! What a hash cost stands in it; one that cost less than a new one would is made anew when its person logs in.

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

/// Hashes in a thread of its own. The place is held by the thread: who asked may be gone before it is done.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, DbError> {
    let room = ROOM.acquire().await.map_err(|error| DbError::Refused(error.to_string()))?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(room);
        done
    });
    done.await.map_err(|error| DbError::Refused(error.to_string()))
}

/// The text that is hashed: a password typed in another form of Unicode is the same password.
fn same(password: &str) -> String {
    cchc_text::nfc(password).to_string()
}

fn hash(password: &str) -> Result<String, DbError> {
    let hashed = hasher().hash_password(same(password).as_bytes());
    hashed.map(|phc| phc.to_string()).map_err(|error| DbError::Refused(error.to_string()))
}

/// Whether a hash cost less than a new one would.
fn is_weaker(phc: &PasswordHash) -> bool {
    let wanted = hasher();
    let known = Params::try_from(phc);
    let costs = |params: &Params| (params.m_cost(), params.t_cost());
    let version = phc.version.and_then(|version| Version::try_from(version).ok());
    phc.algorithm != Algorithm::Argon2id.ident()
        || version != Some(Version::V0x13)
        || known.is_ok_and(|known| {
            let ((memory, passes), (wanted_memory, wanted_passes)) = (costs(&known), costs(wanted.params()));
            memory < wanted_memory || passes < wanted_passes
        })
}

/// What a look at a password gives: whether it is right, and its new hash where the old one is weaker.
struct Looked {
    right: bool,
    anew: Option<String>,
}

fn look(password: &str, phc: &str) -> Looked {
    // Made here in any case, so that the first unknown login does not take longer than a known one.
    let nobody = nobody();
    let phc = if phc.is_empty() { nobody } else { phc };
    let Ok(parsed) = PasswordHash::new(phc) else { return Looked { right: false, anew: None } };
    let right = hasher().verify_password(password.as_bytes(), &parsed).is_ok();
    let anew = if right && is_weaker(&parsed) { hash(password).ok() } else { None };
    Looked { right, anew }
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
        let old = phc.clone();
        let looked = off_thread(move || look(&password, &phc)).await?;
        if let (Some(person), Some(anew), true) = (person, looked.anew, is_known)
            && let Err(error) = self.credential_renew(person, old, anew).await
        {
            tracing::warn!(%error, "a password could not be hashed anew");
        }
        Ok(match (looked.right && is_known, must_change) {
            (false, _) => Checked::Wrong,
            (true, 0) => Checked::Right,
            (true, _) => Checked::MustChange,
        })
    }

    /// The same password with a stronger hash, unless it was changed meanwhile.
    async fn credential_renew(&self, person: &PersonId, old: String, anew: String) -> Result<(), DbError> {
        let person = person.clone();
        self.write(move |conn| {
            let (person, old, anew) = (person.clone(), old.clone(), anew.clone());
            Box::pin(async move {
                let key = [Arg::Text(person.as_str()), Arg::Text(&old)];
                let sql = "SELECT must_change, changed_at FROM credentials WHERE person = $1 AND phc = $2";
                let Some(row) = conn.row(sql, &key).await? else { return Ok(()) };
                let (must_change, changed_at) = (row.int(0)?, row.int(1)?);
                let [person, old] = key;
                let values = [person, Arg::Text(&anew), Arg::Int(must_change), Arg::Int(changed_at)];
                let sealed = seal("credentials", &values);
                let sql = "UPDATE credentials SET phc = $3, seal = $4 WHERE person = $1 AND phc = $2";
                conn.run(sql, &[person, old, Arg::Text(&anew), Arg::Bytes(sealed.as_bytes())]).await.map(|_| ())
            })
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn nobodys_hash_costs_what_a_new_one_costs() {
        let (nobody, new) = (PasswordHash::new(nobody()).unwrap(), PasswordHash::new(&hash("một").unwrap()).unwrap());
        assert_eq!((nobody.algorithm, nobody.version, &nobody.params), (new.algorithm, new.version, &new.params));
        assert!(!is_weaker(&new));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn at_most_two_hash_at_once_even_when_those_who_asked_are_gone() {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let ask = || {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(off_thread(move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(100));
                now.fetch_sub(1, Ordering::SeqCst);
            }))
        };
        let gone: Vec<_> = (0..2).map(|_| ask()).collect();
        while now.load(Ordering::SeqCst) < 2 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        gone.iter().for_each(tokio::task::JoinHandle::abort);
        for asked in (0..4).map(|_| ask()).collect::<Vec<_>>() {
            asked.await.unwrap().unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }
}
