mod deciding;
mod tally;

use std::sync::Arc;

use cchc_ledger::Context;
use jiff::civil::{Date, date};

use super::*;
use crate::input::AnswerText;
use crate::round::testing::{Told, context, envelope, set};
use crate::round::{Phase, Plan, Preset, Reopening, Round, RoundCommand, Standing};

const DAY: Date = date(2023, 1, 16);

/// The sheet of the department of finance, brought along by commands of several units.
struct Telling {
    sheet: Sheet,
    round: Round,
    unit: &'static str,
    version: u64,
    former: Vec<Former>,
}

fn by(unit: &str, on: Date, reason: &str) -> Context {
    let mut context = context(on, reason);
    context.actor.unit = unit.into();
    context
}

impl Telling {
    fn of(unit: &'static str) -> Self {
        Self { sheet: Sheet::default(), round: Told::opened().round, unit, version: 0, former: Vec::new() }
    }

    fn ask(&mut self, context: &Context, command: SheetCommand) -> Result<usize, SheetRefusal> {
        let (round, unit) = (self.round.clone(), self.unit.to_owned());
        let facts = SheetFacts { round, unit, set: Some(set()), days_off: Arc::default(), former: self.former.clone() };
        let events = self.sheet.decide(command, &facts, context)?;
        for event in &events {
            self.version += 1;
            let envelope = envelope("sheet/r/u", self.version, context);
            self.sheet.apply(&StoredEvent { envelope: &envelope, event });
        }
        Ok(events.len())
    }

    fn fill(&mut self, line: &str, value: &str, of: &str) -> Result<usize, SheetRefusal> {
        let unit = self.unit;
        self.ask(&by(unit, DAY, ""), fill(line, value, of, None))
    }

    fn prove(&mut self, line: &str) {
        let unit = self.unit;
        let command = SheetCommand::Attach { line: line.into(), evidence: document("15/KH-STC") };
        self.ask(&by(unit, DAY, ""), command).unwrap();
    }

    /// Both lines answered, proved and handed in; the round is in that phase.
    fn submitted(phase: Phase) -> Self {
        let mut told = Self::of("STC");
        told.fill("1.1", "9", "10").unwrap();
        told.prove("1.1");
        told.fill("2.1", "2", "").unwrap();
        told.ask(&by("STC", DAY, ""), submit()).unwrap();
        told.go_to(phase);
        told
    }

    fn go_to(&mut self, phase: Phase) {
        self.round = Told::in_phase(phase).round;
    }

    fn points(&self, line: &str) -> String {
        self.sheet.line(line).points.as_ref().map(|points| points.points.clone()).unwrap_or_default()
    }
}

fn fill(line: &str, value: &str, of: &str, seen: Option<u32>) -> SheetCommand {
    SheetCommand::Fill { line: line.into(), answer: AnswerText::new(value, of), seen }
}

fn document(number: &str) -> Evidence {
    let proof = Proof::Document { number: number.into(), dated: None, about: "Kế hoạch".into() };
    Evidence { id: number.into(), proof, section: "Mục II".into(), page: "3".into() }
}

fn submission(number: &str) -> Submission {
    let (signer, proposals) = (String::new(), String::new());
    Submission { number: number.into(), dated: DAY, signed: None, signer, proposals }
}

fn submit() -> SheetCommand {
    SheetCommand::Submit { submission: submission("12/BC-STC") }
}

fn appraise(line: &str, verdict: Verdict) -> SheetCommand {
    SheetCommand::Appraise { line: line.into(), verdict }
}

#[test]
fn an_answer_earns_its_points_at_once() {
    let mut told = Telling::of("STC");
    told.fill("1.1", " 2 ", "3").unwrap();
    assert_eq!(told.points("1.1"), "20/3");
    assert_eq!(told.fill("1.1", "2", "3"), Ok(0), "what is so already");
    told.fill("1.1", "", "").unwrap();
    assert_eq!((told.points("1.1").as_str(), told.sheet.line("1.1").seen), ("", 2));
}

#[test]
fn what_the_rule_cannot_read_is_said_and_nothing_is_lost() {
    let mut told = Telling::of("STC");
    told.fill("1.1", "2", "3").unwrap();
    let said = told.fill("1.1", "hai", "3").unwrap_err().to_string();
    assert!(said.starts_with("dòng 1.1: ") && said.contains("«hai»"), "{said}");
    assert_eq!(told.points("1.1"), "20/3");
    for anothers in ["ấn định 10", "được miễn"] {
        let refused = told.fill("1.1", anothers, "").unwrap_err();
        assert!(matches!(refused, SheetRefusal::Unreadable { .. }), "{refused}");
    }
    assert_eq!(told.fill("2.2", "80", "100"), Err(SheetRefusal::NotReported("2.2".into())));
    assert_eq!(told.fill("1", "1", ""), Err(SheetRefusal::UnknownLine("1".into())));
    assert!(told.fill("2.1", "na", "").is_err(), "a line that may not be left out");
}

#[test]
fn two_officers_on_one_line_are_told_of_one_another() {
    let mut told = Telling::of("STC");
    told.fill("2.1", "1", "").unwrap();
    let second = told.ask(&by("STC", DAY, ""), fill("2.1", "3", "", Some(0)));
    let theirs = SheetRefusal::Conflict { line: "2.1".into(), theirs: "1".into() };
    assert_eq!(second, Err(theirs));
    assert_eq!(told.ask(&by("STC", DAY, ""), fill("2.1", "1", "", Some(0))), Ok(0), "both typed the same");
    assert_eq!(told.ask(&by("STC", DAY, ""), fill("2.1", "3", "", Some(1))), Ok(1));
}

#[test]
fn many_lines_are_taken_together_or_each_is_refused_with_its_reason() {
    let mut told = Telling::of("STC");
    let many = |second: &str| SheetCommand::FillMany {
        lines: vec![("1.1".into(), AnswerText::new("1", "2"), None), ("2.1".into(), AnswerText::new(second, ""), None)],
    };
    let refused = told.ask(&by("STC", DAY, ""), many("x")).unwrap_err();
    assert!(matches!(&refused, SheetRefusal::Lines(lines) if lines.len() == 1), "{refused}");
    assert_eq!(told.points("1.1"), "");
    assert_eq!(told.ask(&by("STC", DAY, ""), many("3")), Ok(2));
    assert_eq!((told.points("1.1").as_str(), told.points("2.1").as_str()), ("5", "6"));
}

#[test]
fn only_the_units_own_people_fill_and_only_to_the_end_of_the_last_day() {
    let mut told = Telling::of("STC");
    let others = told.ask(&by("SNV", DAY, ""), fill("2.1", "1", "", None));
    assert_eq!(others, Err(SheetRefusal::NotOwn));
    let mut eve = by("STC", date(2023, 1, 18), "");
    eve.recorded_at = eve.recorded_at.plus_seconds(24 * 3600 - 1);
    assert_eq!(told.ask(&eve, fill("2.1", "1", "", None)), Ok(1), "23:59:59 of the last day");
    eve.recorded_at = eve.recorded_at.plus_seconds(1);
    let late = told.ask(&eve, fill("2.1", "2", "", None));
    assert_eq!(late, Err(SheetRefusal::Closed(date(2023, 1, 18))));
}

#[test]
fn secrets_are_not_taken_and_one_document_stands_once() {
    let mut told = Telling::of("STC");
    let attach = |number: &str| SheetCommand::Attach { line: "1.1".into(), evidence: document(number) };
    assert_eq!(told.ask(&by("STC", DAY, ""), attach("15/BC (Mật)")), Err(SheetRefusal::Secret));
    assert_eq!(told.ask(&by("STC", DAY, ""), attach("15/BC")), Ok(1));
    assert_eq!(told.ask(&by("STC", DAY, ""), attach("15/BC")), Ok(0));
    let detach = SheetCommand::Detach { line: "1.1".into(), evidence: "15/BC".into() };
    assert_eq!(told.ask(&by("STC", DAY, ""), detach), Ok(1));
    assert!(told.sheet.line("1.1").evidence.is_empty());
}

#[test]
fn the_officer_proposes_what_is_complete_and_the_head_submits_or_returns() {
    let mut told = Telling::of("STC");
    told.fill("1.1", "9", "10").unwrap();
    let refused = told.ask(&by("STC", DAY, ""), SheetCommand::Propose).unwrap_err();
    let (empty, unproved) = (vec!["2.1".into()], vec!["1.1".into()]);
    let open = SheetRefusal::Incomplete { empty, unproved, undelivered: Vec::new() };
    assert_eq!(refused, open);
    let note = SheetCommand::Note { line: "1.1".into(), text: "Kế hoạch ghép với quý IV".into() };
    told.ask(&by("STC", DAY, ""), note).unwrap();
    told.fill("2.1", "3", "").unwrap();
    assert_eq!(told.ask(&by("STC", DAY, ""), SheetCommand::Propose), Ok(1));
    assert_eq!(told.ask(&by("STC", DAY, ""), SheetCommand::Return), Err(SheetRefusal::NoReason));
    assert_eq!(told.ask(&by("STC", DAY, "thiếu phụ lục"), SheetCommand::Return), Ok(1));
    assert_eq!(told.sheet.standing, SheetStanding::Open);
    told.ask(&by("STC", DAY, ""), SheetCommand::Propose).unwrap();
    told.fill("2.1", "2", "").unwrap();
    assert_eq!(told.sheet.standing, SheetStanding::Open, "what changed has to be proposed again");
    let blank = SheetCommand::Submit { submission: submission(" ") };
    assert_eq!(told.ask(&by("STC", DAY, ""), blank), Err(SheetRefusal::NoNumber));
    assert_eq!(told.ask(&by("STC", DAY, ""), submit()), Ok(1));
    assert_eq!(told.ask(&by("STC", DAY, ""), submit()), Ok(0), "sent twice");
    assert_eq!(told.fill("2.1", "3", ""), Err(SheetRefusal::Submitted));
}

#[test]
fn a_line_that_is_asked_back_may_be_changed_and_nothing_else() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    let ask = |until| SheetCommand::AskBack { line: "1.1".into(), question: "Thiếu phụ lục?".into(), until };
    let day = date(2023, 1, 25);
    assert_eq!(told.ask(&by("SNV", day, ""), ask(date(2023, 1, 24))), Err(SheetRefusal::PastDay(date(2023, 1, 24))));
    told.ask(&by("SNV", day, ""), ask(date(2023, 1, 27))).unwrap();
    assert_eq!(told.ask(&by("STC", day, ""), fill("1.1", "10", "10", None)), Ok(1));
    assert!(told.sheet.line("1.1").asked.as_ref().unwrap().answered);
    assert!(told.ask(&by("STC", day, ""), fill("2.1", "3", "", None)).is_err());
    assert!(told.ask(&by("STC", date(2023, 1, 28), ""), fill("1.1", "9", "10", None)).is_err());
}

#[test]
fn a_register_and_a_person_may_differ_and_both_are_kept() {
    let mut told = Telling::of("STC");
    told.fill("2.1", "3", "").unwrap();
    let count = |source: &str| SheetCommand::Count {
        line: "2.1".into(),
        answer: AnswerText::new("2", ""),
        source: source.into(),
    };
    assert_eq!(told.ask(&by("26", DAY, ""), count(" ")), Err(SheetRefusal::NoSource));
    assert_eq!(told.ask(&by("26", DAY, ""), count("nguồn: nhập")), Ok(1));
    let line = told.sheet.line("2.1").into_owned();
    assert!(line.is_disputed());
    assert_eq!((line.points.unwrap().points, line.counted.unwrap().points.points), ("6".into(), "4".into()));
}

#[test]
fn a_sheet_is_scored_at_each_step_with_presets_and_given_values() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    told.ask(&by("SNV", DAY, "x"), appraise("1.1", Verdict::Answer(AnswerText::new("5", "10")))).unwrap();
    let give =
        SheetCommand::Give {
            line: "2.2".into(), answer: AnswerText::new("90", "100"), source: "điều tra 2022".into()
        };
    told.ask(&by("26", DAY, ""), give).unwrap();
    let result = |plan: &Plan, step| {
        let set = set();
        let inputs = crate::Inputs { units: vec![input(&told.sheet, plan, &set, "STC", step)] };
        crate::score(&set, &inputs, &cchc_calendar::DaysOff::default()).units[0].printed(&set).unwrap()
    };
    let mut plan = told.round.plan.clone().unwrap();
    // (9 + 4 + 3,6) / 20, then (5 + 4 + 3,6) / 20.
    assert_eq!(result(&plan, Step::Own), "83.00");
    assert_eq!(result(&plan, Step::After(Phase::Council)), "63.00");
    plan.presets.push(Preset { unit: "STC".into(), criterion: "2".into(), reason: "không có".into() });
    assert_eq!(result(&plan, Step::After(Phase::Council)), "50.00");
    // What is published is recomputed from its texts alone: they say the same as the answers.
    let (set, scored) = (set(), input(&told.sheet, &plan, &set(), "STC", Step::After(Phase::Council)));
    for ((_, node, leaf), at) in set.leaves().map(|found| (found, found.0)) {
        let text = scored.texts[at].clone().unwrap_or_default();
        assert_eq!(crate::input::answer(node, leaf, &text).0, scored.answers[at], "{}", node.code);
    }
}

#[test]
fn what_is_preset_is_not_asked_for() {
    let mut told = Telling::of("STC");
    let preset = Preset { unit: "STC".into(), criterion: "2.1".into(), reason: "không có văn bản".into() };
    told.round.plan.as_mut().unwrap().presets.push(preset);
    let said = told.fill("2.1", "3", "").unwrap_err().to_string();
    assert_eq!(said, "dòng 2.1 không áp dụng cho đơn vị (không có văn bản)");
    told.fill("1.1", "9", "10").unwrap();
    told.prove("1.1");
    assert_eq!(told.ask(&by("STC", DAY, ""), SheetCommand::Propose), Ok(1));
    let plan = told.round.plan.clone().unwrap();
    assert_eq!(told.sheet.progress(&plan, &set(), "STC"), Progress { lines: 1, filled: 1, proved: 1 });
}

#[test]
fn a_reopened_sheet_is_corrected_and_handed_in_again() {
    let mut told = Telling::submitted(Phase::Council);
    let mut round = Told::in_phase(Phase::Council);
    let reopen = RoundCommand::Reopen { unit: "STC".into(), until: date(2023, 2, 1) };
    round.ask(DAY, "sai số liệu", reopen).unwrap();
    told.round = round.round;
    assert_eq!(told.ask(&by("STC", date(2023, 1, 30), ""), fill("2.1", "3", "", None)), Ok(1));
    let again = SheetCommand::Submit { submission: submission("13/BC-STC") };
    assert_eq!(told.ask(&by("STC", date(2023, 1, 30), ""), again), Ok(1));
    assert_eq!(told.sheet.submissions.len(), 2);
}

#[test]
fn after_the_result_was_published_the_council_decides_of_a_reopened_sheet_alone() {
    let mut told = Telling::submitted(Phase::Council);
    let decide = |value: &str| SheetCommand::Appraise {
        line: "1.1".into(),
        verdict: Verdict::Answer(AnswerText::new(value, "10")),
    };
    let council = |on| by("VP", on, "biên bản họp");
    assert_eq!(told.ask(&council(DAY), decide("8")), Ok(1));
    told.round.standing = Standing::Published;
    let later = date(2023, 5, 8);
    assert_eq!(told.ask(&council(later), decide("7")), Err(SheetRefusal::NoAppraisal));
    told.round.reopened.push(Reopening { unit: "STC".into(), until: later });
    assert_eq!(told.ask(&council(date(2023, 5, 9)), decide("7")), Err(SheetRefusal::NoAppraisal));
    assert_eq!(told.ask(&council(later), decide("7")), Ok(1));
    let line = told.sheet.line("1.1");
    assert_eq!(line.decision(Phase::Council).unwrap().answer, AnswerText::new("7", "10"));
}

#[test]
fn after_the_result_was_published_values_are_given_to_a_reopened_sheet_alone() {
    let mut told = Telling::submitted(Phase::Council);
    told.round.standing = Standing::Published;
    let give = |value: &str| SheetCommand::Give {
        line: "2.2".into(),
        answer: AnswerText::new(value, "100"),
        source: "điều tra lại".into(),
    };
    assert_eq!(told.ask(&by("VP", DAY, ""), give("80")), Err(SheetRefusal::NotRunning));
    told.round.reopened.push(Reopening { unit: "STC".into(), until: DAY });
    told.ask(&by("VP", DAY, ""), give("80")).unwrap();
    assert_eq!(told.sheet.line("2.2").given.as_ref().unwrap().points.points, "16/5");
    let after = DAY.tomorrow().unwrap();
    assert_eq!(told.ask(&by("VP", after, ""), give("90")), Err(SheetRefusal::NotRunning));
}

#[test]
fn what_is_imported_or_proves_many_lines_comes_in_one_act() {
    let mut told = Telling::of("STC");
    let own = by("STC", DAY, "");
    let proved = |lines: &[&str]| SheetCommand::AttachMany {
        lines: lines.iter().map(|line| ((*line).to_owned(), document("15/KH-STC"))).collect(),
    };
    assert!(matches!(told.ask(&own, proved(&["1.1", "9.9"])), Err(SheetRefusal::Lines(wrong)) if wrong.len() == 1));
    assert!(told.sheet.lines.is_empty());
    assert_eq!(told.ask(&own, proved(&["1.1", "2.1"])), Ok(2));
    let values = |lines: &[(&str, &str, &str)]| {
        lines.iter().map(|(line, value, of)| ((*line).to_owned(), AnswerText::new(value, of))).collect()
    };
    let source = || "nguồn: nhập, mô phỏng".to_owned();
    let counted = SheetCommand::CountMany { lines: values(&[("1.1", "9", "10"), ("2.1", "1", "")]), source: source() };
    assert_eq!(told.ask(&by("SNV", DAY, ""), counted), Ok(2));
    assert_eq!(told.sheet.line("1.1").counted.as_ref().unwrap().answer, AnswerText::new("9", "10"));
    let given = |line| SheetCommand::GiveMany { lines: values(&[(line, "3", "4")]), source: source() };
    assert!(matches!(told.ask(&by("SNV", DAY, ""), given("1.1")), Err(SheetRefusal::Lines(_))));
    assert_eq!(told.ask(&by("SNV", DAY, ""), given("2.2")), Ok(1));
}

mod merging;
mod sharing;
