use std::io::{Cursor, Read};
use std::path::Path;

use cchc_access::Capacity;
use cchc_calendar::DaysOff;
use cchc_index::{CriteriaSet, Inputs, ScoredUnit, read_inputs, score};
use cchc_text::table::{Row, Table};

use super::*;
use crate::{Limits, set_file};

fn set() -> CriteriaSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/criteria/vp-2021-so.toml");
    let (set, _) = set_file::read("vp-2021-so", &std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    set.unwrap()
}

fn scored(set: &CriteriaSet) -> ScoredUnit {
    let rows = [["VP.SNV", "1.5", "2", ""], ["VP.SNV", "1.6.1", "na", ""], ["VP.SNV", "1.1.1", "", ""]];
    let rows = (2..).zip(rows).map(|(number, cells)| Row { number, cells: cells.map(str::to_owned).to_vec() });
    let columns = ["unit", "criterion", "value", "of"].map(str::to_owned).to_vec();
    let table = Table { file: "x.csv".into(), sheet: String::new(), columns, rows: rows.collect() };
    let (inputs, _): (Inputs, _) = read_inputs(set, &[table]);
    score(set, &inputs, &DaysOff::default()).units.remove(0)
}

fn report<'a>(set: &'a CriteriaSet, scored: &'a ScoredUnit) -> SelfReport<'a> {
    let line = |code: &str, answer: &str, note: &str, evidence: &[&str]| ReportLine {
        code: code.into(),
        answer: answer.into(),
        note: note.into(),
        evidence: evidence.iter().map(|one| (*one).to_owned()).collect(),
    };
    SelfReport {
        superior: "UBND tỉnh Vĩnh Phúc".into(),
        agency: "Sở Nội vụ".into(),
        number: String::new(),
        place: "Vĩnh Yên".into(),
        on: Some(jiff::civil::date(2023, 1, 16)),
        to: "Hội đồng thẩm định".into(),
        about: "Chỉ số CCHC năm 2022".into(),
        set,
        scored,
        lines: vec![
            line("1.5", "2 sáng kiến", "", &["45/QĐ-UBND, trang 1"]),
            line("1.1.1", "", "Kế hoạch ghép với kế hoạch năm", &[]),
        ],
        proposals: "Sửa quy tắc 1.1.1.\n\nTập huấn.".into(),
        signer: Party {
            name: "Nguyễn Văn An (mô phỏng)".into(),
            title: "Phó Giám đốc".into(),
            capacity: Capacity::Kt,
            signs_for: "Giám đốc".into(),
            ..Party::default()
        },
        mark: "BỘ TIÊU CHÍ MINH HỌA".into(),
        simulated: true,
    }
}

fn words(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let texts = xml.split("</w:p>").map(|paragraph| {
        let runs = paragraph.split("<w:t ").skip(1);
        runs.filter_map(|run| run.split_once('>')?.1.split_once("</w:t>").map(|(text, _)| text)).collect::<String>()
    });
    texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_report_says_result_losses_explanations_and_proposals() {
    let set = set();
    let scored = scored(&set);
    let bytes = docx(&report(&set, &scored)).unwrap();
    assert_eq!(bytes, docx(&report(&set, &scored)).unwrap());
    let text = words(&bytes);
    let parts = [
        "SỐ LIỆU MÔ PHỎNG – BỘ TIÊU CHÍ MINH HỌA",
        "Số: ……/BC-……",
        "Vĩnh Yên, ngày 16 tháng 01 năm 2023",
        "Kết quả tự chấm điểm Chỉ số CCHC năm 2022",
        "Kính gửi: Hội đồng thẩm định",
        "I. KẾT QUẢ TỰ CHẤM ĐIỂM",
        "7,14\u{a0}%",
        "II. TIÊU CHÍ CHƯA ĐẠT ĐIỂM TỐI ĐA",
        "Kế hoạch ghép với kế hoạch năm",
        "III. GIẢI TRÌNH",
        "IV. KIẾN NGHỊ",
        "Sửa quy tắc 1.1.1.\nTập huấn.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Phụ lục",
        "45/QĐ-UBND, trang 1",
    ];
    let mut rest = text.as_str();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("«{part}» is not there, or not in its place:\n{text}"));
        rest = &rest[at..];
    }
}

#[test]
fn a_report_without_losses_and_proposals_says_so() {
    let set = set();
    let mut scored = scored(&set);
    for node in &mut scored.nodes {
        node.points = node.max.clone();
    }
    let mut report = report(&set, &scored);
    report.lines.clear();
    report.proposals.clear();
    (report.simulated, report.mark) = (false, String::new());
    let text = words(&docx(&report).unwrap());
    assert!(text.contains("Mọi tiêu chí tự chấm đều đạt điểm tối đa."));
    assert_eq!(text.matches("Không có.").count(), 2);
    assert!(!text.contains("MÔ PHỎNG") && !text.contains("MINH HỌA"));
}
