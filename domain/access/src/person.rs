//! A person: name, posts, what he delegated, account. Stream `person/<id>`.
//!
//! | file | has |
//! |---|---|
//! | `command.rs` | what can be asked |
//! | `event.rs` | what can happen |
//! | `facts.rs` | what must be known of the world |
//! | `refusal.rs` | why not |
//! | `identity.rs`, `account.rs`, `holding.rs`, `delegating.rs`, `handover.rs` | how each is decided |

mod account;
mod command;
mod delegating;
mod event;
mod facts;
mod handover;
mod holding;
mod identity;
mod refusal;
#[cfg(test)]
mod testing;

use cchc_ledger::{Aggregate, Context, Moment, PersonId, StoredEvent};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Delegation, DelegationId, Post, PostId, Role};

pub use command::PersonCommand;
pub use event::PersonEvent;
pub use facts::{Asks, PersonFacts, Receiver, UnitFact};
pub use identity::{Contact, PasswordChange};
pub use refusal::PersonRefusal;

/// How much later than it happened an act on posts may be entered, in seconds: thirty days.
const LATE_SECONDS: i64 = 30 * 24 * 3600;

/// A person as his events left him.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who he is: the key of the stream; `None` before he was entered.
    pub id: Option<PersonId>,
    /// Họ và tên.
    pub name: String,
    /// Telephone and address, sealed.
    pub contact: Contact,
    /// Whether he is invented ("mô phỏng").
    pub simulated: bool,
    /// His account.
    pub account: Account,
    /// When his password was last changed.
    pub password_changed: Option<Moment>,
    /// His posts, past and future ones too, in the order in which they were entered.
    pub posts: Vec<Post>,
    /// What he delegated, past and future too.
    pub delegations: Vec<Delegation>,
}

/// A person's account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Account {
    /// He never had one.
    #[default]
    None,
    /// He may log in under this login.
    Open(String),
    /// He may not; nobody else gets the login.
    Closed(String),
}

impl Person {
    /// A post of his.
    #[must_use]
    pub fn post(&self, id: &PostId) -> Option<&Post> {
        self.posts.iter().find(|post| post.id == *id)
    }

    /// A delegation that he gave.
    #[must_use]
    pub fn delegation(&self, id: &DelegationId) -> Option<&Delegation> {
        self.delegations.iter().find(|delegation| delegation.id == *id)
    }

    /// Whether his account is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.account, Account::Open(_))
    }

    /// Whether, apart from one post, he runs the system from that day on without an end in sight.
    fn is_admin_without(&self, post: Option<&PostId>, on: Date) -> bool {
        let others = self.posts.iter().filter(|other| Some(&other.id) != post);
        others.into_iter().any(|other| other.has(Role::Admin) && other.to.is_none() && other.holds_on(on))
    }

    fn registered(&self) -> Result<&PersonId, PersonRefusal> {
        self.id.as_ref().ok_or(PersonRefusal::Missing)
    }
}

impl Aggregate for Person {
    const KIND: &'static str = "person";
    const STATE_VERSION: u16 = 1;
    type Command = PersonCommand;
    type Event = PersonEvent;
    type Facts = PersonFacts;
    type Refusal = PersonRefusal;

    fn decide(
        &self,
        command: PersonCommand,
        facts: &PersonFacts,
        context: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        use PersonCommand as C;
        if let C::Register { name, login, contact, simulated } = command {
            return self.register(&name, login.as_deref(), contact, simulated);
        }
        self.registered()?;
        match command {
            C::Register { .. } => Err(PersonRefusal::Exists),
            C::Rename { name } => self.rename(&name),
            C::SetContact { contact } => Ok(self.set_contact(contact)),
            C::OpenAccount { login } => self.open_account(&login),
            C::CloseAccount { document } => self.close_account(document, facts, context),
            C::RecordPasswordChange { how } => self.record_password_change(how),
            C::Appoint { post } => self.appoint(post, facts),
            C::ChangePost { post } => self.change_post(post, facts, context),
            C::EndPost { post, to, document } => self.end_post(&post, to, document, facts, context),
            C::CancelPost { post } => self.cancel_post(&post, facts, context),
            C::Delegate { delegation } => self.delegate(delegation, facts, context),
            C::EndDelegation { delegation, on, document } => self.end_delegation(delegation, on, document, context),
            C::HandOver { post, to_person, to_post, document } => {
                self.hand_over(&post, to_person, to_post, document, facts, context)
            }
        }
    }

    fn apply(&mut self, stored: &StoredEvent<'_, PersonEvent>) {
        use PersonEvent as E;
        match stored.event {
            E::Registered { name, contact, simulated } => {
                self.id = Some(PersonId::from(stored.envelope.stream.key()));
                self.name.clone_from(name);
                self.contact = contact.clone();
                self.simulated = *simulated;
            }
            E::Renamed { name } => self.name.clone_from(name),
            E::ContactSet { contact } => self.contact = contact.clone(),
            E::AccountOpened { login } => self.account = Account::Open(login.clone()),
            E::AccountClosed { login, .. } => self.account = Account::Closed(login.clone()),
            E::PasswordChanged { .. } => self.password_changed = Some(stored.envelope.recorded_at),
            E::Appointed { post } => self.posts.push(post.clone()),
            E::PostChanged { post } => {
                self.posts.iter_mut().filter(|held| held.id == post.id).for_each(|held| held.clone_from(post));
            }
            E::PostEnded { post, to, .. } => {
                self.posts.iter_mut().filter(|held| held.id == *post).for_each(|held| held.to = Some(*to));
            }
            E::PostCancelled { post } => self.posts.retain(|held| held.id != *post),
            E::Delegated { delegation } => self.delegations.push(delegation.clone()),
            E::DelegationEnded { delegation, on, .. } => {
                let ended = self.delegations.iter_mut().filter(|given| given.id == *delegation);
                ended.for_each(|given| given.ended = Some(*on));
            }
            // The work lies with its own streams; what was handed over is said here.
            E::HandedOver { .. } => {}
        }
    }

    fn earliest(command: &PersonCommand, recorded: Moment) -> Moment {
        use PersonCommand as C;
        match command {
            C::Appoint { .. }
            | C::EndPost { .. }
            | C::Delegate { .. }
            | C::EndDelegation { .. }
            | C::HandOver { .. } => recorded.plus_seconds(-LATE_SECONDS),
            _ => recorded,
        }
    }
}
