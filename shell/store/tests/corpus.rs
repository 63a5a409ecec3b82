//! Every event that was ever released is read by today's program, and means what it meant.
//!
//! `corpus/<kind>.jsonl`: one event a line as it was written: kind, name, form, payload. Lines are added,
//! never changed.
#![allow(missing_docs)]

use std::collections::BTreeSet;

use cchc_access::PersonEvent;
use cchc_index::{RoundEvent, SheetEvent, ThreadEvent};
use cchc_ledger::aggregate::{from_payload, to_payload};
use cchc_ledger::draft::DraftEvent;
use cchc_ledger::rule::RuleEvent;
use cchc_ledger::{Actor, Envelope, Event, Hash, Moment};
use cchc_store::kinds::Kinds;
use cchc_store::stored::StoredRow;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
struct Line {
    kind: String,
    name: String,
    form: u16,
    payload: Value,
}

fn corpus(kind: &str) -> Vec<Line> {
    let path = format!("{}/tests/corpus/{kind}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

/// The names of all variants of an event. A new variant that is not listed here does not compile.
macro_rules! names {
    ($event:ident: $($variant:ident => $name:literal),* $(,)?) => {{
        fn listed(event: &$event) -> &'static str {
            match event {
                $($event::$variant { .. } => $name,)*
            }
        }
        assert_whole::<$event>(&[$($name),*], listed)
    }};
}

fn assert_whole<E: Event>(names: &[&str], listed: fn(&E) -> &'static str) -> Vec<Line> {
    let kind = match std::any::type_name::<E>().rsplit("::").next().unwrap() {
        "RuleEvent" => "rule",
        "DraftEvent" => "draft",
        "PersonEvent" => "person",
        "RoundEvent" => "round",
        "SheetEvent" => "sheet",
        "ThreadEvent" => "thread",
        other => panic!("{other}"),
    };
    let lines = corpus(kind);
    for line in &lines {
        assert_eq!(line.kind, kind);
        let payload = serde_json::to_vec(&line.payload).unwrap();
        let event: E = from_payload(line.form, &payload).unwrap_or_else(|error| panic!("{line:?}: {error}"));
        assert_eq!((event.name(), listed(&event)), (line.name.as_str(), line.name.as_str()));
        if line.form == E::VERSION {
            // Nothing of what was said is passed over; a field that came later may stand beside it.
            let today: Value = serde_json::from_slice(&to_payload(&event).unwrap()).unwrap();
            assert_holds(&today, &line.payload, &line.name);
        }
    }
    let there: BTreeSet<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    let all: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(all.difference(&there).collect::<Vec<_>>(), Vec::<&&str>::new(), "{kind}: no line in the corpus");
    lines
}

/// Everything in `older` is in `today` too.
fn assert_holds(today: &Value, older: &Value, name: &str) {
    match (today, older) {
        (Value::Object(today), Value::Object(older)) => {
            for (field, value) in older {
                let there = today.get(field).unwrap_or_else(|| panic!("{name}: the field {field} is passed over"));
                assert_holds(there, value, name);
            }
        }
        (Value::Array(today), Value::Array(older)) => {
            assert_eq!(today.len(), older.len(), "{name}");
            today.iter().zip(older).for_each(|(today, older)| assert_holds(today, older, name));
        }
        _ => assert_eq!(today, older, "{name}"),
    }
}

/// The lines of a kind in order are the story of one stream; it is replayed as the store replays it.
fn replayed(lines: &[Line], key: &str) -> Value {
    let kind = &lines[0].kind;
    let mut replaying = Kinds::all().begin(kind).unwrap_or_else(|| panic!("{kind}"));
    for (version, line) in (1..).zip(lines) {
        let envelope = Envelope {
            stream: format!("{kind}/{key}").parse().unwrap(),
            version,
            name: line.name.clone(),
            form: line.form,
            recorded_at: Moment(i64::try_from(version).unwrap()),
            happened_at: Moment(i64::try_from(version).unwrap()),
            actor: Actor::system(),
            reason: String::new(),
            request: version.to_string(),
            asked: Hash::default(),
            ordinal: 0,
            cause: None,
            previous: Hash::default(),
        };
        let payload = serde_json::to_vec(&line.payload).unwrap();
        replaying.take(&StoredRow { envelope, hash: Hash::default(), payload }).unwrap();
    }
    serde_json::from_slice(&replaying.state().unwrap()).unwrap()
}

#[test]
fn every_event_of_a_rule() {
    let lines = names!(RuleEvent: Published => "published", Withdrawn => "withdrawn");
    let state = replayed(&lines, "units/mo-phong");
    let known_to: Vec<&Value> = state["versions"].as_array().unwrap().iter().map(|one| &one["known_to"]).collect();
    assert_eq!(known_to, [&Value::from(2), &Value::from(3)]);
}

#[test]
fn every_event_of_a_draft() {
    let lines = names!(DraftEvent:
        Opened => "opened", Applied => "applied", Discarded => "discarded", Reassigned => "reassigned");
    let state = replayed(&lines, "mo-phong");
    assert_eq!((&state["holder"], &state["standing"]), (&Value::from("post-2"), &Value::from("discarded")));
}

#[test]
fn every_event_of_a_person() {
    names!(PersonEvent:
        Registered => "registered", Renamed => "renamed", ContactSet => "contact-set",
        AccountOpened => "account-opened", AccountClosed => "account-closed",
        PasswordChanged => "password-changed", Appointed => "appointed", PostChanged => "post-changed",
        PostEnded => "post-ended", PostCancelled => "post-cancelled", Delegated => "delegated",
        DelegationEnded => "delegation-ended", HandedOver => "handed-over");
}

#[test]
fn every_event_of_a_round() {
    let lines = names!(RoundEvent:
        Planned => "planned", Opened => "opened", Advanced => "advanced", Extended => "extended",
        Reopened => "reopened", Merged => "merged", Shared => "shared", Urged => "urged", Published => "published");
    let state = replayed(&lines, "mo-phong");
    assert_eq!(
        (&state["standing"], &state["plan"]["units"][0]["code"]),
        (&Value::from("published"), &Value::from("mp03"))
    );
}

#[test]
fn every_event_of_a_sheet() {
    let lines = names!(SheetEvent:
        Filled => "filled", Noted => "noted", Attached => "attached", Detached => "detached", Counted => "counted",
        Delivered => "delivered", SentBack => "sent-back", Proposed => "proposed", Returned => "returned", Submitted => "submitted", Appraised => "appraised",
        AskedBack => "asked-back", Explained => "explained", Given => "given", TookOver => "took-over");
    let state = replayed(&lines, "mo-phong/mp01");
    assert_eq!(state["lines"]["1.1"]["decisions"][0]["points"]["points"], Value::from("9/2"));
    assert_eq!(
        (&state["standing"], &state["lines"]["1.1"]["evidence"]),
        (&Value::from("submitted"), &Value::from(Vec::<Value>::new()))
    );
}

#[test]
fn every_event_of_a_thread() {
    let lines = names!(ThreadEvent: Asked => "asked", Answered => "answered");
    let state = replayed(&lines, "mo-phong/1.1");
    assert_eq!(state["questions"][0]["answer"]["corrections"], Value::from(1));
}
