//! SIGKILL of the program at random moments, SQLite.

use crate::place::On;
use crate::run::{Means, Report, kill_workers};

/// Runs it.
pub async fn run(means: Means) -> anyhow::Result<Report> {
    kill_workers(means, On::Sqlite).await
}
