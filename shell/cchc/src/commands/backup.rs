//! `cchc backup`: a verified copy of everything, while the server goes on.

use std::path::PathBuf;
use std::process::ExitCode;

use cchc_store::verify::Verify;

use super::ledger_verify;
use crate::place::Place;
use crate::{clock, progress};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Thư mục sẽ chứa bản sao lưu; phải chưa có.
    #[arg(value_name = "THƯ MỤC MỚI")]
    to: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Writes the backup and proves it.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let backup = runtime.block_on(async {
        let store = args.place.open_existing(clock::real()).await?;
        let bar = progress::bar("sao lưu");
        let backup = store.backup(&args.to, &Verify::default(), bar.watch()).await;
        bar.finish();
        store.close().await;
        anyhow::Ok(backup?)
    })?;
    println!("Đã sao lưu vào {}, lúc {}.", backup.folder.display(), backup.manifest.made_at);
    Ok(ledger_verify::say(&backup.report))
}
