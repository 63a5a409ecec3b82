//! Results, classes, ranks and "not applicable", on small sets written out in full.

mod shared;

use cchc_calendar::DaysOff;
use cchc_index::{CriteriaSet, Scored, read_inputs, score};
use shared::{load, sound, table};

/// Two fields of 60 and 40 points taken over as given, with floors, bonus and penalty.
fn small(more: &str) -> CriteriaSet {
    sound(&format!(
        r#"
id = "nho"
title = "Bộ nhỏ (minh họa)"
year = 2021
total = "100"
result_decimals = 2
{more}
[[group]]
code = "xa"
name = "Xã"
[[class]]
name = "Xuất sắc"
from = "90"
floor = "80"
[[class]]
name = "Tốt"
from = "80"
floor = "70"
[[class]]
name = "Còn lại"
from = "0"
[[criterion]]
code = "1"
title = "Một"
max = "60"
rule = {{ kind = "given", if_empty = "not_applicable" }}
may_be_na = true
[[criterion]]
code = "2"
title = "Hai"
max = "40"
rule = {{ kind = "given", if_empty = "not_applicable" }}
may_be_na = true
[[criterion]]
code = "C1"
title = "Thưởng"
max = "3"
part = "bonus"
[[criterion]]
code = "C1.1"
title = "Sáng kiến"
max = "2"
rule = {{ kind = "bonus", each = "0.5", cap = "2" }}
[[criterion]]
code = "C1.2"
title = "Bằng khen"
max = "2"
rule = {{ kind = "bonus", each = "1", cap = "2" }}
[[criterion]]
code = "T1"
title = "Trừ"
max = "5"
part = "penalty"
rule = {{ kind = "penalty", each = "0.5", cap = "5" }}
"#
    ))
}

fn run(set: &CriteriaSet, rows: &[&str]) -> Scored {
    let (inputs, _) = read_inputs(set, &[table("unit,criterion,value", rows)]);
    score(set, &inputs, &DaysOff::default())
}

fn line(set: &CriteriaSet, scored: &Scored) -> String {
    let units = scored.units.iter().map(|unit| {
        let rank = unit.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        let result = unit.printed(set).unwrap_or_else(|| "-".to_owned());
        format!("{rank} {} {result} {}", unit.code, unit.class_name(set).unwrap_or("-"))
    });
    units.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_does_not_apply_leaves_the_total() {
    let set = small("");
    // 68.32 of 84.00 is 81.33 %: here 48.8 of 60.
    let scored = run(&set, &["A,1,48.8", "A,2,na"]);
    let unit = &scored.units[0];
    assert_eq!((unit.total.text(), unit.applicable_max.text()), ("48.8".to_owned(), "60".to_owned()));
    assert_eq!(unit.printed(&set).unwrap(), "81.33");
    assert!(!unit.nodes[1].applicable);
    let scored = run(&set, &["A,1,na", "A,2,-"]);
    assert_eq!(line(&set, &scored), "- A - -");
    assert_eq!(scored.findings[0].code, "no-result");
}

#[test]
fn bonus_and_penalty_stand_outside_and_are_capped() {
    let set = small("");
    let scored = run(&set, &["A,1,48", "A,2,32", "A,C1.1,9", "A,C1.2,9", "A,T1,1"]);
    let unit = &scored.units[0];
    assert_eq!((unit.total.text(), unit.bonus.text(), unit.penalty.text()), ("80".into(), "3".into(), "0.5".into()));
    assert_eq!(unit.printed(&set).unwrap(), "82.50");
    let scored = run(&set, &["A,1,60", "A,2,40", "A,C1.1,9", "B,1,0", "B,2,1", "B,T1,99"]);
    assert_eq!(line(&set, &scored), "1 A 100.00 Xuất sắc\n2 B 0.00 Còn lại");
}

#[test]
fn a_field_below_its_floor_keeps_a_unit_out_of_a_class() {
    let set = small("");
    let rows = ["A,1,60", "A,2,31.2", "B,1,60", "B,2,26", "C,1,50", "C,2,40"];
    // A: 91.2 with a field at 78 % is Tốt. B: 86 with a field at 65 %. C: 90 with a field at 83 %.
    assert_eq!(line(&set, &run(&set, &rows)), "1 A 91.20 Tốt\n2 C 90.00 Xuất sắc\n3 B 86.00 Còn lại");
}

#[test]
fn thresholds_are_closed_below_and_follow_the_exact_result() {
    let set = small("");
    let rows = ["A,1,50", "A,2,39.9999", "B,1,50", "B,2,40"];
    assert_eq!(line(&set, &run(&set, &rows)), "1 B 90.00 Xuất sắc\n2 A 90.00 Tốt");
    let printed = small("rank_basis = \"printed\"");
    assert_eq!(line(&printed, &run(&printed, &rows)), "1 A 90.00 Xuất sắc\n1 B 90.00 Xuất sắc");
}

#[test]
fn equal_results_share_a_rank() {
    let rows = ["D,1,40", "D,2,20", "B,1,45", "B,2,20", "C,1,50", "C,2,15", "A,1,50", "A,2,20"];
    let ranks = |set: &CriteriaSet| run(set, &rows).units.iter().map(|unit| unit.rank.unwrap()).collect::<Vec<_>>();
    assert_eq!(ranks(&small("")), [1, 2, 2, 4]);
    assert_eq!(ranks(&small("ties = \"dense\"")), [1, 2, 2, 3]);
    let parted = small("tie_break = [\"1\"]");
    assert_eq!(line(&parted, &run(&parted, &rows)).lines().nth(1).unwrap(), "2 C 65.00 Còn lại");
    assert_eq!(ranks(&parted), [1, 2, 3, 4]);
}

#[test]
fn nine_criteria_are_classed_by_points() {
    let set = load("nd61-2018");
    let rows = |points: [u8; 9]| (1..).zip(points).map(|(at, value)| format!("A,{at},{value}")).collect::<Vec<_>>();
    for (points, printed, class) in [
        ([2, 2, 2, 2, 2, 2, 2, 1, 0], "15.00", "Xuất sắc"),
        ([2, 2, 2, 2, 2, 2, 2, 0, 0], "14.00", "Tốt"),
        ([2, 2, 2, 2, 1, 0, 0, 0, 0], "9.00", "Khá"),
        ([1, 1, 1, 1, 1, 1, 0, 0, 0], "6.00", "Trung bình"),
        ([1, 1, 1, 1, 1, 0, 0, 0, 0], "5.00", "Yếu"),
    ] {
        let rows = rows(points);
        let scored = run(&set, &rows.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(line(&set, &scored), format!("1 A {printed} {class}"));
    }
}

#[test]
fn untidy_rows_are_found_and_the_rest_is_scored() {
    let set = small("");
    let rows = [
        "A,1,48",
        "A,2,1.234",
        "A,9,5",
        "A,C1,5",
        "B,1,48",
        "B,1,49",
        "B,2,40",
        "B,2,40",
        ",1,5",
        "C,1,",
        "C,2,-3",
        "D,T1,na",
        "D,1,100000000000000000",
    ];
    let (inputs, findings) = read_inputs(&set, &[table("unit,criterion,value", &rows)]);
    let mut codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    assert_eq!(
        codes,
        [
            "contradicting-rows",
            "missing-code",
            "na-not-allowed",
            "negative",
            "not-a-leaf",
            "not-a-number",
            "not-reported",
            "not-reported",
            "repeated-row",
            "too-large",
            "unknown-criterion",
        ]
    );
    let scored = score(&set, &inputs, &DaysOff::default());
    assert_eq!(line(&set, &scored), "1 A 48.00 Còn lại\n2 B 40.00 Còn lại\n3 C 0.00 Còn lại\n3 D 0.00 Còn lại");
    let ambiguous = findings.iter().find(|finding| finding.code == "not-a-number").unwrap().to_string();
    assert!(ambiguous.contains("dòng 3") && ambiguous.contains("1.234"), "{ambiguous}");
}

#[test]
fn a_table_without_the_columns_reads_nothing() {
    let (inputs, findings) = read_inputs(&small(""), &[table("đơn vị,điểm", &["A,5"])]);
    assert_eq!(inputs.units.len(), 0);
    assert!(findings[0].to_string().contains("Thiếu cột unit, criterion, value"));
}
