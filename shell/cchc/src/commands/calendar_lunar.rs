//! `cchc calendar lunar`: lunar dates of Vietnam.

use std::process::ExitCode;

use anyhow::{Context, bail};
use cchc_calendar::LunarDate;
use cchc_papers::write_csv;
use cchc_text::date::vietnamese;
use clap::ValueEnum;
use jiff::civil::Date;

use crate::clock;
use crate::files::{Binary, write_out};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Ngày dương lịch cần đổi (mặc định: hôm nay).
    #[arg(value_name = "NGÀY", value_parser = clock::parse_date, conflicts_with_all = ["from", "to"])]
    day: Option<Date>,
    /// Ngày đầu của một khoảng.
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date, requires = "to")]
    from: Option<Date>,
    /// Ngày cuối của một khoảng.
    #[arg(long, value_name = "NGÀY", value_parser = clock::parse_date, requires = "from")]
    to: Option<Date>,
    /// Dạng đầu ra.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Forms of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The lunar date alone, or a line a day.
    Table,
    /// Columns date,lunar.
    Csv,
}

/// Prints one lunar date, or those of every day of a period.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let day = args.day.or(args.from).unwrap_or_else(clock::today);
    let last = args.to.unwrap_or(day);
    if day > last {
        bail!("ngày đầu {} đứng sau ngày cuối {}", vietnamese(day), vietnamese(last));
    }
    let days = std::iter::successors(Some(day), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
    let rows = days.map(|day| Ok([day.to_string(), lunar(day)?.to_string()])).collect::<anyhow::Result<Vec<_>>>()?;
    let text = match args.format {
        Format::Csv => write_csv(&["date", "lunar"], &rows),
        Format::Table if args.from.is_none() => {
            rows.iter().map(|[_, lunar]| format!("{lunar}\n")).collect::<String>().into()
        }
        Format::Table => rows.iter().map(|[day, lunar]| format!("{day}  {lunar}\n")).collect::<String>().into(),
    };
    write_out(None, &text, Binary::No)?;
    Ok(ExitCode::SUCCESS)
}

fn lunar(day: Date) -> anyhow::Result<LunarDate> {
    LunarDate::of(day).with_context(|| {
        let (first, last) = (vietnamese(LunarDate::FIRST), vietnamese(LunarDate::LAST));
        format!("chỉ đổi được ngày từ {first} đến {last}, không có {}", vietnamese(day))
    })
}
