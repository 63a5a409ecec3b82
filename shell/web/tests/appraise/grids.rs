use axum::http::StatusCode;
use cchc_index::round::Phase;
use cchc_index::{AnswerText, SheetCommand};

use super::stage::{CHOICE, RATIO, ROUND, Stage, errors, mark, ok, own_unit};

fn grid(code: &str) -> String {
    format!("/tieu-chi/{code}")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_criteria_say_how_far_each_is_and_lead_to_their_grids() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let page = stage.get("/tieu-chi").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("/dot-cham/xa-2023/tieu-chi/1.1.2") && text.contains("Bạn thẩm định"), "{}", errors(&page));
    // Leaders see counts, and no cell.
    let leader = stage.served.as_person("lanh-dao").await;
    let counts = stage.served.get(&leader, "/dot-cham/xa-2023/tieu-chi").await;
    assert_eq!(counts.status, StatusCode::OK);
    let officer = stage.served.as_person("dau-moi.243").await;
    let own = stage.served.get(&officer, "/dot-cham/xa-2023/tieu-chi/1.1.2").await;
    assert!(own.text().contains("Phường Tích Sơn") && !own.text().contains("name=\"q.08707\""), "seen, not decided");
    let other = stage.served.as_person("thu-truong.244").await;
    assert_eq!(stage.served.get(&other, "/dot-cham/xa-2023/tieu-chi/1.1.2").await.status, StatusCode::FORBIDDEN);
    assert_eq!(stage.get("/tieu-chi/9.9.9").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_accepted_changed_or_asked_back_and_twice_is_once() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let page = stage.get(&grid(RATIO)).await;
    assert!(!page.text().contains("name=\"q.08713\""), "not handed in");
    let (first, second) = (mark(&page, "08707"), mark(&page, "08710"));
    let sent = [
        ("yeu-cau", "r1"),
        ("q.08707", "nhan"),
        ("s.08707", first.as_str()),
        ("q.08710", "tra-loi"),
        ("g.08710", "8"),
        ("m.08710", "10"),
        ("l.08710", "Một việc chưa xong"),
        ("s.08710", second.as_str()),
    ];
    ok(&stage.post(&grid(RATIO), &sent).await);
    let before = stage.served.store().log_end().await.unwrap();
    ok(&stage.post(&grid(RATIO), &sent).await);
    assert_eq!(stage.served.store().log_end().await.unwrap(), before, "sent twice");
    let line = stage.line("08710", RATIO).await;
    assert_eq!(line.decisions[0].answer, AnswerText::new("8", "10"));
    assert_eq!((line.decisions[0].by.as_str(), line.decisions[0].reason.as_str()), ("VP.STP", "Một việc chưa xong"));
    assert_eq!(stage.line("08707", RATIO).await.decisions[0].answer, AnswerText::new("9", "10"));
    let page = stage.get(&grid(RATIO)).await.text();
    assert!(page.contains("Đã chấp nhận") && page.contains("Đã sửa") && page.contains("giảm"), "{page}");
    let page = stage.get(&grid(CHOICE)).await;
    let seen = mark(&page, "08707");
    let ask = [
        ("yeu-cau", "r2"),
        ("q.08707", "hoi"),
        ("l.08707", "Thiếu phụ lục?"),
        ("s.08707", &seen),
        ("han", "20/05/2024"),
    ];
    ok(&stage.post(&grid(CHOICE), &ask).await);
    assert_eq!(stage.line("08707", CHOICE).await.asked.unwrap().question, "Thiếu phụ lục?");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_keeps_what_was_typed_and_the_rest_is_recorded() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let page = stage.get(&grid(RATIO)).await;
    let (first, second) = (mark(&page, "08707"), mark(&page, "08710"));
    let sent = [
        ("yeu-cau", "r1"),
        ("q.08707", "nhan"),
        ("s.08707", first.as_str()),
        ("q.08710", "tra-loi"),
        ("g.08710", "ta\u{301}m"),
        ("m.08710", "10"),
        ("s.08710", second.as_str()),
    ];
    let answer = stage.post(&grid(RATIO), &sent).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("Đã ghi 1 dòng") && text.contains("1 dòng chưa ghi được"), "{}", errors(&answer));
    assert!(
        text.contains("href=\"#d-08710\">Phường Liên Bảo</a>") && text.contains("ta\u{301}m"),
        "{}",
        errors(&answer)
    );
    // Corrected with its reason, it is taken; the row that was recorded is not sent again.
    let sent = [("yeu-cau", "r1"), ("q.08710", "tra-loi"), ("g.08710", "8"), ("m.08710", "10"), ("s.08710", &second)];
    let reasonless = stage.post(&grid(RATIO), &sent).await;
    assert!(errors(&reasonless).contains("cần ghi lý do"), "{}", errors(&reasonless));
    let mut sent = sent.to_vec();
    sent.push(("l.08710", "Một việc chưa xong"));
    ok(&stage.post(&grid(RATIO), &sent).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_meanwhile_is_told_with_both_values() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let seen = mark(&stage.get(&grid(RATIO)).await, "08707");
    let decide = |request: &'static str, value: &'static str| {
        let seen = seen.clone();
        let stage = &stage;
        async move {
            let sent = [
                ("yeu-cau", request),
                ("q.08707", "tra-loi"),
                ("g.08707", value),
                ("m.08707", "10"),
                ("l.08707", "Theo báo cáo"),
                ("s.08707", seen.as_str()),
            ];
            stage.post(&grid(RATIO), &sent).await
        }
    };
    ok(&decide("r1", "8").await);
    let second = decide("r2", "7").await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = errors(&second);
    assert!(
        told.contains("vừa thay đổi") && told.contains("8 / 10") && second.text().contains("value=\"7\""),
        "{told}"
    );
    assert_eq!(stage.line("08707", RATIO).await.decisions[0].answer, AnswerText::new("8", "10"));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_decided_with_one_decision_and_one_reason() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let page = stage.get(&format!("{}?loc=chua&chon=khop", grid(CHOICE))).await;
    assert_eq!(page.text().matches(" checked").count() - 1, 2, "both are ticked; the radio of the paste beside them");
    let (first, second) = (mark(&page, "08707"), mark(&page, "08710"));
    let sent = [
        ("yeu-cau", "r1"),
        ("viec", "chung"),
        ("qd", "tra-loi"),
        ("gt", "thieu"),
        ("ly-do", "Thiếu phụ lục"),
        ("c", "08707"),
        ("c", "08710"),
        ("s.08707", first.as_str()),
        ("s.08710", second.as_str()),
    ];
    ok(&stage.post(&grid(CHOICE), &sent).await);
    for unit in ["08707", "08710"] {
        let line = stage.line(unit, CHOICE).await;
        assert_eq!(
            (line.decisions[0].answer.value.as_str(), line.decisions[0].reason.as_str()),
            ("thieu", "Thiếu phụ lục")
        );
    }
    let none = stage.post(&grid(CHOICE), &[("yeu-cau", "r3"), ("viec", "chung"), ("qd", "nhan")]).await;
    assert!(errors(&none).contains("Chưa chọn dòng nào"), "{}", errors(&none));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_decides_of_his_own_unit_nor_out_of_phase_nor_for_others() {
    let stage = Stage::in_phase(Phase::Explaining).await;
    let page = stage.get(&grid(RATIO)).await;
    assert!(page.text().contains("Đợt không ở bước thẩm định"));
    let answer = stage.post(&grid(RATIO), &[("yeu-cau", "r"), ("q.08707", "nhan")]).await;
    assert!(errors(&answer).contains("đợt không ở bước thẩm định"), "{}", errors(&answer));
    for (login, status) in [("dau-moi.243", 403), ("thu-truong.244", 403), ("", 401), ("quan-tri", 403)] {
        let cookie = if login.is_empty() { String::new() } else { stage.served.as_person(login).await };
        let path = format!("/dot-cham/{ROUND}{}", grid(RATIO));
        let answer = stage.served.post(&cookie, &path, &[("q.08707", "nhan")]).await;
        assert_eq!(answer.status.as_u16(), status, "{login}");
    }
    let stage = Stage::of(own_unit(), Phase::FirstAppraisal).await;
    let page = stage.get(&grid(RATIO)).await.text();
    assert!(page.contains("q.08707") && !page.contains("VP.STP"), "its own sheet is another's to appraise");
    let answer = stage.post(&grid(RATIO), &[("yeu-cau", "r"), ("q.VP.STP", "nhan")]).await;
    assert!(errors(&answer).contains("Chưa ghi quyết định"), "{}", errors(&answer));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_appraised_line_by_line_and_the_rest_at_once() {
    let stage = Stage::in_phase(Phase::FirstAppraisal).await;
    let tail = "/tham-dinh/08707";
    let page = stage.get(tail).await;
    let seen = mark(&page, RATIO);
    let count = page.text().matches("name=\"s.").count() / 2;
    assert!(count > 20, "a row for each line, and again among the rest: {count}");
    let (verdict, reason, of) = (format!("q.{RATIO}"), format!("l.{RATIO}"), format!("s.{RATIO}"));
    let value = format!("g.{RATIO}");
    let sent =
        [("yeu-cau", "r1"), (&verdict, "diem"), (&value, "0,5"), (&reason, "Thiếu sản phẩm"), (&of, seen.as_str())];
    ok(&stage.post(tail, &sent).await);
    assert_eq!(stage.line("08707", RATIO).await.decisions[0].points.points, "1/2");
    let page = stage.get(tail).await;
    let marks = [CHOICE, "1.1.1"].map(|code| (code, mark(&page, code)));
    let mut sent = vec![("yeu-cau".to_owned(), "r2".to_owned())];
    for (code, seen) in &marks {
        sent.push(("c".to_owned(), (*code).to_owned()));
        sent.push((format!("s.{code}"), seen.clone()));
    }
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    // Another asked in between: all or nothing, and it is said which line moved.
    let until = stage.served.store().now().date();
    let ask = SheetCommand::AskBack { line: CHOICE.into(), question: "Phụ lục?".into(), until };
    stage.served.of_sheet(ROUND, "08707", ask, "VP.STP").await;
    let refused = stage.post("/tham-dinh/08707/con-lai", &sent).await;
    assert!(errors(&refused).contains("1.1.2 vừa thay đổi"), "{}", errors(&refused));
    assert!(stage.line("08707", "1.1.1").await.decisions.is_empty());
    let alone: Vec<(&str, &str)> = sent
        .into_iter()
        .filter(|(name, value)| *value != CHOICE && !name.ends_with(CHOICE))
        .map(|(name, value)| (name, if name == "yeu-cau" { "r3" } else { value }))
        .collect();
    ok(&stage.post("/tham-dinh/08707/con-lai", &alone).await);
    assert_eq!(stage.line("08707", "1.1.1").await.decisions.len(), 1);
    assert_eq!(stage.get("/tham-dinh/99999").await.status, StatusCode::NOT_FOUND);
}
