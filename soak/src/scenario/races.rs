//! Two programs at once: the lock of a folder lets one serve; beside it, and on one server, both may write.

use std::time::Duration;

use anyhow::ensure;

use crate::ledger::Ledger;
use crate::life::{Life, Start};
use crate::place::{On, Place};
use crate::run::{Means, Report};
use crate::said::Said;

/// How long a worker may need until it is at work, or has seen that it can't.
const AT_WORK: Duration = Duration::from_secs(20);

/// Runs it.
pub async fn run(mut means: Means) -> anyhow::Result<Report> {
    let mut report = Report::default();
    locked(&mut means, &mut report).await?;
    while report.rounds < 3 || means.go_on() {
        both(&mut means, &mut report, On::Sqlite).await?;
        both(&mut means, &mut report, On::Postgres).await?;
    }
    Ok(report)
}

/// Of two that take the lock the second says nothing.
async fn locked(means: &mut Means, report: &mut Report) -> anyhow::Result<()> {
    let (place, mut ledger) = (Place::new(On::Sqlite).await?, Ledger::default());
    let first = Life::start(means, &place, &mut ledger, named("a")).await?;
    first.until("the first answer", AT_WORK, done, 1).await?;
    let mut second = Life::start(means, &place, &mut ledger, named("b")).await?;
    for _ in 0..400 {
        if second.has_ended() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    ensure!(second.has_ended(), "two programs that take the lock work in one folder");
    ensure!(second.count(|_| true) == 0, "the second said something before it was refused");
    second.kill(&mut ledger).await?;
    first.kill(&mut ledger).await?;
    place.compare(&mut ledger).await?;
    report.rounds += 1;
    report.kills += 1;
    report.add(&ledger);
    place.end().await
}

/// Two write to one database, to streams of their own and to one that both share.
async fn both(means: &mut Means, report: &mut Report, on: On) -> anyhow::Result<()> {
    let (place, mut ledger) = (Place::new(on).await?, Ledger::default());
    let unlocked = ["--lock", "left"];
    let one = Life::start(means, &place, &mut ledger, Start { more: &unlocked, ..named("c") }).await?;
    let other = Life::start(means, &place, &mut ledger, Start { more: &unlocked, ..named("d") }).await?;
    for life in [&one, &other] {
        life.until("answers beside another program", AT_WORK, done, 50).await?;
    }
    means.wait(0, 1_000).await;
    one.kill(&mut ledger).await?;
    means.wait(0, 300).await;
    other.kill(&mut ledger).await?;
    place.compare(&mut ledger).await?;
    report.rounds += 1;
    report.kills += 2;
    report.add(&ledger);
    place.end().await
}

fn named(name: &str) -> Start<'_> {
    Start { name, ..Start::default() }
}

fn done(said: &Said) -> bool {
    matches!(said, Said::Done { .. })
}
