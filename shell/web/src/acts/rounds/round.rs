//! One round: what is planned, how far it is.

use axum::extract::Path;
use axum::response::Html;

use super::at::RoundAt;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::pages::rounds::round::RoundPage;

/// The page.
pub async fn page(with: With, Path(round): Path<String>) -> Result<Html<String>, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    render(&RoundPage::new(&with, &at.id, &at.round, &at.plan))
}
