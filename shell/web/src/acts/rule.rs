//! The rules and their versions, open to whoever may see the rule itself.

use axum::Router;
use axum::extract::Path;
use axum::response::{Html, Response};
use axum::routing::get;
use cchc_access::{Action, Grant, Resource};
use cchc_ledger::PersonId;
use cchc_papers::rule_file::RuleKind;
use cchc_store::rules::{RuleRow, stream};
use cchc_store::stored::{StoredRow, stream_after};

use super::drafts::Known;
use super::with::With;
use super::words::{minute, person, validity};
use crate::App;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::list::Link;
use crate::pages::download;
use crate::pages::drafts::import::Import;
use crate::pages::history::{event, words};
use crate::pages::rule::{self, RulePage, RulesPage, VersionRow};

/// The addresses of rules.
pub fn routes() -> Router<App> {
    Router::new()
        .route(rule::ADDRESS, get(list))
        .route("/quy-tac/{kind}/{name}", get(page))
        .route("/quy-tac/{kind}/{name}/{number}", get(content))
}

/// The rules in use.
pub async fn list(with: With) -> Result<Html<String>, ErrorPage> {
    let known = Known::at(&with, with.now).await?;
    let seen = RuleKind::ALL.into_iter().filter(|kind| may_see(&with, *kind).is_ok());
    let row = |kind: RuleKind, row: &RuleRow| rule::RuleRow {
        kind: words::rule(kind.code()).to_owned(),
        name: Link::new(called(&with, kind, &row.name), rule::address(kind.code(), &row.name)),
        validity: validity(row.valid_from, row.valid_to),
        known_from: minute(row.known_from),
        basis: row.basis.clone(),
    };
    let rows = seen.flat_map(|kind| known.of(kind).map(move |version| row(kind, version))).collect();
    render(&RulesPage::new(&with, rows))
}

/// The title of a set, the name of any other rule.
fn called(with: &With, kind: RuleKind, name: &str) -> String {
    let set = with.set(name).filter(|_| kind == RuleKind::CriteriaSet);
    set.map_or_else(|| name.to_owned(), |set| set.title.clone())
}

fn may_see(with: &With, kind: RuleKind) -> Result<Grant, ErrorPage> {
    let action = match kind {
        RuleKind::Units | RuleKind::Departments => Action::ViewUnits,
        RuleKind::CriteriaSet => Action::ViewSets,
        RuleKind::DaysOff => Action::ViewDaysOff,
        RuleKind::Series | RuleKind::SeriesFigures => Action::ViewSeries,
    };
    with.grant(action, &Resource::system())
}

/// The versions of a rule of that name, for whoever may see it.
async fn versions(with: &With, kind: &str, name: &str) -> Result<(RuleKind, Vec<RuleRow>), ErrorPage> {
    let missing = || ErrorPage::not_found("Không có quy tắc này").way("Mọi quy tắc", rule::ADDRESS);
    let kind = RuleKind::from_code(kind).ok_or_else(missing)?;
    may_see(with, kind)?;
    let rows = with.store().rule_versions(kind.code(), name).await?;
    if rows.is_empty() { Err(missing()) } else { Ok((kind, rows)) }
}

/// The page.
pub async fn page(with: With, Path((kind, name)): Path<(String, String)>) -> Result<Html<String>, ErrorPage> {
    let (kind, versions) = versions(&with, &kind, &name).await?;
    let events = {
        let mut reader = with.store().reader().await?;
        stream_after(&mut reader.conn(), &stream(kind.code(), &name)?, 0).await?
    };
    let mut rows = Vec::with_capacity(versions.len());
    for (row, number) in versions.iter().zip(1..) {
        rows.push(shown(&with, number, row, &events).await?);
    }
    let (read, import) = read_at(&with, kind, &name);
    render(&RulePage::new(&with, (kind.code(), &name), rows, read, import.way(&with).unwrap_or_default()))
}

async fn shown(with: &With, number: usize, row: &RuleRow, events: &[StoredRow]) -> Result<VersionRow, ErrorPage> {
    let event = events.iter().find(|event| event.envelope.version == row.version);
    let (mut who, mut leads) = (Link::default(), None);
    if let Some(event) = event {
        let actor = &event.envelope.actor;
        let above = with.above(&actor.unit).await?;
        let own = PersonId::from(actor.person.as_str());
        let resource = match actor.unit.as_str() {
            "" => Resource::system(),
            unit => Resource::of_unit(unit, &above),
        };
        if with.grant(Action::ViewHistory, &resource.owned_by(&own)).is_ok() {
            (who, leads) = (
                person(with, &actor.person).await?,
                Some(event::address(&event.envelope.stream, event.envelope.version)),
            );
        } else {
            let unit = with.units.find(&actor.unit, row.known_from.date());
            who = Link::text(unit.map_or("Chương trình", |unit| &unit.name));
        }
    }
    Ok(VersionRow {
        number,
        validity: validity(row.valid_from, row.valid_to),
        known_from: minute(row.known_from),
        known_to: row.known_to.map(minute),
        basis: row.basis.clone(),
        who,
        event: leads,
        id: row.id.to_string(),
    })
}

/// Where the rule is read, and the form that changes it.
fn read_at(with: &With, kind: RuleKind, name: &str) -> (Link, Import) {
    match kind {
        RuleKind::Units | RuleKind::Departments => (Link::new("Đơn vị", "/don-vi"), Import::Units),
        RuleKind::CriteriaSet => {
            (Link::new(called(with, kind, name), format!("/chi-so/bo-tieu-chi/{name}")), Import::Set)
        }
        RuleKind::DaysOff => (Link::default(), Import::DaysOff),
        RuleKind::Series | RuleKind::SeriesFigures => {
            (Link::new("Chuỗi số liệu", crate::pages::series::ADDRESS), Import::Series)
        }
    }
}

/// The content of a version, as it is stored.
pub async fn content(
    with: With,
    Path((kind, name, number)): Path<(String, String, usize)>,
) -> Result<Response, ErrorPage> {
    let (kind, mut versions) = versions(&with, &kind, &name).await?;
    let position = number.checked_sub(1).filter(|position| *position < versions.len());
    let Some(position) = position else {
        let page = ErrorPage::not_found(format!("Quy tắc này không có bản {number}"));
        return Err(page.way("Các bản của quy tắc", rule::address(kind.code(), &name)));
    };
    let form = if kind == RuleKind::CriteriaSet { download::TOML } else { download::CSV };
    let file = kind.file_name(&format!("{name}-ban-{number}"));
    Ok(download(&file, form, versions.swap_remove(position).content.into_bytes()))
}
