//! Templates for inputs: a row for each unit and criterion, with what is asked beside it.

use std::fmt::Write as _;

use cchc_index::rule::Rule;
use cchc_index::{CriteriaSet, Criterion, Leaf};
use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, Format, IgnoreError, ProtectionOptions, Workbook, Worksheet, XlsxError};

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
/// What an inline list of a drop-down may hold.
const LIST_CHARS: usize = 255;
/// Ranges of one drop-down; Excel bounds the text that lists them.
const RANGES: usize = 500;

/// Writes a template as CSV for Excel. Codes such as `1.10` survive a program, but Excel takes them for
/// numbers when it opens a CSV: give officers [`template_xlsx`].
#[must_use]
pub fn template_csv(set: &CriteriaSet, units: &[TemplateUnit]) -> Vec<u8> {
    let columns = COLUMNS.map(|(key, ..)| key);
    let lines: Vec<Line<'_>> = lines(set);
    let mut rows: Vec<[&str; COLUMNS.len()]> = Vec::new();
    for unit in units {
        rows.extend(lines.iter().map(|line| line.cells(unit)));
    }
    crate::write_csv_for_excel(&columns, &rows)
}

/// Writes a template as a workbook: only `value` and `of` can be typed in, choices have drop-downs.
///
/// # Errors
/// [`WriteError::Workbook`] where Excel can't hold it: more than a million rows, a text too long.
pub fn template_xlsx(set: &CriteriaSet, units: &[TemplateUnit]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = look::workbook(&format!("Biểu nhập số liệu – {}", set.title), Date::new(set.year, 1, 1).ok())?;
    let lines = lines(set);
    let sheet = workbook.add_worksheet().set_name("Số liệu")?;
    write_header(sheet)?;
    let rows = write_rows(sheet, &lines, units)?;
    for (at, line) in lines.iter().enumerate() {
        drop_down(sheet, line, at, lines.len(), units.len())?;
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

/// What is the same for all units at one criterion.
struct Line<'a> {
    node: &'a Criterion,
    leaf: &'a Leaf,
    max: String,
    asked: String,
    how: String,
    rule: String,
}

impl Line<'_> {
    fn cells<'c>(&'c self, unit: &'c TemplateUnit) -> [&'c str; COLUMNS.len()] {
        [
            &unit.code,
            &unit.name,
            &unit.group,
            &self.node.code,
            &self.node.title,
            "",
            "",
            &self.max,
            &self.asked,
            &self.how,
            &self.rule,
        ]
    }
}

fn lines(set: &CriteriaSet) -> Vec<Line<'_>> {
    let line = |(_, node, leaf): (usize, _, _)| {
        let (node, leaf): (&Criterion, &Leaf) = (node, leaf);
        Line {
            node,
            leaf,
            max: node.max.vietnamese(),
            asked: asked(node, leaf),
            how: how(leaf),
            rule: leaf.rule.in_words(node.max),
        }
    };
    set.leaves().map(line).collect()
}

/// What is asked, with numerator and denominator told apart.
fn asked(node: &Criterion, leaf: &Leaf) -> String {
    match leaf.input.split_once(" | ") {
        Some((value, of)) => format!("value: {}\nof: {}", value.trim(), of.trim()),
        None if leaf.input.is_empty() => node.title.clone(),
        None => leaf.input.clone(),
    }
}

/// What the cells take: for choices each id with its label.
fn how(leaf: &Leaf) -> String {
    let mut how = match &leaf.rule {
        Rule::Choice(choice) => {
            let options: Vec<String> =
                choice.options.iter().map(|option| format!("{}: {}", option.id, option.label)).collect();
            format!("value: một trong các mã\n{}", options.join("\n"))
        }
        rule => rule.asks(),
    };
    if leaf.may_be_na {
        let _infallible = write!(how, "\nna: không áp dụng");
    }
    how
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
fn write_rows(sheet: &mut Worksheet, lines: &[Line<'_>], units: &[TemplateUnit]) -> Result<u32, XlsxError> {
    let (cell, code, number) = (look::cell(), look::code(), look::number("General"));
    let grey = look::grey();
    let of = look::cell().set_unlocked().set_background_color(look::PALE);
    let values: Vec<Format> = lines.iter().map(|line| value_format(line.leaf)).collect();
    let mut row = 0;
    for unit in units {
        for (line, value) in lines.iter().zip(&values) {
            row += 1;
            let widths = COLUMNS.map(|(_, _, width)| width);
            if let Some(height) = look::row_height(line.cells(unit).into_iter().zip(widths)) {
                sheet.set_row_height(row, height)?;
            }
            for (at, text) in (0..).zip(line.cells(unit)) {
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

/// Ids and several dates must stay as typed, a single date is shown as one, numbers are numbers.
fn value_format(leaf: &Leaf) -> Format {
    let open = look::cell().set_unlocked().set_background_color(look::PALE);
    match &leaf.rule {
        Rule::Choice(_) | Rule::Rating(_) => open.set_num_format("@"),
        Rule::Timeliness(rule) if rule.due.len() > 1 => open.set_num_format("@"),
        Rule::Timeliness(_) => open.set_num_format("dd/mm/yyyy"),
        _ => open,
    }
}

/// Whether the rule counts two numbers: shown by what it asks.
fn takes_of(rule: &Rule) -> bool {
    rule.asks().contains("of:")
}

/// The drop-down of a choice, over the rows of all units.
fn drop_down(sheet: &mut Worksheet, line: &Line<'_>, at: usize, lines: usize, units: usize) -> Result<(), XlsxError> {
    let Rule::Choice(choice) = &line.leaf.rule else { return Ok(()) };
    let mut ids: Vec<&str> = choice.options.iter().map(|option| option.id.as_str()).collect();
    ids.extend(line.leaf.may_be_na.then_some("na"));
    if ids.join(",").chars().count() > LIST_CHARS || ids.iter().any(|id| id.contains(',')) {
        return Ok(());
    }
    let hint: String = line.how.chars().take(LIST_CHARS).collect();
    let list = DataValidation::new()
        .allow_list_strings(&ids)?
        .set_input_title(format!("Tiêu chí {}", line.node.code).chars().take(32).collect::<String>())?
        .set_input_message(hint)?
        .set_error_title("Không có lựa chọn này")?
        .set_error_message("Hãy chọn một mã trong danh sách.")?;
    let rows: Vec<u32> = (0..units).filter_map(|unit| u32::try_from(unit * lines + at + 1).ok()).collect();
    for rows in rows.chunks(RANGES) {
        let Some(first) = rows.first() else { continue };
        let ranges: Vec<String> = rows.iter().map(|row| format!("F{}", row + 1)).collect();
        sheet.add_data_validation(*first, VALUE, *first, VALUE, &list.clone().set_multi_range(ranges.join(" ")))?;
    }
    Ok(())
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
