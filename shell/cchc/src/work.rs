//! What follows from events: each kind of job has its handler, done at least once and idempotent.

use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use cchc_store::jobs::Job;
use cchc_store::people::{END_DELEGATIONS, HANDOVER, NOTIFY};
use cchc_store::rounds::{GATEWAY, MAIL, TAKE_OVER, TELL};
use cchc_web::App;
use cchc_web::acts::history::export;

use crate::outgoing::Outgoing;

mod publish;
pub mod rules;

/// How long the worker waits when there is nothing to do.
pub const PAUSE: Duration = Duration::from_millis(300);

/// Does what is due now.
pub async fn some(app: App, outgoing: Arc<Outgoing>) -> anyhow::Result<()> {
    while let Some(job) = app.store().job_take().await? {
        if job.kind == export::EXPORT {
            // It may take minutes, and nothing waits for it: what is short goes on meanwhile. A stop of the
            // server ends it; its lease runs out, and it is begun again.
            tokio::spawn(whole(app.clone(), Arc::clone(&outgoing), job));
            continue;
        }
        whole(app.clone(), Arc::clone(&outgoing), job).await?;
    }
    Ok(())
}

/// Does a job and writes how it went.
async fn whole(app: App, outgoing: Arc<Outgoing>, mut job: Job) -> anyhow::Result<()> {
    let outcome = one(&app, &outgoing, &mut job).await.map_err(|error| format!("{error:#}"));
    if let Err(error) = &outcome {
        tracing::warn!(job = job.id, kind = job.kind, error, "a job will be tried again");
    }
    Ok(app.store().job_put(job, outcome).await?)
}

async fn one(app: &App, outgoing: &Outgoing, job: &mut Job) -> anyhow::Result<()> {
    match job.kind.as_str() {
        cchc_store::drafts::PUBLISH => publish::draft(app, job).await,
        cchc_store::rules::CHANGED => rules::job(app.store(), job).await,
        NOTIFY => app.store().notice_run(job).await.map_err(anyhow::Error::msg),
        export::EXPORT => export::run(app, job).await.map_err(anyhow::Error::msg),
        HANDOVER => app.store().handover_run(job).await.map_err(anyhow::Error::msg),
        TELL => app.store().telling_run(job).await.map_err(anyhow::Error::msg),
        MAIL => outgoing.mail(app.store(), job).await,
        GATEWAY => outgoing.text(app.store(), job).await,
        TAKE_OVER => app.store().take_over_run(job).await.map_err(anyhow::Error::msg),
        END_DELEGATIONS => app.store().departure_run(job).await.map_err(anyhow::Error::msg),
        other => bail!("không có cách làm việc «{other}»"),
    }
}
