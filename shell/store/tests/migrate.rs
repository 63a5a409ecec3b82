//! The schema goes up from the first one, in one piece or not at all, by one at a time.
#![allow(missing_docs)]

mod common;

use std::collections::BTreeMap;

use cchc_ledger::draft::{Change, Draft, DraftEvent};
use cchc_ledger::rule::{Rule, RuleEvent};
use cchc_ledger::{Actor, Envelope, Event, Hash, Moment, StreamId, aggregate, chain};
use cchc_store::catalog::{Kind, TABLES};
use cchc_store::kinds::Kinds;
use cchc_store::migrate::{MIGRATIONS, Schema, migrate_to};
use cchc_store::verify::{self, Verify};
use cchc_store::{Arg, Conn, Options, Store};
use common::{Hand, START};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqlSafeStr, SqliteConnection};
use tempfile::TempDir;

/// An empty place: no schema at all.
struct Empty {
    options: Options,
    _folder: TempDir,
}

async fn empty(on_server: bool) -> Empty {
    let folder = tempfile::tempdir().unwrap();
    let url = if on_server { Some(common::database().await) } else { None };
    Empty { options: Options::new(folder.path(), url, Hand::at(START).clock()), _folder: folder }
}

macro_rules! on_both_engines {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite { $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
            super::$name(super::empty(false).await).await;
        })* }
        mod on_postgres { $(#[tokio::test(flavor = "multi_thread")] async fn $name() {
            super::$name(super::empty(true).await).await;
        })* }
    };
}

on_both_engines!(
    a_store_of_the_first_schema_is_brought_up,
    an_interrupted_change_leaves_the_earlier_schema,
    a_newer_schema_is_not_touched,
    several_at_once_wait_for_each_other,
    the_catalog_is_the_schema,
);

enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    async fn of(options: &Options) -> Self {
        match &options.url {
            Some(url) => Self::Postgres(PgConnection::connect(url).await.unwrap()),
            None => {
                let url = format!("sqlite://{}", options.database().display());
                Self::Sqlite(SqliteConnection::connect(&url).await.unwrap())
            }
        }
    }

    fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }

    async fn count(&mut self, table: &str) -> Option<u64> {
        let sql = AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}")).into_sql_str();
        self.conn().rows_text(sql, &[]).await.ok().map(|rows| rows[0].count(0).unwrap())
    }
}

/// Rows as the first released program wrote them: two streams, three events, nothing else.
async fn write_as_the_first_program(raw: &mut Raw) {
    let id = Hash::of(b"a");
    let published = RuleEvent::Published {
        id,
        content: "a".to_owned(),
        valid_from: None,
        valid_to: None,
        basis: "mô phỏng".to_owned(),
        replaces: None,
    };
    let change = Change {
        kind: "units".to_owned(),
        name: "mo-phong".to_owned(),
        content: "b".to_owned(),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "mô phỏng".to_owned(),
        replaces: Some(id),
        file: None,
        file_name: String::new(),
        errors: 0,
        warnings: 0,
        summary: "sửa 1".to_owned(),
    };
    let opened = DraftEvent::Opened { change: Box::new(change), holder: "post-1".to_owned() };
    let mut log = (0, Hash::default());
    let rule = write(raw, "rule/units/mo-phong", (1, Hash::default()), &published, &mut log).await;
    assert_ne!(rule, Hash::default());
    let first = write(raw, "draft/mo-phong", (1, Hash::default()), &opened, &mut log).await;
    write(raw, "draft/mo-phong", (2, first), &DraftEvent::Discarded, &mut log).await;
}

async fn write<E: Event>(raw: &mut Raw, stream: &str, at: (u64, Hash), event: &E, log: &mut (u64, Hash)) -> Hash {
    let payload = aggregate::to_payload(event).unwrap();
    let envelope = Envelope {
        stream: stream.parse().unwrap(),
        version: at.0,
        name: event.name().to_owned(),
        form: 1,
        recorded_at: Moment(START),
        happened_at: Moment(START),
        actor: Actor::person("mo-phong"),
        reason: "mô phỏng".to_owned(),
        request: format!("{stream} {}", at.0),
        asked: Hash::of(b"asked"),
        ordinal: 0,
        cause: None,
        previous: at.1,
    };
    let hash = chain::event_hash(&envelope, &payload);
    let version = Arg::Int(i64::try_from(at.0).unwrap());
    let (start, asked, previous) = (Arg::Int(START), envelope.asked, envelope.previous);
    let sql = "INSERT INTO events (stream, version, name, form, recorded_at, happened_at, actor, post, unit, \
        capacity, reason, request, asked, ordinal, cause, previous, hash, payload) \
        VALUES ($1, $2, $3, 1, $4, $4, 'mo-phong', '', '', '', 'mô phỏng', $5, $6, 0, $7, $8, $9, $10)";
    let args = [
        Arg::Text(stream),
        version,
        Arg::Text(event.name()),
        start,
        Arg::Text(&envelope.request),
        Arg::Bytes(asked.as_bytes()),
        Arg::Bytes(&[]),
        Arg::Bytes(previous.as_bytes()),
        Arg::Bytes(hash.as_bytes()),
        Arg::Bytes(&payload),
    ];
    raw.conn().run(sql, &args).await.unwrap();
    log.0 += 1;
    log.1 = chain::log_hash(&log.1, log.0, &hash);
    let position = Arg::Int(i64::try_from(log.0).unwrap());
    let sql = "INSERT INTO log (position, stream, version, event, hash) VALUES ($1, $2, $3, $4, $5)";
    let args = [position, Arg::Text(stream), version, Arg::Bytes(hash.as_bytes()), Arg::Bytes(log.1.as_bytes())];
    raw.conn().run(sql, &args).await.unwrap();
    hash
}

async fn a_store_of_the_first_schema_is_brought_up(empty: Empty) {
    migrate_to(&empty.options, &MIGRATIONS[..1]).await.unwrap();
    let mut raw = Raw::of(&empty.options).await;
    assert_eq!(MIGRATIONS.len() > 1, raw.count("persons").await.is_none(), "the first schema has no people");
    write_as_the_first_program(&mut raw).await;
    let store = Store::open(empty.options.clone()).await.unwrap();
    store.rebuild(Kinds::all(), verify::silent()).await.unwrap();
    let report = store.verify(&Verify::default(), verify::silent()).await.unwrap();
    assert!(report.is_sound(), "{:#?}", report.findings);
    assert_eq!((report.events, report.streams, report.position), (3, 2, 3));
    let (rule, _) = store.peek::<Rule>(&"rule/units/mo-phong".parse::<StreamId>().unwrap()).await.unwrap();
    assert_eq!(rule.versions[0].id, Hash::of(b"a"));
    let (draft, version) = store.peek::<Draft>(&"draft/mo-phong".parse::<StreamId>().unwrap()).await.unwrap();
    assert_eq!((draft.change.unwrap().summary.as_str(), version), ("sửa 1", 2));
}

/// Half of it could be done.
const BROKEN: &str =
    "CREATE TABLE half (id BIGINT NOT NULL PRIMARY KEY);\nDELETE FROM log;\nCREATE TABLE half (x BIGINT);";
const WHOLE: &str = "CREATE TABLE half (id BIGINT NOT NULL PRIMARY KEY);";

async fn an_interrupted_change_leaves_the_earlier_schema(empty: Empty) {
    Store::open(empty.options.clone()).await.unwrap().close().await;
    let mut raw = Raw::of(&empty.options).await;
    write_as_the_first_program(&mut raw).await;
    let next = Schema::known() + 1;
    let with = |sql| [MIGRATIONS, &[(next, "half", sql)]].concat();
    migrate_to(&empty.options, &with(BROKEN)).await.unwrap_err();
    assert_eq!((raw.count("half").await, raw.count("log").await), (None, Some(3)));
    // The program of before still runs, and the change can be tried again.
    Store::open(empty.options.clone()).await.unwrap().close().await;
    migrate_to(&empty.options, &with(WHOLE)).await.unwrap();
    assert_eq!((raw.count("half").await, raw.count("log").await), (Some(0), Some(3)));
}

async fn a_newer_schema_is_not_touched(empty: Empty) {
    let newer = [MIGRATIONS, &[(Schema::known() + 1, "half", WHOLE)]].concat();
    migrate_to(&empty.options, &newer).await.unwrap();
    let refused = Store::open(empty.options.clone()).await.err().expect("refused").to_string();
    assert!(refused.contains("nâng cấp cơ sở dữ liệu"), "{refused}");
}

async fn several_at_once_wait_for_each_other(empty: Empty) {
    let starts: Vec<_> = (0..12).map(|_| tokio::spawn(Store::open(empty.options.clone()))).collect();
    for start in starts {
        let store = start.await.unwrap().unwrap();
        let report = store.verify(&Verify::default(), verify::silent()).await.unwrap();
        assert!(report.is_sound(), "{:#?}", report.findings);
        store.close().await;
    }
    let mut raw = Raw::of(&empty.options).await;
    assert_eq!(raw.count("_sqlx_migrations").await, Some(u64::try_from(MIGRATIONS.len()).unwrap()));
}

/// Every table but the two of the migrations, with its columns in order and their types.
async fn the_catalog_is_the_schema(empty: Empty) {
    Store::open(empty.options.clone()).await.unwrap().close().await;
    let mut raw = Raw::of(&empty.options).await;
    let sql = match &raw {
        Raw::Sqlite(_) => {
            "SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"
        }
        Raw::Postgres(_) => {
            "SELECT c.table_name::TEXT, c.column_name::TEXT, c.data_type::TEXT, \
                COALESCE(k.ordinal_position, 0)::BIGINT FROM information_schema.columns c \
                LEFT JOIN information_schema.table_constraints t ON t.table_schema = 'public' \
                AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY' \
                LEFT JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name \
                AND k.table_name = c.table_name AND k.column_name = c.column_name \
                WHERE c.table_schema = 'public' ORDER BY c.table_name COLLATE \"C\", c.ordinal_position"
        }
    };
    let mut there: BTreeMap<String, Vec<(String, Kind, i64)>> = BTreeMap::new();
    for row in raw.conn().rows(sql, &[]).await.unwrap() {
        let (table, kind) = (row.text(0).unwrap(), row.text(2).unwrap());
        if matches!(table.as_str(), "_sqlx_migrations" | "migration_lock") {
            continue;
        }
        let kind = match kind.to_lowercase().as_str() {
            "bigint" => Kind::Int,
            "text" => Kind::Text,
            "blob" | "bytea" => Kind::Bytes,
            other => panic!("{table}: {other}"),
        };
        there.entry(table).or_default().push((row.text(1).unwrap(), kind, row.int(3).unwrap()));
    }
    let listed = TABLES.iter().map(|one| {
        let columns = (1..).zip(one.columns).map(|(place, (name, kind))| {
            let in_key = usize::try_from(place).unwrap() <= one.key;
            ((*name).to_owned(), *kind, if in_key { place } else { 0 })
        });
        (one.name.to_owned(), columns.collect::<Vec<_>>())
    });
    assert_eq!(there, listed.collect());
}
