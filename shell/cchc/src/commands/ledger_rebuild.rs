//! `cchc ledger rebuild`: makes the read tables and states again from the events.

use std::process::ExitCode;

use cchc_store::kinds::Kinds;

use crate::place::Place;
use crate::{clock, progress};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Place,
}

/// Rebuilds while nothing else writes.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let rebuilt = runtime.block_on(async {
        let _lock = args.place.lock("cchc ledger rebuild")?;
        let store = args.place.open_existing(clock::real()).await?;
        let bar = progress::bar("dựng lại");
        let rebuilt = store.rebuild(Kinds::all(), bar.watch()).await;
        bar.finish();
        store.close().await;
        anyhow::Ok(rebuilt?)
    })?;
    println!("Đã dựng lại từ {} sự kiện trong {} luồng.", rebuilt.events, rebuilt.streams);
    Ok(ExitCode::SUCCESS)
}
