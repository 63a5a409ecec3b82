//! What a unit takes over from those that it was made of in mid-round, line by line, with where it comes from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::facts::Asks;
use super::filling::read;
use super::{Counted, Decision, Evidence, Line, LinePoints, Sheet, SheetEvent, SheetFacts, SheetRefusal};
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
    /// The value that it had from elsewhere.
    #[serde(default)]
    pub given: Option<Counted>,
    /// What a register counted of it.
    #[serde(default)]
    pub counted: Option<Counted>,
}

/// A value from elsewhere as the new unit begins with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carried {
    /// What all former units have that have any.
    Value(Counted),
    /// They differ: it has to be given anew.
    Open,
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
    /// The value from elsewhere; `None`: what stands is left as it is.
    #[serde(default)]
    pub given: Option<Carried>,
    /// What a register counted; `None`: what stands is left as it is.
    #[serde(default)]
    pub counted: Option<Carried>,
}

impl Carried {
    pub(super) fn put(&self, into: &mut Option<Counted>) {
        *into = match self {
            Self::Value(value) => Some(value.clone()),
            Self::Open => None,
        };
    }
}

impl Line {
    /// Whether units that became one said different things, and the new one has not said what holds.
    #[must_use]
    pub fn is_contradicted(&self) -> bool {
        let mut said = self.origins.iter().map(|origin| &origin.answer).filter(|answer| !answer.is_empty());
        let first = said.next();
        self.answer.is_empty() && said.any(|answer| Some(answer) != first)
    }

    /// Whether units that became one had different values from elsewhere, and none was given to the new one.
    #[must_use]
    pub fn is_given_open(&self) -> bool {
        let mut given = self.origins.iter().filter_map(|origin| origin.given.as_ref());
        let first = given.next();
        self.given.is_none() && given.any(|value| Some(&value.answer) != first.map(|first| &first.answer))
    }

    fn is_said(&self) -> bool {
        let is_own = !self.answer.is_empty() || !self.note.is_empty() || !self.evidence.is_empty();
        is_own || self.given.is_some() || self.counted.is_some()
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
        let asks = facts.asks(code)?;
        let plan = facts.round.plan.as_ref().ok_or(SheetRefusal::NotScored)?;
        if plan.preset(&facts.unit, asks.set, asks.index).is_some() {
            return Ok(None);
        }
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
            given: line.given.clone(),
            counted: line.counted.clone(),
        });
        let origins: Vec<Origin> = origins.collect();
        let took_part = facts.former.iter().any(|former| former.unit == facts.unit);
        // Whoever was faster than the takeover has said what holds.
        let is_there = |value: &Option<Counted>| !took_part && value.is_some();
        let given = if is_there(&own.given) { None } else { carried(&asks, &origins, |one| &one.given, facts) };
        let counted = if is_there(&own.counted) { None } else { carried(&asks, &origins, |one| &one.counted, facts) };
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
        Ok(Some(Taken { answer, points, note, evidence, origins, given, counted }))
    }
}

/// Whether a line is the same criterion, scored alike, in the former unit's set.
fn is_same(former: &Former, code: &str, set: &CriteriaSet) -> bool {
    let find = |set: &CriteriaSet| set.find(code).map(|(_, node)| (node.title.clone(), node.max, node.leaf.clone()));
    former.set.as_ref().is_some_and(|theirs| find(theirs) == find(set))
}

/// The value from elsewhere that all have that have any, with where it comes from; open where they differ.
fn carried(
    asks: &Asks<'_>,
    origins: &[Origin],
    of: impl Fn(&Origin) -> &Option<Counted>,
    facts: &SheetFacts,
) -> Option<Carried> {
    let values: Vec<(&str, &Counted)> =
        origins.iter().filter_map(|origin| Some((origin.name.as_str(), of(origin).as_ref()?))).collect();
    let (_, first) = values.first()?;
    if values.iter().any(|(_, value)| value.answer != first.answer) {
        return Some(Carried::Open);
    }
    let Some(points) = read(asks, &first.answer, facts).ok().flatten() else { return Some(Carried::Open) };
    let source = if values.iter().all(|(_, value)| value.source == first.source) {
        first.source.clone()
    } else {
        values.iter().map(|(name, value)| format!("{name}: {}", value.source)).collect::<Vec<_>>().join("; ")
    };
    Some(Carried::Value(Counted { answer: first.answer.clone(), points, source }))
}

/// The answer that all who answered gave; empty where they differ.
fn common(origins: &[Origin]) -> AnswerText {
    let mut said = origins.iter().map(|origin| &origin.answer).filter(|answer| !answer.is_empty());
    let first = said.next().cloned().unwrap_or_default();
    if said.all(|answer| *answer == first) { first } else { AnswerText::default() }
}
