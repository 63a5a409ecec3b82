//! Running a round: planning, opening, its board, what a coordinator does, urging, questions.

#[path = "../common/mod.rs"]
mod common;
mod leading;
mod planning;

use common::Answer;
use common::served::Served;

/// The value of a hidden field of a page.
pub fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text();
    let after = text.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, rest)| rest).unwrap();
    after.split('"').next().unwrap().to_owned()
}

/// Fills the form of a part of a plan in.
pub async fn change(served: &Served, cookie: &str, round: &str, part: &str, values: &[(&str, &str)]) -> Answer {
    let address = format!("/dot-cham/{round}/ke-hoach/{part}");
    let form = served.get(cookie, &address).await;
    let (request, seen) = (hidden(&form, "yeu-cau"), hidden(&form, "ban"));
    let mut all = vec![("yeu-cau", request.as_str()), ("ban", seen.as_str())];
    all.extend_from_slice(values);
    served.post(cookie, &address, &all).await
}
