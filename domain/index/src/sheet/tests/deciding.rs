//! What agencies and the council decide, and what the unit says to it.

use super::*;

#[test]
fn a_line_that_changed_since_it_was_seen_is_told_and_not_overwritten() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    let mark = told.sheet.line("1.1").mark();
    let decide = |value: &str, mark: &str| SheetCommand::AppraiseSeen {
        lines: vec![("1.1".into(), Verdict::Answer(AnswerText::new(value, "10")), mark.to_owned())],
    };
    assert_eq!(told.ask(&by("SNV", DAY, "một việc chưa xong"), decide("8", &mark)), Ok(1));
    assert_eq!(told.ask(&by("SNV", DAY, "một việc chưa xong"), decide("8", &mark)), Ok(0), "both decided the same");
    let said = told.ask(&by("SNV", DAY, "hai việc"), decide("7", &mark)).unwrap_err().to_string();
    assert!(said.contains("«9 / 10»") && said.contains("«8 / 10»"), "{said}");
    let mark = told.sheet.line("1.1").mark();
    assert_eq!(told.ask(&by("SNV", DAY, "hai việc"), decide("7", &mark)), Ok(1));
    assert_eq!(told.sheet.line("1.1").decisions.len(), 1);
}

#[test]
fn many_lines_are_decided_together_or_not_at_all() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    let many = |points: &str| SheetCommand::AppraiseMany {
        lines: vec![
            ("1.1".into(), Verdict::Accept),
            ("2.1".into(), Verdict::Points(points.parse().unwrap())),
            ("9.9".into(), Verdict::Accept),
        ],
    };
    let SheetRefusal::Lines(wrong) = told.ask(&by("SNV", DAY, "kiểm tra"), many("0.5")).unwrap_err() else {
        panic!()
    };
    assert!(wrong.iter().any(|(line, _)| line == "9.9"));
    assert!(told.sheet.lines.values().all(|line| line.decisions.is_empty()));
    let accept = SheetCommand::AppraiseMany { lines: vec![("1.1".into(), Verdict::Accept)] };
    assert_eq!(told.ask(&by("SNV", DAY, ""), accept.clone()), Ok(1));
    assert_eq!(told.ask(&by("SNV", DAY, ""), accept), Ok(0));
}

#[test]
fn an_agency_decides_its_fields_with_a_reason_where_it_differs() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    let change = || appraise("1.1", Verdict::Answer(AnswerText::new("8", "10")));
    let others = told.ask(&by("STP", DAY, "x"), change());
    assert!(matches!(others, Err(SheetRefusal::OthersField { .. })), "{others:?}");
    assert_eq!(told.ask(&by("STC", DAY, "x"), change()), Err(SheetRefusal::OwnUnit));
    assert_eq!(told.ask(&by("SNV", DAY, ""), change()), Err(SheetRefusal::NoReason));
    assert_eq!(told.ask(&by("SNV", DAY, "một việc chưa xong"), change()), Ok(1));
    assert_eq!(told.ask(&by("SNV", DAY, "một việc chưa xong"), change()), Ok(0));
    assert_eq!(told.ask(&by("STP", DAY, ""), appraise("2.1", Verdict::Accept)), Ok(1));
    let line = told.sheet.line("1.1").into_owned();
    let decision = line.decision(Phase::FirstAppraisal).unwrap();
    assert_eq!((decision.points.points.as_str(), decision.by.as_str()), ("8", "SNV"));
    assert_eq!(line.points.unwrap().points, "9", "what the unit said stays");
}

#[test]
fn points_can_be_fixed_within_the_maximum() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    let fix = |points: &str| appraise("2.1", Verdict::Points(points.parse().unwrap()));
    assert!(matches!(told.ask(&by("STP", DAY, "x"), fix("6.5")), Err(SheetRefusal::Unreadable { .. })));
    assert_eq!(told.ask(&by("STP", DAY, "thiếu một văn bản"), fix("3.5")), Ok(1));
    assert_eq!(told.sheet.line("2.1").decision(Phase::Council).unwrap().points.points, "7/2");
}

#[test]
fn a_unit_explains_what_was_decided_and_the_second_appraisal_follows() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    let less = || appraise("1.1", Verdict::Answer(AnswerText::new("8", "10")));
    told.ask(&by("SNV", DAY, "một việc chưa xong"), less()).unwrap();
    let explain =
        |line: &str, agrees, text: &str| SheetCommand::Explain { line: line.into(), agrees, text: text.into() };
    assert_eq!(told.ask(&by("STC", DAY, ""), explain("1.1", true, "")), Err(SheetRefusal::NoExplaining));
    told.go_to(Phase::Explaining);
    assert_eq!(told.ask(&by("STC", DAY, ""), explain("1.1", false, "")), Err(SheetRefusal::NoReason));
    assert_eq!(told.ask(&by("STC", DAY, ""), explain("2.1", true, "")), Err(SheetRefusal::NotDecided("2.1".into())));
    assert_eq!(told.ask(&by("STC", DAY, ""), explain("1.1", false, "đã xong ngày 30/12")), Ok(1));
    told.go_to(Phase::SecondAppraisal);
    told.ask(&by("SNV", DAY, "có biên bản"), appraise("1.1", Verdict::Answer(AnswerText::new("9", "10")))).unwrap();
    told.go_to(Phase::Council);
    told.ask(&by("26", DAY, ""), appraise("1.1", Verdict::Accept)).unwrap();
    let line = told.sheet.line("1.1").into_owned();
    let steps: Vec<(Phase, &str)> =
        line.decisions.iter().map(|known| (known.phase, known.points.points.as_str())).collect();
    assert_eq!(
        steps,
        [(Phase::FirstAppraisal, "8"), (Phase::SecondAppraisal, "9"), (Phase::Council, "9")],
        "each step keeps its own score"
    );
}
