use axum::http::StatusCode;
use cchc_index::round::{Phase, Ranked};
use cchc_index::set::Source;
use cchc_index::{AnswerText, RoundCommand, SheetCommand};
use cchc_store::rounds::TAKE_OVER;

use super::common::served::actor;
use super::common::set;
use super::stage::{ROUND, Stage, errors, ok};

const GIVEN: &str = "/dot-cham/xa-2023/nhap-ket-qua";
const PUBLISH: &str = "/dot-cham/xa-2023/cong-bo";

/// A line of a survey with two counts.
fn survey() -> String {
    let set = set("vp-2021-xa");
    let found = set.leaves().find(|(_, _, leaf)| leaf.source == Source::Survey).map(|(_, node, _)| node.code.clone());
    found.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn results_of_a_survey_are_shown_then_entered_and_errors_told_row_by_row() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let (organiser, line) = (stage.served.as_person("dieu-phoi").await, survey());
    let csv = format!(
        "unit,criterion,value,of,source\n08707,{line},80,100,Điều tra 2023\n08710,{line},tám mươi,100,x\n99999,{line},1,2,x\n08713,{line},70,100,\n08707,1.1.2,du,,x\n"
    );
    let page = stage.served.post_file(&organiser, GIVEN, &[], ("tep", "kq.csv", csv.as_bytes())).await;
    let told = page.text();
    for said in [
        "1 giá trị sẽ nhập",
        "4 dòng có lỗi",
        "tám mươi",
        "không chấm đơn vị «99999»",
        "chưa ghi nguồn",
        "đơn vị tự chấm",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let text = format!("08707\t{line}\t80\t100\tĐiều tra 2023\n08713\t{line}\t70\t100\n");
    let sent = [("yeu-cau", "r"), ("noi-dung", text.as_str()), ("nguon", "Điều tra chung")];
    let apply = format!("{GIVEN}/ap-dung");
    ok(&stage.served.post(&organiser, &apply, &sent).await);
    let before = stage.served.store().log_end().await.unwrap();
    ok(&stage.served.post(&organiser, &apply, &sent).await);
    assert_eq!(stage.served.store().log_end().await.unwrap(), before, "sent twice");
    assert_eq!(stage.line("08713", &line).await.given.unwrap().source, "Điều tra chung");
    assert_eq!(stage.served.post(&stage.appraiser, &apply, &sent).await.status, StatusCode::FORBIDDEN);
    let blank = stage.served.get(&organiser, &format!("{GIVEN}/mau.csv")).await.text();
    assert!(blank.contains("Điều tra chung") && blank.contains("08710"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_is_named_and_the_result_is_published_by_a_decision() {
    let stage = Stage::in_phase(Phase::SecondAppraisal).await;
    let organiser = stage.served.as_person("dieu-phoi").await;
    let page = stage.served.get(&organiser, PUBLISH).await.text();
    assert!(
        page.contains("chỉ xem trước") && page.contains("Đơn vị chưa nộp phiếu") && page.contains("Phường Hội Hợp")
    );
    let sent = [("yeu-cau", "r"), ("so", "55/QĐ-UBND"), ("ngay", "15/05/2024")];
    let early = stage.served.post(&organiser, PUBLISH, &sent).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    stage.go_to(Phase::Council).await;
    let blank = stage.served.post(&organiser, PUBLISH, &[("yeu-cau", "r"), ("so", ""), ("ngay", "31/02/2024")]).await;
    assert!(errors(&blank).contains("2 chỗ cần sửa"), "{}", errors(&blank));
    ok(&stage.served.post(&organiser, PUBLISH, &sent).await);
    let before = stage.served.store().log_end().await.unwrap();
    ok(&stage.served.post(&organiser, PUBLISH, &sent).await);
    assert_eq!(stage.served.store().log_end().await.unwrap(), before, "sent twice");
    let page = stage.served.get(&organiser, PUBLISH).await.text();
    assert!(page.contains("55/QĐ-UBND ngày 15/05/2024") && page.contains(&format!("/cong-bo/{ROUND}-xa")), "{page}");
    let public = stage.served.get("", &format!("/cong-bo/{ROUND}-xa")).await;
    assert!(public.status == StatusCode::OK && public.text().contains("Phường Tích Sơn"));
    assert_eq!(stage.served.get(&stage.appraiser, PUBLISH).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_publication_values_are_entered_for_a_reopened_sheet_alone() {
    let stage = Stage::in_phase(Phase::Council).await;
    let (organiser, line) = (stage.served.as_person("dieu-phoi").await, survey());
    let sent = [("yeu-cau", "r"), ("so", "55/QĐ-UBND"), ("ngay", "15/05/2024")];
    ok(&stage.served.post(&organiser, PUBLISH, &sent).await);
    let page = stage.served.get(&organiser, GIVEN).await.text();
    assert!(page.contains("mở lại phiếu của đơn vị rồi mới nhập") && !page.contains("<textarea"), "{page}");
    let reopen = [("yeu-cau", "m"), ("don-vi", "08707"), ("den-ngay", "30/05/2024"), ("ly-do", "sửa số điều tra")];
    ok(&stage.served.post(&organiser, &format!("/dot-cham/{ROUND}/viec/mo-lai"), &reopen).await);
    let page = stage.served.get(&organiser, GIVEN).await.text();
    assert!(page.contains("chỉ nhập cho phiếu đang mở lại (Phường Tích Sơn)"), "{page}");
    let text = format!("08707\t{line}\t80\t100\tĐiều tra lại\n08710\t{line}\t70\t100\tĐiều tra lại\n");
    let sent = [("yeu-cau", "n"), ("noi-dung", text.as_str()), ("nguon", "")];
    let answer = stage.served.post(&organiser, &format!("{GIVEN}/ap-dung"), &sent).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("phiếu này không mở lại"), "{}", answer.text());
    assert_eq!(stage.line("08707", &line).await.given.unwrap().source, "Điều tra lại");
    assert!(stage.line("08710", &line).await.given.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn where_merged_units_had_different_values_the_page_says_what_each_had() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let (organiser, line) = (stage.served.as_person("dieu-phoi").await, survey());
    for (unit, value) in [("08707", "80"), ("08710", "60")] {
        let answer = AnswerText::new(value, "100");
        let give = SheetCommand::Give { line: line.clone(), answer, source: format!("điều tra ở {unit}") };
        stage.served.of_sheet(ROUND, unit, give, "VP.SNV").await;
    }
    let from = vec!["08707".to_owned(), "08710".to_owned()];
    let into = Ranked { code: "08799".into(), name: "Phường Mới (mô phỏng)".into(), group: "xa".into() };
    let merge = RoundCommand::Merge { from, into, until: None, substitutes: Vec::new() };
    stage.served.of_round(ROUND, merge, stage.served.context(actor("dieu-phoi", "VP.SNV"))).await;
    let store = stage.served.store();
    while let Some(job) = store.job_take().await.unwrap() {
        let done = if job.kind == TAKE_OVER { store.take_over_run(&job).await } else { Ok(()) };
        store.job_put(job, done).await.unwrap();
    }
    let page = stage.served.get(&organiser, GIVEN).await.text();
    assert!(page.contains("Đơn vị cũ có giá trị khác nhau") && page.contains("(nguồn: điều tra ở 08710)"), "{page}");
    let text = format!("08799\t{line}\t70\t100\tĐiều tra chung\n");
    let sent = [("yeu-cau", "n"), ("noi-dung", text.as_str()), ("nguon", "")];
    ok(&stage.served.post(&organiser, &format!("{GIVEN}/ap-dung"), &sent).await);
    assert!(!stage.served.get(&organiser, GIVEN).await.text().contains("Đơn vị cũ có giá trị khác nhau"));
}
