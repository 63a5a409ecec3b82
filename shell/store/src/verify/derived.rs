//! Read tables and claims: what is stored beside what the events make of it, row by row.

use std::cmp::Ordering;
use std::collections::VecDeque;

use super::report::Work;
use crate::catalog::{Nature, Table};
use crate::conn::Conn;
use crate::error::DbError;
use crate::table::{Pages, Value, Values, compare, key_text};

/// Whether a table is filled by projecting events; heads and requests are checked beside the events.
#[must_use]
pub fn is_projected(table: &Table) -> bool {
    table.nature == Nature::Derived && !matches!(table.name, "streams" | "requests")
}

/// One side of the comparison.
struct Side {
    pages: Pages,
    waiting: VecDeque<Values>,
}

impl Side {
    fn of(table: &'static Table) -> Self {
        Self { pages: Pages::of(table), waiting: VecDeque::new() }
    }

    /// Makes sure that a row waits, if there is one left; gives back how many were read.
    async fn fill(&mut self, conn: &mut Conn<'_>) -> Result<u64, DbError> {
        if self.waiting.is_empty() {
            self.waiting.extend(self.pages.next(conn).await?);
            return Ok(u64::try_from(self.waiting.len()).unwrap_or(0));
        }
        Ok(0)
    }
}

/// Compares a table in both databases in the order of its key.
pub(crate) async fn check(
    conn: &mut Conn<'_>,
    rebuilt: &mut Conn<'_>,
    table: &'static Table,
    work: &mut Work,
) -> Result<(), DbError> {
    let (mut stored, mut made) = (Side::of(table), Side::of(table));
    loop {
        match stored.fill(conn).await {
            Ok(rows) => work.step(rows),
            Err(error) => return work.findings.unreadable(table.name, error),
        }
        made.fill(rebuilt).await?;
        let order = match (stored.waiting.front(), made.waiting.front()) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(row), Some(other)) => compare(table.key_of(row), table.key_of(other)),
        };
        let mut wrong = |row: &[Value], what: &str| work.findings.add(table.name, key_text(table.key_of(row)), what);
        match order {
            Ordering::Less => {
                if let Some(row) = stored.waiting.pop_front() {
                    wrong(&row, "dòng thừa: không sự kiện nào tạo ra");
                }
            }
            Ordering::Greater => {
                if let Some(row) = made.waiting.pop_front() {
                    wrong(&row, "thiếu dòng mà các sự kiện tạo ra");
                }
            }
            Ordering::Equal => {
                if let (Some(row), Some(other)) = (stored.waiting.pop_front(), made.waiting.pop_front())
                    && row != other
                {
                    wrong(&row, &difference(table, &row, &other));
                }
            }
        }
    }
}

fn difference(table: &Table, row: &[Value], other: &[Value]) -> String {
    let columns = table.columns.iter().zip(row.iter().zip(other));
    let mut differing = columns.filter(|(_, (value, made))| value != made);
    match differing.next() {
        Some(((name, _), (value, made))) => {
            format!("cột {name} lưu «{value}», dựng lại từ sự kiện được «{made}»")
        }
        None => "khác với kết quả dựng lại".to_owned(),
    }
}
