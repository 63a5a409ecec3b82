use axum::http::StatusCode;

use crate::common::served::{Served, served};
use crate::{between, person};

const AN: [(&str, &str); 8] = [
    ("ten", "Nguyễn Thị An (mô phỏng)"),
    ("login", "an.nguyen-thi"),
    ("dien-thoai", "0912000111"),
    ("don-vi", "243"),
    ("chuc-vu", "Chuyên viên"),
    ("vai-tro", "unit-officer"),
    ("tu-ngay", "15/05/2024"),
    ("yeu-cau", "r1"),
];

fn with(changed: (&'static str, &'static str)) -> Vec<(&'static str, &'static str)> {
    AN.into_iter().filter(|(name, _)| *name != changed.0).chain([changed]).collect()
}

async fn enter(served: &Served, login: &str, values: &[(&str, &str)]) -> (StatusCode, String) {
    let answer = served.post(&served.as_person(login).await, "/nguoi-dung/them", values).await;
    (answer.status, answer.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_enters_somebody_of_his_unit_once_and_hands_over_a_password_that_must_change() {
    let served = served().await;
    let (status, page) = enter(&served, "thu-truong.243", &AN).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let password = between(&page, "<dt>Mật khẩu</dt><dd><code>", "</code>").to_owned();
    let (_, again) = enter(&served, "thu-truong.243", &AN).await;
    assert_eq!(between(&again, "<dt>Mật khẩu</dt><dd><code>", "</code>"), password);
    let row = served.store().person_by_login("an.nguyen-thi").await.unwrap().unwrap();
    let (an, events) = person(&served, row.id.as_str()).await;
    assert_eq!((events, an.posts.len(), an.posts[0].unit.as_str()), (4, 1, "243"));
    let contact = served.store().person_contact(&row.id).await.unwrap().unwrap();
    assert_eq!(contact.phone, "0912000111");

    let login = served.post("", "/dang-nhap", &[("login", "an.nguyen-thi"), ("password", &password)]).await;
    assert_eq!((login.status, login.header("location")), (StatusCode::SEE_OTHER, "/tai-khoan"));
    let cookie = login.headers.get_all("set-cookie").iter().next().unwrap().to_str().unwrap();
    let cookie = cookie.split_once(';').unwrap().0.to_owned();
    let new = "một con cò đứng trên cọc";
    let values = [("mat-khau-cu", password.as_str()), ("mat-khau-moi", new), ("mat-khau-lai", new)];
    assert_eq!(served.post(&cookie, "/tai-khoan/mat-khau", &values).await.status, StatusCode::SEE_OTHER);
    let (_, late) = enter(&served, "thu-truong.243", &AN).await;
    assert!(late.contains("đã hiện một lần") && !late.contains(&password));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_enters_people_beyond_his_reach() {
    let served = served().await;
    for (login, values) in [
        ("thu-truong.244", AN.to_vec()),
        ("dau-moi.243", AN.to_vec()),
        ("lanh-dao", AN.to_vec()),
        ("thu-truong.243", with(("don-vi", "08707"))),
        ("thu-truong.243", with(("vai-tro", "admin"))),
        // He appoints everywhere, but edits people of his own unit alone.
        ("dieu-phoi", AN.to_vec()),
    ] {
        let (status, page) = enter(&served, login, &values).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{login}: {page}");
        assert!(page.contains("Hãy nhờ"), "{login}: {page}");
    }
    assert_eq!(served.post("", "/nguoi-dung/them", &AN).await.status, StatusCode::UNAUTHORIZED);
    assert!(served.store().person_by_login("an.nguyen-thi").await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_may_leave_the_post_for_later_a_head_may_not() {
    let served = served().await;
    let alone = [("ten", "Lê Văn Bình (mô phỏng)"), ("yeu-cau", "r2")];
    let (status, page) = enter(&served, "thu-truong.243", &alone).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#don-vi\"") && page.contains("href=\"#chuc-vu\""));
    let answer = served.post(&served.as_person("quan-tri").await, "/nguoi-dung/them", &alone).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = served.get(&served.as_person("quan-tri").await, answer.header("location")).await.text();
    assert!(page.contains("Lê Văn Bình") && page.contains("Chưa ghi chức vụ nào"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_somebody_has_is_said_at_its_field() {
    let served = served().await;
    let (status, page) = enter(&served, "quan-tri", &with(("login", "dau-moi.243"))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#login\"") && page.contains("đã có người dùng"));
}
