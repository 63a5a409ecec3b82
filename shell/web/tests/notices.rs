//! The inbox. All persons are invented.
#![allow(missing_docs)]

mod common;

use axum::http::StatusCode;
use cchc_ledger::{Hash, PersonId};
use cchc_store::people::Notice;
use common::served::{Served, served};

async fn tell(served: &Served, login: &str, number: u32) {
    let notice = Notice {
        to: PersonId::from(login),
        kind: "appointed".to_owned(),
        text: format!("Việc số {number}."),
        link: "/tai-khoan".to_owned(),
    };
    served.store().notice_put(&Hash::of(&number.to_be_bytes()), notice, "thêm").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_asks_to_log_in_and_leads_back() {
    let served = served().await;
    let answer = served.get("", "/thong-bao").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.text().contains("/dang-nhap?ve=%2Fthong-bao"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_and_all_are_marked_as_read_one_s_own_alone() {
    let served = served().await;
    for number in 1..=3 {
        tell(&served, "dau-moi.243", number).await;
    }
    tell(&served, "tham-dinh", 4).await;
    let cookie = served.as_person("dau-moi.243").await;
    let page = served.get(&cookie, "/thong-bao").await.text();
    assert!(page.contains("<b>(3<span class=\"vh\"> chưa đọc</span>)</b>") && page.contains("href=\"/tai-khoan\""));
    assert!(page.contains("Việc số 1.") && !page.contains("Việc số 4."));
    let button = page.split("action=\"/thong-bao/").nth(2).unwrap();
    let id = &button[..button.find('/').unwrap()];

    let other = served.as_person("tham-dinh").await;
    let foreign = served.post(&other, &format!("/thong-bao/{id}/da-doc"), &[]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let own = served.post(&cookie, &format!("/thong-bao/{id}/da-doc"), &[]).await;
    assert_eq!((own.status, own.header("location")), (StatusCode::SEE_OTHER, "/thong-bao"));
    let unread = served.get(&cookie, "/thong-bao?loc=chua-doc").await.text();
    assert_eq!((unread.matches("class=\"st part\"").count(), unread.matches("đã đọc</span>").count()), (2, 0));

    served.post(&cookie, "/thong-bao/da-doc", &[]).await;
    assert!(served.get(&cookie, "/thong-bao").await.text().contains("Đã đọc hết."));
    assert!(served.get(&cookie, "/thong-bao?loc=chua-doc").await.text().contains("Không còn thông báo nào chưa đọc"));
    let left = served.get(&other, "/thong-bao").await.text();
    assert!(left.contains("<b>1</b> thông báo chưa đọc"));
    for (cookie, wanted) in [("", StatusCode::UNAUTHORIZED), (cookie.as_str(), StatusCode::NOT_FOUND)] {
        assert_eq!(served.post(cookie, "/thong-bao/khong-co/da-doc", &[]).await.status, wanted);
    }
}
