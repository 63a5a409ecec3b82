use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use cchc_papers::{Limits, read_grids};
use tower::ServiceExt;

use crate::between;
use crate::common::Answer;
use crate::common::served::{Served, served};

const HEADER: &str = "Họ và tên,Tên đăng nhập,Mã đơn vị,Chức vụ,Vai trò,Từ ngày,Điện thoại";

/// Sends a file with the form.
async fn upload(served: &Served, login: &str, rows: &[&str]) -> Answer {
    let content = format!("{HEADER}\n{}\n", rows.join("\n"));
    let body = format!(
        "--ranh\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"ds.csv\"\r\n\r\n{content}\r\n--ranh--\r\n"
    );
    let request = Request::post("/nguoi-dung/nhap")
        .header("host", "localhost")
        .header("origin", "http://localhost")
        .header("content-type", "multipart/form-data; boundary=ranh")
        .header("cookie", served.as_person(login).await)
        .body(Body::from(body))
        .unwrap();
    let response = cchc_web::router(served.app.clone()).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer { status: parts.status, headers: parts.headers, bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec() }
}

/// Sends the file again that a page holds.
async fn again(served: &Served, login: &str, page: &str, act: &str) -> Answer {
    let content = between(page, "name=\"noi-dung\" value=\"", "\"");
    let values = [("ten-tep", "ds.csv"), ("noi-dung", content)];
    served.post(&served.as_person(login).await, &format!("/nguoi-dung/nhap/{act}"), &values).await
}

const GOOD: &str = "Mai Văn Một (mô phỏng),,243,Chuyên viên,unit-officer,15/05/2024,0912000111";

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_would_make_is_shown_with_everything_wrong_then_made_once() {
    let served = served().await;
    let rows = [
        GOOD,
        "Mai Văn Hai (mô phỏng),dau-moi.243,243,Chuyên viên,unit-officer,15/05/2024,",
        "Mai Văn Ba (mô phỏng),,24,Chuyên viên,unit-officer,15/05/2024,",
        ",,243,Chuyên viên,vua,32/05/2024,",
    ];
    let shown = upload(&served, "quan-tri", &rows).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    let page = shown.text();
    assert!(page.contains("<b>1</b> người sẽ được tạo") && page.contains("phong.mai-van-mot-mo"), "{page}");
    assert!(page.contains("ds.csv, dòng 3") && page.contains("ds.csv, dòng 4") && page.contains("ds.csv, dòng 5"));
    assert!(served.store().person_by_login("phong.mai-van-mot-mo").await.unwrap().is_none());

    let made = again(&served, "quan-tri", &page, "ap-dung").await.text();
    let password = between(&made, "data-label=\"Mật khẩu\"><code>", "</code>").to_owned();
    let row = served.store().person_by_login("phong.mai-van-mot-mo").await.unwrap().unwrap();
    let (_, events) = crate::person(&served, row.id.as_str()).await;
    assert_eq!(events, 4);
    // The file once more, as a file this time, and handed in anew by somebody else who may.
    let issued = again(&served, "quan-tri", &page, "tep").await;
    let (grids, _) = read_grids("tk.xlsx", &issued.bytes, &Limits::default()).unwrap();
    assert!(format!("{grids:?}").contains(&password));
    let anew = upload(&served, "thu-truong.243", &rows).await.text();
    assert!(anew.contains("đã nhập trước đây"), "{anew}");
    let other = again(&served, "thu-truong.243", &anew, "ap-dung").await.text();
    assert!(!other.contains(&password) && other.contains("<b>0</b> mật khẩu"), "{other}");
    assert_eq!(crate::person(&served, row.id.as_str()).await.1, 4);
    let login = served.post("", "/dang-nhap", &[("login", "phong.mai-van-mot-mo"), ("password", &password)]).await;
    assert_eq!(login.header("location"), "/tai-khoan");
    assert_eq!(served.store().person_contact(&row.id).await.unwrap().unwrap().phone, "0912000111");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_beyond_one_s_reach_are_findings_and_who_reaches_nobody_gets_no_form() {
    let served = served().await;
    let rows = [
        GOOD,
        "Mai Văn Bốn (mô phỏng),,244,Chuyên viên,unit-officer,15/05/2024,",
        "Mai Văn Năm (mô phỏng),,243,Quản trị,admin,15/05/2024,",
    ];
    let page = upload(&served, "thu-truong.243", &rows).await.text();
    assert!(page.contains("<b>1</b> người sẽ được tạo"), "{page}");
    assert!(page.contains("Mai Văn Bốn (mô phỏng): ") && page.contains("Mai Văn Năm (mô phỏng): "));
    for login in ["dau-moi.243", "dieu-phoi", "lanh-dao"] {
        assert_eq!(upload(&served, login, &rows).await.status, StatusCode::FORBIDDEN, "{login}");
        let forged = again(&served, login, &page, "ap-dung").await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{login}");
    }
    assert!(served.store().person_by_login("phong.mai-van-mot-mo").await.unwrap().is_none());
    // The other head sends the same file: the row of 243 is not his.
    let other = again(&served, "thu-truong.244", &page, "ap-dung").await.text();
    assert!(served.store().person_by_login("phong.mai-van-mot-mo").await.unwrap().is_none());
    assert!(served.store().person_by_login("phong.mai-van-bon-mo").await.unwrap().is_some(), "{other}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_can_be_filled_in_and_sent() {
    let served = served().await;
    let admin = served.as_person("quan-tri").await;
    let template = served.get(&admin, "/nguoi-dung/nhap/mau.xlsx").await;
    assert!(template.status == StatusCode::OK && template.bytes.starts_with(b"PK"));
    assert!(served.get(&admin, "/nguoi-dung/nhap").await.text().contains("mau.xlsx"));
    let none = served.post(&admin, "/nguoi-dung/nhap/ap-dung", &[("noi-dung", "zz")]).await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST);
}
