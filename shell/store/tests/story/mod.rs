//! Invented units, and persons who do things; the day of the stories is the common clock's.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::sync::atomic::{AtomicU32, Ordering};

use cchc_access::person::Contact;
use cchc_access::{Action, Actions, Capacity, Delegation, Person, PersonCommand, PersonRefusal, Post, Role};
use cchc_ledger::{PersonId, StreamId};
use cchc_store::units::UnitRow;
use cchc_store::{CommitError, Committed, Store};
use jiff::civil::{Date, date};

use crate::common::context;

/// The day on which the common clock stands.
pub const DAY: Date = date(2021, 10, 14);

static REQUESTS: AtomicU32 = AtomicU32::new(0);

pub fn id(person: &str) -> PersonId {
    PersonId::from(person)
}

/// tinh > huyen > xa-1, xa-2; xa-cu became xa-1 in 2021, xa-sau comes in 2022.
pub async fn units(store: &Store) {
    let row = |code: &str, name: &str, parent: &str, place| UnitRow {
        code: code.to_owned(),
        name: name.to_owned(),
        parent: parent.to_owned(),
        place,
        ..UnitRow::default()
    };
    let old = UnitRow {
        to: Some(date(2020, 12, 31)),
        successors: vec!["xa-1".to_owned()],
        ..row("xa-cu", "Xã Cũ", "huyen", 5)
    };
    let later = UnitRow { from: Some(date(2022, 1, 1)), ..row("xa-sau", "Xã Sau", "huyen", 6) };
    let rows = vec![
        row("tinh", "Tỉnh", "", 1),
        row("huyen", "Huyện", "tinh", 2),
        row("xa-1", "Xã Một", "huyen", 3),
        row("xa-2", "Xã Hai", "huyen", 4),
        old,
        later,
    ];
    store.units_replace("units/tinh", rows).await.unwrap();
}

pub fn post(name: &str, unit: &str, roles: &[Role]) -> Post {
    Post {
        id: name.into(),
        unit: unit.to_owned(),
        title: format!("Chức vụ {name}"),
        party_title: None,
        roles: roles.to_vec(),
        fields: Vec::new(),
        capacity: Capacity::Own,
        from: date(2021, 1, 1),
        to: None,
        document: "01/QĐ".to_owned(),
        order: 0,
    }
}

/// In place of the head, for the rest of the month.
pub fn delegation(name: &str, from_post: &str, to: &str) -> Delegation {
    Delegation {
        id: name.into(),
        from_post: from_post.into(),
        to_person: id(to),
        capacity: Capacity::Kt,
        actions: Actions::Only(vec![Action::ViewPeople]),
        from: DAY,
        to: Some(date(2021, 10, 31)),
        document: "12/UQ".to_owned(),
        ended: None,
    }
}

pub async fn try_act(
    store: &Store,
    person: &str,
    command: PersonCommand,
) -> Result<Committed, CommitError<PersonRefusal>> {
    let stream = StreamId::new("person", person).unwrap();
    let request = format!("story-{}", REQUESTS.fetch_add(1, Ordering::SeqCst));
    store.commit::<Person>(&stream, command, context(&request).because("mô phỏng")).await
}

pub async fn act(store: &Store, person: &str, command: PersonCommand) -> Committed {
    try_act(store, person, command).await.unwrap()
}

pub async fn register(store: &Store, person: &str, name: &str, login: Option<&str>) {
    let command = PersonCommand::Register {
        name: name.to_owned(),
        login: login.map(str::to_owned),
        contact: Contact::default(),
        simulated: true,
    };
    act(store, person, command).await;
}
