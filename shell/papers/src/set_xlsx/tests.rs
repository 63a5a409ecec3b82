//! The shipped sets as workbooks and back; workbooks as officers leave them.

use std::path::Path;

use cchc_index::CriteriaSet;
use cchc_index::check;
use cchc_index::set_form::to_form;
use cchc_index::toml_form;
use cchc_text::{Findings, Severity};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::*;
use crate::{Limits, set_file};

fn shipped() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/criteria");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn read(bytes: &[u8]) -> (Option<CriteriaSet>, Findings) {
    set_file::read("bo.xlsx", bytes, &Limits::default()).unwrap()
}

/// A small set: particulars in the sheet of that name, the criteria as `build` writes them.
fn workbook(build: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let about = workbook.add_worksheet().set_name("THÔNG TIN").unwrap();
    let lines = [
        ("Mã bộ tiêu chí", "thu"),
        ("Tên bộ tiêu chí", "Bộ thử"),
        ("Năm đánh giá", "2026"),
        ("Tổng điểm", "2"),
        ("Làm tròn kết quả", "2"),
        ("Tình trạng", "Minh hoạ"),
    ];
    for (row, (name, value)) in (0..).zip(lines) {
        about.write(row, 0, name).unwrap().write(row, 1, value).unwrap();
    }
    build(workbook.add_worksheet().set_name("Tiêu chí").unwrap());
    workbook.save_to_buffer().unwrap()
}

fn header(sheet: &mut Worksheet, row: u32) {
    for (column, name) in (0..).zip(["Mã", "Tên", "Điểm tối đa", "Quy tắc", "Tham số"]) {
        sheet.write(row, column, name).unwrap();
    }
}

fn told(findings: &Findings) -> Vec<(&str, &str)> {
    findings.iter().map(|finding| (finding.code, finding.place.cell.as_deref().unwrap_or(""))).collect()
}

#[test]
fn every_shipped_set_comes_back_equal_and_its_toml_byte_for_byte() {
    let files = shipped();
    assert_eq!(files.len(), 10);
    for (name, toml) in files {
        let (set, before) = set_file::read(&name, toml.as_bytes(), &Limits::default()).unwrap();
        let set = set.unwrap();
        let bytes = write(&set).unwrap();
        assert_eq!(bytes, write(&set).unwrap(), "{name}: the same set gives the same bytes");
        let (again, findings) = read(&bytes);
        assert_eq!(again.as_ref(), Some(&set), "{name}");
        assert_eq!(toml_form::write(&to_form(&again.unwrap())), toml, "{name}");
        let codes = |findings: &Findings| findings.iter().map(|finding| finding.code).collect::<Vec<_>>();
        assert_eq!(codes(&findings), codes(&before), "{name}: {findings:?}");
    }
}

#[test]
fn reads_what_an_officer_types() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "BỘ TIÊU CHÍ NĂM 2026").unwrap();
        header(sheet, 2);
        sheet.write(3, 0, "1").unwrap().write(3, 1, "Lĩnh vực").unwrap().write(3, 2, 2).unwrap();
        sheet.write(4, 0, "1.1").unwrap().write(4, 1, "Một").unwrap().write(4, 2, "0,75").unwrap();
        sheet.write(4, 3, "Chọn một mức").unwrap();
        sheet.write(4, 4, "options:\n co | Có | 0,75\n khong | Không | 0").unwrap();
        sheet.write(5, 0, "1.2").unwrap().write(5, 1, "Hai").unwrap().write(5, 2, 1.25).unwrap();
        sheet.write(5, 3, "DUNG HAN").unwrap();
        sheet.write(5, 4, "due = 01-15\nper_day = 0,05\nzero_after_days = 5").unwrap();
    });
    let (set, findings) = read(&bytes);
    let set = set.unwrap();
    assert_eq!(findings, []);
    let maxima: Vec<String> = set.criteria.iter().map(|node| node.max.to_string()).collect();
    assert_eq!(maxima, ["2", "0.75", "1.25"]);
    assert_eq!(set.leaves().count(), 2);
}

#[test]
fn tells_what_is_wrong_with_its_cell() {
    let bytes = workbook(|sheet| {
        header(sheet, 0);
        sheet.write(0, 5, "Người soạn").unwrap();
        sheet.write(1, 0, "1").unwrap().write(1, 1, "Lĩnh vực").unwrap().write(1, 2, "hai").unwrap();
        sheet.write(2, 0, "2").unwrap().write(2, 1, "Một").unwrap().write(2, 2, 2).unwrap();
        sheet.write(2, 3, "đoán").unwrap().write(2, 4, "each: 1").unwrap().write(2, 5, "An").unwrap();
        sheet.write(3, 0, "3").unwrap().write(3, 1, "Ba").unwrap().write(3, 2, 2).unwrap();
        sheet.write(3, 4, "each = 1").unwrap();
    });
    let (_, findings) = read(&bytes);
    let told = told(&findings);
    for expected in [
        ("unknown-column", "Tiêu chí!F1"),
        ("not-a-number", "Tiêu chí!C2"),
        ("unknown-rule", "Tiêu chí!D3"),
        ("bad-parameter", "Tiêu chí!E3"),
        ("params-without-rule", "Tiêu chí!E4"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    let unknown = findings.iter().filter(|finding| finding.code == "unknown-rule").count();
    assert_eq!(unknown, 1, "told once: {findings:?}");
}

#[test]
fn notices_codes_that_became_numbers_and_dates() {
    let bytes = workbook(|sheet| {
        header(sheet, 0);
        let date = Format::new().set_num_format("d/m/yyyy");
        sheet.write(1, 0, 1).unwrap().write(1, 1, "Lĩnh vực").unwrap().write(1, 2, 2).unwrap();
        sheet.write(2, 0, 1.1).unwrap().write(2, 1, "Mười").unwrap().write(2, 2, 1).unwrap();
        sheet.write(3, 0, 1.125).unwrap().write(3, 1, "Sâu").unwrap().write(3, 2, 1).unwrap();
        let day = ExcelDateTime::from_ymd(2001, 4, 3).unwrap();
        sheet.write_with_format(4, 0, &day, &date).unwrap().write(4, 1, "Ngày").unwrap().write(4, 2, 1).unwrap();
    });
    let (set, findings) = read(&bytes);
    let codes: Vec<String> = set.unwrap().criteria.into_iter().map(|node| node.code).collect();
    assert_eq!(codes, ["1", "1.1", "1.125", "2001-04-03"]);
    let told = told(&findings);
    for expected in [
        ("numeric-code", "Tiêu chí!A3"),
        ("numeric-code", "Tiêu chí!A4"),
        ("date-code", "Tiêu chí!A5"),
        ("whole-number-code", "Tiêu chí"),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    let first = findings.iter().find(|finding| finding.code == "numeric-code").unwrap();
    assert!(first.message.contains("«1.10»"), "{first}");
}

#[test]
fn tells_missing_sheets_and_words_that_are_none() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Thông tin").unwrap();
    sheet.write(0, 0, "Tình trạng").unwrap().write(0, 1, "rất tốt").unwrap();
    sheet.write(1, 0, "Màu").unwrap().write(1, 1, "đỏ").unwrap();
    workbook.add_worksheet().set_name("Nháp").unwrap().write(0, 0, "x").unwrap();
    let (set, findings) = read(&workbook.save_to_buffer().unwrap());
    assert!(set.is_none());
    let told = told(&findings);
    for expected in [
        ("unknown-word", "Thông tin!B1"),
        ("unknown-field", "Thông tin!B2"),
        ("unused-sheet", "Nháp"),
        ("missing-sheet", ""),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
}

#[test]
fn refuses_to_lose_a_parameter() {
    let (name, toml) = shipped().into_iter().find(|(name, _)| name.starts_with("nd61")).unwrap();
    let (set, _) = check::load(&toml_form::read(&name, &toml.replacen("Đạt mức 2 điểm", "Đạt mức\\n2 điểm", 1)).0);
    let error = write(&set.unwrap()).unwrap_err();
    assert!(matches!(&error, crate::WriteError::Parameters { .. }), "{error}");
}

#[test]
fn refuses_more_criteria_than_any_set_has() {
    let bytes = workbook(|sheet| {
        header(sheet, 0);
        for row in 1..6_000 {
            sheet.write(row, 0, format!("{row}")).unwrap();
        }
    });
    let error = set_file::read("bo.xlsx", &bytes, &Limits::default()).unwrap_err();
    assert_eq!(error, crate::ReadError::TooManyRows { limit: 5_000 });
}

#[test]
fn small_floors_are_asked_about() {
    let (name, toml) = shipped().into_iter().find(|(name, _)| name.starts_with("pt-2026-so")).unwrap();
    let (set, _) = set_file::read(&name, toml.as_bytes(), &Limits::default()).unwrap();
    let mut set = set.unwrap();
    set.classes[0].floor = Some("0.8".parse().unwrap());
    let (_, findings) = read(&write(&set).unwrap());
    assert_eq!(told(&findings), [("small-floor", "Xếp loại!C2")]);
    assert_eq!(findings[0].severity, Severity::Warning);
}
