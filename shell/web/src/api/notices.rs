//! `/notices`: one's own inbox.

use axum::Json;
use axum::extract::Path;
use cchc_access::{Action, Resource};
use cchc_store::list::Place;
use cchc_store::notices::{Inbox, NoticeRow, Which};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ask::{Asked, Key};
use super::caller::Caller;
use super::paged::{self, Paged};
use super::problem::Problem;
use super::write::Done;

/// A notice.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeView {
    /// Id.
    pub id: String,
    /// What for: `appointed`, `handed-over`.
    pub kind: String,
    /// The sentence.
    pub title: String,
    /// More of it; may be empty.
    pub body: String,
    /// The page on which one sees more; may be empty.
    pub href: String,
    /// When it was told.
    pub created_at: String,
    /// When it was read; `null`: not yet.
    pub read_at: Option<String>,
}

impl From<NoticeRow> for NoticeView {
    fn from(row: NoticeRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            title: row.title,
            body: row.body,
            href: row.href,
            created_at: row.created_at.to_string(),
            read_at: row.read_at.map(|at| at.to_string()),
        }
    }
}

/// Which notices.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NoticesAsked {
    /// Chỉ những thông báo chưa đọc.
    #[param(nullable = false)]
    unread: Option<bool>,
    /// `next` của trang trước.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Số dòng một trang.
    #[param(minimum = 1, maximum = 500, default = 50, nullable = false)]
    limit: Option<u32>,
}

/// One's own notices, the newest first.
#[utoipa::path(get, path = "/api/v1/notices", tag = "Thông báo", operation_id = "notice_list", summary = "Thông báo của tôi, mới trước", params(NoticesAsked),
    responses((status = 200, description = "Một trang thông báo", body = Paged<NoticeView>)))]
pub async fn list(caller: Caller, Asked(asked): Asked<NoticesAsked>) -> Result<Json<Paged<NoticeView>>, Problem> {
    let principal = caller.principal(Action::ViewNotices)?;
    caller.grant(Action::ViewNotices, &Resource::of_person(&principal.person))?;
    let inbox = if asked.unread == Some(true) { Inbox::Unread } else { Inbox::All };
    let place = Place { cursor: asked.cursor.as_deref(), size: paged::limit(asked.limit)? };
    let page = caller.store().notice_list(&principal.person, inbox, place).await.map_err(Problem::of_list)?;
    Ok(Json(Paged { items: page.rows.into_iter().map(NoticeView::from).collect(), next: page.after }))
}

/// What became of the marking.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoticeRead {
    /// How many were not read before: 0 or 1.
    pub marked: u32,
}

/// Marks a notice as read; a notice that is read stays so.
#[utoipa::path(post, path = "/api/v1/notices/{id}/read", tag = "Thông báo", operation_id = "notice_read", summary = "Đánh dấu một thông báo là đã đọc",
    params(("id" = String, Path, description = "Mã thông báo")),
    responses((status = 200, description = "Đã đọc", body = NoticeRead)))]
pub async fn read(caller: Caller, Path(id): Path<String>, _: Key) -> Result<Done<NoticeRead>, Problem> {
    let principal = caller.principal(Action::ViewNotices)?;
    caller.grant(Action::ViewNotices, &Resource::of_person(&principal.person))?;
    let known = caller.store().notice_find(&principal.person, &id).await?;
    known.ok_or_else(|| Problem::not_found("Bạn không có thông báo này."))?;
    let marked = caller.store().notice_read(&principal.person, Which::One(id)).await?;
    Ok(Done { repeated: marked == 0, ..Done::now(NoticeRead { marked }) })
}
