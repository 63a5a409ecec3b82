//! The form as a workbook: the table, and the list of documents by number.

use rust_xlsxwriter::XlsxError;

use super::{COLUMNS, MinistryForm, rows};
use crate::look;
use crate::results_xlsx::row::{Cell, RowWriter};
use crate::write_error::WriteError;

const WIDTHS: [f64; 9] = [9.0, 46.0, 9.0, 26.0, 11.0, 12.0, 44.0, 36.0, 26.0];

/// Writes the form as a workbook; the same form gives the same bytes.
///
/// # Errors
/// [`WriteError::Workbook`] where Excel can't hold it.
pub fn xlsx(form: &MinistryForm<'_>) -> Result<Vec<u8>, WriteError> {
    let mut workbook = look::workbook(&form.heading(), None)?;
    let (all, documents) = rows(form);
    let sheet = workbook.add_worksheet_with_constant_memory()?.set_name("Biểu mẫu")?;
    look::print_page(sheet);
    let mut table = RowWriter::new(sheet, &WIDTHS, form.set.result_decimals)?;
    head(&mut table, form, &form.heading())?;
    let header = table.head(&COLUMNS, 46.0)?;
    for row in &all {
        let [answer, evidence, note, whose] = [
            row.text(|line| line.answer.clone()),
            row.text(|line| line.evidence.join("; ")),
            row.text(|line| line.note.clone()),
            row.text(|line| line.whose.clone()),
        ];
        let numbers = row.numbers();
        let is_leaf = row.node.leaf.is_some();
        let title = if is_leaf { Cell::Text(&row.node.title) } else { Cell::Strong(&row.node.title) };
        let code = if is_leaf { Cell::Text(&row.node.code) } else { Cell::Strong(&row.node.code) };
        let points = match row.points() {
            Some(points) if is_leaf => Cell::Points(points),
            Some(points) => Cell::Total(points),
            None => Cell::Empty,
        };
        let max = if is_leaf { Cell::Points(&row.max) } else { Cell::Total(&row.max) };
        table.row(&[
            code,
            title,
            max,
            Cell::Text(&answer),
            points,
            Cell::Centre(&numbers),
            Cell::Text(&evidence),
            Cell::Text(&note),
            Cell::Text(&whose),
        ])?;
    }
    let max = form.scored.applicable_max.clone();
    table.row(&[
        Cell::Empty,
        Cell::Strong("Tổng cộng"),
        Cell::Total(&max),
        Cell::Empty,
        Cell::Total(&form.scored.total),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
    ])?;
    table.one_table(header, COLUMNS.len() as u16, 2)?;
    let sheet = workbook.add_worksheet_with_constant_memory()?.set_name("Danh mục tài liệu")?;
    look::print_page(sheet);
    let mut table = RowWriter::new(sheet, &[9.0, 110.0], form.set.result_decimals)?;
    head(&mut table, form, "Danh mục tài liệu kiểm chứng")?;
    let header = table.head(&["Số", "Tài liệu"], 20.0)?;
    for (number, document) in (1..).zip(&documents) {
        table.row(&[Cell::Whole(number), Cell::Text(document)])?;
    }
    table.one_table(header, 2, 1)?;
    Ok(workbook.save_to_buffer()?)
}

fn head(table: &mut RowWriter<'_>, form: &MinistryForm<'_>, heading: &str) -> Result<(), XlsxError> {
    table.line(heading, &look::title())?;
    table.line(&form.below(), &look::plain())?;
    let mark = form.mark();
    if !mark.is_empty() {
        table.line(&mark, &look::mark())?;
    }
    table.skip();
    Ok(())
}
