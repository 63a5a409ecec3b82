//! Who asks: the public, or a person with his posts and what was delegated to him.

use cchc_ledger::PersonId;
use jiff::civil::Date;

use crate::{Actions, Capacity, Delegation, Post};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Nobody in particular.
    Public,
    /// A person who logged in, or whose token was shown.
    Person(Principal),
}

/// A person, as far as access needs him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Who.
    pub person: PersonId,
    /// Whether his account is open.
    pub standing: Standing,
    /// His own posts, past and future ones too.
    pub posts: Vec<Post>,
    /// What others delegated to him, each with the giver's post.
    pub delegated: Vec<Delegated>,
    /// What the token in use is good for; [`Actions::All`] in a session.
    pub token: Actions,
}

/// Whether a person's account is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// He may log in.
    Open,
    /// He left: whatever his posts and delegations say, he has no more than the public.
    Closed,
}

/// A delegation with the post in which it lets one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegated {
    /// The delegation.
    pub delegation: Delegation,
    /// The giver's post, as it stands now.
    pub post: Post,
}

/// A post in which a person may act on a day: his own, or another's by delegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding<'a> {
    /// The post.
    pub post: &'a Post,
    /// By which delegation; `None` in his own post.
    pub delegation: Option<&'a Delegation>,
}

impl Viewer {
    /// The person, where there is one.
    #[must_use]
    pub const fn principal(&self) -> Option<&Principal> {
        match self {
            Self::Public => None,
            Self::Person(principal) => Some(principal),
        }
    }
}

impl Principal {
    /// A person in a session, without posts yet.
    #[must_use]
    pub fn new(person: PersonId) -> Self {
        Self { person, standing: Standing::Open, posts: Vec::new(), delegated: Vec::new(), token: Actions::All }
    }

    /// The posts in which he may act on that day: his own in the order of protocol, then others'.
    #[must_use]
    pub fn holdings(&self, on: Date) -> Vec<Holding<'_>> {
        if self.standing == Standing::Closed {
            return Vec::new();
        }
        let own = self.posts.iter().map(|post| Holding { post, delegation: None });
        let others = self.delegated.iter().filter(|given| given.delegation.holds_on(on));
        let others = others.map(|given| Holding { post: &given.post, delegation: Some(&given.delegation) });
        let mut holdings: Vec<Holding<'_>> = own.chain(others).filter(|holding| holding.post.holds_on(on)).collect();
        holdings.sort_by_key(|holding| (holding.delegation.is_some(), holding.post.order));
        holdings
    }
}

impl Holding<'_> {
    /// How one signs in it.
    #[must_use]
    pub fn capacity(&self) -> Capacity {
        self.delegation.map_or(self.post.capacity, |delegation| delegation.capacity)
    }
}
