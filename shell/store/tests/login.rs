//! Passwords, sessions, tokens, throttling, files, running numbers, on every engine.
#![allow(missing_docs)]

mod common;

use cchc_access::{Action, Actions};
use cchc_ledger::PersonId;
use cchc_store::attempts::{Allowed, Try};
use cchc_store::counters::counter_next;
use cchc_store::credentials::{Checked, Chosen};
use cchc_store::sessions::{IDLE_SECONDS, WHOLE_SECONDS};
use cchc_store::{DbError, Store};
use common::Place;
use jiff::civil::date;

on_every_engine!(
    only_the_right_password_is_right,
    a_session_holds_until_it_is_closed_idle_or_old,
    a_token_may_what_it_was_made_for_and_ends,
    failures_slow_down_and_a_known_browser_is_not_kept_out,
    many_tries_at_once_gain_nothing,
    a_file_is_kept_by_its_content,
    running_numbers_have_no_gap,
);

fn person() -> PersonId {
    PersonId::from("mo-phong-1")
}

fn from(device: &str) -> Try {
    Try { login: "an".to_owned(), address: "10.0.0.1".to_owned(), device: device.to_owned(), person: Some(person()) }
}

async fn only_the_right_password_is_right(place: Place) {
    let store = &place.store;
    store.credential_set(&person(), "mật khẩu dài", Chosen::Another).await.unwrap();
    assert_eq!(store.credential_check(Some(&person()), "mật khẩu dài").await.unwrap(), Checked::MustChange);
    store.credential_set(&person(), "mật khẩu của tôi", Chosen::Himself).await.unwrap();
    // The same text with separate marks is the same password.
    let decomposed = "ma\u{323}\u{302}t kha\u{302}\u{309}u cu\u{309}a to\u{302}i";
    assert_eq!(store.credential_check(Some(&person()), decomposed).await.unwrap(), Checked::Right);
    assert_eq!(store.credential_check(Some(&person()), "mật khẩu dài").await.unwrap(), Checked::Wrong);
    assert_eq!(store.credential_check(None, "mật khẩu của không ai").await.unwrap(), Checked::Wrong);
}

async fn a_session_holds_until_it_is_closed_idle_or_old(place: Place) {
    let store = &place.store;
    let secret = store.session_open(&person(), "10.0.0.1", "Firefox\n").await.unwrap();
    let session = store.session_find(&secret.0).await.unwrap().unwrap();
    assert_eq!((session.person.clone(), session.agent.as_str()), (person(), "Firefox"));
    assert_eq!(store.session_find("another").await.unwrap(), None);
    for _ in 0..(WHOLE_SECONDS / (IDLE_SECONDS - 60)) {
        place.hand.turn((IDLE_SECONDS - 60) * 1_000_000);
        assert!(store.session_find(&secret.0).await.unwrap().is_some());
    }
    place.hand.turn((IDLE_SECONDS - 60) * 1_000_000);
    assert_eq!(store.session_find(&secret.0).await.unwrap(), None, "too old");
    let idle = store.session_open(&person(), "", "").await.unwrap();
    place.hand.turn(IDLE_SECONDS * 1_000_000);
    assert_eq!(store.session_find(&idle.0).await.unwrap(), None, "idle");
    let (here, there) =
        (store.session_open(&person(), "", "").await.unwrap(), store.session_open(&person(), "", "").await.unwrap());
    let kept = store.session_find(&here.0).await.unwrap().unwrap();
    assert_eq!(store.session_list(&person()).await.unwrap().len(), 2);
    store.session_close_others(&person(), &kept.id).await.unwrap();
    assert_eq!(store.session_find(&there.0).await.unwrap(), None);
    store.session_close(&PersonId::from("another"), &kept.id).await.unwrap();
    assert!(store.session_find(&here.0).await.unwrap().is_some(), "only its owner ends it");
    store.session_close(&person(), &kept.id).await.unwrap();
    assert_eq!(store.session_find(&here.0).await.unwrap(), None);
}

async fn a_token_may_what_it_was_made_for_and_ends(place: Place) {
    let store = &place.store;
    let scope = Actions::Only(vec![Action::ViewHistory]);
    let (token, secret) = store.token_add(&person(), " Báo cáo  ngày ", &scope, 30).await.unwrap();
    assert!(secret.0.starts_with("cchc_"));
    assert_eq!(token.name, "Báo cáo ngày");
    assert_eq!(store.token_find(&secret.0).await.unwrap(), Some(token.clone()));
    assert_eq!(store.token_find("cchc_00").await.unwrap(), None);
    assert_eq!(store.token_list(&person()).await.unwrap(), [token]);
    place.hand.turn(30 * 86_400 * 1_000_000);
    assert_eq!(store.token_find(&secret.0).await.unwrap(), None);
    let (again, secret) = store.token_add(&person(), "a", &Actions::All, 1).await.unwrap();
    store.token_close(&person(), &again.id).await.unwrap();
    assert_eq!(store.token_find(&secret.0).await.unwrap(), None);
}

async fn failures_slow_down_and_a_known_browser_is_not_kept_out(place: Place) {
    let store = &place.store;
    assert_eq!(store.attempt_reserve(&from("")).await.unwrap(), Allowed::Now);
    let device = store.attempt_succeeded(&from(""), &person()).await.unwrap();
    for _ in 0..6 {
        assert_eq!(store.attempt_reserve(&from("")).await.unwrap(), Allowed::Now);
    }
    assert_eq!(store.attempt_reserve(&from("")).await.unwrap(), Allowed::Wait(2));
    assert_eq!(store.attempt_reserve(&from(&device.0)).await.unwrap(), Allowed::Now, "his own browser");
    assert_eq!(store.attempt_reserve(&from("made up")).await.unwrap(), Allowed::Wait(2));
    place.hand.turn(2_000_000);
    assert_eq!(store.attempt_reserve(&from("")).await.unwrap(), Allowed::Now);
    assert_eq!(store.attempt_reserve(&from("")).await.unwrap(), Allowed::Wait(4));
    place.hand.turn(4_000_000);
    assert_eq!(store.attempt_reserve(&from("")).await.unwrap(), Allowed::Now);
    store.attempt_succeeded(&from(""), &person()).await.unwrap();
    assert_eq!(store.attempt_reserve(&from("")).await.unwrap(), Allowed::Now, "the right password starts anew");
}

async fn many_tries_at_once_gain_nothing(place: Place) {
    let tasks: Vec<_> = (0..40)
        .map(|_| {
            let store = place.store.clone();
            tokio::spawn(async move { store.attempt_reserve(&from("")).await.unwrap() })
        })
        .collect();
    let mut allowed = 0;
    for task in tasks {
        allowed += usize::from(task.await.unwrap() == Allowed::Now);
    }
    assert_eq!(allowed, 6);
}

async fn a_file_is_kept_by_its_content(place: Place) {
    let store = &place.store;
    let first = store.file_put("đơn vị.csv", b"code,name\n".to_vec()).await.unwrap();
    let again = store.file_put("khác.csv", b"code,name\n".to_vec()).await.unwrap();
    assert_eq!((first.hash, first.size), (again.hash, 10));
    assert_eq!(store.file_get(&first.hash).await.unwrap(), b"code,name\n");
    let path = cchc_store::verify::files::path(store.folder(), &first.hash);
    std::fs::write(&path, b"code,nama\n").unwrap();
    let changed = store.file_get(&first.hash).await.unwrap_err();
    assert!(changed.to_string().contains("đã bị sửa"), "{changed}");
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(store.file_get(&first.hash).await, Err(DbError::File { .. })));
}

async fn running_numbers_have_no_gap(place: Place) {
    async fn draw(store: &Store, refuse: bool) -> Option<u64> {
        let drawn = store.write(move |conn| {
            Box::pin(async move {
                let number = counter_next(conn, "H37.04", date(2021, 11, 3)).await?;
                if refuse { Err(DbError::Refused("không".to_owned())) } else { Ok(number) }
            })
        });
        drawn.await.ok()
    }
    let tasks: Vec<_> = (0..30)
        .map(|number| {
            let store = place.store.clone();
            tokio::spawn(async move { draw(&store, number % 3 == 0).await })
        })
        .collect();
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.extend(task.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
}
