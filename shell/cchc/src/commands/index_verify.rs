//! `cchc index verify`: recompute a result package; any change is found and named.

use std::path::PathBuf;
use std::process::ExitCode;

use cchc_papers::package;

use crate::{files, say};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Tệp gói kết quả (.zip).
    file: PathBuf,
}

/// Recomputes; 1 when anything differs.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (_, bytes) = files::read(&args.file)?;
    let verified =
        package::read(&bytes, &package::limits()).map_err(|error| anyhow::anyhow!("{error} {}", error.hint()))?;
    say::findings(&verified.findings);
    println!("{}", verified.package.about.title);
    println!("Mã băm: {}", verified.hash);
    for difference in &verified.differences {
        println!("Khác: {difference}");
    }
    if verified.holds() {
        println!("KHỚP: tính lại {} dòng, mọi điểm, loại và hạng đúng như trong gói.", verified.lines);
        return Ok(ExitCode::SUCCESS);
    }
    println!("KHÔNG KHỚP: gói đã bị sửa hoặc hỏng ({} chỗ khác).", verified.differences.len() + verified.untold);
    Ok(ExitCode::FAILURE)
}
