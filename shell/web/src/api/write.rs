//! What operations that change something have in common: who acts, names of new things, the answer.

use axum::Json;
use axum::http::header::LOCATION;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use cchc_access::{Grant, Refusal};
use cchc_ledger::{Actor, Context, Hash};
use cchc_store::Committed;
use serde::Serialize;
use utoipa::ToSchema;

use super::ask::Key;
use super::caller::Caller;
use super::problem::Problem;

/// The header that tells a repeated request.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What was done.
#[derive(Debug)]
pub struct Done<T> {
    /// The status of the answer.
    pub status: StatusCode,
    /// The answer.
    pub value: T,
    /// Whether this very request had been carried out before.
    pub repeated: bool,
    /// Where the new thing is; empty where there is none.
    pub location: String,
}

impl<T> Done<T> {
    /// Done just now, nothing new made.
    pub fn now(value: T) -> Self {
        Self { status: StatusCode::OK, value, repeated: false, location: String::new() }
    }
}

impl Done<Written> {
    /// What a command became; `id` names the thing.
    pub fn of(id: String, committed: &Committed) -> Self {
        let value = Written {
            id,
            stream: committed.stream.as_str().to_owned(),
            version: committed.version,
            recorded_at: (!committed.hashes.is_empty()).then(|| committed.recorded_at.to_string()),
        };
        Self { repeated: committed.repeated, ..Self::now(value) }
    }

    /// The same, as a new thing at that address.
    pub fn made(self, location: String) -> Self {
        Self { status: StatusCode::CREATED, location, ..self }
    }
}

impl<T: Serialize> IntoResponse for Done<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.value)).into_response();
        let headers = response.headers_mut();
        if self.repeated {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        if let Some(location) = HeaderValue::from_str(&self.location).ok().filter(|value| !value.is_empty()) {
            headers.insert(LOCATION, location);
        }
        response
    }
}

/// What was written; the same answer however often the request is sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct Written {
    /// Id of the thing.
    pub id: String,
    /// The stream of the ledger in which it stands.
    #[schema(example = "person/0193a1c2-…")]
    pub stream: String,
    /// Number of the last event in that stream.
    pub version: u64,
    /// When it was recorded; `null`: it was so already, nothing was recorded.
    pub recorded_at: Option<String>,
}

/// A command of whoever was granted it. Who may no longer is still told what this very request did before:
/// the ledger never does a request twice.
///
/// # Errors
/// 401 or 403.
pub async fn context(caller: &Caller, key: &Key, granted: Result<Grant, Refusal>) -> Result<Context, Problem> {
    let actor = match granted {
        Ok(grant) => grant.actor(),
        Err(refusal) => match caller.viewer().principal() {
            Some(owner) if caller.store().request_is_known(owner.person.as_str(), &key.0).await? => {
                Some(Actor::person(owner.person.as_str()))
            }
            _ => return Err(refusal.into()),
        },
    };
    let actor = actor.ok_or_else(|| Problem::new(super::problem::Kind::Login, "Cần mã truy cập API."))?;
    Ok(Context::new(actor, key.0.clone()))
}

/// The name of what a request makes: the same for each time it is sent.
pub fn name_of(caller: &Caller, key: &Key, what: &str) -> String {
    let person = caller.viewer().principal().map_or("", |owner| owner.person.as_str());
    let hash = Hash::of_parts("cchc api made 1", &[person.as_bytes(), key.0.as_str().as_bytes(), what.as_bytes()]);
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash.as_bytes()).for_each(|(byte, from)| *byte = *from);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
