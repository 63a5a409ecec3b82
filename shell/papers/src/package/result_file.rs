//! `result.json`: every number of the result as an exact fraction, without the words of its traces.

use std::collections::HashMap;

use cchc_index::input::AnswerText;
use cchc_index::{Exact, ScoredUnit};
use serde::{Deserialize, Serialize};

use super::Package;

/// The result of all units. Fractions are texts: `653/654`, `20`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResultFile {
    /// Id of the set.
    pub(super) set: String,
    /// By group, rank and code.
    pub(super) units: Vec<UnitResult>,
}

/// The result of one unit; totals, class and rank are missing where only some lines are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitResult {
    pub(super) unit: String,
    pub(super) name: String,
    pub(super) group: String,
    pub(super) total: Option<String>,
    pub(super) applicable_max: Option<String>,
    pub(super) bonus: Option<String>,
    pub(super) penalty: Option<String>,
    pub(super) result: Option<String>,
    pub(super) printed: Option<String>,
    pub(super) class: Option<String>,
    pub(super) rank: Option<u32>,
    pub(super) nodes: Vec<NodeResult>,
}

/// The points of one criterion or group of criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NodeResult {
    pub(super) code: String,
    pub(super) points: String,
    pub(super) max: String,
    pub(super) applicable: bool,
}

impl ResultFile {
    /// The result that a package holds in memory.
    pub(super) fn of(package: &Package) -> Self {
        let reported = reported(package);
        let units = package.scored.units.iter().map(|unit| unit_result(package, &reported, unit)).collect();
        Self { set: package.set.id.clone(), units }
    }

    /// JSON with one line a unit, so that two packages can be compared line by line.
    pub(super) fn write(&self) -> serde_json::Result<Vec<u8>> {
        let mut text = format!("{{\"set\":{},\"units\":[\n", serde_json::to_string(&self.set)?);
        for (index, unit) in self.units.iter().enumerate() {
            text.push_str(if index == 0 { "" } else { ",\n" });
            text.push_str(&serde_json::to_string(unit)?);
        }
        text.push_str("\n]}\n");
        Ok(text.into_bytes())
    }

    pub(super) fn read(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }
}

/// Whether a unit reported a criterion, by position; asked only where some lines are not known.
fn reported(package: &Package) -> HashMap<&str, Vec<bool>> {
    if !package.about.partial {
        return HashMap::new();
    }
    let said = |text: &Option<AnswerText>| text.as_ref().is_some_and(|text| !text.shown().is_empty());
    let flags = |texts: &[Option<AnswerText>]| texts.iter().map(said).collect();
    package.inputs.units.iter().map(|unit| (unit.code.as_str(), flags(&unit.texts))).collect()
}

fn unit_result(package: &Package, reported: &HashMap<&str, Vec<bool>>, unit: &ScoredUnit) -> UnitResult {
    let partial = package.about.partial;
    let whole = |value: &Exact| (!partial).then(|| value.fraction());
    let known = |index: usize| {
        !partial || reported.get(unit.code.as_str()).and_then(|flags| flags.get(index)).copied().unwrap_or(false)
    };
    let nodes = package.set.criteria.iter().zip(&unit.nodes).enumerate().filter(|(index, _)| known(*index));
    let nodes = nodes
        .map(|(_, (criterion, score))| NodeResult {
            code: criterion.code.clone(),
            points: score.points.fraction(),
            max: score.max.fraction(),
            applicable: score.applicable,
        })
        .collect();
    UnitResult {
        unit: unit.code.clone(),
        name: unit.name.clone(),
        group: unit.group.clone(),
        total: whole(&unit.total),
        applicable_max: whole(&unit.applicable_max),
        bonus: whole(&unit.bonus),
        penalty: whole(&unit.penalty),
        result: unit.result.as_ref().and_then(whole),
        printed: unit.printed(&package.set).filter(|_| !partial),
        class: unit.class_name(&package.set).filter(|_| !partial).map(str::to_owned),
        rank: unit.rank.filter(|_| !partial),
        nodes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::sample;

    #[test]
    fn goes_out_and_comes_back_with_exact_fractions() {
        let file = ResultFile::of(&sample::package());
        let text = String::from_utf8(file.write().unwrap()).unwrap();
        assert!(text.starts_with(
            "{\"set\":\"thu-2021\",\"units\":[\n{\"unit\":\"U2\",\"name\":\"Sở Hai\",\"group\":\"so\",\"total\":\"25/3\","
        ));
        assert!(text.contains(r#"{"code":"1.1","points":"19/3","max":"8","applicable":true}"#));
        assert_eq!(ResultFile::read(text.as_bytes()).unwrap(), file);
    }

    #[test]
    fn of_a_partial_package_holds_reported_lines_alone() {
        let mut package = sample::package();
        package.about.partial = true;
        let file = ResultFile::of(&package);
        let codes: Vec<&str> = file.units[0].nodes.iter().map(|node| node.code.as_str()).collect();
        assert_eq!(codes, ["1.1", "1.2"]);
        assert_eq!((&file.units[0].total, &file.units[0].rank), (&None, &None));
    }
}
