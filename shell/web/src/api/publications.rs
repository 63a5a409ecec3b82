//! `/publications`: published results, with every line.

use axum::Json;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, Resource};
use cchc_papers::results_json;
use serde::Serialize;
use utoipa::ToSchema;

use super::ask::Asked;
use super::caller::Caller;
use super::paged::{self, PageAsked, Paged};
use super::problem::Problem;
use crate::site::Publication;

/// A publication.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicationView {
    /// Id, as in addresses.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who publishes.
    pub organiser: String,
    /// Number and symbol of the decision; may be empty.
    pub decision: String,
    /// The day of publication.
    #[schema(format = Date)]
    pub published_on: Option<String>,
    /// The criteria set.
    pub set: String,
    /// The year that was scored.
    pub year: i16,
    /// How many units it has.
    pub units: usize,
    /// Whether the numbers are invented ("mô phỏng").
    pub simulated: bool,
    /// Whether only some lines are known: then there is no total, class or rank.
    pub partial: bool,
    /// Where the figures were read.
    pub source: String,
}

impl From<&Publication> for PublicationView {
    fn from(publication: &Publication) -> Self {
        let (about, set) = (&publication.package.about, &publication.package.set);
        Self {
            id: publication.id().to_owned(),
            title: about.title.clone(),
            organiser: about.organiser.clone(),
            decision: about.decision.clone(),
            published_on: about.published_on.map(|day| day.to_string()),
            set: set.id.clone(),
            year: set.year,
            units: publication.package.scored.units.len(),
            simulated: about.simulated,
            partial: about.partial,
            source: about.source.clone(),
        }
    }
}

/// Results with every line: the form that `cchc index score --format json` prints too.
#[derive(Debug, Serialize, ToSchema)]
pub struct Results {
    /// The criteria set.
    pub set: String,
    /// The units by group, rank and code; each with its fields and lines. Decimals are texts with a dot.
    #[schema(value_type = Vec<Object>)]
    pub units: Vec<serde_json::Value>,
    /// Everything that was noticed when the files were read and when it was computed.
    #[schema(value_type = Vec<Object>)]
    pub findings: Vec<serde_json::Value>,
}

/// What is published, the latest first.
#[utoipa::path(get, path = "/api/v1/publications", tag = "Công bố", operation_id = "publication_list", summary = "Các kết quả đã công bố, mới trước",
    params(PageAsked), responses((status = 200, description = "Một trang công bố", body = Paged<PublicationView>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<PageAsked>) -> Result<Json<Paged<PublicationView>>, Problem> {
    caller.grant(Action::ViewSets, &Resource::system())?;
    let size = paged::limit(asked.limit)?;
    let (rows, next) = paged::page(&caller.publications, |one| one.id().to_owned(), asked.cursor.as_deref(), size)?;
    Ok(Json(Paged { items: rows.iter().map(|one| PublicationView::from(one.as_ref())).collect(), next }))
}

/// The results of a publication.
#[utoipa::path(get, path = "/api/v1/publications/{id}", tag = "Công bố", operation_id = "publication_find", summary = "Kết quả của một lần công bố, từng dòng",
    params(("id" = String, Path, description = "Mã lần công bố")),
    responses((status = 200, description = "Kết quả và các phát hiện", body = Results)))]
pub async fn one(caller: Caller, Path(id): Path<String>) -> Result<Response, Problem> {
    caller.grant(Action::ViewSets, &Resource::system())?;
    let publication = caller.publications.iter().find(|publication| publication.id() == id);
    let publication = publication.ok_or_else(|| Problem::not_found(format!("Không có công bố «{id}».")))?;
    let text = results_json::write(&publication.package, &publication.all_findings().cloned().collect::<Vec<_>>());
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}
