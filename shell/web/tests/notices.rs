//! The inbox. All persons are invented.
#![allow(missing_docs)]

mod common;

use axum::http::StatusCode;
use common::served::served;

#[tokio::test(flavor = "multi_thread")]
async fn the_inbox_asks_to_log_in_and_leads_back() {
    let served = served().await;
    let answer = served.get("", "/thong-bao").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.text().contains("/dang-nhap?ve=%2Fthong-bao"));
}
