//! Writing the workbook of a criterion.

use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, Format, ProtectionOptions, Workbook, Worksheet, XlsxError};

use super::{ACCEPT, AppraisalPaper, COLUMNS, OF, PaperRow, REASON, VALUE};
use crate::asks::{Asks, asks, takes_of};
use crate::look;
use crate::write_error::WriteError;

/// What a list of a drop-down may hold, in characters.
const LIST_CHARS: usize = 255;

/// Writes the workbook: decisions and reasons can be typed in, everything else is locked.
///
/// # Errors
/// [`WriteError::Workbook`] where Excel can't hold it: a text too long.
pub fn write(paper: &AppraisalPaper<'_>) -> Result<Vec<u8>, WriteError> {
    let title = format!("Thẩm định tiêu chí {} – {}", paper.code, paper.title);
    let mut workbook = look::workbook(&title, Date::new(paper.set.year, 1, 1).ok())?;
    let sheet = workbook.add_worksheet().set_name("Thẩm định")?;
    for (at, (key, name, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(at, width)?;
        // The cell holds the plain name by which it is read; the Vietnamese one is shown.
        sheet.write_string_with_format(0, at, key, &look::head().set_num_format(format!(";;;\"{name}\"")))?;
    }
    sheet.set_row_height(0, 32)?;
    let all = asks(paper.set);
    let Some(asked) = all.iter().find(|asked| asked.node.code == paper.code) else {
        return Ok(workbook.save_to_buffer()?);
    };
    for (row, line) in (1..).zip(&paper.rows) {
        write_row(sheet, row, paper, asked, line)?;
    }
    drop_down(sheet, asked, paper)?;
    let free = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
    sheet.protect_with_options(&free);
    look::page(sheet, 0, 2)?;
    guide(&mut workbook, paper, asked)?;
    Ok(workbook.save_to_buffer()?)
}

fn write_row(
    sheet: &mut Worksheet,
    row: u32,
    paper: &AppraisalPaper<'_>,
    asked: &Asks<'_>,
    line: &PaperRow,
) -> Result<(), XlsxError> {
    let (cell, grey, code) = (look::cell(), look::grey(), look::code());
    let texts = [
        (0, line.unit.as_str(), &code),
        (1, line.name.as_str(), &cell),
        (2, line.answer.as_str(), &cell),
        (3, line.points.as_str(), &cell),
        (7, line.counted.as_str(), &grey),
        (8, line.evidence.as_str(), &grey),
        (9, line.said.as_str(), &grey),
        (10, asked.node.title.as_str(), &grey),
        (11, line.mark.as_str(), &code),
        (12, asked.node.code.as_str(), &code),
        (13, paper.round, &code),
    ];
    let width = |at: u16| COLUMNS.get(usize::from(at)).map_or(10.0, |(_, _, width)| *width);
    let high = texts.iter().filter(|(at, _, _)| *at < 10).map(|(at, text, _)| (*text, width(*at)));
    if let Some(height) = look::row_height(high.chain([(line.reason.as_str(), width(REASON))])) {
        sheet.set_row_height(row, height)?;
    }
    for (at, text, format) in texts {
        put(sheet, row, at, text, format)?;
    }
    if let Some(why) = &line.closed {
        put(sheet, row, VALUE, why, &grey)?;
        put(sheet, row, OF, "", &cell)?;
        return put(sheet, row, REASON, "", &cell);
    }
    let open = look::cell().set_unlocked().set_background_color(look::PALE).set_num_format("@");
    put(sheet, row, VALUE, &line.decided, &open)?;
    put(sheet, row, OF, "", if takes_of(&asked.leaf.rule) { &open } else { &cell })?;
    put(sheet, row, REASON, &line.reason, &open)
}

fn put(sheet: &mut Worksheet, row: u32, at: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    match text {
        "" => sheet.write_blank(row, at, format)?,
        text => sheet.write_string_with_format(row, at, text, format)?,
    };
    Ok(())
}

/// The decisions that can be chosen: accepting, and the options of a choice; anything else may be typed.
fn drop_down(sheet: &mut Worksheet, asked: &Asks<'_>, paper: &AppraisalPaper<'_>) -> Result<(), XlsxError> {
    let Ok(last) = u32::try_from(paper.rows.len()) else { return Ok(()) };
    if last == 0 {
        return Ok(());
    }
    let mut list = vec![ACCEPT];
    if let cchc_index::rule::Rule::Choice(choice) = &asked.leaf.rule {
        list.extend(choice.options.iter().map(|option| option.id.as_str()));
    }
    if list.join(",").chars().count() > LIST_CHARS || list.iter().any(|id| id.contains(',')) {
        return Ok(());
    }
    let hint: String =
        format!("{ACCEPT}; hoặc câu trả lời khác; hoặc: ấn định 0,75").chars().take(LIST_CHARS).collect();
    let list = DataValidation::new().allow_list_strings(&list)?.set_input_message(hint)?.ignore_blank(true);
    sheet.add_data_validation(1, VALUE, last, VALUE, &list.show_error_message(false))?;
    Ok(())
}

fn guide(workbook: &mut Workbook, paper: &AppraisalPaper<'_>, asked: &Asks<'_>) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("Hướng dẫn")?;
    sheet.set_column_width(0, 110)?;
    sheet.write_string_with_format(0, 0, "Hướng dẫn thẩm định", &look::title())?;
    let about = format!("{}: tiêu chí {} {}", paper.title, asked.node.code, asked.node.title);
    let how = format!("Cách ghi câu trả lời: {}", asked.how.replace('\n', "; "));
    let rule = format!("Cách tính điểm: {}", asked.rule);
    let lines = [
        about.as_str(),
        rule.as_str(),
        how.as_str(),
        "Cột kết luận: «chấp nhận» giữ kết quả của bước trước; câu trả lời khác thì điểm tính lại theo quy tắc; «ấn định 0,75» là số điểm cụ thể. Để trống: chưa quyết định.",
        "Kết luận khác kết quả của bước trước phải ghi lý do.",
        "Nộp lại tệp ở trang tiêu chí: xem trước từng dòng rồi mới ghi; dòng đã thay đổi sau khi tải tệp sẽ được hỏi, không tự ghi đè.",
    ];
    for (row, line) in (2..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &look::plain().set_text_wrap())?;
    }
    look::print_page(sheet);
    Ok(())
}
