//! The page of whoever runs the server. All persons are invented.
#![allow(missing_docs)]

mod common;

use axum::http::StatusCode;
use cchc_store::jobs::MOST_ATTEMPTS;
use common::served::{CAST, served};

#[tokio::test(flavor = "multi_thread")]
async fn it_is_the_admins_alone() {
    let served = served().await;
    for (login, ..) in CAST {
        let cookie = served.as_person(login).await;
        let wanted = if login == "quan-tri" { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(served.get(&cookie, "/he-thong").await.status, wanted, "{login}");
        let retry = served.post(&cookie, "/he-thong/viec/khong-co/thu-lai", &[]).await.status;
        assert_eq!(retry, if login == "quan-tri" { StatusCode::NOT_FOUND } else { StatusCode::FORBIDDEN }, "{login}");
        let home = served.get(&cookie, "/").await.text();
        assert_eq!(home.contains("href=\"/he-thong\""), login == "quan-tri", "{login}");
    }
    assert_eq!(served.get("", "/he-thong").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_given_up_is_seen_and_tried_again() {
    let served = served().await;
    let id = served.store().job_add("thu", "r1", Vec::new()).await.unwrap();
    for _ in 0..MOST_ATTEMPTS {
        while let Some(job) = served.store().job_take().await.unwrap() {
            let outcome = if job.id == id { Err("ổ đĩa mạng không trả lời".to_owned()) } else { Ok(()) };
            served.store().job_put(job, outcome).await.unwrap();
        }
        served.pass(3_600);
    }
    let cookie = served.as_person("quan-tri").await;
    let page = served.get(&cookie, "/he-thong").await.text();
    let (position, hash) = served.store().log_end().await.unwrap();
    for part in ["ổ đĩa mạng không trả lời", "<b>1</b> việc", "đã dừng", "Đang ghi được", "SQLite"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains(&format!("cchc ledger verify --anchor {position}:{hash}")));
    let button = format!("/he-thong/viec/{id}/thu-lai");
    assert!(page.contains(&button));
    assert_eq!(served.post(&cookie, &button, &[]).await.status, StatusCode::SEE_OTHER);
    let page = served.get(&cookie, "/he-thong").await.text();
    assert!(!page.contains(&button) && page.contains("sẽ thử lại"));
}
