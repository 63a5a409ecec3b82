//! The one place where what went wrong becomes a page: what happened, that nothing is lost, what to do.
//!
//! A handler gives back an [`ErrorPage`]; it travels in the response, and [`show`] writes it inside the
//! frame. What the framework itself refuses (no such address, wrong method, too large) goes the same way.

use askama::Template;
use axum::Extension;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use cchc_text::Findings;

use crate::frame::{Crumb, Frame, Section};
use crate::pages::Shared;
use crate::pages::account::login::ADDRESS as LOGIN;

/// A page that says what went wrong. All text is Vietnamese.
#[derive(Debug, Clone)]
pub struct ErrorPage {
    /// The status of the answer.
    pub status: StatusCode,
    /// What happened, in a few words.
    pub title: String,
    /// More about it, a sentence each.
    pub because: Vec<String>,
    /// What to do next.
    pub ways: Vec<Crumb>,
    /// What was found in a file, where that is the reason.
    pub findings: Findings,
}

impl ErrorPage {
    /// A page with that status and title.
    #[must_use]
    pub fn new(status: StatusCode, title: impl Into<String>) -> Self {
        Self { status, title: title.into(), because: Vec::new(), ways: Vec::new(), findings: Findings::new() }
    }

    /// 404: nothing is there.
    #[must_use]
    pub fn not_found(title: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, title)
    }

    /// 400: the request can't be understood.
    #[must_use]
    pub fn bad_request(title: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, title)
    }

    /// 422: a file was understood but can't be used.
    #[must_use]
    pub fn unusable(title: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, title)
    }

    /// 500: a fault of the program.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Máy chủ gặp lỗi khi làm trang này")
            .because("Đây là lỗi của phần mềm, không phải của bạn. Không có dữ liệu nào bị thay đổi.")
            .because("Tải lại trang; nếu vẫn lỗi, báo cho người vận hành kèm địa chỉ trang này.")
    }

    /// The same page with a further sentence.
    #[must_use]
    pub fn because(mut self, sentence: impl Into<String>) -> Self {
        self.because.push(sentence.into());
        self
    }

    /// The same page with a further way on.
    #[must_use]
    pub fn way(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.ways.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// The same page with findings.
    #[must_use]
    pub fn findings(mut self, findings: Findings) -> Self {
        self.findings = findings;
        self
    }

    pub(crate) fn of_status(status: StatusCode, path: &str) -> Self {
        let page = |title: &str| Self::new(status, title);
        match status {
            StatusCode::NOT_FOUND => page("Không có trang này")
                .because(format!("Địa chỉ {path} không dẫn tới trang nào."))
                .because("Có thể địa chỉ bị gõ nhầm, hoặc trang đã đổi chỗ."),
            StatusCode::BAD_REQUEST => page("Địa chỉ này không đọc được")
                .because("Trong địa chỉ có ký tự không dùng được, hoặc thiếu phần cần có.")
                .because("Mở lại trang từ một liên kết, hoặc gõ lại địa chỉ."),
            StatusCode::METHOD_NOT_ALLOWED => page("Trang này không nhận cách gửi như vậy")
                .because(format!("Địa chỉ {path} chỉ để xem, hoặc chỉ nhận dữ liệu từ biểu mẫu của nó."))
                .because("Mở lại trang chứa biểu mẫu rồi gửi lại."),
            StatusCode::PAYLOAD_TOO_LARGE => page("Tệp quá lớn")
                .because(format!("Mỗi lần gửi nhận tối đa {} MB.", crate::upload::LIMIT_MB))
                .because("Bỏ bớt trang tính, hình ảnh không cần, hoặc lưu thành CSV rồi gửi lại."),
            StatusCode::FORBIDDEN => page("Yêu cầu này đến từ trang khác")
                .because("Để tránh giả mạo, biểu mẫu chỉ được gửi từ chính trang này.")
                .because("Mở lại biểu mẫu ở đây rồi gửi lại."),
            status if status.is_server_error() => Self { status, ..Self::internal() },
            _ => page("Yêu cầu không hợp lệ")
                .because("Máy chủ không hiểu yêu cầu này. Chưa có gì bị thay đổi.")
                .because("Quay lại trang trước và thử lại."),
        }
    }
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorTemplate<'a> {
    frame: Frame,
    error: &'a ErrorPage,
}

/// Writes an error as a page inside the frame; any other answer passes, one with its own words too.
pub async fn show(Extension(site): Extension<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let error = response.extensions_mut().remove::<ErrorPage>();
    let said = |kind: &axum::http::HeaderValue| {
        let kind = kind.as_bytes();
        kind.starts_with(b"text/html") || kind.starts_with(b"application/json")
    };
    let has_words = response.headers().get(CONTENT_TYPE).is_some_and(said);
    if error.is_none() && has_words {
        return response;
    }
    let mut error = error.unwrap_or_else(|| ErrorPage::of_status(status, &path));
    let frame = Frame::new(&site, Section::Home, error.title.clone());
    // Whoever logs in comes back to what he wanted to see.
    for way in error.ways.iter_mut().filter(|way| way.href == LOGIN) {
        way.href.clone_from(&frame.login);
    }
    let Ok(text) = (ErrorTemplate { frame, error: &error }).render() else { return response };
    let (mut parts, _) = response.into_parts();
    parts.headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("text/html; charset=utf-8"));
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    Response::from_parts(parts, text.into())
}
