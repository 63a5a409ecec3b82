//! The ledger: durable commands a second, against a loop that writes the same rows to the same tables.

mod baseline;
mod engine;
mod lists;
mod preload;
mod proof;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use cchc_ledger::draft::{Change, Draft, DraftCommand};
use cchc_ledger::{Actor, Context, Moment, RequestId, StreamId};
use cchc_store::{Options, Store};

use crate::report::Report;
use engine::Place;

/// Rows in the table of events before anything is measured; `CCHC_BENCH_ROWS` says otherwise while working on it.
const PRELOADED: i64 = 1_000_000;
/// How many commands are sent at once: the size of the groups that form.
const GROUPS: [usize; 3] = [1, 8, 32];
/// How long each group is measured.
const EACH: Duration = Duration::from_secs(4);

/// Measures both engines; PostgreSQL where a server is named.
pub fn measure(report: &mut Report) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        engine(&Place::sqlite("nap")?, report).await?;
        proof::measure(&Place::sqlite("moi")?, report).await?;
        match std::env::var("CCHC_TEST_POSTGRES_URL") {
            Ok(url) => {
                engine(&Place::postgres(&url).await?, report).await?;
                proof::measure(&Place::postgres(&url).await?, report).await
            }
            Err(_) => {
                report.note("PostgreSQL: không đo, chưa có CCHC_TEST_POSTGRES_URL");
                Ok(())
            }
        }
    })
}

async fn engine(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let name = place.name;
    let options = options(place);
    Store::open(options.clone()).await?.close().await;
    let start = Instant::now();
    let rows = std::env::var("CCHC_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(PRELOADED);
    preload::run(place, rows).await?;
    report.plain(&format!("{name}: nạp sẵn {rows} sự kiện"), millis(start.elapsed()));
    let store = Store::open(options.clone()).await?;
    lists::measure(place, &store, report).await?;
    store.close().await;
    for group in GROUPS {
        let other = baseline::rate(place, group, EACH).await.context("vòng lặp đối chứng")?;
        let store = Store::open(options.clone()).await?;
        let before = place.wal_written(&store).await?;
        let own = commands(&store, group, EACH).await?;
        let written = place.wal_written(&store).await?.saturating_sub(before);
        store.close().await;
        report.rate(&format!("{name}: lệnh bền vững/giây, nhóm {group}"), own.rate, other, 0.7);
        if place.is_sqlite() && group == 32 {
            report.at_least(&format!("{name}: lệnh bền vững/giây, nhóm {group}, ngưỡng tuyệt đối"), own.rate, 1_000.0);
        }
        report.plain(&format!("{name}: một lệnh, p99, nhóm {group}"), own.p99);
        report.bytes(&format!("{name}: WAL mỗi lệnh, nhóm {group}"), written / own.count.max(1));
    }
    Ok(())
}

fn options(place: &Place) -> Options {
    let clock = Arc::new(|| Moment(engine::micros()));
    let mut options = Options::new(place.folder(), place.url.clone(), clock);
    options.connections = 36;
    options
}

struct Own {
    rate: f64,
    p99: f64,
    count: u64,
}

/// So many senders, each waiting for its answer before it sends the next command.
async fn commands(store: &Store, senders: usize, time: Duration) -> anyhow::Result<Own> {
    let start = Instant::now();
    let run = uuid::Uuid::now_v7().simple().to_string();
    let tasks: Vec<_> = (0..senders)
        .map(|sender| {
            let (store, run) = (store.clone(), run.clone());
            tokio::spawn(async move {
                let mut times = Vec::new();
                while start.elapsed() < time {
                    let key = format!("{run}-{sender}-{}", times.len());
                    let begun = Instant::now();
                    one(&store, &key).await?;
                    times.push(millis(begun.elapsed()));
                }
                anyhow::Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    let rate = times.len() as f64 / start.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
    Ok(Own { rate, p99, count: times.len() as u64 })
}

/// One command on a stream of its own.
async fn one(store: &Store, key: &str) -> anyhow::Result<()> {
    let stream = StreamId::new("draft", key)?;
    let context = Context::new(actor(), RequestId(key.to_owned())).because("đo");
    store.commit::<Draft>(&stream, command(), context).await?;
    Ok(())
}

fn actor() -> Actor {
    Actor { person: "mo-phong".to_owned(), post: "p-1".to_owned(), unit: "243".to_owned(), capacity: String::new() }
}

/// What is said in each command.
fn command() -> DraftCommand {
    DraftCommand::Open { change: Box::new(change()) }
}

fn change() -> Change {
    Change {
        kind: "units".to_owned(),
        name: "vinh-phuc".to_owned(),
        content: "code,name,level,type,parent,valid_from\n08707,Phường Tích Sơn,xa,phuong,243,\n".repeat(4),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "mô phỏng".to_owned(),
        replaces: None,
        file: None,
        file_name: "don-vi.csv".to_owned(),
        errors: 0,
        warnings: 0,
        summary: "thêm 1 đơn vị, sửa 0, bỏ 0".to_owned(),
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
