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

/// Whether the first post has to be entered with the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstPost {
    /// It may come later.
    Later,
    /// Whoever enters him reaches him only through a post of his.
    Now,
}

/// The form: the person, then the fields of his first post.
#[must_use]
pub fn form(request: &str, post: FormView, first: FirstPost) -> FormView {
    let fields = post.fields.into_iter().map(|field| {
        let required = field.required && first == FirstPost::Now;
        Field { required, ..field }
    });
    let mut form = person_form(request);
    form.fields.extend(fields);
    form
}

/// The same form once a post was typed: what a post needs is needed.
#[must_use]
pub fn with_post(mut form: FormView, post: &FormView) -> FormView {
    for needed in post.fields.iter().filter(|field| field.required) {
        form.fields.iter_mut().filter(|field| field.name == needed.name).for_each(|field| field.required = true);
    }
    form
}

/// Whether anything of a post was typed.
#[must_use]
pub fn has_post(sent: &Sent) -> bool {
    ["don-vi", "chuc-vu", "chuc-vu-dang", "vai-tro", "tu-ngay", "den-ngay"]
        .iter()
        .any(|name| !sent.text(name).is_empty())
}

fn person_form(request: &str) -> FormView {
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

/// What was asked for of the person; what is wrong with it is marked in the form.
pub fn check(form: &mut FormView, sent: &Sent) -> Registration {
    form.require();
    let login = sent.text("login");
    if !login.is_empty()
        && let Err(error) = login.parse::<Login>()
    {
        form.refuse("login", error.to_string());
    }
    let email = sent.text("thu");
    if !is_mail(email) {
        form.refuse("thu", "thiếu dấu @");
    }
    Registration {
        name: cchc_text::tidy(sent.text("ten")).into_owned(),
        login: (!login.is_empty()).then(|| login.to_owned()),
        phone: sent.text("dien-thoai").to_owned(),
        email: email.to_owned(),
    }
}

/// Whether a text can be an address, or is none at all.
#[must_use]
pub fn is_mail(text: &str) -> bool {
    text.is_empty() || text.contains('@')
}

#[cfg(test)]
mod tests {
    use cchc_access::Role;

    use super::*;
    use crate::form::testing::sent;
    use crate::pages::people::appoint;

    fn post() -> FormView {
        appoint::form("", "", &[("VP.SNV".into(), "Sở Nội vụ".into())], &[Role::UnitOfficer])
    }

    fn wrongs(form: &FormView) -> Vec<&'static str> {
        form.fields.iter().filter(|field| field.wrong.is_some()).map(|field| field.name).collect()
    }

    #[test]
    fn a_login_is_optional_but_must_be_one() {
        let read = |login| {
            let sent = sent(&[("ten", " Nguyễn  Văn An "), ("login", login)]);
            let mut form = form("r1", post(), FirstPost::Later).filled(&sent);
            (check(&mut form, &sent), form)
        };
        assert_eq!(read("").0.login, None);
        assert_eq!(
            read("an.nguyen").0,
            Registration {
                name: "Nguyễn Văn An".into(),
                login: Some("an.nguyen".into()),
                phone: String::new(),
                email: String::new(),
            }
        );
        let form = read("An Nguyễn").1;
        assert_eq!((form.wrong_count(), form.fields[1].value.as_str()), (1, "An Nguyễn"));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let typed = sent(&[("login", "AB"), ("thu", "an")]);
        let mut later = form("r1", post(), FirstPost::Later).filled(&typed);
        check(&mut later, &typed);
        assert_eq!(wrongs(&later), ["ten", "login", "thu"]);
        let mut now = form("r1", post(), FirstPost::Now).filled(&typed);
        check(&mut now, &typed);
        assert_eq!(wrongs(&now), ["ten", "login", "thu", "don-vi", "chuc-vu", "tu-ngay"]);
    }

    #[test]
    fn a_post_begun_is_to_be_finished() {
        let typed = sent(&[("ten", "An"), ("chuc-vu", "Chuyên viên")]);
        assert!(has_post(&typed) && !has_post(&sent(&[("ten", "An")])));
        let mut form = with_post(form("r1", post(), FirstPost::Later), &post()).filled(&typed);
        check(&mut form, &typed);
        assert_eq!(wrongs(&form), ["don-vi", "tu-ngay"]);
    }
}
