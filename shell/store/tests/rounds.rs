//! Rounds and sheets in the store: what is decided stands in the read tables; what a round froze holds.
#![allow(missing_docs)]

mod common;
mod filled;

use cchc_index::round::{Packed, Phase, Publication, Ranked, RoundCommand, Share};
use cchc_index::sheet::{Evidence, Proof, SheetCommand, SheetStanding, Submission, Tally, Verdict};
use cchc_index::{AnswerText, RoundRefusal, Sheet, SheetRefusal};
use cchc_ledger::Hash;
use cchc_store::sheets::GroupPoints;
use cchc_store::{CommitError, Store, rounds as round_store, sheets};
use common::Place;
use filled::rounds::{self, of_unit};

on_every_engine!(
    a_sheet_is_listed_as_it_is_filled_handed_in_and_appraised,
    a_round_stands_in_the_lists_of_its_units,
    what_is_refused_leaves_the_sheet_as_it_was,
    two_officers_at_once_are_told_of_one_another,
    a_round_opens_only_with_sets_that_can_be_read,
    what_happens_to_a_round_changes_the_mark_and_what_is_published_is_found,
    sheets_are_carried_over_by_a_job_however_often_it_runs,
    what_is_answered_stands_beside_the_line,
    a_unit_finds_the_sheets_of_others_in_which_it_shares,
    a_group_is_averaged_over_the_units_that_handed_in,
);

async fn refused(store: &Store, request: &str, unit: &str, command: SheetCommand) -> SheetRefusal {
    let stream = sheets::stream("mp-2021", "mp01").unwrap();
    match store.commit::<Sheet>(&stream, command, of_unit(request, unit)).await.unwrap_err() {
        CommitError::Refused(refusal) => refusal,
        other => panic!("{other}"),
    }
}

fn fill(line: &str, value: &str, of: &str) -> SheetCommand {
    SheetCommand::Fill { line: line.to_owned(), answer: AnswerText::new(value, of), seen: None }
}

async fn a_sheet_is_listed_as_it_is_filled_handed_in_and_appraised(place: Place) {
    let store = &place.store;
    rounds::fill(store).await;
    let rows = store.sheet_list("mp-2021").await.unwrap();
    let said: Vec<_> = rows.iter().map(|row| (row.unit.as_str(), row.standing, row.filled, row.decided)).collect();
    assert_eq!(said, [("mp01", SheetStanding::Submitted, 2, 1), ("mp02", SheetStanding::Open, 0, 0)]);
    assert_eq!((rows[0].number.as_str(), rows[0].dated), ("12/BC-MP", Some(jiff::civil::date(2021, 10, 13))));
    let lines = store.sheet_line_list("mp-2021", "1.1").await.unwrap();
    assert_eq!(lines.len(), 1);
    let line = &lines[0].line;
    assert_eq!(line.points.as_ref().unwrap().points, "9");
    assert_eq!(line.decision(Phase::Council).unwrap().points.points, "8");
    assert_eq!(store.sheet_find("mp-2021", "mp01").await.unwrap().lines["1.1"], *line);
    let phases = store.sheet_phase_list("mp-2021").await.unwrap();
    let of = |phase: Phase| phases["mp01"].get(&phase).map(|tallies| tallies.clone().into_iter().collect::<Vec<_>>());
    let share = |done| Some(vec![("mp00.NV".to_owned(), Tally { of: 1, done, asked: 0 })]);
    assert_eq!((phases.len(), of(Phase::FirstAppraisal), of(Phase::Explaining)), (1, share(1), share(0)));
    assert_eq!(of(Phase::SecondAppraisal), None);
}

async fn a_group_is_averaged_over_the_units_that_handed_in(place: Place) {
    let store = &place.store;
    rounds::opened(store).await;
    let own = async |request: &str, unit: &str, command: SheetCommand| {
        let stream = sheets::stream("mp-2021", unit).unwrap();
        store.commit::<Sheet>(&stream, command, of_unit(request, unit)).await.unwrap();
    };
    own("a1", "mp01", fill("1.1", "9", "10")).await;
    own("b1", "mp02", fill("1.1", "10", "10")).await;
    assert_eq!(store.sheet_points("mp-2021", "xa").await.unwrap(), GroupPoints::default());
    for (request, unit) in [("a", "mp01"), ("b", "mp02")] {
        own(&format!("{request}2"), unit, fill("1.2", "3", "")).await;
        let proof = Proof::Document { number: "15/KH-MP".into(), dated: None, about: "Kế hoạch".into() };
        let evidence = Evidence { id: "e1".into(), proof, section: String::new(), page: String::new() };
        own(&format!("{request}3"), unit, SheetCommand::Attach { line: "1.1".into(), evidence }).await;
        if unit == "mp01" {
            // A part of its sheet is another unit's; its own people hand that over as well.
            own("a3-part", unit, SheetCommand::Deliver { unit: "mp00.TP".into() }).await;
        }
        let (number, dated) = ("12/BC-MP".to_owned(), jiff::civil::date(2021, 10, 13));
        let submission = Submission { number, dated, signed: None, signer: String::new(), proposals: String::new() };
        own(&format!("{request}4"), unit, SheetCommand::Submit { submission }).await;
    }
    let found = store.sheet_points("mp-2021", "xa").await.unwrap();
    let means: Vec<_> = found.lines.iter().map(|line| (line.criterion.as_str(), line.mean.fraction())).collect();
    assert_eq!((found.units, means), (2, vec![("1.1", "19/2".to_owned()), ("1.2", "6".to_owned())]));
    assert_eq!(store.sheet_points("mp-2021", "so").await.unwrap(), GroupPoints::default());
    filled::assert_sound(store).await;
}

async fn a_round_stands_in_the_lists_of_its_units(place: Place) {
    let store = &place.store;
    rounds::opened(store).await;
    let all = store.round_list().await.unwrap();
    assert_eq!((all.len(), all[0].standing.as_str(), all[0].phase.as_str()), (1, "running", "self-scoring"));
    assert_eq!(store.round_list_of("mp02").await.unwrap(), all);
    let into = Ranked { code: "mp03".into(), name: "Xã mới".into(), group: "xa".into() };
    let merge =
        RoundCommand::Merge { from: vec!["mp01".into(), "mp02".into()], into, until: None, substitutes: Vec::new() };
    rounds::round(store, "sap-nhap", merge).await;
    assert_eq!(store.round_list_of("mp02").await.unwrap(), []);
    assert_eq!(store.round_list_of("mp03").await.unwrap()[0].units, 1);
    assert!(store.round_find("mp-2021").await.unwrap().is_some());
    assert!(store.round_find("khong/co").await.unwrap().is_none());
}

async fn what_is_refused_leaves_the_sheet_as_it_was(place: Place) {
    let store = &place.store;
    rounds::opened(store).await;
    assert_eq!(refused(store, "x1", "mp02", fill("1.1", "1", "2")).await, SheetRefusal::NotOwn);
    assert!(matches!(refused(store, "x2", "mp01", fill("1.1", "một", "2")).await, SheetRefusal::Unreadable { .. }));
    let accept = SheetCommand::Appraise { line: "1.1".into(), verdict: Verdict::Accept };
    assert_eq!(refused(store, "x3", "mp00.NV", accept).await, SheetRefusal::NoAppraisal);
    assert_eq!(store.sheet_find("mp-2021", "mp01").await.unwrap(), Sheet::default());
    assert_eq!(store.sheet_list("mp-2021").await.unwrap()[0].filled, 0);
}

async fn two_officers_at_once_are_told_of_one_another(place: Place) {
    let store = &place.store;
    rounds::opened(store).await;
    let stream = sheets::stream("mp-2021", "mp01").unwrap();
    let ask = async |request: &str, value: &str| {
        let command = SheetCommand::Fill { line: "1.2".into(), answer: AnswerText::new(value, ""), seen: Some(0) };
        store.commit::<Sheet>(&stream, command, of_unit(request, "mp01")).await
    };
    let (first, second) = tokio::join!(ask("a", "1"), ask("b", "2"));
    let refused = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused.as_slice(), [CommitError::Refused(SheetRefusal::Conflict { .. })]), "{refused:?}");
    assert_eq!(store.sheet_find("mp-2021", "mp01").await.unwrap().lines["1.2"].seen, 1);
}

async fn a_round_opens_only_with_sets_that_can_be_read(place: Place) {
    let store = &place.store;
    let plan = Box::new(rounds::plan());
    rounds::round(store, "dot-1", RoundCommand::Plan { plan }).await;
    let stream = round_store::stream("mp-2021").unwrap();
    let open = RoundCommand::Open { days_off: Vec::new() };
    let refused = store.commit::<cchc_index::Round>(&stream, open, of_unit("mo", "mp00")).await.unwrap_err();
    assert!(matches!(refused, CommitError::Refused(RoundRefusal::Problems(_))), "{refused}");
}

async fn what_happens_to_a_round_changes_the_mark_and_what_is_published_is_found(place: Place) {
    let store = &place.store;
    assert_eq!(store.round_mark().await.unwrap(), 0);
    rounds::opened(store).await;
    let opened = store.round_mark().await.unwrap();
    sheets_only(store).await;
    assert_eq!(store.round_mark().await.unwrap(), opened, "a sheet is no round");
    assert_eq!(store.round_list_published().await.unwrap(), []);
    rounds::round(store, "len-hoi-dong", RoundCommand::Advance { to: Phase::Council }).await;
    let publication = Publication {
        decision: "12/QĐ-MP".into(),
        on: jiff::civil::date(2021, 10, 30),
        packages: vec![Packed { group: rounds::plan().groups[0].code.clone(), package: Hash([5; 32]) }],
    };
    rounds::round(store, "cong-bo-12", RoundCommand::Publish { publication: publication.clone() }).await;
    assert!(store.round_mark().await.unwrap() > opened);
    let found = store.round_list_published().await.unwrap();
    let found: Vec<_> = found.iter().map(|(id, round)| (id.as_str(), round.results.clone())).collect();
    assert_eq!(found, [("mp-2021", vec![publication])]);
}

async fn sheets_only(store: &Store) {
    rounds::sheet(store, "dien-1.2", "mp01", fill("1.2", "1", "")).await;
}

async fn sheets_are_carried_over_by_a_job_however_often_it_runs(place: Place) {
    let store = &place.store;
    rounds::opened(store).await;
    let answer = AnswerText::new("9", "10");
    let fill = SheetCommand::Fill { line: "1.1".to_owned(), answer, seen: None };
    rounds::sheet(store, "dong-1", "mp01", fill).await;
    let into = Ranked { code: "mp03".into(), name: "Xã mới".into(), group: "xa".into() };
    let from = vec!["mp01".into(), "mp02".into()];
    rounds::round(store, "sap-nhap", RoundCommand::Merge { from, into, until: None, substitutes: Vec::new() }).await;
    let job = loop {
        let job = store.job_take().await.unwrap().expect("a job");
        if job.kind == round_store::TAKE_OVER {
            break job;
        }
        store.job_put(job, Ok(())).await.unwrap();
    };
    store.take_over_run(&job).await.unwrap();
    store.take_over_run(&job).await.unwrap();
    let sheet = store.sheet_find("mp-2021", "mp03").await.unwrap();
    assert_eq!((sheet.lines["1.1"].answer.value.as_str(), sheet.lines["1.1"].seen), ("9", 1));
    assert_eq!(sheet.lines["1.1"].origins[0].name, "Xã mô phỏng");
    assert_eq!(store.sheet_list("mp-2021").await.unwrap()[0].filled, 1);
    filled::assert_sound(store).await;
}

async fn what_is_answered_stands_beside_the_line(place: Place) {
    use cchc_index::ThreadCommand as C;
    let store = &place.store;
    rounds::opened(store).await;
    let ask = |text: &str| C::Ask { group: "xa".to_owned(), text: text.to_owned() };
    rounds::thread(store, "hoi-1", "mp01", ask("Tính thế nào?")).await;
    rounds::thread(store, "dap-1", "mp00", C::Answer { question: 1, text: "Mỗi việc một điểm".to_owned() }).await;
    rounds::thread(store, "hoi-2", "mp02", ask("Còn việc quá hạn?")).await;
    let found = store.thread_answers("mp-2021").await.unwrap();
    let row = &found[&("xa".to_owned(), "1.1".to_owned())];
    assert_eq!((row.questions, row.open, row.latest.number), (2, 1, 1));
    assert_eq!(row.latest.answer.as_ref().unwrap().text, "Mỗi việc một điểm");
    assert_eq!(store.thread_list("mp-2021").await.unwrap()[0].question, "Còn việc quá hạn?");
}

async fn a_unit_finds_the_sheets_of_others_in_which_it_shares(place: Place) {
    let store = &place.store;
    rounds::opened(store).await;
    let found = async || store.part_list_of("mp00.TP").await.unwrap();
    let rows = found().await;
    let said: Vec<_> = rows.iter().map(|row| (row.scored.as_str(), row.name.as_str(), row.standing.as_str())).collect();
    assert_eq!(said, [("mp01", "Xã mô phỏng", "")]);
    assert_eq!(store.part_list_of("mp02").await.unwrap(), []);
    assert_eq!(refused(store, "x1", "mp00.TP", fill("1.1", "1", "2")).await, SheetRefusal::OthersLine("1.1".into()));
    let deliver = || SheetCommand::Deliver { unit: "mp00.TP".into() };
    assert!(matches!(refused(store, "x2", "mp00.TP", deliver()).await, SheetRefusal::Incomplete { .. }));
    rounds::sheet(store, "dong", "mp00.TP", fill("1.2", "3", "")).await;
    rounds::sheet(store, "giao", "mp00.TP", deliver()).await;
    assert_eq!(found().await[0].standing, "delivered");
    rounds::sheet(store, "tra", "mp01", SheetCommand::SendBack { unit: "mp00.TP".into() }).await;
    assert_eq!(found().await[0].standing, "sent-back");
    rounds::sheet(store, "giao-2", "mp00.TP", deliver()).await;
    rounds::sheet(store, "dong-2", "mp00.TP", fill("1.2", "4", "")).await;
    assert_eq!(found().await[0].standing, "reopened");
    let shares = vec![Share { scored: "mp01".into(), criterion: "1.2".into(), unit: "mp02".into() }];
    rounds::round(store, "chuyen", RoundCommand::Share { scored: "mp01".into(), shares }).await;
    assert_eq!((found().await, store.part_list_of("mp02").await.unwrap().len()), (vec![], 1));
    filled::assert_sound(store).await;
}
