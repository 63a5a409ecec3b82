//! fsync that fails: whatever was not certainly written is answered as unknown, never as done; the program goes on.

use std::time::Duration;

use anyhow::ensure;

use crate::ledger::Ledger;
use crate::life::{Life, Start};
use crate::place::{On, Place};
use crate::run::{Means, Report};
use crate::said::Said;

/// After a failure the store turns commands away for some seconds, then lets one try: it must be done by then.
const GOES_ON: Duration = Duration::from_secs(30);
/// After so many lives everything is compared, and a new database begun.
const LIVES: u64 = 10;

/// Runs it: every few calls to the disk fail, in several lives.
pub async fn run(mut means: Means) -> anyhow::Result<Report> {
    let mut report = Report::default();
    while report.rounds == 0 || means.go_on() {
        let (place, mut ledger) = (Place::new(On::Sqlite).await?, Ledger::default());
        for number in 0..LIVES {
            one_life(&mut means, &place, &mut ledger, number).await?;
            report.rounds += 1;
            report.kills += 1;
            if !means.go_on() {
                break;
            }
        }
        place.compare(&mut ledger).await?;
        ensure!(ledger.counts.resumed > 0, "nothing that failed was done later in the same life");
        report.add(&ledger);
    }
    Ok(report)
}

/// The first life of a database is seen to go on after a failure; others are killed soon after one.
async fn one_life(means: &mut Means, place: &Place, ledger: &mut Ledger, number: u64) -> anyhow::Result<()> {
    let (first, step) = (means.dice.between(15, 60), means.dice.between(20, 60));
    let inject = format!("inject=fsync,fdatasync:error=EIO:when={first}+{step}");
    let before = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", &inject];
    let name = format!("f{number}");
    let life = Life::start(means, place, ledger, Start { before: &before, more: &[], name: &name }).await?;
    let seen = fails(&life, number).await;
    means.wait(0, 300).await;
    life.kill(ledger).await?;
    place.explain(seen, ledger).await
}

async fn fails(life: &Life, number: u64) -> anyhow::Result<()> {
    life.until("a failure", GOES_ON, |said| matches!(said, Said::Unknown(_)), 1).await?;
    if number > 0 {
        return Ok(());
    }
    let before = life.count(done);
    life.until("an answer after a failure", GOES_ON, done, before + 20).await
}

fn done(said: &Said) -> bool {
    matches!(said, Said::Done { .. })
}
