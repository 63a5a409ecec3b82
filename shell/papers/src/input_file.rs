//! The inputs of units as files: read, written in one canonical form, asked for with templates.

mod header;
mod template;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use cchc_index::input::{AnswerText, REQUIRED_COLUMNS};
use cchc_index::{CriteriaSet, Inputs, read_inputs};
use cchc_text::table::Table;
use cchc_text::{Finding, Findings, Place};

use crate::set_xlsx::numeric_cells;
use crate::{Limits, ReadError, read_tables};

pub(crate) use header::name_columns;
pub use template::{TemplateUnit, template_csv, template_xlsx};

/// The columns of the canonical form.
pub const COLUMNS: [&str; 6] = ["unit", "unit_name", "group", "criterion", "value", "of"];

/// The criterion of the one row of a unit that has no other: no set has such a code, so the row only
/// keeps the unit (and is told as an unknown criterion when it is read).
pub(crate) const NO_CRITERION: &str = "-";

/// Reads the inputs of units from all tables of a CSV or XLSX file.
///
/// Columns go by [`COLUMNS`] or by their Vietnamese names (`Mã đơn vị`, `Giá trị` …). Worksheets
/// without them, such as «Hướng dẫn», are left out with a note if any other has them.
///
/// # Errors
/// [`ReadError`] where nothing could be read; everything else is a finding.
pub fn read(set: &CriteriaSet, name: &str, bytes: &[u8], limits: &Limits) -> Result<(Inputs, Findings), ReadError> {
    let (mut tables, mut findings) = read_tables(name, bytes, limits)?;
    tables.iter_mut().for_each(name_columns);
    let is_input = |table: &Table| REQUIRED_COLUMNS.iter().all(|column| table.column(column).is_some());
    if tables.iter().any(is_input) {
        for table in tables.iter().filter(|table| !is_input(table)) {
            let place = Place::cell(name, table.sheet.as_str());
            let message =
                format!("Trang tính «{}» không có cột unit, criterion, value nên không được đọc.", table.sheet);
            findings.push(Finding::note("unused-sheet", place, message));
        }
        tables.retain(is_input);
    }
    if set.criteria.iter().any(|node| looks_numeric(&node.code)) {
        tables.iter_mut().for_each(|table| mend_codes(table, bytes, &mut findings));
    }
    let (inputs, more) = read_inputs(set, &tables);
    findings.extend(more);
    Ok((inputs, findings))
}

/// Whether a worksheet would lose something of the code as a number: `1.10`, `1.125`.
fn looks_numeric(code: &str) -> bool {
    let Some((integer, fraction)) = code.split_once('.') else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(integer) && digits(fraction) && (fraction.ends_with('0') || fraction.len() == 3)
}

/// Tells the codes of criteria that a worksheet holds as numbers: `1.10` is `1.1` there.
pub(crate) fn mend_codes(table: &mut Table, bytes: &[u8], findings: &mut Findings) {
    let Some(column) = table.column("criterion").filter(|_| !table.sheet.is_empty()) else { return };
    let numeric = numeric_cells(bytes, &table.sheet, &[column]);
    let (mut count, mut first) = (0_u64, None);
    for index in 0..table.rows.len() {
        let Some(row) = table.rows.get(index).filter(|row| numeric.contains_key(&(row.number, column))) else {
            continue;
        };
        let Some(code) = row.cells.get(column).filter(|code| code.contains('.')) else { continue };
        let code = code.trim_end_matches('0').to_owned();
        count += 1;
        first.get_or_insert_with(|| (table.place(row, column), code.clone()));
        if let Some(cell) = table.rows.get_mut(index).and_then(|row| row.cells.get_mut(column)) {
            *cell = code;
        }
    }
    if let Some((place, code)) = first {
        let message = format!(
            "{count} ô mã tiêu chí được lưu dạng số, đầu tiên là «{code}»: nếu là «{code}0» thì số 0 cuối đã mất."
        );
        let finding = Finding::warning("numeric-code", place, message);
        findings.push(finding.hint("Đặt cột criterion ở dạng Text rồi gõ lại các mã đó."));
    }
}

/// Writes inputs in their canonical form: by unit code, then in the order of the set; texts as they were.
///
/// [`read`] gives equal inputs back, for inputs that it has read.
#[must_use]
pub fn write_csv(set: &CriteriaSet, inputs: &Inputs) -> String {
    let mut units: Vec<_> = inputs.units.iter().collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    let mut rows: Vec<[&str; 6]> = Vec::new();
    for unit in units {
        let answered = set.criteria.iter().zip(&unit.texts).filter_map(|(node, text)| Some((node, text.as_ref()?)));
        let before = rows.len();
        rows.extend(answered.map(|(node, AnswerText { value, of })| {
            [&unit.code, &unit.name, &unit.group, &node.code, value, of].map(String::as_str)
        }));
        if rows.len() == before {
            rows.push([&unit.code, &unit.name, &unit.group, NO_CRITERION, "", ""]);
        }
    }
    String::from_utf8_lossy(&crate::write_csv(&COLUMNS, &rows)).into_owned()
}

/// The inputs of units by their code, for many look-ups.
pub(crate) fn by_code(inputs: &Inputs) -> HashMap<&str, &cchc_index::UnitInput> {
    inputs.units.iter().map(|unit| (unit.code.as_str(), unit)).collect()
}
