//! Handover: all open work of a post goes to another's post, in one act.

use cchc_ledger::{Context, PersonId};

use super::{Person, PersonEvent, PersonFacts, PersonRefusal};
use crate::PostId;

impl Person {
    /// The giver's post may have ended: handing over after the last day is the usual case.
    pub(super) fn hand_over(
        &self,
        post: &PostId,
        to_person: PersonId,
        to_post: PostId,
        document: String,
        facts: &PersonFacts,
        context: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        self.held(post)?;
        if to_post == *post {
            return Err(PersonRefusal::Oneself);
        }
        let on = context.happened().date();
        let receiver = facts.receiver.as_ref().filter(|receiver| receiver.open).ok_or(PersonRefusal::NoReceiver)?;
        if !receiver.posts.iter().any(|held| held.id == to_post && held.holds_on(on)) {
            return Err(PersonRefusal::NotTheirPost { post: to_post.0, on });
        }
        if facts.items == 0 {
            return Err(PersonRefusal::NothingOpen);
        }
        Ok(vec![PersonEvent::HandedOver { post: post.clone(), to_person, to_post, items: facts.items, document }])
    }
}
