//! `/chi-so/bo-tieu-chi`: the shipped sets.

use askama::Template;
use axum::Extension;
use cchc_index::CriteriaSet;

use super::words;
use crate::frame::{Frame, Page, Section, render};
use crate::list::Link;
use crate::pages::Shared;
use crate::pages::drafts::import::Import;

/// All sets.
pub async fn page(Extension(site): Extension<Shared>) -> Page {
    let frame = Frame::new(&site, Section::Sets, "Bộ tiêu chí");
    render(&ListPage {
        frame,
        sets: site.sets_latest_first().into_iter().map(Row::new).collect(),
        import: Import::Set.way(&site),
    })
}

#[derive(Template)]
#[template(path = "sets/list.html")]
struct ListPage<'a> {
    frame: Frame,
    sets: Vec<Row<'a>>,
    import: Option<Link>,
}

struct Row<'a> {
    set: &'a CriteriaSet,
    status: &'static str,
    status_class: &'static str,
    groups: String,
    fields: usize,
    leaves: usize,
}

impl<'a> Row<'a> {
    fn new(set: &'a CriteriaSet) -> Self {
        let groups: Vec<&str> = set.groups.iter().map(|group| group.name.as_str()).collect();
        Self {
            set,
            status: words::status(set.status),
            status_class: words::status_class(set.status),
            groups: groups.join("; "),
            fields: set.fields().count(),
            leaves: set.leaves().count(),
        }
    }
}
