//! A round (đợt chấm điểm): which units are scored by which set, who appraises, by when; how far it is.
//!
//! Stream `round/<id>`. The plan may be changed until the round is opened; from then on each change is an act
//! of its own, with a reason.

mod appraisers;
mod command;
mod copy;
mod event;
mod merging;
pub mod message;
mod opening;
mod phase;
mod plan;
mod refusal;
mod rights;
mod sharing;
mod urging;

use std::collections::BTreeMap;

use cchc_calendar::DayOff;
use cchc_ledger::{Aggregate, Context, StoredEvent};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use appraisers::{Appraiser, Appraisers, substitutes};
pub use command::RoundCommand;
pub use copy::{Copied, next_plan};
pub use event::RoundEvent;
pub use merging::Merger;
pub use message::Messages;
pub use opening::{Problem, RoundFacts, problems};
pub use phase::Phase;
pub use plan::{Assigned, Deadline, Group, Plan, Preset, Ranked, Substitute};
pub use refusal::RoundRefusal;
pub use sharing::{Share, shares_by_field};
pub use urging::{Channel, Urged, Urging};

/// A round through its life.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// What it was planned to be; `None` before it was made.
    pub plan: Option<Plan>,
    /// How far it is.
    pub standing: Standing,
    /// The days off that move due dates, as they were known when it was opened.
    pub days_off: Vec<DayOff>,
    /// Later deadlines of single units.
    pub extensions: Vec<Extension>,
    /// Sheets that may be corrected though their phase is over.
    pub reopened: Vec<Reopening>,
    /// Units that became one since it was opened, oldest first.
    pub mergers: Vec<Merger>,
    /// When units were last reminded, by code.
    pub urged: BTreeMap<String, Urging>,
    /// What was published, oldest first.
    pub results: Vec<Publication>,
}

/// How far a round is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is being planned.
    #[default]
    Planned,
    /// It runs.
    Running(Phase),
    /// Its result is published.
    Published,
}

/// A later deadline of one unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Whose.
    pub unit: String,
    /// In which phase.
    pub phase: Phase,
    /// The last day.
    pub until: Date,
}

/// A sheet that may be corrected though its phase is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// Whose.
    pub unit: String,
    /// The last day.
    pub until: Date,
}

/// A published result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Number and symbol of the decision.
    pub decision: String,
    /// Its date.
    pub on: Date,
    /// The package of each group, which anyone can recompute.
    pub packages: Vec<Packed>,
}

/// The package of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// Code of the group.
    pub group: String,
    /// Hash of the package's file.
    pub package: cchc_ledger::Hash,
}

impl Round {
    /// The plan of a round that was made.
    ///
    /// # Errors
    /// [`RoundRefusal::Missing`].
    pub fn plan(&self) -> Result<&Plan, RoundRefusal> {
        self.plan.as_ref().ok_or(RoundRefusal::Missing)
    }

    /// The phase in which it is; `None`: it does not run.
    #[must_use]
    pub const fn phase(&self) -> Option<Phase> {
        match self.standing {
            Standing::Running(phase) => Some(phase),
            Standing::Planned | Standing::Published => None,
        }
    }

    fn running(&self) -> Result<Phase, RoundRefusal> {
        self.plan()?;
        self.phase().ok_or(RoundRefusal::NotRunning)
    }

    fn planned(&self) -> Result<&Plan, RoundRefusal> {
        let plan = self.plan()?;
        if self.standing == Standing::Planned { Ok(plan) } else { Err(RoundRefusal::Frozen) }
    }

    fn open(&self, days_off: Vec<DayOff>, facts: &RoundFacts) -> Result<Vec<RoundEvent>, RoundRefusal> {
        let found = problems(self.planned()?, facts);
        if found.is_empty() { Ok(vec![RoundEvent::Opened { days_off }]) } else { Err(RoundRefusal::Problems(found)) }
    }

    fn advance(&self, to: Phase) -> Result<Vec<RoundEvent>, RoundRefusal> {
        let now = self.running()?;
        if to == now {
            return Ok(Vec::new());
        }
        if to < now { Err(RoundRefusal::Backwards) } else { Ok(vec![RoundEvent::Advanced { to }]) }
    }

    fn extend(&self, unit: String, phase: Phase, until: Date) -> Result<Vec<RoundEvent>, RoundRefusal> {
        let now = self.running()?;
        self.plan()?.unit(&unit).ok_or_else(|| RoundRefusal::UnknownUnit(unit.clone()))?;
        if phase < now {
            return Err(RoundRefusal::PhaseOver(phase));
        }
        match self.until(&unit, phase) {
            Some(before) if until <= before => Err(RoundRefusal::NoLater(before)),
            _ => Ok(vec![RoundEvent::Extended { unit, phase, until }]),
        }
    }

    fn reopen(&self, unit: String, until: Date, context: &Context) -> Result<Vec<RoundEvent>, RoundRefusal> {
        self.plan()?.unit(&unit).ok_or_else(|| RoundRefusal::UnknownUnit(unit.clone()))?;
        if self.standing == Standing::Planned {
            return Err(RoundRefusal::NotRunning);
        }
        let today = context.recorded_at.date();
        if until < today { Err(RoundRefusal::Past(until)) } else { Ok(vec![RoundEvent::Reopened { unit, until }]) }
    }

    fn publish(&self, publication: Publication) -> Result<Vec<RoundEvent>, RoundRefusal> {
        let may = match self.standing {
            Standing::Running(phase) => phase == Phase::Council,
            Standing::Published => true,
            Standing::Planned => false,
        };
        let plan = self.plan()?;
        if !may {
            return Err(RoundRefusal::NotDecided);
        }
        let is_packed = |group: &&Group| publication.packages.iter().any(|packed| packed.group == group.code);
        if let Some(missing) = plan.groups.iter().find(|group| !is_packed(group)) {
            return Err(RoundRefusal::NoPackage(missing.code.clone()));
        }
        if publication.decision.trim().is_empty() {
            return Err(RoundRefusal::NoDecision);
        }
        if self.results.last() == Some(&publication) {
            return Ok(Vec::new());
        }
        Ok(vec![RoundEvent::Published { publication }])
    }
}

/// An act that changes what was agreed needs a reason.
fn because(context: &Context) -> Result<(), RoundRefusal> {
    if context.reason.trim().is_empty() { Err(RoundRefusal::NoReason) } else { Ok(()) }
}

impl Aggregate for Round {
    const KIND: &'static str = "round";
    const STATE_VERSION: u16 = 3;
    type Command = RoundCommand;
    type Event = RoundEvent;
    type Facts = RoundFacts;
    type Refusal = RoundRefusal;

    fn decide(
        &self,
        command: RoundCommand,
        facts: &RoundFacts,
        context: &Context,
    ) -> Result<Vec<RoundEvent>, RoundRefusal> {
        use RoundCommand as C;
        match command {
            C::Plan { plan } => {
                plan.check()?;
                match &self.plan {
                    None => Ok(vec![RoundEvent::Planned { plan }]),
                    Some(before) if *before == *plan => Ok(Vec::new()),
                    Some(_) => self.planned().map(|_| vec![RoundEvent::Planned { plan }]),
                }
            }
            C::Open { days_off } => self.open(days_off, facts),
            C::Advance { to } => self.advance(to),
            C::Extend { unit, phase, until } => {
                because(context)?;
                self.extend(unit, phase, until)
            }
            C::Reopen { unit, until } => {
                because(context)?;
                self.reopen(unit, until, context)
            }
            C::Merge { from, into, until, substitutes } => {
                because(context)?;
                self.merge(from, into, until, substitutes, context)
            }
            C::Share { scored, shares } => {
                because(context)?;
                self.reshare(scored, shares, facts)
            }
            C::Urge { units, channels, text } => self.urge(units, channels, text),
            C::Publish { publication } => self.publish(publication),
        }
    }

    fn apply(&mut self, stored: &StoredEvent<'_, RoundEvent>) {
        use RoundEvent as E;
        match stored.event {
            E::Planned { plan } => self.plan = Some((**plan).clone()),
            E::Opened { days_off } => {
                self.days_off.clone_from(days_off);
                self.standing = Standing::Running(Phase::SelfScoring);
            }
            E::Advanced { to } => self.standing = Standing::Running(*to),
            E::Extended { unit, phase, until } => {
                self.extensions.retain(|known| known.unit != *unit || known.phase != *phase);
                self.extensions.push(Extension { unit: unit.clone(), phase: *phase, until: *until });
            }
            E::Reopened { unit, until } => {
                self.reopened.retain(|known| known.unit != *unit);
                self.reopened.push(Reopening { unit: unit.clone(), until: *until });
            }
            E::Merged { from, into, substitutes } => {
                if let Some(plan) = &mut self.plan {
                    self.mergers.push(Merger::of(plan, from, into));
                    plan.merge(from, into, substitutes);
                }
            }
            E::Shared { scored, shares } => {
                if let Some(plan) = &mut self.plan {
                    plan.take_shares(scored, shares);
                }
            }
            E::Urged { units, channels, .. } => self.take_urged(units, channels, stored.envelope.recorded_at),
            E::Published { publication } => {
                self.results.push(publication.clone());
                self.standing = Standing::Published;
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
