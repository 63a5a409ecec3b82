//! Who acts, in which post, why, and when.

use serde::{Deserialize, Serialize};

use crate::{Hash, Moment, RequestId};

/// Who acts: a person in a post, or the program itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// Key of the person's stream; `system` for the program itself.
    pub person: String,
    /// The post in which he acts; empty where he acts for himself alone.
    pub post: String,
    /// Code of the unit for which he acts; empty where none.
    pub unit: String,
    /// The capacity in which he signs (`TM`, `KT`, `TL`, `TUQ`, `Q`); empty where he signs as himself.
    pub capacity: String,
}

impl Actor {
    /// The person that is no person: first start, migrations, follow-ups without a person behind them.
    pub const SYSTEM: &'static str = "system";

    /// The program itself.
    #[must_use]
    pub fn system() -> Self {
        Self::person(Self::SYSTEM)
    }

    /// A person acting for himself.
    #[must_use]
    pub fn person(person: impl Into<String>) -> Self {
        Self { person: person.into(), post: String::new(), unit: String::new(), capacity: String::new() }
    }
}

/// What surrounds a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Who acts.
    pub actor: Actor,
    /// What the client calls this request; the same id again is the same request.
    pub request: RequestId,
    /// Why, in the actor's words; empty where none was asked for.
    pub reason: String,
    /// When it is recorded: the server's clock, never before the event before it. The store sets it.
    pub recorded_at: Moment,
    /// When it happened, where that was earlier ("nhập bù").
    pub happened_at: Option<Moment>,
    /// The event that set this off, where one did.
    pub cause: Option<Hash>,
}

impl Context {
    /// A command of that actor under that request id; the store sets the time.
    #[must_use]
    pub fn new(actor: Actor, request: RequestId) -> Self {
        Self { actor, request, reason: String::new(), recorded_at: Moment(0), happened_at: None, cause: None }
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }

    /// The same, set off by an event.
    #[must_use]
    pub fn caused_by(mut self, cause: Hash) -> Self {
        self.cause = Some(cause);
        self
    }

    /// The same, having happened at an earlier moment.
    #[must_use]
    pub fn happened_at(mut self, moment: Moment) -> Self {
        self.happened_at = Some(moment);
        self
    }

    /// When it happened.
    #[must_use]
    pub fn happened(&self) -> Moment {
        self.happened_at.unwrap_or(self.recorded_at)
    }
}
