//! Reading a criteria set from a workbook: each field with its cell, nothing lost silently.

use std::collections::HashMap;

use cchc_index::form::{Field, FieldValue, Section, SetForm};
use cchc_index::rule::params_from_text;
use cchc_text::table::{Row, Table};
use cchc_text::{Decimal, Finding, Findings, Place, fold, number, tidy};

use super::columns::{
    ABOUT, ABOUT_SHEET, APPRAISERS, APPRAISERS_SHEET, CLASSES, CLASSES_SHEET, CRITERIA, CRITERIA_SHEET, Column, GROUPS,
    GROUPS_SHEET, GUIDE_SHEET, Holds, PARAMS_KEY, RULE_KEY, find,
};
use super::numeric::{Numeric, numeric_cells};
use super::words;
use crate::{Grid, Limits, ReadError, read_grids};

/// Rows above the header that are taken for a title.
const TITLE_ROWS: usize = 20;

type NumericCells = HashMap<(u64, usize), Numeric>;

/// Reads the form of a criteria set from a workbook; [`cchc_index::check::load`] makes the set.
///
/// # Errors
/// [`ReadError`] where nothing could be read; everything else is a finding with its cell.
pub fn read_form(name: &str, bytes: &[u8], limits: &Limits) -> Result<(SetForm, Findings), ReadError> {
    let (grids, mut findings) = read_grids(name, bytes, limits)?;
    let mut form = SetForm::default();
    form.about.place = Place::file(name);
    let mut seen = [false; 2];
    for grid in grids {
        let is = |known: &str, key: &str| {
            let sheet = fold(&tidy(&grid.sheet));
            sheet == fold(known) || sheet == key
        };
        if is(ABOUT_SHEET, "about") {
            seen[0] = true;
            about(&grid, &mut form.about, &mut findings);
        } else if is(CRITERIA_SHEET, "criteria") {
            seen[1] = true;
            let rows = rows(grid, &CRITERIA, bytes, &mut findings);
            form.criteria.extend(rows.into_iter().map(|row| criterion(row, &mut findings)));
        } else if is(CLASSES_SHEET, "classes") {
            form.classes.extend(rows(grid, &CLASSES, bytes, &mut findings));
            percent_floors(&form.classes, &mut findings);
        } else if is(GROUPS_SHEET, "groups") {
            form.groups.extend(rows(grid, &GROUPS, bytes, &mut findings));
        } else if is(APPRAISERS_SHEET, "appraisers") {
            form.appraisers.extend(rows(grid, &APPRAISERS, bytes, &mut findings));
        } else if !is(GUIDE_SHEET, "guide") {
            let place = Place::cell(name, grid.sheet.as_str());
            let message = format!("Trang tính «{}» không thuộc bộ tiêu chí nên không được đọc.", grid.sheet);
            findings.push(Finding::note("unused-sheet", place, message));
        }
    }
    for (sheet, seen) in [ABOUT_SHEET, CRITERIA_SHEET].into_iter().zip(seen) {
        if !seen {
            let message = format!("Thiếu trang tính «{sheet}».");
            findings.push(Finding::error("missing-sheet", Place::file(name), message));
        }
    }
    Ok((form, findings))
}

/// The particulars: the key stands in the third column, else the name in the first tells it.
fn about(grid: &Grid, section: &mut Section, findings: &mut Findings) {
    for row in &grid.rows {
        let (name, value, key) = (row.text(Some(0)), row.text(Some(1)), row.text(Some(2)));
        let place = grid.place(row.number, 1);
        let column = find(&ABOUT, key).or_else(|| find(&ABOUT, name));
        let is_header = ["noi dung", "khoa"].contains(&fold(name).as_str()) || fold(value) == "gia tri";
        match column {
            Some(column) if section.fields.iter().any(|field| field.key == column.key) => {
                let message = format!("«{}» đã có ở dòng trên; chỉ dùng dòng đầu.", column.name);
                findings.push(Finding::warning("repeated-row", place, message));
            }
            Some(column) => {
                let value = value_of(column, value, &place, findings);
                put(section, column.key, FieldValue::Text(value), place);
            }
            None if is_header || value.is_empty() => {}
            None => {
                let message = format!("Không có mục «{name}» trong thông tin bộ tiêu chí; giá trị không được dùng.");
                findings.push(Finding::warning("unknown-field", place, message));
            }
        }
    }
}

/// The rows of a sheet as sections, their fields in the order of the columns.
fn rows(grid: Grid, columns: &'static [Column], bytes: &[u8], findings: &mut Findings) -> Vec<Section> {
    let Some(grid) = from_header(grid, columns, findings) else { return Vec::new() };
    let header = grid.rows.first().map_or(1, |row| row.number);
    let (table, more) = grid.into_table();
    findings.extend(more);
    let mut known: Vec<(usize, &'static Column)> = Vec::new();
    for (at, name) in table.columns.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        match find(columns, name) {
            Some(column) if known.iter().all(|(_, other)| other.key != column.key) => known.push((at, column)),
            Some(_) => {}
            None => {
                let place = table.place(&Row { number: header, cells: Vec::new() }, at);
                let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
                let finding = Finding::note("unknown-column", place, format!("Cột «{name}» không được dùng."));
                findings.push(finding.hint(format!("Các cột được đọc: {}.", names.join(", "))));
            }
        }
    }
    let codes: Vec<usize> = known.iter().filter(|(_, column)| column.holds == Holds::Code).map(|(at, _)| *at).collect();
    let numeric = numeric_cells(bytes, &table.sheet, &codes);
    let mut whole_codes = 0_u64;
    let sections = table.rows.iter().map(|row| section(&table, row, &known, &numeric, &mut whole_codes, findings));
    let sections = sections.collect();
    if whole_codes > 0 {
        let place = Place::cell(&table.file, &table.sheet);
        let message = format!("{whole_codes} ô mã được lưu dạng số nguyên; đã đọc đúng như thế.");
        findings.push(Finding::note("whole-number-code", place, message));
    }
    sections
}

/// The grid from its header on: the first row that names at least two columns.
fn from_header(mut grid: Grid, columns: &'static [Column], findings: &mut Findings) -> Option<Grid> {
    let names = |row: &Row| row.cells.iter().filter(|cell| find(columns, cell).is_some()).count() >= 2;
    let Some(header) = grid.rows.iter().take(TITLE_ROWS).position(names) else {
        let wanted: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let place = Place::cell(&grid.file, &grid.sheet);
        let message = format!("Trang tính «{}» không có dòng tên cột nên không đọc được.", grid.sheet);
        findings
            .push(Finding::error("missing-column", place, message).hint(format!("Các cột: {}.", wanted.join(", "))));
        return None;
    };
    grid.rows.drain(..header);
    Some(grid)
}

fn section(
    table: &Table,
    row: &Row,
    known: &[(usize, &'static Column)],
    numeric: &NumericCells,
    whole_codes: &mut u64,
    findings: &mut Findings,
) -> Section {
    let mut section = Section { place: table.place(row, 0), fields: Vec::new() };
    for (at, column) in known {
        let mut place = table.place(row, *at);
        let mut text = row.text(Some(*at)).to_owned();
        if let Some(numeric) = numeric.get(&(row.number, *at)) {
            text = code_text(&text, *numeric, &place, whole_codes, findings);
        }
        let first = known.first().is_some_and(|(_, first)| first.key == column.key);
        if first {
            section.place = place.clone();
        }
        if column.key == "code" && !text.is_empty() {
            section.place.criterion = Some(text.clone());
        }
        place.criterion.clone_from(&section.place.criterion);
        let value = value_of(column, &text, &place, findings);
        if column.key == PARAMS_KEY {
            params(&mut section, &value, place, findings);
        } else {
            put(&mut section, column.key, FieldValue::Text(value), place);
        }
    }
    section
}

/// The code as it was probably meant, with a finding on what the worksheet may have done to it.
fn code_text(text: &str, numeric: Numeric, place: &Place, whole_codes: &mut u64, findings: &mut Findings) -> String {
    const HINT: &str = "Đặt ô ở dạng Text (Format Cells › Text) rồi gõ lại mã.";
    match numeric {
        Numeric::Date => {
            let message = format!("Mã đã bị bảng tính đổi thành ngày {text}: không biết mã gốc là gì.");
            findings.push(Finding::error("date-code", place.clone(), message).hint(HINT));
            text.to_owned()
        }
        Numeric::Number if !text.contains('.') => {
            *whole_codes += 1;
            text.to_owned()
        }
        Numeric::Number => {
            // Reading tables ends some numbers in a zero that the cell doesn't have.
            let code = text.trim_end_matches('0').to_owned();
            let message = format!("Mã «{code}» được lưu dạng số: nếu mã là «{code}0» thì số 0 cuối đã mất.");
            findings.push(Finding::warning("numeric-code", place.clone(), message).hint(HINT));
            code
        }
    }
}

/// The value of a cell: words as the key that they stand for.
fn value_of(column: &Column, text: &str, place: &Place, findings: &mut Findings) -> String {
    let Holds::Word(known) = column.holds else { return text.to_owned() };
    if text.is_empty() {
        return String::new();
    }
    if let Some(key) = words::key(known, text) {
        return key.to_owned();
    }
    if column.key == RULE_KEY {
        // The rule is not guessed: the criterion can't be read, and that is told with the known kinds.
        let message = format!("Không có quy tắc «{text}». Các quy tắc: {}.", words::listed(known));
        findings.push(Finding::error("unknown-rule", place.clone(), message));
        return text.to_owned();
    }
    if known == words::FLAG {
        // Other ways to say yes or no are known where flags are read.
        return text.to_owned();
    }
    let message = format!("«{}» là «{text}», phải là một trong: {}.", column.name, words::listed(known));
    findings.push(Finding::error("unknown-word", place.clone(), message));
    String::new()
}

fn put(section: &mut Section, key: &str, value: FieldValue, place: Place) {
    if value != FieldValue::Text(String::new()) {
        section.fields.push(Field { key: key.to_owned(), value, place });
    }
}

fn params(section: &mut Section, text: &str, place: Place, findings: &mut Findings) {
    if text.is_empty() {
        return;
    }
    let mut read = match params_from_text(text, &place) {
        Ok(read) => read,
        Err(wrong) => {
            findings.extend(wrong);
            Section { place: place.clone(), fields: Vec::new() }
        }
    };
    for field in &mut read.fields {
        if let FieldValue::Rows(rows) = &mut field.value {
            rows.iter_mut().flatten().filter(|(key, _)| matches!(key.as_str(), "points" | "from")).for_each(with_dot);
        }
    }
    put(section, PARAMS_KEY, FieldValue::Section(read), place);
}

/// `0,5` in a row of options or bands is the number 0.5; what is no such number stays as it is.
fn with_dot((_, text): &mut (String, String)) {
    if text.parse::<Decimal>().is_err()
        && let Ok(value) = number::parse(text)
    {
        *text = value.to_string();
    }
}

/// Puts rule and parameters together, as a set's form has them.
fn criterion(mut row: Section, findings: &mut Findings) -> Section {
    let mut take = |key: &str| {
        let at = row.fields.iter().position(|field| field.key == key)?;
        Some(row.fields.remove(at))
    };
    match (take(RULE_KEY), take(PARAMS_KEY)) {
        (None, None) => {}
        (None, Some(params)) => {
            let message = "Có tham số nhưng chưa chọn quy tắc: tham số không được dùng.";
            findings.push(Finding::error("params-without-rule", params.place, message));
        }
        (Some(kind), params) => {
            let place = kind.place.clone();
            let mut rule = Section { place: place.clone(), fields: vec![Field { key: "kind".to_owned(), ..kind }] };
            if let Some(Field { value: FieldValue::Section(params), .. }) = params {
                rule.fields.extend(params.fields);
            }
            put(&mut row, RULE_KEY, FieldValue::Section(rule), place);
        }
    }
    row
}

/// A floor of 1 or less is most often a percentage that the worksheet holds as a fraction.
fn percent_floors(classes: &[Section], findings: &mut Findings) {
    for field in classes.iter().flat_map(|class| &class.fields).filter(|field| field.key == "floor") {
        let FieldValue::Text(text) = &field.value else { continue };
        let value: Option<Decimal> = text.parse().ok();
        if value.is_some_and(|value| value > Decimal::ZERO && value <= Decimal::whole(1)) {
            let message = format!("Sàn là {text}, được hiểu là {text} %: có thể ô đang ở dạng phần trăm.");
            findings.push(Finding::warning("small-floor", field.place.clone(), message).hint("80 % ghi là 80."));
        }
    }
}
