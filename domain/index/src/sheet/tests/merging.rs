//! What a unit takes over from those that it was made of.

use super::*;

/// The sheet of a former unit with these answers to line 2.1 and evidence at 1.1.
fn former(unit: &'static str, answer: &str) -> Former {
    let mut told = Telling::of(unit);
    told.fill("1.1", "9", "10").unwrap();
    told.prove("1.1");
    told.fill("2.1", answer, "").unwrap();
    Former { unit: unit.into(), name: format!("Sở {unit}"), sheet: told.sheet, set: Some(set()) }
}

/// The department that the two others became, with what it takes over.
fn merged(formers: Vec<Former>, unit: &'static str) -> Telling {
    let mut round = Told::opened();
    let from: Vec<String> = formers.iter().map(|former| former.unit.clone()).collect();
    let into = crate::round::Ranked { code: unit.into(), name: "Sở mới".into(), group: "so".into() };
    let field = "tu-phap".to_owned();
    let substitutes = vec![crate::round::Substitute { field, scored: unit.into(), unit: "SNV".into() }];
    let merge = RoundCommand::Merge { from: from.clone(), into, until: None, substitutes };
    round.ask(DAY, "NQ 1", merge).unwrap();
    let mut told = Telling::of(unit);
    told.round = round.round;
    if let Some(own) = formers.iter().find(|former| former.unit == unit) {
        told.sheet = own.sheet.clone();
    }
    told.former = formers;
    told.ask(&by("26", DAY, ""), SheetCommand::TakeOver { from: from.clone() }).unwrap();
    assert_eq!(told.ask(&by("26", DAY, ""), SheetCommand::TakeOver { from }), Ok(0), "once");
    told
}

#[test]
fn a_new_unit_begins_with_what_the_former_ones_said() {
    let told = merged(vec![former("STP", "3"), former("STC", "2")], "SMOI");
    let (same, other) = (told.sheet.line("1.1").into_owned(), told.sheet.line("2.1").into_owned());
    assert_eq!((same.answer.value.as_str(), same.evidence.len()), ("9", 1), "one document stands once");
    assert!(other.answer.is_empty() && other.is_contradicted());
    let said: Vec<(&str, &str)> =
        other.origins.iter().map(|origin| (origin.unit.as_str(), origin.answer.value.as_str())).collect();
    assert_eq!(said, [("STP", "3"), ("STC", "2")]);
    assert_eq!(told.sheet.contradicted().collect::<Vec<_>>(), ["2.1"]);
    let mut told = told;
    assert!(told.ask(&by("SMOI", DAY, ""), SheetCommand::Propose).is_err(), "what is contradicted is open");
    told.fill("2.1", "3", "").unwrap();
    assert_eq!(told.sheet.contradicted().count(), 0);
    assert_eq!(told.sheet.line("2.1").origins.len(), 2, "what they said stays");
}

#[test]
fn a_unit_that_absorbs_another_is_one_of_the_voices() {
    let told = merged(vec![former("STC", "2"), former("STP", "2")], "STC");
    assert_eq!(told.points("2.1"), "4");
    let told = merged(vec![former("STC", "2"), former("STP", "1")], "STC");
    assert!(told.sheet.line("2.1").is_contradicted());
    let mut stranger = Telling::of("SNV");
    let take = SheetCommand::TakeOver { from: vec!["STC".into()] };
    assert_eq!(stranger.ask(&by("26", DAY, ""), take), Err(SheetRefusal::NotMerged));
}

#[test]
fn what_another_set_asks_differently_is_not_taken_over() {
    let mut other = (*set()).clone();
    other.criteria.iter_mut().filter(|node| node.code == "2.1").for_each(|node| node.title = "Khác".into());
    let foreign = Former { set: Some(Arc::new(other)), ..former("STP", "3") };
    let told = merged(vec![foreign], "SMOI");
    assert!(told.sheet.line("2.1").origins.is_empty() && !told.sheet.line("1.1").origins.is_empty());
}

fn with_survey(unit: &'static str, value: &str, source: &str) -> Former {
    let mut told = Telling::of(unit);
    told.fill("1.1", "9", "10").unwrap();
    let answer = AnswerText::new(value, "100");
    told.ask(&by("26", DAY, ""), SheetCommand::Give { line: "2.2".into(), answer, source: source.into() }).unwrap();
    Former { unit: unit.into(), name: format!("Sở {unit}"), sheet: told.sheet, set: Some(set()) }
}

fn given(told: &Telling) -> Option<(String, String, String)> {
    let given = told.sheet.line("2.2").given.clone()?;
    Some((given.answer.value, given.points.points, given.source))
}

#[test]
fn a_value_from_elsewhere_is_carried_over_where_the_former_units_agree() {
    let some = |source: &str| Some(("80".to_owned(), "16/5".to_owned(), source.to_owned()));
    let told = merged(vec![with_survey("STP", "80", "điều tra"), with_survey("STC", "80", "điều tra")], "SMOI");
    assert_eq!(given(&told), some("điều tra"));
    assert_eq!(told.sheet.line("2.2").origins.len(), 2);
    let told = merged(vec![with_survey("STP", "80", "điều tra"), with_survey("STC", "80", "sổ")], "SMOI");
    assert_eq!(given(&told), some("Sở STP: điều tra; Sở STC: sổ"));
    let told = merged(vec![with_survey("STP", "80", "điều tra"), former("STC", "2")], "SMOI");
    assert_eq!(given(&told), some("điều tra"), "only one has any");
}

#[test]
fn where_values_from_elsewhere_differ_the_line_is_open_until_one_is_given() {
    let mut told = merged(vec![with_survey("STC", "80", "điều tra"), with_survey("STP", "60", "sổ")], "STC");
    let line = told.sheet.line("2.2").into_owned();
    assert!(line.given.is_none() && line.is_given_open(), "also where it took part itself");
    let had: Vec<&str> = line.origins.iter().map(|one| one.given.as_ref().unwrap().answer.value.as_str()).collect();
    assert_eq!(had, ["80", "60"]);
    assert_eq!(told.sheet.contradicted().count(), 0, "the unit itself can do nothing about it");
    let (answer, source) = (AnswerText::new("70", "100"), "điều tra chung".to_owned());
    told.ask(&by("26", DAY, ""), SheetCommand::Give { line: "2.2".into(), answer, source }).unwrap();
    assert!(!told.sheet.line("2.2").is_given_open());
}

#[test]
fn what_a_register_counted_is_carried_over_alike() {
    let count = |unit: &'static str, value: &str| {
        let mut told = Telling::of(unit);
        let (line, answer) = ("2.1".to_owned(), AnswerText::new(value, ""));
        told.ask(&by("26", DAY, ""), SheetCommand::Count { line, answer, source: "sổ".into() }).unwrap();
        Former { unit: unit.into(), name: unit.into(), sheet: told.sheet, set: Some(set()) }
    };
    let told = merged(vec![count("STP", "2"), count("STC", "2")], "SMOI");
    assert_eq!(told.sheet.line("2.1").counted.as_ref().unwrap().points.points, "4");
    let told = merged(vec![count("STP", "2"), count("STC", "3")], "SMOI");
    assert!(told.sheet.line("2.1").counted.is_none());
}

#[test]
fn what_was_taken_over_before_values_were_carried_leaves_them_as_they_stand() {
    let mut told = Telling::of("STC");
    let (answer, source) = (AnswerText::new("80", "100"), "điều tra".to_owned());
    told.ask(&by("26", DAY, ""), SheetCommand::Give { line: "2.2".into(), answer, source }).unwrap();
    let earlier = r#"{"answer":{"value":"","of":""},"points":null,"note":"","evidence":[],"origins":[]}"#;
    let taken: Taken = serde_json::from_str(earlier).unwrap();
    let envelope = envelope("sheet/r/u", 9, &by("26", DAY, ""));
    let event = SheetEvent::TookOver { line: "2.2".into(), taken };
    told.sheet.apply(&StoredEvent { envelope: &envelope, event: &event });
    assert_eq!(given(&told).unwrap().0, "80");
}
