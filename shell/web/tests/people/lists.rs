use axum::http::StatusCode;
use cchc_access::PersonCommand;
use cchc_access::person::Contact;
use cchc_ledger::Actor;
use cchc_papers::{Limits, read_grids};

use crate::common::Answer;
use crate::common::served::{Served, served};

fn names(page: &Answer) -> Vec<String> {
    let text = page.text();
    let table = text.split_once("<tbody").map_or("", |(_, table)| table);
    table
        .split("<a class=\"v\" href=\"/nguoi-dung/")
        .skip(1)
        .map(|row| row.split_once('"').unwrap().0.to_owned())
        .collect()
}

fn rows(answer: &Answer) -> Vec<Vec<String>> {
    let (grids, _) = read_grids("nguoi-dung.xlsx", &answer.bytes, &Limits::default()).unwrap();
    grids.into_iter().flat_map(|grid| grid.rows).map(|row| row.cells).collect()
}

async fn register(served: &Served, id: &str, name: &str) {
    let name = format!("{name} (mô phỏng)");
    let command = PersonCommand::Register { name, login: None, contact: Contact::default(), simulated: true };
    served.person(id, command, Actor::system()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_see_people_sees_none() {
    let served = served().await;
    assert_eq!(served.get("", "/nguoi-dung").await.status, StatusCode::UNAUTHORIZED);
    let nobody = served.as_person("khong-chuc-vu").await;
    for address in ["/nguoi-dung", "/nguoi-dung/quan-tri", "/nguoi-dung/ai-do", "/nguoi-dung/xuat.xlsx"] {
        assert_eq!(served.get(&nobody, address).await.status, StatusCode::FORBIDDEN, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_stand_in_the_order_of_protocol_and_can_be_narrowed() {
    let served = served().await;
    let officer = served.as_person("dau-moi.243").await;
    let all = names(&served.get(&officer, "/nguoi-dung").await);
    assert_eq!(
        all,
        [
            "lanh-dao",
            "thu-truong.243",
            "dau-moi.243",
            "thu-truong.244",
            "dau-moi.08707",
            "quan-tri",
            "dieu-phoi",
            "hoi-dong",
            "tham-dinh",
            "khong-chuc-vu"
        ]
    );
    let of = async |query: &str| names(&served.get(&officer, &format!("/nguoi-dung?{query}")).await);
    assert_eq!(of("don-vi=243").await, ["thu-truong.243", "dau-moi.243"]);
    assert_eq!(of("vai-tro=unit-head").await, ["thu-truong.243", "thu-truong.244"]);
    assert_eq!(of("ten=hoang+van").await, ["dau-moi.243"]);
    assert!(of("ten=atlantis").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_comes_page_by_page() {
    let served = served().await;
    for number in 0..55 {
        register(&served, &format!("them-{number:02}"), "Mai Thị Thêm").await;
    }
    let cookie = served.as_person("quan-tri").await;
    let first = served.get(&cookie, "/nguoi-dung?thoi=co").await;
    let page = first.text();
    assert!(page.contains("<b>50</b> người trên trang này"));
    let (before, _) = page.split_once("\" rel=\"next\"").unwrap();
    let next = before.rsplit_once("href=\"").unwrap().1.replace("&#38;", "&").replace("&amp;", "&");
    assert!(next.contains("thoi=co"), "{next}");
    let second = served.get(&cookie, &next).await;
    let mut seen = names(&first);
    assert_eq!((seen.len(), names(&second).len()), (50, 15));
    seen.extend(names(&second));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 65);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_holds_what_one_reaches_and_contacts_only_where_one_sees_them() {
    let served = served().await;
    let admin = served.as_person("quan-tri").await;
    let contact = [("dien-thoai", "0912000111"), ("thu", "moi@example.vn")];
    served.post(&admin, "/nguoi-dung/dau-moi.243/lien-he", &contact).await;
    let file = |login: &'static str| {
        let served = &served;
        async move { served.get(&served.as_person(login).await, "/nguoi-dung/xuat.xlsx").await }
    };
    let everybody = file("quan-tri").await;
    assert_eq!(rows(&everybody).iter().filter(|row| row.iter().any(|cell| cell.contains("(mô phỏng)"))).count(), 10);
    let head = file("thu-truong.243").await;
    let text = format!("{:?}", rows(&head));
    assert!(text.contains("Hoàng Văn Mối") && text.contains("Vũ Thị Sơn") && text.contains("0912000111"));
    assert!(!text.contains("Phan Văn Phúc") && !text.contains("Lê Văn Quản"));
    assert_eq!(file("dau-moi.243").await.status, StatusCode::FORBIDDEN);
    assert!(file("dieu-phoi").await.header("content-disposition").contains("nguoi-dung.xlsx"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_offers_what_its_viewer_may_do_and_nothing_else() {
    let served = served().await;
    let page = |login: &'static str, whom: &'static str| {
        let served = &served;
        async move { served.get(&served.as_person(login).await, &format!("/nguoi-dung/{whom}")).await.text() }
    };
    let head = page("thu-truong.243", "dau-moi.243").await;
    for offered in ["/bo-nhiem", "/doi-ten", "/mat-khau", "/tai-khoan/dong", "-1/sua", "-1/ban-giao"] {
        assert!(
            head.contains(&format!("dau-moi.243{offered}\"")) || head.contains(&format!("{offered}\"")),
            "{offered}"
        );
    }
    assert!(head.contains("Điện thoại") && !head.contains("-1/uy-quyen"));
    let stranger = page("thu-truong.244", "dau-moi.243").await;
    for missing in ["/doi-ten", "/mat-khau", "/tai-khoan/dong", "-1/sua", "-1/ban-giao", "Điện thoại"] {
        assert!(!stranger.contains(missing), "{missing}");
    }
    let himself = page("dau-moi.243", "dau-moi.243").await;
    assert!(himself.contains("-1/uy-quyen") && himself.contains("-1/ban-giao") && !himself.contains("/mat-khau"));
    let admin = served.as_person("quan-tri").await;
    assert_eq!(served.get(&admin, "/nguoi-dung/ai-do").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_address_that_a_page_offers_is_there() {
    let served = served().await;
    let admin = served.as_person("quan-tri").await;
    let page = served.get(&admin, "/nguoi-dung/dau-moi.243").await.text();
    let list = served.get(&admin, "/nguoi-dung").await.text();
    let links = [page, list].concat();
    let links: std::collections::BTreeSet<&str> =
        links.split("href=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    let own: Vec<&&str> = links.iter().filter(|link| link.starts_with("/nguoi-dung")).collect();
    assert!(own.len() > 15, "{own:?}");
    for link in own {
        assert_eq!(served.get(&admin, link).await.status, StatusCode::OK, "{link}");
    }
}
