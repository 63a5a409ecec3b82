use std::path::Path;

use cchc_index::{AnswerText, CriteriaSet};
use rust_xlsxwriter::Workbook;

use super::*;
use crate::{Limits, set_file};

fn set() -> CriteriaSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/criteria/vp-2021-so.toml");
    let (set, _) = set_file::read("vp-2021-so", &std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    set.unwrap()
}

fn unit() -> TemplateUnit {
    TemplateUnit { code: "VP.SNV".into(), name: "Sở Nội vụ".into(), group: "so".into() }
}

fn line(code: &str, value: &str, of: &str, note: &str, seen: u32) -> PaperLine {
    let (code, note) = (code.to_owned(), note.to_owned());
    PaperLine { code, answer: AnswerText::new(value, of), note, seen, ..PaperLine::default() }
}

fn paper(set: &CriteriaSet, lines: Vec<PaperLine>) -> Vec<u8> {
    write(&SheetPaper { set, round: "2022-so", title: "Chỉ số CCHC 2022 (mô phỏng)", unit: unit(), lines }).unwrap()
}

fn back(set: &CriteriaSet, bytes: &[u8]) -> (Vec<ReturnedLine>, Vec<&'static str>) {
    let (lines, findings) = read(set, ("2022-so", "VP.SNV"), "phieu.xlsx", bytes, &Limits::default()).unwrap();
    (lines, findings.iter().map(|finding| finding.code).collect())
}

#[test]
fn what_is_taken_away_comes_back_as_it_was() {
    let set = set();
    let lines = vec![
        line("1.1.3", "18", "20", "hai việc chuyển sang quý I", 3),
        line("1.4.2", "7,5", "", "", 0),
        line("1.5", "007", "", "", 1),
        line("1.6.1", "na", "", "không được giao việc", 2),
    ];
    let known: Vec<PaperLine> =
        lines.into_iter().filter(|line| set.leaves().any(|(_, node, _)| node.code == line.code)).collect();
    assert!(known.len() > 2, "the set has the lines");
    let (returned, findings) = back(&set, &paper(&set, known.clone()));
    assert_eq!(findings, [""; 0]);
    for sent in &known {
        let found = returned.iter().find(|line| line.code == sent.code).unwrap();
        assert_eq!((&found.answer, &found.note, found.seen), (&sent.answer, &sent.note, Some(sent.seen)));
    }
    let answered = returned.iter().filter(|line| !line.answer.is_empty()).count();
    assert_eq!(answered, known.len(), "nothing else was answered");
    assert!(returned[0].place.to_string().contains("Phiếu chấm điểm"), "{}", returned[0].place);
}

#[test]
fn a_file_of_another_unit_or_round_is_not_taken() {
    let set = set();
    let bytes = paper(&set, Vec::new());
    for (round, unit) in [("2022-so", "VP.STP"), ("2021-so", "VP.SNV")] {
        let (lines, findings) = read(&set, (round, unit), "phieu.xlsx", &bytes, &Limits::default()).unwrap();
        assert_eq!((lines.len(), findings[0].code), (0, "wrong-sheet"), "{}", findings[0].message);
    }
}

#[test]
fn rows_of_ones_own_making_are_read_and_what_is_odd_is_said() {
    let set = set();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows = [
        ["Mã tiêu chí", "Giá trị", "Mẫu số", "note"],
        ["1.5", "2", "", "gh\u{69}  chu\u{301}"],
        ["1.5", "3", "", ""],
        ["9.9.9", "1", "", ""],
        ["", "5", "", ""],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    let (lines, findings) = back(&set, &workbook.save_to_buffer().unwrap());
    assert_eq!(findings, ["decomposed-text", "repeated-row", "unknown-criterion"]);
    assert_eq!((lines.len(), lines[0].answer.value.as_str(), lines[0].seen), (1, "2", None));
    assert!(lines[0].note.ends_with("chú"), "composed: {}", lines[0].note);
}

#[test]
fn a_workbook_without_the_columns_is_told_so() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write(0, 0, "Báo cáo").unwrap();
    workbook.worksheet_from_index(0).unwrap().write(1, 0, "x").unwrap();
    let (lines, findings) = back(&set(), &workbook.save_to_buffer().unwrap());
    assert_eq!((lines.len(), findings), (0, vec!["missing-column"]));
}

#[test]
fn lines_that_the_unit_does_not_answer_are_locked_and_say_why() {
    let set = set();
    let why = "không áp dụng (không có thủ tục)";
    let closed = PaperLine { code: "1.5".into(), closed: Some(why.into()), ..PaperLine::default() };
    let bytes = paper(&set, vec![closed]);
    let grids = crate::read_grids("phieu.xlsx", &bytes, &Limits::default()).unwrap();
    let text = format!("{grids:?}");
    assert!(text.contains(why));
}
