//! What became of a draft: who decided, and how far its change is.

use cchc_ledger::draft::{Change, Standing};
use cchc_ledger::{Hash, StreamId};
use cchc_store::drafts::{DraftRow, PUBLISH};
use cchc_store::jobs::{self, Job, MOST_ATTEMPTS};
use cchc_store::kept::FollowUp;
use cchc_store::rules::RuleRow;
use cchc_store::stored::{StoredRow, stream_after};

use crate::acts::with::With;
use crate::acts::words::{minute, person};
use crate::error::ErrorPage;
use crate::list::Link;
use crate::pages::drafts::draft::{Ended, Progress};
use crate::pages::history::event;
use crate::pages::rule;

/// What became of it; `None` while it is open.
pub async fn of(with: &With, row: &DraftRow, change: &Change, standing: Standing) -> Result<Option<Ended>, ErrorPage> {
    let name = match standing {
        Standing::Open => return Ok(None),
        Standing::Applied => "applied",
        Standing::Discarded => "discarded",
    };
    let Ok(stream) = StreamId::new("draft", &row.id) else { return Ok(None) };
    let events = {
        let mut reader = with.store().reader().await?;
        stream_after(&mut reader.conn(), &stream, 0).await?
    };
    let Some(last) = events.into_iter().rfind(|event| event.envelope.name == name) else { return Ok(None) };
    let progress = match standing {
        Standing::Applied => Some(progress(with, &stream, &last, change).await?),
        _ => None,
    };
    Ok(Some(Ended {
        who: person(with, &last.envelope.actor.person).await?,
        when: minute(last.envelope.recorded_at),
        reason: last.envelope.reason,
        event: event::address(&stream, last.envelope.version),
        progress,
    }))
}

/// How far the change of the rule is: published, under way, or held up.
async fn progress(with: &With, stream: &StreamId, applied: &StoredRow, change: &Change) -> Result<Progress, ErrorPage> {
    let versions = with.store().rule_versions(&change.kind, &change.name).await?;
    let ours =
        |row: &RuleRow| row.id == Hash::of(change.content.as_bytes()) && row.known_from >= applied.envelope.recorded_at;
    if let Some(position) = versions.iter().position(ours) {
        let number = position.saturating_add(1);
        let label = format!("bản {number} của quy tắc");
        return Ok(Progress::Published(Link::new(label, rule::version_address(&change.kind, &change.name, number))));
    }
    let target = stream.as_str();
    let follow_up = FollowUp { kind: PUBLISH, target: target.to_owned(), payload: target.as_bytes().to_vec() };
    let job = with.store().job_find(&jobs::id_of(&applied.hash, &follow_up)).await?;
    Ok(match job {
        Some(job) if job.done_at.0 != 0 => Progress::NothingNew,
        Some(Job { error, attempts, .. }) if !error.is_empty() => {
            if attempts >= MOST_ATTEMPTS {
                Progress::Failed(error)
            } else {
                Progress::Delayed(error)
            }
        }
        _ => Progress::UnderWay,
    })
}
