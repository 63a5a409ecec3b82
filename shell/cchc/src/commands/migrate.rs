//! `cchc migrate`: brings the schema of the store up to what this program needs.

use std::process::ExitCode;

use cchc_store::migrate::Schema;

use crate::clock;
use crate::place::Place;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Place,
}

/// Opens the store, which brings it up, and says where it stands.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = args.place.open_any(clock::real()).await?;
        store.close().await;
        anyhow::Ok(())
    })?;
    println!("Lược đồ dữ liệu ở {}: bản {}.", args.place.shown(), Schema::known());
    Ok(ExitCode::SUCCESS)
}
