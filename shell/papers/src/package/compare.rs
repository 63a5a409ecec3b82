//! The result that stands in a package against the recomputed one, number by number.

use std::collections::{HashMap, HashSet};

use cchc_index::Exact;
use cchc_text::table::{Row, Table};

use super::difference::Difference;
use super::parts::RESULT_CSV;
use super::result_file::{NodeResult, ResultFile, UnitResult};

/// Differences that are told one by one; the rest are counted.
const TOLD: usize = 1_000;
/// A fraction of more digits is not worked out: none that this program writes comes near it.
const FRACTION_CHARS: usize = 20_000;

/// Differences as they are met: the first told in full, the rest counted.
#[derive(Debug, Default)]
pub(super) struct Differences {
    pub(super) told: Vec<Difference>,
    pub(super) untold: usize,
}

impl Differences {
    pub(super) fn push(&mut self, difference: Difference) {
        if self.told.len() < TOLD {
            self.told.push(difference);
        } else {
            self.untold += 1;
        }
    }

    fn texts(&mut self, unit: &str, criterion: &str, what: &str, published: &str, recomputed: &str) {
        if published != recomputed {
            self.push(Difference::value(unit, criterion, what, published, recomputed));
        }
    }

    fn numbers(&mut self, unit: &str, criterion: &str, what: &str, published: Option<&str>, recomputed: Option<&str>) {
        if !same_number(published, recomputed) {
            let (published, recomputed) = shown(published, recomputed);
            self.push(Difference::value(unit, criterion, what, &published, &recomputed));
        }
    }
}

/// Compares two results: first every criterion of every unit, then totals, classes and ranks.
///
/// `is_leaf` tells criteria that are answered from groups of them; the answered ones are told first.
pub(super) fn results(
    published: &ResultFile,
    recomputed: &ResultFile,
    is_leaf: impl Fn(&str) -> bool,
    differences: &mut Differences,
) {
    differences.texts("", "", "Mã bộ tiêu chí", &published.set, &recomputed.set);
    let mut by_code: HashMap<&str, &UnitResult> = HashMap::new();
    for unit in &published.units {
        if by_code.insert(&unit.unit, unit).is_some() {
            differences.push(Difference { what: "Đơn vị".into(), ..Difference::result("repeated", &unit.unit) });
        }
    }
    let mut pairs = Vec::new();
    for unit in &recomputed.units {
        match by_code.remove(unit.unit.as_str()) {
            Some(stated) => pairs.push((stated, unit)),
            None => differences.push(Difference::result("missing-unit", &unit.unit)),
        }
    }
    for unit in published.units.iter().filter(|unit| by_code.contains_key(unit.unit.as_str())) {
        differences.push(Difference::result("unexpected-unit", &unit.unit));
    }
    for (stated, unit) in &pairs {
        nodes(stated, unit, &|code| is_leaf(code), differences);
    }
    for (stated, unit) in &pairs {
        nodes(stated, unit, &|code| !is_leaf(code), differences);
        totals(stated, unit, differences);
    }
}

fn nodes(stated: &UnitResult, unit: &UnitResult, chosen: &dyn Fn(&str) -> bool, differences: &mut Differences) {
    let mut by_code: HashMap<&str, &NodeResult> = HashMap::new();
    for node in stated.nodes.iter().filter(|node| chosen(&node.code)) {
        if by_code.insert(&node.code, node).is_some() {
            let repeated = Difference::result("repeated", &unit.unit);
            differences.push(Difference { what: "Tiêu chí".into(), criterion: node.code.clone(), ..repeated });
        }
    }
    for node in unit.nodes.iter().filter(|node| chosen(&node.code)) {
        let found = by_code.remove(node.code.as_str());
        let points = found.map(|found| found.points.as_str());
        differences.numbers(&unit.unit, &node.code, "Điểm", points, Some(&node.points));
        let Some(found) = found else { continue };
        differences.numbers(&unit.unit, &node.code, "Điểm tối đa áp dụng", Some(&found.max), Some(&node.max));
        let (stated, computed) = (applies(found.applicable), applies(node.applicable));
        differences.texts(&unit.unit, &node.code, "Áp dụng", stated, computed);
    }
    for node in stated.nodes.iter().filter(|node| by_code.contains_key(node.code.as_str())) {
        differences.numbers(&unit.unit, &node.code, "Điểm", Some(&node.points), None);
    }
}

fn totals(stated: &UnitResult, unit: &UnitResult, differences: &mut Differences) {
    let code = unit.unit.as_str();
    differences.texts(code, "", "Tên đơn vị", &stated.name, &unit.name);
    differences.texts(code, "", "Nhóm", &stated.group, &unit.group);
    let pairs = [
        ("Tổng điểm", &stated.total, &unit.total),
        ("Tổng điểm tối đa áp dụng", &stated.applicable_max, &unit.applicable_max),
        ("Điểm thưởng", &stated.bonus, &unit.bonus),
        ("Điểm trừ", &stated.penalty, &unit.penalty),
        ("Kết quả", &stated.result, &unit.result),
        ("Kết quả làm tròn", &stated.printed, &unit.printed),
    ];
    for (what, stated, computed) in pairs {
        differences.numbers(code, "", what, stated.as_deref(), computed.as_deref());
    }
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    differences.texts(code, "", "Xếp loại", &text(&stated.class), &text(&unit.class));
    let rank = |value: Option<u32>| value.map(|rank| rank.to_string()).unwrap_or_default();
    differences.texts(code, "", "Hạng", &rank(stated.rank), &rank(unit.rank));
}

/// Compares two rankings cell by cell; the first column holds the unit.
pub(super) fn rankings(published: &Table, recomputed: &Table, differences: &mut Differences) {
    let cell = |unit: &str, what: &str, stated: &str, computed: &str| Difference {
        part: RESULT_CSV.to_owned(),
        ..Difference::value(unit, "", what, stated, computed)
    };
    if published.columns != recomputed.columns {
        let header = |table: &Table| table.columns.join(", ");
        differences.push(cell("", "Các cột", &header(published), &header(recomputed)));
        return;
    }
    let mut by_unit: HashMap<&str, &Row> = HashMap::new();
    let mut seen = HashSet::new();
    for row in &published.rows {
        let unit = row.text(Some(0));
        if !seen.insert(unit) {
            differences.push(Difference { code: "repeated", ..cell(unit, "Đơn vị", "", "") });
        }
        by_unit.insert(unit, row);
    }
    for row in &recomputed.rows {
        let unit = row.text(Some(0));
        let Some(stated) = by_unit.remove(unit) else {
            differences.push(Difference { code: "missing-unit", ..cell(unit, "", "", "") });
            continue;
        };
        for (column, name) in recomputed.columns.iter().enumerate() {
            let (stated, computed) = (stated.text(Some(column)), row.text(Some(column)));
            if stated != computed {
                differences.push(cell(unit, &format!("Cột {name}"), stated, computed));
            }
        }
    }
    for row in published.rows.iter().filter(|row| by_unit.contains_key(row.text(Some(0)))) {
        differences.push(Difference { code: "unexpected-unit", ..cell(row.text(Some(0)), "", "", "") });
    }
}

fn applies(applicable: bool) -> &'static str {
    if applicable { "có" } else { "không" }
}

fn fraction(text: &str) -> Option<Exact> {
    (text.len() <= FRACTION_CHARS).then(|| Exact::from_fraction(text)).flatten()
}

fn same_number(published: Option<&str>, recomputed: Option<&str>) -> bool {
    if published == recomputed {
        return true;
    }
    let (Some(published), Some(recomputed)) = (published, recomputed) else { return false };
    fraction(published).is_some_and(|published| Some(published) == fraction(recomputed))
}

/// Both as decimals where that shows the difference, else as they stand.
fn shown(published: Option<&str>, recomputed: Option<&str>) -> (String, String) {
    let decimal = |text: Option<&str>| match text {
        None => Some(String::new()),
        Some(text) => fraction(text).map(|value| value.text()),
    };
    let plain = |text: Option<&str>| text.map(|text| text.chars().take(200).collect()).unwrap_or_default();
    match (decimal(published), decimal(recomputed)) {
        (Some(published), Some(recomputed)) if published != recomputed => (published, recomputed),
        _ => (plain(published), plain(recomputed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;

    fn compared(change: impl FnOnce(&mut ResultFile)) -> Vec<String> {
        let recomputed = ResultFile::of(&sample::package());
        let mut published = recomputed.clone();
        change(&mut published);
        let mut differences = Differences::default();
        results(&published, &recomputed, |code| code.contains('.'), &mut differences);
        differences.told.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn equal_values_in_other_words_are_equal() {
        let changed = compared(|file| {
            file.units[0].nodes[1].points = "38/6".into();
            file.units[1].total = Some("2.50".into());
            file.units.reverse();
        });
        assert!(changed.is_empty(), "{changed:?}");
    }

    #[test]
    fn names_each_digit_that_was_changed() {
        let changed = compared(|file| {
            file.units[0].nodes[1].points = "19/4".into();
            file.units[0].nodes[0].max = "11".into();
            file.units[1].class = Some("Tốt".into());
            file.units[1].rank = Some(1);
            file.units[1].nodes[2].applicable = true;
        });
        let of = "result.json, đơn vị";
        let expected = [
            format!("{of} U2, tiêu chí 1.1: Điểm công bố là «4.75», tính lại là «6.333333»."),
            format!("{of} U1, tiêu chí 1.2: Áp dụng công bố là «có», tính lại là «không»."),
            format!("{of} U2, tiêu chí 1: Điểm tối đa áp dụng công bố là «11», tính lại là «10»."),
            format!("{of} U1: Xếp loại công bố là «Tốt», tính lại là «Yếu»."),
            format!("{of} U1: Hạng công bố là «1», tính lại là «2»."),
        ];
        assert_eq!(changed, expected);
    }

    #[test]
    fn a_difference_beyond_six_decimals_is_shown_as_a_fraction() {
        let changed = compared(|file| file.units[0].nodes[1].points = "19000000001/3000000000".into());
        assert!(changed[0].contains("«19000000001/3000000000», tính lại là «19/3»"), "{changed:?}");
    }

    #[test]
    fn names_what_is_missing_repeated_or_too_much() {
        let changed = compared(|file| {
            file.units[1].nodes.remove(1);
            let mut extra = file.units[0].clone();
            extra.nodes.clear();
            file.units.push(UnitResult { unit: "U9".into(), ..extra });
            file.units.push(file.units[1].clone());
            file.units.remove(0);
        });
        let expected = [
            "result.json, đơn vị U1: Đơn vị xuất hiện hai lần.",
            "result.json, đơn vị U2: Đơn vị có số liệu nhưng không có trong kết quả công bố.",
            "result.json, đơn vị U9: Đơn vị có trong kết quả công bố nhưng không có số liệu.",
            "result.json, đơn vị U1, tiêu chí 1.1: Điểm công bố là (không có), tính lại là «2.5».",
        ];
        assert_eq!(changed, expected);
    }

    #[test]
    fn counts_what_it_no_longer_tells() {
        let mut differences = Differences::default();
        for _ in 0..TOLD + 3 {
            differences.texts("U1", "", "Tên", "a", "b");
        }
        assert_eq!((differences.told.len(), differences.untold), (TOLD, 3));
    }

    #[test]
    fn a_number_of_absurd_length_is_a_difference() {
        let long = format!("1{}", "0".repeat(FRACTION_CHARS));
        let changed = compared(|file| file.units[0].total = Some(long));
        assert_eq!(changed.len(), 1);
        assert!(changed[0].len() < 400);
    }
}
