//! What can happen to a sheet.

use cchc_ledger::Event;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Counted, Evidence, Explained, LinePoints, Recorded, Submission, Taken};
use crate::input::AnswerText;
use crate::round::Phase;

/// What happened to a sheet; points are those of the set and days off that the round froze.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetEvent {
    /// A line was answered.
    Filled {
        /// Code of the criterion.
        line: String,
        /// The answer.
        answer: AnswerText,
        /// What it earns; `None`: it was emptied.
        points: Option<LinePoints>,
    },
    /// Something was said to a line.
    Noted {
        /// Code of the criterion.
        line: String,
        /// The text.
        text: String,
    },
    /// Evidence was added.
    Attached {
        /// Code of the criterion.
        line: String,
        /// The evidence.
        evidence: Evidence,
    },
    /// Evidence was taken away.
    Detached {
        /// Code of the criterion.
        line: String,
        /// Its name within the sheet.
        evidence: String,
    },
    /// A register counted.
    Counted {
        /// Code of the criterion.
        line: String,
        /// What it counted.
        counted: Counted,
    },
    /// A unit that shares the sheet handed its part over.
    Delivered {
        /// Code of the unit.
        unit: String,
        /// Codes of the lines that it answers.
        #[serde(default)]
        lines: Vec<String>,
    },
    /// Whoever gathers gave a part back.
    SentBack {
        /// Code of the unit.
        unit: String,
    },
    /// The officer proposed it to the head.
    Proposed,
    /// The head gave it back.
    Returned,
    /// The head handed it in.
    Submitted {
        /// With which report.
        submission: Submission,
    },
    /// A line was decided.
    Appraised {
        /// Code of the criterion.
        line: String,
        /// In which phase.
        phase: Phase,
        /// The answer that counts.
        answer: AnswerText,
        /// What it earns.
        points: LinePoints,
        /// Why; empty where the answer before was accepted.
        reason: String,
        /// The document of a body outside that says so; `None`: it was decided here.
        #[serde(default)]
        recorded: Option<Recorded>,
    },
    /// A line was asked back.
    AskedBack {
        /// Code of the criterion.
        line: String,
        /// The question.
        question: String,
        /// The last day to answer.
        until: Date,
        /// The document of a body outside that asks; `None`: an agency here does.
        #[serde(default)]
        recorded: Option<Recorded>,
    },
    /// The unit said whether it agrees.
    Explained {
        /// Code of the criterion.
        line: String,
        /// What it said.
        explained: Explained,
    },
    /// A value came from elsewhere.
    Given {
        /// Code of the criterion.
        line: String,
        /// The value.
        given: Counted,
    },
    /// The unit took a line over from those that it was made of in mid-round.
    TookOver {
        /// Code of the criterion.
        line: String,
        /// The line as it begins.
        taken: Taken,
    },
}

impl SheetEvent {
    /// The line that it is about; `None`: the whole sheet.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        match self {
            Self::Filled { line, .. }
            | Self::Noted { line, .. }
            | Self::Attached { line, .. }
            | Self::Detached { line, .. }
            | Self::Counted { line, .. }
            | Self::Appraised { line, .. }
            | Self::AskedBack { line, .. }
            | Self::Explained { line, .. }
            | Self::Given { line, .. }
            | Self::TookOver { line, .. } => Some(line),
            Self::Delivered { .. }
            | Self::SentBack { .. }
            | Self::Proposed
            | Self::Returned
            | Self::Submitted { .. } => None,
        }
    }
}

impl Event for SheetEvent {
    const VERSION: u16 = 1;

    fn name(&self) -> &'static str {
        match self {
            Self::Filled { .. } => "filled",
            Self::Noted { .. } => "noted",
            Self::Attached { .. } => "attached",
            Self::Detached { .. } => "detached",
            Self::Counted { .. } => "counted",
            Self::Delivered { .. } => "delivered",
            Self::SentBack { .. } => "sent-back",
            Self::Proposed => "proposed",
            Self::Returned => "returned",
            Self::Submitted { .. } => "submitted",
            Self::Appraised { .. } => "appraised",
            Self::AskedBack { .. } => "asked-back",
            Self::Explained { .. } => "explained",
            Self::Given { .. } => "given",
            Self::TookOver { .. } => "took-over",
        }
    }
}
