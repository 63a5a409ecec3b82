//! A sheet goes from the officer to the head to whoever runs the round; it leaves as a workbook and comes back.

mod common;

use cchc_index::AnswerText;
use cchc_index::SheetCommand;
use cchc_index::set::{Part, Source};
use cchc_index::sheet::{Sheet, SheetStanding};
use common::rounds::plan;
use common::served::{Served, served};
use common::set;

const CITY: &str = "/dot-cham/tp-2023/phieu/243";
const SIGNED: &[u8] = include_bytes!("../../papers/tests/data/signed.pdf");

/// The city is scored by a round of the province; its head and its officer are of the cast.
async fn stage() -> (Served, String, String) {
    let served = served().await;
    served.open_round("tp-2023", plan("VP.SNV", &[("243", "Thành phố Vĩnh Yên")])).await;
    let (officer, head) = (served.as_person("dau-moi.243").await, served.as_person("thu-truong.243").await);
    (served, officer, head)
}

/// Every line noted, which stands for an answer and for evidence.
async fn complete(served: &Served) {
    for (_, node, leaf) in set("vp-2021-xa").leaves() {
        if matches!(leaf.source, Source::Person | Source::Metric) && node.part == Part::Scored {
            let text = "Không phát sinh trong năm (mô phỏng)".to_owned();
            let note = SheetCommand::Note { line: node.code.clone(), text };
            served.of_sheet("tp-2023", "243", note, "243").await;
        }
    }
}

/// Does the jobs that tell people something.
async fn tell(served: &Served) {
    while let Some(job) = served.store().job_take().await.unwrap() {
        if job.kind == cchc_store::rounds::TELL {
            served.store().telling_run(&job).await.unwrap();
        }
        served.store().job_put(job, Ok(())).await.unwrap();
    }
}

async fn sheet(served: &Served) -> Sheet {
    served.store().sheet_find("tp-2023", "243").await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_listed_and_nothing_is_proposed() {
    let (served, officer, _) = stage().await;
    let page = served.get(&officer, &format!("{CITY}/nop")).await.text();
    assert!(page.contains("dòng chưa chấm") && page.contains("#d-1-1-1"), "{page}");
    assert!(!page.contains("Nộp phiếu</button>"), "an officer does not hand in");
    let proposed = served.post(&officer, &format!("{CITY}/trinh"), &[("yeu-cau", "r1")]).await;
    assert_eq!(proposed.status, 422);
    assert_eq!(sheet(&served).await.standing, SheetStanding::Open);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_officer_proposes_the_head_gives_back_or_hands_in() {
    let (served, officer, head) = stage().await;
    complete(&served).await;
    assert_eq!(served.post(&officer, &format!("{CITY}/trinh"), &[("yeu-cau", "r1")]).await.status, 303);
    assert_eq!(sheet(&served).await.standing, SheetStanding::Proposed);
    tell(&served).await;
    assert!(served.get(&head, "/thong-bao").await.text().contains("chờ thủ trưởng nộp"));
    assert_eq!(served.post(&officer, &format!("{CITY}/tra-lai"), &[("ly-do", "x")]).await.status, 403);
    let without = served.post(&head, &format!("{CITY}/tra-lai"), &[("yeu-cau", "r2")]).await;
    assert_eq!(without.status, 422);
    assert_eq!(
        served.post(&head, &format!("{CITY}/tra-lai"), &[("yeu-cau", "r3"), ("ly-do", "Thiếu số liệu")]).await.status,
        303
    );
    assert_eq!(sheet(&served).await.standing, SheetStanding::Open);
    let texts =
        [("yeu-cau", "r4"), ("so-ky-hieu", "12/BC-UBND"), ("ngay", "15/05/2024"), ("kien-nghi", "Hỗ trợ máy quét")];
    let handed = served.post_file(&head, &format!("{CITY}/nop"), &texts, ("ban-ky", "bao-cao.pdf", SIGNED)).await;
    assert_eq!(handed.status, 303, "{}", handed.text());
    let twice = served.post_file(&head, &format!("{CITY}/nop"), &texts, ("ban-ky", "bao-cao.pdf", SIGNED)).await;
    assert_eq!(twice.status, 303);
    let now = sheet(&served).await;
    assert_eq!((now.standing, now.submissions.len()), (SheetStanding::Submitted, 1));
    assert_eq!(now.submissions[0].signer, "Nguyễn Văn Yên (mô phỏng)", "as the certificate says");
    let page = served.get(&officer, CITY).await.text();
    assert!(page.contains("Báo cáo 12/BC-UBND ngày 15/05/2024") && !page.contains("data-line="));
    let late = served.post(&officer, &format!("{CITY}/dong/1.1.2"), &[("v", "du"), ("s", "0")]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("phiếu đã nộp"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_tomorrow_or_without_a_number_is_refused_and_kept_as_typed() {
    let (served, _, head) = stage().await;
    complete(&served).await;
    let texts =
        [("yeu-cau", "r1"), ("so-ky-hieu", "12/BC-UBND"), ("ngay", "16/05/2024"), ("kien-nghi", "Hỗ trợ máy quét")];
    let refused = served.post_file(&head, &format!("{CITY}/nop"), &texts, ("ban-ky", "", b"")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("không thể sau hôm nay") && refused.text().contains("Hỗ trợ máy quét"));
    let picture = served
        .post_file(
            &head,
            &format!("{CITY}/nop"),
            &[("so-ky-hieu", "1"), ("ngay", "15/05/2024")],
            ("ban-ky", "a.pdf", b"\x89PNG\r\n\x1a\n"),
        )
        .await;
    assert!(picture.status == 422 && picture.text().contains("không phải tệp PDF"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_is_a_word_document() {
    let (served, officer, _) = stage().await;
    let report = served.get(&officer, &format!("{CITY}/bao-cao.docx")).await;
    assert_eq!(report.status, 200);
    assert!(report.bytes.starts_with(b"PK"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_leaves_and_what_comes_back_is_asked_about() {
    let (served, officer, _) = stage().await;
    let fill = |line: &str, value: &str| SheetCommand::Fill {
        line: line.into(),
        answer: AnswerText::new(value, ""),
        seen: None,
    };
    served.of_sheet("tp-2023", "243", fill("1.1.2", "thieu"), "243").await;
    let taken = served.get(&officer, &format!("{CITY}/phieu.xlsx")).await;
    assert_eq!(taken.status, 200);
    // Somebody changes a line meanwhile; the file still says what was taken away.
    served.of_sheet("tp-2023", "243", fill("1.1.2", "du"), "243").await;
    let read = served.post_file(&officer, &format!("{CITY}/tep"), &[], ("tep", "phieu.xlsx", &taken.bytes)).await;
    let text = read.text();
    assert_eq!(read.status, 200, "{text}");
    assert!(text.contains("Tệp đổi <b>1 dòng</b>") && text.contains("1 dòng đã có người khác sửa"), "{text}");
    assert!(!text.contains("checked"), "what another changed is not chosen by itself");
    assert_eq!(sheet(&served).await.line("1.1.2").answer.value, "du", "nothing is written by looking");
    let now = sheet(&served).await.line("1.1.2").seen;
    let change = format!("[\"1.1.2\",\"thieu\",\"\",\"\",{now}]");
    assert_eq!(
        served.post(&officer, &format!("{CITY}/tep/ghi"), &[("yeu-cau", "r1"), ("doi", &change)]).await.status,
        303
    );
    assert_eq!(sheet(&served).await.line("1.1.2").answer.value, "thieu");
    let other = served.post_file(&officer, &format!("{CITY}/tep"), &[], ("tep", "khac.xlsx", b"PK\x03\x04")).await;
    assert_eq!(other.status, 422);
}
