//! Changes of rules: a file or a form becomes a draft, which is looked at, applied or given up.

mod correct;
mod draft;
mod import;
mod known;
mod list;
mod prepare;
mod reading;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::App;
use crate::pages::drafts::import::Import;
use crate::upload::PATIENCE;

pub use known::Known;
pub use prepare::{New, changed, errors, may_propose};
pub use reading::{ToRead, read_file};

/// The addresses of drafts and of what becomes one.
pub fn routes() -> Router<App> {
    let mut routes = Router::new()
        .route("/ban-nhap", get(list::page))
        .route("/ban-nhap/{id}", get(draft::page))
        .route("/ban-nhap/{id}/tep", get(draft::file))
        .route("/ban-nhap/{id}/ap-dung", post(draft::apply))
        .route("/ban-nhap/{id}/bo", post(draft::discard))
        .route("/don-vi/{code}/dinh-chinh", get(correct::form).post(correct::take));
    for import in Import::ALL {
        let take = async move |with, multipart| import::take(with, import, multipart).await;
        let files = post(take).layer(DefaultBodyLimit::max(PATIENCE));
        routes = routes.route(import.address(), get(async move |with| import::form(with, import).await).merge(files));
    }
    routes
}
