//! The program as a person runs it: arguments in, output and exit code out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder of its own for each test, empty at the start.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn cchc(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cchc")).args(arguments).current_dir(root()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn score_json(set: &str, input: &Path) -> Value {
    let output = cchc(&["index", "score", "--set", set, "--input", input.to_str().unwrap(), "--format", "json"]);
    assert!(output.status.success(), "{}", complained(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn units_of_three_days() {
    for (day, communes) in [("2021-10-14", 136), ("01/03/2025", 121), ("2025-07-01", 36)] {
        let output = cchc(&["units", "tree", "--as-of", day, "--format", "csv"]);
        let text = said(&output);
        assert_eq!(text.lines().next(), Some("code,name,level,type,parent"));
        assert_eq!(text.lines().filter(|line| line.contains(",xa,")).count(), communes, "{day}");
    }
    let output = cchc(&["units", "tree", "--as-of", "2021-10-14", "--format", "json"]);
    let tree: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(tree[0]["name"], "Tỉnh Vĩnh Phúc");
    assert_eq!(
        tree[1],
        serde_json::json!({"code": "VP.VPUBND", "name": "Văn phòng UBND tỉnh", "level": "so", "type": "so", "parent": "26"})
    );
}

#[test]
fn a_ward_is_traced_over_two_mergers() {
    let output = cchc(&["units", "trace", "08734", "--from", "2021-10-14", "--to", "2025-07-01"]);
    let text = said(&output);
    assert!(text.contains("01/01/2025: 08734 Phường Trưng Trắc → 08740 Phường Hai Bà Trưng"), "{text}");
    assert!(text.contains("01/07/2025: 08740 Phường Phúc Yên"), "{text}");
    let output = cchc(&["units", "trace", "8734", "--from", "2021-10-14"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("08734"), "{}", complained(&output));
}

#[test]
fn index_766_explains_a_line() {
    let input = "data/published/qd766-2026-10-units.csv";
    let output =
        cchc(&["index", "explain", "--set", "qd766-2022", "--input", input, "--unit", "H21.17", "--criterion", "2.1"]);
    let text = said(&output);
    assert!(text.contains("653 / 654 × 20 = 19,969… → 19,97"), "{text}");
    let output = cchc(&["index", "explain", "--set", "qd766-2022", "--input", input, "--unit", "H21"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("H21.17"));
}

#[test]
fn json_has_the_documented_shape() {
    let result = score_json("par-2020-province", Path::new("data/published/par-2020-provinces.csv"));
    assert_eq!(result["set"], "par-2020-province");
    let first = &result["units"][0];
    assert_eq!((&first["unit"], &first["rank"]), (&"Quảng Ninh".into(), &1.into()));
    assert_eq!((&first["percent"], &first["total"]), (&"91.05".into(), &"91.05".into()));
    assert_eq!(first["applicable_max"], "100");
    assert_eq!(first["lines"][0]["code"], "appraised");
    assert_eq!(first["lines"][0]["points"], "57.66");
    assert!(first["lines"][0]["because"][0].as_str().unwrap().contains("57,66"));
    assert_eq!(result["findings"], Value::Array(Vec::new()));
}

#[test]
fn findings_do_not_stop_the_rest() {
    let folder = folder("findings");
    let input = folder.join("so-lieu.csv");
    std::fs::write(&input, "unit,criterion,value,of\nA,2.1,1.234,2000\nA,1.1,9,5\nA,1.2,1,0\nA,9.9,1,1\nA,1.3,5,5\n")
        .unwrap();
    let result = score_json("qd766-2022", &input);
    let codes: Vec<&str> =
        result["findings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
    for code in ["not-a-number", "value-above-of", "zero-denominator", "unknown-criterion", "not-reported"] {
        assert!(codes.contains(&code), "{code} is missing in {codes:?}");
    }
    assert_eq!(result["units"][0]["total"], "8", "6 for 1.1 capped at its maximum, 2 for 1.3");
    let output = cchc(&["index", "score", "--set", "qd766-2022", "--input", input.to_str().unwrap()]);
    assert!(output.status.success());
    assert!(complained(&output).contains("so-lieu.csv, dòng 2"), "{}", complained(&output));
}

#[test]
fn nothing_readable_is_refused_with_a_reason() {
    let folder = folder("refused");
    let cases: [(&str, &[u8], &str); 4] = [
        ("trong.csv", b"", "trống"),
        ("khac.csv", b"a,b\n1,2\n", "Thiếu cột unit"),
        ("hong.xlsx", b"PK\x03\x04 broken", "hỏng"),
        ("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 more", ".xls"),
    ];
    for (name, bytes, reason) in cases {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = cchc(&["index", "score", "--set", "qd766-total", "--input", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(complained(&output).contains(reason), "{name}: {}", complained(&output));
    }
    let output = cchc(&["index", "score", "--set", "khong-co", "--input", "x.csv"]);
    assert!(complained(&output).contains("qd766-2022"), "{}", complained(&output));
}

#[test]
fn a_million_rows_are_refused_not_endured() {
    let folder = folder("million");
    let path = folder.join("nhieu.csv");
    let row = "A,total,1\n";
    std::fs::write(&path, format!("unit,criterion,value\n{}", row.repeat(1_000_000))).unwrap();
    let output = cchc(&["index", "score", "--set", "qd766-total", "--input", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("500.000 dòng"), "{}", complained(&output));
}

#[test]
fn sets_are_checked_and_converted_both_ways() {
    let folder = folder("sets");
    let (workbook, text) = (folder.join("bo.xlsx"), folder.join("bo.toml"));
    let (workbook, text) = (workbook.to_str().unwrap(), text.to_str().unwrap());
    assert!(cchc(&["index", "convert", "pt-2026-so", "--out", workbook]).status.success());
    assert!(cchc(&["index", "convert", workbook, "--out", text]).status.success());
    let shipped = std::fs::read_to_string(root().join("data/criteria/pt-2026-so.toml")).unwrap();
    assert_eq!(std::fs::read_to_string(text).unwrap(), shipped);
    assert!(cchc(&["index", "check", workbook]).status.success());
    std::fs::write(text, shipped.replacen("max = \"13\"", "max = \"12\"", 1)).unwrap();
    let output = cchc(&["index", "check", text]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("cộng lại"), "{}", complained(&output));
    let output = cchc(&["index", "compare", "vp-2021-so", "pt-2026-so"]);
    assert!(said(&output).ends_with("Giữ 80 (đổi điểm 53, đổi quy tắc 5), bỏ 20, thêm 37.\n"), "{}", said(&output));
}

#[test]
fn a_package_verifies_until_one_digit_is_changed() {
    let folder = folder("package");
    let path = folder.join("par-2020.zip");
    let file = path.to_str().unwrap();
    let input = "data/published/par-2020-provinces.csv";
    let output = cchc(&["index", "package", "--set", "par-2020-province", "--input", input, "--out", file]);
    assert!(output.status.success(), "{}", complained(&output));
    let output = cchc(&["index", "verify", file]);
    assert!(output.status.success() && said(&output).contains("KHỚP"), "{}", said(&output));
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let output = cchc(&["index", "verify", file]);
    assert!(!output.status.success());
}

#[test]
fn templates_ask_for_every_line_of_every_unit() {
    let folder = folder("template");
    let path = folder.join("nhap.csv");
    let file = path.to_str().unwrap();
    assert!(cchc(&["index", "template", "--set", "vp-2021-huyen", "--level", "huyen", "--out", file]).status.success());
    let result = score_json("vp-2021-huyen", &path);
    assert_eq!(result["units"].as_array().unwrap().len(), 9);
    let blank = result["findings"].as_array().unwrap().iter().filter(|one| one["code"] == "not-reported").count();
    assert_eq!(blank, 9 * 105, "each line of each district stands in the file, still empty");
}
