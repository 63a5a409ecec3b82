use std::path::Path;

use cchc_index::CriteriaSet;
use cchc_index::rule::Rule;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use super::*;
use crate::set_file;

fn set(id: &str) -> CriteriaSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../data/criteria/{id}.toml"));
    let (set, _) = set_file::read(id, &std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    set.unwrap()
}

fn csv(set: &CriteriaSet, text: &str) -> (Inputs, Findings) {
    read(set, "so-lieu.csv", text.as_bytes(), &Limits::default()).unwrap()
}

fn units() -> Vec<TemplateUnit> {
    let unit = |code: &str, name: &str| TemplateUnit { code: code.into(), name: name.into(), group: "so".into() };
    vec![unit("H61.02", "Sở Nội vụ"), unit("001", "Sở Tư pháp")]
}

#[test]
fn an_empty_template_reads_back_as_units_without_answers() {
    let set = set("pt-2026-so");
    let from_xlsx = read(&set, "bieu.xlsx", &template_xlsx(&set, &units()).unwrap(), &Limits::default()).unwrap();
    let from_csv = read(&set, "bieu.csv", &template_csv(&set, &units()), &Limits::default()).unwrap();
    assert_eq!(from_xlsx.0, from_csv.0);
    let inputs = from_xlsx.0;
    assert_eq!(inputs.units.iter().map(|unit| unit.code.as_str()).collect::<Vec<_>>(), ["001", "H61.02"]);
    assert_eq!(inputs.units[1].name, "Sở Nội vụ");
    assert!(inputs.units[0].texts.iter().flatten().all(|text| text.value.is_empty() && text.of.is_empty()));
    assert_eq!(inputs.units[0].texts.iter().flatten().count(), set.leaves().count());
    let other: Vec<&str> =
        from_xlsx.1.iter().map(|finding| finding.code).filter(|code| *code != "not-reported").collect();
    assert_eq!(other, ["unused-sheet"]);
}

#[test]
fn a_filled_workbook_with_vietnamese_columns_is_read() {
    let set = set("qd766-2022");
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Bìa").unwrap().write(0, 0, "Báo cáo").unwrap();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["Mã đơn vị", "Tên đơn vị", "Mã tiêu chí", "Giá trị", "Mẫu số"])
    {
        sheet.write(0, column, name).unwrap();
    }
    sheet.write(1, 0, "H61").unwrap().write(1, 1, "Tỉnh").unwrap().write(1, 2, 1.1).unwrap();
    sheet.write(1, 3, 653).unwrap().write(1, 4, 654).unwrap();
    let (inputs, findings) = read(&set, "a.xlsx", &workbook.save_to_buffer().unwrap(), &Limits::default()).unwrap();
    let (position, _) = set.find("1.1").unwrap();
    assert_eq!(inputs.units[0].texts[position].as_ref().unwrap().shown(), "653 / 654");
    assert_eq!(inputs.units[0].name, "Tỉnh");
    assert!(findings.iter().any(|finding| finding.code == "unused-sheet"));
}

#[test]
fn a_file_without_the_columns_is_told_once_a_table() {
    let (inputs, findings) = csv(&set("qd766-2022"), "a,b\n1,2\n");
    assert_eq!(inputs.units.len(), 0);
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["missing-column"]);
}

#[test]
fn codes_that_became_numbers_are_told() {
    let mut set = set("nd61-2018");
    set.criteria[0].code = "1.10".to_owned();
    set.criteria[1].code = "1.125".to_owned();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["unit", "criterion", "value"]) {
        sheet.write(0, column, name).unwrap();
    }
    for (row, code) in (1..).zip([1.10, 1.125]) {
        sheet.write(row, 0, "A").unwrap().write(row, 1, code).unwrap().write(row, 2, 2).unwrap();
    }
    let (inputs, findings) = read(&set, "a.xlsx", &workbook.save_to_buffer().unwrap(), &Limits::default()).unwrap();
    assert_eq!(inputs.units[0].texts[1].as_ref().unwrap().value, "2");
    let told = findings.iter().find(|finding| finding.code == "numeric-code").unwrap();
    assert!(told.message.contains("«1.10»") && told.message.starts_with("2 ô"), "{told}");
}

#[test]
fn a_unit_whose_rows_could_not_be_used_is_kept() {
    let set = set("qd766-2022");
    let (inputs, _) = csv(&set, "unit,unit_name,criterion,value\nA,Sở A,99.9,1\n");
    let written = write_csv(&set, &inputs);
    assert_eq!(written, "unit,unit_name,group,criterion,value,of\nA,Sở A,,-,,\n");
    assert_eq!(csv(&set, &written).0, inputs);
}

/// Something that the rule takes, or that it does not.
fn text(rule: &Rule) -> BoxedStrategy<(String, String)> {
    let of = if rule.asks().contains("of:") { "[0-9]{1,3}" } else { "" };
    prop_oneof![
        4 => (r"[0-9]{1,4}([.,][0-9]{1,2})?", of),
        1 => ("na|-|co|khong|2|tot; tot|2026-01-1[0-9]|15/01/2026; ;|=1|\"x\"|a,b|x;y", of),
        1 => ("[ -~à-ỹ\u{a0}\n]{0,6}", "[ -~]{0,3}"),
    ]
    .boxed()
}

fn filled(set: &CriteriaSet) -> impl Strategy<Value = String> + use<> {
    let leaves: Vec<(String, BoxedStrategy<(String, String)>)> =
        set.leaves().map(|(_, node, leaf)| (node.code.clone(), text(&leaf.rule))).collect();
    let unit = ("[A-C]{1,2}|H61[.][0-9]{2}", "[A-Za-zà-ỹ ,\";=-]{0,12}", "so|huyen|xa||lạ");
    let rows =
        leaves.into_iter().map(|(code, text)| (Just(code), proptest::option::weighted(0.8, text))).collect::<Vec<_>>();
    prop::collection::vec((unit, rows), 0..4).prop_map(|units| {
        let mut rows = Vec::new();
        for ((unit, name, group), answers) in &units {
            for (code, answer) in answers {
                let Some((value, of)) = answer else { continue };
                rows.push([unit, name, group, code, value, of].map(String::as_str));
            }
        }
        String::from_utf8(crate::write_csv(&COLUMNS, &rows)).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_canonical_form_reads_back_equal(text in filled(&set("pt-2026-so"))) {
        let set = set("pt-2026-so");
        let (inputs, _) = csv(&set, &text);
        let written = write_csv(&set, &inputs);
        let again = if inputs.units.is_empty() { inputs.clone() } else { csv(&set, &written).0 };
        prop_assert_eq!(&again, &inputs);
        prop_assert_eq!(write_csv(&set, &again), written);
    }
}
