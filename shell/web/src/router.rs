//! The addresses of the site: the table of contents of the product.

use std::sync::Arc;

use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::get;
use axum::{Extension, Router};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::trace::TraceLayer;

use crate::pages::{help, home, publication, series, sets, trial, units};
use crate::{App, Site, acts, api, app, assets, error, headers};

/// The server: every page, and the API beside them.
pub fn router(app: App) -> Router {
    framed(pages().merge(acts::routes()))
        .layer(from_fn_with_state(app.clone(), app::see))
        .nest("/api", api::routes(&app))
        .layer(from_fn_with_state(app.clone(), headers::https_alone))
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// The public pages of a site that does not change.
pub fn public(site: Arc<Site>) -> Router {
    framed(pages()).layer(Extension(site)).layer(TraceLayer::new_for_http())
}

/// The pages that need nothing but the snapshot of the request.
fn pages<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(home::page))
        .nest("/cong-bo", publication::routes())
        .nest("/chi-so/bo-tieu-chi", sets::routes())
        .nest("/chi-so", trial::routes())
        .nest("/don-vi", units::routes())
        .merge(series::routes())
        .route("/tro-giup", get(help::page))
        .route("/tro-giup/api", get(api::guide::page))
        .route("/tinh/{name}", get(assets::serve))
        .route("/kiem-tra-suc-khoe", get(async || "ok"))
}

/// What surrounds every page: forged requests refused, panics and refusals shown as pages, headers.
fn framed<S: Clone + Send + Sync + 'static>(pages: Router<S>) -> Router<S> {
    pages
        .layer(from_fn(headers::without_null))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn(error::show))
        .layer(CompressionLayer::new())
        .layer(map_response(headers::secure))
}
