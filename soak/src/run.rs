//! What every scenario shares: means, rounds, the line at the end.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::dice::Dice;
use crate::ledger::Ledger;
use crate::place::{Place, Start, Worker};

/// What a scenario has.
pub struct Means {
    /// The worker's program.
    pub program: PathBuf,
    /// Until when it may take.
    pub until: Instant,
    /// Its dice.
    pub dice: Dice,
}

/// What a scenario saw.
#[derive(Debug, Default)]
pub struct Report {
    /// How often something was killed.
    pub kills: u64,
    /// How many commands were acknowledged.
    pub acknowledged: usize,
    /// How many answers were unknown.
    pub unknown: u64,
    /// How often nothing could be written.
    pub read_only: u64,
}

impl Report {
    /// The report over all that was said.
    pub fn of(kills: u64, ledger: &Ledger) -> Self {
        let (unknown, read_only) = (ledger.unknown, ledger.read_only);
        Self { kills, acknowledged: ledger.acknowledged(), unknown, read_only }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, acknowledged, unknown, read_only } = self;
        write!(
            out,
            "{kills} kills, {acknowledged} acknowledged, {unknown} unknown, {read_only} read-only: all there once"
        )
    }
}

/// After so many kills the ledger is compared in between.
const COMPARE_EVERY: u64 = 25;

/// Kills workers at random moments until the time is over.
pub async fn kill_workers(mut means: Means, place: &Place) -> anyhow::Result<Report> {
    let (mut ledger, mut kills) = (Ledger::default(), 0);
    while Instant::now() < means.until {
        let life = format!("l{kills}");
        // Clocks are set back and forth between lives.
        let ahead = (means.dice.between(0, 7_200) as i64 - 3_600).to_string();
        let more = ["--clock-ahead", ahead.as_str()];
        let start = Start { before: &[], more: &more, life: &life };
        let worker = Worker::start(&means.program, place, &ledger, &start).await?;
        tokio::time::sleep(Duration::from_millis(means.dice.between(30, 700))).await;
        worker.kill(&mut ledger).await?;
        kills += 1;
        if kills % COMPARE_EVERY == 0 {
            place.compare(&ledger).await?;
        }
    }
    place.compare(&ledger).await?;
    anyhow::ensure!(ledger.acknowledged() > 0, "nothing was acknowledged");
    Ok(Report::of(kills, &ledger))
}
