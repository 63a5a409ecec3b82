//! `cchc ledger verify`: proves that nothing in the ledger was changed.

use std::process::ExitCode;

use cchc_ledger::Hash;
use cchc_store::verify::{Files, Report, Verify};

use crate::place::Place;
use crate::{clock, progress};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Place,
    /// Vị trí và mã băm đã ghi lại từ lần trước, phải còn nguyên: 1234:9f86…
    #[arg(long, value_name = "VỊ TRÍ:MÃ BĂM", value_parser = anchor)]
    anchor: Option<(u64, Hash)>,
    /// Không đọc lại các tệp kèm theo.
    #[arg(long)]
    skip_files: bool,
}

/// Verifies; says the first broken row first.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let report = runtime.block_on(async {
        let store = args.place.open_existing(clock::real()).await?;
        store.sequence().await?;
        let files = if args.skip_files { Files::Skip } else { Files::Read };
        let verify = Verify { files, anchor: args.anchor, ..Verify::default() };
        let bar = progress::bar("kiểm chứng");
        let report = store.verify(&verify, bar.watch()).await;
        bar.finish();
        store.close().await;
        anyhow::Ok(report?)
    })?;
    Ok(say(&report))
}

/// Says what was found; the code of the answer follows from it.
pub fn say(report: &Report) -> ExitCode {
    println!("{} sự kiện trong {} luồng, {} dòng.", report.events, report.streams, report.rows);
    println!("Đầu sổ cái: {}:{}", report.position, report.head);
    if report.waiting > 0 {
        println!("{} sự kiện đang chờ được xếp thứ tự.", report.waiting);
    }
    if report.old_states > 0 {
        println!("{} trạng thái lưu theo dạng cũ, sẽ được tính lại (cchc ledger rebuild).", report.old_states);
    }
    let Some(first) = report.first() else {
        println!("Sổ cái nguyên vẹn.");
        return ExitCode::SUCCESS;
    };
    println!("HỎNG. Dòng đầu tiên: {first}");
    for broken in report.findings.iter().skip(1) {
        println!("  {broken}");
    }
    if report.more > 0 {
        println!("  … và {} dòng nữa", report.more);
    }
    ExitCode::FAILURE
}

fn anchor(text: &str) -> Result<(u64, Hash), String> {
    let (position, hash) = text.split_once(':').ok_or("cần dạng VỊ TRÍ:MÃ BĂM, như lệnh này in ra")?;
    let position = position.trim().parse().map_err(|_| format!("«{position}» không phải vị trí"))?;
    let hash = hash.trim().parse::<Hash>().map_err(|error| error.to_string())?;
    Ok((position, hash))
}
