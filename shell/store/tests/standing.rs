//! Jobs that a person asked for or that were given up; causes and effects; how the store is doing.
#![allow(missing_docs)]

mod common;
mod story;

use cchc_access::{Person, PersonCommand as C};
use cchc_ledger::StreamId;
use cchc_store::Store;
use cchc_store::jobs::MOST_ATTEMPTS;
use cchc_store::verify::{self, Verify};
use common::{Place, context};
use story::{act, register};

on_every_engine!(
    a_job_asked_for_twice_is_one_job,
    a_job_that_was_given_up_is_tried_again_when_somebody_says_so,
    an_event_knows_what_set_it_off_and_what_it_set_off,
);

async fn a_job_asked_for_twice_is_one_job(place: Place) {
    let store = &place.store;
    let one = store.job_add("x", "r1", b"a".to_vec()).await.unwrap();
    assert_eq!(store.job_add("x", "r1", b"b".to_vec()).await.unwrap(), one);
    assert_ne!(store.job_add("y", "r1", b"a".to_vec()).await.unwrap(), one);
    assert_eq!(store.job_find(&one).await.unwrap().unwrap().payload, b"a");
    let standing = store.standing().await.unwrap();
    assert_eq!((standing.jobs_open, standing.jobs_given_up), (2, 0));
    assert!(standing.database > 0 && standing.schema > 0);
    assert_proved(store).await;
}

async fn a_job_that_was_given_up_is_tried_again_when_somebody_says_so(place: Place) {
    let store = &place.store;
    let id = store.job_add("x", "r1", Vec::new()).await.unwrap();
    assert!(!store.job_retry(&id).await.unwrap(), "it was never tried");
    for _ in 0..MOST_ATTEMPTS {
        let job = store.job_take().await.unwrap().unwrap();
        store.job_put(job, Err("hỏng".to_owned())).await.unwrap();
        place.hand.turn(i64::from(u16::MAX) * 1_000_000);
    }
    assert_eq!(store.job_take().await.unwrap(), None);
    assert_eq!(store.standing().await.unwrap().jobs_given_up, 1);
    assert!(store.job_find(&id).await.unwrap().unwrap().is_given_up());
    assert!(store.job_retry(&id).await.unwrap() && !store.job_retry("khong-co").await.unwrap());
    let job = store.job_take().await.unwrap().unwrap();
    assert_eq!((job.attempts, job.error.as_str()), (1, "hỏng"));
    store.job_put(job, Ok(())).await.unwrap();
    let done = store.job_recent(5).await.unwrap();
    assert_eq!((done.len(), done[0].id.as_str(), store.standing().await.unwrap().jobs_open), (1, id.as_str(), 0));
    assert_proved(store).await;
}

async fn an_event_knows_what_set_it_off_and_what_it_set_off(place: Place) {
    let store = &place.store;
    register(store, "a", "A (mô phỏng)", None).await;
    register(store, "b", "B (mô phỏng)", None).await;
    let stream: StreamId = "person/a".parse().unwrap();
    let cause = store.history_event(&stream, 1).await.unwrap().unwrap();
    let other: StreamId = "person/b".parse().unwrap();
    let command = C::Rename { name: "Bê (mô phỏng)".to_owned() };
    let context = context("vì a").because("mô phỏng").caused_by(cause.hash);
    store.commit::<Person>(&other, command, context).await.unwrap();
    act(store, "a", C::Rename { name: "Á (mô phỏng)".to_owned() }).await;

    let effect = store.history_event(&other, 2).await.unwrap().unwrap();
    let found = store.cause_find(&effect.envelope).await.unwrap().unwrap();
    assert_eq!((found.stream.as_str(), found.version, found.name.as_str()), ("person/a", 1, "registered"));
    assert_eq!(store.cause_find(&cause.envelope).await.unwrap(), None);
    let effects = store.effect_list(&cause.hash, 9).await.unwrap();
    assert_eq!(effects.iter().map(|one| (one.stream.as_str(), one.version)).collect::<Vec<_>>(), [("person/b", 2)]);
    assert_eq!(store.effect_list(&effect.hash, 9).await.unwrap(), []);
}

async fn assert_proved(store: &Store) {
    store.sequence().await.unwrap();
    let report = store.verify(&Verify::default(), verify::silent()).await.unwrap();
    assert_eq!(report.first().map(ToString::to_string), None);
}
