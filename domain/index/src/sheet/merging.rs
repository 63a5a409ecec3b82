//! What a unit takes over from those that it was made of in mid-round, line by line, with where it comes from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::filling::read;
use super::{Decision, Evidence, Line, LinePoints, Sheet, SheetEvent, SheetFacts, SheetRefusal};
use crate::input::AnswerText;
use crate::set::CriteriaSet;

/// What a former unit said in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Code of the former unit.
    pub unit: String,
    /// Its name in the round.
    pub name: String,
    /// What it answered; may be empty.
    pub answer: AnswerText,
    /// What that earned.
    pub points: Option<LinePoints>,
    /// What was decided last of its line. It does not hold for the new unit, whose line is decided anew.
    pub decided: Option<Decision>,
}

/// The sheet of a former unit.
#[derive(Debug, Clone)]
pub struct Former {
    /// Its code.
    pub unit: String,
    /// Its name in the round.
    pub name: String,
    /// What it had said.
    pub sheet: Sheet,
    /// The set by which it was scored.
    pub set: Option<Arc<CriteriaSet>>,
}

/// A line as the new unit begins with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The answer: what all former units that answered said; empty where they differ.
    pub answer: AnswerText,
    /// What it earns.
    pub points: Option<LinePoints>,
    /// What they noted, each under its name.
    pub note: String,
    /// What proves it, of all of them.
    pub evidence: Vec<Evidence>,
    /// What each of them said.
    pub origins: Vec<Origin>,
}

impl Line {
    /// Whether units that became one said different things, and the new one has not said what holds.
    #[must_use]
    pub fn is_contradicted(&self) -> bool {
        let mut said = self.origins.iter().map(|origin| &origin.answer).filter(|answer| !answer.is_empty());
        let first = said.next();
        self.answer.is_empty() && said.any(|answer| Some(answer) != first)
    }

    fn is_said(&self) -> bool {
        !self.answer.is_empty() || !self.note.is_empty() || !self.evidence.is_empty()
    }
}

impl Sheet {
    /// The lines in which units that became one said different things, and nothing was chosen yet.
    pub fn contradicted(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(|(_, line)| line.is_contradicted()).map(|(code, _)| code.as_str())
    }

    pub(super) fn take_over(&self, from: &[String], facts: &SheetFacts) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let is_it = |merger: &crate::round::Merger| {
            merger.into == facts.unit && merger.from.iter().map(|unit| &unit.code).eq(from)
        };
        if !facts.round.mergers.iter().any(is_it) {
            return Err(SheetRefusal::NotMerged);
        }
        let set = facts.set()?;
        let mut events = Vec::new();
        for (_, node, _) in set.leaves() {
            if let Some(taken) = self.taken(&node.code, facts)?
                && self.line(&node.code).origins != taken.origins
            {
                events.push(SheetEvent::TookOver { line: node.code.clone(), taken });
            }
        }
        Ok(events)
    }

    /// A line as the new unit begins with it; `None` where nobody said anything in it.
    fn taken(&self, code: &str, facts: &SheetFacts) -> Result<Option<Taken>, SheetRefusal> {
        let Ok(asks) = facts.own(code) else { return Ok(None) };
        let own = self.line(code);
        let said: Vec<(&Former, Line)> = facts
            .former
            .iter()
            .filter(|former| is_same(former, code, asks.set))
            .map(|former| (former, former.sheet.line(code).into_owned()))
            .filter(|(_, line)| line.is_said())
            .collect();
        if said.is_empty() {
            return Ok(None);
        }
        let origins = said.iter().map(|(former, line)| Origin {
            unit: former.unit.clone(),
            name: former.name.clone(),
            answer: line.answer.clone(),
            points: line.points.clone(),
            decided: line.decisions.last().cloned(),
        });
        let origins: Vec<Origin> = origins.collect();
        let took_part = facts.former.iter().any(|former| former.unit == facts.unit);
        // Whoever was faster than the takeover has said what holds.
        let answer = if !took_part && !own.answer.is_empty() { own.answer.clone() } else { common(&origins) };
        let points = read(&asks, &answer, facts).ok().flatten();
        let answer = if points.is_none() { AnswerText::default() } else { answer };
        let mut note = if took_part { String::new() } else { own.note.clone() };
        let mut evidence = if took_part { Vec::new() } else { own.evidence.clone() };
        for (former, line) in said {
            if !line.note.trim().is_empty() {
                let rest = if note.is_empty() { String::new() } else { format!("{note}\n") };
                note = format!("{rest}{}: {}", former.name, line.note.trim());
            }
            for one in line.evidence {
                if evidence.iter().all(|known| known.proof != one.proof) {
                    let id = if former.unit == facts.unit { one.id } else { format!("{}.{}", former.unit, one.id) };
                    evidence.push(Evidence { id, ..one });
                }
            }
        }
        Ok(Some(Taken { answer, points, note, evidence, origins }))
    }
}

/// Whether a line is the same criterion, scored alike, in the former unit's set.
fn is_same(former: &Former, code: &str, set: &CriteriaSet) -> bool {
    let find = |set: &CriteriaSet| set.find(code).map(|(_, node)| (node.title.clone(), node.max, node.leaf.clone()));
    former.set.as_ref().is_some_and(|theirs| find(theirs) == find(set))
}

/// The answer that all who answered gave; empty where they differ.
fn common(origins: &[Origin]) -> AnswerText {
    let mut said = origins.iter().map(|origin| &origin.answer).filter(|answer| !answer.is_empty());
    let first = said.next().cloned().unwrap_or_default();
    if said.all(|answer| *answer == first) { first } else { AnswerText::default() }
}
