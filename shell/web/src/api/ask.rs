//! Reading a request: query, JSON and the id of the request, each refusal a problem.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use cchc_ledger::RequestId;
use serde::de::DeserializeOwned;

use super::problem::{Kind, Problem};
use crate::App;

/// The header in which a client names one request, so that sending it twice does it once.
pub const KEY: &str = "idempotency-key";
/// Longest name of a request, in characters.
const LONGEST_KEY: usize = 100;

/// What stands behind the `?`.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match Query::from_request_parts(parts, app).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(refused) => Err(Problem::bad_request(format!("Tham số sau dấu ? không đọc được: {refused}"))),
        }
    }
}

/// The body, as JSON.
#[derive(Debug)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        match Json::<serde_json::Value>::from_request(request, app).await {
            Ok(Json(value)) if has_null_character(&value) => {
                Err(Problem::bad_request("Nội dung có ký tự rỗng (U+0000)."))
            }
            Ok(Json(value)) => serde_json::from_value(value)
                .map(Self)
                .map_err(|error| Problem::new(Kind::Refused, format!("Nội dung không đúng dạng: {error}."))),
            Err(refused) => Err(unreadable(&refused)),
        }
    }
}

/// PostgreSQL keeps no such text.
fn has_null_character(value: &serde_json::Value) -> bool {
    use serde_json::Value as V;
    match value {
        V::String(text) => text.contains('\0'),
        V::Array(values) => values.iter().any(has_null_character),
        V::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_null_character(value)),
        V::Null | V::Bool(_) | V::Number(_) => false,
    }
}

fn unreadable(refused: &JsonRejection) -> Problem {
    let kind = match refused.status() {
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::MediaType,
        StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
        _ => Kind::BadRequest,
    };
    Problem::new(kind, format!("Nội dung gửi lên không đọc được: {refused}."))
}

/// The name of the request; every operation that changes something needs one.
#[derive(Debug, Clone)]
pub struct Key(pub RequestId);

impl Key {
    /// The name of a further part of the same request.
    #[must_use]
    pub fn part(&self, name: &str) -> Self {
        Self(RequestId(format!("{}/{name}", self.0.0)))
    }
}

impl FromRequestParts<App> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let given = parts.headers.get(KEY).and_then(|value| value.to_str().ok()).unwrap_or_default().trim();
        if given.is_empty() {
            return Err(Problem::new(Kind::NoKey, "Mỗi việc làm thay đổi dữ liệu cần tiêu đề Idempotency-Key."));
        }
        if given.len() > LONGEST_KEY {
            return Err(Problem::bad_request(format!("Idempotency-Key dài quá {LONGEST_KEY} ký tự.")));
        }
        // Forms name their requests too: those of the API are apart from them.
        Ok(Self(RequestId(format!("api:{given}"))))
    }
}
