//! A sheet that is split: who answers which line, and how each unit hands its part over to be gathered.
//!
//! A unit that changes a line after it handed its part over takes it back by that, and hands it over again: the
//! same that a proposed sheet does; and so do lines that are given to it, or taken over, after that. Nobody has to
//! ask for a slip to be mended, and who gathers relies on what the unit itself said last. Once the sheet is handed in, parts stand as they are.

use std::collections::BTreeMap;

use cchc_ledger::{Context, Envelope, Moment};
use serde::{Deserialize, Serialize};

use super::{Progress, Sheet, SheetEvent, SheetFacts, SheetRefusal, SheetStanding};
use crate::round::Plan;
use crate::set::CriteriaSet;

/// How far the part of a unit is; a unit that is not there has not handed over yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delivery {
    /// It handed its part over.
    Delivered {
        /// When.
        at: Moment,
        /// Key of the person who did.
        person: String,
        /// Codes of the lines that were handed over.
        #[serde(default)]
        lines: Vec<String>,
    },
    /// It changed something since, and has to hand it over again.
    Reopened {
        /// When.
        at: Moment,
    },
    /// Whoever gathers gave it back.
    SentBack {
        /// When.
        at: Moment,
        /// Why.
        reason: String,
    },
}

/// What a part lacks: lines without an answer or a word why, lines without evidence or a word why.
pub type Missing = (Vec<String>, Vec<String>);

impl Delivery {
    /// The code in tables.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Delivered { .. } => "delivered",
            Self::Reopened { .. } => "reopened",
            Self::SentBack { .. } => "sent-back",
        }
    }

    /// When it came to be so.
    #[must_use]
    pub const fn at(&self) -> Moment {
        match self {
            Self::Delivered { at, .. } | Self::Reopened { at } | Self::SentBack { at, .. } => *at,
        }
    }
}

impl SheetFacts {
    /// Whether people of a unit may answer a line: those of the scored unit any, those of a unit that shares the
    /// sheet their own.
    pub(super) fn answers(&self, line: &str, unit: &str) -> Result<(), SheetRefusal> {
        if unit == self.unit {
            return Ok(());
        }
        let plan = self.round.plan.as_ref().ok_or(SheetRefusal::NotOwn)?;
        if !plan.shares_in(&self.unit, unit) {
            return Err(SheetRefusal::NotOwn);
        }
        let set = self.set()?;
        let whose = set.find(line).map(|(index, _)| plan.shared_with(&self.unit, set, index));
        match whose {
            Some(Some(own)) if own == unit => Ok(()),
            Some(_) => Err(SheetRefusal::OthersLine(line.to_owned())),
            None => Err(SheetRefusal::UnknownLine(line.to_owned())),
        }
    }
}

impl Sheet {
    /// Whether a unit's part is handed over: all lines that it answers now, for lines may be given to others in
    /// mid-round.
    #[must_use]
    pub fn is_delivered(&self, plan: &Plan, set: &CriteriaSet, scored: &str, unit: &str) -> bool {
        let Some(Delivery::Delivered { lines, .. }) = self.deliveries.get(unit) else { return false };
        part(plan, set, scored, unit).iter().all(|line| lines.contains(line))
    }

    /// How many lines of the part of a unit are done; the scored unit's own code: of what nobody shares.
    #[must_use]
    pub fn progress_of(&self, plan: &Plan, set: &CriteriaSet, scored: &str, unit: &str) -> Progress {
        let mut progress = Progress::default();
        for (index, node, leaf) in plan.own_lines(scored, set) {
            if plan.shared_with(scored, set, index).unwrap_or(scored) == unit {
                progress.take(self.lines.get(&node.code), leaf);
            }
        }
        progress
    }

    /// What the part of a unit lacks.
    #[must_use]
    pub fn missing_of(&self, plan: &Plan, set: &CriteriaSet, scored: &str, unit: &str) -> Missing {
        self.missing_where(plan, set, scored, |index| plan.shared_with(scored, set, index).unwrap_or(scored) == unit)
    }

    /// The units whose part is not handed over; who has no line to answer owes none.
    #[must_use]
    pub fn undelivered(&self, plan: &Plan, set: &CriteriaSet, scored: &str) -> Vec<String> {
        let owes = |unit: &&str| {
            let mut lines = plan.own_lines(scored, set);
            !self.is_delivered(plan, set, scored, unit)
                && lines.any(|(index, ..)| plan.shared_with(scored, set, index) == Some(*unit))
        };
        plan.sharing(scored).into_iter().filter(owes).map(str::to_owned).collect()
    }

    /// The part of a unit is handed over: by its own people, or by those of the scored unit in its place.
    pub(super) fn deliver(
        &self,
        unit: String,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let (set, plan) = (facts.set()?, facts.round.plan.as_ref().ok_or(SheetRefusal::NotScored)?);
        if context.actor.unit != unit && context.actor.unit != facts.unit {
            return Err(SheetRefusal::NotOwn);
        }
        if !plan.shares_in(&facts.unit, &unit) {
            return Err(SheetRefusal::NoShare(unit));
        }
        self.may_part(facts, context)?;
        if self.is_delivered(plan, set, &facts.unit, &unit) {
            return Ok(Vec::new());
        }
        let (empty, unproved) = self.missing_of(plan, set, &facts.unit, &unit);
        if empty.is_empty() && unproved.is_empty() {
            let lines = part(plan, set, &facts.unit, &unit);
            return Ok(vec![SheetEvent::Delivered { unit, lines }]);
        }
        Err(SheetRefusal::Incomplete { empty, unproved, undelivered: Vec::new() })
    }

    /// Whoever gathers gives a part back; the reason stands in the context.
    pub(super) fn send_back(
        &self,
        unit: String,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        if context.reason.trim().is_empty() {
            return Err(SheetRefusal::NoReason);
        }
        if context.reason.chars().count() > super::appraising::LONGEST {
            return Err(SheetRefusal::TooLong(super::appraising::LONGEST));
        }
        self.may_part(facts, context)?;
        match self.deliveries.get(&unit) {
            Some(Delivery::Delivered { .. }) => Ok(vec![SheetEvent::SentBack { unit }]),
            Some(Delivery::SentBack { reason, .. }) if *reason == context.reason => Ok(Vec::new()),
            _ => Err(SheetRefusal::NotDelivered(unit)),
        }
    }

    /// Whether parts move today: before the sheet is handed in, in time.
    fn may_part(&self, facts: &SheetFacts, context: &Context) -> Result<(), SheetRefusal> {
        let on = context.happened().date();
        if !facts.may_fill(on) {
            return Err(facts.closed());
        }
        let is_over = self.standing == SheetStanding::Submitted && !facts.is_reopened(on);
        if is_over { Err(SheetRefusal::Submitted) } else { Ok(()) }
    }
}

/// The codes of the lines that a unit answers in the sheet of another.
fn part(plan: &Plan, set: &CriteriaSet, scored: &str, unit: &str) -> Vec<String> {
    let own = plan.own_lines(scored, set).filter(|(index, ..)| plan.shared_with(scored, set, *index) == Some(unit));
    own.map(|(_, node, _)| node.code.clone()).collect()
}

/// Takes in what happened to parts, before the standing of the sheet does.
pub(super) fn apply(
    deliveries: &mut BTreeMap<String, Delivery>,
    standing: SheetStanding,
    event: &SheetEvent,
    envelope: &Envelope,
) {
    let at = envelope.recorded_at;
    match event {
        SheetEvent::Delivered { unit, lines } => {
            let (person, lines) = (envelope.actor.person.clone(), lines.clone());
            deliveries.insert(unit.clone(), Delivery::Delivered { at, person, lines });
        }
        // What is taken over from former units has to be gone through and handed over anew.
        SheetEvent::TookOver { line, .. } => {
            for delivery in deliveries.values_mut() {
                if matches!(delivery, Delivery::Delivered { lines, .. } if lines.contains(line)) {
                    *delivery = Delivery::Reopened { at };
                }
            }
        }
        SheetEvent::SentBack { unit } => {
            deliveries.insert(unit.clone(), Delivery::SentBack { at, reason: envelope.reason.clone() });
        }
        SheetEvent::Filled { .. }
        | SheetEvent::Noted { .. }
        | SheetEvent::Attached { .. }
        | SheetEvent::Detached { .. }
            if standing != SheetStanding::Submitted =>
        {
            // A unit that shares the sheet changes lines of its own alone (`answers` saw to it); what the scored
            // unit's own people mend leaves the part handed over.
            if let Some(delivery @ Delivery::Delivered { .. }) = deliveries.get_mut(&envelope.actor.unit) {
                *delivery = Delivery::Reopened { at };
            }
        }
        _ => {}
    }
}
