//! Choosing two publications to compare: a form, and the likely pairs as links.

use askama::Template;
use axum::Extension;
use axum::extract::Path;

use super::compare;
use super::shown::{PageOf, Shown, Tab, find};
use crate::frame::{Frame, Page, Section, render};
use crate::pages::Shared;
use crate::{Publication, Site};

/// `/cong-bo/{id}/so-sanh`: what this publication may be compared with.
pub async fn of(Extension(site): Extension<Shared>, Path(id): Path<String>) -> Page {
    let publication = find(&site, &id)?;
    page(&site, Some(&publication))
}

#[derive(Template)]
#[template(path = "publication/choose.html")]
struct Choose<'a> {
    frame: Frame,
    current: Option<&'a Publication>,
    pages: Vec<Tab>,
    choices: Vec<(String, String)>,
    likely: Vec<(String, String)>,
}

impl Choose<'_> {
    fn is_current(&self, id: &str) -> bool {
        self.current.is_some_and(|current| current.id() == id)
    }
}

/// The form; beside it the publications with units of the same groups.
pub(super) fn page(site: &Site, current: Option<&Publication>) -> Page {
    let whole = || site.publications.iter().filter(|publication| !publication.package.about.partial);
    let title = "So sánh hai công bố";
    let shown = current.map(|current| Shown::new(site, current));
    render(&Choose {
        frame: match &shown {
            Some(shown) => shown.frame(title),
            None => Frame::new(site, Section::Publications, title).crumb("Công bố", "/cong-bo"),
        },
        pages: shown.map(|shown| shown.pages(PageOf::Years)).unwrap_or_default(),
        choices: whole().map(|other| (other.id().to_owned(), other.package.about.title.clone())).collect(),
        likely: whole().filter_map(|other| likely(current?, other)).collect(),
        current,
    })
}

/// A link to the comparison with another publication of the same groups, the earlier year first.
fn likely(current: &Publication, other: &Publication) -> Option<(String, String)> {
    let group = |publication: &Publication| publication.package.scored.units.first().map(|unit| unit.group.clone());
    if other.id() == current.id() || group(current) != group(other) {
        return None;
    }
    let year = |publication: &Publication| publication.package.set.year;
    let (before, after) = if year(other) > year(current) { (current, other) } else { (other, current) };
    Some((other.package.about.title.clone(), compare::href(before.id(), after.id())))
}
