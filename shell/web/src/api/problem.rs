//! What went wrong, for a program: `application/problem+json` (RFC 9457), the same form for every error.

use axum::extract::{OriginalUri, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cchc_access::Refusal;
use cchc_store::{CommitError, DbError};
use cchc_text::{Finding, Findings};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ErrorPage;

mod kind;

pub use kind::Kind;

/// The content type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// An error (RFC 9457). `type` leads to its explanation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// Where this kind of error is explained: `/tro-giup/api#not-found`. Programs go by this.
    #[serde(rename = "type")]
    #[schema(example = "/tro-giup/api#not-found")]
    pub kind: String,
    /// The kind of error in a few words, in Vietnamese.
    #[schema(example = "Không có")]
    pub title: &'static str,
    /// The status of the answer.
    #[schema(example = 404, minimum = 400, maximum = 599)]
    pub status: u16,
    /// What happened this time, in Vietnamese.
    #[schema(value_type = String)]
    pub detail: Box<str>,
    /// What to do about it, in Vietnamese.
    #[schema(value_type = String)]
    pub hint: Box<str>,
    /// The address that was asked for.
    #[schema(value_type = String, example = "/api/v1/units/99999")]
    pub instance: Box<str>,
    /// Everything that is wrong with the content that was sent; empty where that is not the reason.
    pub errors: Vec<FindingView>,
}

/// Something that was found in content.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FindingView {
    /// `error`: this part could not be used; `warning`: used, but probably not as meant; `note`.
    #[schema(example = "error")]
    pub severity: &'static str,
    /// A stable name: `unknown-criterion`.
    pub code: &'static str,
    /// What is wrong, one sentence in Vietnamese.
    pub message: String,
    /// How to put it right.
    pub hint: Option<String>,
    /// Name of the file.
    pub file: Option<String>,
    /// Line of the file, from 1.
    #[schema(minimum = 1)]
    pub line: Option<u64>,
    /// Cell of a workbook.
    pub cell: Option<String>,
    /// Code of the unit concerned.
    pub unit: Option<String>,
    /// Code of the criterion concerned.
    pub criterion: Option<String>,
}

impl From<Finding> for FindingView {
    fn from(finding: Finding) -> Self {
        let severity = match finding.severity {
            cchc_text::Severity::Error => "error",
            cchc_text::Severity::Warning => "warning",
            cchc_text::Severity::Note => "note",
        };
        let Finding { code, place, message, hint, .. } = finding;
        let cchc_text::Place { file, line, cell, unit, criterion } = place;
        Self { severity, code, message, hint, file, line, cell, unit, criterion }
    }
}

impl Problem {
    /// A problem of that kind; the detail is for a person.
    #[must_use]
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("{}#{}", super::guide::ADDRESS, kind.code()),
            title: kind.title(),
            status: kind.status().as_u16(),
            detail: detail.into().into(),
            hint: kind.hint().into(),
            instance: Box::default(),
            errors: Vec::new(),
        }
    }

    /// 404.
    #[must_use]
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, detail)
    }

    /// 400.
    #[must_use]
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(Kind::BadRequest, detail)
    }

    /// 422 with everything that was found.
    #[must_use]
    pub fn findings(detail: impl Into<String>, findings: Findings) -> Self {
        let errors = findings.into_iter().map(FindingView::from).collect();
        Self { errors, ..Self::new(Kind::Findings, detail) }
    }

    /// The same with another way to put it right.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into().into(), ..self }
    }

    /// What a page would say.
    #[must_use]
    pub fn of_page(page: ErrorPage) -> Self {
        let (kind, detail) = (Kind::of_status(page.status), page.because.join(" "));
        let detail = if detail.is_empty() { sentence(&page.title) } else { detail };
        let errors = page.findings.into_iter().map(FindingView::from).collect();
        Self { errors, status: page.status.as_u16(), ..Self::new(kind, detail) }
    }

    /// What a list says of a cursor that is none of its own.
    #[must_use]
    pub fn of_list(error: DbError) -> Self {
        match error {
            DbError::Refused(why) => Self::bad_request(why),
            error => error.into(),
        }
    }

    /// What a command that was not carried out says.
    #[must_use]
    pub fn of_commit<R: std::error::Error>(error: &CommitError<R>) -> Self {
        match error {
            CommitError::Refused(refusal) => Self::new(Kind::Refused, sentence(&refusal.to_string())),
            CommitError::Taken { .. } => Self::new(Kind::Conflict, sentence(&error.to_string())),
            CommitError::Backdated(why) => Self::new(Kind::Refused, sentence(why)),
            CommitError::OtherPayload => {
                Self::new(Kind::KeyReused, "Mã này đã gửi kèm một nội dung khác; việc lần này chưa được làm.")
            }
            CommitError::ReadOnly(why) => Self::new(Kind::ReadOnly, format!("Máy chủ chưa ghi được dữ liệu ({why}).")),
            CommitError::Unknown(why) | CommitError::Disk(why) => Self::new(Kind::Unknown, sentence(why)),
            CommitError::Constraint(why) => {
                tracing::error!(why, "a constraint of the schema");
                Self::new(Kind::Internal, "Chưa có gì bị thay đổi.")
            }
        }
    }
}

/// Refusals are parts of sentences: here each stands alone.
fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Taken { .. } | DbError::Refused(_) => Self::new(Kind::Conflict, sentence(&error.to_string())),
            error if error.is_disk() => Self::new(Kind::ReadOnly, format!("Máy chủ chưa ghi được dữ liệu ({error}).")),
            error => {
                tracing::error!(%error, "store");
                Self::new(Kind::Internal, "Không có dữ liệu nào bị thay đổi.")
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Login(_) => Self::new(Kind::Login, refusal.to_string()),
            _ => Self::new(Kind::Forbidden, refusal.to_string()).hint(refusal.hint()),
        }
    }
}

/// The problem travels in the answer; [`show`] writes it with the address that was asked for.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// No operation has this address.
pub async fn nothing_here() -> Problem {
    Problem::not_found("Không có địa chỉ này trong API.").hint("Các địa chỉ: /api/v1/openapi.json hoặc /tro-giup/api.")
}

/// The address is there, the method is not.
pub async fn other_method() -> Problem {
    Problem::new(Kind::Method, "Địa chỉ này có, nhưng không nhận phương thức đã gửi.")
}

/// Writes every error as a problem, also what the framework itself refuses.
pub async fn show(OriginalUri(address): OriginalUri, request: Request, next: Next) -> Response {
    let instance = Box::from(address.path());
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let problem = response.extensions_mut().remove::<Problem>();
    let problem = problem.unwrap_or_else(|| {
        let kind = Kind::of_status(status);
        Problem { status: status.as_u16(), ..Problem::new(kind, format!("{}.", kind.title())) }
    });
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
    parts.headers.remove(CONTENT_LENGTH);
    if status == StatusCode::UNAUTHORIZED {
        parts.headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"cchc\""));
    }
    // Texts and numbers alone: writing them can't fail.
    let text = serde_json::to_string(&Problem { instance, ..problem }).unwrap_or_default();
    Response::from_parts(parts, text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_a_name_of_its_own_and_a_status_finds_one() {
        for kind in Kind::ALL {
            assert_eq!(Kind::ALL.iter().filter(|other| other.code() == kind.code()).count(), 1);
            assert_eq!(Kind::of_status(kind.status()).status(), kind.status());
        }
        assert_eq!(Kind::of_status(StatusCode::IM_A_TEAPOT), Kind::BadRequest);
        assert_eq!(Kind::of_status(StatusCode::BAD_GATEWAY), Kind::Internal);
    }

    #[test]
    fn a_refusal_stands_as_a_sentence() {
        assert_eq!(sentence("đơn vị không còn"), "Đơn vị không còn.");
        assert_eq!(sentence("Xong."), "Xong.");
        assert_eq!(sentence(""), ".");
    }
}
