//! fsync that fails: whatever was not certainly written is answered as unknown, never as done.

use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::ledger::Ledger;
use crate::place::{Place, Start, Worker};
use crate::run::{Means, Report};

/// Runs it: every few calls to the disk fail, in several lives.
pub async fn run(mut means: Means) -> anyhow::Result<Report> {
    let folder = tempfile::tempdir()?;
    let place = Place { folder: folder.path().to_owned(), url: None };
    let (mut ledger, mut kills) = (Ledger::default(), 0);
    while kills == 0 || Instant::now() < means.until {
        let first = means.dice.between(15, 60);
        let step = means.dice.between(5, 40);
        let inject = format!("inject=fsync,fdatasync:error=EIO:when={first}+{step}");
        let before = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", inject.as_str()];
        let life = format!("f{kills}");
        let start = Start { before: &before, more: &[], life: &life };
        let worker = Worker::start(&means.program, &place, &ledger, &start).await?;
        tokio::time::sleep(Duration::from_millis(means.dice.between(800, 2_500))).await;
        kill_traced(&worker);
        worker.kill(&mut ledger).await?;
        kills += 1;
    }
    place.compare(&ledger).await?;
    ensure!(ledger.unknown + ledger.read_only > 0, "no failure was ever felt");
    ensure!(ledger.acknowledged() > 0, "nothing was acknowledged");
    Ok(Report::of(kills, &ledger))
}

/// Kills the worker below strace first, so that it does not outlive it.
fn kill_traced(worker: &Worker) {
    let Some(tracer) = worker.id() else { return };
    let children = std::fs::read_to_string(format!("/proc/{tracer}/task/{tracer}/children")).unwrap_or_default();
    let children: Vec<&str> = children.split_whitespace().collect();
    if !children.is_empty() {
        // One that has ended by itself needs no kill.
        let _ = std::process::Command::new("kill").arg("-9").args(children).status();
    }
}
