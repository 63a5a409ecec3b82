//! A backup holds what was there, wherever it goes.
#![allow(missing_docs)]

mod common;
mod filled;

use std::path::Path;

use cchc_ledger::StreamId;
use cchc_ledger::draft::Draft;
use cchc_store::backup::Manifest;
use cchc_store::catalog::TABLES;
use cchc_store::restore::restore;
use cchc_store::verify::{self, Report};
use cchc_store::{DbError, Options, Store};
use common::{On, Place, context, place};
use filled::{Behind, assert_sound, fill, how, rows, table_of};
use tempfile::TempDir;

on_every_engine!(
    a_backup_is_sound_and_refuses_to_overwrite,
    what_is_read_while_writing_is_one_moment,
    it_comes_back_on_sqlite,
    it_comes_back_on_postgres,
    a_damaged_store_gives_a_backup_that_says_so,
    a_changed_backup_is_refused,
);

async fn backed_up(place: &Place, folder: &TempDir) -> (std::path::PathBuf, Manifest) {
    let path = folder.path().join("2021-10-14");
    let backup = place.store.backup(&path, &how(), verify::silent()).await.unwrap();
    assert!(backup.report.is_sound(), "{:#?}", backup.report.findings);
    assert_eq!(Manifest::read(&path).unwrap(), backup.manifest);
    (path, backup.manifest)
}

async fn restored(backup: &Path, options: &Options) -> Result<(Manifest, Report), DbError> {
    restore(backup, options, &how(), verify::silent()).await
}

async fn a_backup_is_sound_and_refuses_to_overwrite(place: Place) {
    fill(&place).await;
    let folder = tempfile::tempdir().unwrap();
    let (path, manifest) = backed_up(&place, &folder).await;
    let events = u64::try_from(rows(&place.store, table_of("events")).await.len()).unwrap();
    assert_eq!((manifest.counts["events"], manifest.findings, manifest.files), (events, 0, 1));
    assert_eq!((manifest.position, manifest.head), place.store.log_end().await.unwrap());
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["2021-10-14"], "nothing half-written is left");
    let again = place.store.backup(&path, &how(), verify::silent()).await.unwrap_err().to_string();
    assert!(again.contains("đã có"), "{again}");
}

async fn what_is_read_while_writing_is_one_moment(place: Place) {
    fill(&place).await;
    let store = place.store.clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let writing = tokio::spawn(async move {
        let mut stopped = stopped;
        let mut number = 0;
        while stopped.try_recv().is_err() {
            number += 1;
            let id = format!("w{number}");
            filled::commit_draft(&store, &id, filled::change(&id, "x"), context(&id)).await;
        }
        number
    });
    let folder = tempfile::tempdir().unwrap();
    for round in 0..5 {
        let path = folder.path().join(round.to_string());
        let backup = place.store.backup(&path, &how(), verify::silent()).await.unwrap();
        assert!(backup.report.is_sound(), "{:#?}", backup.report.findings);
        assert_sound(&place.store).await;
    }
    stop.send(()).unwrap();
    assert!(writing.await.unwrap() > 0);
}

/// Every row of every table is there again; what waited on a server for its position may have it now.
async fn assert_same(one: &Store, other: &Store) {
    for table in TABLES.iter().filter(|table| !matches!(table.name, "log" | "outbox" | "meta")) {
        assert_eq!(rows(one, table).await, rows(other, table).await, "{}", table.name);
    }
    let (position, hash) = one.log_end().await.unwrap();
    assert!(position > 0);
    let there = rows(other, table_of("log")).await;
    let entry = &there[usize::try_from(position).unwrap() - 1];
    assert_eq!(entry[4], cchc_store::table::Value::Bytes(hash.as_bytes().to_vec()));
}

async fn goes_on(store: &Store) {
    let stream = StreamId::new("draft", "sau").unwrap();
    store.commit::<Draft>(&stream, filled::change("sau", "z"), context("sau")).await.unwrap();
    // What was done before is still known as done.
    let again = store.commit::<Draft>(&stream, filled::change("sau", "z"), context("sau")).await.unwrap();
    assert!(again.repeated);
    store.sequence().await.unwrap();
    let report = assert_sound(store).await;
    assert_eq!((report.position, report.waiting), (report.events, 0));
}

async fn it_comes_back_on_sqlite(from: Place) {
    fill(&from).await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, manifest) = backed_up(&from, &folder).await;
    let options = Options::new(folder.path().join("mới"), None, from.hand.clock());
    let (read, report) = restored(&backup, &options).await.unwrap();
    assert_eq!(read, manifest);
    assert!(report.is_sound(), "{:#?}", report.findings);
    let store = Store::open(options.clone()).await.unwrap();
    assert_same(&from.store, &store).await;
    goes_on(&store).await;
    store.close().await;
    let again = restored(&backup, &options).await.unwrap_err().to_string();
    assert!(again.contains("phải trống"), "{again}");
}

async fn it_comes_back_on_postgres(from: Place) {
    fill(&from).await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, _) = backed_up(&from, &folder).await;
    let into = place(On::Postgres).await;
    let (_, report) = restored(&backup, &into.options).await.unwrap();
    assert!(report.is_sound(), "{:#?}", report.findings);
    assert_same(&from.store, &into.store).await;
    goes_on(&into.store).await;
    // Files alone do not make a place other than empty twice: remove them, the tables still do.
    std::fs::remove_dir_all(into.store.folder().join("files")).unwrap();
    let again = restored(&backup, &into.options).await.unwrap_err().to_string();
    assert!(again.contains("phải trống"), "{again}");
}

async fn a_damaged_store_gives_a_backup_that_says_so(place: Place) {
    fill(&place).await;
    let mut behind = Behind::of(&place.options).await;
    behind.run("UPDATE drafts SET summary = 'khác' WHERE id = 'd2'").await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("b");
    let backup = place.store.backup(&path, &how(), verify::silent()).await.unwrap();
    let first = backup.report.first().unwrap();
    assert_eq!((first.table.as_str(), first.key.as_str()), ("drafts", "d2"));
    assert_eq!(Manifest::read(&path).unwrap().findings, 1);
}

async fn a_changed_backup_is_refused(place: Place) {
    fill(&place).await;
    let folder = tempfile::tempdir().unwrap();
    let (backup, _) = backed_up(&place, &folder).await;
    let database = backup.join("cchc.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, bytes).unwrap();
    let options = Options::new(folder.path().join("mới"), None, place.hand.clock());
    let refused = restored(&backup, &options).await.unwrap_err().to_string();
    assert!(refused.contains("mã băm không khớp"), "{refused}");
    assert!(!options.database().exists());
    let none = restored(folder.path(), &options).await.unwrap_err().to_string();
    assert!(none.contains("không phải bản sao lưu"), "{none}");
}
