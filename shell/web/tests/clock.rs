//! `/trinh-dien`: the demonstration's clock goes on, never back, and a province has none.
#![allow(missing_docs)]

mod common;

use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use cchc_web::App;
use common::served::{self, served};
use jiff::civil::{Date, date};
use tower::ServiceExt;

async fn send(app: &App, day: &str) -> (StatusCode, String) {
    let request = Request::post("/trinh-dien")
        .header(header::HOST, "localhost")
        .header(header::ORIGIN, "http://localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("ngay={day}")))
        .unwrap();
    let response = cchc_web::router(app.clone()).oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_goes_on_and_never_back() {
    let served = served().await;
    let app = App::demonstration(served.store().clone(), served::world());
    let moved: Arc<Mutex<Vec<Date>>> = Arc::default();
    let heard = Arc::clone(&moved);
    app.moved_by(move |day| heard.lock().unwrap().push(day));
    for (day, said) in [("14/05/2024", "chỉ đi tới"), ("15/05/2024", "chỉ đi tới"), ("", "chưa điền"), ("40/13/1", "")]
    {
        let (status, page) = send(&app, day).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{day}");
        assert!(page.contains(said), "{day}");
    }
    assert_eq!(*moved.lock().unwrap(), []);
    assert_eq!(send(&app, "16/05/2024").await.0, StatusCode::SEE_OTHER);
    assert_eq!(*moved.lock().unwrap(), [date(2024, 5, 16)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_province_has_no_such_clock() {
    let served = served().await;
    served.app.moved_by(|day| panic!("moved to {day}"));
    assert_eq!(send(&served.app, "16/05/2024").await.0, StatusCode::NOT_FOUND);
    assert_eq!(served.get("", "/trinh-dien").await.status, StatusCode::NOT_FOUND);
}
