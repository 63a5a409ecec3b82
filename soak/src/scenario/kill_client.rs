//! SIGKILL of the program at random moments, PostgreSQL.

use crate::place::Place;
use crate::run::{Means, Report, kill_workers};
use crate::scenario::kill_server::database;

/// Runs it.
pub async fn run(means: Means) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir()?;
    let url = database("client").await?;
    kill_workers(means, &Place { folder: folder.path().to_owned(), url: Some(url) }).await
}
