//! `/tai-khoan`: one's posts, delegations, sessions, password, API tokens.

use askama::Template;

use crate::form::{Choice, Field, FormView, Kind, request_of};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::site::Site;

/// The page; below it lie its buttons.
pub const ADDRESS: &str = "/tai-khoan";

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// His name.
    pub name: String,
    /// What he logs in with.
    pub login: String,
    /// His posts, those of today first.
    pub posts: Vec<PostRow>,
    /// What he delegated, and what was delegated to him.
    pub delegations: Vec<DelegationRow>,
    /// Where he is logged in, this session first.
    pub sessions: Vec<SessionRow>,
    /// His API tokens.
    pub tokens: Vec<TokenRow>,
    /// A token that was just made: it is shown this once.
    pub fresh_token: Option<String>,
}

/// A post in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostRow {
    /// Chức vụ, and in the Party where there is one.
    pub title: String,
    /// The unit.
    pub unit: Link,
    /// What it lets do: `Quản trị, Cán bộ đầu mối`.
    pub roles: String,
    /// `từ 01/01/2021 đến nay`.
    pub period: String,
    /// The document that appointed.
    pub document: String,
    /// Whether it is held today.
    pub holds: bool,
    /// What may be done with it: change, end, delegate, hand over.
    pub acts: Vec<Link>,
}

/// A delegation in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DelegationRow {
    /// Who gave it, in which post.
    pub from: Link,
    /// Who acts.
    pub to: Link,
    /// `TUQ.`, with what it means.
    pub capacity: String,
    /// What he may do: `mọi việc của chức vụ`, or a list.
    pub scope: String,
    /// `từ 01/03/2021 đến 31/03/2021`.
    pub period: String,
    /// The document.
    pub document: String,
    /// Whether it holds today.
    pub holds: bool,
    /// What may be done with it.
    pub acts: Vec<Link>,
}

/// A session in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id for the button.
    pub id: String,
    /// Browser and system: `Firefox, Windows`.
    pub device: String,
    /// Network address.
    pub address: String,
    /// When it began.
    pub began: String,
    /// When it was last used.
    pub used: String,
    /// Whether it is the one in use.
    pub current: bool,
}

/// An API token in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenRow {
    /// Its id for the button.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scope: String,
    /// When it was made.
    pub made: String,
    /// Last day; empty: until it is revoked.
    pub until: String,
    /// When it was last used; empty: never.
    pub used: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "account/account.html")]
pub struct AccountPage {
    frame: Frame,
    account: Account,
    password: FormView,
    token: Option<FormView>,
    request: String,
}

/// The form for a new password.
#[must_use]
pub fn password_form(request: &str) -> FormView {
    let tip = format!("Ít nhất {} ký tự; một câu dài dễ nhớ là tốt.", cchc_access::password::SHORTEST);
    FormView::new(format!("{ADDRESS}/mat-khau"), request_of(request, "mat-khau"), "Đổi mật khẩu")
        .field(Field::password("mat-khau-cu", "Mật khẩu đang dùng", "current-password"))
        .field(Field::password("mat-khau-moi", "Mật khẩu mới", "new-password").tip(tip))
        .field(Field::password("mat-khau-lai", "Gõ lại mật khẩu mới", "new-password"))
}

/// The form for a new token; `actions` are codes and words of what it may be good for.
#[must_use]
pub fn token_form(request: &str, actions: Vec<Choice>) -> FormView {
    FormView::new(format!("{ADDRESS}/ma-truy-cap"), request_of(request, "ma-truy-cap"), "Tạo mã truy cập")
        .field(Field::text("ten-ma", "Dùng cho việc gì").required().tip("Ví dụ: phần mềm báo cáo của Sở."))
        .field(Field::new("viec", "Được làm", Kind::Many(actions)).required())
        .field(Field::day("den-ngay", "Dùng đến hết ngày").required())
}

impl AccountPage {
    /// The page; `token` is `None` for whoever may not have tokens.
    #[must_use]
    pub fn new(site: &Site, account: Account, password: FormView, token: Option<FormView>, request: &str) -> Self {
        let frame = Frame::new(site, Section::Account, "Tài khoản của tôi");
        Self { frame, account, password, token, request: request.to_owned() }
    }

    fn request_of(&self, what: &str) -> String {
        request_of(&self.request, what)
    }

    fn others(&self) -> bool {
        self.account.sessions.iter().any(|session| !session.current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    fn page(account: Account) -> String {
        let site = sample::site(Vec::new());
        AccountPage::new(&site, account, password_form("r1"), None, "r1").render().unwrap()
    }

    fn session(id: &str, current: bool) -> SessionRow {
        SessionRow { id: id.into(), device: format!("Firefox {id}"), current, ..SessionRow::default() }
    }

    #[test]
    fn the_session_in_use_has_no_button_and_the_others_go_at_once() {
        let alone = page(Account { sessions: vec![session("s1", true)], ..Account::default() });
        assert!(alone.contains("đang dùng") && !alone.contains("Thu hồi") && !alone.contains("phien-khac"));
        let two = page(Account { sessions: vec![session("s1", true), session("s2", false)], ..Account::default() });
        assert_eq!(two.matches("Thu hồi").count(), 1);
        assert!(two.contains("action=\"/tai-khoan/phien/s2/thu-hoi\"") && two.contains("value=\"r1.phien-s2\""));
        assert!(two.contains("Đăng xuất mọi nơi khác"));
    }

    #[test]
    fn without_posts_it_says_whom_to_ask() {
        let page = page(Account::default());
        assert!(page.contains("Bạn chưa giữ chức vụ nào") && page.contains("Chưa có ủy quyền nào"));
        assert!(!page.contains("Mã truy cập API"));
    }

    #[test]
    fn a_new_token_is_shown_this_once() {
        let account = Account { fresh_token: Some("cchc_abc".into()), ..Account::default() };
        let page = page(account);
        assert!(page.contains("<code>cchc_abc</code>") && page.contains("chỉ hiện một lần"));
    }
}
