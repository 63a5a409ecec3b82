//! Prepared changes: the read table `drafts`; applying one queues the change of the rule.

use cchc_ledger::draft::{Change, Draft, DraftCommand, DraftEvent, DraftFacts, Standing};
use cchc_ledger::{Context, Envelope, Hash, Moment, StoredEvent, StreamId};

use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::kept::{FollowUp, Kept};

mod listed;
mod publish;

pub use listed::{DraftFilter, DraftOrder, LIST};

/// The job that publishes the change of an applied draft.
pub const PUBLISH: &str = "publish-draft";

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Key of its stream.
    pub id: String,
    /// Kind of rule.
    pub kind: String,
    /// Name of the rule.
    pub name: String,
    /// `open`, `applied`, `discarded`.
    pub standing: String,
    /// The post whose work it is.
    pub holder: String,
    /// The unit for which it was prepared.
    pub unit: String,
    /// Who prepared it.
    pub opened_by: String,
    /// When.
    pub opened_at: Moment,
    /// When it was closed; 0: open.
    pub closed_at: Moment,
    /// Errors found.
    pub errors: i64,
    /// Warnings found.
    pub warnings: i64,
    /// The difference in a sentence.
    pub summary: String,
}

impl Kept for Draft {
    async fn facts(
        conn: &mut Conn<'_>,
        stream: &StreamId,
        command: &Self::Command,
        context: &Context,
    ) -> Result<DraftFacts, DbError> {
        if !matches!(command, DraftCommand::Apply) {
            return Ok(DraftFacts::default());
        }
        // The version in force for the period of the draft: the same validity, still held to.
        let sql = "SELECT v.id FROM drafts d JOIN rule_versions v ON v.kind = d.kind AND v.name = d.name \
            WHERE d.id = $1 AND v.known_to > $2 AND v.valid_from = d.valid_from AND v.valid_to = d.valid_to \
            ORDER BY v.version DESC LIMIT 1";
        let args = [Arg::Text(stream.key()), Arg::Int(context.recorded_at.0)];
        let row = conn.row(sql, &args).await?;
        Ok(DraftFacts { in_force: row.map(|row| row.hash(0)).transpose()? })
    }

    async fn project(
        &self,
        conn: &mut Conn<'_>,
        stored: &StoredEvent<'_, DraftEvent>,
        hash: &Hash,
    ) -> Result<(), DbError> {
        let id = stored.envelope.stream.key();
        let at = Arg::Int(stored.envelope.recorded_at.0);
        match stored.event {
            DraftEvent::Opened { change, holder } => open(conn, stored.envelope, change, holder, hash).await?,
            DraftEvent::Applied | DraftEvent::Discarded => {
                let args = [Arg::Text(id), Arg::Text(standing(self.standing)), at];
                conn.run("UPDATE drafts SET standing = $2, closed_at = $3 WHERE id = $1", &args).await?;
            }
            DraftEvent::Reassigned { holder } => {
                conn.run("UPDATE drafts SET holder = $2 WHERE id = $1", &[Arg::Text(id), Arg::Text(holder)]).await?;
            }
        }
        Ok(())
    }

    fn follow_ups(&self, envelope: &Envelope, event: &DraftEvent) -> Vec<FollowUp> {
        match event {
            DraftEvent::Applied => vec![FollowUp {
                kind: PUBLISH,
                target: envelope.stream.as_str().to_owned(),
                payload: envelope.stream.as_str().as_bytes().to_vec(),
            }],
            _ => Vec::new(),
        }
    }
}

async fn open(
    conn: &mut Conn<'_>,
    envelope: &Envelope,
    change: &Change,
    holder: &str,
    hash: &Hash,
) -> Result<(), DbError> {
    let sql = "INSERT INTO drafts (id, kind, name, standing, holder, unit, opened_by, opened_at, closed_at, errors, \
        warnings, summary, valid_from, valid_to, event) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let args = [
        Arg::Text(envelope.stream.key()),
        Arg::Text(&change.kind),
        Arg::Text(&change.name),
        Arg::Text(standing(Standing::Open)),
        Arg::Text(holder),
        Arg::Text(&envelope.actor.unit),
        Arg::Text(&envelope.actor.person),
        Arg::Int(envelope.recorded_at.0),
        Arg::Int(0),
        Arg::Int(i64::from(change.errors)),
        Arg::Int(i64::from(change.warnings)),
        Arg::Text(&change.summary),
        Arg::Text(&change.valid_from),
        Arg::Text(&change.valid_to),
        Arg::Bytes(hash.as_bytes()),
    ];
    conn.run(sql, &args).await?;
    Ok(())
}

/// The standing as it is written.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "open",
        Standing::Applied => "applied",
        Standing::Discarded => "discarded",
    }
}
