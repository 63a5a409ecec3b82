//! API tokens: what a program may do in a person's name.

use cchc_access::Actions;
use cchc_ledger::{Hash, Moment, PersonId};

use crate::conn::{Arg, Row};
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::secret::{Secret, hash, short_id};
use crate::store::Store;

/// What tokens begin with, so that a leaked one is recognised.
pub const PREFIX: &str = "cchc_";
/// That a token is used is written down at most so often, in seconds.
const NOTED_EVERY: i64 = 60;

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// Its name in lists; no secret.
    pub id: String,
    /// In whose name it acts.
    pub person: PersonId,
    /// What it is for.
    pub name: String,
    /// What it may do of what the person may.
    pub scope: Actions,
    /// When it was made.
    pub created_at: Moment,
    /// When it ends.
    pub expires_at: Moment,
    /// When it was last used, to the minute; 0: never.
    pub used_at: Moment,
}

const BY_HASH: &str = "SELECT id, person, name, scope, created_at, expires_at, used_at FROM tokens WHERE hash = $1";
const OF_PERSON: &str = "SELECT id, person, name, scope, created_at, expires_at, used_at FROM tokens \
    WHERE person = $1 ORDER BY created_at, id";

impl TokenRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        let scope = row.text(3)?;
        Ok(Self {
            id: row.text(0)?,
            person: PersonId(row.text(1)?),
            name: row.text(2)?,
            scope: serde_json::from_str(&scope).map_err(|error| DbError::Unreadable(format!("phạm vi: {error}")))?,
            created_at: Moment(row.int(4)?),
            expires_at: Moment(row.int(5)?),
            used_at: Moment(row.int(6)?),
        })
    }

    /// The values of its row, without the seal.
    fn values<'a>(&'a self, hash: &'a Hash, scope: &'a str) -> [Arg<'a>; 8] {
        [
            Arg::Bytes(hash.as_bytes()),
            Arg::Text(&self.id),
            Arg::Text(self.person.as_str()),
            Arg::Text(&self.name),
            Arg::Text(scope),
            Arg::Int(self.created_at.0),
            Arg::Int(self.expires_at.0),
            Arg::Int(self.used_at.0),
        ]
    }
}

impl Store {
    /// Makes a token for so many days; the secret is shown once.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn token_add(
        &self,
        person: &PersonId,
        name: &str,
        scope: &Actions,
        days: i64,
    ) -> Result<(TokenRow, Secret), DbError> {
        let (secret, now) = (Secret::new(PREFIX)?, self.now());
        let row = TokenRow {
            id: short_id(),
            person: person.clone(),
            name: cchc_text::tidy(name).into_owned(),
            scope: scope.clone(),
            created_at: now,
            expires_at: now.plus_seconds(days.saturating_mul(86_400)),
            used_at: Moment(0),
        };
        let scope = serde_json::to_string(scope).map_err(|error| DbError::Unreadable(error.to_string()))?;
        let (hash, kept) = (secret.hash(), row.clone());
        self.write(move |conn| {
            let (row, scope) = (row.clone(), scope.clone());
            Box::pin(async move {
                let values = row.values(&hash, &scope);
                let sealed = seal("tokens", &values);
                let mut args = values.to_vec();
                args.push(Arg::Bytes(sealed.as_bytes()));
                let sql = "INSERT INTO tokens (hash, id, person, name, scope, created_at, expires_at, used_at, seal) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
                conn.run(sql, &args).await.map(|_| ())
            })
        })
        .await?;
        Ok((kept, secret))
    }

    /// The token of a secret, if it still holds; that it is used is noted once a minute.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn token_find(&self, secret: &str) -> Result<Option<TokenRow>, DbError> {
        if !secret.starts_with(PREFIX) {
            return Ok(None);
        }
        let (hash, now) = (hash(secret), self.now());
        let mut reader = self.reader().await?;
        let row = reader.conn().row(BY_HASH, &[Arg::Bytes(hash.as_bytes())]).await?;
        drop(reader);
        let Some(row) = row else { return Ok(None) };
        let (token, scope) = (TokenRow::read(&row)?, row.text(3)?);
        if now >= token.expires_at {
            return Ok(None);
        }
        if now >= token.used_at.plus_seconds(NOTED_EVERY) && self.read_only().is_none() {
            let used = TokenRow { used_at: now, ..token.clone() };
            if let Err(error) = self.token_note(hash, used, scope).await {
                tracing::warn!(%error, "that a token is used could not be noted");
            }
        }
        Ok(Some(token))
    }

    /// Notes that a token was used, where it is still there: one that was closed meanwhile must not come back.
    async fn token_note(&self, hash: Hash, used: TokenRow, scope: String) -> Result<(), DbError> {
        self.write(move |conn| {
            let sealed = seal("tokens", &used.values(&hash, &scope));
            let used_at = used.used_at.0;
            Box::pin(async move {
                let sql = "UPDATE tokens SET used_at = $2, seal = $3 WHERE hash = $1 AND used_at < $2";
                let args = [Arg::Bytes(hash.as_bytes()), Arg::Int(used_at), Arg::Bytes(sealed.as_bytes())];
                conn.run(sql, &args).await.map(|_| ())
            })
        })
        .await
    }

    /// The tokens of a person, the oldest first, those that have ended too.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn token_list(&self, person: &PersonId) -> Result<Vec<TokenRow>, DbError> {
        let mut reader = self.reader().await?;
        reader.conn().rows(OF_PERSON, &[Arg::Text(person.as_str())]).await?.iter().map(TokenRow::read).collect()
    }

    /// Ends a token of a person.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn token_close(&self, person: &PersonId, id: &str) -> Result<(), DbError> {
        let (person, id) = (person.clone(), id.to_owned());
        self.write(move |conn| {
            let (person, id) = (person.clone(), id.clone());
            Box::pin(async move {
                let args = [Arg::Text(person.as_str()), Arg::Text(&id)];
                conn.run("DELETE FROM tokens WHERE person = $1 AND id = $2", &args).await.map(|_| ())
            })
        })
        .await
    }
}
