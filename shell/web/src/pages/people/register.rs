//! `/nguoi-dung/them`: a person is entered, with or without an account.

use cchc_access::Login;

use super::ADDRESS;
use crate::form::{Field, FormView, Sent};

/// What the form asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Họ và tên.
    pub name: String,
    /// Opens an account at once.
    pub login: Option<String>,
    /// Telephone number; may be empty.
    pub phone: String,
    /// Electronic mail; may be empty.
    pub email: String,
}

/// The form.
#[must_use]
pub fn form(request: &str) -> FormView {
    FormView::new(format!("{ADDRESS}/them"), request, "Thêm người dùng")
        .field(Field::text("ten", "Họ và tên").required())
        .field(
            Field::text("login", "Tên đăng nhập")
                .tip("Chữ thường không dấu, ví dụ an.nguyen-van. Bỏ trống: chưa mở tài khoản; chức vụ vẫn ghi được."),
        )
        .field(Field::text("dien-thoai", "Điện thoại"))
        .field(
            Field::text("thu", "Thư công vụ")
                .tip("Điện thoại và thư được niêm phong, chỉ người có quyền mới xem được."),
        )
}

/// What was asked for, or the form with everything that is wrong.
///
/// # Errors
/// The form to show again.
pub fn read(request: &str, sent: &Sent) -> Result<Registration, Box<FormView>> {
    let mut form = form(request).filled(sent);
    form.require();
    let login = sent.text("login");
    if !login.is_empty()
        && let Err(error) = login.parse::<Login>()
    {
        form.refuse("login", error.to_string());
    }
    let email = sent.text("thu");
    if !email.is_empty() && !email.contains('@') {
        form.refuse("thu", "thiếu dấu @");
    }
    if form.is_refused() {
        return Err(Box::new(form));
    }
    Ok(Registration {
        name: cchc_text::tidy(sent.text("ten")).into_owned(),
        login: (!login.is_empty()).then(|| login.to_owned()),
        phone: sent.text("dien-thoai").to_owned(),
        email: email.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;

    #[test]
    fn a_login_is_optional_but_must_be_one() {
        let read = |login| read("r1", &sent(&[("ten", " Nguyễn  Văn An "), ("login", login)]));
        assert_eq!(read("").unwrap().login, None);
        assert_eq!(read("an.nguyen").unwrap().login.as_deref(), Some("an.nguyen"));
        let form = read("An Nguyễn").unwrap_err();
        assert_eq!((form.wrong_count(), form.fields[1].value.as_str()), (1, "An Nguyễn"));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let form = read("r1", &sent(&[("login", "AB"), ("thu", "an")])).unwrap_err();
        let wrongs: Vec<&str> =
            form.fields.iter().filter(|field| field.wrong.is_some()).map(|field| field.name).collect();
        assert_eq!(wrongs, ["ten", "login", "thu"]);
    }
}
