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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::PersonCommand as C;
    use crate::Role;
    use crate::person::testing::Story;
    use crate::testing::post;

    fn hand_over(to_post: &str) -> C {
        let document = "01/BB-BG".to_owned();
        C::HandOver { post: "p1".into(), to_person: "b".into(), to_post: to_post.into(), document }
    }

    #[test]
    fn all_open_work_goes_over_in_one_act_after_the_last_day_too() {
        let mut story = Story::with(vec![post("p1", "H37.04", &[Role::UnitOfficer])]);
        let to = date(2021, 10, 1);
        story.ask(C::EndPost { post: "p1".into(), to, document: String::new() }).unwrap();
        let before = story.person.clone();
        assert_eq!(story.ask(hand_over("q1")), Ok(vec!["handed-over"]));
        assert_eq!(story.person, before);
    }

    #[test]
    fn it_goes_to_somebody_who_holds_that_post() {
        let mut story = Story::with(vec![post("p1", "H37.04", &[Role::UnitOfficer])]);
        let other = PersonRefusal::NotTheirPost { post: "q9".to_owned(), on: story.day };
        assert_eq!(story.ask(hand_over("q9")), Err(other));
        assert_eq!(story.ask(hand_over("p1")), Err(PersonRefusal::Oneself));
        story.facts.items = 0;
        assert_eq!(story.ask(hand_over("q1")), Err(PersonRefusal::NothingOpen));
        story.facts.receiver = None;
        assert_eq!(story.ask(hand_over("q1")), Err(PersonRefusal::NoReceiver));
        let nobody = &mut Story::with(Vec::new());
        assert_eq!(nobody.ask(hand_over("q1")), Err(PersonRefusal::NoPost("p1".to_owned())));
    }
}
