//! One way to write, on every engine.
#![allow(missing_docs)]

mod common;

use cchc_ledger::draft::{Change, Draft, DraftCommand, DraftRefusal};
use cchc_ledger::rule::{Rule, RuleCommand, RuleRefusal};
use cchc_ledger::{Hash, Moment, StreamId};
use cchc_store::verify::{Verify, silent};
use cchc_store::{CommitError, Store};
use common::{Place, START, context};

on_every_engine!(
    a_command_is_there_once_however_often_it_is_sent,
    the_same_request_with_another_payload_is_refused,
    a_refusal_writes_nothing_and_its_neighbours_stand,
    many_writers_on_one_stream_lose_nothing,
    a_clock_set_back_does_not_go_back,
    a_retry_after_a_refusal_is_told_what_was_done,
    late_entries_need_leave,
    the_log_holds_every_event_once_in_order,
    two_stores_on_one_database_both_write,
);

fn change(content: &str) -> DraftCommand {
    let change = Change {
        kind: "units".to_owned(),
        name: "vinh-phuc".to_owned(),
        content: content.to_owned(),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "mô phỏng".to_owned(),
        replaces: None,
        file: None,
        file_name: String::new(),
        errors: 0,
        warnings: 0,
        summary: "thêm 1".to_owned(),
    };
    DraftCommand::Open { change: Box::new(change) }
}

fn publish(content: &str, replaces: Option<Hash>) -> RuleCommand {
    let basis = "mô phỏng".to_owned();
    RuleCommand::Publish { content: content.to_owned(), valid_from: None, valid_to: None, basis, replaces }
}

fn draft(id: &str) -> StreamId {
    StreamId::new("draft", id).unwrap()
}

async fn events(store: &Store) -> usize {
    store.sequence().await.unwrap();
    store.feed(0, 1000).await.unwrap().len()
}

async fn a_command_is_there_once_however_often_it_is_sent(place: Place) {
    let store = &place.store;
    let first = store.commit::<Draft>(&draft("a"), change("x"), context("r1")).await.unwrap();
    assert_eq!((first.version, first.hashes.len(), first.repeated), (1, 1, false));
    let again = store.commit::<Draft>(&draft("a"), change("x"), context("r1")).await.unwrap();
    assert_eq!((again.version, &again.hashes, again.repeated), (1, &first.hashes, true));
    assert_eq!(again.recorded_at, first.recorded_at);
    assert_eq!(events(store).await, 1);
}

async fn the_same_request_with_another_payload_is_refused(place: Place) {
    let store = &place.store;
    store.commit::<Draft>(&draft("a"), change("x"), context("r1")).await.unwrap();
    let other = store.commit::<Draft>(&draft("b"), change("x"), context("r1")).await;
    assert!(matches!(other, Err(CommitError::OtherPayload)), "{other:?}");
    let other = store.commit::<Draft>(&draft("a"), change("y"), context("r1")).await;
    assert!(matches!(other, Err(CommitError::OtherPayload)), "{other:?}");
    assert_eq!(events(store).await, 1);
}

async fn a_refusal_writes_nothing_and_its_neighbours_stand(place: Place) {
    let store = place.store.clone();
    let tasks: Vec<_> = (0..60)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let request = format!("r{number}");
                if number % 3 == 0 {
                    let missing = draft(&format!("missing{number}"));
                    let refused = store.commit::<Draft>(&missing, DraftCommand::Apply, context(&request)).await;
                    assert!(matches!(refused, Err(CommitError::Refused(DraftRefusal::Missing))), "{refused:?}");
                } else {
                    store.commit::<Draft>(&draft(&request), change("x"), context(&request)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(events(&store).await, 40);
}

async fn many_writers_on_one_stream_lose_nothing(place: Place) {
    let store = place.store.clone();
    let stream: StreamId = "rule/units/vinh-phuc".parse().unwrap();
    store.commit::<Rule>(&stream, publish("0", None), context("start")).await.unwrap();
    let tasks: Vec<_> = (1..=12)
        .map(|writer| {
            let (store, stream) = (store.clone(), stream.clone());
            tokio::spawn(async move {
                let mut tries = 0;
                loop {
                    tries += 1;
                    let (rule, _) = store.peek::<Rule>(&stream).await.unwrap();
                    let head = rule.versions.last().unwrap().id;
                    let request = format!("w{writer}-{tries}");
                    let command = publish(&format!("{writer}"), Some(head));
                    match store.commit::<Rule>(&stream, command, context(&request)).await {
                        Ok(_) => return,
                        Err(CommitError::Refused(RuleRefusal::Stale)) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let (rule, version) = store.peek::<Rule>(&stream).await.unwrap();
    assert_eq!((rule.versions.len(), version), (13, 13));
    assert_eq!(rule.versions.iter().filter(|version| version.known_to.is_none()).count(), 1);
    let rows = store.rule_list(Moment(START)).await.unwrap();
    assert_eq!(rows.len(), 1);
}

async fn a_clock_set_back_does_not_go_back(place: Place) {
    let first = place.store.commit::<Draft>(&draft("a"), change("x"), context("r1")).await.unwrap();
    place.hand.turn(-3_600_000_000);
    let command = DraftCommand::Reassign { holder: "post-2".to_owned() };
    let second = place.store.commit::<Draft>(&draft("a"), command, context("r2")).await.unwrap();
    assert_eq!(second.recorded_at, first.recorded_at);
}

async fn a_retry_after_a_refusal_is_told_what_was_done(place: Place) {
    let store = &place.store;
    store.commit::<Draft>(&draft("a"), change("x"), context("r1")).await.unwrap();
    let applied = store.commit::<Draft>(&draft("a"), DraftCommand::Apply, context("r2")).await.unwrap();
    // The answer was lost; sent again, it would now be refused as closed.
    let again = store.commit::<Draft>(&draft("a"), DraftCommand::Apply, context("r2")).await.unwrap();
    assert_eq!((again.version, again.repeated), (applied.version, true));
    let another = store.commit::<Draft>(&draft("a"), DraftCommand::Apply, context("r3")).await;
    assert!(matches!(another, Err(CommitError::Refused(DraftRefusal::Closed))), "{another:?}");
    // What follows from the event is queued once, and done once.
    let job = store.job_take().await.unwrap().unwrap();
    assert_eq!((job.kind.as_str(), job.payload.as_slice()), ("publish-draft", b"draft/a".as_slice()));
    assert_eq!(store.job_take().await.unwrap(), None);
    store.job_put(job, Ok(())).await.unwrap();
    place.hand.turn(120_000_000);
    assert_eq!(store.job_take().await.unwrap(), None);
}

async fn late_entries_need_leave(place: Place) {
    let early = context("r1").happened_at(Moment(START - 1)).because("mất mạng");
    let refused = place.store.commit::<Draft>(&draft("a"), change("x"), early).await;
    assert!(matches!(refused, Err(CommitError::Backdated(_))), "{refused:?}");
    let later = context("r2").happened_at(Moment(START + 1)).because("vội");
    let refused = place.store.commit::<Draft>(&draft("a"), change("x"), later).await;
    assert!(matches!(refused, Err(CommitError::Backdated(_))), "{refused:?}");
    assert_eq!(events(&place.store).await, 0);
}

async fn the_log_holds_every_event_once_in_order(place: Place) {
    for number in 0..30 {
        let id = format!("d{}", number % 7);
        let command = if number < 7 { change("x") } else { DraftCommand::Reassign { holder: format!("h{number}") } };
        place.store.commit::<Draft>(&draft(&id), command, context(&format!("r{number}"))).await.unwrap();
        place.hand.turn(1);
    }
    place.store.sequence().await.unwrap();
    let entries = place.store.feed(0, 1000).await.unwrap();
    let positions: Vec<u64> = entries.iter().map(|entry| entry.position).collect();
    assert_eq!(positions, (1..=30).collect::<Vec<_>>());
    let mut heads = std::collections::HashMap::new();
    for entry in &entries {
        let envelope = &entry.stored.envelope;
        let head = heads.entry(envelope.stream.clone()).or_insert((0, Hash::default()));
        assert_eq!((envelope.version, envelope.previous), (head.0 + 1, head.1));
        assert_eq!(cchc_ledger::chain::event_hash(envelope, &entry.stored.payload), entry.stored.hash);
        *head = (envelope.version, entry.stored.hash);
    }
    assert_eq!(place.store.feed(28, 10).await.unwrap().len(), 2);
}

async fn two_stores_on_one_database_both_write(place: Place) {
    // `cchc user add` beside a server that runs: each remembers heads and the end of the log for itself.
    let other = Store::open(place.options.clone()).await.unwrap();
    let stores = [&place.store, &other];
    place.store.commit::<Draft>(&draft("shared"), change("x"), context("r0")).await.unwrap();
    for number in 1..=20_u64 {
        let store = stores[usize::try_from(number % 2).unwrap()];
        let command = DraftCommand::Reassign { holder: format!("h{number}") };
        let request = format!("r{number}");
        let moved = store.commit::<Draft>(&draft("shared"), command, context(&request)).await.unwrap();
        assert_eq!(moved.version, number + 1);
        store.commit::<Draft>(&draft(&request), change("x"), context(&format!("own{number}"))).await.unwrap();
    }
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let store = stores[number % 2].clone();
            let (stream, request) = (draft(&format!("many{number}")), format!("many{number}"));
            tokio::spawn(async move { store.commit::<Draft>(&stream, change("x"), context(&request)).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(events(&place.store).await, 81);
    let report = place.store.verify(&Verify::default(), silent()).await.unwrap();
    assert!(report.first().is_none(), "{:?}", report.first());
    other.close().await;
}
