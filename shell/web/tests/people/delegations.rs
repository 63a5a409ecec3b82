use axum::http::StatusCode;
use jiff::civil::date;

use crate::common::served::served;
use crate::{person, refused_to, twice};

const GIVE: &str = "/nguoi-dung/thu-truong.243/chuc-vu/thu-truong.243-1/uy-quyen";
const VALUES: [(&str, &str); 6] = [
    ("nguoi-nhan", "dau-moi.243"),
    ("tu-cach", "TUQ"),
    ("viec", "view-contacts"),
    ("tu-ngay", "15/05/2024"),
    ("den-ngay", "31/05/2024"),
    ("van-ban", "05/UQ-MP"),
];

#[tokio::test(flavor = "multi_thread")]
async fn one_has_another_act_in_one_s_own_post_until_it_ends() {
    let served = served().await;
    let ward = "/nguoi-dung/dau-moi.08707";
    let officer = served.as_person("dau-moi.243").await;
    let sees = async || served.get(&officer, ward).await.text().contains("Điện thoại");
    assert!(!sees().await);
    refused_to(&served, &["dau-moi.243", "thu-truong.244", "dieu-phoi"], GIVE, &VALUES, "thu-truong.243").await;
    let head = served.as_person("thu-truong.243").await;
    assert!(served.get(&head, GIVE).await.text().contains("value=\"dau-moi.243\""));
    twice(&served, &head, GIVE, &VALUES, "thu-truong.243").await;
    // A head sees the contacts of the units below; whoever acts for him does too.
    assert!(sees().await);
    let given = person(&served, "thu-truong.243").await.0.delegations;
    assert_eq!((given.len(), given[0].document.as_str()), (1, "05/UQ-MP"));
    let page = served.get(&head, "/nguoi-dung/thu-truong.243").await.text();
    let end = format!("/nguoi-dung/thu-truong.243/uy-quyen/{}/ket-thuc", given[0].id);
    assert!(page.contains(&end) && page.contains("TUQ."));
    assert!(!served.get(&officer, "/nguoi-dung/thu-truong.243").await.text().contains(&end));

    let values = [("ngay", "15/05/2024"), ("van-ban", "06/UQ-MP")];
    refused_to(&served, &["dau-moi.243", "thu-truong.244"], &end, &values, "thu-truong.243").await;
    twice(&served, &head, &end, &values, "thu-truong.243").await;
    assert_eq!(person(&served, "thu-truong.243").await.0.delegations[0].ended, Some(date(2024, 5, 15)));
    assert!(!sees().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_decree_forbids_is_said_with_its_article() {
    let served = served().await;
    let head = served.as_person("thu-truong.243").await;
    let whole: Vec<(&str, &str)> = VALUES.into_iter().filter(|(name, _)| *name != "viec").collect();
    let answer = served.post(&head, GIVE, &whole).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Điều 13 khoản 3"), "{}", answer.text());
    let missing = served.post(&head, "/nguoi-dung/thu-truong.243/uy-quyen/khong-co/ket-thuc", &[]).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
