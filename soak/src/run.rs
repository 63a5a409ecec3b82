//! What every scenario shares: means, generations of lives, the line at the end.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::dice::Dice;
use crate::ledger::{Counts, Ledger};
use crate::life::{Life, Start};
use crate::place::{On, Place};
use crate::said::Said;

/// What a scenario has.
pub struct Means {
    /// The worker's program.
    pub program: PathBuf,
    /// Until when it may take.
    pub until: Instant,
    /// Its dice.
    pub dice: Dice,
}

impl Means {
    /// Whether there is time for more.
    pub fn go_on(&self) -> bool {
        Instant::now() < self.until
    }

    /// Waits some milliseconds, at least the first and less than the second number.
    pub async fn wait(&mut self, low: u64, high: u64) {
        tokio::time::sleep(Duration::from_millis(self.dice.between(low, high))).await;
    }
}

/// What a scenario saw.
#[derive(Debug, Default)]
pub struct Report {
    /// How many lives workers had, or how often a disk was filled.
    pub rounds: u64,
    /// How often something was killed.
    pub kills: u64,
    counts: Counts,
}

impl Report {
    /// Adds what was said in a generation.
    pub fn add(&mut self, ledger: &Ledger) {
        let (sum, more) = (&mut self.counts, &ledger.counts);
        sum.acknowledged += more.acknowledged;
        sum.unknown += more.unknown;
        sum.read_only += more.read_only;
        sum.banner += more.banner;
        sum.resumed += more.resumed;
        sum.again += more.again;
        sum.compared += more.compared;
    }

    /// The sums.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rounds, kills, counts } = self;
        let Counts { acknowledged, unknown, read_only, resumed, again, compared, .. } = counts;
        write!(out, "{rounds} rounds, {kills} kills, {acknowledged} acknowledged, {unknown} unknown, ")?;
        write!(
            out,
            "{read_only} turned away, {resumed} of these done later in the same life, {again} sent again, verified {compared} times"
        )
    }
}

/// After so many lives everything is compared, and a new database begun: so a long run does not slow down.
const LIVES: u64 = 40;
/// A program that says nothing for so long is broken.
const FIRST_WORD: Duration = Duration::from_secs(20);

/// Kills workers at random moments until the time is over.
pub async fn kill_workers(mut means: Means, on: On) -> anyhow::Result<Report> {
    let mut report = Report::default();
    while report.rounds == 0 || means.go_on() {
        let (place, mut ledger) = (Place::new(on).await?, Ledger::default());
        for number in 0..LIVES {
            one_life(&mut means, &place, &mut ledger, number).await?;
            report.rounds += 1;
            report.kills += 1;
            if !means.go_on() {
                break;
            }
        }
        place.compare(&mut ledger).await?;
        report.add(&ledger);
        place.end().await?;
    }
    anyhow::ensure!(report.counts.acknowledged > 0, "nothing was acknowledged");
    Ok(report)
}

/// Most are killed in the middle of their work, some while they open the database.
async fn one_life(means: &mut Means, place: &Place, ledger: &mut Ledger, number: u64) -> anyhow::Result<()> {
    // Clocks are set back and forth between lives.
    let ahead = (means.dice.between(0, 7_200) as i64 - 3_600).to_string();
    let (more, name) = (["--clock-ahead", ahead.as_str()], format!("l{number}"));
    let life = Life::start(means, place, ledger, Start { before: &[], more: &more, name: &name }).await?;
    let mut seen = Ok(());
    if number > 0 && means.dice.between(0, 4) == 0 {
        means.wait(0, 150).await;
    } else {
        seen = life.until("the first answer", FIRST_WORD, |said| matches!(said, Said::Done { .. }), 1).await;
        means.wait(0, 400).await;
    }
    life.kill(ledger).await?;
    place.explain(seen, ledger).await
}
