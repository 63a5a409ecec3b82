//! The addresses of the site: the table of contents of the product.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::trace::TraceLayer;

use crate::pages::{help, home, publication, sets, trial, units};
use crate::{Site, assets, error, headers};

/// The site. Handlers read `Site` and change nothing but its shelf.
pub fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(home::page))
        .nest("/cong-bo", publication::routes())
        .nest("/chi-so/bo-tieu-chi", sets::routes())
        .nest("/chi-so", trial::routes())
        .nest("/don-vi", units::routes())
        .route("/tro-giup", get(help::page))
        .route("/tinh/{name}", get(assets::serve))
        .route("/kiem-tra-suc-khoe", get(async || "ok"))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(Arc::clone(&site), error::show))
        .layer(CompressionLayer::new())
        .layer(map_response(headers::secure))
        .layer(TraceLayer::new_for_http())
        .with_state(site)
}
