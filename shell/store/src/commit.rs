//! The one way to write: `store.commit::<A>(stream, command, context)`.

use cchc_ledger::{Context, Hash, Moment, StreamId};

use crate::error::{CommitError, DbError};
use crate::kept::Kept;
use crate::store::{Engine, Store};
use crate::{group, serial};

/// What a command became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The stream.
    pub stream: StreamId,
    /// Its head after the command.
    pub version: u64,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// The hashes of the events, in order; empty where what was asked for already was.
    pub hashes: Vec<Hash>,
    /// Whether this request had been carried out before; this is the answer of that time.
    pub repeated: bool,
}

/// A command with all that belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Asked<A: Kept> {
    pub stream: StreamId,
    pub command: A::Command,
    pub context: Context,
    /// Hash of stream and command: what makes a repeated request the same.
    pub hash: Hash,
}

impl Committed {
    pub(crate) fn nothing<A: Kept>(asked: &Asked<A>, version: u64) -> Self {
        let (stream, recorded_at) = (asked.stream.clone(), asked.context.recorded_at);
        Self { stream, version, recorded_at, hashes: Vec::new(), repeated: false }
    }
}

impl Store {
    /// Carries out a command: durable when it answers `Ok`, done once however often it is sent.
    ///
    /// # Errors
    /// [`CommitError`]: refused with nothing written, or [`CommitError::Unknown`], after which the same
    /// request may be sent again.
    pub async fn commit<A: Kept>(
        &self,
        stream: &StreamId,
        command: A::Command,
        context: Context,
    ) -> Result<Committed, CommitError<A::Refusal>> {
        if let Some(why) = self.read_only() {
            return Err(CommitError::ReadOnly(why));
        }
        let text = serde_json::to_vec(&command).map_err(|error| CommitError::Unknown(error.to_string()))?;
        let hash = Hash::of_parts("cchc ledger request 1", &[stream.as_str().as_bytes(), &text]);
        let asked = Asked { stream: stream.clone(), command, context, hash };
        let result = match &self.inner.engine {
            Engine::Sqlite { writer, .. } => group::commit::<A>(writer, asked).await,
            Engine::Postgres { pool } => serial::commit::<A>(self, pool, asked).await,
        };
        if let Err(CommitError::Disk(why)) = &result {
            self.inner.health.note_disk(why);
        } else if result.is_ok() {
            self.inner.health.note_written();
        }
        result
    }

    /// The state of a stream as it stands, with the number of its events.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn peek<A: Kept>(&self, stream: &StreamId) -> Result<(A, u64), DbError> {
        let mut reader = self.reader().await?;
        let loaded = crate::append::peek::<A>(&mut reader.conn(), stream).await?;
        Ok((loaded.state, loaded.version))
    }
}

/// What a failure with the database means for the caller.
pub(crate) fn unknown<R: std::error::Error>(error: &DbError) -> CommitError<R> {
    if error.is_disk() { CommitError::Disk(error.to_string()) } else { CommitError::Unknown(error.to_string()) }
}
