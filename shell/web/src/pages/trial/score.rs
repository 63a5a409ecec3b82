//! `/chi-so/cham-thu`: a form that takes inputs and shows what they are worth.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Multipart, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::Refusal;
use super::run::{self, Chosen};
use crate::error::ErrorPage;
use crate::frame::{Frame, Section, render};
use crate::pages::Shared;
use crate::site::{Publication, Site};
use crate::upload::{self, Form};

/// What may be asked of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Id of the set to begin with.
    bo: String,
}

/// The form.
pub async fn form(Extension(site): Extension<Shared>, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    shown(&site, &asked.bo, None)
}

/// Scores what was sent and leads to the result.
pub async fn take(Extension(site): Extension<Shared>, multipart: Multipart) -> Result<Response, ErrorPage> {
    let _turn = upload::turn().await?;
    let form = Form::read(multipart).await?;
    let chosen = form.text("bo").to_owned();
    let worked = Arc::clone(&site);
    let scored = tokio::task::spawn_blocking(move || score(&worked, &form)).await;
    match scored.map_err(|_| ErrorPage::internal())? {
        Ok(publication) => Ok(Redirect::to(&format!("/cong-bo/{}", publication.id())).into_response()),
        Err(refusal) => shown(&site, &chosen, Some(refusal)),
    }
}

fn score(site: &Site, form: &Form) -> Result<Arc<Publication>, Refusal> {
    let Some(file) = form.file("so-lieu") else {
        return Err(Refusal::new("so-lieu", "Chưa chọn tệp số liệu.", "Chọn tệp CSV hoặc XLSX rồi gửi lại."));
    };
    let chosen = match (form.file("tep-bo"), site.set(form.text("bo"))) {
        (Some(file), _) => run::read_set(file)?,
        (None, Some(set)) => Chosen { set: set.as_ref().clone(), findings: Vec::new() },
        (None, None) => {
            let hint = "Chọn một bộ trong danh sách, hoặc gửi kèm tệp bộ tiêu chí của mình.";
            return Err(Refusal::new("bo", "Chưa chọn bộ tiêu chí.", hint));
        }
    };
    run::score(site, chosen, file)
}

#[derive(Template)]
#[template(path = "trial/score.html")]
struct FormPage<'a> {
    frame: Frame,
    site: &'a Site,
    chosen: &'a str,
    refusal: Option<Refusal>,
    kept: Vec<Arc<Publication>>,
}

impl FormPage<'_> {
    fn is_refused(&self, field: &str) -> bool {
        self.refusal.as_ref().is_some_and(|refusal| refusal.field == field)
    }
}

fn shown(site: &Site, chosen: &str, refusal: Option<Refusal>) -> Result<Response, ErrorPage> {
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = Frame::new(site, Section::Trial, "Chấm thử một tệp số liệu");
    let page = FormPage { frame, site, chosen, refusal, kept: site.shelf.all() };
    Ok((status, render(&page)?).into_response())
}
