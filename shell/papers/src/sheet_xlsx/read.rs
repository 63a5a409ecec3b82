//! Reading the workbook of a sheet when it comes back.

use std::collections::HashMap;

use cchc_index::set::Source;
use cchc_index::{AnswerText, CriteriaSet};
use cchc_text::table::{Row, Table};
use cchc_text::{Finding, Findings, Place, nfc};

use super::ReturnedLine;
use crate::{Limits, ReadError, input_file, read_tables};

/// Reads the lines that came back, in the order of the file; a file of another unit or round gives none.
///
/// # Errors
/// [`ReadError`] where nothing could be read; everything else is a finding.
pub fn read(
    set: &CriteriaSet,
    (round, unit): (&str, &str),
    name: &str,
    bytes: &[u8],
    limits: &Limits,
) -> Result<(Vec<ReturnedLine>, Findings), ReadError> {
    let (mut tables, mut findings) = read_tables(name, bytes, limits)?;
    tables.iter_mut().for_each(input_file::name_columns);
    let Some(table) =
        tables.iter_mut().find(|table| table.column("criterion").is_some() && table.column("value").is_some())
    else {
        let message = "Không thấy trang tính có cột criterion (mã tiêu chí) và value (giá trị).";
        let hint = "Dùng tệp phiếu tải từ trang phiếu của đơn vị, không đổi tên cột.";
        findings.push(Finding::error("missing-column", Place::file(name), message).hint(hint));
        return Ok((Vec::new(), findings));
    };
    input_file::mend_codes(table, bytes, &mut findings);
    let table = &*table;
    if !belongs(table, "unit", unit, "đơn vị", &mut findings) || !belongs(table, "round", round, "đợt", &mut findings)
    {
        return Ok((Vec::new(), findings));
    }
    let columns = Columns::of(table);
    let mut lines: Vec<ReturnedLine> = Vec::new();
    let mut first: HashMap<String, Place> = HashMap::new();
    for row in &table.rows {
        let Some(line) = columns.line(set, table, row, &mut findings) else { continue };
        if let Some(before) = first.get(&line.code) {
            let message = format!("Tiêu chí {} có hai dòng trong tệp: chỉ dòng đầu được nhận.", line.code);
            findings
                .push(Finding::error("repeated-row", line.place.clone(), message).hint(format!("Dòng kia: {before}.")));
            continue;
        }
        first.insert(line.code.clone(), line.place.clone());
        lines.push(line);
    }
    Ok((lines, findings))
}

/// Whether every row that says where it belongs belongs there.
fn belongs(table: &Table, column: &str, expected: &str, what: &str, findings: &mut Findings) -> bool {
    let Some(at) = table.column(column) else { return true };
    let other = table.rows.iter().find(|row| {
        let said = row.text(Some(at)).trim();
        !said.is_empty() && said != expected
    });
    let Some(row) = other else { return true };
    let message =
        format!("Tệp này của {what} {}, không phải {expected}: không dòng nào được nhận.", row.text(Some(at)));
    findings.push(Finding::error("wrong-sheet", table.place(row, at), message));
    false
}

struct Columns {
    code: Option<usize>,
    value: Option<usize>,
    of: Option<usize>,
    note: Option<usize>,
    seen: Option<usize>,
}

impl Columns {
    fn of(table: &Table) -> Self {
        let column = |name| table.column(name);
        Self {
            code: column("criterion"),
            value: column("value"),
            of: column("of"),
            note: column("note"),
            seen: column("seen"),
        }
    }

    /// The line of a row; `None` where the unit does not answer it, or nothing such is asked.
    fn line(&self, set: &CriteriaSet, table: &Table, row: &Row, findings: &mut Findings) -> Option<ReturnedLine> {
        let text = |column| nfc(row.text(column)).trim().to_owned();
        let code = text(self.code);
        if code.is_empty() {
            return None;
        }
        let place = table.place(row, self.value.unwrap_or(0)).of_criterion(code.clone());
        let Some((_, node, leaf)) = set.leaves().find(|(_, node, _)| node.code == code) else {
            let message = format!("Bộ {} không có tiêu chí «{code}» để chấm: dòng này không được nhận.", set.id);
            findings.push(Finding::error("unknown-criterion", place, message));
            return None;
        };
        if matches!(leaf.source, Source::Survey | Source::Given) {
            return None;
        }
        Some(ReturnedLine {
            code: node.code.clone(),
            answer: AnswerText::new(&text(self.value), &text(self.of)),
            note: text(self.note),
            seen: text(self.seen).parse().ok(),
            place,
        })
    }
}
