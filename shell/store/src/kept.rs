//! What an aggregate adds to be kept: the facts it asks for, the read tables it fills, what follows.

use std::future::Future;

use cchc_ledger::{Aggregate, Context, Envelope, Hash, StoredEvent, StreamId};

use crate::conn::Conn;
use crate::error::DbError;

/// An aggregate that the store keeps.
pub trait Kept: Aggregate {
    /// Loads the facts, inside the transaction, again on each retry.
    fn facts(
        conn: &mut Conn<'_>,
        stream: &StreamId,
        command: &Self::Command,
        context: &Context,
    ) -> impl Future<Output = Result<Self::Facts, DbError>> + Send;

    /// The streams whose heads must stand still while this is decided (PostgreSQL; on SQLite nothing else moves).
    fn relies_on(_stream: &StreamId, _command: &Self::Command) -> Vec<StreamId> {
        Vec::new()
    }

    /// Names that nobody else may hold.
    fn claims(_event: &Self::Event) -> Vec<Claim> {
        Vec::new()
    }

    /// Brings the read tables up to date; must depend on its arguments and the tables of this stream alone.
    fn project(
        &self,
        conn: &mut Conn<'_>,
        stored: &StoredEvent<'_, Self::Event>,
        hash: &Hash,
    ) -> impl Future<Output = Result<(), DbError>> + Send;

    /// What is to be done elsewhere because of this.
    fn follow_ups(&self, _envelope: &Envelope, _event: &Self::Event) -> Vec<FollowUp> {
        Vec::new()
    }
}

/// A name taken or given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Kind of name: `login`.
    pub kind: &'static str,
    /// The name.
    pub key: String,
    /// Taken, or given back.
    pub act: ClaimAct,
}

/// What happens to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimAct {
    /// From now on it is this stream's.
    Take,
    /// From now on it is free.
    Release,
}

/// Something to be done later, at least once; its handler is idempotent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// Which handler.
    pub kind: &'static str,
    /// On what: with the cause it makes the job's id.
    pub target: String,
    /// What the handler needs, as JSON.
    pub payload: Vec<u8>,
}
