//! Where the points of a sheet lie, beside its group. All units' answers are invented.
#![allow(missing_docs)]

mod common;

use cchc_index::set::{Part, Source};
use cchc_index::sheet::Submission;
use cchc_index::{AnswerText, SheetCommand};
use common::rounds::plan;
use common::served::{Served, served};
use common::set;

const ROUND: &str = "tp-2023";
const CITY: &str = "/dot-cham/tp-2023/phieu/243";
const UNITS: [(&str, &str); 4] = [
    ("243", "Thành phố Vĩnh Yên"),
    ("244", "Thành phố Phúc Yên"),
    ("246", "Huyện Lập Thạch"),
    ("247", "Huyện Tam Dương"),
];

/// Answers the first line that asks for a share, notes the others, and hands the sheet in.
async fn hand_in(served: &Served, unit: &str, answer: &str) {
    let set = set("vp-2021-xa");
    let leaves = set
        .leaves()
        .filter(|(_, node, leaf)| matches!(leaf.source, Source::Person | Source::Metric) && node.part == Part::Scored);
    for (_, node, _) in leaves {
        let text = "Không phát sinh trong năm (mô phỏng)".to_owned();
        served.of_sheet(ROUND, unit, SheetCommand::Note { line: node.code.clone(), text }, unit).await;
    }
    let line = answered();
    let fill = SheetCommand::Fill { line, answer: AnswerText::new(answer, "10"), seen: None };
    served.of_sheet(ROUND, unit, fill, unit).await;
    let (number, dated) = (format!("1{unit}/BC-MP"), jiff::civil::date(2024, 5, 14));
    let submission = Submission { number, dated, signed: None, signer: String::new(), proposals: String::new() };
    served.of_sheet(ROUND, unit, SheetCommand::Submit { submission }, unit).await;
}

/// The first line that asks for a share.
fn answered() -> String {
    let set = set("vp-2021-xa");
    let mut leaves = set.leaves();
    let found = leaves.find(|(_, _, leaf)| leaf.rule.kind() == "proportional" && leaf.source == Source::Person);
    found.map(|(_, node, _)| node.code.clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_group_stands_beside_a_sheet_that_was_handed_in_once_three_are() {
    let served = served().await;
    served.open_round(ROUND, plan("VP.SNV", &UNITS)).await;
    let officer = served.as_person("dau-moi.243").await;
    let coordinator = served.as_person("dieu-phoi").await;

    hand_in(&served, "244", "8").await;
    hand_in(&served, "246", "9").await;
    let page = served.get(&officer, CITY).await.text();
    assert!(page.contains("Điểm nằm ở đâu") && page.contains("sau khi đơn vị nộp phiếu"), "{page}");
    let page = served.get(&coordinator, CITY).await.text();
    assert!(page.contains("Mới có 2 đơn vị cùng nhóm nộp phiếu"), "{page}");
    assert!(!page.contains("data-label=\"Trung bình nhóm\""));

    hand_in(&served, "247", "10").await;
    let page = served.get(&officer, CITY).await.text();
    assert!(page.contains("sau khi đơn vị nộp phiếu") && !page.contains("data-label=\"Trung bình nhóm\""));
    assert!(served.get(&coordinator, CITY).await.text().contains("Trung bình nhóm (3 đơn vị)"));

    hand_in(&served, "243", "9").await;
    let page = served.get(&officer, CITY).await.text();
    assert!(page.contains("Trung bình nhóm (4 đơn vị)"), "{page}");
    // (8 + 9 + 10 + 9) ÷ 4 of 10: nine tenths of the maximum, as the unit itself has.
    let own = page.split("data-label=\"Tự chấm\"><b>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(page.contains(&format!("data-label=\"Trung bình nhóm\">{own}</td>")), "{own}: {page}");
    assert!(page.contains(&format!("href=\"{CITY}#")) && page.contains("Mất nhiều điểm nhất"), "{page}");
    // Nothing of it tells what another unit gave itself.
    assert!(!page.contains("Phúc Yên") && !page.contains("Lập Thạch"));
}
