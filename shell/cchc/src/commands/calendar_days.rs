//! `cchc calendar days`: every day of a period that is not an ordinary one.

use std::process::ExitCode;

use anyhow::bail;
use cchc_calendar::{Calendar, DayKind, KnownDay};
use cchc_papers::write_csv;
use cchc_text::date::vietnamese;
use clap::ValueEnum;
use jiff::civil::{Date, date};

use super::calendar_rules::Rules;
use crate::clock;
use crate::files::{Binary, write_out};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ngày đầu (mặc định: 01/01 năm nay).
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    from: Option<Date>,
    /// Ngày cuối (mặc định: 31/12 năm của ngày đầu).
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date)]
    to: Option<Date>,
    /// Dạng đầu ra.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    rules: Rules,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A line a day, with how sure it is and by which decision or article.
    Table,
    /// Columns date,kind,name.
    Csv,
}

/// Prints the days.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let from = args.from.unwrap_or_else(|| date(clock::today().year(), 1, 1));
    let to = args.to.unwrap_or_else(|| date(from.year(), 12, 31));
    if from > to {
        bail!("ngày đầu {} đứng sau ngày cuối {}", vietnamese(from), vietnamese(to));
    }
    if from < Calendar::FIRST || to > Calendar::LAST {
        let (first, last) = (vietnamese(Calendar::FIRST), vietnamese(Calendar::LAST));
        bail!("chỉ có ngày nghỉ từ {first} đến {last}");
    }
    let calendar = args.rules.calendar()?;
    let days = calendar.between(from, to);
    let text = match args.format {
        Format::Csv => {
            let cells = |known: &KnownDay| {
                [known.day.date.to_string(), code(known.day.kind).to_owned(), known.day.name.clone()]
            };
            write_csv(&["date", "kind", "name"], &days.map(cells).collect::<Vec<_>>())
        }
        Format::Table => days.map(line).collect::<String>().into_bytes(),
    };
    write_out(None, &text, Binary::No)?;
    Ok(ExitCode::SUCCESS)
}

/// The kind as this command names it: a holiday is one on whatever day it falls.
const fn code(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Holiday | DayKind::HolidayOnWeekend => "holiday",
        DayKind::CompensationDayOff => "compensation",
        DayKind::SwapDayOff => "swap_off",
        DayKind::MakeupWorkingDay => "makeup_work",
    }
}

fn line(known: &KnownDay) -> String {
    let KnownDay { day, standing } = known;
    format!("{}  {}: {} ({}, {})\n", vietnamese(day.date), day.kind.label(), day.name, standing.label(), day.source)
}
