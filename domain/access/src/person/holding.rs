//! Posts: given, corrected, ended.

use cchc_ledger::Context;
use cchc_text::tidy;
use jiff::civil::Date;

use super::{Person, PersonEvent, PersonFacts, PersonRefusal, UnitFact};
use crate::{Post, PostId, Role};

/// Longest title, in characters.
const LONGEST_TITLE: usize = 200;

impl Person {
    pub(super) fn appoint(&self, post: Post, facts: &PersonFacts) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let post = accepted(post, facts)?;
        if let Some(held) = self.post(&post.id) {
            return if *held == post { Ok(Vec::new()) } else { Err(PersonRefusal::PostExists(post.id.0)) };
        }
        self.stands_alone(&post)?;
        Ok(vec![PersonEvent::Appointed { post }])
    }

    pub(super) fn change_post(
        &self,
        post: Post,
        facts: &PersonFacts,
        context: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let held = self.held(&post.id)?;
        if held.unit != post.unit {
            return Err(PersonRefusal::OtherUnit);
        }
        let today = context.recorded_at.date();
        if let Some(ended) = held.to.filter(|to| *to < today)
            && post.holds_from(today)
        {
            return Err(PersonRefusal::Ended(ended));
        }
        let post = accepted(post, facts)?;
        if *held == post {
            return Ok(Vec::new());
        }
        self.stands_alone(&post)?;
        acted_within(&post, facts)?;
        if !(post.has(Role::Admin) && post.to.is_none() && post.holds_on(today)) {
            self.leaves_an_admin(&post.id, facts, today)?;
        }
        Ok(vec![PersonEvent::PostChanged { post }])
    }

    pub(super) fn end_post(
        &self,
        post: &PostId,
        to: Date,
        document: String,
        facts: &PersonFacts,
        context: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let held = self.held(post)?;
        if held.to == Some(to) {
            return Ok(Vec::new());
        }
        if to < held.from {
            return Err(PersonRefusal::Backwards { from: held.from, to });
        }
        let today = context.recorded_at.date();
        if let Some(ended) = held.to.filter(|ended| *ended < today && *ended < to) {
            return Err(PersonRefusal::Ended(ended));
        }
        acted_within(&Post { to: Some(to), ..held.clone() }, facts)?;
        self.leaves_an_admin(post, facts, today)?;
        Ok(vec![PersonEvent::PostEnded { post: post.clone(), to, document }])
    }

    pub(super) fn cancel_post(
        &self,
        post: &PostId,
        facts: &PersonFacts,
        context: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        self.held(post)?;
        if context.reason.trim().is_empty() {
            return Err(PersonRefusal::NoReason);
        }
        if let Some(last) = facts.last_act {
            return Err(PersonRefusal::ActsAfter(last));
        }
        let today = context.recorded_at.date();
        self.leaves_an_admin(post, facts, today)?;
        let given = self.delegations.iter().filter(|given| given.from_post == *post && given.holds_from(today));
        let given = given.map(|given| PersonEvent::DelegationEnded {
            delegation: given.id.clone(),
            on: today,
            document: String::new(),
        });
        Ok(given.chain([PersonEvent::PostCancelled { post: post.clone() }]).collect())
    }

    pub(super) fn held(&self, post: &PostId) -> Result<&Post, PersonRefusal> {
        self.post(post).ok_or_else(|| PersonRefusal::NoPost(post.0.clone()))
    }

    /// Nobody holds the same post twice at a time.
    fn stands_alone(&self, post: &Post) -> Result<(), PersonRefusal> {
        let same = |held: &&Post| held.id != post.id && held.unit == post.unit && held.title == post.title;
        match self.posts.iter().filter(same).find(|held| held.overlaps(post)) {
            Some(held) => Err(PersonRefusal::Overlap { title: held.title.clone(), from: held.from }),
            None => Ok(()),
        }
    }

    /// Refuses to take away the last post that runs the system.
    fn leaves_an_admin(&self, post: &PostId, facts: &PersonFacts, today: Date) -> Result<(), PersonRefusal> {
        let is_one = self.is_open() && self.is_admin_without(None, today);
        if is_one && facts.other_admins == 0 && !self.is_admin_without(Some(post), today) {
            return Err(PersonRefusal::LastAdmin);
        }
        Ok(())
    }
}

/// What was done in a post stays within its days.
fn acted_within(post: &Post, facts: &PersonFacts) -> Result<(), PersonRefusal> {
    match facts.last_act {
        Some(last) if !post.holds_on(last) => Err(PersonRefusal::ActsAfter(last)),
        _ => Ok(()),
    }
}

/// The post in one form, if it can be one.
fn accepted(mut post: Post, facts: &PersonFacts) -> Result<Post, PersonRefusal> {
    post.title = tidy(&post.title).into_owned();
    post.party_title = post.party_title.map(|title| tidy(&title).into_owned()).filter(|title| !title.is_empty());
    post.document = tidy(&post.document).into_owned();
    post.roles.sort_unstable();
    post.roles.dedup();
    post.fields.sort_unstable();
    post.fields.dedup();
    let too_long = |text: &str| text.chars().count() > LONGEST_TITLE;
    if post.id.0.is_empty() || post.title.is_empty() || too_long(&post.title) {
        return Err(PersonRefusal::Title);
    }
    if !post.capacity.belongs_to_post() {
        return Err(PersonRefusal::PostCapacity);
    }
    if !post.fields.is_empty() && !post.has(Role::Appraiser) {
        return Err(PersonRefusal::Fields);
    }
    if let Some(to) = post.to.filter(|to| *to < post.from) {
        return Err(PersonRefusal::Backwards { from: post.from, to });
    }
    in_a_unit(&post, facts)?;
    Ok(post)
}

fn in_a_unit(post: &Post, facts: &PersonFacts) -> Result<(), PersonRefusal> {
    if post.unit.is_empty() {
        return if post.roles == [Role::Admin] { Ok(()) } else { Err(PersonRefusal::NoUnit) };
    }
    let (unit, on) = (post.unit.clone(), post.from);
    match &facts.unit {
        UnitFact::Exists => Ok(()),
        UnitFact::Unknown => Err(PersonRefusal::UnknownUnit { unit, on }),
        UnitFact::Gone(successors) => Err(PersonRefusal::GoneUnit { unit, on, successors: successors.clone() }),
    }
}
