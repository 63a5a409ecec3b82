//! Results as JSON, as `cchc index score --format json` prints them.

use std::collections::HashMap;

use cchc_index::score::share;
use cchc_index::{Exact, ScoredUnit, UnitInput};
use cchc_text::Finding;
use serde::Serialize;

use crate::input_file::by_code;
use crate::package::Package;
use crate::results_csv::reasons;

/// Writes results and findings as one JSON object: `set`, `units` (each with its `lines`), `findings`.
///
/// Every decimal is a string with a dot. `total` is the points without bonus and penalty, `percent` the
/// result that ranks, rounded as the set says; a line's `max` is what the criterion is worth at most.
/// Where a decimal text had to be rounded, `exact` holds the fraction.
#[must_use]
pub fn write(package: &Package, findings: &[Finding]) -> String {
    let inputs = by_code(&package.inputs);
    let units = package.scored.units.iter().map(|unit| write_unit(package, &inputs, unit)).collect();
    let document = Document { set: &package.set.id, units, findings };
    // Texts, numbers and lists alone: nothing in it can fail to be written.
    serde_json::to_string_pretty(&document).map(|text| text + "\n").unwrap_or_default()
}

#[derive(Serialize)]
struct Document<'a> {
    set: &'a str,
    units: Vec<Unit<'a>>,
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct Unit<'a> {
    unit: &'a str,
    name: &'a str,
    group: &'a str,
    total: String,
    applicable_max: String,
    bonus: String,
    penalty: String,
    percent: Option<String>,
    exact: Option<String>,
    class: Option<&'a str>,
    rank: Option<u32>,
    fields: Vec<Field<'a>>,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    code: &'a str,
    title: &'a str,
    points: String,
    max: String,
    share: Option<String>,
}

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    points: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<String>,
    max: String,
    applicable: bool,
    because: Vec<String>,
}

fn write_unit<'a>(package: &'a Package, inputs: &HashMap<&str, &UnitInput>, unit: &'a ScoredUnit) -> Unit<'a> {
    let set = &package.set;
    let input = inputs.get(unit.code.as_str()).copied();
    let lines = set.leaves().filter_map(|(index, node, _)| {
        let score = unit.nodes.get(index)?;
        Some(Line {
            code: &node.code,
            points: score.points.text(),
            exact: fraction_where_rounded(&score.points),
            max: node.max.to_string(),
            applicable: score.applicable,
            because: reasons(package, input, index),
        })
    });
    let lines = lines.collect();
    let groups = set.criteria.iter().zip(&unit.nodes).filter(|(node, _)| node.leaf.is_none());
    let fields = groups
        .map(|(node, score)| Field {
            code: &node.code,
            title: &node.title,
            points: score.points.text(),
            max: score.max.text(),
            share: share(score).map(|share| (&share * &Exact::whole(100)).fixed(2)),
        })
        .collect();
    Unit {
        unit: &unit.code,
        name: &unit.name,
        group: &unit.group,
        total: unit.total.text(),
        applicable_max: unit.applicable_max.text(),
        bonus: unit.bonus.text(),
        penalty: unit.penalty.text(),
        percent: unit.printed(set),
        exact: unit.result.as_ref().map(Exact::fraction),
        class: unit.class_name(set),
        rank: unit.rank,
        fields,
        lines,
    }
}

fn fraction_where_rounded(value: &Exact) -> Option<String> {
    value.terminating(10).is_none().then(|| value.fraction())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;
    use cchc_text::Place;
    use serde_json::{Value, json};

    fn written(findings: &[Finding]) -> Value {
        serde_json::from_str(&write(&sample::package(), findings)).unwrap()
    }

    #[test]
    fn holds_the_fields_that_other_programs_read() {
        let value = written(&[]);
        assert_eq!(value["set"], "thu-2021");
        let unit = &value["units"][0];
        let expected = json!({
            "unit": "U2", "name": "Sở Hai", "group": "so", "total": "8.333333", "applicable_max": "10", "bonus": "0",
            "penalty": "0", "percent": "83.33", "exact": "250/3", "class": "Tốt", "rank": 1
        });
        for (key, wanted) in expected.as_object().unwrap() {
            assert_eq!(&unit[key], wanted, "{key}");
        }
        let line = &unit["lines"][0];
        assert_eq!((&line["code"], &line["points"], &line["max"]), (&json!("1.1"), &json!("6.333333"), &json!("8")));
        assert_eq!((&line["exact"], &line["applicable"]), (&json!("19/3"), &json!(true)));
        assert!(line["because"][0].as_str().unwrap().starts_with("19 / 24 × 8"), "{line}");
        assert_eq!(unit["fields"][0]["share"], "83.33");
    }

    #[test]
    fn a_unit_without_result_has_nulls() {
        let mut package = sample::package();
        for unit in &mut package.scored.units {
            (unit.result, unit.class, unit.rank) = (None, None, None);
        }
        let value: Value = serde_json::from_str(&write(&package, &[])).unwrap();
        let unit = &value["units"][1];
        assert!(unit["percent"].is_null() && unit["class"].is_null() && unit["rank"].is_null());
    }

    #[test]
    fn findings_stand_as_they_are() {
        let place = Place::line("a.csv", 3).of_unit("U1");
        let value = written(&[Finding::error("negative", place, "Không được âm.").hint("Sửa lại.")]);
        let expected = json!([{
            "severity": "error", "code": "negative", "place": {"file": "a.csv", "line": 3, "unit": "U1"},
            "message": "Không được âm.", "hint": "Sửa lại."
        }]);
        assert_eq!(value["findings"], expected);
    }
}
