//! SIGKILL of the program at random moments, SQLite.

use crate::place::Place;
use crate::run::{Means, Report, kill_workers};

/// Runs it.
pub async fn run(means: Means) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir()?;
    kill_workers(means, &Place { folder: folder.path().to_owned(), url: None }).await
}
