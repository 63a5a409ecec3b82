//! SIGKILL of the PostgreSQL server in the middle of its work; the program goes on asking.

use std::time::Duration;

use anyhow::{Context, bail};
use tokio::process::Command;

use crate::ledger::Ledger;
use crate::life::{Life, Start, children, signal};
use crate::place::{On, Place};
use crate::run::{Means, Report};
use crate::said::Said;

/// After so many kills everything is compared, and a new database begun.
const KILLS: u64 = 20;
/// How long a worker may need to go on after the server is back.
const BACK: Duration = Duration::from_secs(40);

/// The server, as the one who started it says.
struct Server {
    data: String,
    programs: String,
    port: String,
    user: String,
}

/// Runs it.
pub async fn run(mut means: Means) -> anyhow::Result<Report> {
    let (server, mut report) = (Server::from_environment()?, Report::default());
    while report.rounds == 0 || means.go_on() {
        let (place, mut ledger) = (Place::new(On::Postgres).await?, Ledger::default());
        let start = Start { name: "s", ..Start::default() };
        let life = Life::start(&mut means, &place, &mut ledger, start).await?;
        let mut seen = answers(&life).await;
        for _ in 0..KILLS {
            means.wait(0, 1_000).await;
            server.kill().await?;
            report.kills += 1;
            server.start().await?;
            seen = answers(&life).await;
            if seen.is_err() || !means.go_on() {
                break;
            }
        }
        life.kill(&mut ledger).await?;
        place.explain(seen, &mut ledger).await?;
        place.compare(&mut ledger).await?;
        report.rounds += 1;
        report.add(&ledger);
        place.end().await?;
    }
    anyhow::ensure!(report.counts().unknown > 0, "no kill was ever felt");
    Ok(report)
}

async fn answers(life: &Life) -> anyhow::Result<()> {
    life.until("an answer while the server is there", BACK, done, life.count(done) + 1).await
}

fn done(said: &Said) -> bool {
    matches!(said, Said::Done { .. })
}

impl Server {
    fn from_environment() -> anyhow::Result<Self> {
        let read = |name: &str| std::env::var(name).with_context(|| format!("{name}: run cargo xtask soak"));
        Ok(Self {
            data: read("CCHC_SOAK_PGDATA")?,
            programs: read("CCHC_SOAK_PGBIN")?,
            port: read("CCHC_SOAK_PGPORT")?,
            user: read("CCHC_SOAK_PGUSER").unwrap_or_default(),
        })
    }

    /// Kills the server with all its processes, as a power cut would, and waits until they are gone.
    async fn kill(&self) -> anyhow::Result<()> {
        let file = std::fs::read_to_string(format!("{}/postmaster.pid", self.data))?;
        let postmaster = file.lines().next().context("no process in postmaster.pid")?.trim().to_owned();
        // Held first, so that it starts no more of them.
        signal("STOP", std::slice::from_ref(&postmaster))?;
        let mut processes = children(&postmaster);
        processes.push(postmaster);
        signal("KILL", &processes)?;
        for _ in 0..250 {
            if !processes.iter().any(|process| std::path::Path::new("/proc").join(process).exists()) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Starts it again; right after a kill it may have to be tried more than once.
    async fn start(&self) -> anyhow::Result<()> {
        let control = format!("{}/pg_ctl", self.programs);
        let words =
            ["-D", &self.data, "-o", &format!("-p {}", self.port), "-w", "-t", "20", "-l", "/dev/null", "start"];
        for _ in 0..40 {
            let mut command = if self.user.is_empty() {
                Command::new(&control)
            } else {
                let mut command = Command::new("runuser");
                command.args(["-u", &self.user, "--", &control]);
                command
            };
            let out = command.args(words).output().await?;
            if out.status.success() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        bail!("the server does not start again")
    }
}
