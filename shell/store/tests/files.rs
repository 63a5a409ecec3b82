//! Files by their content, on every engine.
#![allow(missing_docs)]

mod common;

use std::path::PathBuf;

use cchc_ledger::Hash;
use cchc_store::files::LARGEST;
use cchc_store::{DbError, Store};
use common::Place;

on_every_engine!(
    a_file_is_kept_by_its_content,
    a_damaged_file_is_named_and_heals_when_it_comes_again,
    the_same_file_from_many_at_once_is_one_file,
    what_is_too_large_leaves_nothing,
    a_folder_that_can_not_be_written_leaves_no_row,
);

fn path(store: &Store, hash: &Hash) -> PathBuf {
    cchc_store::verify::files::path(store.folder(), hash)
}

async fn rows(store: &Store) -> i64 {
    let mut reader = store.reader().await.unwrap();
    reader.conn().row("SELECT COUNT(*) FROM files", &[]).await.unwrap().unwrap().int(0).unwrap()
}

/// Every file below the folder of files.
fn on_disk(store: &Store) -> Vec<PathBuf> {
    let Ok(folders) = std::fs::read_dir(store.folder().join("files")) else { return Vec::new() };
    let folders = folders.map(|folder| folder.unwrap().path());
    folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path()).collect()
}

async fn a_file_is_kept_by_its_content(place: Place) {
    let store = &place.store;
    let first = store.file_put("đơn vị.csv", b"code,name\n".to_vec()).await.unwrap();
    let again = store.file_put("khác.csv", b"code,name\n".to_vec()).await.unwrap();
    let other = store.file_put("khác.csv", b"code,nama\n".to_vec()).await.unwrap();
    assert_eq!((first.hash, first.size), (again.hash, 10));
    assert_ne!(first.hash, other.hash);
    assert_eq!(store.file_get(&first.hash).await.unwrap(), b"code,name\n");
    assert_eq!(store.file_get(&other.hash).await.unwrap(), b"code,nama\n");
    assert_eq!((rows(store).await, on_disk(store).len()), (2, 2));
}

async fn a_damaged_file_is_named_and_heals_when_it_comes_again(place: Place) {
    let store = &place.store;
    let stored = store.file_put("đơn vị.csv", b"code,name\n".to_vec()).await.unwrap();
    let path = path(store, &stored.hash);
    std::fs::write(&path, b"code,nama\n").unwrap();
    let changed = store.file_get(&stored.hash).await.unwrap_err().to_string();
    assert!(changed.contains(&stored.hash.to_string()), "{changed}");
    store.file_put("đơn vị.csv", b"code,name\n".to_vec()).await.unwrap();
    assert_eq!(store.file_get(&stored.hash).await.unwrap(), b"code,name\n");
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(store.file_get(&stored.hash).await, Err(DbError::File { .. })));
    store.file_put("đơn vị.csv", b"code,name\n".to_vec()).await.unwrap();
    assert_eq!(store.file_get(&stored.hash).await.unwrap(), b"code,name\n");
    assert_eq!(on_disk(store), [path], "no part is left behind");
}

async fn the_same_file_from_many_at_once_is_one_file(place: Place) {
    let tasks: Vec<_> = (0..12)
        .map(|_| {
            let store = place.store.clone();
            tokio::spawn(async move { store.file_put("a", vec![7; 100_000]).await.unwrap().hash })
        })
        .collect();
    for task in tasks {
        assert_eq!(place.store.file_get(&task.await.unwrap()).await.unwrap(), vec![7; 100_000]);
    }
    assert_eq!((rows(&place.store).await, on_disk(&place.store).len()), (1, 1));
}

async fn what_is_too_large_leaves_nothing(place: Place) {
    let refused = place.store.file_put("lớn", vec![0; LARGEST + 1]).await;
    assert!(matches!(refused, Err(DbError::Refused(_))), "{refused:?}");
    assert_eq!((rows(&place.store).await, on_disk(&place.store).len()), (0, 0));
}

async fn a_folder_that_can_not_be_written_leaves_no_row(place: Place) {
    let store = &place.store;
    // Where the folder should be there is a file.
    std::fs::write(store.folder().join("files"), b"").unwrap();
    let refused = store.file_put("a", b"a".to_vec()).await;
    assert!(matches!(refused, Err(DbError::File { .. })), "{refused:?}");
    assert_eq!(rows(store).await, 0);
}
