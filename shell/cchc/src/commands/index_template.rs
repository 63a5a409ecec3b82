//! `cchc index template`: a file to fill in for a criteria set.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use cchc_papers::input_file::{TemplateUnit, template_csv, template_xlsx};
use cchc_units::Level;
use jiff::civil::Date;

use crate::{clock, data, files};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Bộ tiêu chí: mã bộ có sẵn hoặc tệp.
    #[arg(long)]
    set: String,
    /// Tệp đích, đuôi .xlsx hoặc .csv.
    #[arg(long, value_name = "TỆP")]
    out: PathBuf,
    /// Điền sẵn các đơn vị của cấp này: so, huyen, xa.
    #[arg(long, value_name = "CẤP")]
    level: Option<String>,
    /// Đơn vị tại ngày này (mặc định: 31/12 của năm bộ tiêu chí).
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    as_of: Option<Date>,
}

/// Writes the template.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let set = files::sound_set(&args.set)?;
    let units = match &args.level {
        Some(level) => units_of(level, args.as_of.unwrap_or(Date::new(set.year, 12, 31)?))?,
        None => Vec::new(),
    };
    let bytes = match args.out.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => template_xlsx(&set, &units)?,
        Some("csv") => template_csv(&set, &units),
        _ => bail!("tệp đích phải có đuôi .xlsx hoặc .csv"),
    };
    files::write(&args.out, &bytes)?;
    println!("Đã ghi {}: {} đơn vị × {} dòng chấm.", args.out.display(), units.len(), set.leaves().count());
    Ok(ExitCode::SUCCESS)
}

fn units_of(level: &str, on: Date) -> anyhow::Result<Vec<TemplateUnit>> {
    let Some(level) = Level::from_code(level) else {
        bail!("cấp phải là so, huyen hoặc xa, không phải «{level}»")
    };
    let registry = data::units();
    let tree = registry.as_of(on);
    let versions = tree.ranked(level);
    let unit = |version: &cchc_units::Version| TemplateUnit {
        code: version.code.clone(),
        name: version.name.clone(),
        group: level.code().to_owned(),
    };
    Ok(versions.map(unit).collect())
}
