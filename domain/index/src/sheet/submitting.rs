//! From the officer to the head to the organiser.

use cchc_ledger::Context;

use super::{Missing, Sheet, SheetEvent, SheetFacts, SheetRefusal, SheetStanding, Submission};
use crate::round::Plan;
use crate::set::CriteriaSet;

impl Sheet {
    /// Whether the unit may hand in today: its own people, in time.
    fn may_hand_in(facts: &SheetFacts, context: &Context) -> Result<(), SheetRefusal> {
        if context.actor.unit != facts.unit {
            return Err(SheetRefusal::NotOwn);
        }
        if facts.may_fill(context.happened().date()) { Ok(()) } else { Err(facts.closed()) }
    }

    pub(super) fn propose(&self, facts: &SheetFacts, context: &Context) -> Result<Vec<SheetEvent>, SheetRefusal> {
        Self::may_hand_in(facts, context)?;
        self.complete(facts)?;
        if self.standing == SheetStanding::Proposed { Ok(Vec::new()) } else { Ok(vec![SheetEvent::Proposed]) }
    }

    pub(super) fn return_back(&self, facts: &SheetFacts, context: &Context) -> Result<Vec<SheetEvent>, SheetRefusal> {
        if context.actor.unit != facts.unit {
            return Err(SheetRefusal::NotOwn);
        }
        if context.reason.trim().is_empty() {
            return Err(SheetRefusal::NoReason);
        }
        match self.standing {
            SheetStanding::Proposed => Ok(vec![SheetEvent::Returned]),
            SheetStanding::Open => Ok(Vec::new()),
            SheetStanding::Submitted => Err(SheetRefusal::Submitted),
        }
    }

    pub(super) fn submit(
        &self,
        submission: Submission,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        Self::may_hand_in(facts, context)?;
        if self.standing == SheetStanding::Submitted && self.submissions.last() == Some(&submission) {
            return Ok(Vec::new());
        }
        if submission.number.trim().is_empty() {
            return Err(SheetRefusal::NoNumber);
        }
        if submission.dated > context.recorded_at.date() {
            return Err(SheetRefusal::Future);
        }
        if let Some(signed) = &submission.signed {
            signed.check()?;
        }
        self.complete(facts)?;
        Ok(vec![SheetEvent::Submitted { submission }])
    }

    /// Whether every line is answered and proved, or explained, and every part handed over; all that is not is said
    /// at once.
    fn complete(&self, facts: &SheetFacts) -> Result<(), SheetRefusal> {
        let set = facts.set()?;
        let plan = facts.round.plan.as_ref().ok_or(SheetRefusal::NotScored)?;
        let (empty, unproved) = self.missing(plan, set, &facts.unit);
        let undelivered = self.undelivered(plan, set, &facts.unit);
        if empty.is_empty() && unproved.is_empty() && undelivered.is_empty() {
            return Ok(());
        }
        Err(SheetRefusal::Incomplete { empty, unproved, undelivered })
    }

    /// The codes of the lines that stand in the way of handing in: without an answer or a word why, and without
    /// the evidence or the explanation that they need.
    #[must_use]
    pub fn missing(&self, plan: &Plan, set: &CriteriaSet, unit: &str) -> Missing {
        self.missing_where(plan, set, unit, |_| true)
    }

    /// The same of the lines at these positions of the set alone.
    pub(super) fn missing_where(
        &self,
        plan: &Plan,
        set: &CriteriaSet,
        unit: &str,
        wanted: impl Fn(usize) -> bool,
    ) -> Missing {
        let (mut empty, mut unproved) = (Vec::new(), Vec::new());
        for (_, node, leaf) in plan.own_lines(unit, set).filter(|(index, ..)| wanted(*index)) {
            let line = self.line(&node.code);
            if line.answer.is_empty() && line.note.trim().is_empty() {
                empty.push(node.code.clone());
            } else if !line.is_proved(leaf) {
                unproved.push(node.code.clone());
            }
        }
        (empty, unproved)
    }
}
