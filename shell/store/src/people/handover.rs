//! Handover: the open work of a post, and the job that moves it to another post, item by item.

use cchc_access::PostId;
use cchc_ledger::draft::{Draft, DraftCommand, DraftRefusal};
use cchc_ledger::{Actor, Hash, Moment, StreamId};
use serde::{Deserialize, Serialize};

use super::follow::context;
use crate::conn::{Arg, Conn, Row};
use crate::error::{CommitError, DbError};
use crate::jobs::Job;
use crate::store::Store;

/// The job that moves all open work of a post.
pub const HANDOVER: &str = "handover";

/// What the job needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Handover {
    pub(super) post: PostId,
    pub(super) to_post: PostId,
    pub(super) document: String,
    pub(super) actor: Actor,
}

/// An open item of a post's work, as the list to sign shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Its stream: `draft/…`.
    pub stream: String,
    /// What it is about, in a sentence.
    pub summary: String,
    /// Since when it is there.
    pub since: Moment,
}

/// How many open items a post has.
pub(super) async fn open_work(conn: &mut Conn<'_>, post: &PostId) -> Result<u32, DbError> {
    let sql = "SELECT COUNT(*) FROM drafts WHERE holder = $1 AND standing = 'open'";
    let count = conn.row(sql, &[Arg::Text(post.as_str())]).await?.map_or(Ok(0), |row| row.count(0))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

fn item(row: &Row) -> Result<WorkItem, DbError> {
    Ok(WorkItem { stream: row.text(0)?, summary: row.text(1)?, since: Moment(row.int(2)?) })
}

impl Store {
    /// The open work of a post, oldest first: what a handover would move.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn work_list(&self, post: &PostId) -> Result<Vec<WorkItem>, DbError> {
        let sql = "SELECT 'draft/' || id, summary, opened_at FROM drafts \
            WHERE holder = $1 AND standing = 'open' ORDER BY opened_at, id";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Text(post.as_str())]).await?.iter().map(item).collect()
    }

    /// What the handover of that event has moved so far: the list to sign, once its job is done.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn handover_list(&self, event: &Hash) -> Result<Vec<WorkItem>, DbError> {
        let sql = "SELECT e.stream, d.summary, d.opened_at FROM events e JOIN drafts d ON d.id = substr(e.stream, 7) \
            WHERE e.cause = $1 AND length(e.cause) > 0 AND e.name = 'reassigned' ORDER BY d.opened_at, d.id";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Bytes(event.as_bytes())]).await?.iter().map(item).collect()
    }

    /// Carries out a job of kind [`HANDOVER`]: moves each open item, and says how far it is.
    ///
    /// # Errors
    /// Why it could not be finished; run again, it goes on with what is left.
    pub async fn handover_run(&self, job: &mut Job) -> Result<(), String> {
        let handover: Handover = serde_json::from_slice(&job.payload).map_err(|error| error.to_string())?;
        let work = self.work_list(&handover.post).await.map_err(|error| error.to_string())?;
        let (total, reason) = (work.len(), reason(&handover.document));
        for (done, item) in work.into_iter().enumerate() {
            let stream: StreamId = item.stream.parse().map_err(|error: cchc_ledger::ids::IdError| error.to_string())?;
            let command = DraftCommand::Reassign { holder: handover.to_post.0.clone() };
            let context = context(&handover.actor, job.cause, stream.as_str(), reason.clone());
            match self.commit::<Draft>(&stream, command, context).await {
                // What was closed meanwhile is nobody's work any more.
                Ok(_) | Err(CommitError::Refused(DraftRefusal::Closed | DraftRefusal::Missing)) => {}
                Err(error) => return Err(format!("{}: {error}", item.stream)),
            }
            let percent = done.saturating_add(1).saturating_mul(100).checked_div(total).unwrap_or(100);
            let percent = i64::try_from(percent).unwrap_or(100);
            self.job_progress(job, percent).await.map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

fn reason(document: &str) -> String {
    if document.is_empty() {
        "bàn giao công việc".to_owned()
    } else {
        format!("bàn giao công việc theo {document}")
    }
}
