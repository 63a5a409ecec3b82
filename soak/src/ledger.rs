//! What was said, and whether the ledger says the same.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use anyhow::{bail, ensure};
use cchc_store::Store;
use cchc_store::verify::{Verify, silent};

use crate::dice::Dice;
use crate::said::{Answer, Said, Sending};

/// So many acknowledged commands are sent again in the next life, as if their answers had been lost.
const LOST_ANSWERS: usize = 12;

/// Everything that workers said, over all their lives.
#[derive(Debug, Default)]
pub struct Ledger {
    sent: BTreeMap<String, Sending>,
    done: BTreeMap<String, Answer>,
    refused: BTreeSet<String>,
    /// What was counted.
    pub counts: Counts,
}

/// What was counted.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    /// Acknowledged commands.
    pub acknowledged: usize,
    /// Answers that were unknown.
    pub unknown: u64,
    /// Commands turned away since nothing could be written.
    pub read_only: u64,
    /// Of them those while the banner said so.
    pub banner: u64,
    /// Commands unknown or turned away that were acknowledged later in the same life.
    pub resumed: u64,
    /// Commands sent again in another life: never answered, or with an answer called lost.
    pub again: u64,
    /// How often everything was compared.
    pub compared: u64,
}

/// Everything that is stored, by request.
#[derive(Default)]
struct Stored {
    answers: BTreeMap<String, Answer>,
    /// Events that set off a job: an applied draft, any change of a rule.
    causes: BTreeSet<String>,
}

impl Ledger {
    /// Takes in what a worker said in one life.
    pub fn hear(&mut self, life: Vec<Said>) -> anyhow::Result<()> {
        let mut troubled = HashSet::new();
        for said in life {
            match said {
                Said::Sent(sending) => {
                    self.sent.insert(sending.request.clone(), sending);
                }
                Said::Done { request, answer } => {
                    if troubled.remove(&request) {
                        self.counts.resumed += 1;
                    }
                    self.acknowledged(request, answer)?;
                }
                Said::Refused(request) => {
                    ensure!(!self.done.contains_key(&request), "done, and refused when sent again: {request}");
                    self.refused.insert(request);
                }
                Said::Unknown(request) => {
                    self.counts.unknown += 1;
                    troubled.insert(request);
                }
                Said::ReadOnly { request, banner, reading } => {
                    ensure!(reading.is_none(), "read-only, and reading fails: {}", reading.unwrap_or_default());
                    self.counts.read_only += 1;
                    self.counts.banner += u64::from(banner.is_some());
                    troubled.insert(request);
                }
                Said::Wrong(why) => bail!("never to be answered: {why}"),
            }
        }
        Ok(())
    }

    /// The same request acknowledged twice must have been answered the same.
    fn acknowledged(&mut self, request: String, answer: Answer) -> anyhow::Result<()> {
        ensure!(!answer.hashes.is_empty(), "acknowledged without an event: {request} {answer:?}");
        ensure!(!self.refused.contains(&request), "refused, and done when sent again: {request}");
        match self.done.get(&request) {
            Some(before) => {
                ensure!(*before == answer, "{request} was answered twice, not the same: {before:?}, {answer:?}")
            }
            None => {
                self.counts.acknowledged += 1;
                self.done.insert(request, answer);
            }
        }
        Ok(())
    }

    /// What the next life sends first: all that was never answered, and some of what was.
    pub fn again(&mut self, dice: &mut Dice) -> Vec<Sending> {
        let answered = |request: &String| self.done.contains_key(request) || self.refused.contains(request);
        let mut again: Vec<Sending> = self.sent.values().filter(|one| !answered(&one.request)).cloned().collect();
        let done: Vec<&String> = self.done.keys().collect();
        for _ in 0..LOST_ANSWERS.min(done.len()) {
            let request = done[dice.index(done.len())];
            again.extend(self.sent.get(request).cloned());
        }
        self.counts.again += again.len() as u64;
        again
    }

    /// Compares the ledger with what was said: nothing lost, nothing twice, nothing invented, all chains whole.
    pub async fn compare(&mut self, store: &Store) -> anyhow::Result<()> {
        store.sequence().await?;
        let verified = store.verify(&Verify::default(), silent()).await?;
        if let Some(broken) = verified.first() {
            bail!("the ledger does not hold: {broken}");
        }
        ensure!(verified.waiting == 0, "{} events wait for their position", verified.waiting);
        let stored = Stored::read(store).await?;
        for (request, answer) in &self.done {
            match stored.answers.get(request) {
                Some(found) => ensure!(found == answer, "{request}: acknowledged {answer:?}, stored {found:?}"),
                None => bail!("acknowledged and lost: {request} {answer:?}"),
            }
        }
        for request in stored.answers.keys() {
            ensure!(self.sent.contains_key(request), "never sent: {request}");
            ensure!(!self.refused.contains(request), "refused, and yet there: {request}");
        }
        let jobs = store.job_list(u32::MAX).await?;
        let set_off: BTreeSet<String> = jobs.iter().map(|job| job.cause.to_string()).collect();
        ensure!(set_off.len() == jobs.len(), "an event has set off two jobs");
        if let Some(cause) = stored.causes.symmetric_difference(&set_off).next() {
            bail!("an event without the job that follows from it, or a job without its cause: {cause}");
        }
        self.counts.compared += 1;
        Ok(())
    }
}

impl Stored {
    async fn read(store: &Store) -> anyhow::Result<Self> {
        let (mut stored, mut after) = (Self::default(), 0);
        loop {
            let page = store.feed(after, 1_000).await?;
            let Some(last) = page.last() else { return Ok(stored) };
            after = last.position;
            for entry in page {
                let (envelope, hash) = (entry.stored.envelope, entry.stored.hash.to_string());
                let stream = envelope.stream.as_str().to_owned();
                let sets_off =
                    matches!((envelope.stream.kind(), envelope.name.as_str()), ("draft", "applied") | ("rule", _));
                if sets_off {
                    stored.causes.insert(hash.clone());
                }
                let request = envelope.request;
                let nothing = || Answer { stream: stream.clone(), version: 0, hashes: Vec::new() };
                let found = stored.answers.entry(request.clone()).or_insert_with(nothing);
                ensure!(found.stream == stream, "{request} wrote to {} and to {stream}", found.stream);
                ensure!(usize::try_from(envelope.ordinal)? == found.hashes.len(), "{request} was done twice");
                found.version = envelope.version;
                found.hashes.push(hash);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(request: &str, version: u64) -> Said {
        let answer = Answer { stream: "draft/a".to_owned(), version, hashes: vec![format!("h{version}")] };
        Said::Done { request: request.to_owned(), answer }
    }

    #[test]
    fn two_answers_to_one_request_must_agree() {
        let mut ledger = Ledger::default();
        ledger.hear(vec![done("a", 1), done("a", 1)]).unwrap();
        assert_eq!(ledger.counts.acknowledged, 1);
        let error = ledger.hear(vec![done("a", 2)]).unwrap_err().to_string();
        assert!(error.contains("answered twice"), "{error}");
        assert!(ledger.hear(vec![Said::Refused("a".to_owned())]).is_err());
    }

    #[test]
    fn what_was_unknown_and_is_done_in_the_same_life_has_resumed() {
        let mut ledger = Ledger::default();
        ledger.hear(vec![Said::Unknown("a".to_owned()), done("b", 1), done("a", 2)]).unwrap();
        ledger.hear(vec![Said::Unknown("c".to_owned())]).unwrap();
        ledger.hear(vec![done("c", 3)]).unwrap();
        assert_eq!((ledger.counts.resumed, ledger.counts.unknown), (1, 2));
    }
}
