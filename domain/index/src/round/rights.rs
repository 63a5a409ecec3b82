//! Who may do what in a round, and until when.

use jiff::civil::Date;

use super::{Phase, Plan, Preset, Round, Standing};
use crate::CriteriaSet;

impl Plan {
    /// The agency that appraises a field of a unit: the named substitute, else the agency of the field unless it
    /// is the unit itself; `None`: nobody, or a body outside this system.
    #[must_use]
    pub fn appraiser(&self, field: &str, scored: &str) -> Option<&str> {
        if self.outside.is_some() {
            return None;
        }
        let substitute = self.substitutes.iter().find(|known| known.field == field && known.scored == scored);
        let substitute = substitute.map(|known| known.unit.as_str());
        let assigned = || self.appraisers.iter().find(|known| known.field == field).map(|known| known.unit.as_str());
        substitute.or_else(assigned).filter(|unit| *unit != scored)
    }

    /// What says that a criterion does not apply to a unit: the preset of it or of a node above it.
    #[must_use]
    pub fn preset(&self, unit: &str, set: &CriteriaSet, index: usize) -> Option<&Preset> {
        let above = std::iter::successors(Some(index), |at| set.criteria.get(*at).and_then(|node| node.parent));
        let codes: Vec<&str> = above.filter_map(|at| set.criteria.get(at)).map(|node| node.code.as_str()).collect();
        self.presets.iter().find(|preset| preset.unit == unit && codes.contains(&preset.criterion.as_str()))
    }
}

impl Round {
    /// The last day of a phase for a unit; `None`: no deadline.
    #[must_use]
    pub fn until(&self, unit: &str, phase: Phase) -> Option<Date> {
        let extended = self.extensions.iter().find(|known| known.unit == unit && known.phase == phase);
        extended.map(|known| known.until).or_else(|| self.plan.as_ref()?.deadline(phase))
    }

    /// The last day on which a unit may correct its whole sheet; `None`: it may not, as far as the phase goes.
    #[must_use]
    pub fn may_fill_until(&self, unit: &str) -> Option<Date> {
        let reopened = self.reopened.iter().find(|known| known.unit == unit).map(|known| known.until);
        let in_phase = match self.standing {
            // Without a deadline there is none to miss.
            Standing::Running(Phase::SelfScoring) => Some(self.until(unit, Phase::SelfScoring).unwrap_or(Date::MAX)),
            _ => None,
        };
        reopened.max(in_phase)
    }

    /// Whether a unit may correct its whole sheet on that day.
    #[must_use]
    pub fn may_fill(&self, unit: &str, on: Date) -> bool {
        self.may_fill_until(unit).is_some_and(|until| on <= until)
    }

    /// Whether the sheet of a unit may be corrected on that day though its phase, or the round, is over.
    #[must_use]
    pub fn is_reopened(&self, unit: &str, on: Date) -> bool {
        self.reopened.iter().any(|known| known.unit == unit && on <= known.until)
    }

    /// Whether values that a unit does not report may be given to its sheet on that day: while the round runs, and
    /// after publication to a sheet that was reopened, for the next version of the result.
    #[must_use]
    pub fn may_give(&self, unit: &str, on: Date) -> bool {
        match self.standing {
            Standing::Planned => false,
            Standing::Running(_) => true,
            Standing::Published => self.is_reopened(unit, on),
        }
    }

    /// Whether a unit may explain its lines on that day.
    #[must_use]
    pub fn may_explain(&self, unit: &str, on: Date) -> bool {
        self.phase() == Some(Phase::Explaining) && self.until(unit, Phase::Explaining).is_none_or(|until| on <= until)
    }

    /// Whether a unit is late in the phase that runs: its last day is over.
    #[must_use]
    pub fn is_late(&self, unit: &str, on: Date) -> bool {
        self.phase().is_some_and(|phase| self.until(unit, phase).is_some_and(|until| until < on))
    }
}
