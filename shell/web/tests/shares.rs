//! A sheet that is split: each department its own lines, gathered, given back, and the answer of a body outside.

mod common;

use cchc_access::Role;
use cchc_index::round::{Deadline, Group, Phase, Plan, Ranked, Share};
use cchc_index::sheet::{Delivery, Submission};
use cchc_index::{AnswerText, RoundCommand, SheetCommand};
use cchc_ledger::{Actor, Hash};
use common::served::{Served, actor, post, served};
use common::{data, set};
use jiff::civil::date;

const SHEET: &str = "/dot-cham/bnv/phieu/26";
const JUSTICE: &str = "VP.STP";
const FINANCE: &str = "VP.STC";

fn plan() -> Plan {
    let content = std::fs::read(data("criteria/bnv-2022-tinh.toml")).unwrap();
    let share =
        |criterion: &str, unit: &str| Share { scored: "26".into(), criterion: criterion.into(), unit: unit.into() };
    Plan {
        title: "Chỉ số CCHC của tỉnh do bộ chấm (mô phỏng)".into(),
        year: 2023,
        organiser: "26".into(),
        groups: vec![Group { code: "tinh".into(), set: "bnv-2022-tinh".into(), version: Hash::of(&content) }],
        units: vec![Ranked { code: "26".into(), name: "Tỉnh Vĩnh Phúc".into(), group: "tinh".into() }],
        deadlines: vec![Deadline { phase: Phase::SelfScoring, until: date(2024, 5, 20) }],
        appraisers: Vec::new(),
        substitutes: Vec::new(),
        presets: Vec::new(),
        shares: vec![share("2.1", JUSTICE), share("6", FINANCE)],
        outside: Some("Bộ Nội vụ".into()),
    }
}

/// The round runs; officers of both departments and of the province are there.
async fn stage() -> Served {
    let served = served().await;
    for (login, unit, role) in [
        ("dau-moi.stp", JUSTICE, Role::UnitOfficer),
        ("dau-moi.stc", FINANCE, Role::UnitOfficer),
        ("dau-moi.26", "26", Role::UnitOfficer),
        ("thu-truong.26", "26", Role::UnitHead),
    ] {
        let command = cchc_access::PersonCommand::Register {
            name: format!("{login} (mô phỏng)"),
            login: Some(login.to_owned()),
            contact: cchc_access::person::Contact::default(),
            simulated: true,
        };
        served.person(login, command, Actor::system()).await;
        let post = cchc_access::Post { order: 90, ..post(login, unit, role) };
        served.person(login, cchc_access::PersonCommand::Appoint { post }, Actor::system()).await;
    }
    served.publish("criteria-set", "bnv-2022-tinh", "criteria/bnv-2022-tinh.toml").await;
    served.open_round("bnv", plan()).await;
    served
}

fn fill(line: &str, value: &str, of: &str) -> SheetCommand {
    SheetCommand::Fill { line: line.into(), answer: AnswerText::new(value, of), seen: None }
}

fn note(line: &str) -> SheetCommand {
    SheetCommand::Note { line: line.into(), text: "không có tài liệu (mô phỏng)".into() }
}

/// The department of justice answers both its lines.
async fn justice_is_done(served: &Served) {
    served.of_sheet("bnv", "26", fill("2.1.1", "9", "10"), JUSTICE).await;
    served.of_sheet("bnv", "26", note("2.1.1"), JUSTICE).await;
    served.of_sheet("bnv", "26", fill("2.1.2", "0", ""), JUSTICE).await;
    served.of_sheet("bnv", "26", note("2.1.2"), JUSTICE).await;
}

async fn delivery(served: &Served, unit: &str) -> Option<Delivery> {
    served.store().sheet_find("bnv", "26").await.unwrap().deliveries.get(unit).cloned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_finds_the_sheet_and_answers_his_own_lines_alone() {
    let served = stage().await;
    let officer = served.as_person("dau-moi.stp").await;
    let list = served.get(&officer, "/dot-cham").await.text();
    assert!(list.contains("Phiếu của Tỉnh Vĩnh Phúc, phần của Sở Tư pháp") && list.contains("Chưa giao"), "{list}");
    let page = served.get(&officer, &format!("{SHEET}?cua={JUSTICE}")).await.text();
    assert!(page.contains("data-line=\"2.1.1\"") && !page.contains("id=\"tc-6.1.1\""), "{page}");
    let whole = served.get(&officer, SHEET).await.text();
    assert!(whole.contains("data-line=\"2.1.1\"") && !whole.contains("data-line=\"6.1.1\""));
    assert!(whole.contains("Tỷ lệ giải ngân") && whole.contains("Trả lời: Sở Tài chính"), "others stand there to read");
    let saved = served.post(&officer, &format!("{SHEET}/dong/2.1.1"), &[("v", "9"), ("m", "10"), ("s", "0")]).await;
    assert_eq!(saved.status, 200, "{}", saved.text());
    let others = served.post(&officer, &format!("{SHEET}/dong/6.1.1"), &[("v", "9"), ("m", "10"), ("s", "0")]).await;
    assert_eq!(others.status, 422);
    assert!(others.text().contains("không thuộc phần việc"), "{}", others.text());
    let proof = |request| [("so-ky-hieu", "3/BC-STP"), ("trich-yeu", "Báo cáo"), ("yeu-cau", request)];
    let own = served.post(&officer, &format!("{SHEET}/dong/2.1.1/tai-lieu"), &proof("t1")).await;
    assert_eq!(own.status, 303, "{}", own.text());
    let other = served.post(&officer, &format!("{SHEET}/dong/6.1.1/tai-lieu"), &proof("t2")).await;
    assert_eq!(other.status, 422);
    assert_eq!(served.post(&officer, &format!("{SHEET}/trinh"), &[]).await.status, 403, "the whole is not his");
    let stranger = served.as_person("dau-moi.243").await;
    assert_eq!(served.get(&stranger, SHEET).await.status, 403);
    assert_eq!(served.post(&stranger, &format!("{SHEET}/giao"), &[("don-vi", JUSTICE)]).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_handed_over_gathered_and_given_back() {
    let served = stage().await;
    let officer = served.as_person("dau-moi.stp").await;
    let give = [("don-vi", JUSTICE), ("yeu-cau", "g1")];
    let refused = served.post(&officer, &format!("{SHEET}/giao"), &give).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("2 dòng chưa chấm: 2.1.1, 2.1.2"), "{}", refused.text());
    justice_is_done(&served).await;
    let give = [("don-vi", JUSTICE), ("yeu-cau", "g2")];
    assert_eq!(served.post(&officer, &format!("{SHEET}/giao"), &give).await.status, 303);
    assert_eq!(served.post(&officer, &format!("{SHEET}/giao"), &give).await.status, 303, "sent twice");
    let anothers = served.post(&officer, &format!("{SHEET}/giao"), &[("don-vi", FINANCE)]).await;
    assert_eq!(anothers.status, 422, "{}", anothers.text());
    assert!(matches!(delivery(&served, JUSTICE).await, Some(Delivery::Delivered { .. })));
    let coordinator = served.as_person("dieu-phoi").await;
    let parts = served.get(&coordinator, &format!("{SHEET}/phan-viec")).await.text();
    assert!(parts.contains("<b>1/3</b> cơ quan đã giao") && parts.contains("dau-moi.stp (mô phỏng)"), "{parts}");
    assert!(parts.contains("/dot-cham/bnv/nhac?u=VP.STC"), "who has not is reminded from here");
    let back = format!("{SHEET}/tra-phan-viec");
    assert_eq!(served.get(&officer, &format!("{back}?don-vi={JUSTICE}")).await.status, 403);
    let silent = served.post(&coordinator, &back, &[("don-vi", JUSTICE), ("ly-do", " ")]).await;
    assert_eq!(silent.status, 422);
    let why = [("don-vi", JUSTICE), ("ly-do", "Thiếu phụ lục"), ("yeu-cau", "b1")];
    assert_eq!(served.post(&coordinator, &back, &why).await.status, 303);
    let page = served.get(&officer, SHEET).await.text();
    assert!(page.contains("Bị trả lại") && page.contains("Thiếu phụ lục"), "{page}");
    let reminder = served.get(&coordinator, "/dot-cham/bnv/nhac?u=VP.STC").await.text();
    assert!(
        reminder.contains("Sở Tài chính") && reminder.contains("dòng trong phiếu của Tỉnh Vĩnh Phúc"),
        "{reminder}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_is_handed_in_when_every_part_is_there() {
    let served = stage().await;
    let province = served.as_person("dau-moi.26").await;
    let set = set("bnv-2022-tinh");
    let plan = plan();
    for (_, node, _) in plan.own_lines("26", &set) {
        served.of_sheet("bnv", "26", note(&node.code), "26").await;
    }
    let refused = served.post(&province, &format!("{SHEET}/trinh"), &[("yeu-cau", "p1")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("2 đơn vị chưa giao phần việc"), "{}", refused.text());
    for (unit, request) in [(JUSTICE, "p2"), (FINANCE, "p3")] {
        let sent = [("don-vi", unit), ("yeu-cau", request)];
        let given = served.post(&province, &format!("{SHEET}/giao"), &sent).await;
        assert_eq!(given.status, 303, "in the place of a department: {}", given.text());
    }
    assert_eq!(served.post(&province, &format!("{SHEET}/trinh"), &[("yeu-cau", "p4")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_ministry_decides_is_recorded_and_explained_by_whoever_answers_the_line() {
    let served = stage().await;
    let plan = plan();
    for (_, node, _) in plan.own_lines("26", &set("bnv-2022-tinh")) {
        served.of_sheet("bnv", "26", note(&node.code), "26").await;
    }
    justice_is_done(&served).await;
    for unit in [JUSTICE, FINANCE] {
        served.of_sheet("bnv", "26", SheetCommand::Deliver { unit: unit.into() }, unit).await;
    }
    let submission = Submission {
        number: "8/BC-UBND".into(),
        dated: date(2024, 5, 14),
        signed: None,
        signer: String::new(),
        proposals: String::new(),
    };
    served.of_sheet("bnv", "26", SheetCommand::Submit { submission }, "26").await;
    let coordinator = served.as_person("dieu-phoi").await;
    let address = format!("{SHEET}/ghi-ket-qua");
    assert!(served.get(&coordinator, &address).await.text().contains("không ở bước thẩm định"));
    served.go_to("bnv", Phase::FirstAppraisal).await;
    let officer = served.as_person("dau-moi.stp").await;
    assert_eq!(served.get(&officer, &address).await.status, 403);
    let document = [("so-van-ban", "512/BNV-CCHC"), ("ngay-van-ban", "15/05/2024")];
    for (typed, why) in [("nửa", "không phải là số"), ("1.234", "1.234")] {
        let sent =
            [&document[..], &[("yeu-cau", "r1"), ("d.2.1.1", "1"), ("l.2.1.1", ""), ("d.2.1.2", typed)]].concat();
        let refused = served.post(&coordinator, &address, &sent).await;
        assert_eq!(refused.status, 422);
        let said = format!("số điểm «{typed}»: ");
        assert!(refused.text().contains(&said) && refused.text().contains(why), "{}", refused.text());
    }
    let sent = [&document[..], &[("yeu-cau", "r2"), ("d.2.1.1", "1")]].concat();
    assert!(served.post(&coordinator, &address, &sent).await.text().contains("cần lý do"));
    let lines = [("yeu-cau", "r3"), ("d.2.1.1", "1"), ("l.2.1.1", "Trùng văn bản"), ("con-lai", "1")];
    let done = served.post(&coordinator, &address, &[&document[..], &lines].concat()).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let sheet = served.store().sheet_find("bnv", "26").await.unwrap();
    let decision = sheet.line("2.1.1").decision(Phase::FirstAppraisal).cloned().unwrap();
    assert_eq!((decision.by.as_str(), decision.points.points.as_str()), ("Bộ Nội vụ", "1"));
    assert!(sheet.line("6.1.1").decision(Phase::FirstAppraisal).is_some(), "the rest was kept");
    served.go_to("bnv", Phase::Explaining).await;
    let explaining = "/dot-cham/bnv/giai-trinh/26";
    let page = served.get(&officer, explaining).await.text();
    assert!(page.contains("Trùng văn bản") && page.contains("Bộ Nội vụ"), "{page}");
    let says = [("yeu-cau", "e1"), ("y.2.1.1", "khong"), ("t.2.1.1", "Có phụ lục kèm theo")];
    assert_eq!(served.post(&officer, explaining, &says).await.status, 303);
    let finance = served.as_person("dau-moi.stc").await;
    assert!(!served.get(&finance, explaining).await.text().contains("Trùng văn bản"), "another's line");
    let sheet = served.store().sheet_find("bnv", "26").await.unwrap();
    assert_eq!(sheet.line("2.1.1").explained.as_ref().unwrap().text, "Có phụ lục kèm theo");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_the_ministry_is_taken_away() {
    let served = stage().await;
    justice_is_done(&served).await;
    let officer = served.as_person("dau-moi.stp").await;
    let file = served.get(&officer, &format!("{SHEET}/bieu-mau.xlsx")).await;
    assert_eq!(file.status, 200);
    let (grids, _) = cchc_papers::read_grids("b.xlsx", &file.bytes, &cchc_papers::Limits::default()).unwrap();
    let row = grids[0].rows.iter().find(|row| row.text(Some(0)) == "2.1.1").unwrap();
    assert_eq!((row.text(Some(4)), row.text(Some(8))), ("1.35", "Sở Tư pháp"));
    assert_eq!(served.get(&officer, &format!("{SHEET}/bieu-mau.docx")).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_what_is_planned_and_moved_in_mid_round_with_a_reason() {
    let served = stage().await;
    let by = served.context(actor("dieu-phoi", "26"));
    let draft = Plan { shares: Vec::new(), ..plan() };
    served.of_round("nhap", RoundCommand::Plan { plan: Box::new(draft) }, by).await;
    let coordinator = served.as_person("dieu-phoi").await;
    let address = "/dot-cham/nhap/ke-hoach/phan-cong";
    let page = served.get(&coordinator, address).await.text();
    assert!(page.contains("giao.2.1\"") && page.contains("giao.6\"") && !page.contains("giao.8.1\""), "{page}");
    let hidden = |page: &str, name: &str| {
        let at = page.find(&format!("name=\"{name}\" value=\"")).unwrap() + format!("name=\"{name}\" value=\"").len();
        page[at..].split('"').next().unwrap().to_owned()
    };
    let seen = hidden(&page, "ban");
    let sent = [("cua", "26"), ("ban", seen.as_str()), ("giao.2", JUSTICE), ("giao.2.4", "26"), ("yeu-cau", "k1")];
    let done = served.post(&coordinator, address, &sent).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let plan = served.store().round_find("nhap").await.unwrap().unwrap().plan.unwrap();
    let shares: Vec<_> = plan.shares.iter().map(|share| (&*share.criterion, &*share.unit)).collect();
    assert_eq!(shares, [("2", JUSTICE), ("2.4", "26")]);
    let running = "/dot-cham/bnv/ke-hoach/phan-cong";
    let seen = hidden(&served.get(&coordinator, running).await.text(), "ban");
    let sent = [("cua", "26"), ("ban", seen.as_str()), ("giao.2", FINANCE), ("yeu-cau", "k2")];
    assert_eq!(served.post(&coordinator, running, &sent).await.status, 422, "a reason is missing");
    let sent = [&sent[..3], &[("ly-do", "Chuyển nhiệm vụ"), ("yeu-cau", "k3")]].concat();
    assert_eq!(served.post(&coordinator, running, &sent).await.status, 303);
    assert_eq!(served.store().part_list_of(JUSTICE).await.unwrap(), []);
}
