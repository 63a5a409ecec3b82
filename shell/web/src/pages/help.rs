//! `/tro-giup`: how to read a ranking, write a file, verify a package.

use askama::Template;
use axum::Extension;

use crate::frame::{Frame, Page, Section, render};
use crate::pages::Shared;

/// The page.
pub async fn page(Extension(site): Extension<Shared>) -> Page {
    render(&HelpPage { frame: Frame::new(&site, Section::Help, "Trợ giúp") })
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    frame: Frame,
}
