//! `GET /me`: who the token makes one.

use axum::Json;
use cchc_access::{Action, Actions, Resource};
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use super::people::PostView;
use super::problem::Problem;

/// The token's owner.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// Id of the person.
    pub id: String,
    /// Họ và tên.
    pub name: String,
    /// Tên đăng nhập.
    pub login: String,
    /// Whether he is invented ("mô phỏng").
    pub simulated: bool,
    /// The posts that he holds today, in the order of protocol.
    pub posts: Vec<PostView>,
    /// What the token is good for, as codes of actions; `null`: everything that its owner may do.
    pub scope: Option<Vec<String>>,
    /// The moment of the server, as ISO with offset.
    #[schema(example = "2026-01-16T08:05:00+07:00")]
    pub now: String,
}

/// Who I am.
#[utoipa::path(get, path = "/api/v1/me", tag = "Tài khoản", operation_id = "me", summary = "Tôi là ai, giữ chức vụ gì, mã truy cập làm được gì",
    responses((status = 200, description = "Chủ của mã truy cập", body = Me)))]
pub async fn me(caller: Caller) -> Result<Json<Me>, Problem> {
    let principal = caller.principal(Action::ViewSelf)?;
    caller.grant(Action::ViewSelf, &Resource::of_person(&principal.person))?;
    let row = caller.store().person_find(&principal.person).await?;
    let held = principal.posts.iter().filter(|post| post.holds_on(caller.today));
    Ok(Json(Me {
        id: principal.person.0.clone(),
        name: caller.visitor.name.clone(),
        login: row.as_ref().map(|row| row.login.clone()).unwrap_or_default(),
        simulated: row.is_some_and(|row| row.simulated),
        posts: held.map(PostView::from).collect(),
        scope: match &principal.token {
            Actions::All => None,
            Actions::Only(actions) => Some(actions.iter().map(|action| action.code().to_owned()).collect()),
        },
        now: caller.now.to_string(),
    }))
}
