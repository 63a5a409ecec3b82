//! `/cong-bo/{id}/phat-hien`: what was noticed.

use askama::Template;
use axum::Extension;
use axum::extract::Path;
use cchc_text::{Finding, Severity};

use super::checks;
use super::shown::{PageOf, Shown, Tab, find};
use crate::frame::{Frame, Page, render};
use crate::pages::Shared;

/// The page.
pub async fn page(Extension(site): Extension<Shared>, Path(id): Path<String>) -> Page {
    let publication = find(&site, &id)?;
    let shown = Shown::new(&site, &publication);
    let mut findings = checks::findings(&publication, &shown.register);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    render(&FindingsPage {
        frame: shown.frame("Phát hiện"),
        pages: shown.pages(PageOf::Findings),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        findings,
        shown: &shown,
    })
}

#[derive(Template)]
#[template(path = "publication/noticed.html")]
struct FindingsPage<'a> {
    frame: Frame,
    shown: &'a Shown<'a>,
    pages: Vec<Tab>,
    findings: Vec<Finding>,
    errors: usize,
    warnings: usize,
    notes: usize,
}
