//! A round of three wards, two of which handed in their sheets, in the first appraisal.

use axum::http::StatusCode;
use cchc_index::round::{Phase, Plan, Substitute};
use cchc_index::sheet::{Evidence, Line, Proof, Submission};
use cchc_index::{AnswerText, SheetCommand};
use jiff::civil::date;

use super::common::rounds::{own_lines, plan};
use super::common::served::{Served, served};
use super::common::{Answer, set};

/// The round.
pub const ROUND: &str = "xa-2023";
/// A choice: `du`, `thieu`, `khong`.
pub const CHOICE: &str = "1.1.2";
/// A ratio.
pub const RATIO: &str = "1.1.3";
/// Two wards that handed in, one that did not.
pub const UNITS: [(&str, &str); 3] =
    [("08707", "Phường Tích Sơn"), ("08710", "Phường Liên Bảo"), ("08713", "Phường Hội Hợp")];

/// The wards that handed in.
const HANDED_IN: [&str; 2] = ["08707", "08710"];

pub struct Stage {
    pub served: Served,
    pub appraiser: String,
}

impl Stage {
    pub async fn in_phase(phase: Phase) -> Self {
        Self::of(plan("VP.SNV", &UNITS), phase).await
    }

    pub async fn of(plan: Plan, phase: Phase) -> Self {
        let served = served().await;
        served.open_round(ROUND, plan).await;
        for unit in HANDED_IN {
            served.hand_in(unit).await;
        }
        served.go_to(ROUND, phase).await;
        let appraiser = served.as_person("tham-dinh").await;
        Self { served, appraiser }
    }

    pub async fn get(&self, tail: &str) -> Answer {
        self.served.get(&self.appraiser, &format!("/dot-cham/{ROUND}{tail}")).await
    }

    pub async fn post(&self, tail: &str, values: &[(&str, &str)]) -> Answer {
        self.served.post(&self.appraiser, &format!("/dot-cham/{ROUND}{tail}"), values).await
    }

    pub async fn line(&self, unit: &str, code: &str) -> Line {
        self.served.store().sheet_find(ROUND, unit).await.unwrap().line(code).into_owned()
    }

    /// Moves on.
    pub async fn go_to(&self, phase: Phase) {
        self.served.go_to(ROUND, phase).await;
    }
}

impl Served {
    /// Answers every line, with evidence, and hands the sheet in.
    pub async fn hand_in(&self, unit: &str) {
        let set = set("vp-2021-xa");
        let lines = own_lines(&set).into_iter().map(|code| {
            let (_, _, leaf) = set.leaves().find(|(_, node, _)| node.code == code).unwrap();
            (code, answer(&leaf.rule), None)
        });
        self.of_sheet(ROUND, unit, SheetCommand::FillMany { lines: lines.collect() }, unit).await;
        for line in own_lines(&set) {
            let proof = Proof::Document { number: "15/KH-UBND".into(), dated: None, about: String::new() };
            let evidence = Evidence { id: "t".into(), proof, section: "mục II".into(), page: "3".into() };
            self.of_sheet(ROUND, unit, SheetCommand::Attach { line, evidence }, unit).await;
        }
        let submission = Submission {
            number: "12/BC".into(),
            dated: date(2024, 5, 15),
            signed: None,
            signer: String::new(),
            proposals: String::new(),
        };
        self.of_sheet(ROUND, unit, SheetCommand::Submit { submission }, unit).await;
    }
}

/// An answer that the rule takes.
fn answer(rule: &cchc_index::rule::Rule) -> AnswerText {
    use cchc_index::rule::Rule;
    match rule {
        Rule::Choice(choice) => AnswerText::new(&choice.options[0].id, ""),
        Rule::Timeliness(rule) => {
            let days: Vec<String> = rule.due.iter().map(|_| "2021-01-20".to_owned()).collect();
            AnswerText::new(&days.join("; "), "")
        }
        rule if rule.asks().contains("of:") => AnswerText::new("9", "10"),
        _ => AnswerText::new("1", ""),
    }
}

/// The mark of a row on a page.
pub fn mark(page: &Answer, key: &str) -> String {
    let text = page.text();
    let at = text.find(&format!("name=\"s.{key}\" value=\"")).expect("a row that may be decided");
    text[at..].split('"').nth(3).unwrap().to_owned()
}

pub fn ok(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", errors(answer));
}

/// What a page says is wrong.
pub fn errors(answer: &Answer) -> String {
    let text = answer.text();
    let start = text.find("class=\"errs").or_else(|| text.find("<main")).unwrap_or(0);
    text[start..].chars().take(1500).collect()
}

/// A plan in which a department is scored and appraises.
pub fn own_unit() -> Plan {
    let mut plan =
        plan("VP.SNV", &[("VP.STP", "Sở Tư pháp"), ("08707", "Phường Tích Sơn"), ("08710", "Phường Liên Bảo")]);
    let fields: Vec<String> = plan.appraisers.iter().map(|known| known.field.clone()).collect();
    plan.substitutes =
        fields.into_iter().map(|field| Substitute { field, scored: "VP.STP".into(), unit: "VP.SNV".into() }).collect();
    plan
}
