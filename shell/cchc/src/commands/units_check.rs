//! `cchc units check`: every finding of unit files at once.

use std::path::PathBuf;
use std::process::ExitCode;

use cchc_text::Severity;

use crate::{files, say};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Các tệp đơn vị (CSV, XLSX).
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Reads the files together; 1 when there is an error among the findings.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (units, findings) = files::units(&args.files)?;
    say::findings(&findings);
    println!("Đọc được {} phiên bản đơn vị. {}", units.all().count(), say::summary(&findings));
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
