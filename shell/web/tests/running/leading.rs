use crate::common::rounds::{LAST_DAY, own_lines, plan};
use crate::common::served::{Served, served};
use crate::common::{Answer, set};
use crate::hidden;
use cchc_index::round::{Channel, Phase};
use cchc_index::{AnswerText, SheetCommand};
use cchc_store::rounds::{TAKE_OVER, TELL};

pub const ROUND: &str = "xa-2023";

/// A round of two wards of a city, one of them with an answer.
pub async fn running() -> Served {
    let served = served().await;
    served.open_round(ROUND, plan("243", &[("08707", "Phường Tích Sơn"), ("08710", "Phường Liên Bảo")])).await;
    let line = own_lines(&set("vp-2021-xa")).remove(0);
    let fill = SheetCommand::Note { line, text: "ghép với quý IV".to_owned() };
    served.of_sheet(ROUND, "08707", fill, "08707").await;
    served
}

/// Does what follows, as the server's worker does.
pub async fn follow(served: &Served) {
    let store = served.store();
    while let Some(job) = store.job_take().await.unwrap() {
        let done = match job.kind.as_str() {
            TELL => store.telling_run(&job).await,
            TAKE_OVER => store.take_over_run(&job).await,
            "notify" => store.notice_run(&job).await,
            _ => Ok(()),
        };
        store.job_put(job, done).await.unwrap();
    }
}

async fn act(served: &Served, cookie: &str, act: &str, values: &[(&str, &str)]) -> Answer {
    served.post(cookie, &format!("/dot-cham/{ROUND}/viec/{act}"), values).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_says_who_is_late_and_others_see_a_plain_page() {
    let served = running().await;
    let head = served.as_person("thu-truong.243").await;
    let address = format!("/dot-cham/{ROUND}");
    let board = served.get(&head, &address).await.text();
    assert!(board.contains("chưa đơn vị nào trễ") && board.contains("Tất cả 2"), "{board}");
    assert!(board.contains("0 / "), "{board}");
    served.pass(6 * 24 * 3600);
    let head = served.as_person("thu-truong.243").await;
    let board = served.get(&head, &format!("{address}?loc=tre")).await.text();
    assert!(
        board.contains("2 đơn vị trễ</b>: Phường Tích Sơn, Phường Liên Bảo.") && board.contains("trễ 1 ngày"),
        "{board}"
    );
    assert!(served.get(&head, &format!("{address}?loc=da-nop")).await.text().contains("Không có đơn vị nào như vậy"));
    let officer = served.as_person("dau-moi.08707").await;
    let plain = served.get(&officer, &address).await.text();
    assert!(plain.contains("Phiếu của Phường Tích Sơn") && !plain.contains("Đôn đốc"), "{plain}");
    let leader = served.as_person("lanh-dao").await;
    let looks = served.get(&leader, &address).await.text();
    assert!(looks.contains("trễ 1 ngày") && !looks.contains("Đôn đốc các đơn vị"));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_time_and_reopening_need_a_reason_and_a_later_day() {
    let served = running().await;
    let head = served.as_person("thu-truong.243").await;
    let extend = [("yeu-cau", "g1"), ("don-vi", "08707"), ("buoc", "self-scoring"), ("den-ngay", "25/05/2024")];
    let refused = act(&served, &head, "gia-han", &extend).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("value=\"25/05/2024\"") && refused.text().contains("Lý do: chưa điền"));
    let mut told = extend.to_vec();
    told.push(("ly-do", "Ma\u{302}\u{301}t die\u{323}\u{302}n"));
    assert_eq!(act(&served, &head, "gia-han", &told).await.status, 303);
    assert_eq!(act(&served, &head, "gia-han", &told).await.status, 303, "sent twice");
    let round = served.store().round_find(ROUND).await.unwrap().unwrap();
    assert_eq!((round.extensions.len(), round.may_fill("08710", LAST_DAY.tomorrow().unwrap())), (1, false));
    told[0] = ("yeu-cau", "g2");
    let again = act(&served, &head, "gia-han", &told).await;
    assert!(again.text().contains("hạn mới phải sau hạn đang có"), "{}", again.text());
    told[1] = ("don-vi", "08740");
    assert!(act(&served, &head, "gia-han", &told).await.text().contains("không chấm đơn vị 08740"));
    let reopen = [("yeu-cau", "m1"), ("don-vi", "08710"), ("den-ngay", "14/05/2024"), ("ly-do", "sai số liệu")];
    assert!(act(&served, &head, "mo-lai", &reopen).await.text().contains("đã qua"));
    let other = served.as_person("thu-truong.244").await;
    assert_eq!(act(&served, &other, "mo-lai", &reopen).await.status, 403, "another's round");
    let officer = served.as_person("dau-moi.08707").await;
    assert_eq!(act(&served, &officer, "gia-han", &told).await.status, 403);
    let form = served.get(&head, &format!("/dot-cham/{ROUND}/viec/gia-han?u=08710")).await.text();
    assert!(form.contains("<option value=\"08710\" selected>"), "{form}");
}

#[tokio::test(flavor = "multi_thread")]
async fn phases_go_forward_and_what_is_over_is_not_extended() {
    let served = running().await;
    let head = served.as_person("thu-truong.243").await;
    let form = served.get(&head, &format!("/dot-cham/{ROUND}/viec/buoc")).await;
    assert!(form.text().contains("2 đơn vị chưa nộp phiếu"));
    let request = hidden(&form, "yeu-cau");
    let go = [("yeu-cau", request.as_str()), ("buoc", "first-appraisal")];
    assert_eq!(act(&served, &head, "buoc", &go).await.status, 303);
    assert_eq!(act(&served, &head, "buoc", &go).await.status, 303, "sent twice");
    let back = [("yeu-cau", "b"), ("buoc", "self-scoring")];
    assert!(act(&served, &head, "buoc", &back).await.text().contains("không quay lại bước trước"));
    let late = [
        ("yeu-cau", "c"),
        ("don-vi", "08707"),
        ("buoc", "self-scoring"),
        ("den-ngay", "30/05/2024"),
        ("ly-do", "muộn"),
    ];
    assert!(act(&served, &head, "gia-han", &late).await.text().contains("đã qua"));
    assert_eq!(served.store().round_find(ROUND).await.unwrap().unwrap().phase(), Some(Phase::FirstAppraisal));
    assert_eq!(act(&served, &head, "nhay-coc", &[]).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_merge_carry_their_sheets_over() {
    let served = running().await;
    let lines = own_lines(&set("vp-2021-xa"));
    let set = set("vp-2021-xa");
    let counted: Vec<&String> = lines.iter().filter(|code| reads(&set, code)).collect();
    let (same, other) = (counted[0].clone(), counted[1].clone());
    for (unit, value) in [("08707", "1"), ("08710", "2")] {
        let fill = |line: &String, value: &str| SheetCommand::Fill {
            line: line.clone(),
            answer: AnswerText::new(value, ""),
            seen: None,
        };
        served.of_sheet(ROUND, unit, fill(&same, "1"), unit).await;
        served.of_sheet(ROUND, unit, fill(&other, value), unit).await;
    }
    let head = served.as_person("thu-truong.243").await;
    let gone = [
        ("yeu-cau", "s1"),
        ("tu", "08707"),
        ("tu", "08710"),
        ("vao", "99999"),
        ("den-ngay", "25/05/2024"),
        ("ly-do", "NQ 12/NQ-HĐND"),
    ];
    assert_eq!(act(&served, &head, "sap-nhap", &gone).await.status, 422, "a unit that is not there");
    let mut merge = gone;
    merge[3] = ("vao", "08707");
    let done = act(&served, &head, "sap-nhap", &merge).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(act(&served, &head, "sap-nhap", &merge).await.status, 303, "sent twice");
    follow(&served).await;
    let sheet = served.store().sheet_find(ROUND, "08707").await.unwrap();
    assert_eq!(sheet.lines[&same].answer.value, "1");
    assert!(sheet.lines[&other].is_contradicted() && sheet.lines[&other].origins.len() == 2);
    let page =
        served.get(&served.as_person("dau-moi.08707").await, &format!("/dot-cham/{ROUND}/phieu/08707")).await.text();
    assert!(page.contains("Chuyển từ đơn vị cũ.") && page.contains("khai khác nhau"), "{page}");
    let board = served.get(&head, &format!("/dot-cham/{ROUND}")).await.text();
    assert!(board.contains("Tất cả 1") && board.contains("mở lại đến 25/05/2024"), "{board}");
}

/// Whether a line takes a bare number.
fn reads(set: &cchc_index::CriteriaSet, code: &str) -> bool {
    let (_, node) = set.find(code).unwrap();
    let leaf = node.leaf.as_ref().unwrap();
    ["1", "2"].iter().all(|value| cchc_index::input::answer(node, leaf, &AnswerText::new(value, "")).1.is_empty())
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_reminded_after_the_text_was_seen_and_the_ledger_says_so() {
    let served = running().await;
    let head = served.as_person("thu-truong.243").await;
    let address = format!("/dot-cham/{ROUND}/nhac");
    let form = served.get(&head, &format!("{address}?u=08707&u=khong-co")).await;
    let text = form.text();
    assert!(text.contains("<b>1</b> đơn vị") && text.contains("Sao chép tin nhắn"), "{text}");
    assert!(text.contains("Chưa cấu hình: Thư điện tử công vụ"), "{text}");
    let request = hidden(&form, "yeu-cau");
    let mut values = vec![
        ("yeu-cau", request.as_str()),
        ("u", "08707"),
        ("qua", "notice"),
        ("qua", "mail"),
        ("loi-nhan", "{đơn vị} còn thiếu {còn thiếu}"),
    ];
    assert_eq!(served.post(&head, &address, &values).await.status, 303);
    assert_eq!(served.post(&head, &address, &values).await.status, 303, "sent twice");
    follow(&served).await;
    let person = cchc_ledger::PersonId::from("dau-moi.08707");
    assert_eq!(served.store().notice_unread(&person).await.unwrap(), 2, "of his post, and this one");
    let officer = served.as_person("dau-moi.08707").await;
    let told = served.get(&officer, "/thong-bao").await.text();
    assert!(told.contains("Phường Tích Sơn còn thiếu") && told.contains(" dòng: "), "{told}");
    let round = served.store().round_find(ROUND).await.unwrap().unwrap();
    assert_eq!(round.urged["08707"].times, 1);
    assert_eq!(round.urged["08707"].channels, [Channel::Notice], "mail is not set up");
    assert!(served.get(&head, &format!("/dot-cham/{ROUND}")).await.text().contains("15/05/2024, lần 1"));
    values[0] = ("yeu-cau", "khac");
    values[4] = ("loi-nhan", " ");
    assert_eq!(served.post(&head, &address, &values).await.status, 422);
    values[1] = ("u", "08740");
    assert_eq!(served.post(&head, &address, &values).await.status, 422, "not in the round");
    let other = served.as_person("dau-moi.08707").await;
    assert_eq!(served.post(&other, &address, &values).await.status, 403);
    let coordinator = served.as_person("dieu-phoi").await;
    let ledger = served.get(&coordinator, "/so-cai?loai=round").await.text();
    assert!(ledger.contains("Đôn đốc") && ledger.contains("Mở đợt"), "{ledger}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_seen_by_all_and_answered_by_whoever_runs_the_round() {
    let served = running().await;
    let line = own_lines(&set("vp-2021-xa")).remove(0);
    let address = format!("/dot-cham/{ROUND}/hoi-dap/{line}");
    let officer = served.as_person("dau-moi.08707").await;
    let form = served.get(&officer, &address).await;
    let request = hidden(&form, "yeu-cau");
    let ask = [("yeu-cau", request.as_str()), ("nhom", "xa"), ("loi-nhan", "Ti\u{301}nh cả quý IV?")];
    assert_eq!(served.post(&officer, &address, &ask).await.status, 303);
    assert_eq!(served.post(&officer, &address, &ask).await.status, 303, "sent twice");
    assert_eq!(served.store().thread_list(ROUND).await.unwrap().len(), 1);
    let empty = [("yeu-cau", "h2"), ("nhom", "xa"), ("loi-nhan", " ")];
    assert_eq!(served.post(&officer, &address, &empty).await.status, 422);
    follow(&served).await;
    let head = served.as_person("thu-truong.243").await;
    assert!(served.get(&head, "/thong-bao").await.text().contains("Có câu hỏi mới về tiêu chí"));
    let all = served.get(&head, &format!("/dot-cham/{ROUND}/hoi-dap")).await.text();
    assert!(all.contains("Tính cả quý IV?") && all.contains("Chưa trả lời"), "{all}");
    let answers = format!("{address}/tra-loi");
    let answer = [("yeu-cau", "t1"), ("cau", "1"), ("loi-nhan", "Có, tính cả quý IV.")];
    assert_eq!(served.post(&officer, &answers, &answer).await.status, 403);
    assert_eq!(served.post(&head, &answers, &answer).await.status, 303);
    let corrected = [("yeu-cau", "t2"), ("cau", "1"), ("loi-nhan", "Không, chỉ tính ba quý.")];
    assert_eq!(served.post(&head, &answers, &corrected).await.status, 303);
    let unknown = [("yeu-cau", "t3"), ("cau", "9"), ("loi-nhan", "x")];
    assert_eq!(served.post(&head, &answers, &unknown).await.status, 422);
    follow(&served).await;
    assert!(served.get(&officer, "/thong-bao").await.text().contains("đã được trả lời"));
    let seen = served.get(&served.as_person("tham-dinh").await, &address).await.text();
    assert!(seen.contains("Không, chỉ tính ba quý.") && seen.contains(", đã sửa"), "{seen}");
    assert_eq!(served.get(&officer, &format!("/dot-cham/{ROUND}/hoi-dap/99")).await.status, 404);
}
