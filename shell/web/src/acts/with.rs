//! What a handler starts from: the state, the snapshot of the request, who acts.

use std::ops::Deref;
use std::sync::Arc;

use axum::Extension;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use cchc_access::{Action, Grant, Principal, Refusal, Resource, Viewer, authorize};
use cchc_ledger::{Actor, Context, PersonId, RequestId};
use cchc_store::Store;

use crate::error::ErrorPage;
use crate::form::Sent;
use crate::site::Site;
use crate::{App, form};

/// The state and the snapshot of one request; reads like the [`Site`] it holds.
#[derive(Clone)]
pub struct With {
    /// The server's state.
    pub app: App,
    /// What this request sees.
    pub site: Arc<Site>,
}

impl Deref for With {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

impl FromRequestParts<App> for With {
    type Rejection = ErrorPage;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ErrorPage> {
        let found = Extension::<Arc<Site>>::from_request_parts(parts, app).await;
        let Extension(site) = found.map_err(|_| ErrorPage::internal())?;
        Ok(Self { app: app.clone(), site })
    }
}

impl With {
    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        self.app.store()
    }

    /// Whether who asks may do that, and in which post he then acts.
    ///
    /// # Errors
    /// The page that says why not.
    pub fn grant(&self, action: Action, resource: &Resource<'_>) -> Result<Grant, ErrorPage> {
        Ok(authorize(&self.visitor.viewer, action, resource, self.today)?)
    }

    /// Who is logged in.
    ///
    /// # Errors
    /// The page that asks to log in.
    pub fn principal(&self, action: Action) -> Result<&Principal, ErrorPage> {
        match &self.visitor.viewer {
            Viewer::Person(principal) => Ok(principal),
            Viewer::Public => Err(Refusal::Login(action).into()),
        }
    }

    /// The units above a unit today, nearest first.
    ///
    /// # Errors
    /// What the store says.
    pub async fn above(&self, unit: &str) -> Result<Vec<String>, ErrorPage> {
        Ok(self.store().unit_ancestors(unit, self.today).await?)
    }
}

/// A command in the name of who was granted it, under the id of the form that was sent.
#[must_use]
pub fn context(grant: &Grant, sent: &Sent) -> Context {
    Context::new(grant.actor().unwrap_or_else(Actor::system), request(sent)).because(sent.text("ly-do"))
}

/// The request id of a form; a form without one is a new request.
#[must_use]
pub fn request(sent: &Sent) -> RequestId {
    let given = sent.text(form::REQUEST);
    if given.is_empty() { RequestId(fresh()) } else { RequestId(given.to_owned()) }
}

/// A new request id, for a form about to be shown.
#[must_use]
pub fn fresh() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// A person by the text of an address.
#[must_use]
pub fn person(text: &str) -> PersonId {
    PersonId::from(text)
}
