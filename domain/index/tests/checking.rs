//! Broken criteria sets: every finding at once, each with its line.

use cchc_index::{check, toml_form};
use cchc_text::Finding;

fn findings(text: &str) -> Vec<String> {
    let (form, mut findings) = toml_form::read("bo.toml", text);
    findings.extend(check::load(&form).1);
    findings.iter().map(Finding::to_string).collect()
}

const HEAD: &str = r#"id = "bo"
title = "Bộ thử"
year = 2021
total = "10"
result_decimals = 2
[[class]]
name = "Đạt"
from = "0"
"#;

fn with(criteria: &str) -> Vec<String> {
    findings(&format!("{HEAD}{criteria}"))
}

#[test]
fn sums_that_are_off_name_both_numbers() {
    let found = with(
        r#"[[criterion]]
code = "1"
title = "Lĩnh vực"
max = "9"
[[criterion]]
code = "1.1"
title = "Một"
max = "4.5"
rule = { kind = "count", each = "0.5", cap = "4.5" }
[[criterion]]
code = "1.2"
title = "Hai"
max = "5"
rule = { kind = "deduct", start = "5", each = "1" }
"#,
    );
    assert_eq!(
        found,
        [
            "[lỗi] bo.toml, dòng 9, tiêu chí 1: Các tiêu chí con (1.1, 1.2) cộng lại 9,5 điểm, tiêu chí 1 ghi 9.",
            "[lỗi] bo.toml: Các lĩnh vực cộng lại 9 điểm, bộ tiêu chí ghi 10.",
        ]
    );
}

#[test]
fn everything_wrong_with_one_criterion_is_said_at_once() {
    let found = with(
        r#"[[criterion]]
code = "1"
title = "Một"
max = "mười"
rule = { kind = "proportional", ful_at = "1", floor = "x", if_empty = "maybe" }
[[criterion]]
code = "2"
title = "Hai"
max = "10"
rule = { kind = "timeliness", due = ["02-30", "01-31"], per_day = "0.1", zero_after_days = 0 }
nguon = "person"
[[criterion]]
code = "2"
title = "Ba"
max = "10"
rule = { kind = "formula", text = "a/b" }
"#,
    );
    let expected = [
        "dòng 12, tiêu chí 1: «max» là «mười»",
        "«floor» là «x»",
        "«if_empty» là «maybe», phải là một trong: zero, full, not_applicable",
        "Không dùng đến «ful_at»",
        "«due» có «02-30»",
        "«zero_after_days» là «0», phải là số nguyên từ 1 đến 366",
        "Không dùng đến «nguon»",
        "Không có loại quy tắc «formula»",
    ];
    for part in expected {
        assert!(found.iter().any(|finding| finding.contains(part)), "{part} is missing in {found:#?}");
    }
}

#[test]
fn broken_toml_says_the_line_and_reads_the_rest() {
    let found = findings("id = \"bo\ntitle = \"Bộ\"\nyear = 2021\n");
    assert!(found.iter().any(|finding| finding.contains("bo.toml, dòng 1: Sai cú pháp TOML")), "{found:#?}");
    assert!(!findings("").is_empty());
    assert!(!findings("criterion = 5\ngroup = [1]\n[[[").is_empty());
}

#[test]
fn options_bands_and_caps_must_reach_the_maximum() {
    let found = with(
        r#"[[criterion]]
code = "1"
title = "Một"
max = "4"
rule = { kind = "choice", options = [{ id = "co", label = "Có", points = "3" }, { id = "co", label = "Lại", points = "5" }] }
[[criterion]]
code = "2"
title = "Hai"
max = "6"
rule = { kind = "bands", value = "ratio", bands = [{ from = "0.5", points = "6" }, { from = "0.9", points = "3" }] }
[[criterion]]
code = "C1"
title = "Thưởng"
max = "1"
part = "bonus"
rule = { kind = "count", each = "1", cap = "2" }
may_be_na = true
"#,
    );
    for part in [
        "có hai lần",
        "ngoài 0–4",
        "không lựa chọn nào đạt điểm tối đa 4",
        "xếp từ cao xuống thấp",
        "cap là 2",
        "dùng quy tắc count",
        "không thể «Không áp dụng»",
    ] {
        assert!(found.iter().any(|finding| finding.contains(part)), "{part} is missing in {found:#?}");
    }
}

#[test]
fn parents_and_appraisers_must_be_known() {
    let found = with(
        r#"[[appraiser]]
field = "noi-vu"
unit = "Sở Nội vụ"
valid_from = "2025-01-01"
valid_to = "31/12/2024"
[[criterion]]
code = "1"
parent = "9"
title = "Một"
max = "10"
appraiser = "tu-phap"
rule = { kind = "given" }
[[criterion]]
code = "2"
title = "Hai"
max = "0"
"#,
    );
    for part in [
        "không có tiêu chí cha «9»",
        "không có lĩnh vực thẩm định «tu-phap»",
        "ngày kết thúc trước",
        "chưa có quy tắc chấm",
        "phải lớn hơn 0",
    ] {
        assert!(found.iter().any(|finding| finding.contains(part)), "{part} is missing in {found:#?}");
    }
}

#[test]
fn a_comma_is_a_decimal_sign_in_rows_too_and_no_text_is_lost_silently() {
    let found = with(
        r#"[[criterion]]
code = "1"
title = "Lĩnh vực"
max = "10"
evidence = "Quyết định"
[[criterion]]
code = "1.1"
title = "Một"
max = "0,5"
rule = { kind = "choice", options = [{ id = "co", label = "Có", points = "0,5" }] }
[[criterion]]
code = "1.2"
title = "Hai"
max = "9,5"
rule = { kind = "bands", value = "ratio", bands = [{ from = "0,9", points = "9,5" }, { from = "0", points = "0" }] }
"#,
    );
    let lost = "«evidence» chỉ dùng ở tiêu chí có quy tắc chấm: ở đây bị bỏ qua.";
    assert_eq!(found, [format!("[cảnh báo] bo.toml, dòng 13, tiêu chí 1: {lost}")]);
}
