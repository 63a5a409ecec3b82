//! Rows that no event explains: their seals.

use super::report::Work;
use crate::catalog::{Nature, TABLES, Table};
use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::table::{Pages, Value, key_text};

/// Checks the seal of every row of every sealed table.
pub(crate) async fn check(conn: &mut Conn<'_>, work: &mut Work) -> Result<(), DbError> {
    for table in TABLES.iter().filter(|table| table.nature == Nature::Sealed) {
        let mut pages = Pages::of(table);
        loop {
            let page = match pages.next(conn).await {
                Ok(page) => page,
                Err(error) => {
                    work.findings.unreadable(table.name, error)?;
                    break;
                }
            };
            if page.is_empty() {
                break;
            }
            for row in page.iter().filter(|row| !holds(table, row)) {
                let key = key_text(table.key_of(row));
                work.findings.add(table.name, key, "dấu niêm của dòng không khớp: dòng đã bị sửa");
            }
            work.step(u64::try_from(page.len()).unwrap_or(0));
        }
    }
    Ok(())
}

fn holds(table: &Table, row: &[Value]) -> bool {
    let Some((Value::Bytes(sealed), values)) = row.split_last() else { return false };
    let args: Option<Vec<Arg<'_>>> = values.iter().map(Value::arg).collect();
    args.is_some_and(|args| seal(table.name, &args).as_bytes() == sealed.as_slice())
}
