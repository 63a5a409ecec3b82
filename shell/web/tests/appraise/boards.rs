use cchc_index::round::Phase;
use cchc_index::sheet::Verdict;
use cchc_index::{AnswerText, SheetCommand};

use super::stage::{CHOICE, RATIO, ROUND, Stage};

async fn board(stage: &Stage) -> String {
    let head = stage.served.as_person("dieu-phoi").await;
    stage.served.get(&head, &format!("/dot-cham/{ROUND}")).await.text()
}

/// The cells of the row that begins with a heading.
fn row(page: &str, heading: &str) -> String {
    let at = page.find(heading).unwrap_or_else(|| panic!("{heading} in {page}"));
    page[at..].split_once("</tr>").unwrap().0.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_unit_and_each_agency_is_counted_in_every_step() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let page = board(&stage).await;
    assert!(page.contains("<title id=\"buoc-do-t\">Các bước theo thời gian</title>"), "{page}");
    assert!(row(&page, "aria-label=\"Chọn Phường Tích Sơn\"").contains("0 / "), "{page}");
    let agencies = &page[page.find("id=\"co-quan\"").unwrap()..];
    assert!(agencies.contains("Sao chép tin nhắn đôn đốc") && agencies.contains("?co-quan="), "{agencies}");
    for (line, answer) in [(CHOICE, AnswerText::new("thieu", "")), (RATIO, AnswerText::new("8", "10"))] {
        let command = SheetCommand::Appraise { line: line.into(), verdict: Verdict::Answer(answer) };
        stage.served.of_sheet(ROUND, "08707", command, "VP.STP").await;
    }
    stage.go_to(Phase::Explaining).await;
    let page = board(&stage).await;
    assert!(row(&page, "aria-label=\"Chọn Phường Tích Sơn\"").contains("<span class=\"st no\">0 / 2</span>"), "{page}");
    for (line, agrees, text) in [(CHOICE, true, ""), (RATIO, false, "Có biên bản")] {
        let command = SheetCommand::Explain { line: line.into(), agrees, text: text.into() };
        stage.served.of_sheet(ROUND, "08707", command, "08707").await;
    }
    stage.go_to(Phase::SecondAppraisal).await;
    let unit = row(&board(&stage).await, "aria-label=\"Chọn Phường Tích Sơn\"");
    assert!(unit.contains("<span class=\"st ok\">2 / 2</span>") && unit.contains("0 / 1"), "{unit}");
    stage.go_to(Phase::Council).await;
    let unit = row(&board(&stage).await, "aria-label=\"Chọn Phường Tích Sơn\"");
    assert_eq!(unit.matches("0 / 1").count(), 2, "neither the agency nor the council decided again: {unit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_is_late_once_its_last_day_is_over_and_lines_are_left() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    assert!(!board(&stage).await.contains("cơ quan thẩm định trễ"));
    stage.served.pass(20 * 24 * 3600);
    let page = board(&stage).await;
    assert!(page.contains("cơ quan thẩm định trễ</b>: ") && page.contains("quá hạn"), "{page}");
    let appraiser = stage.served.as_person("tham-dinh").await;
    let of = async |code: &str| {
        stage.served.get(&appraiser, &format!("/dot-cham/{ROUND}/tieu-chi?co-quan={code}")).await.text()
    };
    let page = of("VP.STP").await;
    assert!(page.contains("Chỉ các tiêu chí Sở Tư pháp thẩm định"), "{page}");
    assert!(!of("%3Cb%3E").await.contains("Chỉ các tiêu chí"), "no agency of this round");
}
