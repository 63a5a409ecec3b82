//! Failed logins slow down whoever fails, on every node and over restarts, and lock nobody out.
//!
//! Failures are counted by login and by address. After a few, each further try has to wait twice as long,
//! up to a quarter of an hour; the wait is told. A try reserves its place before the password is looked at,
//! so that many at once gain nothing. From a browser in which the person has logged in before, only that
//! browser's own failures count: strangers can't keep him out.

use cchc_ledger::{Hash, Moment, PersonId};

use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::secret::{Secret, hash};
use crate::store::Store;

/// So many failures cost nothing.
const FREE: i64 = 5;
/// An address serves a whole office: it may fail more often.
const FREE_ADDRESS: i64 = 30;
/// The longest wait, in seconds.
const LONGEST: i64 = 15 * 60;
/// After so long without a try everything is forgotten.
const FORGOTTEN: i64 = 24 * 3600;
/// A browser is known for so long after its last login.
const KNOWN_SECONDS: i64 = 180 * 24 * 3600;

/// Whether a password may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// It may.
    Now,
    /// Not for so many seconds.
    Wait(i64),
}

/// From where a login is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    /// The login as typed, folded to one form.
    pub login: String,
    /// The network address.
    pub address: String,
    /// The secret of a browser that was here before; empty: none.
    pub device: String,
    /// Whose login it is, if anybody's.
    pub person: Option<PersonId>,
}

/// A counter of failures.
struct Counter {
    kind: &'static str,
    key: String,
    free: i64,
}

impl Try {
    /// What counts this try: in a known browser the browser alone, else login and address.
    fn counters(&self, known: bool) -> Vec<Counter> {
        if known {
            return vec![Counter { kind: "device", key: hash(&self.device).to_string(), free: FREE }];
        }
        vec![
            Counter { kind: "login", key: self.login.clone(), free: FREE },
            Counter { kind: "address", key: self.address.clone(), free: FREE_ADDRESS },
        ]
    }
}

/// How long after so many failures, in seconds.
fn wait(failures: i64, free: i64) -> i64 {
    let beyond = failures.saturating_sub(free);
    if beyond <= 0 {
        return 0;
    }
    let doubled = u32::try_from(beyond.min(20)).ok().and_then(|power| 2_i64.checked_pow(power)).unwrap_or(LONGEST);
    doubled.min(LONGEST)
}

impl Store {
    /// Reserves a try: counts it as failed until [`Store::attempt_succeeded`] says otherwise.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn attempt_reserve(&self, tried: &Try) -> Result<Allowed, DbError> {
        let (tried, now) = (tried.clone(), self.now());
        self.write(move |conn| {
            let tried = tried.clone();
            Box::pin(async move { reserve(conn, &tried, now).await })
        })
        .await
    }

    /// The password was right: the counters of the login start anew, and the browser is known from now on.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn attempt_succeeded(&self, tried: &Try, person: &PersonId) -> Result<Secret, DbError> {
        let (secret, now) = (Secret::new("")?, self.now());
        let (tried, person, device) = (tried.clone(), person.clone(), secret.hash());
        self.write(move |conn| {
            let (tried, person) = (tried.clone(), person.clone());
            Box::pin(async move {
                let known = is_known(conn, &tried, now).await?;
                for counter in tried.counters(known) {
                    if counter.kind == "address" {
                        // Others behind the address still count; only this try is taken back.
                        give_back(conn, &counter).await?;
                    } else {
                        let args = [Arg::Text(counter.kind), Arg::Text(&counter.key)];
                        conn.run("DELETE FROM attempts WHERE kind = $1 AND key = $2", &args).await?;
                    }
                }
                forget_device(conn, &tried, &person, now).await?;
                save_device(conn, &device, &person, now).await
            })
        })
        .await?;
        Ok(secret)
    }
}

async fn reserve(conn: &mut Conn<'_>, tried: &Try, now: Moment) -> Result<Allowed, DbError> {
    let counters = tried.counters(is_known(conn, tried, now).await?);
    let mut longest = 0;
    let mut counted = Vec::with_capacity(counters.len());
    for counter in counters {
        let (failures, next_at) = find(conn, &counter).await?;
        let forgotten = now.0 > next_at.plus_seconds(FORGOTTEN).0;
        let failures = if forgotten { 0 } else { failures };
        if !forgotten && now < next_at {
            let micros = next_at.0.saturating_sub(now.0);
            longest = longest.max(micros.saturating_add(999_999).saturating_div(1_000_000));
        }
        counted.push((counter, failures));
    }
    if longest > 0 {
        return Ok(Allowed::Wait(longest));
    }
    for (counter, failures) in counted {
        let failures = failures.saturating_add(1);
        save(conn, &counter, failures, now.plus_seconds(wait(failures, counter.free))).await?;
    }
    Ok(Allowed::Now)
}

async fn find(conn: &mut Conn<'_>, counter: &Counter) -> Result<(i64, Moment), DbError> {
    let args = [Arg::Text(counter.kind), Arg::Text(&counter.key)];
    if conn.is_postgres() {
        // Two at once wait for each other, also the first time.
        save_if_new(conn, counter).await?;
    }
    let sql = if conn.is_postgres() {
        "SELECT failures, next_at FROM attempts WHERE kind = $1 AND key = $2 FOR UPDATE"
    } else {
        "SELECT failures, next_at FROM attempts WHERE kind = $1 AND key = $2"
    };
    let row = conn.row(sql, &args).await?;
    row.map_or(Ok((0, Moment(0))), |row| Ok((row.int(0)?, Moment(row.int(1)?))))
}

async fn save_if_new(conn: &mut Conn<'_>, counter: &Counter) -> Result<(), DbError> {
    let values = [Arg::Text(counter.kind), Arg::Text(&counter.key), Arg::Int(0), Arg::Int(0)];
    let sealed = seal("attempts", &values);
    let [kind, key, failures, next_at] = values;
    let sql = "INSERT INTO attempts (kind, key, failures, next_at, seal) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (kind, key) DO NOTHING";
    conn.run(sql, &[kind, key, failures, next_at, Arg::Bytes(sealed.as_bytes())]).await?;
    Ok(())
}

async fn save(conn: &mut Conn<'_>, counter: &Counter, failures: i64, next_at: Moment) -> Result<(), DbError> {
    let values = [Arg::Text(counter.kind), Arg::Text(&counter.key), Arg::Int(failures), Arg::Int(next_at.0)];
    let sealed = seal("attempts", &values);
    let [kind, key, failures, next_at] = values;
    let sql = "INSERT INTO attempts (kind, key, failures, next_at, seal) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (kind, key) DO UPDATE SET failures = excluded.failures, next_at = excluded.next_at, \
        seal = excluded.seal";
    conn.run(sql, &[kind, key, failures, next_at, Arg::Bytes(sealed.as_bytes())]).await?;
    Ok(())
}

async fn give_back(conn: &mut Conn<'_>, counter: &Counter) -> Result<(), DbError> {
    let (failures, _) = find(conn, counter).await?;
    save(conn, counter, failures.saturating_sub(1).max(0), Moment(0)).await
}

async fn is_known(conn: &mut Conn<'_>, tried: &Try, now: Moment) -> Result<bool, DbError> {
    let Some(person) = tried.person.as_ref().filter(|_| !tried.device.is_empty()) else { return Ok(false) };
    let hash = hash(&tried.device);
    let sql = "SELECT person, seen_at FROM devices WHERE hash = $1";
    let Some(row) = conn.row(sql, &[Arg::Bytes(hash.as_bytes())]).await? else { return Ok(false) };
    Ok(row.text(0)? == person.as_str() && now < Moment(row.int(1)?).plus_seconds(KNOWN_SECONDS))
}

async fn forget_device(conn: &mut Conn<'_>, tried: &Try, person: &PersonId, now: Moment) -> Result<(), DbError> {
    let old = hash(&tried.device);
    conn.run("DELETE FROM devices WHERE hash = $1", &[Arg::Bytes(old.as_bytes())]).await?;
    let args = [Arg::Text(person.as_str()), Arg::Int(now.plus_seconds(-KNOWN_SECONDS).0)];
    conn.run("DELETE FROM devices WHERE person = $1 AND seen_at <= $2", &args).await?;
    Ok(())
}

async fn save_device(conn: &mut Conn<'_>, hash: &Hash, person: &PersonId, now: Moment) -> Result<(), DbError> {
    let values = [Arg::Bytes(hash.as_bytes()), Arg::Text(person.as_str()), Arg::Int(now.0)];
    let sealed = seal("devices", &values);
    let [hash, person, seen_at] = values;
    let sql = "INSERT INTO devices (hash, person, seen_at, seal) VALUES ($1, $2, $3, $4)";
    conn.run(sql, &[hash, person, seen_at, Arg::Bytes(sealed.as_bytes())]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_is_never_for_ever() {
        let waits: Vec<i64> = (4..12).map(|failures| wait(failures, FREE)).collect();
        assert_eq!(waits, [0, 0, 2, 4, 8, 16, 32, 64]);
        assert_eq!(wait(i64::MAX, FREE), LONGEST);
    }
}
