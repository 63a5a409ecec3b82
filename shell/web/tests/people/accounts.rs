use axum::http::StatusCode;
use cchc_access::person::Account;
use cchc_ledger::PersonId;

use crate::common::served::served;
use crate::{between, person, refused_to, twice};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_dismissed_is_the_public_at_the_next_request() {
    let served = served().await;
    let officer = served.as_person("dau-moi.243").await;
    assert_eq!(served.get(&officer, "/tai-khoan").await.status, StatusCode::OK);
    let address = "/nguoi-dung/dau-moi.243/tai-khoan/dong";
    let values = [("van-ban", "99/QĐ-MP")];
    refused_to(&served, &["thu-truong.244", "dieu-phoi", "dau-moi.243"], address, &values, "dau-moi.243").await;
    let head = served.as_person("thu-truong.243").await;
    let unsaid = served.post(&head, address, &[]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.text().contains("cần ghi lý do hoặc số văn bản"));
    twice(&served, &head, address, &values, "dau-moi.243").await;
    assert_eq!(served.get(&officer, "/tai-khoan").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(served.get(&officer, "/nguoi-dung").await.status, StatusCode::UNAUTHORIZED);
    let (gone, _) = person(&served, "dau-moi.243").await;
    assert_eq!(gone.account, Account::Closed("dau-moi.243".to_owned()));
    assert!(gone.posts.iter().all(|post| post.to.is_some()));
    assert!(!served.get(&head, "/nguoi-dung").await.text().contains("Hoàng Văn Mối"));
    assert!(served.get(&head, "/nguoi-dung?thoi=co&ten=moi").await.text().contains("đã đóng"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_opens_again_with_a_password_that_is_shown_once() {
    let served = served().await;
    let admin = served.as_person("quan-tri").await;
    served.post(&admin, "/nguoi-dung/khong-chuc-vu/tai-khoan/dong", &[("ly-do", "thử")]).await;
    let address = "/nguoi-dung/khong-chuc-vu/tai-khoan/mo";
    let form = served.get(&admin, address).await.text();
    assert!(form.contains("value=\"khong-chuc-vu\""));
    let values = [("login", "khong-chuc-vu")];
    refused_to(&served, &["thu-truong.243", "dieu-phoi"], address, &values, "khong-chuc-vu").await;
    let page = twice(&served, &admin, address, &values, "khong-chuc-vu").await.text();
    let password = between(&page, "<dt>Mật khẩu</dt><dd><code>", "</code>");
    let login = served.post("", "/dang-nhap", &[("login", "khong-chuc-vu"), ("password", password)]).await;
    assert_eq!(login.header("location"), "/tai-khoan");
    let bad = served.post(&admin, address, &[("login", "Chữ Hoa")]).await;
    assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.text().contains("href=\"#login\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_password_ends_all_sessions() {
    let served = served().await;
    let address = "/nguoi-dung/dau-moi.243/mat-khau";
    let values = [("ly-do", "quên mật khẩu")];
    refused_to(&served, &["thu-truong.244", "dieu-phoi", "dau-moi.243"], address, &values, "dau-moi.243").await;
    let officer = served.as_person("dau-moi.243").await;
    let head = served.as_person("thu-truong.243").await;
    assert_eq!(served.post(&head, address, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = twice(&served, &head, address, &values, "dau-moi.243").await.text();
    let password = between(&page, "<dt>Mật khẩu</dt><dd><code>", "</code>");
    assert_eq!(served.get(&officer, "/tai-khoan").await.status, StatusCode::UNAUTHORIZED);
    let checked = served.store().credential_check(Some(&PersonId::from("dau-moi.243")), password).await.unwrap();
    assert_eq!(checked, cchc_store::credentials::Checked::MustChange);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_admin_stays() {
    let served = served().await;
    let admin = served.as_person("quan-tri").await;
    let answer = served.post(&admin, "/nguoi-dung/quan-tri/tai-khoan/dong", &[("ly-do", "nghỉ")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("quản trị hệ thống cuối cùng"));
}
