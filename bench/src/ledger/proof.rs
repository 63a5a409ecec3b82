//! How fast the ledger is proved, rebuilt and read on.

use std::time::Instant;

use cchc_store::Store;
use cchc_store::kinds::Kinds;
use cchc_store::verify::{Verify, silent};

use super::engine::Place;
use crate::report::Report;

/// So many events are written by commands and then proved.
const EVENTS: usize = 40_000;
/// So many senders write them.
const SENDERS: usize = 64;

/// Events a second: verify, rebuild, feed.
pub async fn measure(place: &Place, report: &mut Report) -> anyhow::Result<()> {
    let name = place.name;
    let store = Store::open(super::options(place)).await?;
    fill(&store).await?;
    store.sequence().await?;
    let start = Instant::now();
    let verified = store.verify(&Verify::default(), silent()).await?;
    anyhow::ensure!(verified.is_sound(), "{:?}", verified.first());
    let events = verified.events as f64;
    report.plain_rate(&format!("{name}: kiểm chứng, sự kiện/giây"), events / start.elapsed().as_secs_f64());
    let start = Instant::now();
    store.rebuild(Kinds::all(), silent()).await?;
    report.plain_rate(&format!("{name}: dựng lại, sự kiện/giây"), events / start.elapsed().as_secs_f64());
    let (start, mut after, mut read) = (Instant::now(), 0, 0_usize);
    loop {
        let page = store.feed(after, 1_000).await?;
        let Some(last) = page.last() else { break };
        after = last.position;
        read += page.len();
    }
    report.plain_rate(&format!("{name}: nguồn cấp, sự kiện/giây"), read as f64 / start.elapsed().as_secs_f64());
    store.close().await;
    Ok(())
}

async fn fill(store: &Store) -> anyhow::Result<()> {
    let tasks: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let store = store.clone();
            tokio::spawn(async move {
                for number in 0..EVENTS / SENDERS {
                    super::one(&store, &format!("proof-{sender}-{number}")).await?;
                }
                anyhow::Ok(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(())
}
