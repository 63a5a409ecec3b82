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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Capacity;
    use crate::PersonCommand as C;
    use crate::person::testing::{Story, delegation};
    use crate::testing::post;

    fn officer() -> Post {
        post("p1", "H37.04", &[Role::UnitOfficer])
    }

    fn appoint(post: Post) -> C {
        C::Appoint { post }
    }

    fn end(to: Date) -> C {
        C::EndPost { post: "p1".into(), to, document: "07/QĐ-SNV".to_owned() }
    }

    #[test]
    fn a_post_is_given_once_and_in_one_form() {
        let mut story = Story::with(Vec::new());
        let untidy = Post {
            title: " Chuyên  viên".to_owned(),
            party_title: Some(" ".to_owned()),
            roles: vec![Role::UnitOfficer, Role::UnitOfficer],
            ..officer()
        };
        assert_eq!(story.ask(appoint(untidy)), Ok(vec!["appointed"]));
        assert_eq!(story.person.posts, [officer()]);
        assert_eq!(story.ask(appoint(officer())), Ok(vec![]));
        let other = Post { title: "Kế toán".to_owned(), ..officer() };
        assert_eq!(story.ask(appoint(other)), Err(PersonRefusal::PostExists("p1".to_owned())));
        let twice = Post { id: "p2".into(), from: date(2021, 6, 1), ..officer() };
        let overlap = PersonRefusal::Overlap { title: "Chuyên viên".to_owned(), from: date(2021, 1, 1) };
        assert_eq!(story.ask(appoint(twice.clone())), Err(overlap));
        let second = Post { title: "Phó Chánh Văn phòng".to_owned(), ..twice };
        assert_eq!(story.ask(appoint(second)), Ok(vec!["appointed"]));
    }

    #[test]
    fn what_can_be_no_post_is_refused() {
        let mut story = Story::with(Vec::new());
        let from = date(2021, 1, 1);
        let to = date(2020, 12, 31);
        for (wrong, refusal) in [
            (Post { title: " ".to_owned(), ..officer() }, PersonRefusal::Title),
            (Post { title: "a".repeat(201), ..officer() }, PersonRefusal::Title),
            (Post { id: "".into(), ..officer() }, PersonRefusal::Title),
            (Post { capacity: Capacity::Kt, ..officer() }, PersonRefusal::PostCapacity),
            (Post { fields: vec!["I".to_owned()], ..officer() }, PersonRefusal::Fields),
            (Post { to: Some(to), ..officer() }, PersonRefusal::Backwards { from, to }),
            (Post { unit: String::new(), ..officer() }, PersonRefusal::NoUnit),
        ] {
            assert_eq!(story.ask(appoint(wrong)), Err(refusal));
        }
        story.facts.unit = UnitFact::Unknown;
        let unit = "H37.04".to_owned();
        assert_eq!(story.ask(appoint(officer())), Err(PersonRefusal::UnknownUnit { unit, on: from }));
        story.facts.unit = UnitFact::Gone(vec![("H37.90".to_owned(), "Sở Nội vụ".to_owned())]);
        let gone = story.ask(appoint(officer())).unwrap_err();
        assert_eq!(gone.to_string(), "đơn vị H37.04 không còn vào ngày 01/01/2021; nay là Sở Nội vụ (H37.90)");
        assert!(story.ask(appoint(post("p1", "", &[Role::Admin]))).is_ok());
    }

    #[test]
    fn a_post_is_corrected_in_its_unit() {
        let mut story = Story::with(vec![officer()]);
        let change = |post| C::ChangePost { post };
        assert_eq!(story.ask(change(officer())), Ok(vec![]));
        let corrected = Post { title: "Chuyên viên chính".to_owned(), ..officer() };
        assert_eq!(story.ask(change(corrected.clone())), Ok(vec!["post-changed"]));
        assert_eq!(story.person.posts.first(), Some(&corrected));
        let moved = Post { unit: "H37.05".to_owned(), ..corrected.clone() };
        assert_eq!(story.ask(change(moved)), Err(PersonRefusal::OtherUnit));
        let none = Post { id: "p9".into(), ..corrected.clone() };
        assert_eq!(story.ask(change(none)), Err(PersonRefusal::NoPost("p9".to_owned())));
        story.facts.last_act = Some(date(2021, 3, 1));
        let later = Post { from: date(2021, 3, 2), ..corrected.clone() };
        assert_eq!(story.ask(change(later)), Err(PersonRefusal::ActsAfter(date(2021, 3, 1))));
        story.ask(end(date(2021, 10, 1))).unwrap();
        assert_eq!(story.ask(change(corrected)), Err(PersonRefusal::Ended(date(2021, 10, 1))));
    }

    #[test]
    fn a_post_ends_after_what_was_done_in_it_and_stays_ended() {
        let mut story = Story::with(vec![officer()]);
        let (from, to) = (date(2021, 1, 1), date(2020, 12, 31));
        assert_eq!(story.ask(end(to)), Err(PersonRefusal::Backwards { from, to }));
        story.facts.last_act = Some(date(2021, 10, 2));
        assert_eq!(story.ask(end(date(2021, 10, 1))), Err(PersonRefusal::ActsAfter(date(2021, 10, 2))));
        assert_eq!(story.ask(end(date(2021, 12, 31))), Ok(vec!["post-ended"]));
        assert_eq!(story.ask(end(date(2021, 10, 2))), Ok(vec!["post-ended"]));
        assert_eq!(story.person.posts[0].to, Some(date(2021, 10, 2)));
        assert_eq!(story.ask(end(date(2021, 10, 2))), Ok(vec![]));
        assert_eq!(story.ask(end(date(2021, 10, 3))), Err(PersonRefusal::Ended(date(2021, 10, 2))));
    }

    #[test]
    fn a_post_by_mistake_never_was() {
        let mut story = Story::with(vec![officer()]);
        story.ask(C::Delegate { delegation: delegation("u1", Capacity::Kt) }).unwrap();
        let cancel = C::CancelPost { post: "p1".into() };
        assert_eq!(story.ask(cancel.clone()), Err(PersonRefusal::NoReason));
        story.reason = "nhập nhầm người";
        story.facts.last_act = Some(date(2021, 3, 1));
        assert_eq!(story.ask(cancel.clone()), Err(PersonRefusal::ActsAfter(date(2021, 3, 1))));
        story.facts.last_act = None;
        assert_eq!(story.ask(cancel.clone()), Ok(vec!["delegation-ended", "post-cancelled"]));
        assert_eq!(story.person.posts, []);
        assert_eq!(story.ask(cancel), Err(PersonRefusal::NoPost("p1".to_owned())));
    }

    #[test]
    fn the_last_admin_is_not_taken_away() {
        let admin = post("p1", "", &[Role::Admin]);
        let mut story = Story::with(vec![admin.clone()]);
        story.facts.other_admins = 0;
        story.reason = "nhập nhầm";
        let less = Post { unit: String::new(), to: Some(date(2022, 1, 1)), ..admin.clone() };
        for taken in [end(date(2021, 12, 31)), C::CancelPost { post: "p1".into() }, C::ChangePost { post: less }] {
            assert_eq!(story.ask(taken), Err(PersonRefusal::LastAdmin));
        }
        let renamed = Post { title: "Quản trị viên".to_owned(), ..admin.clone() };
        assert_eq!(story.ask(C::ChangePost { post: renamed }), Ok(vec!["post-changed"]));
        story.ask(appoint(Post { id: "p2".into(), ..admin })).unwrap();
        assert_eq!(story.ask(end(date(2021, 12, 31))), Ok(vec!["post-ended"]));
    }
}
