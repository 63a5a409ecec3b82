//! What a person's command must know of the world, loaded inside its transaction.

use cchc_access::person::{Asks, Receiver};
use cchc_access::{Person, PersonCommand, PersonFacts, PostId};
use cchc_ledger::{Context, Moment, PersonId, StreamId};
use jiff::civil::Date;

use super::handover::open_work;
use crate::append;
use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::units;

pub(super) async fn load(
    conn: &mut Conn<'_>,
    own: &StreamId,
    command: &PersonCommand,
    context: &Context,
) -> Result<PersonFacts, DbError> {
    let Asks { unit, admins, receiver, items, last_act: acted } = command.asks();
    let mut facts = PersonFacts::default();
    if let Some((code, on)) = unit.filter(|(code, _)| !code.is_empty()) {
        facts.unit = units::fact(conn, code, on).await?;
    }
    if admins {
        facts.other_admins = other_admins(conn, own.key(), context.recorded_at.date()).await?;
    }
    if let Some(person) = receiver {
        facts.receiver = other(conn, person).await?;
    }
    if let Some(post) = items {
        facts.items = open_work(conn, post).await?;
    }
    if let Some(post) = acted {
        facts.last_act = last_act(conn, post).await?;
    }
    Ok(facts)
}

/// How many others run the system. Where he runs it himself, they stand still until this is decided, so
/// that the last two can't both leave at the same moment.
async fn other_admins(conn: &mut Conn<'_>, person: &str, today: Date) -> Result<u32, DbError> {
    if conn.is_postgres() {
        let own = "SELECT COUNT(*) FROM post_roles WHERE role = 'admin' AND person = $1";
        let runs_it = conn.row(own, &[Arg::Text(person)]).await?.map_or(Ok(0), |row| row.count(0))? > 0;
        if runs_it {
            let lock = "SELECT person, post FROM post_roles WHERE role = 'admin' ORDER BY person, post FOR UPDATE";
            conn.rows(lock, &[]).await?;
        }
    }
    let sql = "SELECT COUNT(DISTINCT r.person) FROM post_roles r \
        JOIN posts p ON p.person = r.person AND p.post = r.post JOIN persons s ON s.id = r.person \
        WHERE r.role = 'admin' AND r.person <> $1 AND s.account = 'open' AND p.to_day = '' AND p.from_day <= $2";
    let today = today.to_string();
    let count = conn.row(sql, &[Arg::Text(person), Arg::Text(&today)]).await?.map_or(Ok(0), |row| row.count(0))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

async fn other(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<Receiver>, DbError> {
    let Ok(stream) = super::stream(person) else { return Ok(None) };
    let loaded = append::peek::<Person>(conn, &stream).await?;
    Ok((loaded.version > 0).then(|| Receiver::from(&loaded.state)))
}

async fn last_act(conn: &mut Conn<'_>, post: &PostId) -> Result<Option<Date>, DbError> {
    let sql = "SELECT happened_at FROM events WHERE post = $1 AND post <> '' ORDER BY happened_at DESC LIMIT 1";
    let row = conn.row(sql, &[Arg::Text(post.as_str())]).await?;
    row.map(|row| row.int(0).map(|at| Moment(at).date())).transpose()
}
