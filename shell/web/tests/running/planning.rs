use crate::common::rounds::plan;
use crate::common::served::{Served, actor, served};
use crate::{change, hidden};
use cchc_index::RoundCommand;
use cchc_index::round::{Phase, Standing};

/// What the form of a new round is filled with.
const NEW: [(&str, &str); 6] = [
    ("ten", "  Chỉ số CCHC năm 2023 của các xã, phường  "),
    ("nam", "2023"),
    ("co-quan", "243"),
    ("nhom", "xa|vp-2021-xa"),
    ("moi-don-vi", "tat-ca"),
    ("han-tu-cham", "20/05/2024"),
];

async fn ready() -> Served {
    let served = served().await;
    served.publish("criteria-set", "vp-2021-xa", "criteria/vp-2021-xa.toml").await;
    served
}

/// Plans a round as that person does and gives its id.
async fn planned(served: &Served, cookie: &str) -> String {
    let mut values = vec![("yeu-cau", "lap-dot-1")];
    values.extend(NEW);
    let made = served.post(cookie, "/dot-cham/moi", &values).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let address = made.header("location").to_owned();
    address.trim_start_matches("/dot-cham/").trim_end_matches("/ke-hoach").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_district_plans_its_round_settles_what_is_open_and_opens_it() {
    let served = ready().await;
    let head = served.as_person("thu-truong.243").await;
    let round = planned(&served, &head).await;
    assert_eq!(planned(&served, &head).await, round, "sent twice is planned once");
    assert_eq!(served.store().round_list().await.unwrap().len(), 1);
    let plan = served.store().round_find(&round).await.unwrap().unwrap().plan.unwrap();
    assert_eq!((plan.title.as_str(), plan.units.len()), ("Chỉ số CCHC năm 2023 của các xã, phường", 9));
    let page = served.get(&head, &format!("/dot-cham/{round}/ke-hoach")).await.text();
    assert!(page.contains("Còn <b>") && page.contains("chưa có cơ quan thẩm định"), "{page}");
    let open = format!("/dot-cham/{round}/mo");
    let refused = served.post(&head, &open, &[("yeu-cau", "mo-1")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Đợt chưa mở được"));
    let form = served.get(&head, &format!("/dot-cham/{round}/ke-hoach/tham-dinh")).await.text();
    let names: Vec<&str> = form.split("<select id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(names.len() > 3, "{form}");
    let values: Vec<(&str, &str)> = names.iter().map(|name| (*name, "243")).collect();
    assert_eq!(change(&served, &head, &round, "tham-dinh", &values).await.status, 303);
    let opened = served.post(&head, &open, &[("yeu-cau", "mo-2")]).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    assert_eq!(served.post(&head, &open, &[("yeu-cau", "mo-2")]).await.status, 303, "sent twice");
    let found = served.store().round_find(&round).await.unwrap().unwrap();
    assert_eq!(found.standing, Standing::Running(Phase::SelfScoring));
    assert!(!found.days_off.is_empty() && found.days_off.iter().all(|day| (2022..=2024).contains(&day.date.year())));
    let frozen = served.get(&head, &format!("/dot-cham/{round}/ke-hoach")).await.text();
    assert!(frozen.contains("Kế hoạch đã cố định") && !frozen.contains("/ke-hoach/tham-dinh"));
    let late =
        served.post(&head, &format!("/dot-cham/{round}/ke-hoach/ten"), &[("ten", "Khác"), ("nam", "2023")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("Đợt đã mở"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_runs_rounds_of_his_own_unit_scores_only_units_below_it() {
    let served = ready().await;
    let head = served.as_person("thu-truong.244").await;
    let mut values = vec![("yeu-cau", "r")];
    values.extend(NEW);
    assert_eq!(served.post(&head, "/dot-cham/moi", &values).await.status, 403, "another's district");
    let coordinator = served.as_person("dieu-phoi").await;
    let round = planned(&served, &coordinator).await;
    let add = change(&served, &coordinator, &round, "don-vi", &[("them", "08740"), ("bo", "08707")]).await;
    assert_eq!(add.status, 303, "{}", add.text());
    let gone = change(&served, &coordinator, &round, "don-vi", &[("them", "khong-co")]).await;
    assert_eq!(gone.status, 422);
    assert!(gone.text().contains("không phải đơn vị có hôm nay"));
    let own = served.as_person("thu-truong.243").await;
    let foreign = change(&served, &own, &round, "don-vi", &[("them", "08746")]).await;
    assert_eq!(foreign.status, 422, "below another district");
    let officer = served.as_person("dau-moi.08707").await;
    assert_eq!(served.get(&officer, &format!("/dot-cham/{round}/ke-hoach")).await.status, 200);
    assert_eq!(served.get(&officer, &format!("/dot-cham/{round}/ke-hoach/ten")).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_stays_and_two_who_plan_are_told_of_one_another() {
    let served = ready().await;
    let head = served.as_person("thu-truong.243").await;
    let wrong =
        [("yeu-cau", "r"), ("ten", "Đợt"), ("nam", "hai nghìn"), ("co-quan", "243"), ("han-tu-cham", "31/02/2024")];
    let refused = served.post(&head, "/dot-cham/moi", &wrong).await;
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("value=\"hai nghìn\"") && text.contains("value=\"31/02/2024\""), "{text}");
    let round = planned(&served, &head).await;
    let address = format!("/dot-cham/{round}/ke-hoach/ten");
    let seen = hidden(&served.get(&head, &address).await, "ban");
    // Typed in decomposed letters, kept composed.
    let decomposed = "Chi\u{309} số CCHC";
    assert_eq!(change(&served, &head, &round, "ten", &[("ten", decomposed), ("nam", "2023")]).await.status, 303);
    let plan = served.store().round_find(&round).await.unwrap().unwrap().plan.unwrap();
    assert_eq!(plan.title, "Chỉ số CCHC");
    let late = [("yeu-cau", "x"), ("ban", seen.as_str()), ("ten", "Tên của người khác"), ("nam", "2023")];
    let refused = served.post(&head, &address, &late).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("vừa được người khác sửa") && refused.text().contains("Tên của người khác"));
    let preset = [("cua", "08707"), ("tieu-chi", "99"), ("vi", "không có thủ tục")];
    assert_eq!(change(&served, &head, &round, "khong-ap-dung", &preset).await.status, 422);
    let preset = [("cua", "08707"), ("tieu-chi", "3"), ("vi", "không có thủ tục")];
    assert_eq!(change(&served, &head, &round, "khong-ap-dung", &preset).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_planned_after_last_years_and_a_newer_set_is_asked_for() {
    let served = ready().await;
    let mut old = plan("243", &[("08707", "Phường cũ"), ("08710", "Phường khác")]);
    old.title = "Chỉ số CCHC năm 2022".to_owned();
    old.year = 2022;
    let by = served.context(actor("thu-truong.243", "243"));
    served.of_round("xa-2022", RoundCommand::Plan { plan: Box::new(old) }, by).await;
    let head = served.as_person("thu-truong.243").await;
    let list = served.get(&head, "/dot-cham/moi").await.text();
    assert!(list.contains("/dot-cham/moi?tu=xa-2022"));
    let form = served.get(&head, "/dot-cham/moi?tu=xa-2022").await;
    assert!(form.text().contains("Chỉ số CCHC năm 2023"));
    let request = hidden(&form, "yeu-cau");
    let values = [
        ("yeu-cau", request.as_str()),
        ("tu", "xa-2022"),
        ("ten", "Chỉ số CCHC năm 2023"),
        ("nam", "2023"),
        ("co-quan", "243"),
        ("han-tu-cham", "20/05/2024"),
    ];
    let made = served.post(&head, "/dot-cham/moi", &values).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let page = made.header("location").to_owned();
    let id = page.trim_start_matches("/dot-cham/").trim_end_matches("/ke-hoach").to_owned();
    let plan = served.store().round_find(&id).await.unwrap().unwrap().plan.unwrap();
    assert_eq!((plan.units[0].name.as_str(), plan.units.len()), ("Phường Tích Sơn", 2), "under its name of today");
    // The set is issued anew after the plan was made.
    let content = std::fs::read_to_string(crate::common::data("criteria/vp-2021-xa.toml")).unwrap() + "\n# sửa\n";
    let replaces = served.store().rule_versions("criteria-set", "vp-2021-xa").await.unwrap()[0].id;
    let publish = cchc_ledger::rule::RuleCommand::Publish {
        content,
        valid_from: None,
        valid_to: None,
        basis: "thử".to_owned(),
        replaces: Some(replaces),
    };
    let stream = cchc_store::rules::stream("criteria-set", "vp-2021-xa").unwrap();
    let context = served.context(cchc_ledger::Actor::system());
    served.store().commit::<cchc_ledger::rule::Rule>(&stream, publish, context).await.unwrap();
    assert!(served.get(&head, &page).await.text().contains("đã có bản mới hơn"));
    let open = served.post(&head, &format!("/dot-cham/{id}/mo"), &[("yeu-cau", "m")]).await;
    assert_eq!(open.status, 422, "a set that is not in force is not opened with");
    assert_eq!(change(&served, &head, &id, "bo-tieu-chi", &[("nhom", "xa|vp-2021-xa")]).await.status, 303);
    assert!(!served.get(&head, &page).await.text().contains("đã có bản mới hơn"));
}
