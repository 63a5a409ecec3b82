//! How far a sheet is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Evidence, Line, Sheet, SheetEvent};
use crate::round::Plan;
use crate::set::{CriteriaSet, Leaf};

/// How far a sheet is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetStanding {
    /// The officer works on it.
    #[default]
    Open,
    /// The officer proposes it to the head.
    Proposed,
    /// The head handed it in.
    Submitted,
}

/// How a sheet was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Number and symbol of the report: `12/BC-SNV`.
    pub number: String,
    /// Its date.
    pub dated: Date,
    /// The signed report, where there is one.
    pub signed: Option<Evidence>,
    /// Who signed, as read from the file or typed; empty where unknown.
    pub signer: String,
    /// What the unit proposes (kiến nghị).
    pub proposals: String,
}

/// How many lines of a sheet are done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Lines that the unit answers itself and that apply.
    pub lines: u32,
    /// Of them, answered.
    pub filled: u32,
    /// Of them, with the evidence or the explanation that they need.
    pub proved: u32,
}

impl SheetStanding {
    /// The code in tables and addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Proposed => "proposed",
            Self::Submitted => "submitted",
        }
    }

    /// The standing of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Open, Self::Proposed, Self::Submitted].into_iter().find(|standing| standing.code() == code)
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Đang nhập",
            Self::Proposed => "Chờ thủ trưởng duyệt",
            Self::Submitted => "Đã nộp",
        }
    }

    pub(super) const fn apply(&mut self, event: &SheetEvent) {
        match event {
            SheetEvent::Proposed => *self = Self::Proposed,
            // What was taken over has to be gone through and handed in anew.
            SheetEvent::Returned | SheetEvent::TookOver { .. } => *self = Self::Open,
            SheetEvent::Submitted { .. } => *self = Self::Submitted,
            // What changes after it was proposed has to be proposed again.
            SheetEvent::Filled { .. }
            | SheetEvent::SentBack { .. }
            | SheetEvent::Noted { .. }
            | SheetEvent::Attached { .. }
            | SheetEvent::Detached { .. } => {
                if matches!(self, Self::Proposed) {
                    *self = Self::Open;
                }
            }
            _ => {}
        }
    }
}

impl Sheet {
    /// How many lines are done.
    #[must_use]
    pub fn progress(&self, plan: &Plan, set: &CriteriaSet, unit: &str) -> Progress {
        let mut progress = Progress::default();
        for (_, node, leaf) in plan.own_lines(unit, set) {
            progress.take(self.lines.get(&node.code), leaf);
        }
        progress
    }
}

impl Progress {
    /// Takes a line in; `None`: nothing was said in it.
    pub(super) fn take(&mut self, line: Option<&Line>, leaf: &Leaf) {
        self.lines = self.lines.saturating_add(1);
        let Some(line) = line.filter(|line| !line.answer.is_empty()) else { return };
        self.filled = self.filled.saturating_add(1);
        if line.is_proved(leaf) {
            self.proved = self.proved.saturating_add(1);
        }
    }
}
