//! People through their pages: each act by whoever may, by whoever may not, twice. All persons are invented.
#![allow(missing_docs)]

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod contacts;
mod delegations;
mod handovers;
mod imports;
mod lists;
mod posts;
mod registering;

use axum::http::StatusCode;
use cchc_access::Person;
use cchc_ledger::StreamId;
use common::Answer;
use common::served::Served;

/// A person as he stands, and how many events he has.
async fn person(served: &Served, id: &str) -> (Person, u64) {
    served.store().peek::<Person>(&StreamId::new("person", id).unwrap()).await.unwrap()
}

/// Sends a form twice: the same answer, and only one command.
async fn twice(served: &Served, cookie: &str, address: &str, values: &[(&str, &str)], whom: &str) -> Answer {
    let request = format!("hai lần {address}");
    let values = [values, &[("yeu-cau", request.as_str())]].concat();
    let before = person(served, whom).await.1;
    let first = served.post(cookie, address, &values).await;
    let after = person(served, whom).await.1;
    assert!(after > before, "{}", first.text());
    let second = served.post(cookie, address, &values).await;
    assert_eq!((first.status, first.header("location")), (second.status, second.header("location")));
    assert_eq!(person(served, whom).await.1, after, "the second time was a second command");
    second
}

/// The same form is refused to each of these, form and act alike; the page says what to do.
async fn refused_to(served: &Served, logins: &[&str], address: &str, values: &[(&str, &str)], whom: &str) {
    let before = person(served, whom).await;
    for login in logins {
        let cookie = served.as_person(login).await;
        let answer = served.post(&cookie, address, values).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{login}: {}", answer.text());
        let page = answer.text();
        assert!(page.contains("Bạn không được làm việc này"), "{login}");
        assert!(page.contains("Hãy nhờ") || page.contains("Chỉ chính người đó"), "{login}: {page}");
    }
    let answer = served.post("", address, values).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(person(served, whom).await, before);
}

/// What stands between two pieces of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("{before} is not in {page}"));
    rest.split_once(after).unwrap().0
}
