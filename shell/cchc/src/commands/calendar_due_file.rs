//! `cchc calendar due --input`: the due date of every row of a file.

use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use cchc_calendar::{Convention, Limit, Pauses, Schedule};
use cchc_papers::write_csv;
use cchc_text::{Finding, Findings, Severity};

use super::calendar_due::written;
use crate::files::{Binary, first_table, write_out};
use crate::{clock, say};

/// The columns that are read; the due date comes after them.
const COLUMNS: [&str; 2] = ["start", "limit"];

/// Prints start,limit,due; a row that can't be counted has no due date, and why is said on the error stream.
///
/// 1 when there is such a row.
pub fn run(path: &Path, schedule: &Schedule, convention: Convention) -> anyhow::Result<ExitCode> {
    let (table, mut findings) = first_table(path)?;
    let [Some(start), Some(limit)] = COLUMNS.map(|name| table.column(name)) else {
        bail!("{} phải có các cột {}", path.display(), COLUMNS.join(", "));
    };
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let texts = [row.text(Some(start)).trim(), row.text(Some(limit)).trim()];
        let mut refuse = |column: usize, code: &'static str, message: String| {
            findings.push(Finding::error(code, table.place(row, column), message));
            String::new()
        };
        let due = match (clock::parse_moment(texts[0]), texts[1].parse::<Limit>()) {
            (Err(error), _) => refuse(start, "bad-moment", format!("«{}»: {error}.", texts[0])),
            (_, Err(error)) => refuse(limit, "bad-limit", format!("{error}.")),
            (Ok(from), Ok(length)) => match schedule.due(from, length, convention, &Pauses::NONE) {
                Ok(due) => written(due),
                Err(error) => refuse(start, "outside-calendar", format!("{error}.")),
            },
        };
        rows.push([texts[0].to_owned(), texts[1].to_owned(), due]);
    }
    write_out(None, &write_csv(&["start", "limit", "due"], &rows), Binary::No)?;
    report(&findings)
}

fn report(findings: &Findings) -> anyhow::Result<ExitCode> {
    say::findings(findings);
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
