//! Whether one may log in.

use cchc_ledger::Context;

use super::{Account, Person, PersonEvent, PersonFacts, PersonRefusal};
use crate::Login;

impl Person {
    pub(super) fn open_account(&self, login: &str) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let login = String::from(login.parse::<Login>()?);
        if self.account == Account::Open(login.clone()) {
            return Ok(Vec::new());
        }
        Ok(vec![PersonEvent::AccountOpened { login }])
    }

    /// Ends everything at once. A post's last day is today; that he has no access from this second on
    /// follows from the closed account, not from the post.
    pub(super) fn close_account(
        &self,
        document: String,
        facts: &PersonFacts,
        context: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let today = context.recorded_at.date();
        let open_posts = self.posts.iter().filter(|post| post.to.is_none_or(|to| today < to));
        let events: Vec<PersonEvent> = open_posts
            .map(|post| match post.from <= today {
                true => PersonEvent::PostEnded { post: post.id.clone(), to: today, document: document.clone() },
                false => PersonEvent::PostCancelled { post: post.id.clone() },
            })
            .collect();
        let login = match &self.account {
            Account::Open(login) => login.clone(),
            Account::None | Account::Closed(_) if events.is_empty() => return Ok(events),
            Account::None => String::new(),
            Account::Closed(login) => login.clone(),
        };
        if document.trim().is_empty() && context.reason.trim().is_empty() {
            return Err(PersonRefusal::NoReason);
        }
        if facts.other_admins == 0 && self.is_open() && self.is_admin_without(None, today) {
            return Err(PersonRefusal::LastAdmin);
        }
        let given = self.delegations.iter().filter(|given| given.holds_from(today));
        let given = given.map(|given| PersonEvent::DelegationEnded {
            delegation: given.id.clone(),
            on: today,
            document: document.clone(),
        });
        Ok(events
            .into_iter()
            .chain(given)
            .chain([PersonEvent::AccountClosed { login, document: document.clone() }])
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::PersonCommand as C;
    use crate::person::testing::{Story, delegation};
    use crate::testing::post;
    use crate::{Capacity, Post, Role};

    fn close() -> C {
        C::CloseAccount { document: "99/QĐ-SNV".to_owned() }
    }

    #[test]
    fn an_account_opens_again_and_under_another_login() {
        let mut story = Story::with(Vec::new());
        let open = |login: &str| C::OpenAccount { login: login.to_owned() };
        assert_eq!(story.ask(open("an.nguyen-van")), Ok(vec![]));
        assert_eq!(story.ask(open("an.nguyen")), Ok(vec!["account-opened"]));
        assert_eq!(story.person.account, Account::Open("an.nguyen".to_owned()));
        assert!(matches!(story.ask(open("An")), Err(PersonRefusal::Login(_))));
        assert_eq!(story.ask(close()), Ok(vec!["account-closed"]));
        assert_eq!(story.person.account, Account::Closed("an.nguyen".to_owned()));
        assert_eq!(story.ask(open("an.nguyen")), Ok(vec!["account-opened"]));
    }

    #[test]
    fn leaving_ends_posts_and_delegations_that_day() {
        let next = Post { from: date(2022, 1, 1), ..post("p2", "H37.05", &[]) };
        let over = Post { to: Some(date(2021, 6, 30)), ..post("p3", "H37.06", &[]) };
        let mut story = Story::with(vec![post("p1", "H37.04", &[Role::UnitHead]), next, over]);
        story.ask(C::Delegate { delegation: delegation("u1", Capacity::Kt) }).unwrap();
        story.day = date(2021, 10, 20);
        assert_eq!(story.ask(close()), Ok(vec!["post-ended", "post-cancelled", "delegation-ended", "account-closed"]));
        let ends: Vec<_> = story.person.posts.iter().map(|post| post.to).collect();
        assert_eq!(ends, [Some(date(2021, 10, 20)), Some(date(2021, 6, 30))]);
        assert!(!story.person.delegations[0].holds_on(date(2021, 10, 20)));
        assert_eq!(story.ask(close()), Ok(vec![]));
    }

    #[test]
    fn leaving_has_a_reason_and_the_last_admin_stays() {
        let mut story = Story::with(vec![post("p1", "", &[Role::Admin])]);
        let unsaid = C::CloseAccount { document: " ".to_owned() };
        assert_eq!(story.ask(unsaid.clone()), Err(PersonRefusal::NoReason));
        story.reason = "nghỉ hưu";
        story.facts.other_admins = 0;
        assert_eq!(story.ask(unsaid.clone()), Err(PersonRefusal::LastAdmin));
        story.facts.other_admins = 1;
        assert_eq!(story.ask(unsaid), Ok(vec!["post-ended", "account-closed"]));
    }
}
