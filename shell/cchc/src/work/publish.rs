//! An applied draft becomes a version of its rule.

use anyhow::Context as _;
use cchc_ledger::draft::Draft;
use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_ledger::{Context, RequestId, StreamId};
use cchc_store::jobs::Job;
use cchc_store::{rules, stored};
use cchc_web::App;
use jiff::civil::Date;

/// Publishes the change of the draft that the job names, in the name of who applied it.
pub async fn draft(app: &App, job: &Job) -> anyhow::Result<()> {
    let store = app.store();
    let stream: StreamId = String::from_utf8_lossy(&job.payload).parse()?;
    let (draft, _) = store.peek::<Draft>(&stream).await?;
    let change = draft.change.context("bản nháp không có nội dung")?;
    let mut reader = store.reader().await?;
    let events = stored::stream_after(&mut reader.conn(), &stream, 0).await?;
    drop(reader);
    let applied = events.iter().find(|event| event.hash == job.cause).context("không thấy sự kiện áp dụng")?;
    let context = Context::new(applied.envelope.actor.clone(), RequestId(format!("job:{}", job.id)))
        .because(format!("áp dụng bản nháp {}", stream.key()))
        .caused_by(job.cause);
    let command = RuleCommand::Publish {
        content: change.content.clone(),
        valid_from: day(&change.valid_from)?,
        valid_to: day(&change.valid_to)?,
        basis: change.basis.clone(),
        replaces: change.replaces,
    };
    store.commit::<Rule>(&rules::stream(&change.kind, &change.name)?, command, context).await?;
    crate::server::refresh(app.clone()).await
}

fn day(text: &str) -> anyhow::Result<Option<Date>> {
    if text.is_empty() { Ok(None) } else { Ok(Some(text.parse()?)) }
}
