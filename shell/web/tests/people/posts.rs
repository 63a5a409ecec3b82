use axum::http::StatusCode;
use cchc_access::Role;
use jiff::civil::date;

use crate::common::served::{Served, served};
use crate::{person, refused_to, twice};

const OFFICER: [(&str, &str); 5] = [
    ("don-vi", "243"),
    ("chuc-vu", "Chuyên viên tổng hợp"),
    ("vai-tro", "unit-officer"),
    ("tu-ngay", "20/05/2024"),
    ("van-ban", "15/QĐ-MP"),
];
const OFFICER_PAGE: &str = "/nguoi-dung/dau-moi.243";

fn with(name: &'static str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    OFFICER.into_iter().filter(|(known, _)| *known != name).chain([(name, value)]).collect()
}

async fn send(served: &Served, login: &str, address: &str, values: &[(&str, &str)]) -> (StatusCode, String) {
    let answer = served.post(&served.as_person(login).await, address, values).await;
    (answer.status, answer.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_appoints_in_his_own_unit_in_the_name_of_his_post() {
    let served = served().await;
    let address = "/nguoi-dung/khong-chuc-vu/bo-nhiem";
    refused_to(&served, &["thu-truong.244", "dau-moi.243", "lanh-dao"], address, &OFFICER, "khong-chuc-vu").await;
    for above in [with("vai-tro", "admin"), with("vai-tro", "unit-head"), with("don-vi", "08707")] {
        refused_to(&served, &["thu-truong.243"], address, &above, "khong-chuc-vu").await;
    }
    let head = served.as_person("thu-truong.243").await;
    let answer = twice(&served, &head, address, &OFFICER, "khong-chuc-vu").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/nguoi-dung/khong-chuc-vu"));
    let (appointed, version) = person(&served, "khong-chuc-vu").await;
    assert_eq!((appointed.posts.len(), appointed.posts[0].roles.as_slice()), (1, &[Role::UnitOfficer][..]));
    let stream = "person/khong-chuc-vu".parse().unwrap();
    let event = served.store().history_event(&stream, version).await.unwrap().unwrap();
    let actor = event.envelope.actor;
    assert_eq!(
        (actor.person.as_str(), actor.post.as_str(), actor.unit.as_str()),
        ("thu-truong.243", "thu-truong.243-1", "243")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_an_admin_appoints_himself() {
    let served = served().await;
    let address = "/nguoi-dung/dieu-phoi/bo-nhiem";
    refused_to(&served, &["dieu-phoi"], address, &with("vai-tro", "unit-head"), "dieu-phoi").await;
    let (status, _) = send(&served, "quan-tri", "/nguoi-dung/quan-tri/bo-nhiem", &with("vai-tro", "leader")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_rules_refuse_is_said_in_the_form_and_what_was_typed_stays() {
    let served = served().await;
    let values = with("tu-cach", "KT");
    let (status, page) = send(&served, "quan-tri", "/nguoi-dung/khong-chuc-vu/bo-nhiem", &values).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#tu-cach\"") && page.contains("Nghị định 30/2020/NĐ-CP"), "{page}");
    assert!(page.contains("value=\"Chuyên viên tổng hợp\""));
    let (status, page) =
        send(&served, "quan-tri", "/nguoi-dung/khong-chuc-vu/bo-nhiem", &with("tu-ngay", "31/02/2024")).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("href=\"#tu-ngay\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_corrected_by_whoever_gives_its_roles_before_and_after() {
    let served = served().await;
    let address = format!("{OFFICER_PAGE}/chuc-vu/dau-moi.243-1/sua");
    let values = [("chuc-vu", "Phó phòng"), ("vai-tro", "unit-officer"), ("tu-ngay", "02/01/2024")];
    refused_to(&served, &["thu-truong.244", "dau-moi.243"], &address, &values, "dau-moi.243").await;
    let raised = [("chuc-vu", "Phó phòng"), ("vai-tro", "admin"), ("tu-ngay", "02/01/2024")];
    refused_to(&served, &["thu-truong.243", "dieu-phoi"], &address, &raised, "dau-moi.243").await;
    let head = served.as_person("thu-truong.243").await;
    twice(&served, &head, &address, &values, "dau-moi.243").await;
    let (changed, _) = person(&served, "dau-moi.243").await;
    assert_eq!((changed.posts[0].title.as_str(), changed.posts[0].unit.as_str()), ("Phó phòng", "243"));
    let own = "/nguoi-dung/thu-truong.243/chuc-vu/thu-truong.243-1/sua";
    refused_to(&served, &["thu-truong.243"], own, &values, "thu-truong.243").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_ended_and_one_entered_by_mistake_never_was() {
    let served = served().await;
    let end = format!("{OFFICER_PAGE}/chuc-vu/dau-moi.243-1/ket-thuc");
    let values = [("ngay-cuoi", "31/05/2024"), ("van-ban", "16/QĐ-MP")];
    refused_to(&served, &["thu-truong.244", "dau-moi.243"], &end, &values, "dau-moi.243").await;
    let head = served.as_person("thu-truong.243").await;
    twice(&served, &head, &end, &values, "dau-moi.243").await;
    assert_eq!(person(&served, "dau-moi.243").await.0.posts[0].to, Some(date(2024, 5, 31)));

    let cancel = "/nguoi-dung/tham-dinh/chuc-vu/tham-dinh-1/huy";
    refused_to(&served, &["thu-truong.243"], cancel, &[("ly-do", "ghi nhầm")], "tham-dinh").await;
    let coordinator = served.as_person("dieu-phoi").await;
    let unsaid = served.post(&coordinator, cancel, &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    twice(&served, &coordinator, cancel, &[("ly-do", "ghi nhầm")], "tham-dinh").await;
    assert!(person(&served, "tham-dinh").await.0.posts.is_empty());
    let unknown = served.get(&coordinator, "/nguoi-dung/tham-dinh/chuc-vu/tham-dinh-1/sua").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_on_paper_before_is_entered_with_both_times() {
    let served = served().await;
    let address = "/nguoi-dung/khong-chuc-vu/bo-nhiem";
    let at = served.store().now().plus_seconds(-86_400);
    let typed = format!("{} {:02}h{:02}", at.date(), at.local().hour(), at.local().minute());
    let late = |values: &[(&'static str, &str)]| -> Vec<(String, String)> {
        OFFICER.iter().chain(values).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let send_late = async |values: &[(&'static str, &str)]| {
        let pairs = late(values);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        send(&served, "quan-tri", address, &pairs).await
    };
    let (status, page) = send_late(&[("xay-ra", &typed)]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("nhập bù phải ghi lý do"), "{page}");
    let (status, page) = send_late(&[("xay-ra", "01/01/2001 8h"), ("ly-do", "mất mạng")]).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("href=\"#xay-ra\""), "{page}");
    let (status, page) = send_late(&[("xay-ra", &typed), ("ly-do", "mất mạng ba ngày")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, version) = person(&served, "khong-chuc-vu").await;
    let stream = "person/khong-chuc-vu".parse().unwrap();
    let envelope = served.store().history_event(&stream, version).await.unwrap().unwrap().envelope;
    assert!(envelope.entered_late() && envelope.reason == "mất mạng ba ngày");
    let page =
        served.get(&served.as_person("quan-tri").await, &format!("/so-cai/dong/{version}/person/khong-chuc-vu")).await;
    assert!(page.text().contains("nhập bù"), "{}", page.text());
}
