//! Tables whose rows hold for a period: columns that must be there, cells that can be read.

use jiff::civil::Date;

use crate::table::{Row, Table};
use crate::{Finding, Findings, Place};

/// First and last day on which a rule holds; `None`: since ever, until further notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

impl Period {
    /// Whether the rule holds on that day.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// One row and the table that names its cells.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a> {
    table: &'a Table,
    row: &'a Row,
}

impl<'a> Cells<'a> {
    /// The text of a column without spaces around it.
    #[must_use]
    pub fn text(self, column: &str) -> &'a str {
        self.row.text(self.table.column(column)).trim()
    }

    /// Where that cell stands.
    #[must_use]
    pub fn place(self, column: &str) -> Place {
        self.table.place(self.row, self.table.column(column).unwrap_or_default())
    }

    /// The period of the columns `valid_from` and `valid_to`; what can't be read is a finding and no period.
    pub fn period(self, findings: &mut Findings) -> Option<Period> {
        let (from, to) = (self.day("valid_from", findings), self.day("valid_to", findings));
        let period = Period { from: from?, to: to? };
        if period.from.zip(period.to).is_some_and(|(from, to)| from > to) {
            let message = "Ngày hết hiệu lực đứng trước ngày có hiệu lực; dòng này không được dùng.";
            findings.push(Finding::error("empty-period", self.place("valid_to"), message));
            return None;
        }
        Some(period)
    }

    fn day(self, column: &str, findings: &mut Findings) -> Option<Option<Date>> {
        let text = self.text(column);
        if text.is_empty() {
            return Some(None);
        }
        match crate::date::parse(text) {
            Ok(day) => Some(Some(day)),
            Err(error) => {
                let message = format!("«{text}»: {error}; dòng này không được dùng.");
                findings.push(Finding::error("bad-date", self.place(column), message));
                None
            }
        }
    }
}

/// The rows of a table with all those columns, each read by `read`; a table that lacks one gives none.
pub fn rows<T>(
    table: &Table,
    columns: &[&str],
    mut read: impl FnMut(Cells<'_>, &mut Findings) -> Option<T>,
) -> (Vec<T>, Findings) {
    let mut findings = Findings::new();
    let missing: Vec<&str> = columns.iter().copied().filter(|column| table.column(column).is_none()).collect();
    if !missing.is_empty() {
        let message = format!("Thiếu cột {}: không đọc được dòng nào.", missing.join(", "));
        findings.push(Finding::error("missing-column", Place::file(table.file.clone()), message));
        return (Vec::new(), findings);
    }
    let read = |row| read(Cells { table, row }, &mut findings);
    let rows = table.rows.iter().filter_map(read).collect();
    (rows, findings)
}
