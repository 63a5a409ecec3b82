//! A life of a worker: started, heard, killed.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::task::JoinHandle;

use crate::ledger::Ledger;
use crate::place::Place;
use crate::run::Means;
use crate::said::{Said, Sending};

/// How a worker is started.
#[derive(Debug, Clone, Copy, Default)]
pub struct Start<'a> {
    /// Programs before it: `strace` with its arguments.
    pub before: &'a [&'a str],
    /// Further arguments.
    pub more: &'a [&'a str],
    /// Name of this life.
    pub name: &'a str,
}

/// A worker that runs, and what it has said so far.
pub struct Life {
    child: Child,
    said: Arc<Mutex<Vec<Said>>>,
    hearing: JoinHandle<std::io::Result<()>>,
}

impl Life {
    /// Starts a worker; what was never answered, and some of what was, is sent again first.
    pub async fn start(means: &mut Means, place: &Place, ledger: &mut Ledger, how: Start<'_>) -> anyhow::Result<Self> {
        let again = ledger.again(&mut means.dice);
        let seed = means.dice.throw().to_string();
        let mut words: Vec<String> = how.before.iter().map(|word| (*word).to_owned()).collect();
        words.push(means.program.display().to_string());
        words.extend(["worker", "--seed", &seed, "--life", how.name, "--folder"].map(str::to_owned));
        words.push(place.folder.display().to_string());
        words.extend(place.url.iter().flat_map(|url| ["--url".to_owned(), url.clone()]));
        words.extend(how.more.iter().map(|word| (*word).to_owned()));
        let (first, rest) = words.split_first().context("no program")?;
        let loud = std::env::var_os("CCHC_SOAK_LOUD").is_some();
        let mut child = Command::new(first)
            .args(rest)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(if loud { Stdio::inherit() } else { Stdio::null() })
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("can't start {first}"))?;
        tokio::spawn(tell(child.stdin.take().context("no input")?, again));
        let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
        let said = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&said);
        let hearing = tokio::spawn(async move {
            while let Some(line) = lines.next_line().await? {
                // A line cut by the kill was never said: a command whose "sent" is cut was not sent.
                if let Ok(one) = serde_json::from_str(&line) {
                    heard.lock().unwrap_or_else(PoisonError::into_inner).push(one);
                }
            }
            Ok(())
        });
        Ok(Self { child, said, hearing })
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// How many of those lines it has said.
    pub fn count(&self, of: fn(&Said) -> bool) -> usize {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|one| of(one)).count()
    }

    /// Waits until it has said so many of those lines.
    pub async fn until(&self, what: &str, most: Duration, of: fn(&Said) -> bool, count: usize) -> anyhow::Result<()> {
        let begun = Instant::now();
        while self.count(of) < count {
            if begun.elapsed() > most {
                bail!("{what}: not within {} seconds", most.as_secs());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(())
    }

    /// Its process; where it was started by another program, the one below that.
    pub fn process(&self) -> Option<String> {
        let own = self.child.id()?.to_string();
        Some(children(&own).into_iter().next().unwrap_or(own))
    }

    /// Kills it (SIGKILL) and takes in what it said.
    pub async fn kill(mut self, ledger: &mut Ledger) -> anyhow::Result<()> {
        // The one below a tracer first, so that it does not outlive it.
        if let Some(process) = self.process() {
            signal("KILL", &[process])?;
        }
        // One that has ended by itself needs no kill.
        let _ = self.child.start_kill();
        self.child.wait().await?;
        self.hearing.await??;
        let said = std::mem::take(&mut *self.said.lock().unwrap_or_else(PoisonError::into_inner));
        ledger.hear(said)
    }
}

/// Hands a worker what it sends first; one that is killed before it has read everything never got it.
async fn tell(mut input: ChildStdin, again: Vec<Sending>) {
    for sending in again {
        let Ok(mut line) = serde_json::to_vec(&sending) else { return };
        line.push(b'\n');
        if input.write_all(&line).await.is_err() {
            return;
        }
    }
}

/// The processes that a process has started.
pub fn children(process: &str) -> Vec<String> {
    let place = Path::new("/proc").join(process).join("task").join(process).join("children");
    let text = std::fs::read_to_string(place).unwrap_or_default();
    text.split_whitespace().map(str::to_owned).collect()
}

/// Sends a signal; those that are gone already are no error.
pub fn signal(name: &str, processes: &[String]) -> anyhow::Result<()> {
    let words = ["-c", "kill -s \"$0\" \"$@\" 2>/dev/null; true", name];
    std::process::Command::new("sh").args(words).args(processes).status()?;
    Ok(())
}
