//! Who asks, found anew with each request: a person who was dismissed a moment ago is the public now.

use axum::http::HeaderMap;
use cchc_access::{Principal, Viewer};
use cchc_ledger::PersonId;
use cchc_store::DbError;

use crate::site::Site;
use crate::visitor::Visitor;
use crate::{App, cookies};

/// The visitor by the cookie of his session; the public where there is none that holds.
///
/// # Errors
/// What the store says.
pub async fn visitor(app: &App, site: &Site, headers: &HeaderMap) -> Result<Visitor, DbError> {
    let secret = cookies::value(headers, cookies::SESSION);
    if secret.is_empty() {
        return Ok(Visitor::default());
    }
    let Some(session) = app.store().session_find(secret).await? else { return Ok(Visitor::default()) };
    let visitor = of_person(app, site, &session.person).await?;
    Ok(Visitor { session: session.id, ..visitor.unwrap_or_default() })
}

/// The visitor that a person is; `None` where his account is not open.
///
/// # Errors
/// What the store says.
pub async fn of_person(app: &App, site: &Site, person: &PersonId) -> Result<Option<Visitor>, DbError> {
    let store = app.store();
    let Some(principal) = store.principal_load(person, site.now).await? else { return Ok(None) };
    let name = store.person_find(person).await?.map(|row| row.name).unwrap_or_default();
    let (post, unread) = (first_post(site, &principal), store.notice_unread(person).await?);
    Ok(Some(Visitor { viewer: Viewer::Person(principal), name, post, unread, session: String::new() }))
}

/// `Chuyên viên, Sở Nội vụ`: the first post that is held today; empty where there is none.
fn first_post(site: &Site, principal: &Principal) -> String {
    let mut held: Vec<_> = principal.posts.iter().filter(|post| post.holds_on(site.today)).collect();
    held.sort_by_key(|post| post.order);
    let Some(post) = held.first() else { return String::new() };
    match site.units.find(&post.unit, site.today) {
        Ok(unit) => format!("{}, {}", post.title, unit.name),
        Err(_) => post.title.clone(),
    }
}
