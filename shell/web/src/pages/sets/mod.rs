//! `/chi-so/bo-tieu-chi`: criteria sets, what they ask and how they differ.

mod compare;
mod files;
mod list;
mod set;
pub mod words;

use axum::Router;
use axum::routing::get;
use cchc_index::CriteriaSet;

use crate::error::ErrorPage;
use crate::site::Site;

/// The routes below `/chi-so/bo-tieu-chi`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/", get(list::page))
        .route("/so-sanh", get(compare::page))
        .route("/{id}", get(set::page))
        .route("/{id}/{file}", get(files::file))
}

/// The shipped set of that id.
fn find<'a>(site: &'a Site, id: &str) -> Result<&'a CriteriaSet, ErrorPage> {
    site.set(id).map(AsRef::as_ref).ok_or_else(|| {
        let page = ErrorPage::not_found(format!("Không có bộ tiêu chí «{id}»"));
        let page = site.sets.iter().filter(|set| near(&set.id, id)).fold(page, |page, set| {
            page.way(format!("{} ({})", set.title, set.id), format!("/chi-so/bo-tieu-chi/{}", set.id))
        });
        page.way("Mọi bộ tiêu chí", "/chi-so/bo-tieu-chi")
    })
}

/// Whether two ids share their beginning or their end.
fn near(known: &str, asked: &str) -> bool {
    let (known, asked) = (known.split('-'), asked.split('-'));
    known.zip(asked).any(|(one, other)| one == other)
}
