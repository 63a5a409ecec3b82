use axum::http::StatusCode;
use cchc_index::round::Phase;
use cchc_index::sheet::Verdict;
use cchc_index::{AnswerText, SheetCommand};

use super::stage::{CHOICE, RATIO, ROUND, Stage, errors, mark, ok};

const EXPLAIN: &str = "/dot-cham/xa-2023/giai-trinh/08707";
const COUNCIL: &str = "/dot-cham/xa-2023/hoi-dong";

impl Stage {
    /// Two lines of the first ward get less than it gave itself.
    async fn lowered() -> Self {
        let stage = Self::in_phase(Phase::FirstAppraisal).await;
        for (line, answer) in [(CHOICE, AnswerText::new("thieu", "")), (RATIO, AnswerText::new("8", "10"))] {
            let command = SheetCommand::Appraise { line: line.into(), verdict: Verdict::Answer(answer) };
            stage.served.of_sheet(ROUND, "08707", command, "VP.STP").await;
        }
        stage
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_agrees_or_explains_line_by_line() {
    let stage = Stage::lowered().await;
    let officer = stage.served.as_person("dau-moi.08707").await;
    let page = stage.served.get(&officer, EXPLAIN).await.text();
    assert!(page.contains("đổi 2 dòng") && page.contains("chỉ xem") && !page.contains("<textarea"), "not yet: {page}");
    stage.go_to(Phase::Explaining).await;
    let sent = [("yeu-cau", "r"), ("y.1.1.2", "dong-y"), ("y.1.1.3", "khong")];
    let answer = stage.served.post(&officer, EXPLAIN, &sent).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(errors(&answer).contains("cần giải trình"), "{}", errors(&answer));
    assert!(stage.line("08707", CHOICE).await.explained.unwrap().agrees, "the other line is recorded");
    let sent = [("yeu-cau", "r"), ("y.1.1.2", "dong-y"), ("y.1.1.3", "khong"), ("t.1.1.3", "Đã xong ngày 30/12")];
    ok(&stage.served.post(&officer, EXPLAIN, &sent).await);
    let before = stage.served.store().log_end().await.unwrap();
    ok(&stage.served.post(&officer, EXPLAIN, &sent).await);
    assert_eq!(stage.served.store().log_end().await.unwrap(), before, "sent twice");
    assert_eq!(stage.line("08707", RATIO).await.explained.unwrap().text, "Đã xong ngày 30/12");
    let other = stage.served.as_person("dau-moi.243").await;
    assert_eq!(stage.served.get(&other, EXPLAIN).await.status, StatusCode::FORBIDDEN);
    assert_eq!(stage.served.post(&stage.appraiser, EXPLAIN, &sent).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_appraisal_sees_what_was_explained_first_and_the_council_what_is_left() {
    let stage = Stage::lowered().await;
    stage.go_to(Phase::Explaining).await;
    for line in [CHOICE, RATIO] {
        let command = SheetCommand::Explain { line: line.into(), agrees: false, text: "Có biên bản".into() };
        stage.served.of_sheet(ROUND, "08707", command, "08707").await;
    }
    stage.go_to(Phase::SecondAppraisal).await;
    let page = stage.get("/tham-dinh/08707").await;
    let text = page.text();
    assert!(text.find("d-1.1.2").unwrap() < text.find("d-1.1.1").unwrap(), "explained lines first");
    assert!(text.contains("bước trước: Thiếu một trong các nội dung"), "{text}");
    let tab = stage.get("/tieu-chi/1.1.2?loc=giai-trinh").await.text();
    assert!(tab.contains("d-08707") && !tab.contains("d-08710"));
    // One is restored, the other stays.
    let restored = [
        ("yeu-cau", "r"),
        ("q.1.1.2", "tra-loi"),
        ("g.1.1.2", "du"),
        ("l.1.1.2", "Đã bổ sung"),
        ("s.1.1.2", &mark(&page, CHOICE)),
        ("q.1.1.3", "nhan"),
        ("s.1.1.3", &mark(&page, RATIO)),
    ];
    ok(&stage.post("/tham-dinh/08707", &restored).await);
    let share = stage.get("/tieu-chi").await.text();
    assert!(share.contains("100\u{a0}%") && share.contains("0\u{a0}%"), "agreement of both appraisals");
    stage.go_to(Phase::Council).await;
    let council = stage.served.as_person("dieu-phoi").await;
    let page = stage.served.get(&council, COUNCIL).await;
    assert!(page.text().contains("1 nội dung còn ý kiến khác nhau, còn 1 chưa kết luận"), "{}", errors(&page));
    let key = "08707~1.1.3";
    let seen = mark(&page, key);
    let (q, g, m, l, s) =
        (format!("q.{key}"), format!("g.{key}"), format!("m.{key}"), format!("l.{key}"), format!("s.{key}"));
    let sent =
        [("yeu-cau", "r"), (&q, "tra-loi"), (&g, "9"), (&m, "10"), (&l, "Hội đồng chấp nhận giải trình"), (&s, &seen)];
    ok(&stage.served.post(&council, COUNCIL, &sent).await);
    let line = stage.line("08707", RATIO).await;
    assert_eq!((line.decisions.len(), line.decisions[2].phase), (3, Phase::Council));
    let minutes = stage.served.get(&council, "/dot-cham/xa-2023/hoi-dong/bien-ban.docx").await;
    assert!(minutes.bytes.starts_with(b"PK"));
    let stranger = stage.served.get(&stage.appraiser, COUNCIL).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    // Appraisers look on; they decide no more.
    let late = stage.post("/tieu-chi/1.1.3", &[("yeu-cau", "r9"), ("q.08707", "nhan")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
}
