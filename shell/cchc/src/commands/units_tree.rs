//! `cchc units tree`: the units of one day in protocol order.

use std::process::ExitCode;

use cchc_papers::write_csv;
use cchc_units::Node;
use clap::ValueEnum;
use jiff::civil::Date;

use crate::files::{Binary, write_out};
use crate::{clock, data, files, say};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ngày cần xem (mặc định: hôm nay).
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    as_of: Option<Date>,
    /// Dạng đầu ra.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Tệp đơn vị khác với tệp có sẵn (CSV, XLSX); dùng được nhiều lần.
    #[arg(long, value_name = "TỆP")]
    file: Vec<std::path::PathBuf>,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Indented by level, for reading.
    Table,
    /// Columns code,name,level,type,parent.
    Csv,
    /// A list of objects with the same names.
    Json,
}

const COLUMNS: [&str; 5] = ["code", "name", "level", "type", "parent"];

/// Prints the tree.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let units = match args.file.as_slice() {
        [] => data::units(),
        paths => {
            let (units, findings) = files::units(paths)?;
            say::findings(&findings);
            units
        }
    };
    let tree = units.as_of(args.as_of.unwrap_or_else(clock::today));
    let nodes: Vec<&Node<'_>> = tree.iter().collect();
    let text = match args.format {
        Format::Table => table(&nodes),
        Format::Csv => {
            let rows: Vec<Vec<String>> = nodes.iter().map(|node| cells(node).map(str::to_owned).to_vec()).collect();
            String::from_utf8(write_csv(&COLUMNS, &rows))?
        }
        Format::Json => json(&nodes)?,
    };
    write_out(None, text.as_bytes(), Binary::No)?;
    Ok(ExitCode::SUCCESS)
}

fn cells<'a>(node: &'a Node<'_>) -> [&'a str; 5] {
    let version = node.version;
    let parent = version.parent.as_deref().unwrap_or_default();
    [&version.code, &version.name, version.level.code(), &version.kind, parent]
}

fn table(nodes: &[&Node<'_>]) -> String {
    let mut text = String::new();
    for node in nodes {
        let version = node.version;
        let indent = "  ".repeat(node.depth);
        let label = cchc_units::type_label(&version.kind);
        text.push_str(&format!("{indent}{:<12} {} ({label})\n", version.code, version.name));
    }
    let counts: Vec<String> = cchc_units::Level::ALL
        .iter()
        .map(|level| (level, nodes.iter().filter(|node| node.version.level == *level).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(level, count)| format!("{} {count}", level.label()))
        .collect();
    text.push_str(&format!("{}\n", counts.join(" · ")));
    text
}

fn json(nodes: &[&Node<'_>]) -> anyhow::Result<String> {
    let list: Vec<serde_json::Map<String, serde_json::Value>> = nodes
        .iter()
        .map(|node| COLUMNS.iter().zip(cells(node)).map(|(name, text)| ((*name).to_owned(), text.into())).collect())
        .collect();
    Ok(format!("{}\n", serde_json::to_string_pretty(&list)?))
}
