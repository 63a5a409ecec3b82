//! Bad tables: everything that is wrong is said at once, with its place, and the rest is used.

mod common;

use cchc_text::{Findings, Severity};
use cchc_units::{Level, Registry};
use common::{day, read, table};

fn codes(findings: &Findings) -> Vec<(u64, &'static str)> {
    findings.iter().map(|finding| (finding.place.line.unwrap_or_default(), finding.code)).collect()
}

#[track_caller]
fn check(rows: &str, expected: &[(u64, &'static str)]) -> (Registry, Findings) {
    let (registry, findings) = read(rows);
    let mut found = codes(&findings);
    found.sort_unstable();
    assert_eq!(found, expected, "{findings:#?}");
    (registry, findings)
}

#[test]
fn everything_of_one_row_at_once() {
    let (registry, findings) = check(
        ",Xã M,lang,xa,,2000-13-01,hôm qua,,,\n1 2,,xa,xa,,,,,,\n1,Tỉnh A,tinh,tinh,,,,,,\n",
        &[(2, "bad-date"), (2, "bad-date"), (2, "no-code"), (2, "unknown-level"), (3, "bad-code"), (3, "no-name")],
    );
    assert_eq!(registry.all().count(), 1);
    assert!(findings.iter().all(|finding| finding.severity == Severity::Error));
}

#[test]
fn dates_of_both_forms() {
    let (registry, _) = check("1,Tỉnh A,tinh,tinh,,01/7/2025,2025-12-31,,,\n", &[]);
    assert_eq!(registry.find("1", day("2025-07-01")).unwrap().period.to, Some(day("2025-12-31")));
}

#[test]
fn ends_before_it_begins() {
    let (registry, findings) = check("1,Tỉnh A,tinh,tinh,,2025-01-02,2025-01-01,,,\n", &[(2, "ends-before-start")]);
    assert_eq!(registry.all().count(), 0);
    assert_eq!(
        findings[0].to_string(),
        "[lỗi] t.csv, dòng 2, đơn vị 1: Ngày kết thúc 01/01/2025 trước ngày bắt đầu 02/01/2025; dòng này không được \
         dùng. Xem lại valid_from và valid_to."
    );
}

#[test]
fn overlap_duplicate_gap() {
    let (registry, findings) = check(
        "1,Tỉnh A,tinh,tinh,,,2000-12-31,,,\n1,Tỉnh A,tinh,tinh,,,2000-12-31,,,\n\
         1,Tỉnh B,tinh,tinh,,2000-12-31,,,,\n1,Tỉnh C,tinh,tinh,,2002-01-01,,,,\n",
        &[(3, "duplicate-row"), (4, "overlap"), (5, "gap")],
    );
    assert_eq!(registry.all().count(), 2);
    let gap = findings.iter().find(|finding| finding.code == "gap").unwrap();
    assert_eq!(gap.message, "Mã «1» không có phiên bản nào từ 01/01/2001 đến 31/12/2001.");
}

#[test]
fn a_continuation_that_nobody_declared() {
    let (registry, _) = check(
        "1,Tỉnh A,tinh,tinh,,,2000-12-31,,,\n1,Tỉnh B,tinh,tinh,,2001-01-01,,,,\n",
        &[(3, "undeclared-continuation")],
    );
    assert_eq!(registry.units_of_code("1").len(), 2);
}

#[test]
fn parents_that_are_not_there() {
    let (registry, findings) = check(
        "1,Tỉnh A,tinh,tinh,,,2000-12-31,,,\n11,Huyện B,huyen,huyen,1,,,,,\n101,Xã M,xa,xa,99,,,,,\n\
         102,Xã N,xa,xa,,,,,,\n12,Huyện C,huyen,huyen,101,,,,,\n",
        &[(3, "parent-not-valid"), (4, "unknown-parent"), (5, "no-parent"), (6, "parent-level")],
    );
    assert_eq!(registry.as_of(day("2001-01-01")).nodes.len(), 4, "nobody is lost");
    assert!(findings.iter().any(|finding| finding.message.contains("(đến 31/12/2000) không có mặt suốt thời gian")));
}

#[test]
fn a_parent_whose_row_is_unusable_is_not_called_unknown() {
    let (_, findings) = check(
        "1,Tỉnh A,tỉnh,tinh,,,,,,\n11,Huyện B,huyen,huyen,1,,,,,\n",
        &[(2, "unknown-level"), (3, "unknown-parent")],
    );
    assert_eq!(findings[1].hint.as_deref(), Some("Sửa dòng của đơn vị cấp trên trước."));
}

#[test]
fn parents_in_a_circle() {
    let (registry, findings) = check(
        "1,Xã A,xa,xa,2,,,,,\n2,Xã B,xa,xa,3,2000-01-01,,,,\n3,Xã C,xa,xa,1,,,,,\n4,Xã D,xa,xa,3,,,,,\n5,Xã E,xa,xa,5,,,,,\n",
        &[
            (2, "parent-level"),
            (2, "parent-not-valid"),
            (3, "parent-cycle"),
            (3, "parent-level"),
            (4, "parent-level"),
            (5, "parent-level"),
            (6, "parent-cycle"),
            (6, "parent-level"),
        ],
    );
    let cycle = findings.iter().find(|finding| finding.code == "parent-cycle").unwrap();
    assert_eq!(cycle.message, "Quan hệ cấp trên đi vòng: 2 → 3 → 1 → 2.");
    for on in ["1999-01-01", "2000-01-01"] {
        let expected = if on == "1999-01-01" { 4 } else { 5 };
        assert_eq!(registry.as_of(day(on)).nodes.len(), expected);
    }
}

#[test]
fn successors_that_are_not_there() {
    let (registry, findings) = check(
        "1,Tỉnh A,tinh,tinh,,,,2,,\n2,Tỉnh B,tinh,tinh,,,2000-12-31,3,,\n3,Tỉnh C,tinh,tinh,,2001-01-02,2001-12-31,9;1,,\n",
        &[(2, "successor-without-end"), (3, "successor-not-valid"), (4, "unknown-successor")],
    );
    assert_eq!(registry.successors_at("3", day("2001-06-01"), day("2002-06-01")).unwrap().len(), 1);
    let message = &findings.iter().find(|finding| finding.code == "successor-not-valid").unwrap().message;
    assert_eq!(message, "Đơn vị kế tục «3» không có hiệu lực ngày 01/01/2001 (từ 02/01/2001 đến 31/12/2001).");
}

#[test]
fn successors_in_a_circle() {
    check(
        "1,Tỉnh A,tinh,tinh,,,2000-12-31,2,,\n2,Tỉnh B,tinh,tinh,,,2000-12-31,3,,\n3,Tỉnh C,tinh,tinh,,,2000-12-31,1,,\n\
         4,Tỉnh D,tinh,tinh,,,2000-12-31,1,,\n5,Tỉnh E,tinh,tinh,,,2000-12-31,5,,\n",
        &[
            (2, "succession-cycle"),
            (3, "succession-cycle"),
            (4, "succession-cycle"),
            (5, "successor-not-valid"),
            (6, "successor-not-valid"),
        ],
    );
}

#[test]
fn a_code_that_lost_its_zero() {
    let (_, findings) = check(
        "1,Tỉnh A,tinh,tinh,,,,,,\n08707,Xã M,xa,xa,1,,,,,\n8707,Xã M,xa,xa,1,,,,,\n101,Xã N,xa,xa,1,,2000-12-31,8710,,\n\
         08710,Xã P,xa,xa,1,,,,,\n0243,Huyện Q,huyen,huyen,1,,,,,\n102,Xã R,xa,xa,243,,,,,\n",
        &[(4, "lost-leading-zero"), (5, "unknown-successor"), (8, "unknown-parent")],
    );
    let hints: Vec<_> = findings.iter().filter_map(|finding| finding.hint.as_deref()).collect();
    assert_eq!(
        hints,
        [
            "Định dạng cột mã là văn bản rồi ghi lại mã.",
            "Có phải «0243»? Mã mất số 0 ở đầu.",
            "Có phải «08710»? Mã mất số 0 ở đầu."
        ]
    );
}

#[test]
fn decomposed_text_is_converted() {
    let (registry, findings) = check("1,Ti\u{309}nh A\u{301},tinh,tinh,,,,,,\n", &[(2, "decomposed-text")]);
    assert_eq!(registry.find("1", day("2021-01-01")).unwrap().name, "Tỉnh Á");
    assert_eq!(findings[0].severity, Severity::Note);
}

#[test]
fn missing_columns_are_all_named() {
    let tables = [
        table("a.csv", "code,name,parent\n1,Tỉnh A,\n"),
        table("b.csv", "code,name,province,valid_from,valid_to,successor\nVP.A,Sở A,26,,,\n"),
    ];
    let (registry, findings) = Registry::from_tables(&tables);
    let of = |file: &str| {
        let columns = findings.iter().filter(|finding| finding.place.file.as_deref() == Some(file));
        columns.filter(|finding| finding.code == "missing-column").count()
    };
    assert_eq!((of("a.csv"), of("b.csv")), (7, 3));
    let names: Vec<_> = registry.all().map(|version| (version.name.as_str(), version.level)).collect();
    assert_eq!(names, [("Sở A", Level::Department)], "only the table without a needed column is lost");
}

#[test]
fn the_column_order_orders() {
    let header = "order,code,symbol,name,province,valid_from,valid_to,successor,confidence\n";
    let departments =
        table("d.csv", &format!("{header}2,VP.A,A,Sở A,1,,,,\n1,VP.B,B,Sở B,1,,,,\nba,VP.C,C,Sở C,1,,,,\n"));
    let units = table(
        "u.csv",
        "code,name,level,type,parent,valid_from,valid_to,successor,legal_basis,confidence\n1,Tỉnh A,tinh,tinh,,,,,,\n",
    );
    let (registry, findings) = Registry::from_tables(&[departments, units]);
    assert_eq!(codes(&findings), [(4, "bad-order")]);
    let order: Vec<_> = registry.as_of(day("2021-01-01")).iter().map(|node| node.version.code.clone()).collect();
    assert_eq!(order, ["1", "VP.B", "VP.A", "VP.C"]);
}

#[test]
fn a_cell_of_a_workbook_is_named() {
    let mut sheet = table(
        "don-vi.xlsx",
        "code,name,level,type,parent,valid_from,valid_to,successor,legal_basis,confidence\n1,Tỉnh A,tinh,tinh,9,,,,,\n",
    );
    sheet.sheet = "Đơn vị".into();
    let (_, findings) = Registry::from_tables(&[sheet]);
    assert_eq!(findings[0].place.cell.as_deref(), Some("Đơn vị!E2"));
    assert_eq!(findings[0].place.unit.as_deref(), Some("1"));
}
