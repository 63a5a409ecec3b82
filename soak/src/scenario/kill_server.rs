//! SIGKILL of the PostgreSQL server in the middle of its work; the program goes on asking.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::process::Command;

use crate::ledger::Ledger;
use crate::place::{Place, Start, Worker};
use crate::run::{Means, Report};

/// The server, as the one who started it says.
struct Server {
    data: String,
    programs: String,
    port: String,
    user: String,
}

/// Runs it.
pub async fn run(mut means: Means) -> anyhow::Result<Report> {
    let server = Server::from_environment()?;
    let folder = tempfile::tempdir()?;
    let place = Place { folder: folder.path().to_owned(), url: Some(database("server").await?) };
    let (mut ledger, mut kills) = (Ledger::default(), 0);
    let start = Start { before: &[], more: &[], life: "s" };
    let worker = Worker::start(&means.program, &place, &ledger, &start).await?;
    while Instant::now() < means.until {
        tokio::time::sleep(Duration::from_millis(means.dice.between(300, 1_500))).await;
        server.kill()?;
        kills += 1;
        server.start().await?;
    }
    // The last answers come.
    tokio::time::sleep(Duration::from_millis(500)).await;
    worker.kill(&mut ledger).await?;
    place.compare(&ledger).await?;
    anyhow::ensure!(ledger.acknowledged() > 0, "nothing was acknowledged");
    Ok(Report::of(kills, &ledger))
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

    /// Kills the server with all its processes, as a power cut would.
    fn kill(&self) -> anyhow::Result<()> {
        let file = std::fs::read_to_string(format!("{}/postmaster.pid", self.data))?;
        let postmaster = file.lines().next().context("no process in postmaster.pid")?.trim().to_owned();
        let children = std::fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children"))?;
        let mut processes = vec![postmaster];
        processes.extend(children.split_whitespace().map(str::to_owned));
        std::process::Command::new("kill").arg("-9").args(&processes).status()?;
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

/// A database of its own on the server.
pub async fn database(name: &str) -> anyhow::Result<String> {
    let base = std::env::var("CCHC_TEST_POSTGRES_URL").context("CCHC_TEST_POSTGRES_URL: run cargo xtask soak")?;
    let (start, _) = base.rsplit_once('/').context("an address without a database")?;
    let name = format!("soak_{name}_{}", uuid::Uuid::now_v7().simple());
    let out = Command::new("psql").args([&base, "-qc", &format!("CREATE DATABASE {name}")]).output().await?;
    anyhow::ensure!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Ok(format!("{start}/{name}"))
}
