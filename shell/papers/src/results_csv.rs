//! Results as CSV rows: the ranking, and every line with its reason.

use cchc_index::{Exact, ScoredUnit, UnitInput, because};

use crate::input_file::by_code;
use crate::package::Package;
use crate::write_csv::write_csv;

/// The columns of the ranking.
pub const RANKING_COLUMNS: [&str; 10] =
    ["unit", "name", "group", "total", "applicable_max", "bonus", "penalty", "percent", "class", "rank"];

/// The columns of the lines.
pub const LINE_COLUMNS: [&str; 6] = ["unit", "criterion", "points", "max", "applicable", "because"];

/// The ranking as CSV for programs: one row a unit, by group, rank and code.
///
/// Numbers have a dot; `percent` is the result that ranks, rounded as the set says. A package of which
/// only some lines are known has no totals, classes or ranks: those cells stay empty.
#[must_use]
pub fn write(package: &Package) -> Vec<u8> {
    write_csv(&RANKING_COLUMNS, &ranking_rows(package))
}

/// Every line of every unit as CSV for programs; the steps of `because` are parted by ` | `.
///
/// `max` is what the criterion is worth at most, whether or not it applied to the unit.
#[must_use]
pub fn lines_csv(package: &Package) -> Vec<u8> {
    let inputs = by_code(&package.inputs);
    let mut rows: Vec<[String; 6]> = Vec::new();
    for unit in &package.scored.units {
        for (index, node, _) in package.set.leaves() {
            let Some(score) = unit.nodes.get(index) else { continue };
            rows.push([
                unit.code.clone(),
                node.code.clone(),
                score.points.text(),
                node.max.to_string(),
                score.applicable.to_string(),
                reasons(package, inputs.get(unit.code.as_str()).copied(), index).join(" | "),
            ]);
        }
    }
    write_csv(&LINE_COLUMNS, &rows)
}

/// The rows of the ranking, in the order of [`RANKING_COLUMNS`].
pub(crate) fn ranking_rows(package: &Package) -> Vec<[String; 10]> {
    package.scored.units.iter().map(|unit| ranking_row(package, unit)).collect()
}

/// How a line came about, one step a text.
pub(crate) fn reasons(package: &Package, input: Option<&UnitInput>, index: usize) -> Vec<String> {
    let answer = input.and_then(|input| input.answers.get(index));
    answer.map_or_else(Vec::new, |answer| because(&package.set, index, answer, &package.days_off))
}

fn ranking_row(package: &Package, unit: &ScoredUnit) -> [String; 10] {
    let known = !package.about.partial;
    let number = |value: &Exact| if known { value.text() } else { String::new() };
    let result = unit.printed(&package.set).filter(|_| known);
    let class = unit.class_name(&package.set).filter(|_| known);
    let rank = unit.rank.filter(|_| known);
    [
        unit.code.clone(),
        unit.name.clone(),
        unit.group.clone(),
        number(&unit.total),
        number(&unit.applicable_max),
        number(&unit.bonus),
        number(&unit.penalty),
        result.unwrap_or_default(),
        class.unwrap_or_default().to_owned(),
        rank.map(|rank| rank.to_string()).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;

    #[test]
    fn writes_one_row_a_unit() {
        let text = String::from_utf8(write(&sample::package())).unwrap();
        let expected = "unit,name,group,total,applicable_max,bonus,penalty,percent,class,rank\n\
                        U2,Sở Hai,so,8.333333,10,0,0,83.33,Tốt,1\n\
                        U1,Sở Một,so,2.5,8,1,0,32.25,Yếu,2\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn writes_every_line_with_its_reason() {
        let text = String::from_utf8(lines_csv(&sample::package())).unwrap();
        assert_eq!(text.lines().count(), 1 + 2 * 4);
        assert!(text.contains("U1,1.2,0,2,false,"), "{text}");
        assert!(text.contains("\nU2,1.1,6.333333,8,true,\"19 / 24 × 8 = 6,333…\"\n"), "{text}");
    }

    #[test]
    fn a_partial_package_has_no_totals() {
        let mut package = sample::package();
        package.about.partial = true;
        let text = String::from_utf8(write(&package)).unwrap();
        assert!(text.contains("\nU2,Sở Hai,so,,,,,,,\n"));
    }
}
