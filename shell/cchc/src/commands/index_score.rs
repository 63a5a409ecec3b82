//! `cchc index score`: points, classes and ranks of all units in a file.

use std::path::PathBuf;
use std::process::ExitCode;

use cchc_papers::package::{About, Package};
use cchc_papers::{results_csv, results_json, results_xlsx};
use clap::ValueEnum;

use crate::files::{Binary, write_out};
use crate::{files, say};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    scoring: Scoring,
    /// Dạng đầu ra.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Tệp đích (mặc định: đầu ra chuẩn).
    #[arg(long, value_name = "TỆP")]
    out: Option<PathBuf>,
}

/// What every scoring command takes.
#[derive(Debug, clap::Args)]
pub struct Scoring {
    /// Bộ tiêu chí: mã bộ có sẵn (xem `cchc index sets`) hoặc tệp TOML, XLSX.
    #[arg(long)]
    pub set: String,
    /// Số liệu: CSV hoặc XLSX với các cột unit,criterion,value,of (có thể thêm unit_name,group).
    #[arg(long, value_name = "TỆP")]
    pub input: PathBuf,
    /// Ngày nghỉ khác với bảng có sẵn (CSV, XLSX).
    #[arg(long, value_name = "TỆP")]
    pub days_off: Option<PathBuf>,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
    Xlsx,
}

impl Scoring {
    /// Reads everything and scores; the findings of reading and scoring together.
    pub fn run(&self, about: About) -> anyhow::Result<(Package, cchc_text::Findings)> {
        let set = files::sound_set(&self.set)?;
        let (inputs, mut findings) = files::inputs(&set, &self.input)?;
        let days_off = files::days_off(self.days_off.as_deref())?;
        let package = Package::build(about, set, inputs, days_off, Vec::new());
        findings.extend(package.scored.findings.iter().cloned());
        Ok((package, findings))
    }
}

/// Scores and prints; findings go to the error stream, in JSON into the output.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let about = About { title: format!("Kết quả chấm theo bộ {}", args.scoring.set), ..About::default() };
    let (package, findings) = args.scoring.run(about)?;
    let out = args.out.as_deref();
    match args.format {
        Format::Json => write_out(out, results_json::write(&package, &findings).as_bytes(), Binary::No)?,
        Format::Csv => write_out(out, &results_csv::write(&package), Binary::No)?,
        Format::Xlsx => write_out(out, &results_xlsx::write(&package)?, Binary::Yes)?,
        Format::Table => write_out(out, table(&package).as_bytes(), Binary::No)?,
    }
    if args.format != Format::Json {
        say::findings(&findings);
    }
    Ok(ExitCode::SUCCESS)
}

fn table(package: &Package) -> String {
    let set = &package.set;
    let mut text = format!("{}\n", set.title);
    if !set.status_note.is_empty() {
        text.push_str(&format!("Lưu ý: {}\n", set.status_note));
    }
    let number = |value: &cchc_index::Exact| cchc_text::number::vietnamese(&value.fixed(set.result_decimals));
    for group in package.scored.units.chunk_by(|a, b| a.group == b.group) {
        let code = group.first().map_or("", |unit| unit.group.as_str());
        let name = match code {
            "" => "Các đơn vị",
            code => set.group(code).map_or(code, |group| group.name.as_str()),
        };
        text.push_str(&format!("\n{name} ({} đơn vị)\n", group.len()));
        text.push_str(&format!(
            "{:>5} {:>8} {:>9} {:>9}  {:<11} Đơn vị\n",
            "Hạng", "Kết quả", "Điểm", "Tối đa", "Loại"
        ));
        for unit in group {
            let rank = unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
            let result = unit.result.as_ref().map_or_else(|| "–".to_owned(), number);
            let class = unit.class_name(set).unwrap_or("–");
            let (points, max) = (number(&unit.total), number(&unit.applicable_max));
            let name = if unit.name.is_empty() { String::new() } else { format!(" {}", unit.name) };
            text.push_str(&format!("{rank:>5} {result:>8} {points:>9} {max:>9}  {class:<11} {}{name}\n", unit.code));
        }
    }
    text
}
