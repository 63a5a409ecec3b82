//! Passwords, sessions, tokens, throttling, on every engine.
#![allow(missing_docs)]

mod common;

use cchc_access::{Action, Actions};
use cchc_ledger::{Moment, PersonId};
use cchc_store::attempts::{Allowed, Try};
use cchc_store::credentials::{Checked, Chosen};
use cchc_store::sealed_row::seal;
use cchc_store::sessions::Limits;
use cchc_store::verify::{Verify, silent};
use cchc_store::{Arg, Store};
use common::{Place, START};

on_every_engine!(
    only_the_right_password_is_right,
    a_weak_hash_is_made_anew_and_stays_the_same_password,
    old_counters_make_room_for_new_ones,
    every_row_of_logging_in_is_sealed,
    what_was_typed_as_a_login_is_not_kept,
    a_session_holds_until_it_is_closed_idle_or_old,
    sessions_end_when_the_options_say,
    a_token_may_what_it_was_made_for_and_ends,
    failures_slow_down_and_a_known_browser_is_not_kept_out,
    many_tries_at_once_gain_nothing,
    strangers_at_one_address_do_not_start_anew_by_one_right_password,
    failures_are_forgotten_little_by_little,
    a_clock_set_back_keeps_nobody_out,
    failures_count_on_every_node_and_after_a_restart,
    a_session_closed_while_it_is_used_stays_closed,
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
    let Limits { idle_seconds, whole_seconds } = Limits::default();
    let secret = store.session_open(&person(), "10.0.0.1", "Firefox\n").await.unwrap();
    let session = store.session_find(&secret.0).await.unwrap().unwrap();
    assert_eq!((session.person.clone(), session.agent.as_str()), (person(), "Firefox"));
    assert_eq!(store.session_find("another").await.unwrap(), None);
    for _ in 0..(whole_seconds / (idle_seconds - 60)) {
        place.hand.turn((idle_seconds - 60) * 1_000_000);
        assert!(store.session_find(&secret.0).await.unwrap().is_some());
    }
    place.hand.turn((idle_seconds - 60) * 1_000_000);
    assert_eq!(store.session_find(&secret.0).await.unwrap(), None, "too old");
    let idle = store.session_open(&person(), "", "").await.unwrap();
    place.hand.turn(idle_seconds * 1_000_000);
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
    assert_eq!(store.token_list(&person()).await.unwrap()[0].id, token.id);
    let used = store.token_list(&person()).await.unwrap()[0].used_at;
    assert_eq!(used, Moment(START));
    place.hand.turn(59_000_000);
    store.token_find(&secret.0).await.unwrap();
    assert_eq!(store.token_list(&person()).await.unwrap()[0].used_at, used, "noted once a minute");
    place.hand.turn(1_000_000);
    store.token_find(&secret.0).await.unwrap();
    assert_eq!(store.token_list(&person()).await.unwrap()[0].used_at, used.plus_seconds(60));
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

/// A try of another login, from one address.
fn stranger(number: usize) -> Try {
    Try { login: format!("nguoi-{number}"), address: "10.0.0.9".to_owned(), device: String::new(), person: None }
}

async fn strangers_at_one_address_do_not_start_anew_by_one_right_password(place: Place) {
    let store = &place.store;
    for number in 0..31 {
        assert_eq!(store.attempt_reserve(&stranger(number)).await.unwrap(), Allowed::Now);
    }
    assert_eq!(store.attempt_reserve(&stranger(31)).await.unwrap(), Allowed::Wait(2));
    place.hand.turn(2_000_000);
    let own = Try { address: "10.0.0.9".to_owned(), ..from("") };
    assert_eq!(store.attempt_reserve(&own).await.unwrap(), Allowed::Now);
    store.attempt_succeeded(&own, &person()).await.unwrap();
    // Who was right waits for nothing; whoever fails next goes on where the failures stood.
    assert_eq!(store.attempt_reserve(&stranger(32)).await.unwrap(), Allowed::Now);
    assert_eq!(store.attempt_reserve(&stranger(33)).await.unwrap(), Allowed::Wait(4));
}

async fn failures_are_forgotten_little_by_little(place: Place) {
    let store = &place.store;
    for number in 0..31 {
        store.attempt_reserve(&stranger(number)).await.unwrap();
    }
    assert_eq!(store.attempt_reserve(&stranger(31)).await.unwrap(), Allowed::Wait(2));
    // An office that mistypes twice in ten minutes is never slowed down, though it never rests.
    place.hand.turn(2_000_000);
    for number in 0..60 {
        place.hand.turn(600_000_000);
        assert_eq!(store.attempt_reserve(&stranger(100 + number)).await.unwrap(), Allowed::Now, "{number}");
        assert_eq!(store.attempt_reserve(&stranger(200 + number)).await.unwrap(), Allowed::Now, "{number}");
        place.hand.turn(10_000_000);
    }
}

async fn a_clock_set_back_keeps_nobody_out(place: Place) {
    let store = &place.store;
    for _ in 0..6 {
        store.attempt_reserve(&from("")).await.unwrap();
    }
    place.hand.turn(-3 * 86_400_000_000);
    assert_eq!(store.attempt_reserve(&from("")).await.unwrap(), Allowed::Now);
}

async fn failures_count_on_every_node_and_after_a_restart(place: Place) {
    let other = Store::open(place.options.clone()).await.unwrap();
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let store = if number % 2 == 0 { place.store.clone() } else { other.clone() };
            tokio::spawn(async move { store.attempt_reserve(&from("")).await.unwrap() })
        })
        .collect();
    let mut allowed = 0;
    for task in tasks {
        allowed += usize::from(task.await.unwrap() == Allowed::Now);
    }
    assert_eq!(allowed, 6);
    let restarted = Store::open(place.options.clone()).await.unwrap();
    assert_eq!(restarted.attempt_reserve(&from("")).await.unwrap(), Allowed::Wait(2));
}

async fn a_session_closed_while_it_is_used_stays_closed(place: Place) {
    for _ in 0..10 {
        let secret = place.store.session_open(&person(), "", "").await.unwrap();
        let id = place.store.session_find(&secret.0).await.unwrap().unwrap().id;
        place.hand.turn(61_000_000);
        let uses: Vec<_> = (0..6)
            .map(|_| {
                let (store, secret) = (place.store.clone(), secret.clone());
                tokio::spawn(async move { store.session_find(&secret.0).await.unwrap() })
            })
            .collect();
        place.store.session_close(&person(), &id).await.unwrap();
        for used in uses {
            used.await.unwrap();
        }
        assert_eq!(place.store.session_find(&secret.0).await.unwrap(), None);
    }
}

async fn phc(store: &Store) -> String {
    let mut reader = store.reader().await.unwrap();
    let sql = "SELECT phc FROM credentials WHERE person = $1";
    reader.conn().row(sql, &[Arg::Text("mo-phong-1")]).await.unwrap().unwrap().text(0).unwrap()
}

async fn a_weak_hash_is_made_anew_and_stays_the_same_password(place: Place) {
    use argon2::PasswordHasher;
    let store = &place.store;
    store.credential_set(&person(), "mật khẩu khác", Chosen::Another).await.unwrap();
    let params = argon2::Params::new(8 * 1024, 1, 1, None).unwrap();
    let weak = argon2::Argon2::from(params).hash_password("mật khẩu cũ".as_bytes()).unwrap().to_string();
    let kept = weak.clone();
    let put = store.write(move |conn| {
        let weak = kept.clone();
        Box::pin(async move {
            let values = [Arg::Text("mo-phong-1"), Arg::Text(&weak), Arg::Int(1), Arg::Int(START)];
            let sealed = seal("credentials", &values);
            let sql = "UPDATE credentials SET phc = $2, must_change = $3, changed_at = $4, seal = $5 WHERE person = $1";
            let [person, phc, must_change, changed_at] = values;
            conn.run(sql, &[person, phc, must_change, changed_at, Arg::Bytes(sealed.as_bytes())]).await
        })
    });
    assert_eq!(put.await.unwrap(), 1);
    assert_eq!(store.credential_check(Some(&person()), "sai mật khẩu").await.unwrap(), Checked::Wrong);
    assert_eq!(phc(store).await, weak, "a wrong password changes nothing");
    assert_eq!(store.credential_check(Some(&person()), "mật khẩu cũ").await.unwrap(), Checked::MustChange);
    let strong = phc(store).await;
    assert!(strong.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{strong}");
    assert_eq!(store.credential_check(Some(&person()), "mật khẩu cũ").await.unwrap(), Checked::MustChange);
    assert_eq!(phc(store).await, strong, "once");
    proved(store).await;
}

async fn counters(store: &Store) -> i64 {
    let mut reader = store.reader().await.unwrap();
    let sql = "SELECT COUNT(*) FROM attempts WHERE kind = $1";
    reader.conn().row(sql, &[Arg::Text("login")]).await.unwrap().unwrap().int(0).unwrap()
}

async fn old_counters_make_room_for_new_ones(place: Place) {
    let at = |number: usize| Try { address: format!("10.1.{}.{}", number / 200, number % 200), ..stranger(number) };
    for number in 0..100 {
        assert_eq!(place.store.attempt_reserve(&at(number)).await.unwrap(), Allowed::Now);
    }
    assert_eq!(counters(&place.store).await, 100);
    place.hand.turn(2 * 86_400_000_000);
    for number in 100..200 {
        assert_eq!(place.store.attempt_reserve(&at(number)).await.unwrap(), Allowed::Now);
    }
    let left = counters(&place.store).await;
    assert!((100..130).contains(&left), "{left}");
}

/// Every seal and every file holds, as `cchc ledger verify` looks at them.
async fn proved(store: &Store) {
    let report = store.verify(&Verify::default(), silent()).await.unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
}

async fn every_row_of_logging_in_is_sealed(place: Place) {
    let store = &place.store;
    store.credential_set(&person(), "mật khẩu dài", Chosen::Himself).await.unwrap();
    let session = store.session_open(&person(), "10.0.0.1", "Firefox").await.unwrap();
    let (_, token) = store.token_add(&person(), "a", &Actions::All, 30).await.unwrap();
    for number in 0..33 {
        store.attempt_reserve(&stranger(number)).await.unwrap();
    }
    store.attempt_reserve(&from("")).await.unwrap();
    let device = store.attempt_succeeded(&from(""), &person()).await.unwrap();
    store.attempt_reserve(&from(&device.0)).await.unwrap();
    place.hand.turn(61_000_000);
    assert!(store.session_find(&session.0).await.unwrap().is_some());
    assert!(store.token_find(&token.0).await.unwrap().is_some());
    store.file_put("a", b"a".to_vec()).await.unwrap();
    proved(store).await;
}

async fn what_was_typed_as_a_login_is_not_kept(place: Place) {
    let typed = Try { login: "mật khẩu gõ nhầm ô ".repeat(1_000), ..from("") };
    place.store.attempt_reserve(&typed).await.unwrap();
    let mut reader = place.store.reader().await.unwrap();
    let rows = reader.conn().rows("SELECT key FROM attempts", &[]).await.unwrap();
    let longest = rows.iter().map(|row| row.text(0).unwrap().len()).max();
    assert_eq!((rows.len(), longest), (2, Some(64)));
}

async fn sessions_end_when_the_options_say(place: Place) {
    let mut options = place.options.clone();
    options.sessions = Limits { idle_seconds: 600, whole_seconds: 1_500 };
    let store = Store::open(options).await.unwrap();
    let secret = store.session_open(&person(), "", "").await.unwrap();
    for _ in 0..2 {
        place.hand.turn(599_000_000);
        assert!(store.session_find(&secret.0).await.unwrap().is_some());
    }
    place.hand.turn(302_000_000);
    assert_eq!(store.session_find(&secret.0).await.unwrap(), None, "too old");
    let secret = store.session_open(&person(), "", "").await.unwrap();
    place.hand.turn(600_000_000);
    assert_eq!(store.session_find(&secret.0).await.unwrap(), None, "idle");
    assert_eq!(store.session_list(&person()).await.unwrap(), []);
}
