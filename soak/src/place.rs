//! Where a scenario happens, and how the worker is started there.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use anyhow::Context;
use cchc_ledger::Moment;
use cchc_store::{Options, Store};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use crate::ledger::Ledger;
use crate::said::Said;

/// The machine's clock.
#[allow(clippy::disallowed_methods, reason = "a worker has the machine's clock")]
pub fn micros() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// A database of a scenario.
#[derive(Debug, Clone)]
pub struct Place {
    /// Folder of the database and the files.
    pub folder: PathBuf,
    /// PostgreSQL.
    pub url: Option<String>,
}

impl Place {
    /// Opens it from this side, to look at it.
    pub async fn open(&self) -> anyhow::Result<Store> {
        let options = Options::new(&self.folder, self.url.clone(), Arc::new(|| Moment(micros())));
        Ok(Store::open(options).await?)
    }

    /// Compares it with what was said.
    pub async fn compare(&self, ledger: &Ledger) -> anyhow::Result<()> {
        let store = self.open().await?;
        let compared = ledger.compare(&store).await;
        store.close().await;
        compared
    }
}

/// A worker that runs, and what it says.
pub struct Worker {
    child: Child,
    hearing: JoinHandle<anyhow::Result<Vec<Said>>>,
}

/// How a worker is started.
pub struct Start<'a> {
    /// Programs before it: `strace` with its arguments.
    pub before: &'a [&'a str],
    /// Further arguments.
    pub more: &'a [&'a str],
    /// Name of this life.
    pub life: &'a str,
}

impl Worker {
    /// Starts a worker; what was never answered is sent again first.
    pub async fn start(program: &Path, place: &Place, ledger: &Ledger, start: &Start<'_>) -> anyhow::Result<Self> {
        let again = std::env::temp_dir().join(format!("cchc-soak-again-{}", std::process::id()));
        let mut file = std::fs::File::create(&again)?;
        for sending in ledger.open() {
            writeln!(file, "{}", serde_json::to_string(sending)?)?;
        }
        drop(file);
        let mut words: Vec<String> = start.before.iter().map(|word| (*word).to_owned()).collect();
        words.push(program.display().to_string());
        words.extend(["worker", "--folder"].map(str::to_owned));
        words.push(place.folder.display().to_string());
        words.extend(["--life".to_owned(), start.life.to_owned(), "--again".to_owned(), again.display().to_string()]);
        words.extend(place.url.iter().flat_map(|url| ["--url".to_owned(), url.clone()]));
        words.extend(start.more.iter().map(|word| (*word).to_owned()));
        let (first, rest) = words.split_first().context("no program")?;
        let mut child = Command::new(first)
            .args(rest)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(if std::env::var_os("SOAK_LOUD").is_some() { Stdio::inherit() } else { Stdio::null() })
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("can't start {first}"))?;
        let out = child.stdout.take().context("no output")?;
        let hearing = tokio::spawn(async move {
            let (mut lines, mut said) = (BufReader::new(out).lines(), Vec::new());
            while let Some(line) = lines.next_line().await? {
                // A line cut by the kill was never said: a command whose "sent" is cut was not sent.
                if let Ok(one) = serde_json::from_str(&line) {
                    said.push(one);
                }
            }
            Ok(said)
        });
        Ok(Self { child, hearing })
    }

    /// Its process.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// Takes in what one that has ended said. Gives back how many lines.
    pub async fn kill_ended(self, ledger: &mut Ledger) -> anyhow::Result<usize> {
        let said = self.hearing.await??;
        let lines = said.len();
        said.into_iter().try_for_each(|one| ledger.hear(one))?;
        Ok(lines)
    }

    /// Kills it (SIGKILL) and takes in what it said. Gives back how many lines.
    pub async fn kill(mut self, ledger: &mut Ledger) -> anyhow::Result<usize> {
        self.child.start_kill()?;
        self.child.wait().await?;
        let said = self.hearing.await??;
        let lines = said.len();
        for one in said {
            ledger.hear(one)?;
        }
        Ok(lines)
    }
}
