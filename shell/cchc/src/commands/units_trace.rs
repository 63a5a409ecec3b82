//! `cchc units trace`: where a unit went between two days, over any number of steps.

use std::process::ExitCode;

use cchc_text::date::vietnamese;
use cchc_units::{Step, UnitError, Version};
use jiff::civil::Date;

use crate::commands::units_tree::Format;
use crate::files::{Binary, write_out};
use crate::{clock, data};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Mã đơn vị tại ngày đầu, ví dụ 08734.
    code: String,
    /// Ngày đầu.
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    from: Date,
    /// Ngày cuối (mặc định: hôm nay).
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    to: Option<Date>,
    /// Dạng đầu ra.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Prints each step and what the unit is in the end.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let units = data::units();
    let to = args.to.unwrap_or_else(clock::today);
    let start = units.find(&args.code, args.from).map_err(explained)?;
    let steps = units.trace(&args.code, args.from, to).map_err(explained)?;
    let arrived = units.successors_at(&args.code, args.from, to).map_err(explained)?;
    let text = match args.format {
        Format::Table => table(start, &steps, &arrived, args.from, to),
        Format::Csv => csv(&steps)?,
        Format::Json => json(start, &steps, &arrived)?,
    };
    write_out(None, text.as_bytes(), Binary::No)?;
    Ok(ExitCode::SUCCESS)
}

fn explained(error: UnitError) -> anyhow::Error {
    let hint = error.hint().unwrap_or_default();
    anyhow::anyhow!("{error} {hint}")
}

fn named(version: &Version) -> String {
    format!("{} {}", version.code, version.name)
}

fn table(start: &Version, steps: &[Step<'_>], arrived: &[&Version], from: Date, to: Date) -> String {
    let mut text = format!("{}: {}\n", vietnamese(from), named(start));
    for step in steps {
        let after = step.after.map_or_else(|| "(kết thúc)".to_owned(), named);
        let basis = if step.legal_basis.is_empty() { String::new() } else { format!(" [{}]", step.legal_basis) };
        let (on, before, passage) = (vietnamese(step.on), named(step.before), step.passage.label());
        text.push_str(&format!("{on}: {before} → {after} — {passage}{basis}\n"));
    }
    let last: Vec<String> = arrived.iter().map(|version| named(version)).collect();
    let last = if last.is_empty() { "không còn".to_owned() } else { last.join("; ") };
    text.push_str(&format!("{}: {last}\n", vietnamese(to)));
    text
}

fn csv(steps: &[Step<'_>]) -> anyhow::Result<String> {
    let columns = ["on", "from_code", "from_name", "passage", "to_code", "to_name", "legal_basis"];
    let rows: Vec<Vec<String>> = steps
        .iter()
        .map(|step| {
            let (code, name) = step.after.map(|after| (after.code.clone(), after.name.clone())).unwrap_or_default();
            let (before, passage) = (step.before, step.passage.label().to_owned());
            let on = step.on.to_string();
            vec![on, before.code.clone(), before.name.clone(), passage, code, name, step.legal_basis.to_owned()]
        })
        .collect();
    Ok(String::from_utf8(cchc_papers::write_csv(&columns, &rows))?)
}

fn json(start: &Version, steps: &[Step<'_>], arrived: &[&Version]) -> anyhow::Result<String> {
    let value = serde_json::json!({ "start": start, "steps": steps, "arrived": arrived });
    Ok(format!("{}\n", serde_json::to_string_pretty(&value)?))
}
