//! What people do, and pages made from the store: each file a group of handlers.
//!
//! A handler reads the request, authorises, calls the store, renders. What it shows stands in
//! [`crate::pages`].

pub mod account;
pub mod clock;
pub mod drafts;
pub mod history;
pub mod leader;
pub mod login;
pub mod notices;
pub mod people;
pub mod rounds;
pub mod rule;
pub mod search;
pub mod system;
pub mod with;
pub mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::App;

/// The addresses that need the store.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/dang-nhap", get(login::form).post(login::enter))
        .route("/dang-nhap/vao-vai", post(login::take_part))
        .route("/trinh-dien", get(clock::page).post(clock::advance))
        .route("/dang-xuat", post(login::leave))
        .nest("/tai-khoan", account::routes())
        .route("/tim", get(search::page))
        .merge(history::routes())
        .merge(notices::routes())
        .merge(system::routes())
        .nest("/nguoi-dung", people::routes())
        .merge(drafts::routes())
        .merge(rule::routes())
        .merge(rounds::routes())
        .route(crate::pages::leader::ADDRESS, get(leader::page))
        .layer(DefaultBodyLimit::max(64 * 1024))
}
