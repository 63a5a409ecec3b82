//! `/`: what this is, what was published last, what can be done here.

use askama::Template;
use axum::Extension;
use cchc_text::date::vietnamese;
use cchc_units::Level;

use crate::frame::{Frame, Page, Section, render};
use crate::pages::publication::list::{Item, item};
use crate::pages::{Shared, count};
use crate::site::Site;

/// How many publications are shown.
const LATEST: usize = 8;

/// The page.
pub async fn page(Extension(site): Extension<Shared>) -> Page {
    let latest = site.publications.iter().filter(|one| one.replaced_by.is_none()).take(LATEST);
    let latest = latest.map(|publication| item(&site, publication)).collect();
    let tree = site.units.as_of(site.today);
    render(&HomePage {
        frame: Frame::new(&site, Section::Home, ""),
        more: site.publications.len() > LATEST,
        latest,
        sets: site.sets.len(),
        communes: count(tree.count(Level::Commune)),
        province: province(&site),
        today: vietnamese(site.today),
    })
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    latest: Vec<Item>,
    more: bool,
    sets: usize,
    communes: String,
    province: String,
    today: String,
}

/// Name of the province as it is today; empty where the registry has none.
fn province(site: &Site) -> String {
    let tree = site.units.as_of(site.today);
    let first = tree.iter().find(|node| node.version.level == Level::Province);
    first.map(|node| node.version.name.clone()).unwrap_or_default()
}
