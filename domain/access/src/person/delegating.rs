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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::PersonCommand as C;
    use crate::person::testing::{Story, delegation};
    use crate::testing::post;
    use crate::{Action, Role};

    fn head() -> Story {
        Story::with(vec![post("p1", "H37.04", &[Role::UnitHead])])
    }

    fn given(capacity: Capacity) -> Delegation {
        delegation("u1", capacity)
    }

    fn give(delegation: Delegation) -> C {
        C::Delegate { delegation }
    }

    fn end(on: Date) -> C {
        C::EndDelegation { delegation: "u1".into(), on, document: String::new() }
    }

    #[test]
    fn a_delegation_is_given_once() {
        let mut story = head();
        assert_eq!(story.ask(give(given(Capacity::Tuq))), Ok(vec!["delegated"]));
        assert_eq!(story.person.delegations, [given(Capacity::Tuq)]);
        assert_eq!(story.ask(give(given(Capacity::Tuq))), Ok(vec![]));
        let other = PersonRefusal::DelegationExists("u1".to_owned());
        assert_eq!(story.ask(give(given(Capacity::Kt))), Err(other));
        let again = Delegation { id: "u2".into(), ..given(Capacity::Kt) };
        assert_eq!(story.ask(give(again.clone())), Err(PersonRefusal::DelegationOverlap));
        let later = Delegation { from: date(2021, 11, 1), to: None, ..again };
        assert_eq!(story.ask(give(later)), Ok(vec!["delegated"]));
    }

    #[test]
    fn an_authorisation_is_written_and_limited() {
        let tuq = || given(Capacity::Tuq);
        let passed_on = Actions::Only(vec![Action::Delegate, Action::ExportHistory]);
        for (wrong, refusal) in [
            (Delegation { document: " ".to_owned(), ..tuq() }, PersonRefusal::NoDocument),
            (Delegation { to: None, ..tuq() }, PersonRefusal::Unlimited),
            (Delegation { actions: Actions::All, ..tuq() }, PersonRefusal::Unlimited),
            (Delegation { actions: Actions::Only(vec![]), ..tuq() }, PersonRefusal::NotDelegable(String::new())),
            (
                Delegation { actions: passed_on, ..tuq() },
                PersonRefusal::NotDelegable("ủy quyền, giao ký thay".to_owned()),
            ),
            (given(Capacity::Tm), PersonRefusal::DelegatedCapacity),
        ] {
            assert_eq!(head().ask(give(wrong)), Err(refusal));
        }
        assert_eq!(PersonRefusal::Unlimited.basis(), Some("Nghị định 30/2020/NĐ-CP, Điều 13 khoản 3"));
        let deputy = Delegation { actions: Actions::All, to: None, ..given(Capacity::Kt) };
        assert_eq!(head().ask(give(deputy)), Ok(vec!["delegated"]));
    }

    #[test]
    fn it_stays_within_the_post_and_does_not_begin_earlier_than_said() {
        let kt = || given(Capacity::Kt);
        let mut story = head();
        let early = Delegation { from: date(2021, 10, 13), ..kt() };
        let backdated = PersonRefusal::Backdated { from: date(2021, 10, 13), on: date(2021, 10, 14) };
        assert_eq!(story.ask(give(early.clone())), Err(backdated));
        story.happened = Some(date(2021, 10, 13));
        assert_eq!(story.ask(give(early)), Ok(vec!["delegated"]));
        let mut story = head();
        let to = date(2021, 10, 20);
        story.ask(C::EndPost { post: "p1".into(), to, document: String::new() }).unwrap();
        assert_eq!(story.ask(give(kt())), Err(PersonRefusal::BeyondPost));
        assert_eq!(story.ask(give(Delegation { to: None, ..kt() })), Err(PersonRefusal::BeyondPost));
        assert_eq!(story.ask(give(Delegation { to: Some(to), ..kt() })), Ok(vec!["delegated"]));
        let backwards = Delegation { to: Some(date(2021, 10, 1)), ..kt() };
        assert!(matches!(head().ask(give(backwards)), Err(PersonRefusal::Backwards { .. })));
        let none = Delegation { from_post: "p9".into(), ..kt() };
        assert_eq!(head().ask(give(none)), Err(PersonRefusal::NoPost("p9".to_owned())));
    }

    #[test]
    fn the_other_is_there_and_a_deputy_is_of_the_unit() {
        let himself = Delegation { to_person: "a".into(), ..given(Capacity::Kt) };
        assert_eq!(head().ask(give(himself)), Err(PersonRefusal::Oneself));
        let mut story = head();
        story.facts.receiver.as_mut().unwrap().posts[0].unit = "H37.05".to_owned();
        let from = date(2021, 10, 14);
        assert_eq!(story.ask(give(given(Capacity::Kt))), Err(PersonRefusal::NoDeputy(from)));
        assert_eq!(story.ask(give(given(Capacity::Tuq))), Ok(vec!["delegated"]));
        for gone in [None, story.facts.receiver.clone().map(|other| Receiver { open: false, ..other })] {
            let mut story = head();
            story.facts.receiver = gone;
            assert_eq!(story.ask(give(given(Capacity::Kt))), Err(PersonRefusal::NoReceiver));
        }
    }

    #[test]
    fn it_ends_from_today_on_and_once() {
        let mut story = head();
        let none = PersonRefusal::NoDelegation("u1".to_owned());
        assert_eq!(story.ask(end(story.day)), Err(none.clone()));
        story.ask(give(given(Capacity::Kt))).unwrap();
        story.day = date(2021, 10, 20);
        assert!(matches!(story.ask(end(date(2021, 10, 19))), Err(PersonRefusal::Backdated { .. })));
        assert_eq!(story.ask(end(date(2021, 10, 20))), Ok(vec!["delegation-ended"]));
        assert!(!story.person.delegations[0].holds_on(date(2021, 10, 20)));
        assert_eq!(story.ask(end(date(2021, 10, 20))), Ok(vec![]));
        assert_eq!(story.ask(end(date(2021, 10, 21))), Err(none));
    }
}
