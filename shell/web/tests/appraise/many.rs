use std::time::Instant;

use cchc_index::round::Phase;
use cchc_index::{AnswerText, SheetCommand};

use super::common::rounds::plan;
use super::common::served::served;
use super::stage::{CHOICE, ROUND, mark, ok};

/// As many as a province has since 01/7/2025, with departments.
const UNITS: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_units_are_seen_at_once_and_decided_in_one_act() {
    let names: Vec<(String, String)> =
        (0..UNITS).map(|at| (format!("{:05}", 50_000 + at), format!("Xã thứ {at}"))).collect();
    let units: Vec<(&str, &str)> = names.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
    let served = served().await;
    served.open_round(ROUND, plan("VP.SNV", &units)).await;
    for (unit, _) in &units {
        let answer = AnswerText::new("du", "");
        let fill = SheetCommand::Fill { line: CHOICE.into(), answer, seen: None };
        served.of_sheet(ROUND, unit, fill, unit).await;
    }
    served.go_to(ROUND, Phase::Council).await;
    let council = served.as_person("hoi-dong").await;
    let path = format!("/dot-cham/{ROUND}/tieu-chi/{CHOICE}");
    served.get(&council, &path).await;
    let before = Instant::now();
    let page = served.get(&council, &path).await;
    eprintln!("the grid of {UNITS} units: {:?}, {} bytes", before.elapsed(), page.bytes.len());
    let mut sent: Vec<(String, String)> =
        [("yeu-cau", "r"), ("viec", "chung"), ("qd", "tra-loi"), ("gt", "thieu"), ("ly-do", "Thiếu phụ lục phân công")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
    for (unit, _) in &units {
        sent.push(("c".to_owned(), (*unit).to_owned()));
        sent.push((format!("s.{unit}"), mark(&page, unit)));
    }
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let before = Instant::now();
    ok(&served.post(&council, &path, &sent).await);
    eprintln!("{UNITS} decisions: {:?}", before.elapsed());
    let lines = served.store().sheet_line_list(ROUND, CHOICE).await.unwrap();
    assert!(lines.iter().all(|row| row.line.decisions.len() == 1) && lines.len() == UNITS);
}
