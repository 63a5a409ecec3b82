//! The change of an applied draft becomes a version of its rule.

use cchc_ledger::draft::{Change, Draft};
use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_ledger::{Context, RequestId, StreamId};
use jiff::civil::Date;

use crate::jobs::Job;
use crate::store::Store;
use crate::stored::stream_after;

impl Store {
    /// Carries out a job of kind [`PUBLISH`](super::PUBLISH): publishes the change in the name of who applied it.
    ///
    /// # Errors
    /// Why it could not be done; run again, what was published already is nothing new.
    pub async fn draft_publish(&self, job: &Job) -> Result<(), String> {
        let stream = String::from_utf8_lossy(&job.payload).into_owned();
        let stream: StreamId = stream.parse().map_err(|error: cchc_ledger::ids::IdError| error.to_string())?;
        let (draft, _) = self.peek::<Draft>(&stream).await.map_err(|error| error.to_string())?;
        let change = draft.change.ok_or("bản nháp không có nội dung")?;
        let events = {
            let mut reader = self.reader().await.map_err(|error| error.to_string())?;
            stream_after(&mut reader.conn(), &stream, 0).await.map_err(|error| error.to_string())?
        };
        let applied = events.into_iter().find(|event| event.hash == job.cause).ok_or("không thấy sự kiện áp dụng")?;
        let context = Context::new(applied.envelope.actor, RequestId(format!("job:{}", job.id)))
            .because(format!("áp dụng bản nháp {}", stream.key()))
            .caused_by(job.cause);
        let rule = crate::rules::stream(&change.kind, &change.name).map_err(|error| error.to_string())?;
        self.commit::<Rule>(&rule, command(*change)?, context).await.map_err(|error| error.to_string())?;
        Ok(())
    }
}

fn command(change: Change) -> Result<RuleCommand, String> {
    let Change { content, valid_from, valid_to, basis, replaces, .. } = change;
    Ok(RuleCommand::Publish { content, valid_from: day(&valid_from)?, valid_to: day(&valid_to)?, basis, replaces })
}

fn day(text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| format!("không hiểu ngày {text}")) }
}
