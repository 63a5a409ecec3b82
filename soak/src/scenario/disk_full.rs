//! A disk that fills up in the middle of groups: reading goes on, writing resumes by itself once there is room.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::ledger::Ledger;
use crate::place::{Place, Start, Worker};
use crate::run::{Means, Report};

/// Size of the disk, and of what is taken away and given back.
const DISK: &str = "size=24m";
const BALLAST: usize = 12 * 1024 * 1024;

/// A small disk; it goes with this value.
struct Disk {
    folder: PathBuf,
    _home: tempfile::TempDir,
}

impl Disk {
    fn mount() -> anyhow::Result<Self> {
        let home = tempfile::tempdir()?;
        let folder = home.path().join("disk");
        std::fs::create_dir(&folder)?;
        let target = folder.display().to_string();
        let mounted =
            std::process::Command::new("mount").args(["-t", "tmpfs", "-o", DISK, "tmpfs", &target]).status()?;
        ensure!(mounted.success(), "a disk can't be mounted: this scenario needs to be root");
        Ok(Self { folder, _home: home })
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Nothing else can be done here; the folder is a temporary one.
        let _ = std::process::Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}

/// Runs it.
pub async fn run(means: Means) -> anyhow::Result<Report> {
    let (mut total, mut rounds) = (Report::default(), 0);
    while rounds == 0 || Instant::now() < means.until {
        let report = round(&means).await?;
        total.kills += report.kills;
        total.acknowledged += report.acknowledged;
        total.unknown += report.unknown;
        total.read_only += report.read_only;
        rounds += 1;
    }
    ensure!(total.read_only > 0, "the disk never was full");
    Ok(total)
}

async fn round(means: &Means) -> anyhow::Result<Report> {
    let disk = Disk::mount()?;
    let ballast = disk.folder.join("ballast");
    std::fs::write(&ballast, vec![0; BALLAST])?;
    let place = Place { folder: disk.folder.join("data"), url: None };
    std::fs::create_dir(&place.folder)?;
    let mut ledger = Ledger::default();
    let first = life(means, &place, &ledger, "full").await?;
    wait_until_full(&disk.folder).await;
    // Full: what is sent now is refused or unknown, and what is there can be read.
    tokio::time::sleep(Duration::from_millis(400)).await;
    let before = size(&place.folder.join("cchc.db-wal")) + size(&place.folder.join("cchc.db"));
    std::fs::remove_file(&ballast)?;
    // Within some seconds one command is let through, and then all.
    let resumed = Instant::now();
    loop {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = size(&place.folder.join("cchc.db-wal")) + size(&place.folder.join("cchc.db"));
        if now > before + 200_000 {
            break;
        }
        ensure!(resumed.elapsed() < Duration::from_secs(12), "writing does not resume when there is room again");
    }
    wait_until_full(&disk.folder).await;
    first.kill(&mut ledger).await?;
    // Looked at on a disk with room: opening needs some.
    let copy = tempfile::tempdir()?;
    for name in ["cchc.db", "cchc.db-wal"] {
        if place.folder.join(name).exists() {
            std::fs::copy(place.folder.join(name), copy.path().join(name))?;
        }
    }
    Place { folder: copy.path().to_owned(), url: None }.compare(&ledger).await?;
    Ok(Report::of(1, &ledger))
}

async fn life(means: &Means, place: &Place, ledger: &Ledger, life: &str) -> anyhow::Result<Worker> {
    let start = Start { before: &[], more: &["--size", "20000"], life };
    Worker::start(&means.program, place, ledger, &start).await
}

/// Waits until less than two pages are free, at most some seconds.
async fn wait_until_full(folder: &Path) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(10) && free(folder) > 64 * 1024 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn free(folder: &Path) -> u64 {
    let out = std::process::Command::new("df").args(["--output=avail", "-B1"]).arg(folder).output();
    let text = out.map(|out| String::from_utf8_lossy(&out.stdout).into_owned()).unwrap_or_default();
    text.lines().nth(1).and_then(|line| line.trim().parse().ok()).unwrap_or(0)
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| meta.len())
}
