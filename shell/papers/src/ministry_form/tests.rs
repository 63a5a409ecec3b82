use std::io::{Cursor, Read};
use std::path::Path;

use cchc_calendar::DaysOff;
use cchc_index::{Inputs, read_inputs, score};
use cchc_text::table::{Row as TableRow, Table};

use super::*;
use crate::{Grid, Limits, read_grids, set_file};

fn set() -> CriteriaSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/criteria/bnv-2022-tinh.toml");
    let (set, findings) = set_file::read("bnv-2022-tinh", &std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    assert_eq!(findings, []);
    set.unwrap()
}

fn scored(set: &CriteriaSet) -> ScoredUnit {
    let rows = [["26", "1.1.2", "9", "10"], ["26", "2.1.2", "0", ""], ["26", "8.1.1", "87.4", ""]];
    let rows = (2..).zip(rows).map(|(number, cells)| TableRow { number, cells: cells.map(str::to_owned).to_vec() });
    let columns = ["unit", "criterion", "value", "of"].map(str::to_owned).to_vec();
    let table = Table { file: "x.csv".into(), sheet: String::new(), columns, rows: rows.collect() };
    let (inputs, _): (Inputs, _) = read_inputs(set, &[table]);
    score(set, &inputs, &DaysOff::default()).units.remove(0)
}

fn form<'a>(set: &'a CriteriaSet, scored: &'a ScoredUnit) -> MinistryForm<'a> {
    let line = |code: &str, answer: &str, evidence: &[&str], whose: &str| FormLine {
        code: code.into(),
        answer: answer.into(),
        note: String::new(),
        evidence: evidence.iter().map(|one| (*one).to_owned()).collect(),
        whose: whose.into(),
    };
    MinistryForm {
        unit: "Tỉnh Vĩnh Phúc".into(),
        title: "Chỉ số CCHC năm 2022".into(),
        body: "Bộ Nội vụ".into(),
        set,
        scored,
        lines: vec![
            line("1.1.2", "9 / 10", &["9/BC-UBND", "1/KH-UBND"], "Sở Nội vụ"),
            line("2.1.2", "0", &["1/KH-UBND"], "Sở Tư pháp"),
            line("8.1.1", "87,4", &[], ""),
        ],
        mark: "BỘ TIÊU CHÍ MINH HỌA".into(),
        simulated: true,
    }
}

fn grid(name: &str) -> Grid {
    let set = set();
    let scored = scored(&set);
    let bytes = xlsx(&form(&set, &scored)).unwrap();
    assert_eq!(bytes, xlsx(&form(&set, &scored)).unwrap(), "the same form gives the same bytes");
    let (grids, findings) = read_grids("b.xlsx", &bytes, &Limits::default()).unwrap();
    assert_eq!(findings, []);
    grids.into_iter().find(|grid| grid.sheet == name).unwrap()
}

fn row(grid: &Grid, code: &str) -> Vec<String> {
    grid.rows.iter().find(|row| row.text(Some(0)) == code).unwrap().cells.clone()
}

#[test]
fn every_node_stands_in_the_order_of_the_set() {
    let (grid, set) = (grid("Biểu mẫu"), set());
    let codes: Vec<&str> =
        grid.rows.iter().map(|row| row.text(Some(0))).filter(|code| set.find(code).is_some()).collect();
    let all: Vec<&str> = set.criteria.iter().map(|node| node.code.as_str()).collect();
    assert_eq!(codes, all);
    let text: Vec<String> = grid.rows.iter().map(|row| row.cells.join("|")).collect();
    let text = text.join("\n");
    assert!(text.contains("SỐ LIỆU MÔ PHỎNG – BỘ TIÊU CHÍ MINH HỌA") && text.contains("gửi Bộ Nội vụ"), "{text}");
}

#[test]
fn a_document_keeps_its_number_and_fields_have_their_sums() {
    let grid = grid("Biểu mẫu");
    let line = row(&grid, "1.1.2");
    assert_eq!(&line[3..9], ["9 / 10", "1.35", "1, 2", "9/BC-UBND; 1/KH-UBND", "", "Sở Nội vụ"]);
    assert_eq!(row(&grid, "2.1.2")[5], "2");
    assert_eq!((row(&grid, "1")[4].as_str(), row(&grid, "8")[4].as_str()), ("1.35", "8.74"));
    assert_eq!(row(&grid, "2.1.1").get(4), None, "nothing was said, nothing stands there");
    let total = grid.rows.iter().find(|row| row.text(Some(1)) == "Tổng cộng").unwrap();
    assert_eq!(total.text(Some(4)), "10.59");
    let documents = self::grid("Danh mục tài liệu");
    assert_eq!(row(&documents, "2")[1], "1/KH-UBND");
}

#[test]
fn the_word_document_says_the_same() {
    let set = set();
    let scored = scored(&set);
    let bytes = docx(&form(&set, &scored)).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    for words in ["Tỉnh Vĩnh Phúc", "[1] 9/BC-UBND; [2] 1/KH-UBND", "Sở Tư pháp", "Tổng cộng", "BỘ TIÊU CHÍ MINH HỌA"]
    {
        assert!(text.contains(words), "{words}");
    }
}
