//! What a sheet must know: its round, the set of its group, the days off.

use std::sync::Arc;

use cchc_calendar::DaysOff;
use jiff::civil::Date;

use super::{Former, SheetRefusal};
use crate::round::{Phase, Round, Standing};
use crate::set::{CriteriaSet, Criterion, Leaf, Source};

/// What a sheet must know.
#[derive(Debug, Clone, Default)]
pub struct SheetFacts {
    /// The round.
    pub round: Round,
    /// Code of the unit whose sheet it is.
    pub unit: String,
    /// The set of its group; `None`: it is not scored in this round.
    pub set: Option<Arc<CriteriaSet>>,
    /// The days off, as the round froze them.
    pub days_off: Arc<DaysOff>,
    /// The sheets that it takes over; none where nothing is taken over.
    pub former: Vec<Former>,
}

/// A line with what the set says of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asks<'a> {
    pub set: &'a CriteriaSet,
    pub index: usize,
    pub node: &'a Criterion,
    pub leaf: &'a Leaf,
}

impl SheetFacts {
    pub(super) fn set(&self) -> Result<&CriteriaSet, SheetRefusal> {
        self.set.as_deref().ok_or(SheetRefusal::NotScored)
    }

    /// What the set says of a line.
    pub(super) fn asks(&self, line: &str) -> Result<Asks<'_>, SheetRefusal> {
        let set = self.set()?;
        let found = set.criteria.iter().enumerate().find(|(_, node)| node.code == line);
        let found = found.and_then(|(index, node)| Some(Asks { set, index, node, leaf: node.leaf.as_ref()? }));
        found.ok_or_else(|| SheetRefusal::UnknownLine(line.to_owned()))
    }

    /// A line that the unit itself answers.
    pub(super) fn own(&self, line: &str) -> Result<Asks<'_>, SheetRefusal> {
        let asks = self.asks(line)?;
        if matches!(asks.leaf.source, Source::Survey | Source::Given) {
            return Err(SheetRefusal::NotReported(line.to_owned()));
        }
        let plan = self.round.plan.as_ref().ok_or(SheetRefusal::NotScored)?;
        match plan.preset(&self.unit, asks.set, asks.index) {
            Some(preset) => Err(SheetRefusal::Preset { line: line.to_owned(), reason: preset.reason.clone() }),
            None => Ok(asks),
        }
    }

    /// The phase in which agencies or the council decide; of a sheet that was reopened after the result was
    /// published the council decides, for the next version of the result.
    pub(super) fn deciding(&self, on: Date) -> Result<Phase, SheetRefusal> {
        let corrected = self.round.standing == Standing::Published && self.is_reopened(on);
        let council = corrected.then_some(Phase::Council);
        self.round.phase().filter(|phase| phase.appraises()).or(council).ok_or(SheetRefusal::NoAppraisal)
    }

    /// Whether the sheet may be corrected though its phase is over.
    pub(super) fn is_reopened(&self, on: Date) -> bool {
        self.round.is_reopened(&self.unit, on)
    }

    /// Whether a unit of this code appraises a field of this sheet.
    pub(super) fn appraised_by(&self, field: &str, unit: &str) -> Result<(), SheetRefusal> {
        let plan = self.round.plan.as_ref().ok_or(SheetRefusal::NotScored)?;
        match plan.appraiser(field, &self.unit) {
            Some(agency) if agency == unit => Ok(()),
            Some(agency) => Err(SheetRefusal::OthersField { field: field.to_owned(), agency: agency.to_owned() }),
            None => Err(SheetRefusal::NobodysField(field.to_owned())),
        }
    }

    /// The last day on which the sheet may be changed, for a refusal.
    pub(super) fn closed(&self) -> SheetRefusal {
        match self.round.until(&self.unit, Phase::SelfScoring) {
            Some(until) => SheetRefusal::Closed(until),
            None => SheetRefusal::NotRunning,
        }
    }

    pub(super) fn may_fill(&self, on: Date) -> bool {
        self.round.may_fill(&self.unit, on)
    }
}
