//! One's own notices: the inbox, notices marked as read. Looking changes nothing.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use cchc_access::Action;
use cchc_store::list::Place;
use cchc_store::notices::{self, Inbox, Which};

use super::with::{With, fresh};
use super::words::minute;
use crate::App;
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::{Paging, address};
use crate::pages::account::login::local;
use crate::pages::notices::{ADDRESS, NoticeRow, NoticesPage, UNREAD};

/// Rows of a page.
const PAGE: u32 = 50;

/// The addresses below `/thong-bao`.
pub fn routes() -> Router<App> {
    Router::new()
        .route(ADDRESS, get(list))
        .route("/thong-bao/da-doc", post(read_all))
        .route("/thong-bao/{id}/da-doc", post(read))
}

/// The inbox.
pub async fn list(with: With, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    let person = &with.principal(Action::ViewNotices)?.person;
    let inbox = if sent.text("loc") == UNREAD { Inbox::Unread } else { Inbox::All };
    let cursor = Some(sent.text("vi-tri")).filter(|at| !at.is_empty());
    let page = with.store().notice_list(person, inbox, Place { cursor, size: PAGE }).await?;
    let way = |at: Option<String>| at.map(|at| address(ADDRESS, &[("loc", sent.text("loc")), ("vi-tri", &at)]));
    let paging = Paging { count: String::new(), before: way(page.before), after: way(page.after) };
    let rows = page.rows.into_iter().map(shown).collect();
    Ok(render(&NoticesPage::new(&with, rows, paging, inbox, &fresh()))?.into_response())
}

fn shown(row: notices::NoticeRow) -> NoticeRow {
    NoticeRow {
        at: minute(row.created_at),
        text: row.title,
        more: row.body,
        href: if row.href.is_empty() { String::new() } else { local(&row.href).to_owned() },
        is_read: row.read_at.is_some(),
        id: row.id,
    }
}

/// Marks one as read.
pub async fn read(with: With, Path(id): Path<String>) -> Result<Redirect, ErrorPage> {
    let person = &with.principal(Action::ViewNotices)?.person;
    with.store().notice_find(person, &id).await?.ok_or_else(nothing)?;
    with.store().notice_read(person, Which::One(id)).await?;
    Ok(Redirect::to(ADDRESS))
}

/// Marks all as read.
pub async fn read_all(with: With) -> Result<Redirect, ErrorPage> {
    let person = &with.principal(Action::ViewNotices)?.person;
    with.store().notice_read(person, Which::All).await?;
    Ok(Redirect::to(ADDRESS))
}

fn nothing() -> ErrorPage {
    ErrorPage::not_found("Không có thông báo này").way("Thông báo", ADDRESS)
}
