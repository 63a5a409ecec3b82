//! The one shape of a thing that decides: commands in, events or a refusal out.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Context, Envelope, Moment};

/// A thing whose state is the sum of its events.
///
/// Deciding is a pure function of state, command, facts and context; the store loads the facts inside
/// the transaction, and again on each retry. What was used stands in the events.
pub trait Aggregate: Default + Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name, the first part of every stream: `person`, `rule`.
    const KIND: &'static str;
    /// Form of the saved state; a saved state of another version is thrown away and the events are replayed.
    const STATE_VERSION: u16;
    /// What can be asked of it.
    type Command: Serialize + Clone + Send + Sync + 'static;
    /// What can happen to it.
    type Event: Event;
    /// What it must know of the world.
    type Facts: Send;
    /// Why a command was refused: which rule, and its legal basis. All text is Vietnamese.
    type Refusal: std::error::Error + Send + Sync + 'static;

    /// Decides; no event at all means that the command asks for what already is.
    ///
    /// # Errors
    /// The refusal, in the user's words.
    fn decide(
        &self,
        command: Self::Command,
        facts: &Self::Facts,
        context: &Context,
    ) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// Takes an event in; can't fail.
    fn apply(&mut self, event: &StoredEvent<'_, Self::Event>);

    /// The earliest moment at which the command may have happened when it is recorded at `recorded`.
    /// Most commands happen when they are recorded.
    fn earliest(_command: &Self::Command, recorded: Moment) -> Moment {
        recorded
    }
}

/// What happened, as it is written: serialised once, kept as bytes.
///
/// A released variant never changes its meaning: a new field has a default; anything else is a new
/// variant, and [`Event::upcast`] turns the old one into it.
pub trait Event: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Version of the written form, stored beside the payload.
    const VERSION: u16;

    /// Name of the variant, as in the payload: `appointed`.
    fn name(&self) -> &'static str;

    /// Brings a payload of an older version into today's form.
    fn upcast(_version: u16, payload: Value) -> Value {
        payload
    }
}

/// An event with its envelope, as it is applied, projected and shown.
#[derive(Debug, Clone, Copy)]
pub struct StoredEvent<'a, E> {
    /// Who, when, where.
    pub envelope: &'a Envelope,
    /// What.
    pub event: &'a E,
}

/// The payload of an event: its JSON.
///
/// # Errors
/// What serde says of a type that can't be written.
pub fn to_payload<E: Event>(event: &E) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(event)
}

/// Reads a payload of any released version.
///
/// # Errors
/// What serde says of bytes that are not such an event.
pub fn from_payload<E: Event>(version: u16, payload: &[u8]) -> Result<E, serde_json::Error> {
    if version == E::VERSION {
        return serde_json::from_slice(payload);
    }
    serde_json::from_value(E::upcast(version, serde_json::from_slice(payload)?))
}

/// Replays events into a state.
pub fn replay<'a, A: Aggregate>(mut state: A, events: impl Iterator<Item = (&'a Envelope, &'a A::Event)>) -> A {
    for (envelope, event) in events {
        state.apply(&StoredEvent { envelope, event });
    }
    state
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Said {
        Renamed { name: String },
    }

    impl Event for Said {
        const VERSION: u16 = 2;
        fn name(&self) -> &'static str {
            "renamed"
        }
        fn upcast(version: u16, payload: Value) -> Value {
            match (version, payload.get("titled").and_then(Value::as_str)) {
                (1, Some(name)) => json!({ "renamed": { "name": name } }),
                _ => payload,
            }
        }
    }

    #[test]
    fn a_payload_reads_back_and_an_older_one_is_brought_up() {
        let said = Said::Renamed { name: "Sở Nội vụ".to_owned() };
        let payload = to_payload(&said).unwrap();
        assert_eq!(from_payload::<Said>(2, &payload).unwrap(), said);
        let older = "{\"titled\":\"Sở Nội vụ\"}".as_bytes();
        assert_eq!(from_payload::<Said>(1, older).unwrap(), said);
        assert!(from_payload::<Said>(2, older).is_err());
    }
}
