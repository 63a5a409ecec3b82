//! A sheet that turned out to be wrong after the result was published: reopened, corrected, decided, published anew.

use cchc_access::Role;
use cchc_index::AnswerText;
use cchc_index::round::RoundCommand;
use cchc_index::rule::Rule;
use cchc_index::sheet::{SheetCommand, Verdict};
use cchc_ledger::Actor;
use jiff::ToSpan;
use jiff::civil::Date;

use super::answers::own_lines;
use super::appraisal::council;
use super::script::{Unit, step};
use super::{Act, Step};
use crate::demo::extras::actor;

const REOPENED: &str = "Đơn vị báo nhầm số liệu sau công bố, công văn đề nghị đính chính (mô phỏng)";
const DECIDED: &str = "Hội đồng thống nhất số liệu đính chính, biên bản họp bổ sung (mô phỏng)";

/// The steps, from the day on which the mistake was told.
pub fn steps(unit: &Unit<'_>, coordinator: &Actor, told: Date) -> Vec<Step> {
    let Some((line, right)) = mistake(unit) else { return Vec::new() };
    let (script, code) = (unit.script, unit.ranked.code.clone());
    let later = |days: i64| told.saturating_add(days.days());
    let reopen = RoundCommand::Reopen { unit: code.clone(), until: later(7) };
    let fill = SheetCommand::FillMany { lines: vec![(line.clone(), right.clone(), None)] };
    let decide = SheetCommand::AppraiseMany { lines: vec![(line, Verdict::Answer(right))] };
    let officer = actor(&code, Role::UnitOfficer, told);
    vec![
        step(told, 9, Act::Round(script.id.clone(), coordinator.clone(), reopen, REOPENED.to_owned())),
        unit.act(later(1), 10, officer, fill, ""),
        unit.act(later(3), 10, council(unit), decide, DECIDED),
        step(later(21), 10, script.publication(coordinator, later(21))),
    ]
}

/// A share that the unit gave too high, and what is right.
fn mistake(unit: &Unit<'_>) -> Option<(String, AnswerText)> {
    let lines = own_lines(&unit.script.plan, unit.set, &unit.ranked.code);
    let is_share = |line: &&String| {
        let leaf = unit.set.find(line).and_then(|(_, node)| node.leaf.as_ref());
        leaf.is_some_and(|leaf| matches!(&leaf.rule, Rule::Proportional(rule) if rule.floor.is_none()))
    };
    lines.iter().filter(is_share).find_map(|line| {
        let (_, said) = unit.answers.given(std::slice::from_ref(line)).into_iter().next()?;
        let value: u64 = said.value.parse().ok()?;
        let right = AnswerText::new(&(value * 9 / 10).to_string(), &said.of);
        (value > 20 && !said.of.is_empty()).then(|| (line.clone(), right))
    })
}
