//! `/nguoi-dung`: people in the order of protocol.

use askama::Template;
use cchc_access::Role;

use super::ADDRESS;
use crate::form::{Choice, Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::list::{Link, Paging};
use crate::site::Site;

/// A person in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// His name, leading to his page.
    pub name: Link,
    /// What he logs in with; empty: never had an account.
    pub login: String,
    /// His posts of today, each with its unit, in the order of protocol.
    pub posts: Vec<String>,
    /// What they let him do: `Quản trị, Cán bộ đầu mối`.
    pub roles: String,
    /// Whether he may log in.
    pub account: AccountState,
}

/// Whether somebody may log in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AccountState {
    /// He never had an account.
    #[default]
    None,
    /// He may.
    Open,
    /// He left.
    Closed,
}

/// What the viewer may do beside looking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways {
    /// Addresses of further acts: enter one, import a file.
    pub acts: Vec<Link>,
    /// Address of the list as a file; empty: not for him.
    pub export: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "people/list.html")]
pub struct PeoplePage {
    frame: Frame,
    filter: FormView,
    rows: Vec<PersonRow>,
    paging: Paging,
    ways: Ways,
    part: Part,
}

/// How much of the list a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// One page of several.
    One,
}

/// The form that narrows the list; `units` are codes and names in the order of protocol.
#[must_use]
pub fn filter(units: &[(String, String)]) -> FormView {
    let units = std::iter::once((String::new(), "Mọi đơn vị".to_owned())).chain(units.iter().cloned());
    let roles = std::iter::once(("", "Mọi vai trò")).chain(Role::ALL.iter().map(|role| (role.code(), role.label())));
    FormView::filter(ADDRESS)
        .field(Field::new("don-vi", "Đơn vị", Kind::One(Choice::list(units, ""))))
        .field(Field::new("vai-tro", "Vai trò", Kind::One(Choice::list(roles, ""))))
        .field(Field::text("ten", "Họ tên hoặc tên đăng nhập"))
        .field(Field::new("thoi", "Người đã thôi", Kind::One(Choice::list([("", "Không kể"), ("co", "Kể cả")], ""))))
}

impl Part {
    fn is_one(&self) -> bool {
        *self == Self::One
    }
}

impl AccountState {
    /// The state as the store writes it: `open`.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "open" => Self::Open,
            "closed" => Self::Closed,
            _ => Self::None,
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "chưa có",
            Self::Open => "đang mở",
            Self::Closed => "đã đóng",
        }
    }

    /// Its class of the style sheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::None => "na",
            Self::Open => "ok",
            Self::Closed => "no",
        }
    }
}

impl PeoplePage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, filter: FormView, rows: Vec<PersonRow>, paging: Paging, ways: Ways, part: Part) -> Self {
        Self { frame: Frame::new(site, Section::People, "Người dùng"), filter, rows, paging, ways, part }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;
    use crate::pages::publication::sample;

    fn page(filter: FormView, rows: Vec<PersonRow>, ways: Ways) -> String {
        let paging = Paging { count: "10.000+".into(), before: None, after: Some("/nguoi-dung?sau=1".into()) };
        PeoplePage::new(&sample::site(Vec::new()), filter, rows, paging, ways, Part::One).render().unwrap()
    }

    #[test]
    fn an_empty_list_says_what_to_do() {
        let add = Ways { acts: vec![Link::new("Thêm người dùng", "/nguoi-dung/them")], export: String::new() };
        let nobody = page(filter(&[]), Vec::new(), add);
        assert!(nobody.contains("Chưa có người dùng nào") && nobody.contains("href=\"/nguoi-dung/them\""));
        let narrowed = filter(&[]).filled(&sent(&[("ten", "atlantis")]));
        assert!(page(narrowed, Vec::new(), Ways::default()).contains("Bỏ bớt điều kiện lọc"));
    }

    #[test]
    fn a_row_says_posts_roles_and_account_in_words() {
        let row = PersonRow {
            name: Link::new("An <b> (mô phỏng)", "/nguoi-dung/p1"),
            login: "an".into(),
            posts: vec!["Chuyên viên, Sở Nội vụ".into()],
            roles: "Quản trị".into(),
            account: AccountState::Closed,
        };
        let page = page(filter(&[]), vec![row], Ways { export: "/nguoi-dung.xlsx".into(), ..Ways::default() });
        assert!(
            page.contains("An &#60;b&#62; (mô phỏng)</a>") && page.contains("<span class=\"st no\">đã đóng</span>")
        );
        assert!(
            page.contains("10.000+")
                && page.contains("href=\"/nguoi-dung?sau=1\"")
                && page.contains("/nguoi-dung.xlsx")
        );
    }
}
