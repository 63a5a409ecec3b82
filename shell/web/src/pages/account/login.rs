//! `/dang-nhap`: the form, and in the demonstration the simulated people whose part one may take.

use askama::Template;

use crate::form::{Field, FormView, Sent, request_of};
use crate::frame::{Frame, Section};
use crate::site::Site;

/// Where the form is sent.
pub const ADDRESS: &str = "/dang-nhap";
/// Where the button of a simulated person is sent.
pub const TAKE_PART: &str = "/dang-nhap/vao-vai";
/// Name of the field that says where to go after.
pub const AFTER: &str = "ve";

/// The page.
#[derive(Debug, Template)]
#[template(path = "account/login.html")]
pub struct LoginPage {
    frame: Frame,
    form: FormView,
    simulated: Vec<Part>,
    /// Where to go after.
    after: String,
    request: String,
}

/// Simulated people of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What people call the role.
    pub role: String,
    /// Who has it.
    pub people: Vec<Simulated>,
}

/// A simulated person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    /// What he logs in with.
    pub login: String,
    /// His name, marked as simulated.
    pub name: String,
    /// His post and unit.
    pub post: String,
}

/// The form; `after` is where to go once logged in.
#[must_use]
pub fn form(request: &str, after: &str) -> FormView {
    let login = Field::text("login", "Tên đăng nhập").required().autocomplete("username");
    FormView::new(ADDRESS, request, "Đăng nhập")
        .hide(AFTER, local(after))
        .field(login.tip("Chữ thường không dấu, ví dụ an.nguyen-van."))
        .field(Field::password("password", "Mật khẩu", "current-password"))
}

/// The form after a refusal, one sentence for whatever was wrong: it tells nobody which logins there are.
#[must_use]
pub fn refused(request: &str, sent: &Sent, why: &str) -> FormView {
    let mut form = form(request, sent.text(AFTER)).filled(sent);
    if sent.text("login").is_empty() || sent.raw("password").is_empty() {
        form.require();
        if sent.raw("password").is_empty() {
            form.refuse("password", "chưa điền");
        }
        return form;
    }
    form.refuse("password", why);
    form
}

/// Where to go after: a page of this site; whatever else was asked for is the home page.
#[must_use]
pub fn local(after: &str) -> &str {
    let inside = after.starts_with('/') && !after.starts_with("//");
    let plain = after.chars().all(|letter| !letter.is_control() && letter != '\\');
    if inside && plain && !after.starts_with(ADDRESS) { after } else { "/" }
}

impl LoginPage {
    /// The page with a form made here; `simulated` is empty outside the demonstration.
    #[must_use]
    pub fn new(site: &Site, form: FormView, simulated: Vec<Part>) -> Self {
        let frame = Frame::new(site, Section::Account, "Đăng nhập").explained("dang-nhap");
        let after = form.hidden.iter().find(|(name, _)| *name == AFTER).map_or("/", |(_, after)| after).to_owned();
        let request = form.request.clone();
        Self { frame, form, simulated, after, request }
    }

    fn request_of(&self, login: &str) -> String {
        request_of(&self.request, login)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;
    use crate::pages::publication::sample;

    #[test]
    fn one_goes_on_within_the_site_only() {
        assert_eq!(local("/so-cai?loai=rule"), "/so-cai?loai=rule");
        let outside =
            ["", "https://ke-xau.example", "//ke-xau.example", "/\\ke-xau.example", "/a\r\nb", "/dang-nhap?ve=/"];
        assert_eq!(outside.map(local), ["/"; 6]);
    }

    #[test]
    fn what_was_typed_stays_but_not_the_password() {
        let site = sample::site(Vec::new());
        let typed = sent(&[("login", "an.nguyen"), ("password", "bí mật của tôi"), ("ve", "/so-cai")]);
        let form = refused("r1", &typed, "tên đăng nhập hoặc mật khẩu chưa đúng");
        assert_eq!(form.status().as_u16(), 422);
        let page = LoginPage::new(&site, form, Vec::new()).render().unwrap();
        assert!(page.contains("value=\"an.nguyen\"") && !page.contains("bí mật của tôi"));
        assert!(page.contains("<a href=\"#password\">Mật khẩu: tên đăng nhập hoặc mật khẩu chưa đúng</a>"));
        assert!(page.contains("id=\"password-loi\"") && page.contains("aria-describedby=\"password-loi\""));
        assert!(page.contains("name=\"ve\" value=\"/so-cai\"") && page.contains("name=\"yeu-cau\" value=\"r1\""));
        assert!(!page.contains("Vào vai"));
    }

    #[test]
    fn an_empty_field_is_said_to_be_empty() {
        let form = refused("r1", &sent(&[("login", ""), ("password", "")]), "sai");
        let wrongs: Vec<_> = form.fields.iter().map(|field| field.wrong.as_deref()).collect();
        assert_eq!(wrongs, [Some("chưa điền"), Some("chưa điền")]);
    }

    #[test]
    fn the_demonstration_offers_parts_each_with_a_request_of_its_own() {
        let part = |login: &str| Simulated {
            login: login.into(),
            name: format!("{login} (mô phỏng)"),
            post: "Chuyên viên".into(),
        };
        let parts = vec![Part { role: "Quản trị".into(), people: vec![part("an"), part("binh")] }];
        let site = sample::site(Vec::new());
        let page = LoginPage::new(&site, form("r1", "/"), parts).render().unwrap();
        assert!(page.contains("value=\"r1.an\"") && page.contains("value=\"r1.binh\""));
        assert!(page.contains("Vào vai an (mô phỏng)") && page.contains("<h3>Quản trị</h3>"));
    }
}
