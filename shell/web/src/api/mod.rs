//! `/api/v1`: the same things for programs, as JSON.
//!
//! | to | see |
//! |---|---|
//! | know who asks | [`caller`] |
//! | read a request | [`ask`] |
//! | say what went wrong | [`problem`] |
//! | give a long list | [`paged`] |
//! | describe it | [`document`], [`guide`] |
//!
//! Every other file is a group of operations. An operation authorises through `cchc_access`, calls the store
//! and gives back a view; dates are ISO, decimals have a dot.

pub mod ask;
pub mod caller;
pub mod days_off;
pub mod document;
pub mod draft_open;
pub mod drafts;
pub mod events;
pub mod guide;
pub mod ledger;
pub mod me;
pub mod notices;
pub mod paged;
pub mod people;
pub mod posts;
pub mod problem;
pub mod publications;
pub mod rules;
pub mod sets;
pub mod units;
mod write;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::{App, headers};

/// Where the API is.
pub const ADDRESS: &str = "/api/v1";
/// Megabytes of the content of a draft at most.
const DRAFT_MB: usize = 5;

/// Everything below `/api`; no cookie opens anything here.
pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .nest("/v1", operations())
        .fallback(problem::nothing_here)
        .method_not_allowed_fallback(problem::other_method)
        .layer(DefaultBodyLimit::max(64 * 1024))
        .layer(from_fn_with_state(app.clone(), caller::see))
        .layer(from_fn(headers::without_null))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn(problem::show))
        .layer(CompressionLayer::new())
        .layer(map_response(headers::secure))
}

fn operations() -> Router<App> {
    let opening = post(draft_open::open).layer(DefaultBodyLimit::max(DRAFT_MB * 1_000_000));
    Router::new()
        .route("/openapi.json", get(document::json))
        .route("/me", get(me::me))
        .route("/units", get(units::list))
        .route("/units/{code}", get(units::one))
        .route("/units/{code}/history", get(units::history))
        .route("/criteria-sets", get(sets::list))
        .route("/criteria-sets/{id}", get(sets::one))
        .route("/days-off", get(days_off::list))
        .route("/rules/{kind}/{name}/versions", get(rules::versions))
        .route("/rules/{kind}/{name}/versions/{version}/content", get(rules::content))
        .route("/people", get(people::list).post(people::register))
        .route("/people/{id}", get(people::one))
        .route("/people/{id}/close", post(people::close))
        .route("/people/{id}/posts", post(posts::appoint))
        .route("/people/{id}/posts/{post}/end", post(posts::end))
        .route("/drafts", opening.get(drafts::list))
        .route("/drafts/{id}", get(drafts::one))
        .route("/drafts/{id}/apply", post(drafts::apply))
        .route("/drafts/{id}/discard", post(drafts::discard))
        .route("/notices", get(notices::list))
        .route("/notices/{id}/read", post(notices::read))
        .route("/events", get(events::feed))
        .route("/ledger/head", get(ledger::head))
        .route("/publications", get(publications::list))
        .route("/publications/{id}", get(publications::one))
}
