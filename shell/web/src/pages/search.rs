//! `/tim?q=`: units, criteria sets, people by name or code, without diacritics too.

use askama::Template;
use axum::Extension;
use axum::extract::Query;
use cchc_text::fold;
use serde::Deserialize;

use crate::frame::{Frame, Page, Section, render};
use crate::list::address;
use crate::pages::units::links;
use crate::pages::{Shared, count};
use crate::site::Site;

/// Hits of one kind that are shown; the rest is behind a link.
const SHOWN: usize = 20;

/// What may be asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// What is looked for, as typed.
    q: String,
}

/// What was found.
pub async fn page(Extension(site): Extension<Shared>, Query(asked): Query<Asked>) -> Page {
    let wanted = fold(asked.q.trim());
    let groups =
        if wanted.is_empty() { Vec::new() } else { vec![units(&site, &wanted, &asked.q), sets(&site, &wanted)] };
    render(&SearchPage::new(&site, asked.q.trim(), groups))
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "search.html")]
pub struct SearchPage {
    frame: Frame,
    /// What was looked for.
    q: String,
    /// What was found, kind by kind; kinds without a hit are left out.
    groups: Vec<Group>,
}

/// Hits of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The kind: `Đơn vị`.
    pub title: &'static str,
    /// Id of its heading.
    pub id: &'static str,
    /// The first of them.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
    /// Where all of them are listed; empty: nowhere.
    pub all: String,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its name.
    pub label: String,
    /// Its page.
    pub href: String,
    /// What tells it from others of that name: code, unit above, years.
    pub detail: String,
}

impl SearchPage {
    /// The page of what was found.
    #[must_use]
    pub fn new(site: &Site, q: &str, groups: Vec<Group>) -> Self {
        let title = if q.is_empty() { "Tìm".to_owned() } else { format!("Tìm «{q}»") };
        let groups = groups.into_iter().filter(|group| !group.hits.is_empty()).collect();
        Self { frame: Frame::new(site, Section::Search, title), q: q.to_owned(), groups }
    }

    fn total(&self) -> String {
        count(self.groups.iter().map(|group| group.total).sum())
    }
}

impl Group {
    /// The first hits of a kind, all of them at an address.
    #[must_use]
    pub fn new(title: &'static str, id: &'static str, mut hits: Vec<Hit>, all: String) -> Self {
        let total = hits.len();
        hits.truncate(SHOWN);
        Self { title, id, hits, total, all }
    }
}

/// Units of that name or code: those of today in protocol order, then those that are gone.
fn units(site: &Site, wanted: &str, typed: &str) -> Group {
    let fits = |name: &str, code: &str| fold(name).contains(wanted) || fold(code) == wanted;
    let tree = site.units.as_of(site.today);
    let today = tree.iter().map(|node| node.version).filter(|version| fits(&version.name, &version.code));
    let gone = site
        .units
        .all()
        .filter(|version| version.period.to.is_some_and(|to| to < site.today) && fits(&version.name, &version.code));
    let hit = |version: &cchc_units::Version| {
        let above = site.units.parent(version, version.period.end().min(site.today));
        let above = above.map(|parent| format!(", {}", parent.name)).unwrap_or_default();
        let period = if version.period.to.is_some() { format!(", {}", links::period(version)) } else { String::new() };
        Hit {
            label: version.name.clone(),
            href: links::version(version, site.today),
            detail: format!("{}{above}{period}", version.code),
        }
    };
    Group::new("Đơn vị", "don-vi", today.chain(gone).map(hit).collect(), address("/don-vi", &[("ten", typed.trim())]))
}

/// Criteria sets of that title or id, the latest first.
fn sets(site: &Site, wanted: &str) -> Group {
    let fits = |set: &&cchc_index::CriteriaSet| fold(&set.title).contains(wanted) || fold(&set.id).contains(wanted);
    let hit = |set: &cchc_index::CriteriaSet| Hit {
        label: set.title.clone(),
        href: format!("/chi-so/bo-tieu-chi/{}", set.id),
        detail: format!("{}, năm {}", set.id, set.year),
    };
    let hits = site.sets_latest_first().into_iter().filter(fits).map(hit).collect();
    Group::new("Bộ tiêu chí", "bo-tieu-chi", hits, "/chi-so/bo-tieu-chi".to_owned())
}
