//! A store with rows in every table, written by real commands; and a way to damage it.
#![allow(dead_code, reason = "each test binary uses a part")]

mod holder;
mod people;
pub mod rounds;

use cchc_ledger::draft::{Change, Draft, DraftCommand};
use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_ledger::{Context, Hash, StreamId};
use cchc_store::catalog::{Kind, Nature, TABLES, Table};
use cchc_store::kinds::Kinds;
use cchc_store::sealed_row::seal;
use cchc_store::store::Options;
use cchc_store::table::{self, Pages, Value, Values};
use cchc_store::verify::{self, Report, Verify};
use cchc_store::{Arg, Conn, Store};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqlSafeStr, SqliteConnection};

use crate::common::{Place, context};
use holder::{Holder, HolderCommand};

/// Every kind of the program, and the one of the tests.
pub fn kinds() -> Kinds {
    Kinds::all().with::<Holder>()
}

/// How the tests verify.
pub fn how() -> Verify {
    Verify { kinds: kinds(), ..Verify::default() }
}

pub async fn verified(store: &Store) -> Report {
    store.verify(&how(), verify::silent()).await.unwrap()
}

pub async fn assert_sound(store: &Store) -> Report {
    let report = verified(store).await;
    assert!(report.is_sound(), "{:#?}", report.findings);
    report
}

/// Writes into every table. On PostgreSQL some events wait for their position at the end.
pub async fn fill(place: &Place) {
    let store = &place.store;
    rules(store).await;
    drafts(store).await;
    names(store).await;
    people::fill(store).await;
    rounds::fill(store).await;
    store.meta_set("nature", "mô phỏng").await.unwrap();
    file(store, "báo cáo mô phỏng".as_bytes()).await;
    let job = store.job_take().await.unwrap().unwrap();
    store.job_put(job, Err("mất mạng (mô phỏng)".to_owned())).await.unwrap();
    store.sequence().await.unwrap();
    let late = DraftCommand::Reassign { holder: "post-9".to_owned() };
    commit_draft(store, "d2", late, context("late")).await;
    for one in TABLES.iter().filter(|one| one.nature == Nature::Sealed) {
        seal_a_row(store, one).await;
    }
}

async fn rules(store: &Store) {
    let stream: StreamId = "rule/units/vinh-phuc".parse().unwrap();
    let publish = |content: &str, replaces| RuleCommand::Publish {
        content: content.to_owned(),
        valid_from: Some(jiff::civil::date(2021, 1, 1)),
        valid_to: None,
        basis: "mô phỏng".to_owned(),
        replaces,
    };
    store.commit::<Rule>(&stream, publish("a", None), context("rule-1")).await.unwrap();
    let second = publish("b", Some(Hash::of(b"a")));
    store.commit::<Rule>(&stream, second, context("rule-2").because("sửa (mô phỏng)")).await.unwrap();
}

/// A prepared change of an invented rule.
pub fn change(name: &str, content: &str) -> DraftCommand {
    let change = Change {
        kind: "days-off".to_owned(),
        name: name.to_owned(),
        content: content.to_owned(),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "mô phỏng".to_owned(),
        replaces: None,
        file: Some(Hash::of(content.as_bytes())),
        file_name: "mo-phong.csv".to_owned(),
        errors: 0,
        warnings: 1,
        summary: "thêm 1".to_owned(),
    };
    DraftCommand::Open { change: Box::new(change) }
}

pub async fn commit_draft(store: &Store, id: &str, command: DraftCommand, context: Context) {
    let stream = StreamId::new("draft", id).unwrap();
    store.commit::<Draft>(&stream, command, context).await.unwrap();
}

async fn drafts(store: &Store) {
    for id in ["d1", "d2", "d3"] {
        commit_draft(store, id, change(id, "x"), context(&format!("{id}-open"))).await;
    }
    let caused = context("d1-apply").caused_by(Hash::of(b"x"));
    commit_draft(store, "d1", DraftCommand::Apply, caused).await;
    commit_draft(store, "d3", DraftCommand::Discard, context("d3-discard").because("nhầm (mô phỏng)")).await;
}

/// A name goes from one stream to another that comes before it in the order of names.
async fn names(store: &Store) {
    let acts = [
        ("b", HolderCommand::Take("tên".to_owned())),
        ("b", HolderCommand::Take("tên khác".to_owned())),
        ("b", HolderCommand::Give("tên".to_owned())),
        ("a", HolderCommand::Take("tên".to_owned())),
    ];
    for (number, (id, command)) in acts.into_iter().enumerate() {
        let stream = StreamId::new("holder", id).unwrap();
        store.commit::<Holder>(&stream, command, context(&format!("name-{number}"))).await.unwrap();
    }
}

/// Stores a file as an upload does.
async fn file(store: &Store, content: &[u8]) {
    let hash = Hash::of(content);
    let path = verify::files::path(store.folder(), &hash);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
    let size = i64::try_from(content.len()).unwrap();
    let row = [Value::Bytes(hash.as_bytes().to_vec()), Value::Int(size), Value::Text("a.txt".into()), Value::Int(7)];
    insert_sealed(store, table_of("files"), row.to_vec()).await;
}

pub fn table_of(name: &str) -> &'static Table {
    cchc_store::catalog::table(name).unwrap()
}

/// A sealed table that nothing has filled yet gets a row with a seal as its own code would write it.
async fn seal_a_row(store: &Store, one: &'static Table) {
    if table::count(&mut store.reader().await.unwrap().conn(), one).await.unwrap() > 0 {
        return;
    }
    let values = one.columns.iter().rev().skip(1).rev().map(|(name, kind)| match kind {
        Kind::Int => Value::Int(3),
        Kind::Text => Value::Text(format!("{name} mô phỏng")),
        Kind::Bytes => Value::Bytes(vec![7; 32]),
    });
    insert_sealed(store, one, values.collect()).await;
}

async fn insert_sealed(store: &Store, one: &'static Table, mut row: Values) {
    let args: Vec<Arg<'_>> = row.iter().map(|value| value.arg().unwrap()).collect();
    let sealed = seal(one.name, &args);
    row.push(Value::Bytes(sealed.as_bytes().to_vec()));
    store
        .write(move |conn| {
            let rows = vec![row.clone()];
            Box::pin(async move { table::insert(conn, one, &rows).await })
        })
        .await
        .unwrap();
}

/// All rows of a table.
pub async fn rows(store: &Store, one: &'static Table) -> Vec<Values> {
    let mut reader = store.reader().await.unwrap();
    let (mut pages, mut all) = (Pages::of(one), Vec::new());
    loop {
        let page = pages.next(&mut reader.conn()).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// A way into the database past the store.
pub enum Behind {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Behind {
    pub async fn of(options: &Options) -> Self {
        match &options.url {
            Some(url) => Self::Postgres(PgConnection::connect(url).await.unwrap()),
            None => {
                let url = format!("sqlite://{}", options.database().display());
                Self::Sqlite(SqliteConnection::connect(&url).await.unwrap())
            }
        }
    }

    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }

    pub async fn run(&mut self, sql: &str) -> u64 {
        self.conn().run_text(AssertSqlSafe(sql.to_owned()).into_sql_str(), &[]).await.unwrap()
    }

    /// Puts a value into a column of the row with that key; `false` where a constraint forbids it.
    pub async fn set(&mut self, one: &Table, key: &[Value], column: &str, value: &Value) -> bool {
        let sql = format!("UPDATE {} SET {column} = {} WHERE {}", one.name, self.literal(value), self.at(one, key));
        match self.conn().run_text(AssertSqlSafe(sql).into_sql_str(), &[]).await {
            Ok(rows) => {
                assert_eq!(rows, 1);
                true
            }
            Err(error) if error.is_constraint() => false,
            Err(error) => panic!("{error}"),
        }
    }

    pub async fn delete(&mut self, one: &Table, key: &[Value]) {
        let sql = format!("DELETE FROM {} WHERE {}", one.name, self.at(one, key));
        assert_eq!(self.run(&sql).await, 1);
    }

    pub async fn insert(&mut self, one: &Table, row: &Values) {
        table::insert(&mut self.conn(), one, std::slice::from_ref(row)).await.unwrap();
    }

    fn at(&self, one: &Table, key: &[Value]) -> String {
        let pairs = one.columns.iter().zip(key).map(|((name, _), value)| format!("{name} = {}", self.literal(value)));
        pairs.collect::<Vec<_>>().join(" AND ")
    }

    fn literal(&self, value: &Value) -> String {
        let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        match (value, self) {
            (Value::Int(number), _) => number.to_string(),
            (Value::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
            (Value::Bytes(bytes), Self::Sqlite(_)) => format!("x'{}'", digits(bytes)),
            (Value::Bytes(bytes), Self::Postgres(_)) => format!("'\\x{}'::bytea", digits(bytes)),
            (Value::Raw(bytes), _) => format!("CAST(x'{}' AS TEXT)", digits(bytes)),
            (Value::Damaged(why), _) => panic!("{why}"),
        }
    }
}
