//! People: how a [`Person`] is kept, the read tables `persons`, `posts`, `post_roles`, `delegations`.
//!
//! | file | has |
//! |---|---|
//! | `facts.rs` | what a command must know of the world |
//! | `project.rs` | the read tables |
//! | `rows.rs` | rows as posts, delegations, persons |
//! | `principal.rs` | who asks, on each request |
//! | `find.rs`, `list.rs` | reading |
//! | `follow.rs` | what follows from an event |
//! | `handover.rs`, `departure.rs` | the jobs that move work and end delegations |
//! | `first.rs` | the first admin |

mod departure;
mod facts;
mod find;
mod first;
mod follow;
mod handover;
mod list;
mod principal;
mod project;
pub(crate) mod rows;
mod simulated;

use cchc_access::{Person, PersonCommand, PersonEvent, PersonFacts};
use cchc_ledger::{Aggregate, Context, Envelope, Hash, PersonId, StoredEvent, StreamId};

use crate::conn::Conn;
use crate::error::DbError;
use crate::kept::{Claim, ClaimAct, FollowUp, Kept};

pub use departure::END_DELEGATIONS;
pub use find::{ContactRow, DelegationRow, PersonRow, PostRow};
pub use first::FirstAdmin;
pub use follow::{NOTIFY, Notice};
pub use handover::{HANDOVER, WorkItem};
pub use list::{Held, PersonCursor, PersonFilter, PersonPage};
pub use simulated::SimulatedRow;

/// The stream of a person.
///
/// # Errors
/// Where the id can't stand in the name of a stream.
pub fn stream(person: &PersonId) -> Result<StreamId, DbError> {
    StreamId::new(Person::KIND, person.as_str()).map_err(|error| DbError::Refused(error.to_string()))
}

impl Kept for Person {
    async fn facts(
        conn: &mut Conn<'_>,
        stream: &StreamId,
        command: &PersonCommand,
        context: &Context,
    ) -> Result<PersonFacts, DbError> {
        facts::load(conn, stream, command, context).await
    }

    fn relies_on(_: &StreamId, command: &PersonCommand) -> Vec<StreamId> {
        command.asks().receiver.into_iter().filter_map(|person| stream(person).ok()).collect()
    }

    /// A login is never given to anybody else; a post has its name among the posts of all persons.
    fn claims(event: &PersonEvent) -> Vec<Claim> {
        let claim = |kind, key: &str, act| vec![Claim { kind, key: key.to_owned(), act }];
        match event {
            PersonEvent::AccountOpened { login } => claim("login", login, ClaimAct::Take),
            PersonEvent::Appointed { post } => claim("post", post.id.as_str(), ClaimAct::Take),
            PersonEvent::PostCancelled { post } => claim("post", post.as_str(), ClaimAct::Release),
            _ => Vec::new(),
        }
    }

    async fn project(
        &self,
        conn: &mut Conn<'_>,
        stored: &StoredEvent<'_, PersonEvent>,
        _: &Hash,
    ) -> Result<(), DbError> {
        project::project(self, conn, stored).await
    }

    fn follow_ups(&self, envelope: &Envelope, event: &PersonEvent) -> Vec<FollowUp> {
        follow::follow_ups(self, envelope, event)
    }
}
