//! What is stored of an event beside its payload.

use serde::{Deserialize, Serialize};

use crate::{Actor, Hash, Moment, StreamId};

/// Everything about an event but its payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The stream.
    pub stream: StreamId,
    /// Its number in the stream, from 1.
    pub version: u64,
    /// Name of the event: `appointed`.
    pub name: String,
    /// Version of the written form of the payload.
    pub form: u16,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// When it happened.
    pub happened_at: Moment,
    /// Who acted, in which post.
    pub actor: Actor,
    /// Why; empty where no reason was given.
    pub reason: String,
    /// The request that asked for it.
    pub request: String,
    /// Hash of what was asked for: the stream and the command.
    pub asked: Hash,
    /// Which event of its command it is, from 0.
    pub ordinal: u32,
    /// The event that set this off, where one did.
    pub cause: Option<Hash>,
    /// Hash of the event before it in the stream; zero at the first.
    pub previous: Hash,
}

impl Envelope {
    /// Whether it was entered later than it happened ("nhập bù").
    #[must_use]
    pub fn entered_late(&self) -> bool {
        self.happened_at < self.recorded_at
    }
}
