//! Publishing a round of the ledger: its packages, the public pages, a later version of the result.
#![allow(missing_docs)]

mod common;

use axum::http::StatusCode;
use cchc_index::round::{Assigned, Deadline, Group, Phase, Plan, Ranked, RoundCommand};
use cchc_index::sheet::SheetCommand;
use cchc_index::{AnswerText, Round, RoundRefusal, Sheet};
use cchc_ledger::{Actor, Hash};
use cchc_papers::package::{limits, read};
use cchc_papers::{Limits, Particulars, set_file};
use cchc_store::{CommitError, rounds, sheets};
use cchc_web::publishing::{PublishError, publish};
use cchc_web::results;
use common::data;
use common::served::{Served, actor, served};
use jiff::civil::{Date, date};

const DECIDED: Date = date(2024, 5, 14);

fn plan() -> Plan {
    let bytes = std::fs::read(data("criteria/vp-2021-huyen.toml")).unwrap();
    let set = set_file::read("vp-2021-huyen.toml", &bytes, &Limits::default()).unwrap().0.unwrap();
    let mut fields: Vec<&str> = set.leaves().map(|(_, _, leaf)| leaf.appraiser.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    let unit = |code: &str, name: &str| Ranked { code: code.into(), name: name.into(), group: "huyen".into() };
    Plan {
        title: "Chỉ số CCHC thử".into(),
        year: 2021,
        organiser: "VP.SNV".into(),
        groups: vec![Group { code: "huyen".into(), set: "vp-2021-huyen".into(), version: Hash::of(&bytes) }],
        units: vec![unit("244", "Thành phố Phúc Yên"), unit("243", "Thành phố Vĩnh Yên")],
        deadlines: vec![Deadline { phase: Phase::SelfScoring, until: date(2024, 5, 20) }],
        appraisers: fields.iter().map(|field| Assigned { field: (*field).into(), unit: "VP.STP".into() }).collect(),
        substitutes: Vec::new(),
        presets: Vec::new(),
        shares: Vec::new(),
        outside: None,
    }
}

async fn round(served: &Served, command: RoundCommand) {
    let context = served.context(actor("dieu-phoi", "VP.SNV"));
    served.store().commit::<Round>(&rounds::stream("thu").unwrap(), command, context).await.unwrap();
}

async fn fill(served: &Served, value: &str) {
    let command = SheetCommand::Fill { line: "3.4.1".into(), answer: AnswerText::new(value, "1000"), seen: None };
    let stream = sheets::stream("thu", "243").unwrap();
    let context = served.context(actor("dau-moi.243", "243"));
    served.store().commit::<Sheet>(&stream, command, context).await.unwrap();
}

/// A round of two cities; one has answered a line; the council may decide.
async fn in_council() -> Served {
    let served = served().await;
    served.publish("criteria-set", "vp-2021-huyen", "criteria/vp-2021-huyen.toml").await;
    round(&served, RoundCommand::Plan { plan: Box::new(plan()) }).await;
    round(&served, RoundCommand::Open { days_off: Vec::new() }).await;
    fill(&served, "1000").await;
    round(&served, RoundCommand::Advance { to: Phase::Council }).await;
    served
}

fn particulars(decision: &str) -> Particulars {
    let (series, organiser, decision) = ("thu".to_owned(), "UBND tỉnh".to_owned(), decision.to_owned());
    Particulars { series, organiser, decision, simulated: true, ..Particulars::default() }
}

async fn publish_by(served: &Served, decision: &str) -> Result<Vec<Hash>, PublishError> {
    publish_as(served, &particulars(decision)).await
}

async fn publish_as(served: &Served, particulars: &Particulars) -> Result<Vec<Hash>, PublishError> {
    let context = served.context(actor("lanh-dao", "26"));
    publish(served.store(), "thu", particulars, DECIDED, context).await?;
    results::refresh(&served.app).await?;
    let round = served.store().round_find("thu").await?.unwrap();
    Ok(round.results.iter().flat_map(|one| one.packages.iter().map(|packed| packed.package)).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_round_publishes_is_public_and_anybody_recomputes_it() {
    let served = in_council().await;
    let packages = publish_by(&served, "12/QĐ-UBND").await.unwrap();
    let bytes = served.store().file_get(&packages[0]).await.unwrap();
    let verified = read(&bytes, &limits()).unwrap();
    assert!(verified.holds(), "{:?}", verified.differences);
    assert_eq!(verified.package.about.decision, "12/QĐ-UBND");
    let page = served.get("", "/cong-bo/thu-huyen").await;
    assert_eq!(page.status, StatusCode::OK);
    let (first, second) = (page.text().find("Vĩnh Yên").unwrap(), page.text().find("Phúc Yên").unwrap());
    assert!(first < second, "the unit with points is first, whatever the order of the plan");
    assert!(!page.text().contains("đã được thay bằng"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_version_is_the_result_and_the_earlier_stays_and_says_so() {
    let served = in_council().await;
    publish_by(&served, "12/QĐ-UBND").await.unwrap();
    round(&served, RoundCommand::Reopen { unit: "243".into(), until: date(2024, 5, 30) }).await;
    fill(&served, "960").await;
    // Whatever it is called now: it stands where the first one stood.
    let later = Particulars { series: "khac".into(), ..particulars("15/QĐ-UBND") };
    let packages = publish_as(&served, &later).await.unwrap();
    assert!(packages.len() == 2 && packages[0] != packages[1]);
    let list = served.get("", "/cong-bo").await.text();
    assert!(list.contains("href=\"/cong-bo/thu-huyen-lan-1\""), "{list}");
    assert_eq!(list.matches("đã được thay bằng").count(), 1);
    let earlier = served.get("", "/cong-bo/thu-huyen-lan-1").await.text();
    assert!(earlier.contains("12/QĐ-UBND") && earlier.contains("đã được thay bằng"));
    assert!(earlier.contains("<a href=\"/cong-bo/thu-huyen\">kết quả công bố ngày 14/05/2024, 15/QĐ-UBND</a>"));
    let result = served.get("", "/cong-bo/thu-huyen").await.text();
    assert!(result.contains("15/QĐ-UBND") && !result.contains("đã được thay bằng"));
    assert!(!served.get("", "/").await.text().contains("thu-huyen-lan-1"), "the first page shows results alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_public_before_the_day_of_its_decision_nor_without_a_council() {
    let served = in_council().await;
    let context = served.context(actor("lanh-dao", "26"));
    publish(served.store(), "thu", &particulars("12/QĐ-UBND"), date(2024, 5, 16), context).await.unwrap();
    results::refresh(&served.app).await.unwrap();
    assert_eq!(served.get("", "/cong-bo/thu-huyen").await.status, StatusCode::NOT_FOUND);
    served.pass(2 * 24 * 3600);
    assert_eq!(served.get("", "/cong-bo/thu-huyen").await.status, StatusCode::OK);

    let early = common::served::served().await;
    early.publish("criteria-set", "vp-2021-huyen", "criteria/vp-2021-huyen.toml").await;
    round(&early, RoundCommand::Plan { plan: Box::new(plan()) }).await;
    let refused = publish_by(&early, "12/QĐ-UBND").await.unwrap_err();
    assert!(matches!(refused, PublishError::Commit(CommitError::Refused(RoundRefusal::NotDecided))), "{refused}");
    let context = early.context(Actor::system());
    let missing = publish(early.store(), "khong-co", &particulars("1"), DECIDED, context).await.unwrap_err();
    assert!(missing.to_string().contains("khong-co"), "{missing}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_package_is_not_shown_and_the_others_are() {
    let served = in_council().await;
    publish_by(&served, "12/QĐ-UBND").await.unwrap();
    round(&served, RoundCommand::Reopen { unit: "243".into(), until: date(2024, 5, 30) }).await;
    fill(&served, "960").await;
    let packages = publish_by(&served, "15/QĐ-UBND").await.unwrap();
    let name = packages[0].to_string();
    let name = name.trim_start_matches("b3:").to_owned();
    let found = walk(served.store().folder()).into_iter().find(|path| path.to_string_lossy().ends_with(&name[2..]));
    std::fs::write(found.unwrap(), b"x").unwrap();
    let fresh = cchc_web::App::new(served.store().clone(), common::served::world());
    results::refresh(&fresh).await.unwrap();
    let held: Vec<_> = fresh.results().all.iter().map(|held| held.publication.id().to_owned()).collect();
    assert_eq!(held, ["thu-huyen"]);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
