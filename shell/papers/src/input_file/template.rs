//! Templates for inputs: a row for each unit and criterion, with what is asked beside it.

use cchc_index::CriteriaSet;
use jiff::civil::Date;
use rust_xlsxwriter::{Format, IgnoreError, ProtectionOptions, Workbook, Worksheet, XlsxError};

use crate::asks::{Asks, asks, drop_down, takes_of, value_format};
use crate::look;
use crate::write_error::WriteError;

/// A unit that is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateUnit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of its group; may be empty.
    pub group: String,
}

/// Columns of a template: those that are read, `title` between them, and what is asked and how it counts.
const COLUMNS: [(&str, &str, f64); 11] = [
    ("unit", "mã đơn vị", 11.0),
    ("unit_name", "tên đơn vị", 24.0),
    ("group", "nhóm", 8.0),
    ("criterion", "mã tiêu chí", 10.0),
    ("title", "tên tiêu chí", 40.0),
    ("value", "giá trị", 18.0),
    ("of", "mẫu số", 12.0),
    ("max", "điểm tối đa", 9.0),
    ("asked", "dữ liệu cần nhập", 38.0),
    ("how", "cách ghi", 34.0),
    ("rule", "cách tính điểm", 44.0),
];
const VALUE: u16 = 5;
const OF: u16 = 6;

/// Writes a template as CSV for Excel. Codes such as `1.10` survive a program, but Excel takes them for
/// numbers when it opens a CSV: give officers [`template_xlsx`].
#[must_use]
pub fn template_csv(set: &CriteriaSet, units: &[TemplateUnit]) -> Vec<u8> {
    let columns = COLUMNS.map(|(key, ..)| key);
    let lines = asks(set);
    let mut rows: Vec<[&str; COLUMNS.len()]> = Vec::new();
    for unit in units {
        rows.extend(lines.iter().map(|line| cells(line, unit)));
    }
    crate::write_csv_for_excel(&columns, &rows)
}

/// Writes a template as a workbook: only `value` and `of` can be typed in, choices have drop-downs.
///
/// # Errors
/// [`WriteError::Workbook`] where Excel can't hold it: more than a million rows, a text too long.
pub fn template_xlsx(set: &CriteriaSet, units: &[TemplateUnit]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = look::workbook(&format!("Biểu nhập số liệu – {}", set.title), Date::new(set.year, 1, 1).ok())?;
    let lines = asks(set);
    let sheet = workbook.add_worksheet().set_name("Số liệu")?;
    write_header(sheet)?;
    let rows = write_rows(sheet, &lines, units)?;
    for (at, line) in lines.iter().enumerate() {
        let rows: Vec<u32> =
            (0..units.len()).filter_map(|unit| u32::try_from(unit * lines.len() + at + 1).ok()).collect();
        drop_down(sheet, line, VALUE, &rows)?;
    }
    if rows > 0 {
        for column in [0, 3, VALUE] {
            sheet.ignore_error_range(1, column, rows, column, IgnoreError::NumberStoredAsText)?;
        }
        sheet.autofilter(0, 0, rows, COLUMNS.len() as u16 - 1)?;
    }
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    look::page(sheet, 0, VALUE)?;
    write_guide(&mut workbook, set)?;
    Ok(workbook.save_to_buffer()?)
}

fn cells<'c>(line: &'c Asks<'_>, unit: &'c TemplateUnit) -> [&'c str; COLUMNS.len()] {
    [
        &unit.code,
        &unit.name,
        &unit.group,
        &line.node.code,
        &line.node.title,
        "",
        "",
        &line.max,
        &line.asked,
        &line.how,
        &line.rule,
    ]
}

fn write_header(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    for (at, (key, name, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(at, width)?;
        // The cell holds the plain name by which it is read; the Vietnamese one is only shown.
        let format = look::head().set_num_format(format!("@\" ({name})\""));
        sheet.write_string_with_format(0, at, key, &format)?;
    }
    sheet.set_row_height(0, 32)?;
    Ok(())
}

/// Writes all rows; gives the last one.
fn write_rows(sheet: &mut Worksheet, lines: &[Asks<'_>], units: &[TemplateUnit]) -> Result<u32, XlsxError> {
    let (cell, code, number) = (look::cell(), look::code(), look::number("General"));
    let grey = look::grey();
    let of = look::cell().set_unlocked().set_background_color(look::PALE);
    let values: Vec<Format> = lines.iter().map(|line| value_format(line.leaf)).collect();
    let mut row = 0;
    for unit in units {
        for (line, value) in lines.iter().zip(&values) {
            row += 1;
            let widths = COLUMNS.map(|(_, _, width)| width);
            if let Some(height) = look::row_height(cells(line, unit).into_iter().zip(widths)) {
                sheet.set_row_height(row, height)?;
            }
            for (at, text) in (0..).zip(cells(line, unit)) {
                match at {
                    VALUE => sheet.write_blank(row, at, value)?,
                    OF if takes_of(&line.leaf.rule) => sheet.write_blank(row, at, &of)?,
                    0 | 3 => sheet.write_string_with_format(row, at, text, &code)?,
                    7 if let Some(max) = look::exact_number(&line.node.max.to_string()) => {
                        sheet.write_number_with_format(row, at, max, &number)?
                    }
                    8.. => sheet.write_string_with_format(row, at, text, &grey)?,
                    _ => sheet.write_string_with_format(row, at, text, &cell)?,
                };
            }
        }
    }
    Ok(row)
}

fn write_guide(workbook: &mut Workbook, set: &CriteriaSet) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("Hướng dẫn")?;
    sheet.set_column_width(0, 110)?;
    sheet.write_string_with_format(0, 0, "Hướng dẫn nhập số liệu", &look::title())?;
    let lines = [
        set.title.as_str(),
        "Chỉ nhập vào hai cột có nền ở trang Số liệu: value (giá trị) và of (mẫu số). Các cột khác được khóa.",
        "Cột value nhận: một số; mã của một mức (chọn trong danh sách); ngày; hoặc nhiều ngày, nhiều mức cách nhau bằng dấu ;",
        "Cột of chỉ dùng khi tiêu chí cần hai số: value là tử số, of là mẫu số.",
        "Để trống: chưa báo cáo, tính 0 điểm. na: không áp dụng, chỉ ở tiêu chí cho phép.",
        "Số thập phân viết dấu phẩy hay dấu chấm đều được; không viết dấu ngăn cách hàng nghìn.",
        "Lưu tệp dạng .xlsx rồi nộp; không cần đổi tên cột, không xóa dòng.",
    ];
    for (row, line) in (2..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &look::plain().set_text_wrap())?;
    }
    look::print_page(sheet);
    Ok(())
}
