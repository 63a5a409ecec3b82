//! `/chi-so/cham-thu` and `/chi-so/kiem-chung`: a visitor's own files, scored or verified.
//!
//! Nothing is written to disk: the result goes to the shelf ([`crate::shelf`]) and is shown by the
//! pages of published results.

mod run;
mod score;
mod verify;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use cchc_papers::ReadError;
use cchc_text::Findings;

use crate::upload::PATIENCE;

/// The routes below `/chi-so` that take files.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/cham-thu", get(score::form).post(score::take))
        .route("/kiem-chung", get(verify::form).post(verify::take))
        .layer(DefaultBodyLimit::max(PATIENCE))
}

/// Why a file could not be used; the form is shown again with it.
#[derive(Debug, Clone, Default)]
pub struct Refusal {
    /// Id of the field that it concerns.
    pub field: &'static str,
    /// What is wrong, one sentence.
    pub title: String,
    /// What to do.
    pub hint: String,
    /// What was found in the file.
    pub findings: Findings,
}

impl Refusal {
    fn new(field: &'static str, title: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { field, title: title.into(), hint: hint.into(), findings: Findings::new() }
    }

    fn unreadable(field: &'static str, error: &ReadError) -> Self {
        Self::new(field, error.to_string(), error.hint())
    }
}
