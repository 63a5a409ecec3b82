//! Rounds: the read tables `rounds`, `round_units` and `round_shares`.

use std::collections::BTreeMap;

use cchc_index::round::{Plan, Standing};
use cchc_index::{Round, RoundCommand, RoundEvent, RoundFacts};
use cchc_ledger::{Context, Envelope, Hash, StoredEvent, StreamId};

use crate::conn::{Arg, Conn, int};
use crate::error::DbError;
use crate::kept::{FollowUp, Kept};

mod find;
mod follow;
mod results;
pub(crate) mod sets;

pub use find::RoundRow;
pub use follow::{Audience, GATEWAY, MAIL, Sending, TAKE_OVER, TELL, TakeOver, Telling};

/// The stream of a round.
///
/// # Errors
/// Where the id can't stand in the name of a stream.
pub fn stream(id: &str) -> Result<StreamId, DbError> {
    if id.contains('/') {
        return Err(DbError::Refused(format!("«{id}» không thể là mã đợt")));
    }
    StreamId::new("round", id).map_err(|error| DbError::Refused(error.to_string()))
}

impl Kept for Round {
    /// Opening and sharing alone ask for anything: the sets of the plan.
    async fn facts(
        conn: &mut Conn<'_>,
        stream: &StreamId,
        command: &RoundCommand,
        _: &Context,
    ) -> Result<RoundFacts, DbError> {
        if !matches!(command, RoundCommand::Open { .. } | RoundCommand::Share { .. }) {
            return Ok(RoundFacts::default());
        }
        let round = crate::append::peek::<Self>(conn, stream).await?.state;
        let groups = round.plan.map(|plan| plan.groups).unwrap_or_default();
        let mut found = BTreeMap::new();
        for group in groups {
            if let Some(set) = sets::find(conn, &group.set, &group.version).await? {
                found.insert(group.version, set);
            }
        }
        Ok(RoundFacts { sets: found })
    }

    async fn project(
        &self,
        conn: &mut Conn<'_>,
        stored: &StoredEvent<'_, RoundEvent>,
        _: &Hash,
    ) -> Result<(), DbError> {
        let (id, Some(plan)) = (stored.envelope.stream.key(), self.plan.as_ref()) else { return Ok(()) };
        put(conn, id, self, plan).await?;
        if matches!(stored.event, RoundEvent::Planned { .. } | RoundEvent::Merged { .. }) {
            put_units(conn, id, plan).await?;
        }
        if matches!(stored.event, RoundEvent::Planned { .. } | RoundEvent::Merged { .. } | RoundEvent::Shared { .. }) {
            crate::sheets::parts::put_shares(conn, id, plan).await?;
        }
        Ok(())
    }

    fn follow_ups(&self, envelope: &Envelope, event: &RoundEvent) -> Vec<FollowUp> {
        follow::follow_ups(self, envelope, event)
    }
}

async fn put(conn: &mut Conn<'_>, id: &str, round: &Round, plan: &Plan) -> Result<(), DbError> {
    let args = [
        Arg::Text(id),
        Arg::Text(&plan.title),
        Arg::Int(i64::from(plan.year)),
        Arg::Text(&plan.organiser),
        Arg::Text(standing(round.standing)),
        Arg::Text(round.phase().map_or("", |phase| phase.code())),
        Arg::Int(int(u64::try_from(plan.units.len()).unwrap_or(u64::MAX))),
    ];
    let sql = "INSERT INTO rounds (id, title, year, organiser, standing, phase, units) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET title = excluded.title, \
        year = excluded.year, organiser = excluded.organiser, standing = excluded.standing, phase = excluded.phase, \
        units = excluded.units";
    conn.run(sql, &args).await.map(|_| ())
}

async fn put_units(conn: &mut Conn<'_>, id: &str, plan: &Plan) -> Result<(), DbError> {
    conn.run("DELETE FROM round_units WHERE round = $1", &[Arg::Text(id)]).await?;
    for (place, unit) in (0..).zip(&plan.units) {
        let args =
            [Arg::Text(id), Arg::Text(&unit.code), Arg::Text(&unit.name), Arg::Text(&unit.group), Arg::Int(place)];
        let sql = "INSERT INTO round_units (round, unit, name, group_code, place) VALUES ($1, $2, $3, $4, $5)";
        conn.run(sql, &args).await?;
    }
    Ok(())
}

/// The standing as it is written.
#[must_use]
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Planned => "planned",
        Standing::Running(_) => "running",
        Standing::Published => "published",
    }
}
