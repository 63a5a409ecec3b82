//! The API over HTTP, in process: tokens, problems, idempotency, pages, the feed, the description.

mod common;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use cchc_access::{Action, Actions};
use cchc_ledger::PersonId;
use common::Answer;
use common::served::{Served, served};
use serde_json::{Value, json};
use tower::ServiceExt;

/// What a program sends.
struct Ask<'a> {
    method: Method,
    address: &'a str,
    headers: Vec<(&'a str, String)>,
    body: String,
}

fn get(address: &str) -> Ask<'_> {
    Ask { method: Method::GET, address, headers: Vec::new(), body: String::new() }
}

fn post<'a>(address: &'a str, key: &'a str, body: &Value) -> Ask<'a> {
    let headers = vec![("content-type", "application/json".to_owned()), ("idempotency-key", key.to_owned())];
    Ask { method: Method::POST, address, headers, body: body.to_string() }
}

impl<'a> Ask<'a> {
    fn with(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    fn token(self, token: &str) -> Self {
        self.with("authorization", format!("Bearer {token}"))
    }

    async fn send(self, served: &Served) -> Answer {
        let mut request = Request::builder().method(self.method).uri(self.address).header("host", "localhost");
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body)).unwrap();
        let response = cchc_web::router(served.app.clone()).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

async fn token(served: &Served, login: &str, scope: Actions) -> String {
    served.store().token_add(&PersonId::from(login), "thử", &scope, 30).await.unwrap().1.0
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

/// The problem of an answer, which must be one in all its parts.
fn problem(answer: &Answer, status: u16, kind: &str) -> Value {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = json_of(answer);
    assert_eq!(problem["type"], format!("/tro-giup/api#{kind}"), "{problem}");
    assert_eq!(problem["status"], status);
    for part in ["title", "detail", "hint", "instance"] {
        assert!(problem[part].as_str().is_some_and(|text| !text.is_empty()), "{part} {problem}");
    }
    assert!(problem["errors"].is_array(), "{problem}");
    problem
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_what_its_owner_may_and_a_cookie_nothing() {
    let served = served().await;
    let admin = token(&served, "quan-tri", Actions::All).await;
    let me = json_of(&get("/api/v1/me").token(&admin).send(&served).await);
    assert_eq!(
        (&me["id"], &me["scope"], &me["posts"][0]["roles"]),
        (&json!("quan-tri"), &Value::Null, &json!(["admin"]))
    );
    let cookie = served.as_person("quan-tri").await;
    let answer = get("/api/v1/me").with("cookie", cookie).send(&served).await;
    problem(&answer, 401, "unauthorized");
    assert!(answer.header("www-authenticate").starts_with("Bearer"));
    for wrong in ["Bearer cchc_abc", "Bearer", "Basic YTpi", "Bearer "] {
        problem(&get("/api/v1/units").with("authorization", wrong).send(&served).await, 401, "unauthorized");
    }
    assert_eq!(get("/api/v1/units").send(&served).await.status, StatusCode::OK);
    let narrow = token(&served, "quan-tri", Actions::Only(vec![Action::ViewPeople])).await;
    assert_eq!(get("/api/v1/people").token(&narrow).send(&served).await.status, StatusCode::OK);
    let refused = problem(&get("/api/v1/events").token(&narrow).send(&served).await, 403, "forbidden");
    assert!(refused["detail"].as_str().unwrap().contains("Mã truy cập API này không có quyền"), "{refused}");
    let ended = served.store().token_add(&PersonId::from("quan-tri"), "ngắn", &Actions::All, 1).await.unwrap().1.0;
    served.pass(2 * 86_400);
    problem(&get("/api/v1/me").token(&ended).send(&served).await, 401, "unauthorized");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_error_is_a_problem() {
    let served = served().await;
    let admin = token(&served, "quan-tri", Actions::All).await;
    let new = json!({"name": "Nguyễn Văn An (mô phỏng)"});
    let cases = [
        (get("/api/v1/khong-co"), 404, "not-found"),
        (get("/api"), 404, "not-found"),
        (get("/api/v2/units"), 404, "not-found"),
        (get("/api/v1/units/99999"), 404, "not-found"),
        (get("/api/v1/units?level=phuong"), 400, "bad-request"),
        (get("/api/v1/units?limit=0"), 400, "bad-request"),
        (get("/api/v1/units?limit=chin"), 400, "bad-request"),
        (get("/api/v1/units?la=1"), 400, "bad-request"),
        (get("/api/v1/units?cursor=xyz"), 400, "bad-request"),
        (get("/api/v1/people?cursor=xyz"), 400, "bad-request"),
        (get("/api/v1/drafts?cursor=xyz"), 400, "bad-request"),
        (get("/api/v1/notices?cursor=s.newest"), 400, "bad-request"),
        (get("/api/v1/units/%00"), 400, "bad-request"),
        (get("/api/v1/units/%ff"), 400, "bad-request"),
        (get("/api/v1/days-off?year=99999"), 400, "bad-request"),
        (get("/api/v1/events?after=18446744073709551615"), 400, "bad-request"),
        (Ask { method: Method::DELETE, ..get("/api/v1/units") }, 405, "method-not-allowed"),
        (post("/api/v1/people", "a", &new).with("content-type", "text/plain"), 415, "unsupported-media-type"),
        (post("/api/v1/people", "a", &json!({"name": "a".repeat(70_000)})), 413, "too-large"),
        (post("/api/v1/people", "a", &json!({"ten": "An"})), 422, "refused"),
        (post("/api/v1/people", "a", &json!({"name": ""})), 422, "refused"),
        (post("/api/v1/people", "a", &json!({"name": "a\u{0}b"})), 400, "bad-request"),
        (Ask { body: "{".to_owned(), ..post("/api/v1/people", "a", &new) }, 400, "bad-request"),
        (post("/api/v1/people", " ", &new), 400, "idempotency-key-missing"),
        (post("/api/v1/people", "a", &json!({"name": "An", "login": "quan-tri"})), 409, "conflict"),
        (post("/api/v1/people/khong-co/close", "a", &json!({})), 404, "not-found"),
    ];
    for (ask, status, kind) in cases {
        let (address, method) = (ask.address.to_owned(), ask.method.clone());
        let answer = ask.token(&admin).send(&served).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {address} {}", answer.text());
        let problem = problem(&answer, status, kind);
        assert_eq!(problem["instance"], address.split('?').next().unwrap());
    }
    let other = Ask { method: Method::DELETE, ..get("/api/v1/units") }.send(&served).await;
    assert_eq!(other.header("allow"), "GET,HEAD");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_sent_again_is_answered_again_and_done_once() {
    let served = served().await;
    let admin = token(&served, "quan-tri", Actions::All).await;
    let new = json!({"name": "Nguyễn Văn An (mô phỏng)", "login": "an.nguyen"});
    let send = async |key: &str, body: &Value| post("/api/v1/people", key, body).token(&admin).send(&served).await;
    let first = send("k1", &new).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    assert_eq!(first.header("idempotency-replayed"), "");
    let again = send("k1", &new).await;
    assert_eq!((again.status, &again.bytes), (StatusCode::CREATED, &first.bytes));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(again.header("location"), first.header("location"));
    problem(&send("k1", &json!({"name": "Người khác"})).await, 409, "idempotency-key-reused");
    problem(&send("k2", &new).await, 409, "conflict");
    let found = get(first.header("location")).token(&admin).send(&served).await;
    assert_eq!(json_of(&found)["login"], "an.nguyen");
    // Who has lost the right meanwhile is still told what this request did.
    let head = token(&served, "thu-truong.243", Actions::All).await;
    let end = "/api/v1/people/dau-moi.243/posts/dau-moi.243-1/end";
    let done = post(end, "e1", &json!({"to": "2024-05-20"})).token(&head).send(&served).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let leave = json!({"document": "05/QĐ-MP"});
    let left = post("/api/v1/people/dau-moi.243/close", "c1", &leave).token(&head).send(&served).await;
    assert_eq!(left.status, StatusCode::OK, "{}", left.text());
    served.pass(2 * 86_400);
    let repeated = post("/api/v1/people/dau-moi.243/close", "c1", &leave).token(&head).send(&served).await;
    assert_eq!((repeated.status, &repeated.bytes), (StatusCode::OK, &left.bytes), "{}", repeated.text());
    let refused = post("/api/v1/people/dau-moi.243/close", "c2", &leave).token(&head).send(&served).await;
    problem(&refused, 403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_has_no_token_that_second() {
    let served = served().await;
    let (admin, officer) =
        (token(&served, "quan-tri", Actions::All).await, token(&served, "dau-moi.08707", Actions::All).await);
    assert_eq!(get("/api/v1/me").token(&officer).send(&served).await.status, StatusCode::OK);
    let close = post("/api/v1/people/dau-moi.08707/close", "c", &json!({"reason": "nghỉ việc"}));
    assert_eq!(close.token(&admin).send(&served).await.status, StatusCode::OK);
    problem(&get("/api/v1/me").token(&officer).send(&served).await, 401, "unauthorized");
    let found = json_of(&get("/api/v1/people/dau-moi.08707").token(&admin).send(&served).await);
    assert_eq!(found["account"], "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn appointing_stays_within_reach_and_below_oneself() {
    let served = served().await;
    let head = token(&served, "thu-truong.243", Actions::All).await;
    let post_in =
        |unit: &str, role: &str| json!({"unit": unit, "title": "Chuyên viên", "roles": [role], "from": "2024-05-15"});
    let give = async |key: &str, body: Value| {
        post("/api/v1/people/khong-chuc-vu/posts", key, &body).token(&head).send(&served).await
    };
    problem(&give("1", post_in("244", "unit-officer")).await, 403, "forbidden");
    problem(&give("2", post_in("243", "admin")).await, 403, "forbidden");
    problem(&give("3", post_in("243", "vua")).await, 400, "bad-request");
    let given = give("4", post_in("243", "unit-officer")).await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.text());
    let name = json_of(&given)["id"].as_str().unwrap().to_owned();
    problem(&give("5", post_in("243", "unit-officer")).await, 422, "refused");
    let person = json_of(&get("/api/v1/people/khong-chuc-vu").token(&head).send(&served).await);
    assert_eq!(person["posts"][0]["id"], name);
    let end = format!("/api/v1/people/khong-chuc-vu/posts/{name}/end");
    let ended = post(&end, "6", &json!({"to": "2024-12-31", "document": "02/QĐ-MP"})).token(&head).send(&served).await;
    assert_eq!(ended.status, StatusCode::OK, "{}", ended.text());
    problem(&post(&end, "7", &json!({"to": "hôm qua"})).token(&head).send(&served).await, 422, "refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_one_another_without_a_gap() {
    let served = served().await;
    let admin = token(&served, "quan-tri", Actions::All).await;
    for (address, name) in [("/api/v1/units?level=xa&day=2021-10-14", "id"), ("/api/v1/people?closed=false", "id")] {
        let whole = json_of(&get(&format!("{address}&limit=500")).token(&admin).send(&served).await);
        assert_eq!(whole["next"], Value::Null);
        let all: Vec<Value> = whole["items"].as_array().unwrap().iter().map(|item| item[name].clone()).collect();
        assert!(all.len() > 5, "{address}");
        let (mut seen, mut next) = (Vec::new(), String::new());
        loop {
            let page = json_of(&get(&format!("{address}&limit=4{next}")).token(&admin).send(&served).await);
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| item[name].clone()));
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&cursor={}", cchc_web::pages::publication::address::encode(cursor));
        }
        assert_eq!(seen, all, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_public_is_read_without_a_token() {
    let served = served().await;
    served.publish("days-off", "viet-nam", "calendar/days-off-2019-2026.csv").await;
    let units = json_of(&get("/api/v1/units?day=2021-10-14&text=tich+son").send(&served).await);
    assert_eq!(units["items"][0]["name"], "Phường Tích Sơn");
    let history = json_of(&get("/api/v1/units/08707/history?day=2021-10-14").send(&served).await);
    assert!(history["events"].as_array().is_some_and(|events| !events.is_empty()));
    let set = json_of(&get("/api/v1/criteria-sets/vp-2021-xa").send(&served).await);
    assert_eq!(set["set"]["id"], "vp-2021-xa");
    let toml = get("/api/v1/criteria-sets/vp-2021-xa?format=toml").send(&served).await;
    assert!(toml.header("content-type").starts_with("application/toml") && toml.text().contains("vp-2021-xa"));
    let year = json_of(&get("/api/v1/days-off?year=2024").send(&served).await);
    assert_eq!((&year["known"], year["items"].as_array().unwrap().is_empty()), (&json!(true), false));
    let versions = json_of(&get("/api/v1/rules/days-off/viet-nam/versions").send(&served).await);
    let id = versions["items"][0]["id"].as_str().unwrap();
    let content = get(&format!("/api/v1/rules/days-off/viet-nam/versions/{id}/content")).send(&served).await;
    assert_eq!(content.text(), std::fs::read_to_string(common::data("calendar/days-off-2019-2026.csv")).unwrap());
    let none = json_of(&get("/api/v1/rules/days-off/viet-nam/versions?known=2023-01-01").send(&served).await);
    assert_eq!(none["items"], json!([]));
    served.app.publish(jiff::civil::Date::MIN, common::par_2020());
    let list = json_of(&get("/api/v1/publications").send(&served).await);
    assert_eq!(list["items"][0]["units"], 10);
    let results = json_of(&get("/api/v1/publications/par-2020-provinces").send(&served).await);
    assert_eq!(results["units"].as_array().unwrap().len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_has_everything_once_in_order_and_ends_within_reach() {
    let served = served().await;
    let (admin, head) =
        (token(&served, "quan-tri", Actions::All).await, token(&served, "thu-truong.243", Actions::All).await);
    let given = json!({"unit": "243", "title": "Chuyên viên", "roles": ["unit-officer"], "from": "2024-05-15"});
    post("/api/v1/people/khong-chuc-vu/posts", "p", &given).token(&head).send(&served).await;
    let (mut after, mut positions) = (0, Vec::new());
    loop {
        let page = json_of(&get(&format!("/api/v1/events?after={after}&limit=7")).token(&admin).send(&served).await);
        let items = page["items"].as_array().unwrap();
        positions.extend(items.iter().map(|event| event["position"].as_u64().unwrap()));
        let next = page["next"].as_u64().unwrap();
        if next == after {
            break;
        }
        after = next;
    }
    let ledger = json_of(&get("/api/v1/ledger/head").token(&admin).send(&served).await);
    let end = ledger["position"].as_u64().unwrap();
    assert_eq!(positions, (1..=end).collect::<Vec<_>>());
    let answer = get("/api/v1/events?limit=3").token(&admin).with("accept", "application/x-ndjson").send(&served).await;
    assert_eq!(answer.header("content-type"), "application/x-ndjson");
    assert!(answer.header("link").contains("after=3&limit=3"), "{}", answer.header("link"));
    let lines: Vec<Value> = answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|event| event["position"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    // What the feed gives is what was hashed, byte for byte.
    let first = &served.store().feed(0, 1).await.unwrap()[0];
    assert!(answer.text().contains(std::str::from_utf8(&first.stored.payload).unwrap()));
    let own = json_of(&get("/api/v1/events?limit=1000").token(&head).send(&served).await);
    let units: Vec<&str> =
        own["items"].as_array().unwrap().iter().map(|event| event["unit"].as_str().unwrap()).collect();
    assert_eq!((units, own["next"].as_u64().unwrap()), (vec!["243"], end));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_needs_no_origin_and_a_forged_form_is_refused() {
    let served = served().await;
    let admin = token(&served, "quan-tri", Actions::All).await;
    let new = json!({"name": "Nguyễn Văn An (mô phỏng)"});
    let plain = post("/api/v1/people", "a", &new).token(&admin).send(&served).await;
    assert_eq!(plain.status, StatusCode::CREATED, "{}", plain.text());
    let cookie = served.as_person("quan-tri").await;
    let forged = post("/api/v1/people", "b", &new).with("cookie", cookie.clone()).with("origin", "https://la.vn");
    problem(&forged.send(&served).await, 403, "forbidden");
    let form = Ask { method: Method::POST, ..get("/dang-xuat") }
        .with("content-type", "application/x-www-form-urlencoded")
        .with("origin", "https://la.vn")
        .with("cookie", cookie.clone());
    assert_eq!(form.send(&served).await.status, StatusCode::FORBIDDEN);
    assert_eq!(served.get(&cookie, "/tai-khoan").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let served = served().await;
    for address in ["/", "/khong-co", "/dang-nhap", "/api/v1/units", "/api/v1/khong-co", "/tinh/khong-co.css"] {
        let answer = get(address).send(&served).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", ""),
        ] {
            assert_eq!(answer.header(name), value, "{address} {name}");
        }
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{address}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{address}");
    }
    served.app.behind_https();
    for address in ["/", "/khong-co", "/api/v1/units", "/api/v1/khong-co"] {
        let answer = get(address).send(&served).await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_is_public_and_the_guide_lists_every_operation() {
    let served = served().await;
    let document = json_of(&get("/api/v1/openapi.json").send(&served).await);
    assert_eq!(document["openapi"], "3.1.0");
    let guide = get("/tro-giup/api").send(&served).await.text();
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(guide.contains(path), "{path}");
        for operation in item.as_object().unwrap().values() {
            assert!(guide.contains(operation["summary"].as_str().unwrap()), "{path}");
        }
    }
    for kind in cchc_web::api::problem::Kind::ALL {
        assert!(guide.contains(&format!("id=\"{}\"", kind.code())), "{}", kind.code());
    }
    insta::assert_json_snapshot!("openapi", document);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_rule_is_prepared_looked_at_and_decided() {
    let served = served().await;
    served.publish("days-off", "viet-nam", "calendar/days-off-2019-2026.csv").await;
    let (admin, head) =
        (token(&served, "quan-tri", Actions::All).await, token(&served, "thu-truong.243", Actions::All).await);
    let file = std::fs::read_to_string(common::data("calendar/days-off-2019-2026.csv")).unwrap();
    let draft = |content: &str| json!({"kind": "days-off", "name": "viet-nam", "content": content, "basis": "thử"});
    let open =
        async |key: &str, body: &Value, who: &str| post("/api/v1/drafts", key, body).token(who).send(&served).await;
    problem(&open("1", &draft(&file), &head).await, 403, "forbidden");
    problem(&open("2", &draft(&file), &admin).await, 422, "refused");
    let wrong = problem(&open("3", &draft(&file.replace("2024-04-30", "30 tháng Tư")), &admin).await, 422, "findings");
    assert_eq!(
        (&wrong["errors"][0]["severity"], wrong["errors"][0]["line"].is_u64()),
        (&json!("error"), true),
        "{wrong}"
    );
    let changed = draft(&file.replace("2024-04-30", "2024-04-29"));
    let opened = open("4", &changed, &admin).await;
    assert_eq!(opened.status, StatusCode::CREATED, "{}", opened.text());
    let again = open("4", &changed, &admin).await;
    assert_eq!((&again.bytes, again.header("idempotency-replayed")), (&opened.bytes, "true"));
    problem(&open("4", &draft(&file), &admin).await, 409, "idempotency-key-reused");
    let place = opened.header("location");
    let seen = json_of(&get(place).token(&admin).send(&served).await);
    assert_eq!((&seen["draft"]["standing"], &seen["draft"]["errors"]), (&json!("open"), &json!(0)));
    let decide = async |what: &str, key: &str, body: Value, who: &str| {
        post(&format!("{place}/{what}"), key, &body).token(who).send(&served).await
    };
    problem(&decide("discard", "5", json!({}), &admin).await, 422, "refused");
    problem(&decide("apply", "6", json!({}), &head).await, 403, "forbidden");
    let applied = decide("apply", "7", json!({}), &admin).await;
    assert_eq!(applied.status, StatusCode::OK, "{}", applied.text());
    let repeated = decide("apply", "7", json!({}), &admin).await;
    assert_eq!((&repeated.bytes, repeated.header("idempotency-replayed")), (&applied.bytes, "true"));
    problem(&decide("apply", "8", json!({}), &admin).await, 422, "refused");
    let list = json_of(&get("/api/v1/drafts?standing=applied").token(&admin).send(&served).await);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}
