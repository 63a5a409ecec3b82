//! `cchc index check`: every finding on a criteria set, with file and line or cell.

use std::process::ExitCode;

use cchc_text::Severity;

use crate::{files, say};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Tệp bộ tiêu chí (TOML, XLSX) hoặc mã bộ có sẵn.
    file: String,
}

/// Checks; 1 when there is an error among the findings.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (set, findings) = files::any_set(&args.file)?;
    say::findings(&findings);
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    match &set {
        Some(set) => {
            let (fields, leaves) = (set.fields().count(), set.leaves().count());
            let (id, title, total) = (&set.id, &set.title, set.total.vietnamese());
            println!("{id}: {title}\n{fields} lĩnh vực, {leaves} dòng chấm, tổng {total} điểm.");
        }
        None => println!("Chưa đủ thông tin để thành một bộ tiêu chí."),
    }
    println!("{}", if broken { say::summary(&findings) } else { "Không có lỗi.".to_owned() });
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
