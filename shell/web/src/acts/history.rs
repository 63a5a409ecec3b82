//! The history: the list, what happened to one thing, one event, the file.

mod asked;
pub mod export;
mod names;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use cchc_access::{Action, Resource, reach};
use cchc_ledger::{Envelope, PersonId, StreamId};
use cchc_store::history::{HistoryFilter, HistoryOrder, HistoryRow};
use cchc_store::list::Place;
use cchc_store::stored::StoredRow;

use super::with::With;
use crate::App;
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::list::{Link, Paging, address, counted};
use crate::pages::history::event::{self, EventPage, clock};
use crate::pages::history::list::{EventRow, Head, HistoryPage};
use crate::pages::history::stream::{self, StreamPage};
use crate::pages::history::{ADDRESS, payload, words};
use names::Names;

/// Rows of a page.
const PAGE: u32 = 50;
/// So many events that one set off are named.
const EFFECTS: u32 = 20;
/// Name of the place in the list in addresses.
const AT: &str = "vi-tri";

/// The addresses below `/so-cai`.
pub fn routes() -> Router<App> {
    Router::new()
        .route(ADDRESS, get(list))
        .route("/so-cai.xlsx", get(export::file))
        .route("/so-cai/xuat", get(export::offer).post(export::queue))
        .route("/so-cai/xuat/{id}", get(export::progress))
        .route("/so-cai/xuat/{id}/tep", get(export::take))
        .route("/so-cai/chuoi/{*stream}", get(of_stream))
        .route("/so-cai/dong/{version}/{*stream}", get(of_event))
}

/// The list.
pub async fn list(with: With, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    with.principal(Action::ViewHistory)?;
    let (filter, asked) = asked::read(&with, &sent, Action::ViewHistory).await?;
    let (rows, paging) = match &asked {
        Some(asked) => page(&with, asked, &sent, |pairs| address(ADDRESS, pairs)).await?,
        None => (Vec::new(), Paging::default()),
    };
    let may_export = with.visitor.may(Action::ExportHistory, with.today);
    let status = filter.status();
    let (position, hash) = with.store().log_end().await?;
    // All of a long history is not what one waits for.
    let is_long = position > export::AT_ONCE && !filter.is_narrowed();
    let file = if is_long { export::OFFER } else { "/so-cai.xlsx" };
    let export = if may_export { address(file, &given(&sent)) } else { String::new() };
    let head = (position > 0).then(|| Head { position: position.to_string(), hash: hash.to_string() });
    Ok((status, render(&HistoryPage::new(&with, filter, rows, paging, export, head))?).into_response())
}

/// What was asked for, as pairs of an address, without the place in the list.
fn given(sent: &Sent) -> Vec<(&str, &str)> {
    sent.0.iter().filter(|(name, _)| name != AT).map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// A page of the list with the ways to those beside it.
async fn page(
    with: &With,
    asked: &HistoryFilter,
    sent: &Sent,
    address: impl Fn(&[(&str, &str)]) -> String,
) -> Result<(Vec<EventRow>, Paging), ErrorPage> {
    let cursor = Some(sent.text(AT)).filter(|at| !at.is_empty());
    let page = with.store().history_page(asked, Place { cursor, size: PAGE }).await?;
    let count = counted(with.store().history_count(asked).await?);
    let way = |at: Option<String>| {
        at.map(|at| {
            let mut pairs = given(sent);
            pairs.push((AT, &at));
            address(&pairs)
        })
    };
    let paging = Paging { count, before: way(page.before), after: way(page.after) };
    let mut names = Names::default();
    names.learn(with, &page.rows).await?;
    Ok((page.rows.iter().map(|row| shown(with, &names, row)).collect(), paging))
}

fn shown(with: &With, names: &Names, row: &HistoryRow) -> EventRow {
    EventRow {
        recorded: clock(row.recorded_at),
        happened: row.entered_late().then(|| clock(row.happened_at)),
        what: Link::new(words::event(row.stream.kind(), &row.name), event::address(&row.stream, row.version)),
        subject: names.subject(with, &row.stream),
        who: names.who(with, &row.actor),
        post: names.post(with, &row.actor, row.recorded_at.date()),
        capacity: names.capacity(&row.actor),
        why: row.reason.clone(),
    }
}

/// Everything within reach that happened to one thing.
pub async fn of_stream(with: With, Path(text): Path<String>, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    with.principal(Action::ViewHistory)?;
    let id: StreamId = text.parse().map_err(|_| nothing())?;
    let reached = reach(&with.visitor.viewer, Action::ViewHistory, with.today);
    let asked = HistoryFilter {
        stream: Some(id.clone()),
        order: HistoryOrder::Oldest,
        ..HistoryFilter::within(reached, with.today)
    };
    let (rows, paging) = page(&with, &asked, &sent, |pairs| address(&stream::address(&id), pairs)).await?;
    if rows.is_empty() {
        return Err(nothing());
    }
    let mut names = Names::default();
    names.learn_stream(&with, &id).await?;
    let subject = names.subject(&with, &id);
    Ok(render(&StreamPage::new(&with, &id, subject, rows, paging))?.into_response())
}

/// One event.
pub async fn of_event(with: With, Path((version, text)): Path<(u64, String)>) -> Result<Response, ErrorPage> {
    with.principal(Action::ViewHistory)?;
    let id: StreamId = text.parse().map_err(|_| nothing())?;
    let Some(row) = with.store().history_event(&id, version).await? else { return Err(nothing()) };
    let envelope = &row.envelope;
    view(&with, envelope).await?;
    let mut names = Names::default();
    names.learn_actor(&with, &envelope.actor).await?;
    names.learn_stream(&with, &id).await?;
    let keys = keys(&with, &row).await?;
    let named = event::Named {
        who: names.who(&with, &envelope.actor),
        post: names.post(&with, &envelope.actor, envelope.recorded_at.date()),
        subject: names.subject(&with, &id),
    };
    let mut ways = event::Ways { stream: stream::address(&id), ..event::Ways::default() };
    ways.before = neighbour(&with, &id, version.checked_sub(1)).await?;
    ways.after = neighbour(&with, &id, version.checked_add(1)).await?;
    if let Some(cause) = with.store().cause_find(envelope).await? {
        ways.cause = Some(place(&cause));
    }
    let effects = with.store().effect_list(&row.hash, EFFECTS).await?;
    ways.effects = effects.iter().map(place).collect();
    let terms = payload::terms(&row.payload, &|sealed| payload::open(sealed, keys.as_deref()));
    Ok(render(&EventPage::new(&with, envelope, &row.hash, terms, named, ways))?.into_response())
}

fn place(found: &cchc_store::causes::EventPlace) -> Link {
    Link::new(words::event(found.stream.kind(), &found.name), event::address(&found.stream, found.version))
}

/// Whether the viewer may see an event: it is his own, or said for a unit within his reach.
async fn view(with: &With, envelope: &Envelope) -> Result<(), ErrorPage> {
    let (unit, owner) = (envelope.actor.unit.as_str(), PersonId::from(envelope.actor.person.as_str()));
    let above = if unit.is_empty() { Vec::new() } else { with.above(unit).await? };
    let of = if unit.is_empty() { Resource::system() } else { Resource::of_unit(unit, &above) };
    with.grant(Action::ViewHistory, &of.owned_by(&owner))?;
    Ok(())
}

/// The address of the event beside one, where there is one that the viewer may see.
async fn neighbour(with: &With, id: &StreamId, version: Option<u64>) -> Result<Option<String>, ErrorPage> {
    let Some(version) = version else { return Ok(None) };
    let Some(row) = with.store().history_event(id, version).await? else { return Ok(None) };
    Ok(view(with, &row.envelope).await.is_ok().then(|| event::address(id, version)))
}

/// The keys of the personal data in an event; `None`: it stays sealed for the viewer.
async fn keys(with: &With, row: &StoredRow) -> Result<Option<Vec<payload::Key>>, ErrorPage> {
    let subjects = payload::subjects(&row.payload);
    if subjects.is_empty() || !sees_contacts(with, &row.envelope.stream).await? {
        return Ok(None);
    }
    let mut keys = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let key = with.store().subject_key_find(&subject).await?;
        keys.push((subject, key));
    }
    Ok(Some(keys))
}

/// Whether the viewer may see how to reach the person to whom something happened, by any post that he holds.
async fn sees_contacts(with: &With, id: &StreamId) -> Result<bool, ErrorPage> {
    if id.kind() != "person" {
        return Ok(false);
    }
    let person = PersonId::from(id.key());
    let posts = with.store().post_list_of(&person).await?;
    for held in posts.iter().filter(|held| held.post.holds_on(with.today)) {
        let above = with.above(&held.post.unit).await?;
        let of = Resource::of_unit(&held.post.unit, &above).owned_by(&person);
        if with.grant(Action::ViewContacts, &of).is_ok() {
            return Ok(true);
        }
    }
    Ok(with.grant(Action::ViewContacts, &Resource::of_person(&person)).is_ok())
}

fn nothing() -> ErrorPage {
    ErrorPage::not_found("Không có dòng này trong sổ cái")
        .because("Hoặc nó nằm ngoài phạm vi bạn được xem.")
        .way("Sổ cái", ADDRESS)
}

/// The form that narrows the list, filled as asked; what it asks for where nothing is wrong.
type Asked = (FormView, Option<HistoryFilter>);
