//! Who asks: the owner of the token, within what the token is good for. Cookies count for nothing here.

use std::ops::Deref;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, Grant, Principal, Reach, Refusal, Resource, Viewer, authorize, reach};

use super::problem::{Kind, Problem};
use crate::acts::with::With;
use crate::site::Site;
use crate::visitor::Visitor;
use crate::{App, session};

/// The state and the snapshot of one request of a program.
#[derive(Clone)]
pub struct Caller(With);

impl Deref for Caller {
    type Target = With;

    fn deref(&self) -> &With {
        &self.0
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let with = With::from_request_parts(parts, app).await;
        with.map(Self).map_err(|_| Problem::new(Kind::Internal, "Không có dữ liệu nào bị thay đổi."))
    }
}

impl Caller {
    /// Who asks.
    #[must_use]
    pub fn viewer(&self) -> &Viewer {
        &self.visitor.viewer
    }

    /// Whether who asks may do that, and in which post he then acts.
    ///
    /// # Errors
    /// 401 or 403.
    pub fn grant(&self, action: Action, resource: &Resource<'_>) -> Result<Grant, Problem> {
        Ok(authorize(self.viewer(), action, resource, self.today)?)
    }

    /// How far who asks may do that.
    ///
    /// # Errors
    /// 401 or 403 where there is nothing on which he may.
    pub fn reach(&self, action: Action) -> Result<Reach, Problem> {
        let reached = reach(self.viewer(), action, self.today);
        if reached.is_nothing() {
            // Nothing is reached, so the refusal of nothing in particular says why.
            self.grant(action, &Resource::system())?;
        }
        Ok(reached)
    }

    /// The token's owner.
    ///
    /// # Errors
    /// 401 where there is none.
    pub fn principal(&self, action: Action) -> Result<&Principal, Problem> {
        self.viewer().principal().ok_or_else(|| Refusal::Login(action).into())
    }

    /// The units above a unit today, nearest first.
    ///
    /// # Errors
    /// What the store says.
    pub async fn above(&self, unit: &str) -> Result<Vec<String>, Problem> {
        Ok(self.store().unit_ancestors(unit, self.today).await?)
    }
}

/// Makes the snapshot of the request, with the token's owner.
pub async fn see(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    if address.contains("%00") {
        return Problem::bad_request("Địa chỉ có ký tự rỗng (%00).").into_response();
    }
    let mut site = app.site();
    match of_token(&app, &site, request.headers()).await {
        Ok(visitor) => site.visitor = visitor,
        Err(problem) => return problem.into_response(),
    }
    request.extensions_mut().insert(Arc::new(site));
    next.run(request).await
}

/// The owner of the token that was shown; the public where none was.
async fn of_token(app: &App, site: &Site, headers: &HeaderMap) -> Result<Visitor, Problem> {
    let Some(shown) = headers.get(AUTHORIZATION) else { return Ok(Visitor::default()) };
    let shown = shown.to_str().unwrap_or_default();
    let Some((_, secret)) = shown.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
        return Err(Problem::new(Kind::Login, "Tiêu đề Authorization phải có dạng Bearer cchc_…"));
    };
    let ended = || Problem::new(Kind::Login, "Mã truy cập này không có, đã hết hạn, hoặc chủ của nó đã thôi việc.");
    let token = app.store().token_find(secret.trim()).await?.ok_or_else(ended)?;
    let mut visitor = session::of_person(app, site, &token.person).await?.ok_or_else(ended)?;
    if let Viewer::Person(principal) = &mut visitor.viewer {
        principal.token = token.scope;
    }
    Ok(visitor)
}
