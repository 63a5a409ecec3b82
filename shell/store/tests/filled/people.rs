//! Invented people: posts, a delegation, sealed contacts, one of them erased.

use cchc_access::person::{Contact, PasswordChange};
use cchc_access::{Action, Actions, Capacity, Delegation, DelegationId, Person, PersonCommand, Post, Role};
use cchc_ledger::{PersonId, SubjectId};
use cchc_store::Store;
use cchc_store::subjects::seal_text;
use cchc_store::units::UnitRow;
use jiff::civil::date;

use crate::common::context;

pub async fn fill(store: &Store) {
    let unit = UnitRow {
        code: "mp01".to_owned(),
        name: "Xã mô phỏng".to_owned(),
        parent: String::new(),
        from: None,
        to: None,
        successors: Vec::new(),
        place: 1,
    };
    store.units_replace("units/vinh-phuc", vec![unit]).await.unwrap();
    for (id, name) in [("p-1", "Nguyễn Văn Mô Phỏng"), ("p-2", "Trần Thị Mô Phỏng"), ("p-3", "Lê Mô Phỏng")]
    {
        let subject = SubjectId::from(id);
        let key = store.subject_key_make(&subject).await.unwrap();
        let sealed = |text: &str| Some(seal_text(&subject, &key, text).unwrap());
        let contact = Contact { phone: sealed("0900 000 000"), email: sealed("mo-phong@vi.du") };
        let (name, login) = (name.to_owned(), Some(id.replace("p-", "mophong")));
        act(store, id, PersonCommand::Register { name, login, contact, simulated: true }).await;
        act(store, id, PersonCommand::Appoint { post: post(id) }).await;
    }
    let delegation = Delegation {
        id: DelegationId("uy-quyen-1".to_owned()),
        from_post: "p-1-post".into(),
        to_person: PersonId::from("p-2"),
        capacity: Capacity::Tuq,
        actions: Actions::Only(vec![Action::ViewUnits]),
        from: date(2021, 10, 14),
        to: Some(date(2021, 10, 31)),
        document: "1/UQ-MP".to_owned(),
        ended: None,
    };
    act(store, "p-1", PersonCommand::Delegate { delegation }).await;
    act(store, "p-2", PersonCommand::Rename { name: "Trần Thị Mô Phỏng Hai".to_owned() }).await;
    act(store, "p-2", PersonCommand::RecordPasswordChange { how: PasswordChange::Own }).await;
    act(store, "p-3", PersonCommand::CloseAccount { document: "2/QĐ-MP".to_owned() }).await;
    store.subject_erase(&SubjectId::from("p-3")).await.unwrap();
}

fn post(person: &str) -> Post {
    Post {
        id: format!("{person}-post").as_str().into(),
        unit: "mp01".to_owned(),
        title: "Chủ tịch (mô phỏng)".to_owned(),
        party_title: Some("Bí thư (mô phỏng)".to_owned()),
        roles: vec![Role::UnitHead, Role::Appraiser],
        fields: vec!["the-che".to_owned()],
        capacity: Capacity::Own,
        from: date(2021, 1, 1),
        to: None,
        document: "3/QĐ-MP".to_owned(),
        order: 1,
    }
}

async fn act(store: &Store, id: &str, command: PersonCommand) {
    let stream = cchc_store::people::stream(&PersonId::from(id)).unwrap();
    let request = format!("{id} {}", blake3::hash(&serde_json::to_vec(&command).unwrap()));
    store.commit::<Person>(&stream, command, context(&request).because("mô phỏng")).await.unwrap();
}
