//! `/don-vi`: units through time.

mod csv;
pub(crate) mod links;
mod tree;
mod unit;

use axum::Router;
use axum::routing::get;
use serde::Deserialize;

/// The routes below `/don-vi`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/", get(tree::page)).route("/cay.csv", get(csv::file)).route("/{code}", get(unit::page))
}

/// What may be asked of these pages.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Query {
    /// The day, as typed.
    ngay: String,
    /// A name to look for, or a part of one.
    ten: String,
}
