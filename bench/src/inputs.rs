//! Answers for any number of units: awkward fractions, dates, choices; the same in every run.

use cchc_index::rule::Rule;
use cchc_index::{CriteriaSet, Inputs, read_inputs};
use cchc_papers::input_file::TemplateUnit;
use cchc_text::table::{Row, Table};

/// Answers of so many units at every leaf.
pub fn of(set: &CriteriaSet, units: usize) -> Inputs {
    let mut rows = Vec::new();
    for unit in 0..units {
        for (index, node, leaf) in set.leaves() {
            let (value, of) = answer(&leaf.rule, unit * 131 + index * 17);
            let number = rows.len() as u64 + 2;
            rows.push(Row { number, cells: vec![code(unit), node.code.clone(), value, of] });
        }
    }
    let columns = ["unit", "criterion", "value", "of"].map(str::to_owned).to_vec();
    read_inputs(set, &[Table { file: "do.csv".to_owned(), sheet: String::new(), columns, rows }]).0
}

/// So many units for a template.
pub fn units(count: usize) -> Vec<TemplateUnit> {
    let unit = |at| TemplateUnit { code: code(at), name: format!("Đơn vị {at}"), group: "so".to_owned() };
    (0..count).map(unit).collect()
}

fn code(unit: usize) -> String {
    format!("DV{unit:05}")
}

fn answer(rule: &Rule, salt: usize) -> (String, String) {
    // Four-digit denominators that share no factors: the worst case for exact sums.
    let of = 1009 + 2 * (salt % 4211);
    let value = of - salt % (of / 3);
    match rule {
        Rule::Choice(rule) => (rule.options[salt % rule.options.len()].id.clone(), String::new()),
        Rule::Rating(rule) => {
            let ids = (0..4).map(|at| rule.levels[(salt + at) % rule.levels.len()].id.as_str());
            (ids.collect::<Vec<_>>().join(";"), String::new())
        }
        Rule::Timeliness(rule) => {
            let date = |at: usize| format!("2021-{:02}-{:02}", 1 + (salt + at) % 12, 1 + (salt + at) % 28);
            ((0..rule.due.len()).map(date).collect::<Vec<_>>().join(";"), String::new())
        }
        Rule::Proportional(_) | Rule::Survey(_) => (value.to_string(), of.to_string()),
        Rule::Bands(rule) if rule.value == cchc_index::rule::BandValue::Ratio => (value.to_string(), of.to_string()),
        Rule::Given(_) => (format!("{}.{:02}", 40 + salt % 60, salt % 97), String::new()),
        _ => ((salt % 7).to_string(), String::new()),
    }
}
