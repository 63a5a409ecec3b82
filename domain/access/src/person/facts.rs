//! What a person's commands must know of the world; the store loads it in the transaction.

use cchc_ledger::PersonId;
use jiff::civil::Date;

use super::{Person, PersonCommand};
use crate::{Post, PostId};

/// What is known of the world. What a command does not ask for stays at its default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFacts {
    /// The unit of the post, on the post's first day.
    pub unit: UnitFact,
    /// How many other persons have an open account and, today, a post without end that runs the system.
    pub other_admins: u32,
    /// The other person, where there is one.
    pub receiver: Option<Receiver>,
    /// How many open items the post has.
    pub items: u32,
    /// The day on which something was last done in the post.
    pub last_act: Option<Date>,
}

/// What is known of a unit on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum UnitFact {
    /// It is there.
    Exists,
    /// It is no more: codes and names of its successors.
    Gone(Vec<(String, String)>),
    /// There is no such code.
    #[default]
    Unknown,
}

/// Another person, as far as he must be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// Họ và tên.
    pub name: String,
    /// Whether his account is open.
    pub open: bool,
    /// His posts.
    pub posts: Vec<Post>,
}

/// What a command asks of the world.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asks<'a> {
    /// Code of a unit and the day.
    pub unit: Option<(&'a str, Date)>,
    /// Other admins.
    pub admins: bool,
    /// Another person.
    pub receiver: Option<&'a PersonId>,
    /// Open items of a post.
    pub items: Option<&'a PostId>,
    /// The last act in a post.
    pub last_act: Option<&'a PostId>,
}

impl PersonCommand {
    /// What it asks of the world: what the store has to load.
    #[must_use]
    pub fn asks(&self) -> Asks<'_> {
        let nothing = Asks::default();
        match self {
            Self::Appoint { post } => Asks { unit: Some((&post.unit, post.from)), ..nothing },
            Self::ChangePost { post } => {
                Asks { unit: Some((&post.unit, post.from)), admins: true, last_act: Some(&post.id), ..nothing }
            }
            Self::EndPost { post, .. } | Self::CancelPost { post } => {
                Asks { admins: true, last_act: Some(post), ..nothing }
            }
            Self::CloseAccount { .. } => Asks { admins: true, ..nothing },
            Self::Delegate { delegation } => Asks { receiver: Some(&delegation.to_person), ..nothing },
            Self::HandOver { post, to_person, .. } => Asks { receiver: Some(to_person), items: Some(post), ..nothing },
            Self::Register { .. }
            | Self::Rename { .. }
            | Self::SetContact { .. }
            | Self::OpenAccount { .. }
            | Self::RecordPasswordChange { .. }
            | Self::EndDelegation { .. } => nothing,
        }
    }
}

impl From<&Person> for Receiver {
    fn from(person: &Person) -> Self {
        Self { name: person.name.clone(), open: person.is_open(), posts: person.posts.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::testing::{Story, delegation, register};
    use crate::testing::post;
    use crate::{Capacity, Role};

    #[test]
    fn a_command_asks_for_what_it_decides_on() {
        let held = post("p1", "H37.04", &[Role::UnitOfficer]);
        let appoint = PersonCommand::Appoint { post: held.clone() };
        assert_eq!(appoint.asks().unit, Some(("H37.04", held.from)));
        let cancel = PersonCommand::CancelPost { post: "p1".into() };
        assert_eq!((cancel.asks().admins, cancel.asks().last_act), (true, Some(&held.id)));
        let give = PersonCommand::Delegate { delegation: delegation("u1", Capacity::Kt) };
        assert_eq!(give.asks().receiver, Some(&PersonId::from("b")));
        assert_eq!(register(None).asks(), Asks::default());
    }

    #[test]
    fn another_person_is_seen_as_he_is() {
        let story = Story::with(vec![post("p1", "H37.04", &[])]);
        let seen = Receiver::from(&story.person);
        assert!(seen.open);
        assert_eq!(seen.posts, story.person.posts);
    }
}
