//! Every route of the router × everybody: what `cchc_access` says beside what HTTP answers.
//!
//! The routes are read from the router itself (`access/routes.rs`), what each needs stands in one table
//! (`access/table.rs`), and whether somebody has it is computed by the domain (`access/needs.rs`). The same is
//! asked about somebody of one's own unit, of a unit below it, and of another.

#[path = "access/cast.rs"]
mod cast;
mod common;
#[path = "access/needs.rs"]
mod needs;
#[path = "access/routes.rs"]
mod routes;
#[path = "access/table.rs"]
mod table;

use std::collections::BTreeSet;

use axum::Router;
use axum::body::{Body as HttpBody, to_bytes};
use axum::http::{Request, StatusCode};
use cast::{Asker, Stage};
use cchc_access::{Action, Refusal, Viewer};
use needs::{Needs, Target};
use table::{Body, Row, TABLE, Told};
use tower::ServiceExt;

#[tokio::test(flavor = "multi_thread")]
async fn every_route_has_a_row_and_nothing_is_changed_by_looking() {
    let stage = Stage::set().await;
    let found: BTreeSet<(String, String)> = routes::of(&stage.router).into_iter().collect();
    let known: BTreeSet<(String, String)> =
        TABLE.iter().map(|(method, path, ..)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(found.difference(&known).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "without a row");
    assert_eq!(known.difference(&found).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "without a route");
    assert_eq!(known.len(), TABLE.len(), "a row stands twice");
    let methods: BTreeSet<&str> = found.iter().map(|(method, _)| method.as_str()).collect();
    assert_eq!(methods, BTreeSet::from(["GET", "POST"]));
    let admin = stage.asker("admin").await;
    let before = stage.served.store().log_end().await.unwrap();
    for row in TABLE.iter().filter(|row| row.0 == "GET") {
        for target in &stage.targets {
            stage.ask(row, &admin, target).await;
        }
    }
    assert_eq!(stage.served.store().log_end().await.unwrap(), before, "a GET was recorded");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_is_let_in_and_who_may_not_is_told_so() {
    let stage = Stage::set().await;
    let mut wrong = Vec::new();
    let mut asked = 0;
    for asker in stage.askers().await {
        for row in TABLE {
            let targets = if depends(row) { stage.targets.as_slice() } else { &stage.targets[..1] };
            for target in targets {
                let expected = expected(row, &asker, target, &stage);
                let status = stage.ask(row, &asker, target).await.0;
                asked += 1;
                if !expected.fits(status) {
                    let (method, path, ..) = row;
                    let unit = &target.post.unit;
                    wrong.push(format!("{} of {unit}: {method} {path}: {status}, not {expected:?}", asker.name));
                }
            }
        }
    }
    assert!(asked > 3_000, "{asked}");
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is to be answered.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    Allowed,
    Login,
    Forbidden,
    NotThere,
}

impl Expected {
    fn fits(&self, status: StatusCode) -> bool {
        match self {
            // Whether what is asked for is there is another question.
            Self::Allowed => {
                let refused = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
                !refused && !status.is_server_error() && status != StatusCode::METHOD_NOT_ALLOWED
            }
            Self::Login => status == StatusCode::UNAUTHORIZED,
            Self::Forbidden => status == StatusCode::FORBIDDEN,
            Self::NotThere => status == StatusCode::NOT_FOUND,
        }
    }
}

fn expected(row: &Row, asker: &Asker, target: &Target, stage: &Stage) -> Expected {
    let (_, path, needs, _, told) = row;
    // A token that does not hold opens nothing, not even what is public.
    if asker.left && path.starts_with("/api/") {
        return Expected::Login;
    }
    match (needs.has(asker.viewer(path), target, stage.today()), told) {
        (Ok(()), _) => Expected::Allowed,
        (Err(Refusal::Login(_)), _) => Expected::Login,
        (Err(_), Told::Plainly) => Expected::Forbidden,
        (Err(_), Told::NotThere) => Expected::NotThere,
    }
}

/// Whether a row says something about the target.
fn depends((_, path, _, body, _): &Row) -> bool {
    let sent = matches!(body, Body::Form(text) | Body::Json(text) if text.contains("{unit}"));
    path.contains('{') || sent
}

/// Lists, files and feeds; what of a unit's stands in each; what lets one see it.
const LISTS: [(&str, &str, Action); 7] = [
    ("/ban-nhap", "/ban-nhap/nhap-{unit}", Action::ViewDrafts),
    ("/api/v1/drafts?limit=500", "\"nhap-{unit}\"", Action::ViewDrafts),
    ("/so-cai?loai=draft", "draft/nhap-{unit}", Action::ViewHistory),
    ("/so-cai.xlsx?loai=draft", "nhap-{unit}", Action::ExportHistory),
    ("/api/v1/events?limit=1000", "draft/nhap-{unit}\"", Action::ExportHistory),
    ("/nguoi-dung/xuat.xlsx", "chu-the.{unit}", Action::ExportPeople),
    ("/api/v1/people?limit=500", "\"chu-the.{unit}\"", Action::ViewPeople),
];

#[tokio::test(flavor = "multi_thread")]
async fn lists_files_and_feeds_end_where_reach_ends() {
    let stage = Stage::set().await;
    let mut shown = 0;
    for asker in stage.askers().await.into_iter().filter(|asker| !asker.left) {
        for (address, sign, action) in LISTS {
            let (status, text) = stage.get(&asker, address).await;
            let somewhere = Needs::Somewhere(action).has(asker.viewer(address), &stage.targets[0], stage.today());
            assert_eq!(status == StatusCode::OK, somewhere.is_ok(), "{} {address} {status}", asker.name);
            for target in stage.targets.iter().filter(|_| status == StatusCode::OK) {
                let seen = Needs::Said(action).has(asker.viewer(address), target, stage.today()).is_ok();
                let unit = &target.post.unit;
                assert_eq!(text.contains(&sign.replace("{unit}", unit)), seen, "{} {address} {unit}", asker.name);
                shown += usize::from(seen);
            }
        }
    }
    assert!(shown > 40, "{shown}");
}

impl Stage {
    /// The status and the text of the answer.
    async fn ask(&self, row: &Row, asker: &Asker, target: &Target) -> (StatusCode, String) {
        let (method, path, _, body, _) = row;
        let fill = |text: &str| text.replace("{unit}", &target.post.unit);
        let (kind, sent) = match body {
            Body::None => ("application/json", String::new()),
            Body::Form(text) => ("application/x-www-form-urlencoded", fill(text)),
            Body::Files => ("multipart/form-data; boundary=ranh", "--ranh--\r\n".to_owned()),
            Body::Json(text) => ("application/json", fill(text)),
        };
        let key = cchc_web::acts::with::fresh();
        let request = self
            .as_asker(asker, path)
            .await
            .method(*method)
            .uri(self.address(path, target))
            .header("content-type", kind)
            .header("idempotency-key", key);
        self.send(request.body(HttpBody::from(sent)).unwrap()).await
    }

    async fn get(&self, asker: &Asker, address: &str) -> (StatusCode, String) {
        let request = self.as_asker(asker, address).await.uri(address);
        self.send(request.body(HttpBody::empty()).unwrap()).await
    }

    async fn send(&self, request: Request<HttpBody>) -> (StatusCode, String) {
        let router: Router = self.router.clone();
        let response = router.oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, text(&bytes))
    }

    async fn as_asker(&self, asker: &Asker, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().header("host", "localhost");
        if asker.login.is_empty() {
            return request;
        }
        if path.starts_with("/api/") {
            return request.header("authorization", format!("Bearer {}", asker.token));
        }
        // What was sent before may have ended a session.
        request.header("cookie", self.served.as_person(&asker.login).await)
    }
}

/// What stands in an answer; in a workbook, in its cells.
fn text(bytes: &[u8]) -> String {
    if !bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let Ok((grids, _)) = cchc_papers::read_grids("a.xlsx", bytes, &cchc_papers::Limits::default()) else {
        return String::new();
    };
    let rows = grids.iter().flat_map(|grid| &grid.rows);
    rows.flat_map(|row| &row.cells).cloned().collect::<Vec<_>>().join("\n")
}

impl Asker {
    /// Who he is there: a token is good for less than its owner.
    fn viewer(&self, path: &str) -> &Viewer {
        if path.starts_with("/api/") { &self.by_token } else { &self.by_session }
    }
}
