//! `/dot-cham/{round}/phieu/{unit}`: the sheet of a unit, filled line by line and as a whole.

mod common;

use cchc_index::round::Phase;
use cchc_index::sheet::{Submission, Verdict};
use cchc_index::{AnswerText, Sheet, SheetCommand};
use cchc_store::sheets;
use common::rounds::{AGENCY, plan};
use common::served::{Served, actor, served};
use common::set;
use jiff::civil::date;

const WARD: (&str, &str) = ("08707", "Phường Tích Sơn");
const SHEET: &str = "/dot-cham/xa-2023/phieu/08707";

async fn stage() -> Served {
    let served = served().await;
    served.open_round("xa-2023", plan("243", &[WARD, ("08710", "Phường Liên Bảo")])).await;
    served
}

fn fill(line: &str, value: &str, of: &str) -> SheetCommand {
    SheetCommand::Fill { line: line.to_owned(), answer: AnswerText::new(value, of), seen: None }
}

async fn answer(served: &Served, line: &str) -> String {
    served.store().sheet_find("xa-2023", "08707").await.unwrap().line(line).answer.shown()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_sees_the_sheet_of_his_unit_and_no_other() {
    let served = stage().await;
    let officer = served.as_person("dau-moi.08707").await;
    let page = served.get(&officer, SHEET).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(text.contains("Phường Tích Sơn") && text.contains("Hạn <b>20/05/2024</b>"));
    assert!(text.contains("data-line=\"1.1.1\"") && text.contains("name=\"v-1.1.1\""));
    assert_eq!(served.get(&officer, "/dot-cham/xa-2023/phieu/08710").await.status, 403);
    assert_eq!(served.get(&officer, "/dot-cham/xa-2023/phieu/999").await.status, 403);
    // The city sees its wards but does not write in their sheets.
    let city = served.as_person("dau-moi.243").await;
    let text = served.get(&city, SHEET).await.text();
    assert!(text.contains("Phường Tích Sơn") && !text.contains("data-line="));
    assert_eq!(served.post(&city, &format!("{SHEET}/dong/1.1.1"), &[("v", "31/01/2021")]).await.status, 403);
    assert_eq!(served.get(&city, "/dot-cham/xa-2023/phieu/khong-co").await.status, 403);
    let coordinator = served.as_person("dieu-phoi").await;
    assert_eq!(served.get(&coordinator, "/dot-cham/xa-2023/phieu/khong-co").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_is_saved_as_it_is_typed_and_says_its_points() {
    let served = stage().await;
    let officer = served.as_person("dau-moi.08707").await;
    let address = format!("{SHEET}/dong/1.1.1");
    let sent = [("yeu-cau", "r1"), ("v", "28/01/2021"), ("g", "Ban hành sớm"), ("s", "0")];
    let saved = served.post(&officer, &address, &sent).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    let said: serde_json::Value = serde_json::from_str(&saved.text()).unwrap();
    assert_eq!(
        (said["outcome"].as_str(), said["points"].as_str(), said["seen"].as_u64()),
        (Some("saved"), Some("1,00"), Some(1))
    );
    let before = served.store().log_end().await.unwrap();
    assert_eq!(served.post(&officer, &address, &sent).await.status, 200, "sent twice");
    assert_eq!(served.store().log_end().await.unwrap(), before);
    let page = served.get(&officer, SHEET).await.text();
    assert!(page.contains("28/01/2021") && page.contains("Ban hành sớm"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_officers_on_one_line_are_told_of_each_other() {
    let served = stage().await;
    let officer = served.as_person("dau-moi.08707").await;
    served.of_sheet("xa-2023", "08707", fill("1.1.1", "30/01/2021", ""), "08707").await;
    let address = format!("{SHEET}/dong/1.1.1");
    let told = served.post(&officer, &address, &[("yeu-cau", "r2"), ("v", "05/02/2021"), ("s", "0")]).await;
    assert_eq!(told.status, 409);
    let said: serde_json::Value = serde_json::from_str(&told.text()).unwrap();
    assert_eq!((said["outcome"].as_str(), said["value"].as_str()), (Some("conflict"), Some("30/01/2021")));
    assert_eq!(answer(&served, "1.1.1").await, "30/01/2021");
    let mine = served.post(&officer, &address, &[("yeu-cau", "r3"), ("v", "05/02/2021"), ("s", "1")]).await;
    assert_eq!(mine.status, 200);
    assert_eq!(answer(&served, "1.1.1").await, "05/02/2021");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_form_takes_what_it_can_and_shows_the_rest_again() {
    let served = stage().await;
    let officer = served.as_person("dau-moi.08707").await;
    // Somebody else answered this line after the page was made, and the form did not touch it.
    served.of_sheet("xa-2023", "08707", fill("1.1.2", "du", ""), "08707").await;
    let sent = [
        ("yeu-cau", "r4"),
        ("v-1.1.1", "khoảng cuối tháng"),
        ("s-1.1.1", "0"),
        ("o-1.1.1", "|"),
        ("v-1.1.2", ""),
        ("s-1.1.2", "0"),
        ("o-1.1.2", "|"),
        ("g-1.1.1", "đang ti\u{300}m văn bản"),
    ];
    let page = served.post(&officer, SHEET, &sent).await;
    assert_eq!(page.status, 422);
    let text = page.text();
    assert!(text.contains("Có 1 dòng chưa lưu được") && text.contains("value=\"khoảng cuối tháng\""), "{text}");
    assert_eq!(answer(&served, "1.1.2").await, "du");
    let sent = [("yeu-cau", "r5"), ("v-1.1.1", "29/01/2021"), ("s-1.1.1", "0"), ("o-1.1.1", "|")];
    assert_eq!(served.post(&officer, SHEET, &sent).await.status, 303);
    assert_eq!(answer(&served, "1.1.1").await, "29/01/2021");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_last_day_nothing_is_taken_but_nothing_typed_is_lost() {
    let served = stage().await;
    // 15/05 08:05 to the last minute of 20/05, and a minute more.
    served.pass(5 * 86_400 + 15 * 3_600 + 54 * 60);
    let officer = served.as_person("dau-moi.08707").await;
    let address = format!("{SHEET}/dong/1.1.1");
    let last = served.post(&officer, &address, &[("yeu-cau", "r6"), ("v", "28/01/2021"), ("s", "0")]).await;
    assert_eq!(last.status, 200, "{}", last.text());
    served.pass(120);
    let late = served.post(&officer, &address, &[("yeu-cau", "r7"), ("v", "27/01/2021"), ("s", "1")]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("đã hết hạn tự chấm điểm (20/05/2024)"), "{}", late.text());
    assert!(served.get(&officer, SHEET).await.text().contains("Quá hạn 20/05/2024"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agency_sees_what_it_appraises() {
    let served = stage().await;
    served.of_sheet("xa-2023", "08707", fill("1.1.1", "28/01/2021", ""), "08707").await;
    served.go_to("xa-2023", Phase::FirstAppraisal).await;
    let appraiser = served.as_person("tham-dinh").await;
    let page = served.get(&appraiser, SHEET).await;
    assert_eq!(page.status, 200, "{AGENCY}");
    assert!(page.text().contains("28/01/2021") && !page.text().contains("data-line="));
    let mut other = plan("243", &[WARD]);
    other.appraisers.iter_mut().for_each(|one| one.unit = "VP.STC".to_owned());
    served.open_round("xa-khac", other).await;
    assert_eq!(served.get(&appraiser, "/dot-cham/xa-khac/phieu/08707").await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_shown_as_people_write_it_and_is_no_change_when_it_comes_back_so() {
    let served = stage().await;
    let officer = served.as_person("dau-moi.08707").await;
    served.of_sheet("xa-2023", "08707", fill("1.1.1", "2021-01-28", ""), "08707").await;
    let page = served.get(&officer, SHEET).await.text();
    assert!(page.contains("name=\"v-1.1.1\" value=\"28/01/2021\""));
    let note = [("yeu-cau", "r8"), ("v", "28/01/2021"), ("g", "Đã ban hành"), ("s", "1")];
    assert_eq!(served.post(&officer, &format!("{SHEET}/dong/1.1.1"), &note).await.status, 200);
    let sheet = served.store().sheet_find("xa-2023", "08707").await.unwrap();
    let line = sheet.line("1.1.1");
    assert_eq!((line.seen, line.note.as_str()), (1, "Đã ban hành"));
}

/// What agencies decide is the unit's to see once their phase is over.
#[tokio::test(flavor = "multi_thread")]
async fn a_unit_sees_decisions_after_their_phase() {
    let served = served().await;
    served.open_round("tp-2023", plan("VP.SNV", &[("243", "Thành phố Vĩnh Yên")])).await;
    for (_, node, _) in set("vp-2021-xa").leaves() {
        let text = "Không phát sinh (mô phỏng)".to_owned();
        let context = served.context(actor("thu", "243"));
        let note = SheetCommand::Note { line: node.code.clone(), text };
        // Lines that others answer take no note.
        let _ = served.store().commit::<Sheet>(&sheets::stream("tp-2023", "243").unwrap(), note, context).await;
    }
    let submission = Submission {
        number: "1/BC-MP".into(),
        dated: date(2024, 5, 15),
        signed: None,
        signer: String::new(),
        proposals: String::new(),
    };
    served.of_sheet("tp-2023", "243", SheetCommand::Submit { submission }, "243").await;
    served.go_to("tp-2023", Phase::FirstAppraisal).await;
    let verdict = Verdict::Points("0.5".parse().unwrap());
    let decide = SheetCommand::Appraise { line: "1.1.1".into(), verdict };
    served.of_sheet("tp-2023", "243", decide, AGENCY).await;
    let address = "/dot-cham/tp-2023/phieu/243";
    let unit = served.as_person("dau-moi.243").await;
    let agency = served.as_person("tham-dinh").await;
    assert!(!served.get(&unit, address).await.text().contains("Thẩm định lần 1,"));
    assert!(served.get(&agency, address).await.text().contains("Thẩm định lần 1,"));
    served.go_to("tp-2023", Phase::Explaining).await;
    assert!(served.get(&unit, address).await.text().contains("Thẩm định lần 1,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_show_what_waits() {
    let served = stage().await;
    let officer = served.as_person("dau-moi.08707").await;
    served.of_sheet("xa-2023", "08707", fill("1.1.1", "10/02/2021", ""), "08707").await;
    let shown = |text: &str| text.matches("data-line=").count();
    let all = shown(&served.get(&officer, SHEET).await.text());
    assert_eq!(shown(&served.get(&officer, &format!("{SHEET}?loc=chua-nhap")).await.text()), all - 1);
    assert_eq!(shown(&served.get(&officer, &format!("{SHEET}?loc=thieu-tai-lieu")).await.text()), 1);
    assert_eq!(shown(&served.get(&officer, &format!("{SHEET}?loc=mat-diem")).await.text()), 1);
}
