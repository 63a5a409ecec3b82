//! `/tim?q=`: units, criteria sets, people by name or code, without diacritics too.

use askama::Template;
use cchc_store::search::SearchItem;
use cchc_units::Version;
use jiff::civil::Date;

use crate::frame::{Frame, Section};
use crate::pages::count;
use crate::pages::publication::address::encode;
use crate::pages::units::links;
use crate::site::{Site, World};

/// Hits of one kind that are shown; the rest is behind a link.
pub const SHOWN: usize = 20;
/// Kind of units in the index.
pub const UNITS: &str = "unit";
/// Kind of criteria sets in the index.
pub const SETS: &str = "criteria-set";
/// Units that are not there today come after all that are.
const LATER: i64 = 1_000_000;

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

/// What can be found of units: each version of each, those of today first, in the order of protocol.
#[must_use]
pub fn unit_items(world: &World, today: Date) -> Vec<SearchItem> {
    let place = |number: usize| i64::try_from(number).unwrap_or(LATER);
    let tree = world.units.as_of(today);
    let now = tree.iter().map(|node| node.version).enumerate().map(|(number, version)| (place(number), version));
    let other = world.units.all().filter(|version| !version.period.contains(today));
    let other = other.enumerate().map(|(number, version)| (LATER.saturating_add(place(number)), version));
    now.chain(other).map(|(place, version)| unit_item(world, version, place, today)).collect()
}

fn unit_item(world: &World, version: &Version, place: i64, today: Date) -> SearchItem {
    let day = links::day_within(version, today);
    let above = world.units.parent(version, day).map(|parent| format!(", {}", parent.name)).unwrap_or_default();
    let period = if version.period.to.is_some() { format!(", {}", links::period(version)) } else { String::new() };
    // What is there until further notice is led to as it is on the day of reading.
    let stays = version.period.to.is_none() && version.period.start() <= today;
    SearchItem {
        key: format!("{}@{}", version.code, version.period.start()),
        title: version.name.clone(),
        subtitle: format!("{}{above}{period}", version.code),
        href: if stays { format!("/don-vi/{}", encode(&version.code)) } else { links::unit(&version.code, day) },
        also: String::new(),
        place,
    }
}

/// What can be found of criteria sets, the latest year first.
#[must_use]
pub fn set_items(world: &World) -> Vec<SearchItem> {
    let item = |set: &std::sync::Arc<cchc_index::CriteriaSet>| SearchItem {
        key: set.id.clone(),
        title: set.title.clone(),
        subtitle: format!("{}, năm {}", set.id, set.year),
        href: format!("/chi-so/bo-tieu-chi/{}", encode(&set.id)),
        also: String::new(),
        place: i64::from(set.year).saturating_neg(),
    };
    world.sets.iter().map(item).collect()
}
