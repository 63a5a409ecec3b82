//! The one place where what the store refuses becomes a page.

use axum::http::StatusCode;
use cchc_access::Refusal;
use cchc_store::{CommitError, DbError};

use crate::error::ErrorPage;
use crate::pages::account::login::ADDRESS as LOGIN;

impl From<DbError> for ErrorPage {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Taken { .. } | DbError::Refused(_) => {
                Self::new(StatusCode::CONFLICT, "Không làm được việc này").because(error.to_string())
            }
            error if error.is_disk() => read_only(&error.to_string()),
            error => {
                tracing::error!(%error, "store");
                Self::internal()
            }
        }
    }
}

/// What a command that was not carried out says; the page keeps nothing of what was typed.
pub fn not_committed<R: std::error::Error>(error: &CommitError<R>) -> ErrorPage {
    match error {
        CommitError::ReadOnly(why) => read_only(why),
        CommitError::Unknown(why) => ErrorPage::new(StatusCode::SERVICE_UNAVAILABLE, "Chưa rõ đã ghi được hay chưa")
            .because(why.clone())
            .because("Quay lại và gửi lại đúng biểu mẫu ấy: nếu lần trước đã ghi, nó sẽ không bị ghi hai lần."),
        CommitError::Constraint(why) => {
            tracing::error!(why, "a constraint of the schema");
            ErrorPage::internal()
        }
        _ => ErrorPage::new(StatusCode::CONFLICT, "Không làm được việc này")
            .because(error.to_string())
            .because("Chưa có gì bị thay đổi."),
    }
}

/// 503: nothing can be written now.
fn read_only(why: &str) -> ErrorPage {
    ErrorPage::new(StatusCode::SERVICE_UNAVAILABLE, "Hệ thống đang ở chế độ chỉ đọc")
        .because(format!("Máy chủ chưa ghi được dữ liệu ({why}). Xem thì vẫn được."))
        .because("Chưa có gì bị thay đổi. Hãy thử lại sau ít phút, hoặc báo người vận hành.")
}

/// 401 or 403: who asks may not do that; what would help is said.
impl From<Refusal> for ErrorPage {
    fn from(refusal: Refusal) -> Self {
        let (status, title) = match refusal {
            Refusal::Login { .. } => (StatusCode::UNAUTHORIZED, "Cần đăng nhập"),
            _ => (StatusCode::FORBIDDEN, "Bạn không được làm việc này"),
        };
        let page = Self::new(status, title).because(refusal.to_string()).because(refusal.hint());
        if status == StatusCode::UNAUTHORIZED { page.way("Đăng nhập", LOGIN) } else { page }
    }
}
