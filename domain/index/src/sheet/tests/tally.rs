//! How far a sheet is in each phase, by agency.

use super::*;

fn of(told: &Telling, phase: Phase) -> Vec<(String, [u32; 3])> {
    told.sheet.tallies(phase).into_iter().map(|(agency, one)| (agency, [one.of, one.done, one.asked])).collect()
}

fn one(agency: &str, counts: [u32; 3]) -> Vec<(String, [u32; 3])> {
    vec![(agency.to_owned(), counts)]
}

#[test]
fn a_line_passes_from_one_phase_to_the_next_as_it_is_decided_and_explained() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    assert!(Phase::ALL.into_iter().all(|phase| !told.sheet.has_reached(phase) && of(&told, phase).is_empty()));
    let lower = Verdict::Answer(AnswerText::new("8", "10"));
    told.ask(&by("SNV", DAY, "thiếu 1 việc"), appraise("1.1", lower.clone())).unwrap();
    assert_eq!(of(&told, Phase::FirstAppraisal), one("SNV", [1, 1, 0]));
    assert_eq!(of(&told, Phase::Explaining), one("SNV", [1, 0, 0]));
    assert!(!told.sheet.has_reached(Phase::SecondAppraisal));
    told.go_to(Phase::Explaining);
    let explain = SheetCommand::Explain { line: "1.1".into(), agrees: false, text: "đã làm đủ".into() };
    told.ask(&by("STC", DAY, ""), explain).unwrap();
    assert_eq!(of(&told, Phase::Explaining), one("SNV", [1, 1, 0]));
    assert_eq!(of(&told, Phase::SecondAppraisal), one("SNV", [1, 0, 0]));
    assert_eq!(of(&told, Phase::Council), one("SNV", [1, 0, 0]));
    told.go_to(Phase::SecondAppraisal);
    told.ask(&by("SNV", DAY, "giữ nguyên"), appraise("1.1", lower.clone())).unwrap();
    assert_eq!(of(&told, Phase::SecondAppraisal), one("SNV", [1, 1, 0]));
    told.go_to(Phase::Council);
    told.ask(&by("HD", DAY, "kết luận"), appraise("1.1", lower)).unwrap();
    assert_eq!(of(&told, Phase::Council), one("HD", [1, 1, 0]));
}

#[test]
fn a_question_is_counted_until_the_unit_answers() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    let question =
        SheetCommand::AskBack { line: "1.1".into(), question: "phụ lục?".into(), until: date(2023, 3, 1) };
    told.ask(&by("SNV", DAY, ""), question).unwrap();
    assert_eq!(of(&told, Phase::FirstAppraisal), one("SNV", [1, 0, 1]));
    told.ask(&by("STC", DAY, ""), SheetCommand::Note { line: "1.1".into(), text: "phụ lục 2".into() }).unwrap();
    assert_eq!(of(&told, Phase::FirstAppraisal), []);
    assert!(told.sheet.has_reached(Phase::FirstAppraisal), "what was counted once is counted again");
}

#[test]
fn what_is_accepted_or_given_from_elsewhere_needs_no_explanation() {
    let mut told = Telling::submitted(Phase::FirstAppraisal);
    told.ask(&by("SNV", DAY, ""), appraise("1.1", Verdict::Accept)).unwrap();
    assert_eq!(of(&told, Phase::Explaining), []);
    let give = SheetCommand::Give { line: "2.2".into(), answer: AnswerText::new("80", "100"), source: "đo".into() };
    told.ask(&by("VP", DAY, ""), give).unwrap();
    told.ask(&by("SNV", DAY, ""), appraise("2.2", Verdict::Accept)).unwrap();
    assert_eq!(of(&told, Phase::FirstAppraisal), one("SNV", [1, 1, 0]));
}
