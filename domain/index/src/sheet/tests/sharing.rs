//! A sheet that is split, gathered, and appraised by a body outside.

use super::*;
use crate::round::Share;

/// The sheet of the department of finance, its second criterion answered by the department of justice.
fn split() -> Telling {
    let mut told = Telling::of("STC");
    told.share();
    told
}

impl Telling {
    fn share(&mut self) {
        let plan = self.round.plan.as_mut().unwrap();
        plan.shares = vec![Share { scored: "STC".into(), criterion: "2".into(), unit: "STP".into() }];
        plan.outside = Some("Bộ Nội vụ".into());
    }

    fn by(&mut self, unit: &str, command: SheetCommand) -> Result<usize, SheetRefusal> {
        self.ask(&by(unit, DAY, ""), command)
    }

    /// Whether the part of a unit is handed over.
    fn has(&self, unit: &str) -> bool {
        self.sheet.is_delivered(self.round.plan.as_ref().unwrap(), &set(), "STC", unit)
    }

    fn deliver(&mut self, unit: &str) -> Result<usize, SheetRefusal> {
        self.by(unit, SheetCommand::Deliver { unit: "STP".into() })
    }

    /// Everything answered, handed over and handed in; the round is in that phase.
    fn handed_in(phase: Phase) -> Self {
        let mut told = split();
        told.by("STP", fill("2.1", "2", "", None)).unwrap();
        told.deliver("STP").unwrap();
        told.fill("1.1", "9", "10").unwrap();
        told.prove("1.1");
        told.by("STC", submit()).unwrap();
        told.go_to(phase);
        told.share();
        told
    }
}

#[test]
fn a_unit_that_shares_the_sheet_answers_its_own_lines_alone() {
    let mut told = split();
    assert_eq!(told.by("STP", fill("1.1", "9", "10", None)), Err(SheetRefusal::OthersLine("1.1".into())));
    assert_eq!(told.by("STP", fill("9.9", "9", "", None)), Err(SheetRefusal::UnknownLine("9.9".into())));
    assert_eq!(told.by("SNV", fill("2.1", "2", "", None)), Err(SheetRefusal::NotOwn));
    assert_eq!(told.by("STP", fill("2.1", "2", "", None)), Ok(1));
    let attach = SheetCommand::Attach { line: "2.1".into(), evidence: document("3/BC-STP") };
    assert_eq!(told.by("STP", attach), Ok(1));
    let note = |line: &str| SheetCommand::Note { line: line.into(), text: "ghép".into() };
    assert_eq!(told.by("STP", note("2.1")), Ok(1));
    assert_eq!(told.by("STP", note("1.1")), Err(SheetRefusal::OthersLine("1.1".into())));
    assert_eq!(told.by("STC", fill("2.1", "3", "", None)), Ok(1), "whoever is scored answers any line");
    assert_eq!(told.by("STP", SheetCommand::Propose), Err(SheetRefusal::NotOwn), "a part, not the whole");
}

#[test]
fn a_part_is_handed_over_when_nothing_lacks_and_taken_back_by_a_change() {
    let mut told = split();
    let open = SheetRefusal::Incomplete { empty: vec!["2.1".into()], unproved: vec![], undelivered: vec![] };
    assert_eq!(told.deliver("STP"), Err(open));
    told.by("STP", fill("2.1", "2", "", None)).unwrap();
    assert_eq!(told.deliver("SNV"), Err(SheetRefusal::NotOwn));
    let others = told.by("SNV", SheetCommand::Deliver { unit: "SNV".into() });
    assert_eq!(others, Err(SheetRefusal::NoShare("SNV".into())));
    assert_eq!((told.deliver("STP"), told.deliver("STP")), (Ok(1), Ok(0)));
    assert!(told.has("STP"));
    told.by("STC", fill("2.1", "1", "", None)).unwrap();
    assert!(told.has("STP"), "whoever gathers may mend it");
    told.by("STP", fill("2.1", "3", "", None)).unwrap();
    assert!(matches!(told.sheet.deliveries["STP"], Delivery::Reopened { .. }));
    assert_eq!(told.deliver("STC"), Ok(1), "in its place");
}

#[test]
fn lines_that_are_given_to_a_unit_after_it_handed_over_are_handed_over_anew() {
    let mut told = split();
    told.by("STP", fill("2.1", "2", "", None)).unwrap();
    told.by("STC", fill("1.1", "9", "10", None)).unwrap();
    told.by("STC", SheetCommand::Note { line: "1.1".into(), text: "kế hoạch".into() }).unwrap();
    told.deliver("STP").unwrap();
    assert!(told.has("STP"));
    let shares = &mut told.round.plan.as_mut().unwrap().shares;
    shares.push(Share { scored: "STC".into(), criterion: "1".into(), unit: "STP".into() });
    assert!(!told.has("STP"));
    let plan = told.round.plan.clone().unwrap();
    assert_eq!(told.sheet.undelivered(&plan, &set(), "STC"), ["STP"]);
    assert_eq!((told.deliver("STP"), told.has("STP")), (Ok(1), true));
}

#[test]
fn a_part_is_given_back_with_a_reason() {
    let mut told = split();
    let back = SheetCommand::SendBack { unit: "STP".into() };
    assert_eq!(told.ask(&by("STC", DAY, "x"), back.clone()), Err(SheetRefusal::NotDelivered("STP".into())));
    told.by("STP", fill("2.1", "2", "", None)).unwrap();
    told.deliver("STP").unwrap();
    assert_eq!(told.by("STC", back.clone()), Err(SheetRefusal::NoReason));
    assert_eq!(told.ask(&by("STC", DAY, "thiếu phụ lục"), back.clone()), Ok(1));
    assert_eq!(told.ask(&by("STC", DAY, "thiếu phụ lục"), back), Ok(0), "sent twice");
    assert!(matches!(&told.sheet.deliveries["STP"], Delivery::SentBack { reason, .. } if reason == "thiếu phụ lục"));
    assert_eq!(told.deliver("STP"), Ok(1));
}

#[test]
fn the_whole_is_proposed_when_every_part_is_there() {
    let mut told = split();
    told.fill("1.1", "9", "10").unwrap();
    told.prove("1.1");
    told.fill("2.1", "2", "").unwrap();
    let refused = told.by("STC", SheetCommand::Propose).unwrap_err();
    assert_eq!(refused.to_string(), "1 đơn vị chưa giao phần việc: STP");
    assert_eq!(told.by("STC", submit()), Err(refused));
    told.deliver("STC").unwrap();
    assert_eq!(told.by("STC", SheetCommand::Propose), Ok(1));
    assert_eq!(told.ask(&by("STC", DAY, "sai"), SheetCommand::SendBack { unit: "STP".into() }), Ok(1));
    assert_eq!(told.sheet.standing, SheetStanding::Open, "a proposed sheet that lost a part is proposed again");
}

#[test]
fn each_part_says_how_far_it_is_and_what_it_lacks() {
    let mut told = split();
    let plan = told.round.plan.clone().unwrap();
    let of = |sheet: &Sheet, unit: &str| sheet.progress_of(&plan, &set(), "STC", unit);
    told.by("STP", fill("2.1", "2", "", None)).unwrap();
    assert_eq!(of(&told.sheet, "STP"), Progress { lines: 1, filled: 1, proved: 1 });
    assert_eq!(of(&told.sheet, "STC"), Progress { lines: 1, filled: 0, proved: 0 });
    assert_eq!(told.sheet.missing_of(&plan, &set(), "STC", "STC"), (vec!["1.1".into()], vec![]));
    assert_eq!(told.sheet.undelivered(&plan, &set(), "STC"), ["STP"]);
}

fn record(line: &str, verdict: Verdict, reason: &str, dated: Date) -> SheetCommand {
    let document = Document { number: "512/BNV-CCHC".into(), dated };
    SheetCommand::Record { lines: vec![(line.into(), verdict, reason.into())], document }
}

#[test]
fn what_a_body_outside_decides_is_recorded_with_its_document_and_nobody_here_appraises() {
    let mut told = Telling::handed_in(Phase::FirstAppraisal);
    let points = |text: &str| Verdict::Points(text.parse().unwrap());
    let here = told.ask(&by("SNV", DAY, "x"), appraise("1.1", Verdict::Accept)).unwrap_err();
    assert_eq!(here, SheetRefusal::AppraisedOutside("Bộ Nội vụ".into()));
    assert_eq!(told.by("STC", appraise("1.1", Verdict::Accept)), Err(SheetRefusal::OwnUnit));
    let first = |refusal: SheetRefusal| match refusal {
        SheetRefusal::Lines(lines) => *lines[0].1.clone(),
        other => other,
    };
    let silent = told.by("STC", record("1.1", points("7"), "", DAY)).unwrap_err();
    assert_eq!(first(silent), SheetRefusal::NoReason);
    let early = told.by("STC", record("1.1", points("7"), "thiếu", date(2023, 1, 17))).unwrap_err();
    assert_eq!(first(early), SheetRefusal::FutureDocument);
    assert_eq!(told.by("STC", record("1.1", points("7"), "thiếu tài liệu", DAY)), Ok(1));
    assert_eq!(told.by("STC", record("1.1", points("7"), "thiếu tài liệu", DAY)), Ok(0));
    let line = told.sheet.line("1.1").into_owned();
    let decision = line.decision(Phase::FirstAppraisal).unwrap();
    assert_eq!((decision.by.as_str(), decision.points.points.as_str()), ("Bộ Nội vụ", "7"));
    assert_eq!(decision.recorded.as_ref().unwrap().document.number, "512/BNV-CCHC");
    assert_eq!(told.by("STC", record("2.2", points("3.5"), "SIPAS", DAY)), Ok(1), "surveys are theirs too");
}

#[test]
fn what_it_asks_is_answered_by_the_unit_whose_line_it_is() {
    let mut told = Telling::handed_in(Phase::FirstAppraisal);
    let document = Document { number: "498/BNV-CCHC".into(), dated: DAY };
    let (question, until) = ("Còn văn bản nào?".to_owned(), date(2023, 1, 20));
    let ask = SheetCommand::RecordQuestion { line: "2.1".into(), question, until, document };
    assert_eq!(told.by("26", ask), Ok(1));
    assert_eq!(told.sheet.line("2.1").asked.as_ref().unwrap().by, "Bộ Nội vụ");
    assert_eq!(told.by("STP", fill("2.1", "3", "", None)), Ok(1));
    assert!(told.sheet.line("2.1").asked.as_ref().unwrap().answered && told.has("STP"));
}

#[test]
fn a_unit_explains_its_own_lines_and_points_follow_each_step() {
    let mut told = Telling::handed_in(Phase::FirstAppraisal);
    told.by("26", record("2.1", Verdict::Points("2".parse().unwrap()), "trùng", DAY)).unwrap();
    told.go_to(Phase::Explaining);
    told.share();
    let explain =
        |line: &str| SheetCommand::Explain { line: line.into(), agrees: false, text: "có phụ lục".into() };
    assert_eq!(told.by("STP", explain("1.1")), Err(SheetRefusal::OthersLine("1.1".into())));
    assert_eq!(told.by("STP", explain("2.1")), Ok(1));
    told.go_to(Phase::Council);
    told.share();
    told.by("26", record("2.1", Verdict::Answer(AnswerText::new("2", "")), "chấp nhận", DAY)).unwrap();
    let line = told.sheet.line("2.1").into_owned();
    let at = |phase| line.decision(phase).unwrap().points.points.clone();
    assert_eq!((at(Phase::FirstAppraisal), at(Phase::Council)), ("2".into(), "4".into()));
}

#[test]
fn where_agencies_here_appraise_nothing_is_recorded_from_outside() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    let refused = told.by("STC", record("1.1", Verdict::Accept, "", DAY)).unwrap_err();
    assert!(refused.to_string().contains("trong hệ thống"), "{refused}");
}
