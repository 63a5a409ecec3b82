//! Writing the workbook of a sheet.

use std::collections::HashMap;

use jiff::civil::Date;
use rust_xlsxwriter::{Format, IgnoreError, ProtectionOptions, Workbook, Worksheet, XlsxError};

use super::{ABOUT, CODE, COLUMNS, MAX, NOTE, OF, PaperLine, SheetPaper, VALUE};
use crate::asks::{Asks, asks, drop_down, takes_of, value_format};
use crate::look;
use crate::write_error::WriteError;

/// Whole numbers of so many digits are numbers in a cell; longer ones would lose digits.
const DIGITS: usize = 15;

/// Writes the workbook: answers and remarks can be typed in, everything else is locked.
///
/// # Errors
/// [`WriteError::Workbook`] where Excel can't hold it: a text too long.
pub fn write(paper: &SheetPaper<'_>) -> Result<Vec<u8>, WriteError> {
    let mut workbook =
        look::workbook(&format!("Phiếu chấm điểm – {}", paper.unit.name), Date::new(paper.set.year, 1, 1).ok())?;
    let sheet = workbook.add_worksheet().set_name("Phiếu chấm điểm")?;
    write_header(sheet)?;
    let known: HashMap<&str, &PaperLine> = paper.lines.iter().map(|line| (line.code.as_str(), line)).collect();
    let empty = PaperLine::default();
    let mut last = 0;
    for asks in asks(paper.set) {
        last += 1;
        let line = known.get(asks.node.code.as_str()).copied().unwrap_or(&empty);
        write_line(sheet, last, paper, &asks, line)?;
        if line.closed.is_none() {
            drop_down(sheet, &asks, VALUE, &[last])?;
        }
    }
    if last > 0 {
        for column in [CODE, VALUE, OF] {
            sheet.ignore_error_range(1, column, last, column, IgnoreError::NumberStoredAsText)?;
        }
    }
    let free = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
    sheet.protect_with_options(&free);
    look::page(sheet, 0, VALUE)?;
    write_guide(&mut workbook, paper)?;
    Ok(workbook.save_to_buffer()?)
}

fn write_header(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    for (at, (key, name, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(at, width)?;
        // The cell holds the plain name by which it is read; the Vietnamese one is shown.
        let format = look::head().set_num_format(format!(";;;\"{name}\""));
        sheet.write_string_with_format(0, at, key, &format)?;
    }
    sheet.set_row_height(0, 32)?;
    Ok(())
}

fn write_line(
    sheet: &mut Worksheet,
    row: u32,
    paper: &SheetPaper<'_>,
    asks: &Asks<'_>,
    line: &PaperLine,
) -> Result<(), XlsxError> {
    let (cell, grey, code) = (look::cell(), look::grey(), look::code());
    let open = look::cell().set_unlocked().set_background_color(look::PALE);
    let texts = [
        (1, asks.node.title.as_str()),
        (6, asks.asked.as_str()),
        (7, asks.how.as_str()),
        (8, asks.rule.as_str()),
        (9, line.counted.as_str()),
        (10, line.before.as_str()),
        (12, paper.unit.code.as_str()),
        (13, paper.round),
    ];
    let widths = |at: usize| COLUMNS.get(at).map_or(10.0, |(_, _, width)| *width);
    let shown = texts.iter().filter(|(at, _)| *at < usize::from(ABOUT)).map(|(at, text)| (*text, widths(*at)));
    let noted = (line.note.as_str(), widths(usize::from(NOTE)));
    if let Some(height) = look::row_height(shown.chain([noted])) {
        sheet.set_row_height(row, height)?;
    }
    sheet.write_string_with_format(row, CODE, &asks.node.code, &code)?;
    match look::exact_number(&asks.node.max.to_string()) {
        Some(max) => sheet.write_number_with_format(row, MAX, max, &look::number("General"))?,
        None => sheet.write_string_with_format(row, MAX, &asks.max, &cell)?,
    };
    for (at, text) in texts {
        let format = if at < 6 { &cell } else { &grey };
        sheet.write_string_with_format(row, u16::try_from(at).unwrap_or(u16::MAX), text, format)?;
    }
    sheet.write_number_with_format(row, ABOUT, f64::from(line.seen), &grey)?;
    if let Some(why) = &line.closed {
        sheet.write_string_with_format(row, VALUE, why, &grey)?;
        sheet.write_blank(row, OF, &cell)?;
        sheet.write_blank(row, NOTE, &cell)?;
        return Ok(());
    }
    write_answer(sheet, row, VALUE, &line.answer.value, &value_format(asks.leaf))?;
    if takes_of(&asks.leaf.rule) || !line.answer.of.is_empty() {
        write_answer(sheet, row, OF, &line.answer.of, &open)?;
    } else {
        sheet.write_blank(row, OF, &cell)?;
    }
    write_answer(sheet, row, NOTE, &line.note, &open.set_num_format("@"))
}

/// An answer as it was typed; plain whole numbers as numbers.
fn write_answer(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    let plain = !text.is_empty()
        && text.len() <= DIGITS
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    match (plain && column != NOTE).then(|| look::exact_number(text)).flatten() {
        Some(number) => sheet.write_number_with_format(row, column, number, format)?,
        None if text.is_empty() => sheet.write_blank(row, column, format)?,
        None => sheet.write_string_with_format(row, column, text, format)?,
    };
    Ok(())
}

fn write_guide(workbook: &mut Workbook, paper: &SheetPaper<'_>) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("Hướng dẫn")?;
    sheet.set_column_width(0, 110)?;
    sheet.write_string_with_format(0, 0, "Hướng dẫn điền phiếu", &look::title())?;
    let about = format!("{} – {}", paper.title, paper.unit.name);
    let lines = [
        about.as_str(),
        paper.set.title.as_str(),
        "Chỉ điền vào các ô có nền ở trang Phiếu chấm điểm: giá trị, mẫu số, giải trình. Các ô khác được khóa.",
        "Để trống: chưa chấm. na: không áp dụng, chỉ ở tiêu chí cho phép và phải ghi giải trình.",
        "Số thập phân viết dấu phẩy hay dấu chấm đều được; không viết dấu ngăn cách hàng nghìn.",
        "Tài liệu kiểm chứng gắn ở trang phiếu trên hệ thống, không gắn trong tệp này.",
        "Xong thì tải tệp lên trang phiếu: dòng nào người khác đã sửa trong lúc đó sẽ được hỏi, không tự ghi đè.",
    ];
    for (row, line) in (2..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &look::plain().set_text_wrap())?;
    }
    look::print_page(sheet);
    Ok(())
}
