//! Delegations: given and ended.
//!
//! Source: Nghị định 30/2020/NĐ-CP, Điều 13.

use cchc_ledger::Context;
use cchc_text::tidy;
use jiff::civil::Date;

use super::{Person, PersonEvent, PersonFacts, PersonRefusal, Receiver};
use crate::{Actions, Capacity, Delegation, DelegationId, Post};

impl Person {
    pub(super) fn delegate(
        &self,
        delegation: Delegation,
        facts: &PersonFacts,
        context: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let delegation = accepted(delegation)?;
        if let Some(given) = self.delegation(&delegation.id) {
            let same = *given == delegation;
            return if same { Ok(Vec::new()) } else { Err(PersonRefusal::DelegationExists(delegation.id.0)) };
        }
        let post = self.held(&delegation.from_post)?;
        if self.id.as_ref() == Some(&delegation.to_person) {
            return Err(PersonRefusal::Oneself);
        }
        within(&delegation, post)?;
        let on = context.happened().date();
        if delegation.from < on {
            return Err(PersonRefusal::Backdated { from: delegation.from, on });
        }
        let receiver = facts.receiver.as_ref().filter(|receiver| receiver.open).ok_or(PersonRefusal::NoReceiver)?;
        if delegation.capacity == Capacity::Kt && !is_colleague(receiver, post, delegation.from) {
            return Err(PersonRefusal::NoDeputy(delegation.from));
        }
        let same =
            |given: &&Delegation| given.from_post == delegation.from_post && given.to_person == delegation.to_person;
        if self.delegations.iter().filter(same).any(|given| given.overlaps(&delegation)) {
            return Err(PersonRefusal::DelegationOverlap);
        }
        Ok(vec![PersonEvent::Delegated { delegation }])
    }

    pub(super) fn end_delegation(
        &self,
        delegation: DelegationId,
        on: Date,
        document: String,
        context: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let today = context.happened().date();
        let given = self.delegation(&delegation).ok_or_else(|| PersonRefusal::NoDelegation(delegation.0.clone()))?;
        if given.ended == Some(on) {
            return Ok(Vec::new());
        }
        if !given.holds_from(today) {
            return Err(PersonRefusal::NoDelegation(delegation.0));
        }
        if on < today {
            return Err(PersonRefusal::Backdated { from: on, on: today });
        }
        Ok(vec![PersonEvent::DelegationEnded { delegation, on, document }])
    }
}

/// The delegation in one form, if it can be one.
fn accepted(mut delegation: Delegation) -> Result<Delegation, PersonRefusal> {
    delegation.document = tidy(&delegation.document).into_owned();
    delegation.ended = None;
    if !delegation.capacity.is_delegated() {
        return Err(PersonRefusal::DelegatedCapacity);
    }
    if delegation.document.is_empty() {
        return Err(PersonRefusal::NoDocument);
    }
    if let Some(to) = delegation.to.filter(|to| *to < delegation.from) {
        return Err(PersonRefusal::Backwards { from: delegation.from, to });
    }
    if let Actions::Only(actions) = &mut delegation.actions {
        actions.sort_unstable();
        actions.dedup();
        let stays: Vec<&str> =
            actions.iter().filter(|action| !action.is_delegable()).map(|action| action.label()).collect();
        if actions.is_empty() || !stays.is_empty() {
            return Err(PersonRefusal::NotDelegable(stays.join(", ")));
        }
    }
    let limited = delegation.to.is_some() && delegation.actions != Actions::All;
    if delegation.capacity == Capacity::Tuq && !limited {
        return Err(PersonRefusal::Unlimited);
    }
    Ok(delegation)
}

fn within(delegation: &Delegation, post: &Post) -> Result<(), PersonRefusal> {
    let begins = post.holds_on(delegation.from);
    let ends = post.to.is_none_or(|last| delegation.to.is_some_and(|to| to <= last));
    if begins && ends { Ok(()) } else { Err(PersonRefusal::BeyondPost) }
}

fn is_colleague(receiver: &Receiver, post: &Post, on: Date) -> bool {
    receiver.posts.iter().any(|held| held.unit == post.unit && held.holds_on(on))
}
