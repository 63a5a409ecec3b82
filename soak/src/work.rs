//! What one sender asks for: drafts of its own, and now and then the rule that all share.

use cchc_ledger::StreamId;
use cchc_ledger::draft::{Change, DraftCommand};
use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_store::Store;

use crate::dice::Dice;
use crate::said::{Asked, Sending};
use crate::worker::Times;

/// The rule that all senders change.
const SHARED: &str = "rule/units/soak";
/// A rule that has no version, so that a draft of it is never too old.
const OF_DRAFTS: &str = "soak-drafts";

/// The work of one sender.
#[derive(Debug)]
pub struct Work {
    dice: Dice,
    /// What its requests begin with.
    name: String,
    count: u64,
    size: usize,
    /// Drafts that are open.
    drafts: Vec<String>,
}

impl Work {
    /// The work of that sender in that life.
    pub fn new(seed: u64, life: &str, number: u64, size: usize) -> Self {
        let dice = Dice::new(seed.wrapping_add(number));
        Self { dice, name: format!("{life}-{number}"), count: 0, size, drafts: Vec::new() }
    }

    /// What it sends next, and how often at once.
    pub async fn next(&mut self, store: &Store) -> (Sending, Times) {
        let request = format!("{}-{}", self.name, self.count);
        self.count += 1;
        let sending = match self.dice.between(0, 10) {
            0 | 1 => shared(store, request).await,
            2..=4 if !self.drafts.is_empty() => {
                let stream = self.drafts[self.dice.index(self.drafts.len())].clone();
                let command = Asked::Draft(DraftCommand::Reassign { holder: request.clone() });
                Sending { request, stream, command }
            }
            5 if !self.drafts.is_empty() => {
                let stream = self.drafts.swap_remove(0);
                Sending { request, stream, command: Asked::Draft(DraftCommand::Apply) }
            }
            _ => {
                let stream = format!("draft/{request}");
                self.drafts.push(stream.clone());
                Sending { request, stream, command: Asked::Draft(self.open()) }
            }
        };
        let times = if self.dice.between(0, 12) == 0 { Times::Twice } else { Times::Once };
        (sending, times)
    }

    fn open(&self) -> DraftCommand {
        let change = Change {
            kind: "units".to_owned(),
            name: OF_DRAFTS.to_owned(),
            content: "x".repeat(self.size),
            valid_from: String::new(),
            valid_to: String::new(),
            basis: "mô phỏng".to_owned(),
            replaces: None,
            file: None,
            file_name: String::new(),
            errors: 0,
            warnings: 0,
            summary: String::new(),
        };
        DraftCommand::Open { change: Box::new(change) }
    }
}

/// A version of the shared rule: of many that are sent at once, all but one are told that they are late.
async fn shared(store: &Store, request: String) -> Sending {
    let known = match SHARED.parse::<StreamId>() {
        Ok(stream) => store.peek::<Rule>(&stream).await.ok(),
        Err(_) => None,
    };
    let replaces = known.and_then(|(rule, _)| rule.versions.last().map(|version| version.id));
    let (content, basis) = (request.clone(), "mô phỏng".to_owned());
    let command = RuleCommand::Publish { content, valid_from: None, valid_to: None, basis, replaces };
    Sending { request, stream: SHARED.to_owned(), command: Asked::Rule(command) }
}
