//! `/nguoi-dung/{id}/tai-khoan/mo`, `…/dong`, `…/mat-khau`: another's account; the page that shows a first
//! password once.

use askama::Template;

use super::{ADDRESS, person_address};
use crate::form::{Field, FormView};
use crate::frame::{Frame, Section};
use crate::site::Site;

/// The form that opens an account; the login is the one of before, or a suggestion.
#[must_use]
pub fn open(request: &str, person: &str, login: &str) -> FormView {
    FormView::new(format!("{}/tai-khoan/mo", person_address(person)), request, "Mở tài khoản").field(
        Field::text("login", "Tên đăng nhập")
            .required()
            .value(login)
            .tip("Chữ thường không dấu, chữ số, dấu chấm, gạch nối. Đã cấp cho ai thì không cấp cho người khác."),
    )
}

/// The form that closes an account: the person leaves.
#[must_use]
pub fn close(request: &str, person: &str) -> FormView {
    FormView::new(format!("{}/tai-khoan/dong", person_address(person)), request, "Cho thôi và đóng tài khoản")
        .field(Field::text("van-ban", "Số, ký hiệu quyết định"))
        .field(Field::text("ly-do", "Lý do").tip("Cần số quyết định hoặc lý do; cả hai ghi vào sổ cái."))
}

/// The form that resets a password.
#[must_use]
pub fn reset(request: &str, person: &str) -> FormView {
    FormView::new(format!("{}/mat-khau", person_address(person)), request, "Đặt lại mật khẩu")
        .field(Field::text("ly-do", "Lý do").required().tip("Ví dụ: người dùng quên mật khẩu, đã xác minh trực tiếp."))
}

/// The page after: login and one-time password, to be handed over.
#[derive(Debug, Template)]
#[template(path = "people/once.html")]
pub struct OncePage {
    frame: Frame,
    name: String,
    login: String,
    /// `None`: it was shown before, and can't be shown again.
    password: Option<String>,
    /// What is to be done yet, a sentence; may be empty.
    remark: String,
    person: String,
}

impl OncePage {
    /// The page; `person` is name and id.
    #[must_use]
    pub fn new(
        site: &Site,
        (name, id): (&str, &str),
        login: &str,
        password: Option<String>,
        remark: impl Into<String>,
    ) -> Self {
        let frame = Frame::new(site, Section::People, "Mật khẩu dùng một lần")
            .crumb("Người dùng", ADDRESS)
            .crumb(name, person_address(id));
        let (name, login, person) = (name.to_owned(), login.to_owned(), person_address(id));
        Self { frame, name, login, password, remark: remark.into(), person }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    #[test]
    fn a_password_is_shown_or_it_is_said_what_to_do() {
        let site = sample::site(Vec::new());
        let page = |password| OncePage::new(&site, ("An (mô phỏng)", "p1"), "an", password, "").render().unwrap();
        assert!(page(Some("abcd-efgh".into())).contains("<code>abcd-efgh</code>"));
        let gone = page(None);
        assert!(gone.contains("đã hiện một lần") && gone.contains("href=\"/nguoi-dung/p1/mat-khau\""));
    }
}
