//! One line of a sheet: a criterion with all that was said of it.

use cchc_ledger::{Hash, Moment};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Evidence, LinePoints, Origin, Recorded, SheetEvent};
use crate::input::AnswerText;
use crate::round::Phase;

/// A line of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// How often the unit changed its answer: what a conflict is about.
    pub seen: u32,
    /// What the unit answers.
    pub answer: AnswerText,
    /// What that earns; `None`: nothing was answered.
    pub points: Option<LinePoints>,
    /// When the answer was last changed.
    pub filled_at: Moment,
    /// What the unit says to it, and in place of evidence.
    pub note: String,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// What the system or another register counts.
    pub counted: Option<Counted>,
    /// What the appraiser asks back.
    pub asked: Option<Asked>,
    /// What the unit says to the first appraisal.
    pub explained: Option<Explained>,
    /// What was decided, at most one decision a phase, in order.
    pub decisions: Vec<Decision>,
    /// A value that the unit does not report: of a survey, of a rating, taken over.
    pub given: Option<Counted>,
    /// What the units said that the unit was made of in mid-round.
    #[serde(default)]
    pub origins: Vec<Origin>,
}

/// A value that comes from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The value.
    pub answer: AnswerText,
    /// What it earns.
    pub points: LinePoints,
    /// Where it comes from, in words: `nguồn: nhập, báo cáo 15/BC-SNV`.
    pub source: String,
}

/// A question of the appraiser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The question.
    pub question: String,
    /// Code of the agency that asks; the name of a body outside.
    pub by: String,
    /// The last day to answer.
    pub until: Date,
    /// Whether the unit changed the line or its evidence since.
    pub answered: bool,
    /// The document of a body outside that asks; `None`: an agency here does.
    #[serde(default)]
    pub recorded: Option<Recorded>,
}

/// What the unit says to an appraisal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Whether it agrees.
    pub agrees: bool,
    /// Its reasons; empty where it agrees.
    pub text: String,
}

/// What was decided of a line in one phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// In which phase.
    pub phase: Phase,
    /// Code of the unit that decided; the name of a body outside.
    pub by: String,
    /// The answer that counts.
    pub answer: AnswerText,
    /// What it earns.
    pub points: LinePoints,
    /// Why; empty where the answer before was accepted.
    pub reason: String,
    /// When.
    pub at: Moment,
    /// The document of a body outside that says so; `None`: it was decided here.
    #[serde(default)]
    pub recorded: Option<Recorded>,
}

impl Line {
    /// The decision that counts after a phase.
    #[must_use]
    pub fn decision(&self, after: Phase) -> Option<&Decision> {
        self.decisions.iter().rev().find(|decision| decision.phase <= after)
    }

    /// Whether the unit may change this line though its sheet is handed in: it was asked back.
    #[must_use]
    pub fn is_asked(&self, on: Date) -> bool {
        self.asked.as_ref().is_some_and(|asked| on <= asked.until)
    }

    /// What a decision relies on, in short: it differs once the answer, its evidence, a decision, a question or an
    /// explanation does.
    #[must_use]
    pub fn mark(&self) -> String {
        let decided: Vec<String> = self.decisions.iter().map(|known| known.at.0.to_string()).collect();
        let evidence: Vec<&str> = self.evidence.iter().map(|known| known.id.as_str()).collect();
        let counted = self.counted.as_ref().map(|counted| counted.answer.shown()).unwrap_or_default();
        let asked = self.asked.as_ref().map(|asked| format!("{}{}", asked.question, asked.until)).unwrap_or_default();
        let explained = self.explained.as_ref().map(|said| format!("{}{}", said.agrees, said.text)).unwrap_or_default();
        let (seen, decided, evidence) = (self.seen.to_string(), decided.join(" "), evidence.join(" "));
        let parts = [&seen, &self.note, &decided, &evidence, &counted, &asked, &explained].map(|part| part.as_bytes());
        Hash::of_parts("cchc sheet line 1", &parts).to_string().chars().take(12).collect()
    }

    /// Whether what the system counts and what the person says differ; both are kept.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.counted.as_ref().is_some_and(|counted| !self.answer.is_empty() && counted.answer != self.answer)
    }

    pub(super) fn apply(&mut self, event: &SheetEvent, by: &str, at: Moment) {
        use SheetEvent as E;
        match event {
            E::Filled { answer, points, .. } => {
                self.seen = self.seen.saturating_add(1);
                self.answer = answer.clone();
                self.points.clone_from(points);
                self.filled_at = at;
                self.has_answered();
            }
            E::Noted { text, .. } => {
                self.note.clone_from(text);
                self.has_answered();
            }
            E::Attached { evidence, .. } => {
                self.evidence.push(evidence.clone());
                self.has_answered();
            }
            E::Detached { evidence, .. } => self.evidence.retain(|known| known.id != *evidence),
            E::Counted { counted, .. } => self.counted = Some(counted.clone()),
            E::Given { given, .. } => self.given = Some(given.clone()),
            E::Appraised { phase, answer, points, reason, recorded, .. } => {
                self.decisions.retain(|known| known.phase != *phase);
                let by = recorded.as_ref().map_or(by, |outside| outside.by.as_str()).to_owned();
                let (answer, points, reason) = (answer.clone(), points.clone(), reason.clone());
                let recorded = recorded.clone();
                self.decisions.push(Decision { phase: *phase, by, answer, points, reason, at, recorded });
                self.decisions.sort_by_key(|known| known.phase);
            }
            E::AskedBack { question, until, recorded, .. } => {
                let by = recorded.as_ref().map_or(by, |outside| outside.by.as_str()).to_owned();
                let (question, recorded) = (question.clone(), recorded.clone());
                self.asked = Some(Asked { question, by, until: *until, answered: false, recorded });
            }
            E::Explained { explained, .. } => self.explained = Some(explained.clone()),
            E::TookOver { taken, .. } => {
                if self.answer != taken.answer {
                    self.seen = self.seen.saturating_add(1);
                    self.filled_at = at;
                }
                self.answer = taken.answer.clone();
                self.points.clone_from(&taken.points);
                self.note.clone_from(&taken.note);
                self.evidence.clone_from(&taken.evidence);
                self.origins.clone_from(&taken.origins);
                if let Some(given) = &taken.given {
                    given.put(&mut self.given);
                }
                if let Some(counted) = &taken.counted {
                    counted.put(&mut self.counted);
                }
                self.decisions.clear();
                self.asked = None;
                self.explained = None;
            }
            E::Delivered { .. } | E::SentBack { .. } | E::Proposed | E::Returned | E::Submitted { .. } => {}
        }
    }

    const fn has_answered(&mut self) {
        if let Some(asked) = &mut self.asked {
            asked.answered = true;
        }
    }
}
