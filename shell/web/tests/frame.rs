//! What every page shares: frame, errors, headers, files.

mod common;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use cchc_access::{Capacity, Post, Principal, Role, Viewer};
use cchc_ledger::PersonId;
use cchc_web::frame::Section;
use cchc_web::{Site, Visitor};
use common::{get, post, send, site};

const PAGES: [&str; 8] = [
    "/",
    "/cong-bo",
    "/chi-so/bo-tieu-chi",
    "/chi-so/bo-tieu-chi/so-sanh",
    "/chi-so/cham-thu",
    "/chi-so/kiem-chung",
    "/don-vi",
    "/tro-giup",
];

#[tokio::test]
async fn every_page_has_the_frame_and_one_heading() {
    let site = site();
    for address in PAGES {
        let page = get(&site, address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let text = page.text();
        for part in [
            "<html lang=\"vi\">",
            "class=\"skip\" href=\"#noi-dung\"",
            "<main id=\"noi-dung\"",
            "Trình diễn · ngày 16/01/2026",
        ] {
            assert!(text.contains(part), "{address}: {part}");
        }
        assert_eq!(text.matches("<h1").count(), 1, "{address}");
        assert!(!text.contains(" style=") && !text.contains("<style") && !text.contains("<script"), "{address}");
        assert!(text.len() < 60_000, "{address}: {} bytes", text.len());
    }
}

#[tokio::test]
async fn the_current_part_is_marked() {
    let site = site();
    for (address, label) in [("/don-vi", "Đơn vị"), ("/tro-giup", "Trợ giúp"), ("/chi-so/kiem-chung", "Chấm thử")]
    {
        let page = get(&site, address).await.text();
        assert!(page.contains(&format!("aria-current=\"true\">{label}</a>")), "{address}");
    }
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do() {
    let site = site();
    for address in ["/", "/khong-co", "/kiem-tra-suc-khoe", "/don-vi/cay.csv"] {
        let answer = get(&site, address).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{address}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
    }
}

#[tokio::test]
async fn the_style_sheet_is_kept_for_good_and_only_under_its_name() {
    let site = site();
    let page = get(&site, "/").await.text();
    let (_, rest) = page.split_once("rel=\"stylesheet\" href=\"").unwrap();
    let address = &rest[..rest.find('"').unwrap()];
    let style = get(&site, address).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    assert!(style.header("cache-control").contains("immutable"));
    assert!(style.text().contains(":root") && style.text().contains("@media print"));
    assert_eq!(get(&site, "/tinh/000000000000-cchc.css").await.status, StatusCode::NOT_FOUND);
    assert_eq!(get(&site, "/tinh/..%2Fsrc%2Flib.rs").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_error_is_a_page_that_leads_on() {
    let site = site();
    let missing = get(&site, "/khong-co/%3Cb%3E").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.text().contains("Không có trang này") && missing.text().contains("Về trang chủ"));
    assert!(!missing.text().contains("<b>/"));
    let wrong = post(&site, "/don-vi", &[]).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(wrong.text().contains("Lỗi 405") && wrong.text().contains("<main"));
    assert_eq!(wrong.header("content-type"), "text/html; charset=utf-8");
}

#[tokio::test]
async fn a_form_from_another_site_is_refused() {
    let request = Request::post("/chi-so/cham-thu")
        .header("host", "localhost")
        .header("origin", "http://ke-xau.example")
        .header("sec-fetch-site", "cross-site")
        .body(Body::empty())
        .unwrap();
    let answer = send(&site(), request).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("Yêu cầu này đến từ trang khác"));
}

#[tokio::test]
async fn pages_are_compressed_where_the_browser_can() {
    let request = Request::get("/tro-giup").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    assert_eq!(send(&site(), request).await.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn readiness() {
    let answer = get(&site(), "/kiem-tra-suc-khoe").await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "ok"));
}

#[tokio::test]
async fn home_says_what_was_found() {
    let page = get(&site(), "/").await.text();
    assert!(page.contains("/cong-bo/par-2020-provinces") && page.contains("Quảng Ninh đứng đầu 10 đơn vị"));
    for way in ["/chi-so/kiem-chung", "/chi-so/cham-thu", "/chi-so/bo-tieu-chi", "/don-vi"] {
        assert!(page.contains(&format!("<dt><a href=\"{way}\">")), "{way}");
    }
}

#[tokio::test]
async fn the_top_of_a_page_knows_who_looks_and_what_he_may_see() {
    let public = get(&site(), "/").await.text();
    assert!(public.contains("<a href=\"/dang-nhap\">Đăng nhập</a>") && public.contains("action=\"/tim\""));
    for hidden in ["/so-cai", "/nguoi-dung", "/ban-nhap", "/thong-bao", "/tai-khoan"] {
        assert!(!public.contains(&format!("href=\"{hidden}\"")), "{hidden}");
    }
    let officer = get(&logged_in(&[Role::UnitOfficer]), "/").await.text();
    assert!(officer.contains("Nguyễn Văn Thử (mô phỏng), Chuyên viên, Sở Nội vụ"));
    assert!(officer.contains("<b>(3<span class=\"vh\"> chưa đọc</span>)</b>") && !officer.contains("/dang-nhap"));
    assert!(officer.contains("<a href=\"/so-cai\">Sổ cái</a>"));
    let admin = get(&logged_in(&[Role::Admin]), "/").await.text();
    for shown in ["/so-cai", "/nguoi-dung", "/ban-nhap"] {
        assert!(admin.contains(&format!("<li><a href=\"{shown}\">")), "{shown}");
    }
    let none = get(&logged_in(&[]), "/").await.text();
    assert!(none.contains("/so-cai") && !none.contains("/nguoi-dung") && !none.contains("/ban-nhap"));
}

#[tokio::test]
async fn a_full_disk_is_said_on_every_page() {
    let full = Site { banner: Some("ổ đĩa đầy.".into()), ..Site::clone(&site()) };
    let page = get(&Arc::new(full), "/tro-giup").await.text();
    assert!(page.contains("<b>Hệ thống đang ở chế độ chỉ đọc:</b> ổ đĩa đầy."));
    assert!(!get(&site(), "/tro-giup").await.text().contains("chế độ chỉ đọc:"));
}

#[tokio::test]
async fn every_page_leads_to_its_section_of_the_help() {
    let site = site();
    let help = get(&site, "/tro-giup").await.text();
    for address in PAGES.into_iter().chain(["/khong-co"]) {
        let page = get(&site, address).await.text();
        let (_, rest) = page.split_once("/tro-giup#").unwrap_or_else(|| panic!("{address}"));
        let anchor = &rest[..rest.find('"').unwrap()];
        assert!(help.contains(&format!("<h2 id=\"{anchor}\"")), "{address}: {anchor}");
    }
    for section in Section::ALL {
        assert!(help.contains(&format!("<h2 id=\"{}\"", section.help())), "{section:?}");
    }
}

/// The site as somebody with these roles sees it.
fn logged_in(roles: &[Role]) -> Arc<Site> {
    let mut principal = Principal::new(PersonId::from("p1"));
    principal.posts = vec![Post {
        id: "post-1".into(),
        unit: "VP.SNV".into(),
        title: "Chuyên viên".into(),
        party_title: None,
        roles: roles.to_vec(),
        fields: Vec::new(),
        capacity: Capacity::Own,
        from: "2020-01-01".parse().unwrap(),
        to: None,
        document: String::new(),
        order: 1,
    }];
    let visitor = Visitor {
        viewer: Viewer::Person(principal),
        name: "Nguyễn Văn Thử (mô phỏng)".into(),
        post: "Chuyên viên, Sở Nội vụ".into(),
        unread: 3,
        session: "s1".into(),
    };
    Arc::new(Site { visitor, ..Site::clone(&site()) })
}

#[tokio::test]
async fn an_address_with_a_null_character_is_told_so() {
    let site = site();
    for address in ["/don-vi/%00", "/don-vi?ngay=%00", "/cong-bo/a%00b"] {
        let page = get(&site, address).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(page.text().contains("Địa chỉ này không đọc được"), "{address}");
    }
}
