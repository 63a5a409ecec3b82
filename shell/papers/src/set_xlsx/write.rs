//! Writing a criteria set as a workbook.

use cchc_index::CriteriaSet;
use cchc_index::form::{FieldValue, Reader, Section};
use cchc_index::rule::{Rule, params_from_text, params_to_text};
use cchc_index::set_form::to_form;
use cchc_text::Place;
use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Formula, IgnoreError, Workbook, Worksheet, XlsxError};

use super::columns::{
    ABOUT, ABOUT_SHEET, APPRAISERS, APPRAISERS_SHEET, CLASSES, CLASSES_SHEET, CRITERIA, CRITERIA_SHEET, Column, GROUPS,
    GROUPS_SHEET, Holds, PARAMS_KEY, RULE_KEY,
};
use super::{guide, words};
use crate::look;
use crate::write_error::WriteError;

/// Rows below the last one that still have drop-downs: room for new criteria.
const SPARE_ROWS: u32 = 300;
/// Excel indents no further.
const DEEPEST_INDENT: usize = 12;

/// Writes a criteria set as a workbook; [`super::read_form`] and
/// [`cchc_index::check::load`] give the same set back.
///
/// # Errors
/// [`WriteError::Parameters`] for a rule that one cell can't hold without loss, and
/// [`WriteError::Workbook`] for texts longer than Excel's cells.
pub fn write(set: &CriteriaSet) -> Result<Vec<u8>, WriteError> {
    for (_, node, leaf) in set.leaves() {
        if !comes_back(&leaf.rule) {
            return Err(WriteError::Parameters { criterion: node.code.clone() });
        }
    }
    let form = to_form(set);
    let mut workbook = look::workbook(&set.title, Date::new(set.year, 1, 1).ok())?;
    write_about(named(&mut workbook, ABOUT_SHEET)?, &form.about)?;
    write_criteria(named(&mut workbook, CRITERIA_SHEET)?, set, &form.criteria)?;
    let lists: [(&str, &'static [Column], &[Section]); 3] = [
        (CLASSES_SHEET, &CLASSES, &form.classes),
        (GROUPS_SHEET, &GROUPS, &form.groups),
        (APPRAISERS_SHEET, &APPRAISERS, &form.appraisers),
    ];
    // A blank sheet tells nothing: a list without entries is left out, and the guide says what it would take.
    for (name, columns, sections) in lists.into_iter().filter(|(_, _, sections)| !sections.is_empty()) {
        write_list(named(&mut workbook, name)?, columns, sections)?;
    }
    guide::write(&mut workbook)?;
    Ok(workbook.save_to_buffer()?)
}

fn named<'w>(workbook: &'w mut Workbook, name: &str) -> Result<&'w mut Worksheet, XlsxError> {
    workbook.add_worksheet().set_name(name)
}

/// Whether the parameters read back from the text of one cell make the same rule.
fn comes_back(rule: &Rule) -> bool {
    let Ok(params) = params_from_text(&params_text(rule), &Place::default()) else { return false };
    let mut findings = Vec::new();
    let mut reader = Reader::new(&params, &mut findings);
    let again = Rule::read(rule.kind(), &mut reader);
    reader.finish();
    again.as_ref() == Some(rule) && findings.is_empty()
}

fn params_text(rule: &Rule) -> String {
    let mut params = Section::default();
    rule.write(&mut params);
    params_to_text(&params)
}

fn write_about(sheet: &mut Worksheet, about: &Section) -> Result<(), XlsxError> {
    for (column, (name, width)) in
        (0..).zip([("Nội dung", 24.0), ("Giá trị", 70.0), ("Khóa", 16.0), ("Cách ghi", 60.0)])
    {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &look::head())?;
    }
    let (label, grey) = (look::cell().set_bold(), look::grey());
    for (row, column) in (1..).zip(&ABOUT) {
        sheet.write_string_with_format(row, 0, column.name, &label)?;
        // All values stand on the left, numbers too: it is a list, not a table of figures.
        let format = format_of(column, look::cell()).set_align(FormatAlign::Left);
        let text = text_of(about, column.key);
        if let Some(height) = look::row_height([(text.as_str(), 70.0), (column.about, 60.0)]) {
            sheet.set_row_height(row, height)?;
        }
        write_value(sheet, row, 1, column, &text, &format)?;
        sheet.write_string_with_format(row, 2, column.key, &grey)?;
        sheet.write_string_with_format(row, 3, column.about, &grey)?;
        validate(sheet, column, row, 1, row)?;
    }
    look::page(sheet, 0, 0)
}

fn write_list(sheet: &mut Worksheet, columns: &'static [Column], sections: &[Section]) -> Result<(), XlsxError> {
    write_header(sheet, columns)?;
    let formats: Vec<Format> = columns.iter().map(|column| format_of(column, look::cell())).collect();
    for (row, section) in (1..).zip(sections) {
        for (at, (column, format)) in (0..).zip(columns.iter().zip(&formats)) {
            write_value(sheet, row, at, column, &text_of(section, column.key), format)?;
        }
    }
    look::page(sheet, 0, 0)
}

fn write_criteria(sheet: &mut Worksheet, set: &CriteriaSet, sections: &[Section]) -> Result<(), XlsxError> {
    write_header(sheet, &CRITERIA)?;
    let mut row = 0;
    for (index, (node, section)) in set.criteria.iter().zip(sections).enumerate() {
        row += 1;
        let base = match (node.parent, &node.leaf) {
            (None, _) => look::cell().set_bold().set_background_color(look::PALE),
            (Some(_), None) => look::cell().set_bold(),
            (Some(_), Some(_)) => look::cell(),
        };
        let indent = u8::try_from(set.depth(index).min(DEEPEST_INDENT)).unwrap_or(0);
        let texts = CRITERIA.map(|column| criterion_text(set, index, section, column.key));
        let widths = CRITERIA.map(|column| column.width);
        if let Some(height) = look::row_height(texts.iter().map(String::as_str).zip(widths)) {
            sheet.set_row_height(row, height)?;
        }
        for (at, (column, text)) in (0..).zip(CRITERIA.iter().zip(&texts)) {
            let mut format = format_of(column, base.clone());
            if column.key == "title" {
                format = format.set_align(FormatAlign::Left).set_indent(indent);
            }
            write_value(sheet, row, at, column, text, &format)?;
        }
    }
    let last = row + SPARE_ROWS;
    for (at, column) in (0..).zip(&CRITERIA) {
        validate(sheet, column, 1, at, last)?;
        if column.holds == Holds::Code {
            sheet.ignore_error_range(1, at, last, at, IgnoreError::NumberStoredAsText)?;
        }
    }
    sheet.autofilter(0, 0, row, CRITERIA.len() as u16 - 1)?;
    look::page(sheet, 0, 4)?;
    // Seventeen columns on one page could not be read: two pages side by side, code and title on both.
    sheet.set_print_fit_to_pages(2, 0).set_repeat_columns(0, 3)?;
    Ok(())
}

/// The text of a criterion's cell: as in its form, and for a topmost or a lowest node what is understood.
fn criterion_text(set: &CriteriaSet, index: usize, section: &Section, key: &str) -> String {
    let node = set.criteria.get(index);
    let leaf = node.and_then(|node| node.leaf.as_ref());
    let text = match (key, leaf) {
        (RULE_KEY, leaf) => leaf.map(|leaf| leaf.rule.kind().to_owned()).unwrap_or_default(),
        (PARAMS_KEY, leaf) => leaf.map(|leaf| params_text(&leaf.rule)).unwrap_or_default(),
        _ => text_of(section, key),
    };
    match key {
        "part" if text.is_empty() && node.is_some_and(|node| node.parent.is_none()) => "scored".to_owned(),
        "evidence_required" | "may_be_na" if text.is_empty() && leaf.is_some() => "false".to_owned(),
        _ => text,
    }
}

fn write_header(sheet: &mut Worksheet, columns: &'static [Column]) -> Result<(), XlsxError> {
    let head = look::head();
    for (at, column) in (0..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        if column.holds == Holds::Code {
            // What is typed below the last row stays text, too.
            sheet.set_column_format(at, &Format::new().set_num_format("@"))?;
        }
        sheet.write_string_with_format(0, at, column.name, &head)?;
    }
    sheet.set_row_height(0, 32)?;
    Ok(())
}

fn text_of(section: &Section, key: &str) -> String {
    match section.fields.iter().find(|field| field.key == key).map(|field| &field.value) {
        Some(FieldValue::Text(text)) => text.clone(),
        Some(FieldValue::List(values)) => values.join("; "),
        _ => String::new(),
    }
}

fn format_of(column: &Column, base: Format) -> Format {
    match column.holds {
        Holds::Text => base,
        Holds::Code => base.set_num_format("@"),
        Holds::Number => base.set_align(FormatAlign::Right),
        Holds::Day => base.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        Holds::Word(_) => base.set_align(FormatAlign::Center),
    }
}

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    at: u16,
    column: &Column,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(row, at, format)?;
        return Ok(());
    }
    match column.holds {
        Holds::Number if let Some(number) = look::exact_number(text) => {
            sheet.write_number_with_format(row, at, number, format)?;
        }
        Holds::Day if let Some(day) = text.parse().ok().and_then(look::excel_day) => {
            sheet.write_datetime_with_format(row, at, &day, format)?;
        }
        Holds::Word(known) => {
            sheet.write_string_with_format(row, at, words::shown(known, text), format)?;
        }
        _ => {
            sheet.write_string_with_format(row, at, text, format)?;
        }
    }
    Ok(())
}

/// The drop-down of a column: its words, or the fields of the appraisers.
fn validate(sheet: &mut Worksheet, column: &Column, first: u32, at: u16, last: u32) -> Result<(), XlsxError> {
    let list = match column.holds {
        Holds::Word(known) => {
            let words: Vec<&str> = known.iter().map(|(_, word)| *word).collect();
            DataValidation::new().allow_list_strings(&words)?
        }
        _ if column.key == "appraiser" => {
            DataValidation::new().allow_list_formula(Formula::new(format!("='{APPRAISERS_SHEET}'!$A$2:$A$100")))
        }
        _ => return Ok(()),
    };
    let list =
        list.set_error_title("Không có trong danh sách")?.set_error_message("Hãy chọn một mục trong danh sách.")?;
    sheet.add_data_validation(first, at, last, at, &list)?;
    Ok(())
}
