//! Cells: one criterion of one unit, with everything that a decision of it needs.

use std::sync::Arc;

use cchc_access::Grant;
use cchc_index::CriteriaSet;
use cchc_index::answer::Answer;
use cchc_index::input::{self, AnswerText};
use cchc_index::round::{Phase, Preset, Ranked};
use cchc_index::set::{Criterion, Leaf, Source};
use cchc_index::sheet::{Line, SheetStanding, Step};

use super::super::at::RoundAt;
use super::desk::Desk;
use crate::acts::with::With;
use crate::error::ErrorPage;

/// One criterion of one unit.
pub struct Cell {
    /// Its name within the page: the unit in a grid, the criterion on the page of a unit.
    pub key: String,
    /// The unit.
    pub unit: Ranked,
    /// The set of its group.
    pub set: Arc<CriteriaSet>,
    /// The position of the criterion in it.
    pub index: usize,
    /// What was said of it.
    pub line: Line,
    /// How far the sheet is.
    pub standing: SheetStanding,
    /// Why it does not apply.
    pub preset: Option<Preset>,
    /// In whose name the visitor decides of it now.
    pub grant: Option<Grant>,
}

/// Where a cell stands in the phase that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It does not apply to the unit.
    Preset,
    /// Its value comes from elsewhere: nobody waits for an appraiser.
    Elsewhere,
    /// The sheet was not handed in.
    NotSubmitted,
    /// A question waits for the unit.
    Asked,
    /// The unit answered the question.
    Answered,
    /// Nothing was decided in this phase.
    Open,
    /// What stood before was accepted.
    Accepted,
    /// Something else counts.
    Changed,
}

impl State {
    /// Whether it waits for the appraiser.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Open | Self::Answered)
    }

    /// Whether it is decided.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Accepted | Self::Changed)
    }
}

impl Cell {
    /// The criterion.
    #[must_use]
    pub fn node(&self) -> Option<(&Criterion, &Leaf)> {
        let node = self.set.criteria.get(self.index)?;
        Some((node, node.leaf.as_ref()?))
    }

    /// The answer that stands before a phase decides.
    #[must_use]
    pub fn before(&self, phase: Phase) -> AnswerText {
        let earlier = Phase::ALL.into_iter().rev().find(|earlier| *earlier < phase);
        self.line.answer_at(earlier.map_or(Step::Own, Step::After)).clone()
    }

    /// What a text means at this criterion, with what is wrong with it.
    #[must_use]
    pub fn read(&self, text: &AnswerText) -> (Answer, cchc_text::Findings) {
        let Some((node, leaf)) = self.node() else { return (Answer::NotReported, Vec::new()) };
        input::answer(node, leaf, text)
    }

    /// Where it stands in a phase.
    #[must_use]
    pub fn state(&self, phase: Phase) -> State {
        if self.preset.is_some() {
            return State::Preset;
        }
        if let Some(decision) = self.line.decisions.iter().find(|known| known.phase == phase) {
            return if decision.answer == self.before(phase) { State::Accepted } else { State::Changed };
        }
        if self.node().is_some_and(|(_, leaf)| matches!(leaf.source, Source::Survey | Source::Given)) {
            return State::Elsewhere;
        }
        if phase != Phase::Council && self.standing != SheetStanding::Submitted {
            return State::NotSubmitted;
        }
        match &self.line.asked {
            Some(asked) if !asked.answered => State::Asked,
            Some(_) if self.line.decisions.is_empty() => State::Answered,
            _ => State::Open,
        }
    }

    /// Whether it has evidence, or needs none.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.node().is_none_or(|(_, leaf)| !leaf.evidence_required || !self.line.evidence.is_empty())
    }
}

/// One criterion of all units of a group, as far as the visitor may see them, in the order of protocol: two reads,
/// however many units there are.
///
/// # Errors
/// What the store says.
pub async fn of_criterion(
    with: &With,
    at: &RoundAt,
    desk: &Desk,
    (group, code): (&str, &str),
) -> Result<Vec<Cell>, ErrorPage> {
    let Some(set) = at.sets.get(group) else { return Ok(Vec::new()) };
    let Some((index, leaf)) = position(set, code) else { return Ok(Vec::new()) };
    let lines = with.store().sheet_line_list(&at.id, code).await?;
    let mut lines: std::collections::HashMap<String, Line> =
        lines.into_iter().map(|row| (row.unit, row.line)).collect();
    let sheets = with.store().sheet_list(&at.id).await?;
    let standing: std::collections::HashMap<&str, SheetStanding> =
        sheets.iter().map(|row| (row.unit.as_str(), row.standing)).collect();
    let cell = |unit: &Ranked| Cell {
        key: unit.code.clone(),
        unit: unit.clone(),
        set: Arc::clone(set),
        index,
        line: lines.remove(&unit.code).unwrap_or_default(),
        standing: standing.get(unit.code.as_str()).copied().unwrap_or_default(),
        preset: at.plan.preset(&unit.code, set, index).cloned(),
        grant: desk.decides(at, &leaf.appraiser, &unit.code).cloned(),
    };
    let seen = |unit: &&Ranked| unit.group == group && desk.sees(at, &leaf.appraiser, &unit.code);
    Ok(at.plan.units.iter().filter(seen).map(cell).collect())
}

/// All criteria of one unit, as far as the visitor may see them, in the order of the set.
///
/// # Errors
/// What the store says; 404 where its set can't be read.
pub async fn of_unit(with: &With, at: &RoundAt, desk: &Desk, unit: &Ranked) -> Result<Vec<Cell>, ErrorPage> {
    let set = at.set_of(unit)?;
    let sheet = with.store().sheet_find(&at.id, &unit.code).await?;
    let cell = |(index, node, leaf): (usize, &Criterion, &Leaf)| Cell {
        key: node.code.clone(),
        unit: unit.clone(),
        set: Arc::clone(set),
        index,
        line: sheet.line(&node.code).into_owned(),
        standing: sheet.standing,
        preset: at.plan.preset(&unit.code, set, index).cloned(),
        grant: desk.decides(at, &leaf.appraiser, &unit.code).cloned(),
    };
    Ok(set.leaves().filter(|(_, _, leaf)| desk.sees(at, &leaf.appraiser, &unit.code)).map(cell).collect())
}

fn position<'a>(set: &'a CriteriaSet, code: &str) -> Option<(usize, &'a Leaf)> {
    set.leaves().find(|(_, node, _)| node.code == code).map(|(index, _, leaf)| (index, leaf))
}
