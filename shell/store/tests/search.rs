//! The search box and the inbox.
#![allow(missing_docs)]

mod common;

use cchc_ledger::draft::Draft;
use cchc_ledger::{Hash, PersonId};
use cchc_store::jobs::Job;
use cchc_store::list::Place as At;
use cchc_store::notices::{self, Inbox, Which};
use cchc_store::people::Notice;
use cchc_store::search::SearchItem;
use cchc_store::verify::{self, Verify};
use cchc_store::{Arg, Store};
use common::Place;

on_every_engine!(
    the_last_word_is_a_beginning_and_all_others_are_whole,
    what_is_written_with_its_marks_comes_first,
    what_is_handed_in_anew_replaces_what_was,
    whatever_is_typed_is_only_text,
    a_search_reads_ranges_of_an_index,
    a_person_is_told_once,
    unread_notices_are_counted_to_ninety_nine,
    every_row_is_sealed,
);

const KINDS: [&str; 2] = ["unit", "criteria-set"];

fn item(key: &str, title: &str, also: &str) -> SearchItem {
    SearchItem {
        key: key.to_owned(),
        title: title.to_owned(),
        subtitle: "mô phỏng".to_owned(),
        href: format!("/don-vi/{key}"),
        also: also.to_owned(),
        place: 0,
    }
}

fn units() -> Vec<SearchItem> {
    vec![
        item("1", "Xã Phù Ninh", "08707"),
        item("2", "Phường Phú Thọ", "H44.10"),
        item("3", "Xã Phú Khê", ""),
        item("4", "Sở Nội vụ tỉnh Phú Thọ", "SNV"),
        item("5", "Xã Hoà Bình", ""),
    ]
}

async fn found(store: &Store, text: &str) -> Vec<String> {
    let hits = store.search(text, &KINDS, 10).await.unwrap();
    hits.into_iter().map(|hit| hit.key).collect()
}

async fn the_last_word_is_a_beginning_and_all_others_are_whole(place: Place) {
    let store = &place.store;
    store.search_replace("unit", units()).await.unwrap();
    assert_eq!(found(store, "noi v").await, ["4"]);
    assert_eq!(found(store, "no v").await, Vec::<String>::new());
    assert_eq!(found(store, "vu noi so").await, ["4"]);
    assert_eq!(found(store, "0870").await, ["1"]);
    assert_eq!(found(store, "h44.1").await, ["2"]);
    assert_eq!(found(store, "snv").await, ["4"]);
    assert_eq!(found(store, "nội vụ y tế").await, Vec::<String>::new());
    let hit = store.search("snv", &KINDS, 10).await.unwrap().remove(0);
    assert_eq!((hit.kind.as_str(), hit.subtitle.as_str(), hit.href.as_str()), ("unit", "mô phỏng", "/don-vi/4"));
}

async fn what_is_written_with_its_marks_comes_first(place: Place) {
    let store = &place.store;
    store.search_replace("unit", units()).await.unwrap();
    assert_eq!(found(store, "xã phù").await, ["1", "3"]);
    assert_eq!(found(store, "xã phú").await, ["3", "1"]);
    assert_eq!(found(store, "PHÚ THỌ").await, ["2", "4"]);
    // Composed otherwise, the tone on the other letter.
    assert_eq!(found(store, "xa\u{303} ho\u{300}a bi\u{300}nh").await, ["5"]);
    assert_eq!(store.search("xã", &KINDS, 2).await.unwrap().len(), 2);
}

async fn what_is_handed_in_anew_replaces_what_was(place: Place) {
    let store = &place.store;
    store.search_replace("unit", units()).await.unwrap();
    store.search_replace("criteria-set", vec![item("1", "Bộ chỉ số cấp xã", "")]).await.unwrap();
    assert_eq!(found(store, "chỉ số").await, ["1"]);
    assert_eq!(store.search("chỉ số", &["unit"], 10).await.unwrap(), Vec::new());
    assert_eq!(store.search("chỉ số", &[], 10).await.unwrap(), Vec::new());
    let mut changed = units();
    changed.truncate(2);
    changed[0].title = "Xã Bình Phú".to_owned();
    store.search_replace("unit", changed.clone()).await.unwrap();
    assert_eq!(found(store, "ninh").await, Vec::<String>::new());
    assert_eq!(found(store, "khê").await, Vec::<String>::new());
    assert_eq!(found(store, "phú").await, ["2", "1"]);
    assert_eq!(found(store, "chỉ số").await, ["1"]);
    store.search_put("unit", item("2", "Phường Việt Trì", "")).await.unwrap();
    assert_eq!(found(store, "thọ").await, Vec::<String>::new());
    assert_eq!(found(store, "viet tri").await, ["2"]);
    store.search_put("unit", item("9", "Xã Mới", "")).await.unwrap();
    assert_eq!(found(store, "moi").await, ["9"]);
    store.search_remove("unit", "9").await.unwrap();
    assert_eq!(found(store, "moi").await, Vec::<String>::new());
    store.search_replace("unit", changed).await.unwrap();
    assert_eq!(found(store, "tho").await, ["2"]);
    let twice = vec![item("1", "Một", ""), item("1", "Hai", "")];
    store.search_replace("unit", twice).await.unwrap();
    assert_eq!((found(store, "một").await.len(), found(store, "hai").await.len()), (0, 1));
}

async fn whatever_is_typed_is_only_text(place: Place) {
    let store = &place.store;
    store.search_replace("unit", units()).await.unwrap();
    for nothing in ["", "  ", "%", "'", "_", "\0", "💥", "*", "phú%", "x".repeat(5_000).as_str(), &"a ".repeat(500)]
    {
        let hits = found(store, nothing).await;
        assert_eq!(hits.is_empty(), nothing != "phú%", "{nothing}: {hits:?}");
    }
}

async fn a_search_reads_ranges_of_an_index(place: Place) {
    let store = &place.store;
    let items = (0..2_000).map(|number| item(&number.to_string(), &format!("Xã Mô Phỏng {number}"), ""));
    store.search_replace("unit", items.collect()).await.unwrap();
    if store.is_postgres() {
        store.write(|conn| Box::pin(async move { conn.run("ANALYZE", &[]).await })).await.unwrap();
    }
    for text in ["mo", "mo phong 19", "xa mo phong 1"] {
        let plan = store.search_plan(text, &KINDS).await.unwrap();
        let wrong = |line: &&String| ["SCAN", "TEMP B-TREE", "Seq Scan", "Sort"].iter().any(|word| line.contains(word));
        assert!(!plan.is_empty() && !plan.iter().any(|line| wrong(&line)), "{text}: {plan:#?}");
    }
    assert_eq!(found(store, "mo phong 199").await[0], "199");
    assert_eq!(store.search("mo", &KINDS, 20).await.unwrap().len(), 20);
}

fn notice(to: &str, kind: &str) -> Notice {
    Notice {
        to: to.into(), kind: kind.to_owned(), text: "Bạn có việc (mô phỏng).".to_owned(), link: "/x".to_owned()
    }
}

async fn a_person_is_told_once(place: Place) {
    let store = &place.store;
    let (person, cause) = (PersonId::from("p1"), Hash::of(b"cause"));
    let job = Job {
        id: "j".to_owned(),
        kind: cchc_store::people::NOTIFY.to_owned(),
        payload: serde_json::to_vec(&notice("p1", "appointed")).unwrap(),
        cause,
        due_at: store.now(),
        attempts: 1,
        leased_until: store.now(),
        done_at: cchc_ledger::Moment(0),
        progress: 0,
        error: String::new(),
    };
    store.notice_run(&job).await.unwrap();
    place.hand.turn(5);
    store.notice_run(&job).await.unwrap();
    assert!(store.notice_put(&cause, notice("p2", "appointed"), "").await.unwrap());
    assert!(!store.notice_put(&cause, notice("p2", "appointed"), "").await.unwrap());
    let page = store.notice_list(&person, Inbox::All, At { cursor: None, size: 10 }).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    let row = &page.rows[0];
    assert_eq!((row.title.as_str(), row.href.as_str(), row.cause), ("Bạn có việc (mô phỏng).", "/x", cause));
    assert_eq!((row.created_at.0, row.read_at), (common::START, None));
    let broken = Job { payload: b"{".to_vec(), ..job };
    assert!(store.notice_run(&broken).await.is_err());
}

async fn unread_notices_are_counted_to_ninety_nine(place: Place) {
    let store = &place.store;
    let person = PersonId::from("p1");
    for number in 0..120_u8 {
        let to = if number == 0 { "p2" } else { "p1" };
        assert!(store.notice_put(&Hash::of(&[number]), notice(to, "x"), "").await.unwrap());
        place.hand.turn(1);
    }
    assert_eq!(store.notice_unread(&person).await.unwrap(), notices::COUNTED + 1);
    let page = store.notice_list(&person, Inbox::All, At { cursor: None, size: 100 }).await.unwrap();
    assert!(page.rows.is_sorted_by(|one, other| one.created_at > other.created_at));
    let one = page.rows[3].id.clone();
    assert_eq!(store.notice_find(&person, &one).await.unwrap().as_ref(), Some(&page.rows[3]));
    assert_eq!(store.notice_find(&"p2".into(), &one).await.unwrap(), None);
    assert_eq!(store.notice_read(&"p2".into(), Which::One(one.clone())).await.unwrap(), 0);
    assert_eq!(store.notice_read(&person, Which::One(one.clone())).await.unwrap(), 1);
    let read_at = store.now();
    place.hand.turn(1);
    assert_eq!(store.notice_read(&person, Which::One(one.clone())).await.unwrap(), 0);
    let at = At { cursor: page.after.as_deref(), size: 100 };
    assert_eq!(store.notice_list(&person, Inbox::All, at).await.unwrap().rows.len(), 19);
    let unread = store.notice_list(&person, Inbox::Unread, At { cursor: None, size: 1_000 }).await.unwrap();
    assert_eq!(unread.rows.len(), 118);
    assert_eq!(store.notice_read(&person, Which::All).await.unwrap(), 118);
    assert_eq!(store.notice_unread(&person).await.unwrap(), 0);
    assert_eq!(store.notice_unread(&"p2".into()).await.unwrap(), 1);
    let page = store.notice_list(&person, Inbox::All, At { cursor: None, size: 100 }).await.unwrap();
    assert_eq!(page.rows[3].read_at, Some(read_at));
}

async fn every_row_is_sealed(place: Place) {
    let store = &place.store;
    store.search_replace("unit", units()).await.unwrap();
    store.search_put("unit", item("1", "Khác", "")).await.unwrap();
    store.notice_put(&Hash::of(b"1"), notice("p1", "x"), "thêm").await.unwrap();
    store.notice_put(&Hash::of(b"2"), notice("p1", "x"), "").await.unwrap();
    store.notice_read(&"p1".into(), Which::All).await.unwrap();
    let stream = "draft/a".parse().unwrap();
    assert_eq!(store.peek::<Draft>(&stream).await.unwrap().1, 0);
    let report = store.verify(&Verify::default(), verify::silent()).await.unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
    for (table, sql) in [
        ("notices", "UPDATE notices SET title = 'Khác' WHERE body = $1"),
        ("search_items", "UPDATE search_items SET href = $1 WHERE key = '1'"),
        ("search_words", "UPDATE search_words SET key = $1 WHERE word = 'khac'"),
    ] {
        store.write(move |conn| Box::pin(async move { conn.run(sql, &[Arg::Text("thêm")]).await })).await.unwrap();
        let report = store.verify(&Verify::default(), verify::silent()).await.unwrap();
        assert!(report.findings.iter().any(|broken| broken.table == table), "{table}: {:?}", report.findings);
    }
}
