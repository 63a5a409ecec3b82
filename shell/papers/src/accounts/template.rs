//! The workbook to fill in.

use cchc_access::Role;
use cchc_units::Registry;
use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Format, Formula, IgnoreError, Worksheet, XlsxError};

use super::columns::{COLUMNS, GUIDE_SHEET, ROLES_SHEET, SHEET, UNITS_SHEET};
use crate::look;
use crate::write_error::WriteError;

/// Rows that have drop-downs.
const ROWS: u32 = 500;

/// Writes the template with the units of that day, each with the one above it, so that units of one name can be
/// told apart.
///
/// # Errors
/// [`WriteError::Workbook`] where the workbook could not be made.
pub fn template(units: &Registry, on: Date) -> Result<Vec<u8>, WriteError> {
    let mut workbook = look::workbook("Danh sách tài khoản", Some(on))?;
    let tree = units.as_of(on);
    write_list(workbook.add_worksheet().set_name(SHEET)?, tree.nodes.len())?;
    write_guide(workbook.add_worksheet().set_name(GUIDE_SHEET)?)?;
    write_units(workbook.add_worksheet().set_name(UNITS_SHEET)?, units, on)?;
    write_roles(workbook.add_worksheet().set_name(ROLES_SHEET)?)?;
    Ok(workbook.save_to_buffer()?)
}

fn write_list(sheet: &mut Worksheet, units: usize) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    for (at, column) in (0..).zip(&COLUMNS) {
        sheet.set_column_width(at, column.width)?;
        // Whatever is typed stays text: codes, telephone numbers and days keep their zeros.
        sheet.set_column_format(at, &text)?;
        sheet.write_string_with_format(0, at, column.name, &look::head())?;
        if let Some(list) = choices(column.key, units)? {
            sheet.add_data_validation(1, at, ROWS, at, &list)?;
        }
    }
    sheet.set_row_height(0, 32)?;
    let last = u16::try_from(COLUMNS.len()).unwrap_or(1).saturating_sub(1);
    sheet.ignore_error_range(1, 0, ROWS, last, IgnoreError::NumberStoredAsText)?;
    look::page(sheet, 0, 1)
}

/// The drop-down of a column. What is not in the list is questioned, not refused: several roles stand in one cell.
fn choices(key: &str, units: usize) -> Result<Option<DataValidation>, XlsxError> {
    let list = match key {
        "roles" => DataValidation::new().allow_list_strings(&Role::ALL.map(Role::code))?,
        "unit" if units > 0 => {
            let last = units.saturating_add(1);
            DataValidation::new().allow_list_formula(Formula::new(format!("='{UNITS_SHEET}'!$A$2:$A${last}")))
        }
        _ => return Ok(None),
    };
    let list = list.set_error_style(DataValidationErrorStyle::Warning);
    let list = list.set_error_title("Không có trong danh sách")?;
    Ok(Some(list.set_error_message("Nhiều mục thì cách nhau bằng dấu ;. Vẫn dùng nội dung này?")?))
}

fn write_guide(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 3] = [24.0, 64.0, 30.0];
    for (at, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    sheet.write_string_with_format(0, 0, "Hướng dẫn điền danh sách tài khoản", &look::title())?;
    let intro = "Mỗi người một dòng ở trang «Tài khoản». Khi tải lên, mọi lỗi được báo kèm ô; chưa có gì được tạo cho đến khi xác nhận.";
    sheet.write_string_with_format(1, 0, intro, &look::remark())?;
    let head = ["Cột", "Cách ghi", "Ví dụ (người mô phỏng)"];
    write_row(sheet, 3, &head, &WIDTHS, &look::head())?;
    for (row, column) in (4..).zip(&COLUMNS) {
        write_row(sheet, row, &[column.name, column.about, column.example], &WIDTHS, &look::cell())?;
    }
    look::print_page(sheet);
    Ok(())
}

fn write_units(sheet: &mut Worksheet, units: &Registry, on: Date) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 4] = [16.0, 44.0, 20.0, 44.0];
    for (at, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    write_row(sheet, 0, &["Mã", "Tên", "Cấp", "Thuộc"], &WIDTHS, &look::head())?;
    let code = look::code();
    for (row, node) in (1..).zip(&units.as_of(on).nodes) {
        let version = node.version;
        let parent = units.parent(version, on).map_or("", |parent| parent.name.as_str());
        write_row(sheet, row, &["", &version.name, version.level.label(), parent], &WIDTHS, &look::cell())?;
        sheet.write_string_with_format(row, 0, &version.code, &code)?;
        sheet.ignore_error_range(row, 0, row, 0, IgnoreError::NumberStoredAsText)?;
    }
    look::page(sheet, 0, 0)
}

fn write_roles(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 2] = [20.0, 50.0];
    for (at, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    write_row(sheet, 0, &["Mã", "Tên"], &WIDTHS, &look::head())?;
    for (row, role) in (1..).zip(Role::ALL) {
        write_row(sheet, row, &[role.code(), role.label()], &WIDTHS, &look::cell())?;
    }
    look::page(sheet, 0, 0)
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[&str],
    widths: &[f64],
    format: &Format,
) -> Result<(), XlsxError> {
    if let Some(height) = look::row_height(cells.iter().copied().zip(widths.iter().copied())) {
        sheet.set_row_height(row, height)?;
    }
    for (at, text) in (0..).zip(cells) {
        sheet.write_string_with_format(row, at, *text, format)?;
    }
    Ok(())
}
