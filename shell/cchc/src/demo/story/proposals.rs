//! Changes of rules that people of the demonstration prepared and nobody has decided yet; one of them was
//! handed over before its author's post ended.

use cchc_access::{PersonCommand, PostId};
use cchc_ledger::draft::{Change, DraftCommand};
use cchc_ledger::{Actor, Hash, Moment, PersonId};
use cchc_papers::rule_file::{Content, RuleKind, difference};
use cchc_text::Severity;
use jiff::civil::{Date, date};

use super::{Act, BEGINNING, Step, known};
use crate::rules::{DAYS_OFF, Shipped, UNITS};

/// The officer of Vĩnh Yên proposed it in the autumn before the conference.
const PROPOSED: Date = date(2021, 10, 11);
/// Districts end three days later.
const HANDED_OVER: Date = date(2025, 6, 27);
/// Before the year's plan is made.
const DAY_OFF_PROPOSED: Date = date(2026, 1, 8);

/// The steps, given what is shipped.
pub fn steps(shipped: &[Shipped]) -> Vec<Step> {
    let content = |kind: &str, name: &str| {
        shipped.iter().find(|rule| rule.kind == kind && rule.name == name).map(|rule| rule.content.as_str())
    };
    let mut steps = Vec::new();
    if let Some(units) = content("units", UNITS) {
        let old = known::units(units, BEGINNING);
        let basis = "đề nghị ghi căn cứ thành lập thành phố (mô phỏng)";
        let new = known::with_cell(&old, ("code", "243"), "legal_basis", basis);
        let officer = actor("mo-phong-dau-moi-vinh-yen", 1, "243");
        let change = change(RuleKind::Units, UNITS, &old, new, "Công văn 12/MP (mô phỏng)");
        steps.push(step(PROPOSED, "mo-phong-1", officer, change));
        steps.push(Step { at: Moment::of(HANDED_OVER.at(16, 0, 0, 0)), what: handover() });
    }
    if let Some(days) = content("days-off", DAYS_OFF) {
        let old = known::days_off(days, DAY_OFF_PROPOSED.year());
        let new = format!("{old}2026-12-31,Thu,swap_day_off,Nghỉ hoán đổi (mô phỏng),đề nghị mô phỏng,unconfirmed\n");
        let coordinator = actor("mo-phong-dieu-phoi", 2, "PT.SNV");
        let change = change(RuleKind::DaysOff, DAYS_OFF, &old, new, "Dự thảo thông báo nghỉ hoán đổi (mô phỏng)");
        steps.push(step(DAY_OFF_PROPOSED, "mo-phong-2", coordinator, change));
    }
    steps
}

fn step(day: Date, id: &'static str, by: Actor, change: Change) -> Step {
    let command = DraftCommand::Open { change: Box::new(change) };
    Step { at: Moment::of(day.at(9, 30, 0, 0)), what: Act::Draft(id, by, command) }
}

fn actor(person: &str, post: u32, unit: &str) -> Actor {
    Actor { post: format!("{person}-{post}"), unit: unit.to_owned(), ..Actor::person(person) }
}

fn handover() -> Act {
    let command = PersonCommand::HandOver {
        post: PostId("mo-phong-dau-moi-vinh-yen-1".to_owned()),
        to_person: PersonId::from("mo-phong-dau-moi-tich-son"),
        to_post: PostId("mo-phong-dau-moi-tich-son-1".to_owned()),
        document: "03/BB-MP (mô phỏng)".to_owned(),
    };
    Act::Person("mo-phong-dau-moi-vinh-yen".to_owned(), command)
}

fn change(kind: RuleKind, name: &str, old: &str, new: String, basis: &str) -> Change {
    let of = |text| Content { kind, name, text };
    let difference = difference(of(old), of(&new), &[]);
    let warnings = difference.consequences.iter().filter(|finding| finding.severity == Severity::Warning).count();
    Change {
        kind: kind.code().to_owned(),
        name: name.to_owned(),
        replaces: Some(Hash::of(old.as_bytes())),
        content: new,
        valid_from: String::new(),
        valid_to: String::new(),
        basis: basis.to_owned(),
        file: None,
        file_name: String::new(),
        errors: 0,
        warnings: u32::try_from(warnings).unwrap_or(u32::MAX),
        summary: difference.summary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::shipped;

    #[test]
    fn each_proposal_changes_one_row_of_what_was_in_force() {
        let shipped = shipped();
        let summaries: Vec<String> = steps(&shipped)
            .into_iter()
            .filter_map(|step| match step.what {
                Act::Draft(_, _, DraftCommand::Open { change }) => Some(change.summary),
                _ => None,
            })
            .collect();
        assert_eq!(summaries.len(), 2);
        assert!(summaries.iter().all(|summary| summary.contains('1')), "{summaries:?}");
    }
}
