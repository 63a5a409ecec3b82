//! Every kind of stream that the store keeps, so that stored events can be replayed without knowing their type.

use std::collections::{BTreeMap, BTreeSet};

use cchc_access::Person;
use cchc_index::{Round, Sheet, Thread};
use cchc_ledger::StoredEvent;
use cchc_ledger::draft::Draft;
use cchc_ledger::rule::Rule;
use futures_util::future::BoxFuture;

use crate::append::read_event;
use crate::conn::Conn;
use crate::error::DbError;
use crate::kept::{ClaimAct, Kept};
use crate::stored::StoredRow;

/// One stream in the middle of being replayed.
pub trait Replaying: Send + Sync {
    /// Form of the saved state, today.
    fn state_version(&self) -> u16;

    /// Takes the next event in.
    ///
    /// # Errors
    /// [`DbError::Unreadable`] where today's program can't read it.
    fn take(&mut self, stored: &StoredRow) -> Result<(), DbError>;

    /// Takes the next event in and brings the read tables behind `conn` up to date.
    ///
    /// # Errors
    /// As [`Replaying::take`], and what the engine says.
    fn project<'a>(&'a mut self, conn: &'a mut Conn<'_>, stored: &'a StoredRow) -> BoxFuture<'a, Result<(), DbError>>;

    /// The state as it is saved.
    ///
    /// # Errors
    /// What serde says of a state that can't be written.
    fn state(&self) -> Result<Vec<u8>, DbError>;

    /// The names that the stream holds now: kind and key.
    fn held(&self) -> &BTreeSet<(String, String)>;
}

/// The kinds of streams.
#[derive(Clone, Default)]
pub struct Kinds {
    begin: BTreeMap<&'static str, fn() -> Box<dyn Replaying>>,
}

impl Kinds {
    /// Every kind that the program keeps.
    #[must_use]
    pub fn all() -> Self {
        Self::default().with::<Rule>().with::<Draft>().with::<Person>().with::<Round>().with::<Sheet>().with::<Thread>()
    }

    /// The same with one more kind.
    #[must_use]
    pub fn with<A: Kept>(mut self) -> Self {
        self.begin.insert(A::KIND, || Box::new(Of::<A> { state: A::default(), held: BTreeSet::new() }));
        self
    }

    /// An empty stream of that kind; `None` where the program knows no such kind.
    #[must_use]
    pub fn begin(&self, kind: &str) -> Option<Box<dyn Replaying>> {
        self.begin.get(kind).map(|begin| begin())
    }

    /// Their names, in order.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.begin.keys().copied()
    }
}

struct Of<A> {
    state: A,
    held: BTreeSet<(String, String)>,
}

impl<A: Kept> Of<A> {
    fn apply(&mut self, stored: &StoredRow) -> Result<A::Event, DbError> {
        let event = read_event::<A>(stored)?;
        for claim in A::claims(&event) {
            let name = (claim.kind.to_owned(), claim.key);
            match claim.act {
                ClaimAct::Take => self.held.insert(name),
                ClaimAct::Release => self.held.remove(&name),
            };
        }
        self.state.apply(&StoredEvent { envelope: &stored.envelope, event: &event });
        Ok(event)
    }
}

impl<A: Kept> Replaying for Of<A> {
    fn state_version(&self) -> u16 {
        A::STATE_VERSION
    }

    fn take(&mut self, stored: &StoredRow) -> Result<(), DbError> {
        self.apply(stored).map(|_| ())
    }

    fn project<'a>(&'a mut self, conn: &'a mut Conn<'_>, stored: &'a StoredRow) -> BoxFuture<'a, Result<(), DbError>> {
        Box::pin(async move {
            let event = self.apply(stored)?;
            let event = StoredEvent { envelope: &stored.envelope, event: &event };
            self.state.project(conn, &event, &stored.hash).await
        })
    }

    fn state(&self) -> Result<Vec<u8>, DbError> {
        serde_json::to_vec(&self.state).map_err(|error| DbError::Unreadable(error.to_string()))
    }

    fn held(&self) -> &BTreeSet<(String, String)> {
        &self.held
    }
}
