//! A disk that fills up in the middle of groups: reading goes on, writing resumes by itself once there is room.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, ensure};
use tempfile::TempDir;

use crate::ledger::Ledger;
use crate::life::{Life, Start};
use crate::place::Place;
use crate::run::{Means, Report};
use crate::said::Said;

/// Size of the disk.
const DISK: &str = "size=24m";
/// Size of what is taken away to make room.
const BALLAST: usize = 12 * 1024 * 1024;
/// How large a file may be where no disk can be made, first and later.
const LIMITS: [&str; 2] = ["--fsize=6000000:", "--fsize=14000000:"];
/// How long it may take to fill it, and to go on when there is room again.
const PATIENCE: Duration = Duration::from_secs(40);

/// Something with little room.
enum Little {
    /// A small disk; it is taken away with this value.
    Disk { folder: PathBuf, _home: TempDir },
    /// Files that may not grow: where nobody may make a disk.
    Files(TempDir),
}

/// Runs it.
pub async fn run(mut means: Means) -> anyhow::Result<Report> {
    let mut report = Report::default();
    while report.rounds == 0 || means.go_on() {
        let ledger = round(&mut means).await?;
        report.rounds += 1;
        report.kills += 1;
        report.add(&ledger);
    }
    Ok(report)
}

async fn round(means: &mut Means) -> anyhow::Result<Ledger> {
    let little = Little::new()?;
    let place = Place::in_folder(little.folder().join("data"));
    std::fs::create_dir(&place.folder)?;
    let mut ledger = Ledger::default();
    let start = Start { before: little.before(), more: &["--size", "20000"], name: "full" };
    let life = Life::start(means, &place, &mut ledger, start).await?;
    let seen = fills_twice(means, &little, &life).await;
    life.kill(&mut ledger).await?;
    // Looked at where there is room: opening needs some.
    let copy = tempfile::tempdir()?;
    for name in ["cchc.db", "cchc.db-wal"] {
        if place.folder.join(name).exists() {
            std::fs::copy(place.folder.join(name), copy.path().join(name))?;
        }
    }
    Place::in_folder(copy.path().to_owned()).compare(&mut ledger).await?;
    seen?;
    ensure!(ledger.counts.banner > 0, "read-only, and no banner says so");
    ensure!(ledger.counts.resumed > 0, "nothing that was turned away was done later");
    Ok(ledger)
}

/// Within some seconds after there is room one command is let through, and then all, until it is full again.
async fn fills_twice(means: &mut Means, little: &Little, life: &Life) -> anyhow::Result<()> {
    life.until("a full disk", PATIENCE, turned_away, 1).await?;
    means.wait(0, 500).await;
    little.make_room(life)?;
    let resumed = life.count(done) + 20;
    life.until("answers when there is room again", PATIENCE, done, resumed).await?;
    life.until("a disk that is full again", PATIENCE, turned_away, life.count(turned_away) + 1).await
}

impl Little {
    fn new() -> anyhow::Result<Self> {
        let home = tempfile::tempdir()?;
        let folder = home.path().join("disk");
        std::fs::create_dir(&folder)?;
        let mount = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", DISK, "tmpfs"])
            .arg(&folder)
            .stderr(std::process::Stdio::null())
            .status();
        if !mount.is_ok_and(|status| status.success()) {
            return Ok(Self::Files(home));
        }
        let disk = Self::Disk { folder, _home: home };
        std::fs::write(disk.folder().join("ballast"), vec![0; BALLAST])?;
        Ok(disk)
    }

    fn folder(&self) -> PathBuf {
        match self {
            Self::Disk { folder, .. } => folder.clone(),
            Self::Files(home) => home.path().to_owned(),
        }
    }

    /// What limits the files of the worker; a write that is too long then fails instead of ending it.
    fn before(&self) -> &[&str] {
        match self {
            Self::Disk { .. } => &[],
            Self::Files(_) => &["env", "--ignore-signal=XFSZ", "prlimit", LIMITS[0]],
        }
    }

    fn make_room(&self, life: &Life) -> anyhow::Result<()> {
        match self {
            Self::Disk { folder, .. } => std::fs::remove_file(folder.join("ballast"))?,
            Self::Files(_) => {
                let process = life.process().context("the worker has ended")?;
                let done = std::process::Command::new("prlimit").args(["--pid", &process, LIMITS[1]]).status()?;
                ensure!(done.success(), "prlimit gives no more room");
            }
        }
        Ok(())
    }
}

impl Drop for Little {
    fn drop(&mut self) {
        if let Self::Disk { folder, .. } = self {
            // Nothing else can be done here; the folder is a temporary one.
            let _ = std::process::Command::new("umount").arg("-l").arg(folder).status();
        }
    }
}

fn done(said: &Said) -> bool {
    matches!(said, Said::Done { .. })
}

fn turned_away(said: &Said) -> bool {
    matches!(said, Said::ReadOnly { .. })
}
