//! `/don-vi/{code}?ngay=`: a unit, its history, where it came from and where it went.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query as UrlQuery};
use cchc_access::{Action, Resource, authorize};
use cchc_text::date::vietnamese;
use cchc_units::{Event, Level, Passage, Step, Suggestion, UnitError, Version};
use jiff::civil::Date;

use super::{Query, links};
use crate::error::ErrorPage;
use crate::frame::{Frame, Page, Section, render};
use crate::pages::{Shared, day};
use crate::site::Site;

/// The unit that bears the code on that day.
pub async fn page(
    Extension(site): Extension<Shared>,
    Path(code): Path<String>,
    UrlQuery(query): UrlQuery<Query>,
) -> Page {
    let on = wished_day(&site, &code, &query.ngay)?;
    let version = site.units.find(&code, on).map_err(|error| refused(&site, &error))?;
    render(&UnitPage::new(&site, version, on))
}

/// The day that was asked for; where none was, today or the last day on which the code was borne.
fn wished_day(site: &Site, code: &str, typed: &str) -> Result<Date, ErrorPage> {
    let on = day::required(site, typed)?;
    if !typed.trim().is_empty() || site.units.on(code, on).is_some() {
        return Ok(on);
    }
    let ends = site.units.all().filter(|version| version.code == code).map(|version| version.period.end());
    Ok(ends.filter(|end| *end < on).max().unwrap_or(on))
}

fn refused(site: &Site, error: &UnitError) -> ErrorPage {
    let page = ErrorPage::not_found(error.to_string().trim_end_matches('.'));
    match error {
        UnitError::NotValidOn { code, periods, .. } => {
            let page = page.because("Mã này được dùng trong các thời gian sau; chọn một để xem.");
            periods.iter().fold(page, |page, period| {
                let day = site.today.clamp(period.start(), period.end());
                let name = site.units.find(code, day).map(|version| version.name.clone()).unwrap_or_default();
                page.way(format!("{name}, {period}"), links::unit(code, day))
            })
        }
        UnitError::UnknownCode { nearest, .. } | UnitError::UnknownUnit { nearest, .. } => {
            let page = page.because("Có thể mã bị gõ nhầm. Tìm theo tên ở trang Đơn vị, không cần dấu.");
            let version = |near: &Suggestion| {
                site.units.all().filter(|known| known.code == near.code && known.name == near.name).last()
            };
            let page = nearest.iter().filter_map(version).fold(page, |page, near| {
                page.way(format!("{} ({})", near.name, near.code), links::version(near, site.today))
            });
            page.way("Mọi đơn vị hôm nay", "/don-vi")
        }
        UnitError::Backwards { .. } => page,
    }
}

#[derive(Template)]
#[template(path = "units/unit.html")]
struct UnitPage<'a> {
    frame: Frame,
    version: &'a Version,
    kind: String,
    period: String,
    doubt: &'a str,
    parent: Option<Linked<'a>>,
    now: Vec<Linked<'a>>,
    ended: bool,
    forward: Vec<Move<'a>>,
    backward: Vec<Move<'a>>,
    history: Vec<Event>,
    versions: Vec<Linked<'a>>,
    others: Vec<Linked<'a>>,
    children: Vec<Children<'a>>,
    /// Where the row is put right; empty: not by the viewer.
    correct: String,
    on: Date,
    today: Date,
}

/// A version with the address of its page.
struct Linked<'a> {
    version: &'a Version,
    href: String,
    period: String,
}

/// One step of the way to or from other units; those that become one thing on one day are one step.
struct Move<'a> {
    on: Date,
    before: Vec<Linked<'a>>,
    word: &'static str,
    after: Option<Linked<'a>>,
    basis: &'a str,
}

/// The units directly below, of one level.
struct Children<'a> {
    level: Level,
    units: Vec<Linked<'a>>,
}

impl Children<'_> {
    fn label(&self) -> &'static str {
        self.units.first().map_or("", |unit| unit.version.level_label())
    }
}

impl<'a> Linked<'a> {
    fn new(version: &'a Version, wished: Date) -> Self {
        Self { version, href: links::version(version, wished), period: links::period(version) }
    }
}

impl<'a> Move<'a> {
    /// The steps in the order of time. Going on under the same name is no step that a reader looks for.
    fn all(steps: Vec<Step<'a>>, today: Date) -> Vec<Self> {
        let mut moves: Vec<Self> = Vec::new();
        for step in steps {
            let before = Linked::new(step.before, today);
            if step.passage == Passage::Continued && step.after.is_some_and(|after| after.name == step.before.name) {
                continue;
            }
            match moves.iter_mut().find(|known| known.joins(&step)) {
                Some(known) => known.before.push(before),
                None => moves.push(Self {
                    on: step.on,
                    before: vec![before],
                    word: if step.passage == Passage::Continued { "đổi thành" } else { step.passage.label() },
                    after: step.after.map(|after| Linked::new(after, today)),
                    basis: step.legal_basis,
                }),
            }
        }
        moves
    }

    /// Whether a further step leads to the same unit on the same day in the same way.
    fn joins(&self, step: &Step<'_>) -> bool {
        let after = self.after.as_ref().zip(step.after);
        let same = after.is_some_and(|(known, after)| std::ptr::eq(known.version, after));
        same && self.on == step.on && self.word == step.passage.label() && self.basis == step.legal_basis
    }

    fn day(&self) -> String {
        vietnamese(self.on)
    }
}

impl<'a> UnitPage<'a> {
    fn new(site: &'a Site, version: &'a Version, on: Date) -> Self {
        let (units, code, today) = (&site.units, version.code.as_str(), site.today);
        let forward = if on <= today { units.trace(code, on, today).unwrap_or_default() } else { Vec::new() };
        let successors =
            if on <= today { units.successors_at(code, on, today).unwrap_or_default() } else { Vec::new() };
        let others = units.units_of_code(code).into_iter().filter(|id| **id != version.unit);
        let other_versions = others.filter_map(|id| units.versions(id).last());
        let parent = units.parent(version, on);
        let frame =
            Frame::new(site, Section::Units, version.name.clone()).crumb("Đơn vị", format!("/don-vi?ngay={on}"));
        Self {
            frame: match parent {
                Some(parent) => frame.crumb(parent.name.clone(), links::unit(&parent.code, on)),
                None => frame,
            },
            version,
            kind: links::kind(version),
            period: links::period(version),
            doubt: links::doubt(&version.confidence),
            parent: parent.map(|parent| Linked::new(parent, on)),
            ended: on <= today && successors.is_empty(),
            now: successors
                .into_iter()
                .filter(|successor| successor.name != version.name || successor.unit != version.unit)
                .map(|successor| Linked::new(successor, today))
                .collect(),
            forward: Move::all(forward, today),
            backward: Move::all(units.origins(code, on).unwrap_or_default(), today),
            history: units.history(&version.unit).unwrap_or_default(),
            versions: units.versions(&version.unit).map(|version| Linked::new(version, today)).collect(),
            others: other_versions.map(|version| Linked::new(version, today)).collect(),
            children: children(site, code, on),
            correct: correct(site, version, on),
            on,
            today,
        }
    }

    fn doubt_of(&self, event: &Event) -> String {
        links::doubt(&event.confidence).to_owned()
    }
}

/// Where the row is put right, for whoever may prepare such a change.
fn correct(site: &Site, version: &Version, on: Date) -> String {
    let action = match version.level {
        Level::Department => Action::ProposeDepartments,
        _ => Action::ProposeUnits,
    };
    let above = std::iter::successors(site.units.parent(version, on), |above| site.units.parent(above, on));
    let above: Vec<String> = above.take(Level::ALL.len()).map(|above| above.code.clone()).collect();
    let resource = Resource::of_unit(&version.code, &above);
    let may = authorize(&site.visitor.viewer, action, &resource, site.today).is_ok();
    if may { links::unit(&version.code, on).replacen('?', "/dinh-chinh?", 1) } else { String::new() }
}

fn children<'a>(site: &'a Site, code: &str, on: Date) -> Vec<Children<'a>> {
    let tree = site.units.as_of(on);
    let of_level = |level| {
        let units: Vec<Linked<'a>> = tree
            .children(code)
            .filter(|version| version.level == level)
            .map(|version| Linked::new(version, on))
            .collect();
        (!units.is_empty()).then_some(Children { level, units })
    };
    Level::ALL.into_iter().filter_map(of_level).collect()
}
