//! Points of lines, and a sheet as input to scoring.

use cchc_calendar::DaysOff;
use serde::{Deserialize, Serialize};

use super::{Line, Sheet};
use crate::answer::Answer;
use crate::exact::Exact;
use crate::input::{AnswerText, UnitInput, answer};
use crate::round::{Phase, Plan};
use crate::rule::Setting;
use crate::set::{CriteriaSet, Criterion, Leaf};

/// What a line earns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePoints {
    /// The exact points as a fraction: `653/654`, `2`.
    pub points: String,
    /// Whether the criterion applies.
    pub applicable: bool,
}

/// Which of the scores of a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// As the unit scores itself.
    Own,
    /// As decided up to a phase; where nothing was decided, as the unit scores itself.
    After(Phase),
}

impl LinePoints {
    /// The points of an answer; `None`: nothing was answered, or it can't be read.
    #[must_use]
    pub fn of(set: &CriteriaSet, node: &Criterion, leaf: &Leaf, text: &AnswerText, days_off: &DaysOff) -> Option<Self> {
        let (answer, _) = answer(node, leaf, text);
        if answer == Answer::NotReported {
            return None;
        }
        let outcome = leaf.rule.score(&Setting { max: node.max, year: set.year, days_off }, &answer);
        let points = match set.line_decimals {
            Some(decimals) => outcome.points.rounded(decimals),
            None => outcome.points,
        };
        Some(Self { points: points.fraction(), applicable: outcome.applicable })
    }

    /// The exact points.
    #[must_use]
    pub fn exact(&self) -> Exact {
        Exact::from_fraction(&self.points).unwrap_or(Exact::ZERO)
    }
}

impl Line {
    /// The answer that counts at a step.
    #[must_use]
    pub fn answer_at(&self, step: Step) -> &AnswerText {
        match step {
            Step::Own => self.own(),
            Step::After(phase) => self.decision(phase).map_or(self.own(), |decision| &decision.answer),
        }
    }
}

/// The sheet of a unit at a step, as scoring takes it; what is preset as not applicable is that.
#[must_use]
pub fn input(sheet: &Sheet, plan: &Plan, set: &CriteriaSet, unit: &str, step: Step) -> UnitInput {
    let (mut answers, mut texts) = (Vec::new(), Vec::new());
    let ranked = plan.unit(unit);
    for (index, node) in set.criteria.iter().enumerate() {
        let text = node.leaf.as_ref().map(|_| {
            if plan.preset(unit, set, index).is_some() {
                return AnswerText::exempt();
            }
            sheet.lines.get(&node.code).map(|line| line.answer_at(step).clone()).unwrap_or_default()
        });
        answers.push(match (&text, &node.leaf) {
            (Some(text), Some(leaf)) => answer(node, leaf, text).0,
            _ => Answer::NotReported,
        });
        texts.push(text.filter(|text| !text.is_empty()));
    }
    let name = ranked.map(|unit| unit.name.clone()).unwrap_or_default();
    let group = ranked.map(|unit| unit.group.clone()).unwrap_or_default();
    UnitInput { code: unit.to_owned(), name, group, answers, texts }
}
