//! An applied draft becomes a version of its rule, which the pages then show.

use cchc_store::jobs::Job;
use cchc_web::App;

/// Publishes the change of the draft that the job names, and has the pages see it.
pub async fn draft(app: &App, job: &Job) -> anyhow::Result<()> {
    app.store().draft_publish(job).await.map_err(anyhow::Error::msg)?;
    crate::server::refresh(app.clone()).await
}
