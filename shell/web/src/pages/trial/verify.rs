//! `/chi-so/kiem-chung`: a package is recomputed and every digit compared.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::Multipart;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cchc_papers::package::{self, PackageError, Verified};

use super::Refusal;
use crate::error::ErrorPage;
use crate::frame::{Frame, Section, render};
use crate::pages::{Shared, count};
use crate::site::{Origin, Publication, Site};
use crate::upload::{self, File, Form};

/// The form.
pub async fn form(Extension(site): Extension<Shared>) -> Result<Response, ErrorPage> {
    shown(&site, None, None)
}

/// Recomputes the package that was sent.
pub async fn take(Extension(site): Extension<Shared>, multipart: Multipart) -> Result<Response, ErrorPage> {
    let _turn = upload::turn().await?;
    let form = Form::read(multipart).await?;
    let Some(file) = form.file("goi").cloned() else {
        let refusal = Refusal::new("goi", "Chưa chọn gói kết quả.", "Chọn tệp .zip rồi gửi lại.");
        return shown(&site, None, Some(refusal));
    };
    let worked = Arc::clone(&site);
    let checked = tokio::task::spawn_blocking(move || check(&worked, &file)).await;
    match checked.map_err(|_| ErrorPage::internal())? {
        Ok(checked) => shown(&site, Some(checked), None),
        Err(error) => shown(&site, None, Some(Refusal::new("goi", error.to_string(), error.hint()))),
    }
}

/// What came of a package.
struct Checked {
    file: String,
    title: String,
    hash: String,
    lines: String,
    units: String,
    differences: Vec<String>,
    untold: usize,
    /// Address of the pages of a package that holds.
    href: Option<String>,
}

/// Recomputes a package; one that holds goes to the shelf.
fn check(site: &Site, file: &File) -> Result<Checked, PackageError> {
    let verified = package::read(&file.bytes, &package::limits())?;
    let told = Checked {
        file: file.name.clone(),
        title: verified.package.about.title.clone(),
        hash: verified.hash.clone(),
        lines: count(verified.lines),
        units: count(verified.package.scored.units.len()),
        differences: verified.differences.iter().map(ToString::to_string).collect(),
        untold: verified.untold,
        href: None,
    };
    if !verified.holds() {
        return Ok(told);
    }
    Ok(Checked { href: Some(keep(site, verified)), ..told })
}

fn keep(site: &Site, verified: Verified) -> String {
    let digits: String = verified.hash.chars().filter(char::is_ascii_alphanumeric).skip(2).take(12).collect();
    let id = format!("goi-{digits}");
    let href = format!("/cong-bo/{id}");
    let publication = Publication::visiting(id, Origin::Verified, verified.package, verified.findings);
    site.shelf.keep(Arc::new(publication));
    href
}

#[derive(Template)]
#[template(path = "trial/verify.html")]
struct VerifyPage {
    frame: Frame,
    checked: Option<Checked>,
    refusal: Option<Refusal>,
}

fn shown(site: &Site, checked: Option<Checked>, refusal: Option<Refusal>) -> Result<Response, ErrorPage> {
    let holds = checked.as_ref().is_none_or(|checked| checked.href.is_some());
    let status = if refusal.is_none() && holds { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let frame = Frame::new(site, Section::Trial, "Kiểm chứng một gói kết quả");
    Ok((status, render(&VerifyPage { frame, checked, refusal })?).into_response())
}
