//! A person's story, told command by command; all invented.

use cchc_ledger::{Actor, Aggregate, Context, Envelope, Event, Hash, Moment, RequestId, StoredEvent, aggregate};
use jiff::civil::{Date, date};

use super::{Person, PersonCommand, PersonEvent, PersonFacts, PersonRefusal, Receiver, UnitFact};
use crate::testing::post;
use crate::{Actions, Capacity, Delegation, Post, Role};

/// A person, the world around him and the day.
pub struct Story {
    pub person: Person,
    pub facts: PersonFacts,
    pub day: Date,
    pub reason: &'static str,
    pub happened: Option<Date>,
}

impl Story {
    /// Nobody yet, in a world where the unit exists, there is another admin, and a colleague, in post `q1`
    /// of the same unit, waits for work.
    pub fn new() -> Self {
        let colleague = Receiver {
            name: "Lê Thị Bình (mô phỏng)".to_owned(),
            open: true,
            posts: vec![post("q1", "H37.04", &[Role::UnitOfficer])],
        };
        let facts = PersonFacts {
            unit: UnitFact::Exists,
            other_admins: 1,
            receiver: Some(colleague),
            items: 3,
            last_act: None,
        };
        Self { person: Person::default(), facts, day: date(2021, 10, 14), reason: "", happened: None }
    }

    /// The same with a person who may log in and holds these posts.
    pub fn with(posts: Vec<Post>) -> Self {
        let mut story = Self::new();
        story.ask(register(Some("an.nguyen-van"))).unwrap();
        for post in posts {
            story.ask(PersonCommand::Appoint { post }).unwrap();
        }
        story
    }

    /// Asks, and takes in what happened; each event also goes through its written form.
    pub fn ask(&mut self, command: PersonCommand) -> Result<Vec<&'static str>, PersonRefusal> {
        let mut context = Context::new(Actor::person("admin"), RequestId::from("r")).because(self.reason);
        context.recorded_at = Moment::start_of(self.day);
        context.happened_at = self.happened.map(Moment::start_of);
        let events = self.person.decide(command, &self.facts, &context)?;
        for event in &events {
            let envelope = Envelope {
                stream: "person/a".parse().unwrap(),
                version: 1,
                name: event.name().to_owned(),
                form: PersonEvent::VERSION,
                recorded_at: context.recorded_at,
                happened_at: context.happened(),
                actor: context.actor.clone(),
                reason: context.reason.clone(),
                request: "r".to_owned(),
                asked: Hash::default(),
                ordinal: 0,
                cause: None,
                previous: Hash::default(),
            };
            let payload = aggregate::to_payload(event).unwrap();
            assert!(std::str::from_utf8(&payload).unwrap().starts_with(&format!("{{\"{}\":", event.name())));
            let read: PersonEvent = aggregate::from_payload(PersonEvent::VERSION, &payload).unwrap();
            assert_eq!(read, *event);
            self.person.apply(&StoredEvent { envelope: &envelope, event: &read });
        }
        let saved = serde_json::to_string(&self.person).unwrap();
        assert_eq!(serde_json::from_str::<Person>(&saved).unwrap(), self.person);
        Ok(events.iter().map(Event::name).collect())
    }
}

/// Enters the person.
pub fn register(login: Option<&str>) -> PersonCommand {
    PersonCommand::Register {
        name: "Nguyễn Văn An (mô phỏng)".to_owned(),
        login: login.map(str::to_owned),
        contact: super::Contact::default(),
        simulated: true,
    }
}

/// An authorisation of post `p1` to the colleague, for October.
pub fn delegation(id: &str, capacity: Capacity) -> Delegation {
    Delegation {
        id: id.into(),
        from_post: "p1".into(),
        to_person: "b".into(),
        capacity,
        actions: Actions::Only(vec![crate::Action::ExportHistory]),
        from: date(2021, 10, 14),
        to: Some(date(2021, 10, 31)),
        document: "12/UQ-SNV".to_owned(),
        ended: None,
    }
}
