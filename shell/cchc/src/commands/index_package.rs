//! `cchc index package`: the set, the inputs, the days off and the result in one file.

use std::path::PathBuf;
use std::process::ExitCode;

use cchc_papers::package::{self, About};
use jiff::civil::Date;

use crate::commands::index_score::Scoring;
use crate::{clock, files, say};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scoring: Scoring,
    /// Tệp gói kết quả.
    #[arg(long, value_name = "TỆP.zip")]
    out: PathBuf,
    /// Tên gói.
    #[arg(long, value_name = "TÊN")]
    title: Option<String>,
    /// Cơ quan công bố.
    #[arg(long, value_name = "CƠ QUAN")]
    organiser: Option<String>,
    /// Số, ký hiệu quyết định công bố.
    #[arg(long, value_name = "SỐ")]
    decision: Option<String>,
    /// Ngày công bố.
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    published_on: Option<Date>,
}

/// Writes the package and says its hash.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let about = About {
        id: args.out.file_stem().map(|stem| cchc_text::slug(&stem.to_string_lossy())).unwrap_or_default(),
        title: args.title.clone().unwrap_or_else(|| format!("Kết quả chấm theo bộ {}", args.scoring.set)),
        organiser: args.organiser.clone().unwrap_or_default(),
        decision: args.decision.clone().unwrap_or_default(),
        published_on: args.published_on,
        ..About::default()
    };
    let (package, findings) = args.scoring.run(about)?;
    say::findings(&findings);
    let bytes = package::write(&package)?;
    files::write(&args.out, &bytes)?;
    let lines = package.set.leaves().count();
    println!("Đã ghi {}: {} đơn vị × {lines} dòng.", args.out.display(), package.scored.units.len());
    println!("Mã băm: {}", package::hash(&bytes));
    println!("Kiểm chứng: cchc index verify {}", args.out.display());
    Ok(ExitCode::SUCCESS)
}
