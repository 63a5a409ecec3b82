use jiff::civil::{Date, date};

use super::testing::{Told, facts, plan};
use super::*;

const DAY: Date = date(2023, 1, 4);

fn opening(change: impl FnOnce(&mut Plan)) -> Vec<String> {
    let mut plan = plan();
    change(&mut plan);
    problems(&plan, &facts()).iter().map(ToString::to_string).collect()
}

#[test]
fn a_round_opens_when_everything_is_settled_and_its_plan_then_stands() {
    assert_eq!(opening(|_| {}), [""; 0]);
    let mut told = Told::opened();
    assert_eq!(told.round.standing, Standing::Running(Phase::SelfScoring));
    let mut changed = plan();
    changed.title = "Khác".into();
    let refused = told.ask(DAY, "", RoundCommand::Plan { plan: Box::new(changed) });
    assert_eq!(refused, Err(RoundRefusal::Frozen));
    assert_eq!(told.ask(DAY, "", RoundCommand::Plan { plan: Box::new(plan()) }), Ok(0), "what is so already");
}

#[test]
fn whatever_is_open_is_said_at_once() {
    let said = opening(|plan| {
        plan.substitutes.remove(0);
        plan.deadlines = vec![Deadline { phase: Phase::Council, until: DAY }];
        plan.presets.push(Preset { unit: "STC".into(), criterion: "9".into(), reason: String::new() });
    });
    assert_eq!(
        said,
        [
            "lĩnh vực noi-vu chưa có cơ quan thẩm định cho Sở Nội vụ",
            "chưa có hạn của bước «Tự chấm điểm»",
            "«không áp dụng» đặt trước cho STC, tiêu chí 9: không có đơn vị hoặc tiêu chí này",
        ]
    );
    let said = opening(|plan| {
        plan.units[0].group = "huyen".into();
        plan.groups[0].version = cchc_ledger::Hash::default();
        plan.deadlines[1].until = date(2023, 1, 1);
        plan.substitutes[0].unit = "SNV".into();
    });
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(opening(|plan| plan.units.clear()), ["chưa có đơn vị nào"]);
}

#[test]
fn nobody_appraises_his_own_unit() {
    let plan = plan();
    assert_eq!(plan.appraiser("noi-vu", "STC"), Some("SNV"));
    assert_eq!(plan.appraiser("noi-vu", "SNV"), Some("STP"), "the named substitute");
    let mut without = plan;
    without.substitutes.clear();
    assert_eq!(without.appraiser("noi-vu", "SNV"), None);
}

#[test]
fn phases_go_forward_alone() {
    let mut told = Told::opened();
    assert_eq!(told.ask(DAY, "", RoundCommand::Advance { to: Phase::Explaining }), Ok(1));
    assert_eq!(told.ask(DAY, "", RoundCommand::Advance { to: Phase::Explaining }), Ok(0));
    let refused = told.ask(DAY, "", RoundCommand::Advance { to: Phase::SelfScoring });
    assert_eq!(refused, Err(RoundRefusal::Backwards));
}

#[test]
fn a_unit_has_the_whole_last_day_and_more_only_with_a_reason() {
    let mut told = Told::opened();
    assert!(told.round.may_fill("STC", date(2023, 1, 18)) && !told.round.may_fill("STC", date(2023, 1, 19)));
    let extend = || RoundCommand::Extend { unit: "STC".into(), phase: Phase::SelfScoring, until: date(2023, 1, 20) };
    assert_eq!(told.ask(DAY, " ", extend()), Err(RoundRefusal::NoReason));
    assert_eq!(told.ask(DAY, "mất điện", extend()), Ok(1));
    assert!(told.round.may_fill("STC", date(2023, 1, 20)) && !told.round.may_fill("SNV", date(2023, 1, 20)));
    assert_eq!(told.ask(DAY, "nữa", extend()), Err(RoundRefusal::NoLater(date(2023, 1, 20))));
    let unknown = RoundCommand::Extend { unit: "X".into(), phase: Phase::SelfScoring, until: date(2023, 1, 20) };
    assert_eq!(told.ask(DAY, "nữa", unknown), Err(RoundRefusal::UnknownUnit("X".into())));
    assert!(told.round.is_late("SNV", date(2023, 1, 19)) && !told.round.is_late("STC", date(2023, 1, 19)));
}

#[test]
fn a_sheet_is_reopened_after_its_phase_and_after_publication() {
    let mut told = Told::in_phase(Phase::Council);
    assert!(!told.round.may_fill("STC", DAY));
    let publication = Publication { decision: "55/QĐ-UBND".into(), on: date(2023, 4, 1), packages: packed() };
    assert_eq!(told.ask(DAY, "", RoundCommand::Publish { publication: publication.clone() }), Ok(1));
    assert_eq!(told.ask(DAY, "", RoundCommand::Publish { publication: publication.clone() }), Ok(0));
    let today = date(2023, 4, 5);
    let reopen = |until| RoundCommand::Reopen { unit: "STC".into(), until };
    assert_eq!(told.ask(today, "sai sót", reopen(date(2023, 4, 4))), Err(RoundRefusal::Past(date(2023, 4, 4))));
    assert_eq!(told.ask(today, "sai sót", reopen(date(2023, 4, 9))), Ok(1));
    assert!(told.round.may_fill("STC", date(2023, 4, 9)) && !told.round.may_fill("SNV", date(2023, 4, 9)));
    let again = Publication { decision: "60/QĐ-UBND".into(), ..publication };
    assert_eq!(told.ask(today, "", RoundCommand::Publish { publication: again }), Ok(1));
    assert_eq!(told.round.results.len(), 2, "the old stays");
}

fn packed() -> Vec<Packed> {
    vec![Packed { group: "so".into(), package: cchc_ledger::Hash::default() }]
}

#[test]
fn nothing_is_published_before_the_council_nor_without_a_group() {
    let mut told = Told::in_phase(Phase::SecondAppraisal);
    let publication = Publication { decision: "1".into(), on: DAY, packages: packed() };
    let publish = |publication: &Publication| RoundCommand::Publish { publication: publication.clone() };
    assert_eq!(told.ask(DAY, "", publish(&publication)), Err(RoundRefusal::NotDecided));
    let mut told = Told::in_phase(Phase::Council);
    let empty = Publication { packages: Vec::new(), ..publication };
    assert_eq!(told.ask(DAY, "", publish(&empty)), Err(RoundRefusal::NoPackage("so".into())));
}

#[test]
fn units_that_become_one_are_replaced_where_the_first_stood() {
    let mut told = Told::opened();
    let into = Ranked { code: "SNVTC".into(), name: "Sở mới".into(), group: "so".into() };
    let merge = |from: &[&str]| RoundCommand::Merge {
        from: from.iter().map(|code| (*code).to_owned()).collect(),
        into: into.clone(),
        until: None,
        substitutes: Vec::new(),
    };
    assert_eq!(told.ask(DAY, "", merge(&["STP", "STC"])), Err(RoundRefusal::NoReason));
    assert_eq!(told.ask(DAY, "NQ 1", merge(&["X"])), Err(RoundRefusal::UnknownUnit("X".into())));
    // Each stood in for the other; now both are the unit that is scored.
    let nobody = told.ask(DAY, "NQ 1", merge(&["SNV", "STP"]));
    assert_eq!(nobody, Err(RoundRefusal::NobodyAppraises("noi-vu".into())));
    let mut named = merge(&["STP", "STC"]);
    if let RoundCommand::Merge { until, .. } = &mut named {
        *until = Some(date(2023, 1, 20));
    }
    assert_eq!(told.ask(DAY, "NQ 1", named), Ok(2));
    let plan = told.round.plan.as_ref().unwrap();
    assert_eq!(plan.appraiser("tu-phap", "SNVTC"), Some("SNV"));
    assert_eq!(plan.appraiser("noi-vu", "SNV"), Some("SNVTC"), "who stood in is now a part of the new one");
    assert!(told.round.may_fill("SNVTC", date(2023, 1, 20)) && told.round.mergers[0].from.len() == 2);
    let codes: Vec<&str> = told.round.plan.as_ref().unwrap().units.iter().map(|unit| unit.code.as_str()).collect();
    assert_eq!(codes, ["SNV", "SNVTC"]);
}

#[test]
fn a_preset_holds_for_everything_below_it() {
    let mut plan = plan();
    plan.presets.push(Preset { unit: "STC".into(), criterion: "2".into(), reason: "không có thủ tục".into() });
    let set = super::testing::set();
    let at = |code| set.find(code).unwrap().0;
    assert!(plan.preset("STC", &set, at("2.1")).is_some() && plan.preset("STC", &set, at("1.1")).is_none());
    assert!(plan.preset("SNV", &set, at("2.1")).is_none());
}

#[test]
fn what_was_preset_for_all_of_them_holds_for_the_one() {
    let mut plan = plan();
    let preset = |unit: &str, criterion: &str| Preset {
        unit: unit.into(),
        criterion: criterion.into(),
        reason: "không có thủ tục".into(),
    };
    plan.presets = vec![preset("STP", "2"), preset("STC", "2"), preset("STC", "1")];
    let into = Ranked { code: "M".into(), name: "Sở mới".into(), group: "so".into() };
    plan.merge(&["STP".into(), "STC".into()], &into, &[]);
    assert_eq!(plan.presets, [preset("M", "2")]);
}

#[test]
fn who_was_reminded_is_known_and_nothing_is_reminded_of_nothing() {
    let mut told = Told::opened();
    let urge = |units: &[&str], text: &str| RoundCommand::Urge {
        units: units
            .iter()
            .map(|unit| Urged { unit: (*unit).into(), lacks: "2 dòng: 1.1, 2.1".into(), name: String::new() })
            .collect(),
        channels: vec![Channel::Notice, Channel::Copied],
        text: text.into(),
    };
    assert_eq!(told.ask(DAY, "", urge(&[], "x")), Err(RoundRefusal::NobodyUrged));
    assert_eq!(told.ask(DAY, "", urge(&["X"], "x")), Err(RoundRefusal::UnknownUnit("X".into())));
    assert_eq!(told.ask(DAY, "", urge(&["STC"], " ")), Err(RoundRefusal::Text(4000)));
    for times in 1..=2 {
        assert_eq!(told.ask(DAY, "", urge(&["STC"], "Đề nghị {đơn vị} nộp phiếu")), Ok(1));
        assert_eq!(told.round.urged["STC"].times, times);
    }
    assert!(!told.round.urged.contains_key("SNV"));
}
