//! `cchc restore`: a backup becomes a store again, on either engine.

use std::path::PathBuf;
use std::process::ExitCode;

use cchc_store::restore::restore;
use cchc_store::verify::Verify;

use super::ledger_verify;
use crate::place::Place;
use crate::{clock, progress};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Thư mục của bản sao lưu.
    #[arg(value_name = "BẢN SAO LƯU")]
    from: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// Restores into an empty place and proves it.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (manifest, report) = runtime.block_on(async {
        let _lock = args.place.lock("cchc restore")?;
        let bar = progress::bar("khôi phục");
        let restored = restore(&args.from, &args.place.options(clock::real()), &Verify::default(), bar.watch()).await;
        bar.finish();
        anyhow::Ok(restored?)
    })?;
    println!("Đã khôi phục bản sao lưu lúc {} vào {}.", manifest.made_at, args.place.shown());
    Ok(ledger_verify::say(&report))
}
