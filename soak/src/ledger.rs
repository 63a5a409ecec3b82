//! What was said, and whether the ledger says the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{bail, ensure};
use cchc_store::Store;
use cchc_store::verify::{Verify, silent};

use crate::said::{Said, Sending};

/// Everything that workers said, over all their lives.
#[derive(Debug, Default)]
pub struct Ledger {
    sent: HashMap<String, Sending>,
    done: BTreeMap<String, (String, u64, Vec<String>)>,
    refused: HashSet<String>,
    /// How many answers were unknown.
    pub unknown: u64,
    /// How often nothing could be written.
    pub read_only: u64,
}

impl Ledger {
    /// Takes a line in; the same request acknowledged twice must have been answered the same.
    pub fn hear(&mut self, said: Said) -> anyhow::Result<()> {
        match said {
            Said::Sent(sending) => {
                self.sent.insert(sending.request.clone(), sending);
            }
            Said::Done { request, stream, version, hashes } => {
                let answer = (stream, version, hashes);
                if let Some(before) = self.done.get(&request)
                    && *before != answer
                {
                    bail!("request {request} was answered twice, and not the same: {before:?}, {answer:?}");
                }
                self.done.insert(request, answer);
            }
            Said::Refused(request) => {
                self.refused.insert(request);
            }
            Said::Unknown(_) => self.unknown += 1,
            Said::ReadOnly => self.read_only += 1,
        }
        Ok(())
    }

    /// What was sent and never answered.
    pub fn open(&self) -> Vec<&Sending> {
        let answered = |request: &String| self.done.contains_key(request) || self.refused.contains(request);
        self.sent.values().filter(|sending| !answered(&sending.request)).collect()
    }

    /// How many commands were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.done.len()
    }

    /// Compares the ledger with what was said: nothing lost, nothing twice, nothing invented, all chains whole.
    pub async fn compare(&self, store: &Store) -> anyhow::Result<()> {
        store.sequence().await?;
        let verified = store.verify(&Verify::default(), silent()).await?;
        if let Some(broken) = verified.first() {
            bail!("the ledger does not hold: {broken}");
        }
        ensure!(verified.waiting == 0, "{} events wait for their position", verified.waiting);
        let mut found: HashMap<String, (String, u64, Vec<String>)> = HashMap::new();
        let mut after = 0;
        loop {
            let page = store.feed(after, 1_000).await?;
            let Some(last) = page.last() else { break };
            after = last.position;
            for entry in page {
                let envelope = entry.stored.envelope;
                let events = found.entry(envelope.request).or_default();
                ensure!(
                    events.0.is_empty() || events.0 == envelope.stream.as_str(),
                    "one request wrote to {} and {}",
                    events.0,
                    envelope.stream
                );
                events.0 = envelope.stream.as_str().to_owned();
                ensure!(usize::try_from(envelope.ordinal)? == events.2.len(), "{} was done twice", envelope.stream);
                events.1 = envelope.version;
                events.2.push(entry.stored.hash.to_string());
            }
        }
        for (request, answer) in &self.done {
            if answer.2.is_empty() {
                continue;
            }
            let Some(stored) = found.get(request) else { bail!("acknowledged and lost: {request} {answer:?}") };
            ensure!(stored == answer, "acknowledged {request} as {answer:?}, stored as {stored:?}");
        }
        for request in found.keys() {
            ensure!(self.sent.contains_key(request), "never sent: {request}");
            ensure!(!self.refused.contains(request), "refused, and yet there: {request}");
        }
        self.jobs(store, &found).await
    }

    /// Each applied draft has set off one job, and no other job is there.
    async fn jobs(&self, store: &Store, found: &HashMap<String, (String, u64, Vec<String>)>) -> anyhow::Result<()> {
        let jobs = store.job_list(u32::MAX).await?;
        let causes: HashSet<String> = jobs.iter().map(|job| job.cause.to_string()).collect();
        ensure!(causes.len() == jobs.len(), "a cause has set off two jobs");
        let events: HashSet<&String> = found.values().flat_map(|(_, _, hashes)| hashes).collect();
        ensure!(causes.iter().all(|cause| events.contains(cause)), "a job without its cause");
        Ok(())
    }
}
