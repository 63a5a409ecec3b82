//! The kinds of problems: each with its status, its title, and what to do.

use axum::http::StatusCode;

/// A kind of problem: what a program can act upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request can't be read.
    BadRequest,
    /// The header with the request's own id is missing.
    NoKey,
    /// No token, or one that does not hold.
    Login,
    /// The token's owner, or the token, may not.
    Forbidden,
    /// Nothing is there.
    NotFound,
    /// The address has no such method.
    Method,
    /// It contradicts what is there.
    Conflict,
    /// The request's id was used for something else.
    KeyReused,
    /// Too much was sent.
    TooLarge,
    /// It is not JSON.
    MediaType,
    /// It was understood, and refused.
    Refused,
    /// The content has errors.
    Findings,
    /// Too often.
    TooMany,
    /// A fault of the program.
    Internal,
    /// Nothing can be written now.
    ReadOnly,
    /// Whether it was written is not known.
    Unknown,
}

impl Kind {
    /// Every kind, as the guide lists them.
    pub const ALL: [Self; 16] = [
        Self::BadRequest,
        Self::NoKey,
        Self::Login,
        Self::Forbidden,
        Self::NotFound,
        Self::Method,
        Self::Conflict,
        Self::KeyReused,
        Self::TooLarge,
        Self::MediaType,
        Self::Refused,
        Self::Findings,
        Self::TooMany,
        Self::Internal,
        Self::ReadOnly,
        Self::Unknown,
    ];

    /// The last part of `type`, and its place on the page of the guide.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::NoKey => "idempotency-key-missing",
            Self::Login => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::Method => "method-not-allowed",
            Self::Conflict => "conflict",
            Self::KeyReused => "idempotency-key-reused",
            Self::TooLarge => "too-large",
            Self::MediaType => "unsupported-media-type",
            Self::Refused => "refused",
            Self::Findings => "findings",
            Self::TooMany => "too-many-requests",
            Self::Internal => "internal",
            Self::ReadOnly => "read-only",
            Self::Unknown => "unknown-outcome",
        }
    }

    /// The status of the answer.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest | Self::NoKey => StatusCode::BAD_REQUEST,
            Self::Login => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict | Self::KeyReused => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Refused | Self::Findings => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::ReadOnly | Self::Unknown => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What happened, in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "Yêu cầu không đọc được",
            Self::NoKey => "Thiếu mã yêu cầu",
            Self::Login => "Cần mã truy cập API",
            Self::Forbidden => "Không được làm việc này",
            Self::NotFound => "Không có",
            Self::Method => "Địa chỉ này không nhận phương thức như vậy",
            Self::Conflict => "Trái với dữ liệu đang có",
            Self::KeyReused => "Mã yêu cầu đã dùng cho nội dung khác",
            Self::TooLarge => "Gửi quá nhiều dữ liệu",
            Self::MediaType => "Nội dung phải là JSON",
            Self::Refused => "Không làm được việc này",
            Self::Findings => "Nội dung có lỗi",
            Self::TooMany => "Quá nhiều yêu cầu",
            Self::Internal => "Máy chủ gặp lỗi",
            Self::ReadOnly => "Hệ thống đang ở chế độ chỉ đọc",
            Self::Unknown => "Chưa rõ đã ghi được hay chưa",
        }
    }

    /// What to do about it, wherever nothing better is known.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::BadRequest | Self::Refused => "Đối chiếu với mô tả ở /api/v1/openapi.json.",
            Self::NoKey => {
                "Thêm tiêu đề Idempotency-Key, một mã riêng cho mỗi việc (ví dụ UUID); gửi lại thì giữ nguyên mã."
            }
            Self::Login => "Gửi tiêu đề Authorization: Bearer cchc_…; tạo mã truy cập ở trang /tai-khoan.",
            Self::Forbidden => "Dùng mã truy cập của người có quyền, hoặc nhờ người đó làm.",
            Self::NotFound => "Kiểm tra địa chỉ và mã trong địa chỉ.",
            Self::Method => "Xem tiêu đề Allow, hoặc mô tả ở /api/v1/openapi.json.",
            Self::Conflict => "Đọc lại dữ liệu rồi quyết định.",
            Self::KeyReused => "Dùng mã mới cho việc mới.",
            Self::TooLarge => "Chia nhỏ, hoặc tải tệp lên ở trang web.",
            Self::MediaType => "Gửi tiêu đề Content-Type: application/json.",
            Self::Findings => "Sửa những điều nêu trong errors rồi gửi lại với mã yêu cầu mới.",
            Self::TooMany => "Chờ theo tiêu đề Retry-After rồi gửi lại.",
            Self::Internal => "Đây là lỗi của phần mềm; báo người vận hành kèm instance.",
            Self::ReadOnly => "Chưa có gì bị thay đổi. Thử lại sau ít phút.",
            Self::Unknown => "Gửi lại y nguyên, cùng mã yêu cầu: nếu lần trước đã ghi, sẽ không bị ghi hai lần.",
        }
    }

    pub(super) fn of_status(status: StatusCode) -> Self {
        let found = Self::ALL.into_iter().find(|kind| kind.status() == status);
        found.unwrap_or(if status.is_server_error() { Self::Internal } else { Self::BadRequest })
    }
}
