//! Two programs at once: on one folder the second is refused, on one server both write.

use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::ledger::Ledger;
use crate::place::{Place, Start, Worker};
use crate::run::{Means, Report};
use crate::scenario::kill_server::database;

/// Runs it.
pub async fn run(means: Means) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir()?;
    let place = Place { folder: folder.path().to_owned(), url: None };
    let mut ledger = Ledger::default();
    let first = Worker::start(&means.program, &place, &ledger, &life("a")).await?;
    tokio::time::sleep(Duration::from_millis(800)).await;
    let mut second = Worker::start(&means.program, &place, &ledger, &life("b")).await?;
    tokio::time::sleep(Duration::from_millis(800)).await;
    ensure!(second.has_ended(), "two programs write to one folder");
    ensure!(second.kill_ended(&mut ledger).await? == 0, "the second said something before it was refused");
    first.kill(&mut ledger).await?;
    place.compare(&ledger).await?;

    let files = tempfile::tempdir()?;
    let shared = Place { folder: files.path().to_owned(), url: Some(database("races").await?) };
    let mut both = Ledger::default();
    let one = Worker::start(&means.program, &shared, &both, &life("c")).await?;
    let other = Worker::start(&means.program, &shared, &both, &life("d")).await?;
    let left = means.until.saturating_duration_since(Instant::now()).max(Duration::from_secs(2));
    tokio::time::sleep(left).await;
    one.kill(&mut both).await?;
    other.kill(&mut both).await?;
    shared.compare(&both).await?;
    let mut report = Report::of(2, &both);
    report.acknowledged += ledger.acknowledged();
    Ok(report)
}

fn life(name: &str) -> Start<'_> {
    Start { before: &[], more: &[], life: name }
}
