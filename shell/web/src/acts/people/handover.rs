//! Handover: all open work of a post passes to another post in one act.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, PersonCommand, Post};
use cchc_ledger::PersonId;
use cchc_store::people::WorkItem;
use cchc_text::date::vietnamese;

use super::asking::{commit, refused};
use super::choices;
use super::whom::Whom;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::list::Link;
use crate::pages::people::handover::{self as page, HandoverPage, Party, WorkRow};

/// The page before: what would pass on, and to whom.
pub async fn form(with: With, Path((id, post)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    whom.over_post(&with, Action::HandOver, held)?;
    let form = blank(&with, &whom, &held.0).await?;
    show(&with, &whom, &held.0, form).await
}

async fn blank(with: &With, whom: &Whom, post: &Post) -> Result<FormView, ErrorPage> {
    let people = choices::colleagues(with, &post.unit).await?;
    let posts =
        people.into_iter().flat_map(|(person, posts)| posts.into_iter().map(move |held| (person.clone(), held.post)));
    let takers: Vec<(String, String)> = posts
        .filter(|(_, held)| held.id != post.id)
        .map(|(person, held)| {
            (format!("{}/{}", person.id, held.id), format!("{}, {}", person.name, choices::post_label(with, &held)))
        })
        .collect();
    Ok(page::form(&fresh(), whom.row.id.as_str(), &post.id, &takers))
}

async fn show(with: &With, whom: &Whom, post: &Post, form: FormView) -> Result<Response, ErrorPage> {
    let work = with.store().work_list(&post.id).await?.iter().map(work_row).collect();
    let (status, giver) = (form.status(), party(with, &whom.row.name, post));
    let page = HandoverPage::new(with, whom.row.id.as_str(), giver, work, form);
    Ok((status, render(&page)?).into_response())
}

/// An open item as pages list it.
#[must_use]
pub fn work_row(item: &WorkItem) -> WorkRow {
    let (kind, id) = item.stream.split_once('/').unwrap_or(("", &item.stream));
    WorkRow {
        kind: crate::pages::history::words::kind(kind).to_owned(),
        title: Link::new(item.summary.clone(), format!("/ban-nhap/{id}")),
        since: vietnamese(item.since.date()),
    }
}

/// One of the two who sign.
#[must_use]
pub fn party(with: &With, name: &str, post: &Post) -> Party {
    let unit = choices::unit_name(with, post);
    Party { name: name.to_owned(), post: post.title.clone(), unit }
}

/// Passes the work on; its list is the next page.
pub async fn give(
    with: With,
    Path((id, post)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    let grant = whom.over_post(&with, Action::HandOver, held)?;
    let mut form = blank(&with, &whom, &held.0).await?.filled(&sent);
    form.require();
    let taker = sent.text("nguoi-nhan").split_once('/').filter(|_| !form.is_refused());
    let Some((person, taken)) = taker else { return show(&with, &whom, &held.0, form).await };
    let command = PersonCommand::HandOver {
        post: held.0.id.clone(),
        to_person: PersonId::from(person),
        to_post: taken.into(),
        document: sent.text("van-ban").to_owned(),
    };
    let context = match form.clone().happened(&sent, context(&grant, &sent)) {
        Ok(context) => context,
        Err(form) => return show(&with, &whom, &held.0, *form).await,
    };
    match commit(&with, &whom, command, context).await {
        Ok(done) => Ok(Redirect::to(&format!("{}/ban-giao/{}", whom.address(), done.version)).into_response()),
        Err(error) => show(&with, &whom, &held.0, refused(error, form)?).await,
    }
}
