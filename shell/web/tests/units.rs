//! `/don-vi`

mod common;

use axum::http::StatusCode;
use common::{get, site};

#[tokio::test]
async fn the_tree_of_a_day_with_its_counts() {
    let site = site();
    for (day, districts, communes) in [("2021-10-14", "9", "136"), ("01/03/2025", "9", "121"), ("2025-07-01", "", "36")]
    {
        let page = get(&site, &format!("/don-vi?ngay={day}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains(&format!("<b>{communes}</b> đơn vị cấp xã")), "{day}");
        let has_districts = page.text().contains(&format!("<b>{districts}</b> đơn vị cấp huyện"));
        assert_eq!(has_districts, !districts.is_empty(), "{day}");
    }
}

#[tokio::test]
async fn districts_and_communes_stand_in_protocol_order() {
    let page = get(&site(), "/don-vi?ngay=2021-10-14").await.text();
    let at = |name: &str| page.find(name).unwrap_or_else(|| panic!("{name}"));
    assert!(at("<b>Thành phố Vĩnh Yên</b>") < at("<b>Thành phố Phúc Yên</b>"));
    assert!(at("<b>Huyện Lập Thạch</b>") < at("<b>Huyện Tam Dương</b>"));
    assert!(at("Văn phòng UBND tỉnh") < at("Thanh tra tỉnh"));
}

#[tokio::test]
async fn a_name_is_found_without_its_marks_and_in_any_normal_form() {
    let site = site();
    for typed in ["tich%20son", "T%C3%ADch", "Ti%CC%81ch", "08707"] {
        let page = get(&site, &format!("/don-vi?ngay=2021-10-14&ten={typed}")).await.text();
        assert!(page.contains("Phường Tích Sơn") && !page.contains("Phường Liên Bảo"), "{typed}");
    }
    let none = get(&site, "/don-vi?ten=atlantis").await.text();
    assert!(none.contains("Không có đơn vị nào tên có «atlantis»"));
}

#[tokio::test]
async fn a_bad_day_is_said_at_its_field_and_stays_typed() {
    let page = get(&site(), "/don-vi?ngay=31/02/2021").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    assert!(page.text().contains("value=\"31/02/2021\"") && page.text().contains("không có ngày 31/02/2021"));
}

#[tokio::test]
async fn the_tree_as_a_file() {
    let file = get(&site(), "/don-vi/cay.csv?ngay=2021-10-14").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"don-vi-2021-10-14.csv\"");
    let text = file.text();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(&lines[..2], ["code,name,level,type,parent", "26,Tỉnh Vĩnh Phúc,tinh,tinh,"]);
    assert_eq!(lines.iter().filter(|line| line.contains(",xa,")).count(), 136);
}

#[tokio::test]
async fn a_unit_says_where_it_went_and_where_it_came_from() {
    let site = site();
    let before = get(&site, "/don-vi/08710?ngay=2021-10-14").await.text();
    assert!(before.contains("Phường Liên Bảo") && before.contains("/don-vi/08716?ngay=2026-01-16"));
    let after = get(&site, "/don-vi/08716").await.text();
    for origin in ["Phường Liên Bảo", "Phường Đống Đa", "Phường Ngô Quyền"] {
        assert!(after.contains(origin), "{origin}");
    }
    assert!(after.contains("1676/NQ-UBTVQH15"));
}

#[tokio::test]
async fn a_code_without_a_day_is_shown_as_it_was_last() {
    let page = get(&site(), "/don-vi/243").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Thành phố Vĩnh Yên") && !page.text().contains("Chưa thay đổi"));
}

#[tokio::test]
async fn an_unknown_code_and_a_wrong_day_lead_on() {
    let site = site();
    let page = get(&site, "/don-vi/tich-son").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let near = get(&site, "/don-vi/0871x").await.text();
    assert!(near.contains("/don-vi/08710?ngay=2025-06-30\">Phường Liên Bảo (08710)"), "as it was last");
    let page = get(&site, "/don-vi/243?ngay=2026-01-16").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text().contains("Thành phố Vĩnh Yên, đến 30/06/2025"));
    assert_eq!(get(&site, "/don-vi/243?ngay=mai").await.status, StatusCode::BAD_REQUEST);
    assert!(get(&site, "/don-vi/%3Cscript%3E").await.text().contains("&#60;script&#62;"));
}

#[tokio::test]
async fn a_department_with_a_sign_in_its_code_has_a_page() {
    let page = get(&site(), "/don-vi/VP.SNN%26PTNT?ngay=2021-10-14").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Sở Nông nghiệp và Phát triển nông thôn"));
}
