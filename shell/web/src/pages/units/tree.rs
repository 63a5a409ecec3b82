//! `/don-vi`: the tree of units on a day, with a filter by name.

use std::collections::BTreeSet;

use askama::Template;
use axum::Extension;
use axum::extract::Query as UrlQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cchc_text::date::vietnamese;
use cchc_text::fold;
use cchc_units::{Event, EventKind, Level, Tree, Version};
use jiff::civil::Date;

use super::{Query, links};
use crate::error::ErrorPage;
use crate::frame::{Frame, Section, render};
use crate::list::Link;
use crate::pages::drafts::import::Import;
use crate::pages::{Shared, count, day};
use crate::site::Site;

/// Changes of a day that are told at once.
const TOLD: usize = 12;

/// The tree on the day that was asked for.
pub async fn page(Extension(site): Extension<Shared>, UrlQuery(query): UrlQuery<Query>) -> Result<Response, ErrorPage> {
    let read = day::read(&site, &query.ngay);
    let status = if read.is_ok() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let on = read.as_ref().copied().unwrap_or(site.today);
    let tree = site.units.as_of(on);
    let dates = dates(&site);
    let current = dates.iter().rev().find(|date| **date <= on).copied();
    let page = TreePage {
        frame: Frame::new(&site, Section::Units, format!("Đơn vị hành chính ngày {}", vietnamese(on))),
        typed: if query.ngay.trim().is_empty() || read.is_ok() { vietnamese(on) } else { query.ngay.clone() },
        wrong: read.err(),
        name: query.ten.trim().to_owned(),
        found: found(&tree, &query.ten),
        days: dates.iter().map(|date| DayLink::new(&site, *date, current)).collect(),
        provinces: provinces(&tree),
        import: Import::Units.way(&site),
        changes: current.map(|date| changes(&site, date)).unwrap_or_default(),
        changed_on: current.filter(|date| date > &Date::MIN).map(vietnamese).unwrap_or_default(),
        on,
    };
    Ok((status, render(&page)?).into_response())
}

#[derive(Template)]
#[template(path = "units/tree.html")]
struct TreePage<'a> {
    frame: Frame,
    on: Date,
    typed: String,
    wrong: Option<String>,
    name: String,
    found: Vec<Found<'a>>,
    days: Vec<DayLink>,
    provinces: Vec<Province<'a>>,
    import: Option<Link>,
    changed_on: String,
    changes: Vec<Change<'a>>,
}

/// A day on which something changed, with how many communes there were.
struct DayLink {
    href: String,
    label: String,
    communes: String,
    current: bool,
}

/// A province of the tree.
struct Province<'a> {
    version: &'a Version,
    departments: Vec<&'a Version>,
    districts: Vec<District<'a>>,
    /// Communes directly below the province.
    communes: Vec<&'a Version>,
    total_communes: usize,
}

struct District<'a> {
    version: &'a Version,
    communes: Vec<&'a Version>,
}

/// A unit whose name was looked for.
struct Found<'a> {
    version: &'a Version,
    parent: Option<&'a Version>,
}

/// What happened to a unit on the day of the last change.
struct Change<'a> {
    version: &'a Version,
    sentences: Vec<String>,
}

impl DayLink {
    fn new(site: &Site, date: Date, current: Option<Date>) -> Self {
        let first = date == Date::MIN;
        let shown = if first { first_days(site) } else { date };
        let label = if first { "từ đầu".to_owned() } else { vietnamese(date) };
        let communes = count(site.units.as_of(shown).count(Level::Commune));
        Self { href: format!("/don-vi?ngay={shown}"), label, communes, current: current == Some(date) }
    }
}

impl TreePage<'_> {
    fn href(&self, version: &Version) -> String {
        links::unit(&version.code, self.on)
    }

    /// The changes told at once, and those behind a fold.
    fn changes_split(&self) -> (&[Change<'_>], &[Change<'_>]) {
        self.changes.split_at(self.changes.len().min(TOLD))
    }

    fn departments(&self) -> usize {
        self.provinces.iter().map(|province| province.departments.len()).sum()
    }
}

/// The days on which the tree changed, after the beginning, which is [`Date::MIN`].
fn dates(site: &Site) -> Vec<Date> {
    let starts = site.units.all().filter_map(|version| version.period.from);
    let ends = site.units.all().filter_map(|version| version.period.day_after());
    let dates: BTreeSet<Date> = starts.chain(ends).chain([Date::MIN]).collect();
    dates.into_iter().collect()
}

/// A day at the beginning of the record: the eve of the first change.
fn first_days(site: &Site) -> Date {
    let first = dates(site).get(1).copied().unwrap_or(site.today);
    first.yesterday().unwrap_or(first)
}

fn provinces<'a>(tree: &Tree<'a>) -> Vec<Province<'a>> {
    let below = |code: &str, level: Level| -> Vec<&'a Version> {
        tree.children(code).filter(|version| version.level == level).collect()
    };
    let province = |version: &'a Version| {
        let district =
            |district: &'a Version| District { version: district, communes: below(&district.code, Level::Commune) };
        let districts: Vec<_> = below(&version.code, Level::District).into_iter().map(district).collect();
        let communes = below(&version.code, Level::Commune);
        let within: usize = districts.iter().map(|district| district.communes.len()).sum();
        let total_communes = communes.len() + within;
        Province { version, departments: below(&version.code, Level::Department), districts, communes, total_communes }
    };
    tree.iter().filter(|node| node.depth == 0).map(|node| province(node.version)).collect()
}

fn found<'a>(tree: &Tree<'a>, name: &str) -> Vec<Found<'a>> {
    let wanted = fold(name.trim());
    if wanted.is_empty() {
        return Vec::new();
    }
    let parent = |version: &Version| {
        let above = tree.iter().find(|node| Some(&node.version.code) == version.parent.as_ref());
        above.map(|node| node.version)
    };
    let fits = |version: &Version| fold(&version.name).contains(&wanted) || fold(&version.code) == wanted;
    let versions = tree.iter().map(|node| node.version).filter(|version| fits(version));
    versions.map(|version| Found { version, parent: parent(version) }).collect()
}

/// What came into being or changed on that day, in protocol order; an agency that goes on under its name is none.
fn changes(site: &Site, on: Date) -> Vec<Change<'_>> {
    let worth_telling = |name: &str, event: &Event| {
        let same = matches!(&event.kind, EventKind::Follows { unit } if unit.name == name);
        event.on == Some(on) && !same && !matches!(event.kind, EventKind::Revised)
    };
    let sentences = |version: &Version| -> Vec<String> {
        let events = site.units.history(&version.unit).unwrap_or_default();
        events.iter().filter(|event| worth_telling(&version.name, event)).map(Event::sentence).collect()
    };
    let all = site
        .units
        .as_of(on)
        .into_iter()
        .map(|node| Change { version: node.version, sentences: sentences(node.version) });
    all.filter(|change| !change.sentences.is_empty()).collect()
}
