//! What must be settled before a round can be opened.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use cchc_ledger::Hash;

use super::{Phase, Plan, sharing};
use crate::CriteriaSet;
use crate::set::Source;

/// What a round must know: the sets of its groups, by version.
#[derive(Debug, Clone, Default)]
pub struct RoundFacts {
    /// The sets that could be read.
    pub sets: BTreeMap<Hash, Arc<CriteriaSet>>,
}

/// Something that stands in the way of opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Nothing is scored.
    NoUnits,
    /// A unit is in no group of the round.
    NoGroup(String),
    /// The set of a group can't be read, or has errors.
    NoSet(String),
    /// Self-scoring has no last day.
    NoDeadline(Phase),
    /// A phase ends before the one before it.
    Disorder(Phase),
    /// Nobody appraises a field of a unit: the field, and the units.
    NoAppraiser(String, Vec<String>),
    /// A substitute would appraise himself.
    OwnAppraiser(String, String),
    /// A preset names a unit or a criterion that is not there.
    UnknownPreset(String, String),
    /// A share names a unit or a criterion that is not there.
    UnknownShare(String, String),
    /// A criterion of a unit is shared twice.
    SharedTwice(String, String),
}

/// Everything that stands in the way of opening; none: it can be opened.
#[must_use]
pub fn problems(plan: &Plan, facts: &RoundFacts) -> Vec<Problem> {
    let mut found = Vec::new();
    if plan.units.is_empty() {
        found.push(Problem::NoUnits);
    }
    found.extend(
        plan.units
            .iter()
            .filter(|unit| plan.group(&unit.group).is_none())
            .map(|unit| Problem::NoGroup(unit.name.clone())),
    );
    for group in &plan.groups {
        match facts.sets.get(&group.version) {
            // Whoever appraises outside says himself who does.
            Some(_) if plan.outside.is_some() => {}
            Some(set) => found.extend(cells(plan, &group.code, set)),
            None => found.push(Problem::NoSet(group.set.clone())),
        }
    }
    found.extend(deadlines(plan));
    let own = plan.substitutes.iter().filter(|substitute| substitute.unit == substitute.scored);
    found.extend(own.map(|substitute| Problem::OwnAppraiser(substitute.field.clone(), substitute.unit.clone())));
    found.extend(presets(plan, facts));
    found.extend(sharing::wrong(plan, facts));
    found
}

/// The cells of a group that nobody appraises, by field.
fn cells(plan: &Plan, group: &str, set: &CriteriaSet) -> Vec<Problem> {
    let mut fields: Vec<&str> = set
        .leaves()
        .filter(|(_, _, leaf)| matches!(leaf.source, Source::Person | Source::Metric))
        .map(|(_, _, leaf)| leaf.appraiser.as_str())
        .collect();
    fields.sort_unstable();
    fields.dedup();
    let units = || plan.units.iter().filter(|unit| unit.group == group);
    let without = |field: &str| -> Vec<String> {
        units().filter(|unit| plan.appraiser(field, &unit.code).is_none()).map(|unit| unit.name.clone()).collect()
    };
    let all = fields.into_iter().map(|field| (field, without(field)));
    all.filter(|(_, units)| !units.is_empty())
        .map(|(field, units)| Problem::NoAppraiser(field.to_owned(), units))
        .collect()
}

fn deadlines(plan: &Plan) -> Vec<Problem> {
    let mut found = Vec::new();
    if plan.deadline(Phase::SelfScoring).is_none() {
        found.push(Problem::NoDeadline(Phase::SelfScoring));
    }
    let mut before = None;
    for phase in Phase::ALL {
        let Some(until) = plan.deadline(phase) else { continue };
        if before.is_some_and(|before| until < before) {
            found.push(Problem::Disorder(phase));
        }
        before = Some(until);
    }
    found
}

fn presets(plan: &Plan, facts: &RoundFacts) -> Vec<Problem> {
    let unknown = plan.presets.iter().filter(|preset| {
        let set = plan.group_of(&preset.unit).and_then(|group| facts.sets.get(&group.version));
        set.is_none_or(|set| set.find(&preset.criterion).is_none())
    });
    unknown.map(|preset| Problem::UnknownPreset(preset.unit.clone(), preset.criterion.clone())).collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUnits => out.write_str("chưa có đơn vị nào"),
            Self::NoGroup(unit) => write!(out, "{unit} chưa thuộc nhóm nào"),
            Self::NoSet(set) => write!(out, "bộ tiêu chí {set} chưa áp dụng hoặc còn lỗi"),
            Self::NoDeadline(phase) => write!(out, "chưa có hạn của bước «{phase}»"),
            Self::Disorder(phase) => write!(out, "hạn của bước «{phase}» trước hạn của bước liền trước"),
            Self::NoAppraiser(field, units) => {
                write!(out, "lĩnh vực {field} chưa có cơ quan thẩm định cho {}", units.join(", "))
            }
            Self::OwnAppraiser(field, unit) => {
                write!(out, "{unit} không được thay thế để tự thẩm định lĩnh vực {field}")
            }
            Self::UnknownShare(unit, criterion) => {
                write!(out, "phân công phiếu của {unit}, tiêu chí {criterion}: không có đơn vị hoặc tiêu chí này")
            }
            Self::SharedTwice(unit, criterion) => {
                write!(out, "phân công phiếu của {unit}, tiêu chí {criterion}: giao hai lần")
            }
            Self::UnknownPreset(unit, criterion) => {
                write!(
                    out,
                    "«không áp dụng» đặt trước cho {unit}, tiêu chí {criterion}: không có đơn vị hoặc tiêu chí này"
                )
            }
        }
    }
}
