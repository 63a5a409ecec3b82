//! What can be asked of a sheet.

use cchc_text::Decimal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Document, Evidence, Submission};
use crate::input::AnswerText;

/// What can be asked of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetCommand {
    /// Answers a line.
    Fill {
        /// Code of the criterion.
        line: String,
        /// The answer; empty: none.
        answer: AnswerText,
        /// The version of the line that was seen; `None`: whatever it is.
        seen: Option<u32>,
    },
    /// Answers many lines in one act: code, answer, version seen.
    FillMany {
        /// The lines.
        lines: Vec<(String, AnswerText, Option<u32>)>,
    },
    /// Says something to a line, and in place of evidence.
    Note {
        /// Code of the criterion.
        line: String,
        /// The text; empty: none.
        text: String,
    },
    /// Adds evidence.
    Attach {
        /// Code of the criterion.
        line: String,
        /// The evidence.
        evidence: Evidence,
    },
    /// Adds evidence to many lines in one act: the document that proves them.
    AttachMany {
        /// Code and evidence of each.
        lines: Vec<(String, Evidence)>,
    },
    /// Takes evidence away; it stays in the ledger.
    Detach {
        /// Code of the criterion.
        line: String,
        /// Its name within the sheet.
        evidence: String,
    },
    /// Puts what a register counts beside what the unit says.
    Count {
        /// Code of the criterion.
        line: String,
        /// The value.
        answer: AnswerText,
        /// Where it comes from.
        source: String,
    },
    /// Puts what a register counts beside many lines in one act, as an import brings them.
    CountMany {
        /// Code and value of each.
        lines: Vec<(String, AnswerText)>,
        /// Where they come from.
        source: String,
    },
    /// Takes over what the units said that the unit was made of in mid-round.
    TakeOver {
        /// Their codes, as the merger has them.
        from: Vec<String>,
    },
    /// A unit that shares the sheet hands its part over.
    Deliver {
        /// Code of the unit.
        unit: String,
    },
    /// Whoever gathers gives a part back; the reason stands in the context.
    SendBack {
        /// Code of the unit.
        unit: String,
    },
    /// The officer is done and proposes the sheet to the head.
    Propose,
    /// The head gives it back; the reason stands in the context.
    Return,
    /// The head hands it in.
    Submit {
        /// With which report.
        submission: Submission,
    },
    /// An agency, or the council, decides of a line; the reason stands in the context.
    Appraise {
        /// Code of the criterion.
        line: String,
        /// What it decides.
        verdict: Verdict,
    },
    /// Decides of many lines in one act, with the one reason of the context: all, or none where one can't be.
    AppraiseMany {
        /// Code and verdict of each.
        lines: Vec<(String, Verdict)>,
    },
    /// The same of lines as they were seen: where one changed meanwhile, none is decided and both values are told.
    AppraiseSeen {
        /// Code, verdict and [`Line::mark`](super::Line::mark) of each.
        lines: Vec<(String, Verdict, String)>,
    },
    /// An agency asks the unit about a line, which may then be changed.
    AskBack {
        /// Code of the criterion.
        line: String,
        /// The question.
        question: String,
        /// The last day to answer.
        until: Date,
    },
    /// Records what a body outside this system decided, as its document says it.
    Record {
        /// Code, verdict and reason of each line.
        lines: Vec<(String, Verdict, String)>,
        /// The document.
        document: Document,
    },
    /// Records what a body outside this system asks about a line, which may then be changed.
    RecordQuestion {
        /// Code of the criterion.
        line: String,
        /// The question.
        question: String,
        /// The last day to answer.
        until: Date,
        /// The document.
        document: Document,
    },
    /// The unit says whether it agrees with the first appraisal.
    Explain {
        /// Code of the criterion.
        line: String,
        /// Whether it agrees.
        agrees: bool,
        /// Its reasons where it does not.
        text: String,
    },
    /// Enters what the unit does not report: of a survey, of a rating, taken over.
    Give {
        /// Code of the criterion.
        line: String,
        /// The value.
        answer: AnswerText,
        /// Where it comes from.
        source: String,
    },
    /// Enters many such values in one act, as an import brings them.
    GiveMany {
        /// Code and value of each.
        lines: Vec<(String, AnswerText)>,
        /// Where they come from.
        source: String,
    },
}

/// What is decided of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// What stood before is right.
    Accept,
    /// This answer counts instead.
    Answer(AnswerText),
    /// So many points count, whatever the rule would give.
    Points(Decimal),
}
