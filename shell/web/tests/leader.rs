//! `/mot-trang`: what is late, whose it is, and why.

mod common;

use cchc_index::{AnswerText, SheetCommand};
use common::rounds::plan;
use common::served::served;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_names_who_answers_for_it() {
    let served = served().await;
    served.open_round("tp-2023", plan("VP.SNV", &[("243", "Thành phố Vĩnh Yên"), ("244", "Thành phố Phúc Yên")])).await;
    served.open_round("xa-2023", plan("244", &[("08707", "Phường Tích Sơn")])).await;
    let answer = AnswerText::new("28/01/2021", "");
    let fill = SheetCommand::Fill { line: "1.1.1".into(), answer, seen: None };
    served.of_sheet("tp-2023", "243", fill, "243").await;
    let leader = served.as_person("lanh-dao").await;
    let before = served.get(&leader, "/mot-trang").await.text();
    assert!(before.contains("Không đơn vị nào trễ hạn"), "{before}");
    // 15/05 to 23/05: the last day was the 20th.
    served.pass(8 * 86_400);
    let leader = served.as_person("lanh-dao").await;
    let page = served.get(&leader, "/mot-trang").await.text();
    assert!(page.contains("<b class=\"son\">3 đơn vị trễ hạn nộp phiếu</b>"), "{page}");
    assert!(page.contains("3 ngày") && page.contains("mới nhập 1\u{a0}/\u{a0}"));
    assert!(page.contains("Nguyễn Văn Yên (mô phỏng)"), "{page}");
    assert!(page.contains("/dot-cham/tp-2023/phieu/243"));
    assert!(page.contains("chưa có người giữ chức vụ"), "the ward has no head");
    // Whoever runs a round of his own sees that one alone.
    let own = served.get(&served.as_person("thu-truong.244").await, "/mot-trang").await.text();
    assert!(own.contains("Phường Tích Sơn") && !own.contains("Thành phố Vĩnh Yên"), "{own}");
    assert_eq!(served.get(&served.as_person("quan-tri").await, "/mot-trang").await.status, 403);
    assert_eq!(served.get("", "/mot-trang").await.status, 401);
}
