//! `cchc calendar due`: when a time limit ends, and why.

use std::path::PathBuf;
use std::process::ExitCode;

use cchc_calendar::{Convention, Limit, Pauses};
use clap::ValueEnum;
use jiff::civil::DateTime;

use super::calendar_due_file;
use super::calendar_rules::{Hours, Rules};
use crate::clock;
use crate::files::{Binary, write_out};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Thời điểm tiếp nhận: 2025-01-24T09:30.
    #[arg(long, value_name = "LÚC", value_parser = clock::parse_moment, requires = "limit", required_unless_present = "input")]
    from: Option<DateTime>,
    /// Thời hạn: 3wd (ngày làm việc), 0.5wd, 16wh (giờ làm việc), 5d (ngày), 1m (tháng), «03 ngày làm việc», «trong ngày».
    #[arg(long, value_name = "THỜI HẠN", requires = "from")]
    limit: Option<Limit>,
    /// Cách tính.
    #[arg(long, value_enum, default_value_t = Counting::NextDay)]
    convention: Counting,
    /// Khoảng tạm dừng, dùng được nhiều lần: 2025-02-03T10:00..2025-02-05T08:00; ngày không kèm giờ là 00:00.
    #[arg(long = "pause", value_name = "TỪ..ĐẾN", value_parser = pause, conflicts_with = "input")]
    pauses: Vec<(DateTime, DateTime)>,
    /// Giải thích từng ngày: tính, không tính vì sao, tạm dừng.
    #[arg(long, conflicts_with = "input")]
    explain: bool,
    /// Tính cho từng dòng của một tệp có cột start,limit (CSV, XLSX).
    #[arg(long, value_name = "TỆP", conflicts_with_all = ["from", "limit"])]
    input: Option<PathBuf>,
    /// Dạng đầu ra.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    hours: Hours,
    #[command(flatten)]
    rules: Rules,
}

/// Conventions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Counting {
    /// The day of receipt is not counted; due at the end of the last day.
    NextDay,
    /// From the minute of receipt.
    Exact,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The due date on the first line, then what is said about it.
    Text,
    /// Columns start,limit,due.
    Csv,
}

/// Prints the due date, or those of a file.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let calendar = args.rules.calendar()?;
    let schedule = args.hours.schedule(&calendar)?;
    let convention = match args.convention {
        Counting::NextDay => Convention::NextDay,
        Counting::Exact => Convention::Exact,
    };
    if let Some(path) = &args.input {
        return calendar_due_file::run(path, &schedule, convention);
    }
    let (Some(start), Some(limit)) = (args.from, args.limit) else { return Ok(ExitCode::FAILURE) };
    let pauses = Pauses::of(args.pauses.iter().copied());
    let explained = schedule.explain(&calendar, start, limit, convention, &pauses)?;
    let mut text = match args.format {
        Format::Text => format!("{}\n", written(explained.due)),
        Format::Csv => format!("start,limit,due\n{},{limit},{}\n", written(start), written(explained.due)),
    };
    let told = args.format == Format::Text;
    if let Some(reservation) = explained.reservation().filter(|_| told) {
        text.push_str(&format!("{reservation}\n"));
    }
    // A table stays a table.
    if args.explain && told {
        text.push_str(&format!("{}\n", explained.headline()));
        text.extend(explained.lines().map(|line| format!("  {line}\n")));
    }
    write_out(None, text.as_bytes(), Binary::No)?;
    Ok(ExitCode::SUCCESS)
}

/// A moment to the minute: `2025-02-05T17:00`.
pub fn written(moment: DateTime) -> String {
    moment.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Reads `2025-02-03T10:00..2025-02-05T08:00`.
fn pause(text: &str) -> Result<(DateTime, DateTime), String> {
    let (from, to) =
        text.split_once("..").ok_or("khoảng tạm dừng viết TỪ..ĐẾN, ví dụ 2025-02-03T10:00..2025-02-05T08:00")?;
    let (from, to) = (clock::parse_moment(from)?, clock::parse_moment(to)?);
    if from >= to {
        return Err("khoảng tạm dừng phải kết thúc sau khi bắt đầu".to_owned());
    }
    Ok((from, to))
}
