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
