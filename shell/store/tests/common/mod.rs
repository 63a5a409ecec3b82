//! Every case on both engines: SQLite in a folder of its own, PostgreSQL in a database of its own.
//!
//! PostgreSQL is where `CCHC_TEST_POSTGRES_URL` says; `cargo xtask postgres` starts one. A machine
//! without it fails the test, so that nobody believes that both were tried.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use cchc_ledger::{Actor, Context, Moment, RequestId};
use cchc_store::store::{Clock, Isolation};
use cchc_store::{Options, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

/// A clock that a test moves.
#[derive(Clone)]
pub struct Hand(Arc<AtomicI64>);

impl Hand {
    /// A clock that stands.
    pub fn at(micros: i64) -> Self {
        Self(Arc::new(AtomicI64::new(micros)))
    }

    /// Moves it, back too.
    pub fn turn(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// As the store wants it.
    pub fn clock(&self) -> Clock {
        let hand = self.0.clone();
        Arc::new(move || Moment(hand.load(Ordering::SeqCst)))
    }
}

/// A store of a test, with what must outlive it.
pub struct Place {
    pub store: Store,
    pub hand: Hand,
    pub options: Options,
    folder: TempDir,
}

pub const START: i64 = 1_634_200_000_000_000;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
    Serializable,
}

/// A store on that engine, empty.
pub async fn place(on: On) -> Place {
    let (folder, hand) = (tempfile::tempdir().unwrap(), Hand::at(START));
    let url = match on {
        On::Sqlite => None,
        On::Postgres | On::Serializable => Some(database().await),
    };
    let mut options = Options::new(folder.path(), url, hand.clock());
    if on == On::Serializable {
        options.isolation = Isolation::Serializable;
        options.fail = Some(|attempt| attempt < 2);
    }
    let store = Store::open(options.clone()).await.unwrap();
    Place { store, hand, options, folder }
}

/// A database of its own.
pub async fn database() -> String {
    let base = std::env::var("CCHC_TEST_POSTGRES_URL").expect("CCHC_TEST_POSTGRES_URL: cargo xtask postgres -- …");
    let mut server = PgConnection::connect(&base).await.unwrap();
    let name = format!("t{}", uuid::Uuid::now_v7().simple());
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut server).await.unwrap();
    server.close().await.unwrap();
    let (start, _) = base.rsplit_once('/').unwrap();
    format!("{start}/{name}")
}

/// Runs a case on every engine.
#[macro_export]
macro_rules! on_every_engine {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite { $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
            super::$name(super::common::place(super::common::On::Sqlite).await).await;
        })* }
        mod on_postgres { $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
            super::$name(super::common::place(super::common::On::Postgres).await).await;
        })* }
        mod on_serializable { $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
            super::$name(super::common::place(super::common::On::Serializable).await).await;
        })* }
    };
}

/// A command of an invented person.
pub fn context(request: &str) -> Context {
    Context::new(Actor::person("p-mo-phong"), RequestId::from(request))
}
