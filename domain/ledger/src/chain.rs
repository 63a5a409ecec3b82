//! The two chains: of the events of a stream, and of the log that orders all streams.

use crate::hash::field;
use crate::{Envelope, Hash};

const EVENT: &str = "cchc ledger event 1";
const LOG: &str = "cchc ledger log 1";

/// The hash of an event: everything that is stored of it, over the hash of the event before it.
#[must_use]
pub fn event_hash(envelope: &Envelope, payload: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new_derive_key(EVENT);
    hasher.update(envelope.previous.as_bytes());
    let actor = &envelope.actor;
    for text in [envelope.stream.as_str(), &envelope.name, &actor.person, &actor.post, &actor.unit, &actor.capacity] {
        field(&mut hasher, text.as_bytes());
    }
    for text in [&envelope.reason, &envelope.request] {
        field(&mut hasher, text.as_bytes());
    }
    field(&mut hasher, &envelope.version.to_le_bytes());
    field(&mut hasher, &envelope.form.to_le_bytes());
    field(&mut hasher, &envelope.recorded_at.0.to_le_bytes());
    field(&mut hasher, &envelope.happened_at.0.to_le_bytes());
    field(&mut hasher, envelope.asked.as_bytes());
    field(&mut hasher, &envelope.ordinal.to_le_bytes());
    field(&mut hasher, envelope.cause.as_ref().map_or(&[][..], |cause| cause.as_bytes()));
    field(&mut hasher, payload);
    Hash(*hasher.finalize().as_bytes())
}

/// The hash of an entry of the log: its position and its event, over the entry before it.
#[must_use]
pub fn log_hash(previous: &Hash, position: u64, event: &Hash) -> Hash {
    Hash::of_parts(LOG, &[previous.as_bytes(), &position.to_le_bytes(), event.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Moment};

    fn envelope() -> Envelope {
        Envelope {
            stream: "person/1".parse().unwrap(),
            version: 2,
            name: "appointed".to_owned(),
            form: 1,
            recorded_at: Moment(5),
            happened_at: Moment(4),
            actor: Actor::system(),
            reason: "vì".to_owned(),
            request: "r".to_owned(),
            asked: Hash::of(b"command"),
            ordinal: 0,
            cause: None,
            previous: Hash::default(),
        }
    }

    #[test]
    fn every_field_counts() {
        let changes: [fn(&mut Envelope); 15] = [
            |e| e.stream = "person/2".parse().unwrap(),
            |e| e.version = 3,
            |e| e.name = "dismissed".to_owned(),
            |e| e.form = 2,
            |e| e.recorded_at = Moment(6),
            |e| e.happened_at = Moment(5),
            |e| e.actor.person = "x".to_owned(),
            |e| e.actor.post = "x".to_owned(),
            |e| e.actor.unit = "x".to_owned(),
            |e| e.actor.capacity = "KT".to_owned(),
            |e| e.reason = "vi".to_owned(),
            |e| e.request = "s".to_owned(),
            |e| e.asked = Hash::default(),
            |e| e.ordinal = 1,
            |e| e.cause = Some(Hash::default()),
        ];
        let hash = event_hash(&envelope(), b"{}");
        for (index, change) in changes.iter().enumerate() {
            let mut changed = envelope();
            change(&mut changed);
            assert_ne!(event_hash(&changed, b"{}"), hash, "change {index}");
        }
        assert_ne!(event_hash(&envelope(), b"{ }"), hash);
        assert_ne!(event_hash(&Envelope { previous: Hash::of(b""), ..envelope() }, b"{}"), hash);
    }

    #[test]
    fn the_form_of_the_hash_does_not_change() {
        let event = event_hash(&envelope(), b"{}").to_string();
        let log = log_hash(&Hash::default(), 1, &Hash::of(b"a")).to_string();
        assert_eq!(event, "4eca509997bcc93cabbb92fb76b13e25f9f7e412c7b167ce7de606daca5920b1");
        assert_eq!(log, "b3741c832c7f4568a6223444044b54c15a2c6b66c9d308593c3619108e5922b5");
    }
}
