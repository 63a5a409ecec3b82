use std::path::Path;

use cchc_text::Severity;
use rust_xlsxwriter::Workbook;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::{Limits, OldText};

fn shipped(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(path)).unwrap()
}

fn take(kind: RuleKind, name: &str, bytes: &[u8], beside: &[Content<'_>]) -> (Option<String>, Findings) {
    read(kind, Upload { name, bytes, old_text: OldText::Refused }, beside, &Limits::default())
}

type Findings = cchc_text::Findings;

fn codes(findings: &Findings) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code).collect()
}

const fn content(kind: RuleKind, text: &str) -> Content<'_> {
    Content { kind, name: "thu", text }
}

const UNITS: &str = "code,name,level,type,parent,valid_from,valid_to,successor,legal_basis,confidence\n\
                     25,Tỉnh Phú Thọ,tinh,tinh,,,,,,press\n\
                     07,Xã A,xa,xa,25,2025-07-01,,,,press\n";

#[test]
fn all_shipped_content_comes_back_as_it_is() {
    let (units, departments) = (shipped("units/units-vinh-phuc.csv"), shipped("units/departments-vinh-phuc.csv"));
    let days = shipped("calendar/days-off-2019-2026.csv");
    let (series, shipped_figures) = (shipped("series/series.csv"), shipped("series/figures.csv"));
    let simulated = shipped("series/simulated-vinh-phuc.csv");
    let series_beside = [content(RuleKind::Series, &series)];
    let beside = [content(RuleKind::Units, &units), content(RuleKind::Departments, &departments)];
    for (kind, text, beside) in [
        (RuleKind::Units, &units, &beside[1..]),
        (RuleKind::Departments, &departments, &beside[..1]),
        (RuleKind::DaysOff, &days, &[]),
        (RuleKind::Series, &series, &[]),
        (RuleKind::SeriesFigures, &shipped_figures, &series_beside[..]),
        (RuleKind::SeriesFigures, &simulated, &series_beside[..]),
    ] {
        let (first, findings) = take(kind, "tep.csv", text.as_bytes(), beside);
        let first = first.unwrap();
        assert_eq!(findings, [], "{kind:?}");
        let (again, findings) = take(kind, "tep.csv", first.as_bytes(), beside);
        assert_eq!((again.as_deref(), findings.len()), (Some(first.as_str()), 0), "{kind:?}");
        let difference = difference(content(kind, text), content(kind, &first), beside);
        assert!(difference.is_empty(), "{kind:?}: {:?}", difference.changes);
    }
    let (registry, findings) = registry(&[beside[1], beside[0]]);
    assert_eq!(findings, []);
    assert!(registry.find("VP.SNV", jiff::civil::date(2021, 1, 1)).is_ok());
}

#[test]
fn all_shipped_sets_come_back_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/criteria");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(id) = name.strip_suffix(".toml") else { continue };
        let text = shipped(&format!("criteria/{name}"));
        let (first, findings) = take(RuleKind::CriteriaSet, &name, text.as_bytes(), &[]);
        let first = first.unwrap();
        assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{id}: {findings:?}");
        assert_eq!(
            take(RuleKind::CriteriaSet, &name, first.as_bytes(), &[]).0.as_deref(),
            Some(first.as_str()),
            "{id}"
        );
        let (before, after) = (content(RuleKind::CriteriaSet, &text), content(RuleKind::CriteriaSet, &first));
        assert_eq!(criteria_set(before).0, criteria_set(after).0, "{id}");
        assert!(difference(before, after, &[]).is_empty(), "{id}");
        count += 1;
    }
    assert!(count >= 9, "{count} sets");
}

#[test]
fn a_workbook_with_vietnamese_heads_becomes_the_same_csv() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Hướng dẫn").unwrap().write_string(0, 0, "Cách điền").unwrap();
    let sheet = workbook.add_worksheet().set_name("Đơn vị").unwrap();
    let rows = [
        [
            "Mã",
            "Tên đơn vị",
            "Cấp",
            "Loại",
            "Đơn vị cấp trên",
            "Từ ngày",
            "Đến ngày",
            "Ghi chú",
            "Độ tin cậy",
            "Kế tục",
        ],
        ["25", "Tỉnh Phú Thọ", "tinh", "tinh", "", "", "", "", "press", ""],
        ["07", "Xã A", "xa", "xa", "25", "01/07/2025", "", "xem lại", "press", ""],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            let decomposed: String = text.nfd().collect();
            sheet.write_string(row, column, decomposed).unwrap();
        }
    }
    let (text, findings) = take(RuleKind::Units, "dv.xlsx", &workbook.save_to_buffer().unwrap(), &[]);
    assert_eq!(text.as_deref(), Some(UNITS));
    let told: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(
        told.iter().any(|text| text.starts_with("[cảnh báo] dv.xlsx, ô Đơn vị!H3: Cột «Ghi chú» không có trong")),
        "{told:?}"
    );
    let codes = codes(&findings);
    assert!(codes.contains(&"unused-sheet") && codes.contains(&"decomposed-text"), "{codes:?}");
    assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{told:?}");
}

#[test]
fn what_is_no_such_table_says_what_it_is() {
    let days = "date,kind\n2026-01-01,holiday\n";
    let (text, findings) = take(RuleKind::Units, "a.csv", days.as_bytes(), &[]);
    assert_eq!((text, codes(&findings)), (None, vec!["other-kind"]));
    assert_eq!(findings[0].message, "Tệp là lịch nghỉ, không phải danh mục đơn vị hành chính.");
    let (text, findings) = take(RuleKind::DaysOff, "a.csv", b"date,x\n2026-01-01,y\n", &[]);
    assert_eq!((text, findings[0].message.as_str()), (None, "Không có bảng nào là lịch nghỉ: thiếu cột kind."));
    for kind in RuleKind::ALL {
        assert_eq!(codes(&take(kind, "a.csv", b"", &[]).1), ["unreadable"], "{kind:?}");
        assert_eq!(RuleKind::from_code(kind.code()), Some(kind));
    }
}

#[test]
fn a_bad_row_stays_in_the_content_and_among_the_findings() {
    let bad = UNITS.replace("2025-07-01", "31/06/2025");
    let (text, findings) = take(RuleKind::Units, "a.csv", bad.as_bytes(), &[]);
    assert_eq!(text.as_deref(), Some(bad.as_str()));
    assert_eq!(codes(&findings), ["bad-date"]);
    assert_eq!(findings[0].place.line, Some(3));
}

#[test]
fn departments_are_read_beside_the_units() {
    let departments = "order,code,symbol,name,province,valid_from,valid_to,successor,confidence\n\
                       1,VP.SNV,SNV,Sở Nội vụ,25,,,,press\n";
    let units = [content(RuleKind::Units, UNITS)];
    assert_eq!(take(RuleKind::Departments, "a.csv", departments.as_bytes(), &units).1, []);
    assert_eq!(codes(&take(RuleKind::Departments, "a.csv", departments.as_bytes(), &[]).1), ["unknown-parent"]);
    // Units that leave the departments without a province.
    let lost = UNITS.replace("\n25,", "\n26,").replace(",25,", ",26,");
    let beside = [content(RuleKind::Departments, departments)];
    let (_, findings) = take(RuleKind::Units, "a.csv", lost.as_bytes(), &beside);
    assert_eq!(codes(&findings), ["unknown-parent"]);
    assert_eq!(findings[0].place.file.as_deref(), Some("thu.csv"));
}

#[test]
fn days_off_on_two_sheets_are_one_list() {
    let mut workbook = Workbook::new();
    for (year, kind) in [("2025", "holiday"), ("2026", "holiday"), ("2026", "makeup_working_day")] {
        let sheet = workbook.add_worksheet();
        sheet.write_row(0, 0, ["Ngày", "kind", "Tên"]).unwrap();
        sheet.write_row(1, 0, [format!("01/01/{year}").as_str(), kind, "Tết Dương lịch"]).unwrap();
    }
    let (text, findings) = take(RuleKind::DaysOff, "n.xlsx", &workbook.save_to_buffer().unwrap(), &[]);
    assert_eq!(
        text.unwrap(),
        "date,weekday,kind,name,source,confidence\n2025-01-01,Wed,holiday,Tết Dương lịch,,\n2026-01-01,Thu,holiday,Tết Dương lịch,,\n"
    );
    assert_eq!(findings.iter().filter(|finding| finding.code == "contradicting-day-off").count(), 1);
}

#[test]
fn one_row_is_corrected_and_nothing_else() {
    let units = content(RuleKind::Units, UNITS);
    let row = RowKey { code: "07", from: "2025-07-01" };
    let (text, findings) = correct(units, row, &[("name", " Xã Á "), ("valid_to", "31/12/2026"), ("successor", "25")]);
    assert_eq!(findings, []);
    let text = text.unwrap();
    assert_eq!(text, UNITS.replace("07,Xã A,xa,xa,25,2025-07-01,,,", "07,Xã Á,xa,xa,25,2025-07-01,2026-12-31,25,"));
    let difference = difference(units, content(RuleKind::Units, &text), &[]);
    assert_eq!(difference.summary, "Thêm 0 đơn vị, sửa 1 (tên 1, đến ngày 1, kế tục 1), bỏ 0.");
}

#[test]
fn a_correction_of_nothing_is_refused_with_all_reasons() {
    let units = content(RuleKind::Units, UNITS);
    let (text, findings) = correct(units, RowKey { code: "08", from: "" }, &[("tên", "x")]);
    assert_eq!((text, codes(&findings)), (None, vec!["unknown-column", "no-such-row"]));
    let twice = format!("{UNITS}07,Xã B,xa,xa,25,01/07/2025,,,,press\n");
    let row = RowKey { code: "07", from: "2025-07-01" };
    let (text, findings) = correct(content(RuleKind::Units, &twice), row, &[("name", "x")]);
    assert_eq!((text, codes(&findings)), (None, vec!["many-such-rows"]));
    assert_eq!(correct(units, row, &[("ten", "x")]).0, None);
    assert_eq!(codes(&correct(content(RuleKind::Units, ""), row, &[]).1), ["empty"]);
}

#[test]
fn a_new_set_is_said_to_be_new() {
    let text = shipped("criteria/nd61-2018.toml");
    let (old, new) = (content(RuleKind::CriteriaSet, ""), content(RuleKind::CriteriaSet, &text));
    let added = difference(old, new, &[]);
    assert!(added.summary.starts_with("Bộ tiêu chí mới: ") && added.changes.len() == 1, "{added:?}");
    assert!(difference(new, old, &[]).summary.starts_with("Không so sánh được"));
}

#[test]
fn old_encodings_are_refused_until_somebody_agrees() {
    use cchc_text::legacy::{Encoding, from_unicode};
    let names = ["Xã Đồng Tĩnh", "Xã Hoàng Đan", "Phường Tích Sơn", "Thị trấn Hợp Hòa", "Xã Tam Đảo"];
    let rows = |encode: &dyn Fn(&str) -> String| {
        let rows =
            (10..).zip(names).map(|(code, name)| format!("{code},{},xa,xa,25,2025-07-01,,,,press\n", encode(name)));
        format!("{}{}", UNITS.replace("07,Xã A,xa,xa,25,2025-07-01,,,,press\n", ""), rows.collect::<String>())
    };
    // The province is left in plain letters: one file holds one encoding.
    let plain = |text: String| text.replace("Tỉnh Phú Thọ", "Phu Tho");
    let old = plain(rows(&|name| from_unicode(name, Encoding::Tcvn3)));
    let (_, findings) = take(RuleKind::Units, "a.csv", old.as_bytes(), &[]);
    assert!(findings.iter().any(|one| one.code == "old-encoding" && one.severity == Severity::Error), "{findings:?}");
    let upload = Upload { name: "a.csv", bytes: old.as_bytes(), old_text: OldText::Converted };
    let (text, findings) = read(RuleKind::Units, upload, &[], &Limits::default());
    assert_eq!(text.unwrap(), plain(rows(&str::to_owned)));
    assert_eq!(codes(&findings), ["converted-text"]);
}

#[test]
fn figures_on_two_sheets_with_vietnamese_heads_are_one_table() {
    let series = shipped("series/series.csv");
    let beside = [content(RuleKind::Series, &series)];
    let mut workbook = Workbook::new();
    for (name, year, value) in [("A", "2020", "85,74"), ("B", "2020", "85,75"), ("C", "2021", "86")] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap();
        let heads = ["Chuỗi", "Mã tỉnh", "Năm", "Giá trị", "Hạng", "Trên", "Nguồn", "Độ tin cậy"];
        for (row, cells) in [heads, ["par-index", "25", year, value, "10", "63", "s", "press"]].iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                sheet.write(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), *text).unwrap();
            }
        }
    }
    let (text, findings) = take(RuleKind::SeriesFigures, "s.xlsx", &workbook.save_to_buffer().unwrap(), &beside);
    assert!(codes(&findings).contains(&"contradicting-figure"), "{findings:?}");
    let text = text.unwrap();
    assert!(text.contains("par-index,25,,2020,85.74,,10,63,s,press\npar-index,25,,2021,86,"), "{text}");
    // Without the series beside it no row says anything.
    let (text, findings) = take(RuleKind::SeriesFigures, "s.csv", text.as_bytes(), &[]);
    assert_eq!((text.unwrap().lines().count(), codes(&findings)), (1, vec!["unknown-series", "unknown-series"]));
}

#[test]
fn series_that_lose_their_figures_are_told() {
    let (series, figures) = (shipped("series/series.csv"), shipped("series/figures.csv"));
    let without: String =
        series.lines().filter(|line| !line.starts_with("par-index")).map(|l| format!("{l}\n")).collect();
    let beside = [content(RuleKind::SeriesFigures, &figures)];
    let difference = difference(content(RuleKind::Series, &series), content(RuleKind::Series, &without), &beside);
    assert_eq!(difference.summary, "Thêm 0 chuỗi, sửa 0, bỏ 1.");
    assert_eq!(codes(&difference.consequences), ["figures-lost"]);
}
