//! How far the lines of a sheet are in a phase, by the agency that answers for them: what a board shows of all
//! sheets without reading them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Decision, Line, Sheet};
use crate::input::AnswerText;
use crate::round::Phase;

/// The lines of a phase that one agency answers for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Lines that the phase is about, as far as the sheet itself says.
    pub of: u32,
    /// Of them, those that are done.
    pub done: u32,
    /// Lines that are not decided because a question waits for the unit.
    pub asked: u32,
}

/// Where a line stands in a phase.
enum Stands {
    Done,
    Open,
    Asked,
}

impl Tally {
    /// With others.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            of: self.of.saturating_add(other.of),
            done: self.done.saturating_add(other.done),
            asked: self.asked.saturating_add(other.asked),
        }
    }

    const fn add(&mut self, stands: &Stands) {
        let one = match stands {
            Stands::Done => Self { of: 1, done: 1, asked: 0 },
            Stands::Open => Self { of: 1, done: 0, asked: 0 },
            Stands::Asked => Self { of: 1, done: 0, asked: 1 },
        };
        *self = self.and(one);
    }
}

impl Line {
    /// The answer before anybody decided: what was given from elsewhere, else what the unit says.
    #[must_use]
    pub fn own(&self) -> &AnswerText {
        self.given.as_ref().map_or(&self.answer, |given| &given.answer)
    }

    /// Whether it is disputed before the council: the unit disagreed and did not get what it answers, or both
    /// appraisals differ from one another and from the unit.
    #[must_use]
    pub fn is_before_council(&self) -> bool {
        let last = self.decision(Phase::SecondAppraisal).map_or(self.own(), |decision| &decision.answer);
        if last == self.own() {
            return false;
        }
        let twice = self.in_phase(Phase::FirstAppraisal).zip(self.in_phase(Phase::SecondAppraisal));
        self.disagrees() || twice.is_some_and(|(first, second)| first.answer != second.answer)
    }

    fn in_phase(&self, phase: Phase) -> Option<&Decision> {
        self.decisions.iter().find(|known| known.phase == phase)
    }

    fn disagrees(&self) -> bool {
        self.explained.as_ref().is_some_and(|said| !said.agrees)
    }

    /// Who answers for it in a phase, and where it stands there; `None`: the phase is not about it, as far as the
    /// line itself says (which lines wait for a first decision, only the set knows).
    fn stands(&self, phase: Phase) -> Option<(&str, Stands)> {
        let question = self.asked.as_ref().filter(|asked| !asked.answered);
        if let Some(decision) = self.in_phase(phase) {
            // What comes from elsewhere waits for no agency.
            let counts = phase != Phase::FirstAppraisal || self.given.is_none();
            return counts.then_some((decision.by.as_str(), Stands::Done));
        }
        let before = self.decision(phase).map_or("", |decision| decision.by.as_str());
        let open = || question.map_or((before, Stands::Open), |asked| (asked.by.as_str(), Stands::Asked));
        match phase {
            Phase::SelfScoring => None,
            Phase::FirstAppraisal => question.map(|asked| (asked.by.as_str(), Stands::Asked)),
            Phase::Explaining => {
                let decided = self.in_phase(Phase::FirstAppraisal)?;
                let stands = if self.explained.is_some() { Stands::Done } else { Stands::Open };
                (decided.answer != *self.own()).then_some((decided.by.as_str(), stands))
            }
            Phase::SecondAppraisal => self.disagrees().then(open),
            Phase::Council => self.is_before_council().then_some((before, Stands::Open)),
        }
    }
}

impl Sheet {
    /// Whether anything of a phase may have happened to any line: once it has, it stays so until lines are taken
    /// over.
    #[must_use]
    pub fn has_reached(&self, phase: Phase) -> bool {
        let at = |line: &Line| match phase {
            Phase::SelfScoring => false,
            Phase::FirstAppraisal => line.asked.is_some() || line.in_phase(phase).is_some(),
            Phase::Explaining => line.in_phase(Phase::FirstAppraisal).is_some(),
            Phase::SecondAppraisal => line.explained.is_some() || line.in_phase(phase).is_some(),
            Phase::Council => {
                line.explained.is_some() || line.decisions.iter().any(|known| known.phase > Phase::FirstAppraisal)
            }
        };
        self.lines.values().any(at)
    }

    /// The lines of a phase by the code of the agency that answers for them: who decided last, or asks.
    #[must_use]
    pub fn tallies(&self, phase: Phase) -> BTreeMap<String, Tally> {
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        for (agency, stands) in self.lines.values().filter_map(|line| line.stands(phase)) {
            tallies.entry(agency.to_owned()).or_default().add(&stands);
        }
        tallies
    }
}
