//! `/cong-bo/…`: published results.

use axum::Router;

use crate::pages::Shared;

/// The routes below `/cong-bo`.
pub fn routes() -> Router<Shared> {
    Router::new()
}
