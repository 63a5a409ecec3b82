//! Failed logins slow down whoever fails, on every node and over restarts, and lock nobody out.
//!
//! Failures are counted by login and by address. After a few, each further try has to wait twice as long,
//! up to a quarter of an hour; the wait is told. Failures are forgotten one by one as time passes. A try
//! reserves its place before the password is looked at, so that many at once gain nothing. From a browser in
//! which the person has logged in before, only that browser's own failures count: strangers can't keep him out.
//!
//! What was typed as a login is kept as a hash: people type passwords there by mistake, and strangers long texts.

use std::net::IpAddr;

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
/// Failures are counted in thousandths, so that those are forgotten evenly that come in between.
const ONE: i64 = 1_000;
/// So many microseconds of a second go to each of them.
const MICROS_OF_ONE: i64 = 1_000_000 / ONE;
/// So many beyond the free ones give the longest wait; more are not counted.
const STEPS: i64 = 10;
/// One failure at a login or in a browser is forgotten in so many seconds.
const FORGOTTEN: i64 = 3600;
/// One failure from an address is forgotten in so many seconds: an office mistypes all day long.
const FORGOTTEN_ADDRESS: i64 = 300;
/// After so long without a try nothing is left of any counter.
const NOTHING_LEFT: i64 = 24 * 3600;
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
    forgotten: i64,
}

impl Try {
    /// What counts this try: in a known browser the browser alone, else login and address.
    fn counters(&self, known: bool) -> Vec<Counter> {
        if known {
            return vec![Counter::of_one("device", &self.device)];
        }
        let (key, free) = (network(&self.address), FREE_ADDRESS);
        let address = Counter { kind: "address", key, free, forgotten: FORGOTTEN_ADDRESS };
        vec![Counter::of_one("login", &self.login), address]
    }
}

impl Counter {
    /// Of a login or a browser, known by the hash of what was shown.
    fn of_one(kind: &'static str, shown: &str) -> Self {
        Self { kind, key: hash(shown).to_string(), free: FREE, forgotten: FORGOTTEN }
    }

    /// What is left of the failures at a moment, in thousandths.
    fn left(&self, failures: i64, next_at: Moment, now: Moment) -> i64 {
        let micros = now.0.saturating_sub(next_at.0).max(0);
        let gone = micros.checked_div(self.forgotten.saturating_mul(MICROS_OF_ONE)).unwrap_or(0);
        failures.saturating_sub(gone).max(0)
    }

    /// One more failure, in thousandths; never more than give the longest wait.
    fn one_more(&self, left: i64) -> i64 {
        left.saturating_add(ONE).min(self.free.saturating_add(STEPS).saturating_mul(ONE))
    }

    /// How long after so many failures, in seconds.
    fn wait(&self, failures: i64) -> i64 {
        let whole = failures.saturating_add(ONE - 1).saturating_div(ONE);
        let beyond = whole.saturating_sub(self.free).min(STEPS);
        let doubled = u32::try_from(beyond).ok().filter(|power| *power > 0).and_then(|power| 2_i64.checked_pow(power));
        doubled.map_or(0, |seconds| seconds.min(LONGEST))
    }
}

/// What one subscriber has: an address of version 4, the first half of one of version 6.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(address) => address.to_string(),
        Err(_) => hash(address).to_string(),
    }
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
                        give_back(conn, &counter, now).await?;
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
        let (failures, next_at) = lock(conn, &counter).await?;
        if next_at.0 == 0 && counter.kind != "device" {
            forget_neighbours(conn, &counter, now).await?;
        }
        let failures = counter.left(failures, next_at, now);
        // No wait is longer than the longest: a clock set back must keep nobody out.
        if now < next_at && next_at <= now.plus_seconds(LONGEST) {
            let micros = next_at.0.saturating_sub(now.0);
            longest = longest.max(micros.saturating_add(999_999).saturating_div(1_000_000));
        }
        counted.push((counter, failures));
    }
    if longest > 0 {
        return Ok(Allowed::Wait(longest));
    }
    for (counter, failures) in counted {
        let failures = counter.one_more(failures);
        save(conn, &counter, failures, now.plus_seconds(counter.wait(failures))).await?;
    }
    Ok(Allowed::Now)
}

/// The counter as it stands, made where it is new; nobody else counts there until the transaction ends.
async fn lock(conn: &mut Conn<'_>, counter: &Counter) -> Result<(i64, Moment), DbError> {
    let values = [Arg::Text(counter.kind), Arg::Text(&counter.key), Arg::Int(0), Arg::Int(0)];
    let sealed = seal("attempts", &values);
    let [kind, key, failures, next_at] = values;
    // Writing the value that is there locks the row and reads it in one step, new or not.
    let sql = "INSERT INTO attempts (kind, key, failures, next_at, seal) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (kind, key) DO UPDATE SET failures = attempts.failures RETURNING failures, next_at";
    let row = conn.row(sql, &[kind, key, failures, next_at, Arg::Bytes(sealed.as_bytes())]).await?;
    let row = row.ok_or_else(|| DbError::Unreadable("bộ đếm lần sai không trả lời".to_owned()))?;
    Ok((row.int(0)?, Moment(row.int(1)?)))
}

const NEIGHBOURS: &str = "DELETE FROM attempts WHERE next_at < $3 AND (kind, key) IN \
    (SELECT kind, key FROM attempts WHERE kind = $1 AND key > $2 ORDER BY key LIMIT 4)";
/// Those that somebody else counts at now are not waited for.
const NEIGHBOURS_UNLOCKED: &str = "DELETE FROM attempts WHERE next_at < $3 AND (kind, key) IN \
    (SELECT kind, key FROM attempts WHERE kind = $1 AND key > $2 ORDER BY key LIMIT 4 FOR UPDATE SKIP LOCKED)";

/// A new counter takes the place of old ones of which nothing is left: whoever tries many logins can't fill the table.
async fn forget_neighbours(conn: &mut Conn<'_>, counter: &Counter, now: Moment) -> Result<(), DbError> {
    let sql = if conn.is_postgres() { NEIGHBOURS_UNLOCKED } else { NEIGHBOURS };
    let before = now.plus_seconds(-NOTHING_LEFT);
    conn.run(sql, &[Arg::Text(counter.kind), Arg::Text(&counter.key), Arg::Int(before.0)]).await?;
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

/// Takes back one failure that was none, and the wait that it set.
async fn give_back(conn: &mut Conn<'_>, counter: &Counter, now: Moment) -> Result<(), DbError> {
    let (failures, next_at) = lock(conn, counter).await?;
    let failures = counter.left(failures, next_at, now).saturating_sub(ONE).max(0);
    save(conn, counter, failures, next_at.min(now)).await
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

    const LOGIN: Counter = Counter { kind: "login", key: String::new(), free: FREE, forgotten: FORGOTTEN };

    #[test]
    fn the_wait_doubles_and_is_never_for_ever() {
        let waits: Vec<i64> = (4..12).map(|failures| LOGIN.wait(failures * ONE)).collect();
        assert_eq!(waits, [0, 0, 2, 4, 8, 16, 32, 64]);
        assert_eq!(LOGIN.wait(i64::MAX), LONGEST);
        let most = (0..100).fold(0, |failures, _| LOGIN.one_more(failures));
        assert_eq!((most, LOGIN.wait(most)), (15 * ONE, LONGEST));
    }

    #[test]
    fn failures_are_forgotten_evenly_however_often_one_looks() {
        let at = |seconds: i64| Moment(seconds * 1_000_000);
        assert_eq!(LOGIN.left(7 * ONE, at(0), at(FORGOTTEN)), 6 * ONE);
        assert_eq!(LOGIN.left(7 * ONE, at(0), at(-5)), 7 * ONE);
        assert_eq!(LOGIN.left(15 * ONE, at(0), at(NOTHING_LEFT)), 0);
        let looked = (0..60).fold(7 * ONE, |left, minute| LOGIN.left(left, at(minute * 60), at(minute * 60 + 60)));
        assert!((6 * ONE..=6 * ONE + 60).contains(&looked), "{looked}");
    }

    #[test]
    fn an_address_is_what_one_subscriber_has() {
        assert_eq!(network("10.0.0.1"), "10.0.0.1");
        assert_eq!(network("::ffff:10.0.0.1"), "10.0.0.1");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("không phải địa chỉ").len(), 64);
    }
}
