//! The sheet «Hướng dẫn»: what each column takes, what each kind of rule takes and asks.

use cchc_index::form::Reader;
use cchc_index::rule::{Rule, params_from_text};
use cchc_text::{Decimal, Place};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::columns::{
    ABOUT, ABOUT_SHEET, APPRAISERS, APPRAISERS_SHEET, CLASSES, CLASSES_SHEET, CRITERIA, CRITERIA_SHEET, Column, GROUPS,
    GROUPS_SHEET, GUIDE_SHEET, Holds,
};
use super::rules::RULES;
use super::words;
use crate::look;

const WIDTHS: [f64; 6] = [22.0, 28.0, 54.0, 40.0, 52.0, 40.0];

pub(super) fn write(workbook: &mut Workbook) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(GUIDE_SHEET)?;
    for (at, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    sheet.write_string_with_format(0, 0, "Hướng dẫn điền bộ tiêu chí", &look::title())?;
    let intro = "Trang này chỉ để đọc. Sửa ở các trang khác, lưu tệp, rồi kiểm tra: mọi lỗi được báo kèm ô. \
                 Số thập phân viết dấu phẩy hay dấu chấm đều được.";
    sheet.write_string_with_format(1, 0, intro, &look::remark())?;
    let row = write_rules(sheet, 3)?;
    write_columns(sheet, row + 1)?;
    look::print_page(sheet);
    Ok(())
}

fn write_rules(sheet: &mut Worksheet, first: u32) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(first, 0, "Các quy tắc", &look::heading())?;
    let heads = ["Quy tắc", "Tên trong tệp", "Tham số", "Ví dụ tham số", "Ví dụ đó nghĩa là", "Đơn vị nhập"];
    write_row(sheet, first + 1, &heads, &look::head())?;
    let mut row = first + 2;
    for guide in RULES {
        let params = params_from_text(guide.example, &Place::default()).unwrap_or_default();
        let rule = Rule::read(guide.kind, &mut Reader::new(&params, &mut Vec::new()));
        let words_of = |rule: &Rule| (rule.in_words(Decimal::whole(guide.max)), rule.asks());
        let (means, asks) = rule.as_ref().map(words_of).unwrap_or_default();
        let cells = [words::shown(words::RULE, guide.kind), guide.kind, guide.params, guide.example, &means, &asks];
        write_row(sheet, row, &cells, &look::cell())?;
        row += 1;
    }
    Ok(row)
}

fn write_columns(sheet: &mut Worksheet, first: u32) -> Result<(), XlsxError> {
    sheet.write_string_with_format(
        first,
        0,
        "Các trang và các cột (danh sách chưa có mục nào thì không có trang: thêm trang đúng tên để điền)",
        &look::heading(),
    )?;
    write_row(sheet, first + 1, &["Trang", "Cột", "Điền gì", "Các từ được dùng"], &look::head())?;
    let sheets: [(&str, &[Column]); 5] = [
        (ABOUT_SHEET, &ABOUT),
        (CRITERIA_SHEET, &CRITERIA),
        (CLASSES_SHEET, &CLASSES),
        (GROUPS_SHEET, &GROUPS),
        (APPRAISERS_SHEET, &APPRAISERS),
    ];
    let all = sheets.iter().flat_map(|(name, columns)| columns.iter().map(move |column| (*name, column)));
    for (row, (name, column)) in (first + 2..).zip(all) {
        let known = match column.holds {
            Holds::Word(known) => words::listed(known),
            _ => String::new(),
        };
        write_row(sheet, row, &[name, column.name, column.about, &known], &look::cell())?;
    }
    Ok(())
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    cells: &[&str],
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    if let Some(height) = look::row_height(cells.iter().copied().zip(WIDTHS)) {
        sheet.set_row_height(row, height)?;
    }
    for (at, cell) in (0..).zip(cells) {
        sheet.write_string_with_format(row, at, *cell, format)?;
    }
    Ok(())
}
