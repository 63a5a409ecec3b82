//! People: kept, found, dismissed, handed over, erased, on every engine. All persons are invented.
#![allow(missing_docs)]

mod common;
mod story;

use cchc_access::person::{Account, Contact, PasswordChange, UnitFact};
use cchc_access::{Action, Viewer};
use cchc_access::{Capacity, Person, PersonCommand as C, PersonRefusal, Reach, Role, reach};
use cchc_ledger::draft::{Change, Draft, DraftCommand};
use cchc_ledger::sealed::ERASED;
use cchc_ledger::{Actor, Context, RequestId, StreamId, SubjectId};
use cchc_store::jobs::Job;
use cchc_store::people::{END_DELEGATIONS, FirstAdmin, HANDOVER, Held, NOTIFY, Notice, PersonFilter};
use cchc_store::subjects::seal_text;
use cchc_store::verify::{self, Verify};
use cchc_store::{CommitError, Store};
use common::Place;
use jiff::civil::date;
use story::{DAY, act, delegation, id, post, register, try_act, units};

on_every_engine!(
    a_person_is_found_by_id_and_login,
    a_login_and_a_post_are_one_persons_alone,
    a_post_lies_in_a_unit_of_that_day,
    a_dismissed_person_has_nothing_at_once,
    what_was_delegated_to_a_dismissed_person_stays_ended,
    the_last_two_admins_do_not_leave_together,
    a_post_in_which_something_was_done_is_not_cancelled,
    a_handover_moves_all_open_work_once,
    an_erased_contact_is_gone_from_tables_and_stays_gone,
    the_first_admin_is_made_once_and_finished_later,
    people_are_listed_in_the_order_of_protocol,
    the_tables_are_what_the_events_say,
);

async fn a_person_is_found_by_id_and_login(place: Place) {
    let store = &place.store;
    register(store, "a", "Nguyễn Văn An (mô phỏng)", Some("an.nguyen")).await;
    let found = store.person_find(&id("a")).await.unwrap().unwrap();
    assert_eq!((found.login.as_str(), found.is_open(), found.simulated), ("an.nguyen", true, true));
    assert_eq!(store.person_by_login("an.nguyen").await.unwrap(), Some(found));
    assert_eq!(store.person_by_login("").await.unwrap(), None);
    assert_eq!(store.person_find(&id("b")).await.unwrap(), None);
    act(store, "a", C::Rename { name: "Nguyễn Văn Ân (mô phỏng)".to_owned() }).await;
    act(store, "a", C::OpenAccount { login: "an.2".to_owned() }).await;
    assert_eq!(store.person_by_login("an.nguyen").await.unwrap(), None);
    let names = store.person_names(&["a".to_owned(), "b".to_owned()]).await.unwrap();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), [("a".to_owned(), "Nguyễn Văn Ân (mô phỏng)".to_owned())]);
}

async fn a_login_and_a_post_are_one_persons_alone(place: Place) {
    let store = &place.store;
    units(store).await;
    register(store, "a", "A", Some("an.nguyen")).await;
    register(store, "b", "B", None).await;
    act(store, "a", C::CloseAccount { document: "1/QĐ".to_owned() }).await;
    let taken = try_act(store, "b", C::OpenAccount { login: "an.nguyen".to_owned() }).await;
    assert!(matches!(taken, Err(CommitError::Taken { ref kind, .. }) if kind == "login"), "{taken:?}");
    act(store, "a", C::OpenAccount { login: "an.nguyen".to_owned() }).await;
    act(store, "a", C::Appoint { post: post("p1", "xa-1", &[]) }).await;
    let taken = try_act(store, "b", C::Appoint { post: post("p1", "xa-2", &[]) }).await;
    assert!(matches!(taken, Err(CommitError::Taken { ref kind, .. }) if kind == "post"), "{taken:?}");
    assert_eq!(store.post_find("p1").await.unwrap().unwrap().person, id("a"));
    act(store, "a", C::CancelPost { post: "p1".into() }).await;
    assert_eq!(store.post_find("p1").await.unwrap(), None);
    act(store, "b", C::Appoint { post: post("p1", "xa-2", &[]) }).await;
    assert_eq!(store.post_find("p1").await.unwrap().unwrap().person, id("b"));
}

async fn a_post_lies_in_a_unit_of_that_day(place: Place) {
    let store = &place.store;
    register(store, "a", "A", None).await;
    let refused = |unit: &str| C::Appoint { post: post("p1", unit, &[]) };
    let unknown = try_act(store, "a", refused("xa-1")).await;
    assert!(matches!(unknown, Err(CommitError::Refused(PersonRefusal::UnknownUnit { .. }))), "{unknown:?}");
    units(store).await;
    let gone = try_act(store, "a", refused("xa-cu")).await;
    let Err(CommitError::Refused(PersonRefusal::GoneUnit { successors, .. })) = gone else { panic!("{gone:?}") };
    assert_eq!(UnitFact::Gone(successors), UnitFact::Gone(vec![("xa-1".to_owned(), "Xã Một".to_owned())]));
    let later = try_act(store, "a", refused("xa-sau")).await;
    assert!(matches!(later, Err(CommitError::Refused(PersonRefusal::UnknownUnit { .. }))), "{later:?}");
    act(store, "a", refused("xa-1")).await;
    assert_eq!(store.unit_ancestors("xa-1", DAY).await.unwrap(), ["huyen", "tinh"]);
    assert_eq!(store.unit_name("xa-cu", DAY).await.unwrap().as_deref(), Some("Xã Cũ"));
    // Another rule's units stay when one rule's are replaced.
    store.units_replace("departments/tinh", Vec::new()).await.unwrap();
    assert!(store.unit_name("tinh", DAY).await.unwrap().is_some());
    store.units_replace("units/tinh", Vec::new()).await.unwrap();
    assert_eq!(store.unit_name("tinh", DAY).await.unwrap(), None);
}

async fn a_dismissed_person_has_nothing_at_once(place: Place) {
    let store = &place.store;
    units(store).await;
    register(store, "a", "A", Some("an.nguyen")).await;
    register(store, "b", "B", Some("binh.le")).await;
    act(store, "a", C::Appoint { post: post("p1", "huyen", &[Role::UnitHead]) }).await;
    act(store, "b", C::Appoint { post: post("q1", "huyen", &[]) }).await;
    act(store, "a", C::Delegate { delegation: delegation("u1", "p1", "b") }).await;
    let reached = |principal| reach(&Viewer::Person(principal), Action::ViewPeople, DAY);

    let head = store.principal_load(&id("a"), store.now()).await.unwrap().unwrap();
    assert_eq!((head.posts.len(), head.delegated.len()), (1, 0));
    let deputy = store.principal_load(&id("b"), store.now()).await.unwrap().unwrap();
    assert_eq!(deputy.delegated[0].post.id.as_str(), "p1");
    assert_eq!(deputy.holdings(DAY)[1].capacity(), Capacity::Kt);
    assert!(!reached(deputy.clone()).is_nothing());

    act(store, "a", C::CloseAccount { document: "99/QĐ".to_owned() }).await;
    assert_eq!(store.principal_load(&id("a"), store.now()).await.unwrap(), None);
    // What he had delegated is over in the same moment.
    let deputy = store.principal_load(&id("b"), store.now()).await.unwrap().unwrap();
    assert!(deputy.delegated.is_empty());
    assert_eq!(store.principal_load(&id("nobody"), store.now()).await.unwrap(), None);
    register(store, "c", "C", None).await;
    assert_eq!(store.principal_load(&id("c"), store.now()).await.unwrap(), None);
}

async fn jobs(store: &Store, kind: &str) -> Vec<Job> {
    store.job_list(100).await.unwrap().into_iter().filter(|job| job.kind == kind).collect()
}

async fn what_was_delegated_to_a_dismissed_person_stays_ended(place: Place) {
    let store = &place.store;
    units(store).await;
    register(store, "a", "A", Some("an.nguyen")).await;
    register(store, "b", "B", Some("binh.le")).await;
    act(store, "a", C::Appoint { post: post("p1", "huyen", &[Role::UnitHead]) }).await;
    act(store, "b", C::Appoint { post: post("q1", "huyen", &[]) }).await;
    act(store, "a", C::Delegate { delegation: delegation("u1", "p1", "b") }).await;
    assert_eq!(store.delegation_list(Some(&id("b")), &Reach::All, DAY).await.unwrap()[0].giver_name, "A");

    act(store, "b", C::CloseAccount { document: "99/QĐ".to_owned() }).await;
    let mut departure = jobs(store, END_DELEGATIONS).await.remove(0);
    store.departure_run(&mut departure).await.unwrap();
    store.departure_run(&mut departure).await.unwrap();
    assert!(store.delegation_list(None, &Reach::All, DAY).await.unwrap().is_empty());
    let (giver, _) = store.peek::<Person>(&"person/a".parse().unwrap()).await.unwrap();
    assert_eq!(giver.delegations[0].ended, Some(DAY));
    act(store, "b", C::OpenAccount { login: "binh.le".to_owned() }).await;
    let back = store.principal_load(&id("b"), store.now()).await.unwrap().unwrap();
    assert!(back.delegated.is_empty());
}

async fn the_last_two_admins_do_not_leave_together(place: Place) {
    let store = &place.store;
    for who in ["a", "b", "c"] {
        register(store, who, who, Some(&format!("admin-{who}"))).await;
    }
    for who in ["a", "b"] {
        act(store, who, C::Appoint { post: post(&format!("admin-{who}"), "", &[Role::Admin]) }).await;
    }
    let close = || C::CloseAccount { document: "1/QĐ".to_owned() };
    let (first, second) = tokio::join!(try_act(store, "a", close()), try_act(store, "b", close()));
    let refused = |result: &Result<_, CommitError<PersonRefusal>>| match result {
        Ok(_) => false,
        Err(CommitError::Refused(PersonRefusal::LastAdmin)) => true,
        Err(error) => panic!("{error}"),
    };
    assert_eq!([refused(&first), refused(&second)].iter().filter(|refused| **refused).count(), 1);
    let last = if refused(&first) { "a" } else { "b" };
    act(store, "c", C::Appoint { post: post("admin-c", "", &[Role::Admin]) }).await;
    act(store, last, close()).await;
    assert!(refused(&try_act(store, "c", close()).await));
}

async fn a_post_in_which_something_was_done_is_not_cancelled(place: Place) {
    let store = &place.store;
    units(store).await;
    register(store, "a", "A", Some("an.nguyen")).await;
    act(store, "a", C::Appoint { post: post("p1", "huyen", &[]) }).await;
    open_draft(store, "d1", "p1").await;
    let refused = try_act(store, "a", C::CancelPost { post: "p1".into() }).await;
    assert!(matches!(refused, Err(CommitError::Refused(PersonRefusal::ActsAfter(day))) if day == DAY), "{refused:?}");
    let early = C::EndPost { post: "p1".into(), to: DAY.yesterday().unwrap(), document: String::new() };
    let refused = try_act(store, "a", early).await;
    assert!(matches!(refused, Err(CommitError::Refused(PersonRefusal::ActsAfter(_)))), "{refused:?}");
    act(store, "a", C::EndPost { post: "p1".into(), to: DAY, document: String::new() }).await;
}

async fn open_draft(store: &Store, name: &str, post: &str) {
    let change = Change {
        kind: "units".to_owned(),
        name: "tinh".to_owned(),
        content: "x".to_owned(),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "mô phỏng".to_owned(),
        replaces: None,
        file: None,
        file_name: String::new(),
        errors: 0,
        warnings: 0,
        summary: format!("bản nháp {name}"),
    };
    let actor = Actor { post: post.to_owned(), ..Actor::person("a") };
    let stream = StreamId::new("draft", name).unwrap();
    let open = DraftCommand::Open { change: Box::new(change) };
    store.commit::<Draft>(&stream, open, Context::new(actor, RequestId(format!("open-{name}")))).await.unwrap();
}

async fn a_handover_moves_all_open_work_once(place: Place) {
    let store = &place.store;
    units(store).await;
    register(store, "a", "A", Some("an.nguyen")).await;
    register(store, "b", "B", Some("binh.le")).await;
    act(store, "a", C::Appoint { post: post("p1", "huyen", &[]) }).await;
    act(store, "b", C::Appoint { post: post("q1", "huyen", &[]) }).await;
    let hand_over =
        C::HandOver { post: "p1".into(), to_person: id("b"), to_post: "q1".into(), document: "01/BB-BG".to_owned() };
    let refused = try_act(store, "a", hand_over.clone()).await;
    assert!(matches!(refused, Err(CommitError::Refused(PersonRefusal::NothingOpen))), "{refused:?}");
    for name in ["d1", "d2", "d3"] {
        open_draft(store, name, "p1").await;
        place.hand.turn(1);
    }
    open_draft(store, "other", "p9").await;
    let before = store.work_list(&"p1".into()).await.unwrap();
    assert_eq!(
        before.iter().map(|item| item.stream.as_str()).collect::<Vec<_>>(),
        ["draft/d1", "draft/d2", "draft/d3"]
    );
    act(store, "a", hand_over).await;

    let mut job = jobs(store, HANDOVER).await.remove(0);
    // One is given up before the job comes to it: nobody need take it over.
    let discard = Context::new(Actor::person("a"), RequestId::from("discard")).because("thừa");
    store.commit::<Draft>(&"draft/d2".parse().unwrap(), DraftCommand::Discard, discard).await.unwrap();
    store.handover_run(&mut job).await.unwrap();
    assert_eq!(store.job_find(&job.id).await.unwrap().unwrap().progress, 100);
    let moved = store.handover_list(&job.cause).await.unwrap();
    assert_eq!(moved, [before[0].clone(), before[2].clone()]);
    assert!(store.work_list(&"p1".into()).await.unwrap().is_empty());
    assert_eq!(store.work_list(&"q1".into()).await.unwrap(), moved);

    // Run again, after one of them went on to somebody else, it does not come back.
    let on = DraftCommand::Reassign { holder: "p1".to_owned() };
    let context = Context::new(Actor::person("a"), RequestId::from("back"));
    store.commit::<Draft>(&"draft/d1".parse().unwrap(), on, context).await.unwrap();
    store.handover_run(&mut job).await.unwrap();
    assert_eq!(store.work_list(&"p1".into()).await.unwrap().len(), 1);
    let told: Vec<Notice> =
        jobs(store, NOTIFY).await.iter().map(|job| serde_json::from_slice(&job.payload).unwrap()).collect();
    let about = told.iter().find(|notice| notice.kind == "handed-over").unwrap();
    assert_eq!((about.to.as_str(), about.text.as_str()), ("b", "A bàn giao cho bạn 3 việc theo 01/BB-BG."));
}

async fn an_erased_contact_is_gone_from_tables_and_stays_gone(place: Place) {
    let store = &place.store;
    register(store, "a", "A", None).await;
    let subject = SubjectId::from("a");
    assert_eq!(store.subject_key_find(&subject).await.unwrap(), None);
    let key = store.subject_key_make(&subject).await.unwrap();
    assert_eq!(store.subject_key_make(&subject).await.unwrap(), key);
    let phone = seal_text(&subject, &key, "0912 345 678").unwrap();
    assert_eq!(seal_text(&subject, &key, "0912 345 678").unwrap(), phone);
    assert_ne!(seal_text(&subject, &key, "0912 345 679").unwrap(), phone);
    act(store, "a", C::SetContact { contact: Contact { phone: Some(phone.clone()), email: None } }).await;
    let contact = store.person_contact(&id("a")).await.unwrap().unwrap();
    assert_eq!((contact.phone.as_str(), contact.email.as_str()), ("0912 345 678", ""));
    sound(store).await;

    store.subject_erase(&subject).await.unwrap();
    assert_eq!(store.subject_key_find(&subject).await.unwrap(), None);
    let gone = store.person_contact(&id("a")).await.unwrap().unwrap();
    assert_eq!((gone.phone.as_str(), gone.email.as_str()), (ERASED, ""));
    sound(store).await;
    store.rebuild(Verify::default().kinds, verify::silent()).await.unwrap();
    assert_eq!(store.person_contact(&id("a")).await.unwrap().unwrap(), gone);
    // A new key does not open what the old one closed.
    store.subject_key_make(&subject).await.unwrap();
    store.rebuild(Verify::default().kinds, verify::silent()).await.unwrap();
    assert_eq!(store.person_contact(&id("a")).await.unwrap().unwrap(), gone);
}

async fn the_first_admin_is_made_once_and_finished_later(place: Place) {
    let store = &place.store;
    let wanted =
        FirstAdmin { name: "Quản trị (mô phỏng)".to_owned(), login: "quan-tri".to_owned(), simulated: true };
    let (one, other) = tokio::join!(store.first_admin(&wanted), store.first_admin(&wanted));
    let admin = one.unwrap().unwrap();
    assert_eq!(other.unwrap(), Some(admin.clone()));
    // Without a password yet, the next start finds him again, whatever it would call him.
    let renamed = FirstAdmin { login: "khac".to_owned(), ..wanted.clone() };
    assert_eq!(store.first_admin(&renamed).await.unwrap(), Some(admin.clone()));
    let principal = store.principal_load(&admin, store.now()).await.unwrap().unwrap();
    assert!(principal.posts.len() == 1 && principal.posts[0].has(Role::Admin));
    act(store, admin.as_str(), C::RecordPasswordChange { how: PasswordChange::First }).await;
    assert_eq!(store.first_admin(&wanted).await.unwrap(), None);
    let (state, version) = store.peek::<Person>(&format!("person/{admin}").parse().unwrap()).await.unwrap();
    assert_eq!((state.account, version), (Account::Open("quan-tri".to_owned()), 4));
}

async fn people_are_listed_in_the_order_of_protocol(place: Place) {
    let store = &place.store;
    units(store).await;
    let people = [
        ("a", "Trần Văn Ân", "xa-1", 2),
        ("b", "Lê Thị Bình", "xa-1", 1),
        ("c", "Bùi Văn An", "xa-1", 2),
        ("d", "Đỗ Văn Đông", "huyen", 5),
        ("e", "Phạm Thị E", "tinh", 9),
    ];
    for (who, name, unit, order) in people {
        register(store, who, name, Some(&format!("{who}-login"))).await;
        let held = cchc_access::Post { order, ..post(&format!("post-{who}"), unit, &[Role::UnitOfficer]) };
        act(store, who, C::Appoint { post: held }).await;
    }
    let second = cchc_access::Post { order: 1, ..post("post-a2", "tinh", &[Role::Leader]) };
    act(store, "a", C::Appoint { post: second }).await;
    register(store, "f", "Vũ Thị Không", None).await;
    let all = PersonFilter::within(Reach::All, DAY);
    let order = |filter: PersonFilter| async move {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let page = store.person_list(&filter, after.as_ref(), 2).await.unwrap();
            assert!(page.people.len() <= 2);
            ids.extend(page.people.iter().map(|(person, _)| person.id.0.clone()));
            // A cursor goes through the address of a page.
            after = page.next.map(|next| next.to_string().parse().unwrap());
            if after.is_none() {
                return ids.join("");
            }
        }
    };
    assert_eq!(order(all.clone()).await, "aedbcf");
    assert_eq!(order(PersonFilter { unit: Some("xa-1".to_owned()), ..all.clone() }).await, "bca");
    assert_eq!(order(PersonFilter { role: Some(Role::Leader), ..all.clone() }).await, "a");
    for (text, found) in [("binh le", "b"), ("ĐÔNG", "d"), ("c-log", "c"), ("v%n", ""), ("văn", "adc")] {
        assert_eq!(order(PersonFilter { text: text.to_owned(), ..all.clone() }).await, found, "{text}");
    }
    let page = store.person_list(&all, None, 1).await.unwrap();
    assert_eq!(page.people[0].1.iter().map(|row| row.post.id.as_str()).collect::<Vec<_>>(), ["post-a2", "post-a"]);
    act(store, "b", C::CloseAccount { document: "1/QĐ".to_owned() }).await;
    assert_eq!(order(all.clone()).await, "aedcf");
    assert_eq!(order(PersonFilter { held: Held::ClosedToo, ..all.clone() }).await, "aedbcf");
    let titles = store.post_list("xa-1", DAY).await.unwrap();
    assert_eq!(titles.iter().map(|row| row.person.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
    assert!(store.post_list("xa-1", date(2020, 12, 31)).await.unwrap().is_empty());
}

async fn sound(store: &Store) {
    store.sequence().await.unwrap();
    let report = store.verify(&Verify::default(), verify::silent()).await.unwrap();
    assert!(report.is_sound(), "{:#?}", report.findings);
}

async fn the_tables_are_what_the_events_say(place: Place) {
    let store = &place.store;
    units(store).await;
    register(store, "a", "A", Some("an.nguyen")).await;
    register(store, "b", "B", Some("binh.le")).await;
    let held = post("p1", "huyen", &[Role::UnitHead, Role::Appraiser]);
    let held = cchc_access::Post { fields: vec!["I".to_owned()], ..held };
    act(store, "a", C::Appoint { post: held.clone() }).await;
    act(store, "b", C::Appoint { post: post("q1", "huyen", &[]) }).await;
    act(store, "b", C::Appoint { post: post("q2", "xa-1", &[Role::UnitOfficer]) }).await;
    let changed = cchc_access::Post { party_title: Some("Bí thư chi bộ".to_owned()), fields: Vec::new(), ..held };
    let changed = cchc_access::Post { roles: vec![Role::UnitHead], to: Some(date(2025, 6, 30)), ..changed };
    act(store, "a", C::ChangePost { post: changed.clone() }).await;
    act(store, "a", C::Delegate { delegation: delegation("u1", "p1", "b") }).await;
    act(store, "a", C::EndDelegation { delegation: "u1".into(), on: DAY, document: "2/QĐ".to_owned() }).await;
    act(store, "b", C::CancelPost { post: "q2".into() }).await;
    act(store, "b", C::EndPost { post: "q1".into(), to: DAY, document: String::new() }).await;
    for who in ["a", "b"] {
        let (state, _) = store.peek::<Person>(&format!("person/{who}").parse().unwrap()).await.unwrap();
        let principal = store.principal_load(&id(who), store.now()).await.unwrap().unwrap();
        assert_eq!(principal.posts, state.posts);
    }
    assert_eq!(store.principal_load(&id("a"), store.now()).await.unwrap().unwrap().posts, [changed]);
    sound(store).await;
    store.rebuild(Verify::default().kinds, verify::silent()).await.unwrap();
    sound(store).await;
}
