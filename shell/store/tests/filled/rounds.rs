//! An invented round of two units, and what one of them says of itself.

use cchc_index::round::{Assigned, Deadline, Group, Phase, Plan, Ranked, RoundCommand, Share};
use cchc_index::sheet::{Evidence, Proof, SheetCommand, Submission, Verdict};
use cchc_index::{AnswerText, Round, Sheet, Thread, ThreadCommand};
use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_ledger::{Context, Hash};
use cchc_store::{Store, rounds, rules, sheets, threads};
use jiff::civil::date;

use crate::common::context;

/// A set of two lines.
pub const SET: &str = r#"
id = "mo-phong"
title = "Bộ mô phỏng"
year = 2021
status = "illustrative"
status_note = "mô phỏng"
source = "mô phỏng"
total = "20"
result = "percent"
result_decimals = 2
rank_basis = "unrounded"
ties = "shared"

[[group]]
code = "xa"
name = "Xã"

[[class]]
name = "Tốt"
from = "0"

[[criterion]]
code = "1"
title = "Chỉ đạo"
max = "20"

[[criterion]]
code = "1.1"
title = "Nhiệm vụ"
max = "10"
rule = { kind = "proportional", full_at = "1", if_empty = "zero" }
input = "việc đã làm | việc được giao"
appraiser = "noi-vu"
source = "person"

[[criterion]]
code = "1.2"
title = "Văn bản"
max = "10"
rule = { kind = "count", each = "2", cap = "10" }
input = "văn bản"
appraiser = "noi-vu"
source = "person"
"#;

/// A round of two communes that an office of the district appraises.
pub fn plan() -> Plan {
    let unit = |code: &str, name: &str| Ranked { code: code.to_owned(), name: name.to_owned(), group: "xa".to_owned() };
    Plan {
        title: "Chỉ số CCHC 2021 (mô phỏng)".to_owned(),
        year: 2021,
        organiser: "mp00".to_owned(),
        groups: vec![Group { code: "xa".to_owned(), set: "mo-phong".to_owned(), version: Hash::of(SET.as_bytes()) }],
        units: vec![unit("mp01", "Xã mô phỏng"), unit("mp02", "Xã mô phỏng hai")],
        deadlines: vec![Deadline { phase: Phase::SelfScoring, until: date(2030, 1, 1) }],
        appraisers: vec![Assigned { field: "noi-vu".to_owned(), unit: "mp00.NV".to_owned() }],
        substitutes: Vec::new(),
        presets: Vec::new(),
        shares: vec![Share { scored: "mp01".to_owned(), criterion: "1.2".to_owned(), unit: "mp00.TP".to_owned() }],
        outside: None,
    }
}

/// A request of somebody in a unit.
pub fn of_unit(request: &str, unit: &str) -> Context {
    let mut context = context(request).because("mô phỏng");
    unit.clone_into(&mut context.actor.unit);
    context
}

pub async fn round(store: &Store, request: &str, command: RoundCommand) {
    store.commit::<Round>(&rounds::stream("mp-2021").unwrap(), command, of_unit(request, "mp00")).await.unwrap();
}

pub async fn sheet(store: &Store, request: &str, unit: &str, command: SheetCommand) {
    store.commit::<Sheet>(&sheets::stream("mp-2021", "mp01").unwrap(), command, of_unit(request, unit)).await.unwrap();
}

pub async fn opened(store: &Store) {
    let publish = RuleCommand::Publish {
        content: SET.to_owned(),
        valid_from: None,
        valid_to: None,
        basis: "mô phỏng".to_owned(),
        replaces: None,
    };
    let stream = rules::stream("criteria-set", "mo-phong").unwrap();
    store.commit::<Rule>(&stream, publish, context("bo-mo-phong")).await.unwrap();
    round(store, "dot-1", RoundCommand::Plan { plan: Box::new(plan()) }).await;
    round(store, "dot-2", RoundCommand::Open { days_off: Vec::new() }).await;
}

pub async fn fill(store: &Store) {
    opened(store).await;
    let line = || "1.1".to_owned();
    let answer = AnswerText::new("9", "10");
    sheet(store, "dong-1", "mp01", SheetCommand::Fill { line: line(), answer, seen: None }).await;
    let evidence = Evidence {
        id: "e1".to_owned(),
        proof: Proof::Document { number: "15/KH-MP".to_owned(), dated: None, about: "Kế hoạch".to_owned() },
        section: "II".to_owned(),
        page: "3".to_owned(),
    };
    sheet(store, "dong-2", "mp01", SheetCommand::Attach { line: line(), evidence }).await;
    let answer = AnswerText::new("3", "");
    sheet(store, "dong-3", "mp00.TP", SheetCommand::Fill { line: "1.2".to_owned(), answer, seen: None }).await;
    sheet(store, "giao", "mp00.TP", SheetCommand::Deliver { unit: "mp00.TP".to_owned() }).await;
    let submission = Submission {
        number: "12/BC-MP".to_owned(),
        dated: date(2021, 10, 13),
        signed: None,
        signer: String::new(),
        proposals: String::new(),
    };
    sheet(store, "nop", "mp01", SheetCommand::Submit { submission }).await;
    round(store, "dot-3", RoundCommand::Advance { to: Phase::FirstAppraisal }).await;
    let verdict = Verdict::Answer(AnswerText::new("8", "10"));
    sheet(store, "tham-dinh", "mp00.NV", SheetCommand::Appraise { line: line(), verdict }).await;
    let ask = ThreadCommand::Ask { group: "xa".to_owned(), text: "Tính thế nào? (mô phỏng)".to_owned() };
    thread(store, "hoi", "mp01", ask).await;
    let answer = ThreadCommand::Answer { question: 1, text: "Mỗi văn bản 2 điểm".to_owned() };
    thread(store, "dap", "mp00", answer).await;
}

pub async fn thread(store: &Store, request: &str, unit: &str, command: ThreadCommand) {
    store.commit::<Thread>(&threads::stream("mp-2021", "1.1").unwrap(), command, of_unit(request, unit)).await.unwrap();
}
