//! One changed byte, row or page is found and named; what was rebuilt is what was there.
#![allow(missing_docs)]

mod common;
mod filled;

use std::sync::{Arc, Mutex};

use cchc_ledger::{Hash, StreamId, draft::Draft};
use cchc_store::catalog::{Kind, Nature, TABLES, Table};
use cchc_store::table::{Value, key_text};
use cchc_store::verify::{self, Files, Report, Verify};
use common::{On, Place, context, place};
use filled::{Behind, assert_sound, fill, how, rows, table_of, verified};

on_every_engine!(
    every_table_is_filled_and_sound,
    one_byte_flipped_in_any_column_is_found_and_named,
    a_row_taken_away_or_put_in_is_found,
    the_last_event_gone_with_its_head_is_told_by_the_log,
    a_cut_end_is_told_by_an_anchor,
    a_file_changed_cut_or_gone_is_named,
    rebuilding_gives_what_was_there,
    a_broken_event_is_no_source,
    progress_ends_where_it_said,
);

async fn every_table_is_filled_and_sound(place: Place) {
    fill(&place).await;
    for one in TABLES {
        let some = rows(&place.store, one).await.len();
        if one.name == "outbox" && !place.store.is_postgres() {
            assert_eq!(some, 0, "nothing waits on SQLite");
        } else {
            assert!(some > 0, "nothing fills the table {}: the proof would not be tested there", one.name);
        }
    }
    let report = assert_sound(&place.store).await;
    assert_eq!(report.events, u64::try_from(rows(&place.store, table_of("events")).await.len()).unwrap());
    assert_eq!(report.position + report.waiting, report.events);
    assert_eq!(report.waiting > 0, place.store.is_postgres());
    assert_eq!((report.position, report.head), place.store.log_end().await.unwrap());
}

/// The same value with one bit changed; one byte where there was none.
fn flipped(value: &Value, bit: u8) -> Value {
    let flip = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        match bytes.iter_mut().rev().find(|byte| byte.is_ascii_alphanumeric()) {
            Some(byte) => *byte ^= 1 << bit,
            None => match bytes.last_mut() {
                Some(byte) => *byte ^= 1 << bit,
                None => bytes.push(b'x'),
            },
        }
        bytes
    };
    match value {
        Value::Int(number) => Value::Int(number ^ (1 << bit)),
        Value::Bytes(bytes) => Value::Bytes(flip(bytes)),
        Value::Text(text) => match String::from_utf8(flip(text.as_bytes())) {
            Ok(text) => Value::Text(text),
            Err(error) => Value::Raw(error.into_bytes()),
        },
        value => panic!("{value:?}"),
    }
}

fn names(report: &Report, one: &Table, keys: &[String]) -> bool {
    report.findings.iter().any(|broken| broken.table == one.name && keys.contains(&broken.key))
}

async fn one_byte_flipped_in_any_column_is_found_and_named(place: Place) {
    fill(&place).await;
    let mut behind = Behind::of(&place.options).await;
    let quick = Verify { files: Files::Skip, ..how() };
    for one in TABLES {
        let all = rows(&place.store, one).await;
        // The last row too: nothing stands after it that could give it away.
        for row in [all.first(), all.last()].into_iter().flatten() {
            for (index, (column, kind)) in one.columns.iter().enumerate() {
                let key = one.key_of(row);
                // Bit 7 makes a text that is no text, which PostgreSQL does not take.
                let bits: &[u8] = if *kind == Kind::Text && !place.store.is_postgres() { &[0, 7] } else { &[0] };
                for bit in bits {
                    let mut changed = row.clone();
                    let mut bit = *bit;
                    loop {
                        changed[index] = flipped(&row[index], bit);
                        if behind.set(one, key, column, &changed[index]).await {
                            break;
                        }
                        bit += 1;
                    }
                    let found = place.store.verify(&quick, verify::silent()).await.unwrap();
                    let keys = [key_text(key), key_text(one.key_of(&changed))];
                    assert!(names(&found, one, &keys), "{} {keys:?} {column}: {:#?}", one.name, found.findings);
                    assert!(behind.set(one, one.key_of(&changed), column, &row[index]).await);
                }
            }
        }
    }
    assert_sound(&place.store).await;
}

async fn a_row_taken_away_or_put_in_is_found(place: Place) {
    fill(&place).await;
    let mut behind = Behind::of(&place.options).await;
    for one in TABLES {
        let all = rows(&place.store, one).await;
        for row in [all.first(), all.last()].into_iter().flatten() {
            let key = one.key_of(row);
            // A sealed row that is gone leaves nothing behind: sessions end in that way.
            if one.nature != Nature::Sealed {
                behind.delete(one, key).await;
                let report = verified(&place.store).await;
                assert!(!report.is_sound(), "{} without {}", one.name, key_text(key));
                if one.nature == Nature::Derived {
                    assert!(names(&report, one, &[key_text(key)]), "{}: {:#?}", one.name, report.findings);
                }
                behind.insert(one, row).await;
            }
            let mut copy = row.clone();
            let last = one.key - 1;
            copy[last] = match &row[last] {
                Value::Int(number) => Value::Int(number + 1_000),
                Value::Text(text) => Value::Text(format!("{text}x")),
                value => flipped(value, 0),
            };
            behind.insert(one, &copy).await;
            let report = verified(&place.store).await;
            let new = key_text(one.key_of(&copy));
            assert!(names(&report, one, std::slice::from_ref(&new)), "{} {new}: {:#?}", one.name, report.findings);
            behind.delete(one, one.key_of(&copy)).await;
        }
    }
    assert_sound(&place.store).await;
}

async fn the_last_event_gone_with_its_head_is_told_by_the_log(place: Place) {
    fill(&place).await;
    let mut behind = Behind::of(&place.options).await;
    for sql in [
        "DELETE FROM events WHERE stream = 'holder/a'",
        "DELETE FROM streams WHERE stream = 'holder/a'",
        "DELETE FROM requests WHERE stream = 'holder/a'",
        "DELETE FROM claims WHERE stream = 'holder/a'",
    ] {
        assert_eq!(behind.run(sql).await, 1, "{sql}");
    }
    let report = verified(&place.store).await;
    let first = report.first().unwrap();
    assert_eq!((first.table.as_str(), report.findings.len()), ("log", 1), "{:#?}", report.findings);
    assert!(first.what.contains("holder/a"), "{first}");
}

async fn a_cut_end_is_told_by_an_anchor(place: Place) {
    fill(&place).await;
    place.store.sequence().await.unwrap();
    let anchor = place.store.log_end().await.unwrap();
    let anchored = |anchor| Verify { anchor: Some(anchor), ..how() };
    let report = place.store.verify(&anchored(anchor), verify::silent()).await.unwrap();
    assert!(report.is_sound(), "{:#?}", report.findings);
    let other = place.store.verify(&anchored((anchor.0, Hash::of(b"x"))), verify::silent()).await.unwrap();
    assert_eq!(other.first().unwrap().key, anchor.0.to_string());
    let beyond = place.store.verify(&anchored((anchor.0 + 1, anchor.1)), verify::silent()).await.unwrap();
    assert!(!beyond.is_sound());
}

async fn a_file_changed_cut_or_gone_is_named(place: Place) {
    fill(&place).await;
    let row = rows(&place.store, table_of("files")).await.remove(0);
    let Value::Bytes(hash) = &row[0] else { panic!("{row:?}") };
    let path = verify::files::path(place.store.folder(), &Hash::from_slice(hash).unwrap());
    let content = std::fs::read(&path).unwrap();
    let mut changed = content.clone();
    changed[0] ^= 1;
    let told = async || {
        let report = verified(&place.store).await;
        assert_eq!(report.findings.len(), 1, "{:#?}", report.findings);
        assert_eq!(report.findings[0].table, "files");
        report.findings[0].what.clone()
    };
    std::fs::write(&path, &changed).unwrap();
    assert_eq!(told().await, "nội dung tệp khác lúc lưu");
    std::fs::write(&path, &content[1..]).unwrap();
    assert_eq!(told().await, "tệp có kích thước khác lúc lưu");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(told().await, "tệp không còn trong kho");
    let skipping = Verify { files: Files::Skip, ..how() };
    assert!(place.store.verify(&skipping, verify::silent()).await.unwrap().is_sound());
}

async fn rebuilding_gives_what_was_there(place: Place) {
    fill(&place).await;
    let mut before = Vec::new();
    for one in TABLES {
        before.push(rows(&place.store, one).await);
    }
    let mut behind = Behind::of(&place.options).await;
    for one in TABLES.iter().filter(|one| one.nature == Nature::Derived) {
        let row = rows(&place.store, one).await.remove(0);
        behind.delete(one, one.key_of(&row)).await;
        let mut surplus = row.clone();
        surplus[0] = Value::Text("thừa".to_owned());
        behind.insert(one, &surplus).await;
    }
    assert!(!verified(&place.store).await.is_sound());
    let rebuilt = place.store.rebuild(filled::kinds(), verify::silent()).await.unwrap();
    let report = assert_sound(&place.store).await;
    assert_eq!((rebuilt.events, rebuilt.streams), (report.events, report.streams));
    for (one, before) in TABLES.iter().zip(&before) {
        assert_eq!(&rows(&place.store, one).await, before, "{}", one.name);
    }
    // The store goes on from there.
    filled::commit_draft(&place.store, "d9", filled::change("d9", "y"), context("after")).await;
    assert_sound(&place.store).await;
}

async fn a_broken_event_is_no_source(place: Place) {
    fill(&place).await;
    let mut behind = Behind::of(&place.options).await;
    behind.run("UPDATE events SET reason = 'khác' WHERE stream = 'draft/d3' AND version = 2").await;
    let before = rows(&place.store, table_of("drafts")).await;
    let refused = place.store.rebuild(filled::kinds(), verify::silent()).await.unwrap_err().to_string();
    assert!(refused.contains("draft/d3 2") && refused.contains("chưa đổi gì"), "{refused}");
    assert_eq!(rows(&place.store, table_of("drafts")).await, before);
    // The connection is still good: the refusal was undone alone.
    filled::commit_draft(&place.store, "d9", filled::change("d9", "y"), context("after")).await;
    let stream = StreamId::new("draft", "d9").unwrap();
    assert_eq!(place.store.peek::<Draft>(&stream).await.unwrap().1, 1);
}

async fn progress_ends_where_it_said(place: Place) {
    fill(&place).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&told);
    let report = place.store.verify(&how(), Arc::new(move |done, total| ear.lock().unwrap().push((done, total)))).await;
    let told = told.lock().unwrap();
    assert!(told.is_sorted());
    let (done, total) = *told.last().unwrap();
    assert_eq!((done, total), (report.unwrap().rows, told[0].1));
    assert_eq!(done, total);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_page_is_named_with_its_table() {
    let place = place(On::Sqlite).await;
    fill(&place).await;
    let Place { store, options, .. } = &place;
    let mut behind = Behind::of(options).await;
    let sql = "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = 'drafts'";
    let row = behind.conn().row(sql, &[]).await.unwrap().unwrap();
    let (page, size) = (row.int(0).unwrap(), row.int(1).unwrap());
    behind.run("PRAGMA wal_checkpoint(TRUNCATE)").await;
    let path = options.database();
    let mut bytes = std::fs::read(&path).unwrap();
    let start = usize::try_from((page - 1) * size).unwrap();
    bytes[start..start + 64].fill(0xff);
    let folder = tempfile::tempdir().unwrap();
    let damaged = cchc_store::Options { folder: folder.path().to_owned(), ..options.clone() };
    std::fs::write(damaged.database(), bytes).unwrap();
    let damaged = cchc_store::Store::open(damaged).await.unwrap();
    let quick = Verify { files: Files::Skip, ..how() };
    let report = damaged.verify(&quick, verify::silent()).await.unwrap();
    assert_eq!(report.first().unwrap().table, "cchc.db");
    let named = report.findings.iter().find(|broken| broken.table == "drafts").expect("names the table");
    assert!(named.what.contains("trang dữ liệu hỏng"), "{named}");
    assert!(verified(store).await.is_sound());
}
