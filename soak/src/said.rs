//! What a worker says: one line each, written before the next step, so that what was said is true whenever it is killed.

use std::io::Write;

use cchc_ledger::draft::DraftCommand;
use cchc_ledger::rule::RuleCommand;
use serde::{Deserialize, Serialize};

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Said {
    /// It is about to be sent.
    Sent(Sending),
    /// It was acknowledged.
    Done {
        /// Request id.
        request: String,
        /// What was answered.
        answer: Answer,
    },
    /// It was refused: nothing was written.
    Refused(String),
    /// Whether it was done is not known.
    Unknown(String),
    /// It was turned away since nothing can be written now.
    ReadOnly {
        /// Request id.
        request: String,
        /// What the banner of every page says.
        banner: Option<String>,
        /// Why reading failed, which it must not.
        reading: Option<String>,
    },
    /// Something that a store never answers.
    Wrong(String),
}

/// What was answered, or what is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The stream.
    pub stream: String,
    /// The head after it.
    pub version: u64,
    /// Hashes of its events.
    pub hashes: Vec<String>,
}

/// A command on its way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sending {
    /// Request id.
    pub request: String,
    /// The stream.
    pub stream: String,
    /// The command.
    pub command: Asked,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Asked {
    /// Of a draft.
    Draft(DraftCommand),
    /// Of a rule.
    Rule(RuleCommand),
}

impl Said {
    /// Says it on the standard output, at once.
    pub fn say(&self) {
        let Ok(mut line) = serde_json::to_vec(self) else { return };
        line.push(b'\n');
        let mut out = std::io::stdout().lock();
        // Nobody listening means that the other side is gone, and with it the reason to go on.
        if out.write_all(&line).and_then(|()| out.flush()).is_err() {
            std::process::exit(0);
        }
    }
}
