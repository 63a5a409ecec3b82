//! Tables of the shipped data whose rows hold for a period: columns that must be there, days that can be read.

use cchc_text::table::{Row, Table};
use cchc_text::{Finding, Findings, Place};
use jiff::civil::Date;

/// First and last day; `None`: since ever, until further notice.
pub type Period = (Option<Date>, Option<Date>);

/// Whether a period holds on a day.
#[must_use]
pub fn holds((from, to): Period, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// The rows of a table with those columns, each read by `read`; a table that lacks one gives none, with a finding.
pub(super) fn rows<T, const N: usize>(
    table: &Table,
    columns: [&str; N],
    mut read: impl FnMut(&Row, [Option<usize>; N], &mut Findings) -> Option<T>,
) -> (Vec<T>, Findings) {
    let mut findings = Findings::new();
    let missing: Vec<&str> = columns.into_iter().filter(|column| table.column(column).is_none()).collect();
    if !missing.is_empty() {
        let message = format!("Thiếu cột {}: không đọc được dòng nào.", missing.join(", "));
        findings.push(Finding::error("missing-column", Place::file(table.file.clone()), message));
        return (Vec::new(), findings);
    }
    let places = columns.map(|column| table.column(column));
    let rows = table.rows.iter().filter_map(|row| read(row, places, &mut findings)).collect();
    (rows, findings)
}

/// The period of a row; `None` where a day can't be read, which is then a finding.
pub(super) fn period(
    table: &Table,
    row: &Row,
    (from, to): (Option<usize>, Option<usize>),
    findings: &mut Findings,
) -> Option<Period> {
    let mut day = |column: Option<usize>| {
        let text = row.text(column).trim();
        let read = if text.is_empty() { Ok(None) } else { cchc_text::date::parse(text).map(Some) };
        read.map_err(|error| {
            let place = table.place(row, column.unwrap_or_default());
            findings.push(Finding::error("bad-date", place, format!("«{text}»: {error}; dòng này không được dùng.")));
        })
    };
    Some((day(from).ok()?, day(to).ok()?))
}
