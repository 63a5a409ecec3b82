//! Who is logged in where: an opaque secret in the browser, its hash here.

use cchc_ledger::{Hash, Moment, PersonId};

use crate::conn::{Arg, Conn, Row};
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::secret::{Secret, hash, short_id};
use crate::store::Store;

/// When sessions end by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// So many seconds after they were last used; by default a working day.
    pub idle_seconds: i64,
    /// So many seconds after they were opened, whatever happens; by default a week.
    pub whole_seconds: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle_seconds: 8 * 3600, whole_seconds: 7 * 24 * 3600 }
    }
}
/// That it is used is written down at most so often.
const NOTED_EVERY: i64 = 60;
/// The longest text of an address or a browser that is kept, in characters.
const LONGEST: usize = 200;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its name in lists; no secret.
    pub id: String,
    /// Whose it is.
    pub person: PersonId,
    /// When it was opened.
    pub opened_at: Moment,
    /// When it was last used, to the minute.
    pub seen_at: Moment,
    /// When it ends whatever happens.
    pub expires_at: Moment,
    /// From which address it was opened.
    pub address: String,
    /// In which browser, as it calls itself.
    pub agent: String,
}

const BY_HASH: &str = "SELECT id, person, opened_at, seen_at, expires_at, address, agent FROM sessions WHERE hash = $1";
const OF_PERSON: &str = "SELECT id, person, opened_at, seen_at, expires_at, address, agent FROM sessions \
    WHERE person = $1 AND expires_at > $2 AND seen_at > $3 ORDER BY opened_at";

impl SessionRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text(0)?,
            person: PersonId(row.text(1)?),
            opened_at: Moment(row.int(2)?),
            seen_at: Moment(row.int(3)?),
            expires_at: Moment(row.int(4)?),
            address: row.text(5)?,
            agent: row.text(6)?,
        })
    }

    fn holds(&self, now: Moment, limits: Limits) -> bool {
        now < self.expires_at && now < self.seen_at.plus_seconds(limits.idle_seconds)
    }

    /// The values of its row, without the seal.
    fn values<'a>(&'a self, hash: &'a Hash) -> [Arg<'a>; 8] {
        [
            Arg::Bytes(hash.as_bytes()),
            Arg::Text(&self.id),
            Arg::Text(self.person.as_str()),
            Arg::Int(self.opened_at.0),
            Arg::Int(self.seen_at.0),
            Arg::Int(self.expires_at.0),
            Arg::Text(&self.address),
            Arg::Text(&self.agent),
        ]
    }

    async fn add(&self, conn: &mut Conn<'_>, hash: &Hash) -> Result<(), DbError> {
        let values = self.values(hash);
        let sealed = seal("sessions", &values);
        let mut args = values.to_vec();
        args.push(Arg::Bytes(sealed.as_bytes()));
        let sql = "INSERT INTO sessions (hash, id, person, opened_at, seen_at, expires_at, address, agent, seal) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        conn.run(sql, &args).await?;
        Ok(())
    }

    /// Notes that it was used, where it is still there: one that was closed meanwhile must not come back.
    async fn note(&self, conn: &mut Conn<'_>, hash: &Hash) -> Result<(), DbError> {
        let sealed = seal("sessions", &self.values(hash));
        let sql = "UPDATE sessions SET seen_at = $2, seal = $3 WHERE hash = $1 AND seen_at < $2";
        let args = [Arg::Bytes(hash.as_bytes()), Arg::Int(self.seen_at.0), Arg::Bytes(sealed.as_bytes())];
        conn.run(sql, &args).await?;
        Ok(())
    }
}

fn cut(text: &str) -> String {
    text.chars().filter(|mark| !mark.is_control()).take(LONGEST).collect()
}

impl Store {
    /// Opens a session; the secret goes to the browser and is nowhere else.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_open(&self, person: &PersonId, address: &str, agent: &str) -> Result<Secret, DbError> {
        let (secret, now, limits) = (Secret::new("")?, self.now(), self.inner.options.sessions);
        let session = SessionRow {
            id: short_id(),
            person: person.clone(),
            opened_at: now,
            seen_at: now,
            expires_at: now.plus_seconds(limits.whole_seconds),
            address: cut(address),
            agent: cut(agent),
        };
        let hash = secret.hash();
        self.write(move |conn| {
            let session = session.clone();
            Box::pin(async move {
                // What has ended goes when its owner logs in again.
                let idle = now.plus_seconds(limits.idle_seconds.saturating_neg());
                let ended = [Arg::Text(session.person.as_str()), Arg::Int(now.0), Arg::Int(idle.0)];
                let sql = "DELETE FROM sessions WHERE person = $1 AND (expires_at <= $2 OR seen_at <= $3)";
                conn.run(sql, &ended).await?;
                session.add(conn, &hash).await
            })
        })
        .await?;
        Ok(secret)
    }

    /// The session of a secret, if it still holds; that it is used is noted once a minute.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_find(&self, secret: &str) -> Result<Option<SessionRow>, DbError> {
        let (hash, now) = (hash(secret), self.now());
        let mut reader = self.reader().await?;
        let row = reader.conn().row(BY_HASH, &[Arg::Bytes(hash.as_bytes())]).await?;
        drop(reader);
        let limits = self.inner.options.sessions;
        let session = row.as_ref().map(SessionRow::read).transpose()?;
        let Some(session) = session.filter(|session| session.holds(now, limits)) else {
            return Ok(None);
        };
        if now >= session.seen_at.plus_seconds(NOTED_EVERY) && self.read_only().is_none() {
            let seen = SessionRow { seen_at: now, ..session.clone() };
            let noted = self.write(move |conn| {
                let seen = seen.clone();
                Box::pin(async move { seen.note(conn, &hash).await })
            });
            if let Err(error) = noted.await {
                tracing::warn!(%error, "that a session is used could not be noted");
            }
        }
        Ok(Some(session))
    }

    /// The sessions of a person that hold, the oldest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_list(&self, person: &PersonId) -> Result<Vec<SessionRow>, DbError> {
        let now = self.now();
        let idle = now.plus_seconds(self.inner.options.sessions.idle_seconds.saturating_neg());
        let args = [Arg::Text(person.as_str()), Arg::Int(now.0), Arg::Int(idle.0)];
        let mut reader = self.reader().await?;
        reader.conn().rows(OF_PERSON, &args).await?.iter().map(SessionRow::read).collect()
    }

    /// Ends a session of a person.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_close(&self, person: &PersonId, id: &str) -> Result<(), DbError> {
        self.session_delete("DELETE FROM sessions WHERE person = $1 AND id = $2", person, id).await
    }

    /// Ends all sessions of a person but one; with an empty id all of them.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_close_others(&self, person: &PersonId, kept: &str) -> Result<(), DbError> {
        self.session_delete("DELETE FROM sessions WHERE person = $1 AND id <> $2", person, kept).await
    }

    async fn session_delete(&self, sql: &'static str, person: &PersonId, id: &str) -> Result<(), DbError> {
        let (person, id) = (person.clone(), id.to_owned());
        self.write(move |conn| {
            let (person, id) = (person.clone(), id.clone());
            Box::pin(async move { conn.run(sql, &[Arg::Text(person.as_str()), Arg::Text(&id)]).await.map(|_| ()) })
        })
        .await
    }
}
