//! Reading the workbook of a criterion when it comes back.

use cchc_text::table::Table;
use cchc_text::{Finding, Findings, Place, nfc};

use super::ReturnedRow;
use crate::{Limits, ReadError, input_file, read_tables};

/// Reads the rows that came back, in the order of the file; rows without a decision are left out, a file of another
/// round or criterion gives none.
///
/// # Errors
/// [`ReadError`] where nothing could be read; everything else is a finding.
pub fn read(
    (round, code): (&str, &str),
    name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(Vec<ReturnedRow>, Findings), ReadError> {
    let (mut tables, mut findings) = read_tables(name, bytes, limits)?;
    tables.iter_mut().for_each(input_file::name_columns);
    let Some(table) = tables.iter().find(|table| table.column("unit").is_some() && table.column("value").is_some())
    else {
        let message = "Không thấy trang tính có cột unit (mã đơn vị) và value (kết luận).";
        let hint = "Dùng bảng tải từ trang tiêu chí, không đổi tên cột.";
        findings.push(Finding::error("missing-column", Place::file(name), message).hint(hint));
        return Ok((Vec::new(), findings));
    };
    for (column, expected, what) in [("round", round, "đợt"), ("criterion", code, "tiêu chí")] {
        if let Some(finding) = foreign(table, column, expected, what) {
            findings.push(finding);
            return Ok((Vec::new(), findings));
        }
    }
    let columns = ["unit", "value", "of", "reason", "seen"].map(|name| table.column(name));
    let mut rows = Vec::new();
    for row in &table.rows {
        let text = |at: usize| nfc(row.text(columns.get(at).copied().flatten())).trim().to_owned();
        let (unit, value) = (text(0), text(1));
        if unit.is_empty() || value.is_empty() {
            continue;
        }
        let place = table.place(row, columns.get(1).copied().flatten().unwrap_or(0)).of_unit(unit.clone());
        rows.push(ReturnedRow { unit, value, of: text(2), reason: text(3), mark: text(4), place });
    }
    Ok((rows, findings))
}

/// A row that says that it belongs elsewhere.
fn foreign(table: &Table, column: &str, expected: &str, what: &str) -> Option<Finding> {
    let at = table.column(column)?;
    let row = table.rows.iter().find(|row| {
        let said = row.text(Some(at)).trim();
        !said.is_empty() && said != expected
    })?;
    let message =
        format!("Tệp này của {what} {}, không phải {expected}: không dòng nào được nhận.", row.text(Some(at)));
    Some(Finding::error("wrong-sheet", table.place(row, at), message))
}
