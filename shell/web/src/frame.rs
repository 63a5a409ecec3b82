//! What surrounds every page: title, navigation, marks, the way back.

use askama::Template;
use axum::response::Html;
use cchc_access::Action;
use cchc_text::date::vietnamese;

use crate::error::ErrorPage;
use crate::list::address;
use crate::pages::account::login::{ADDRESS as LOGIN, AFTER};
use crate::site::Site;

/// What a handler gives back: a page, or the page that says why not.
pub type Page = Result<Html<String>, ErrorPage>;

/// The frame of a page; a template that extends `frame.html` holds one in its field `frame`.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Title of the browser tab, without the site's name.
    pub title: String,
    /// The part of the site that the page belongs to.
    pub section: Section,
    /// The way back, from the top; the page itself comes last, as its own title.
    pub crumbs: Vec<Crumb>,
    /// The demonstration's clock as `16/01/2023, 08:05`, where this is the demonstration.
    pub demonstration: Option<String>,
    /// Sentences about the page as a whole: that its numbers are simulated, its rules illustrative.
    pub marks: Vec<&'static str>,
    /// Why nothing can be written now, where that is so.
    pub banner: Option<String>,
    /// Who looks at the page; `None`: nobody is logged in.
    pub looker: Option<Looker>,
    /// Where one logs in, to come back to this page.
    pub login: String,
    /// The parts of the site that he may see: label, address, whether the page belongs to it.
    pub navigation: Vec<(&'static str, &'static str, bool)>,
    /// The section of the help that explains the page: `so-lieu`.
    pub help: &'static str,
}

/// What the frame says of who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looker {
    /// His name.
    pub name: String,
    /// His post and unit; empty where he has none.
    pub post: String,
    /// Notices that he has not read.
    pub unread: u32,
}

/// A part of the site, as in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The home page, and pages that belong nowhere.
    Home,
    /// Published results.
    Publications,
    /// What a leader looks at.
    Leader,
    /// Rounds: planned, run, scored, appraised.
    Rounds,
    /// Criteria sets.
    Sets,
    /// Trying a file out, verifying a package.
    Trial,
    /// Units.
    Units,
    /// What was said, by whom, when.
    History,
    /// People, their posts and accounts.
    People,
    /// Changes of rules that were prepared.
    Drafts,
    /// One's own account, logging in.
    Account,
    /// One's own notices.
    Notices,
    /// How the server is doing.
    System,
    /// Searching everything.
    Search,
    /// Help.
    Help,
}

/// A step of the way back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// The numbers of a page are invented.
pub const SIMULATED: &str = "Mô phỏng: số liệu trên trang này là giả định, không phải kết quả thật.";
/// The criteria of a page are an example.
pub const ILLUSTRATIVE: &str = "Minh họa: bộ tiêu chí này là ví dụ, không phải văn bản đã ban hành.";

impl Section {
    /// Every part.
    pub const ALL: [Self; 15] = [
        Self::Home,
        Self::Publications,
        Self::Leader,
        Self::Rounds,
        Self::Sets,
        Self::Trial,
        Self::Units,
        Self::History,
        Self::People,
        Self::Drafts,
        Self::Account,
        Self::Notices,
        Self::System,
        Self::Search,
        Self::Help,
    ];

    /// The navigation, in its order, with what one must be allowed to do to be shown it; none: everybody is.
    const NAVIGATION: [(Self, &'static str, &'static str, Option<Action>); 11] = [
        (Self::Leader, "Một trang", "/mot-trang", Some(Action::ViewBoards)),
        (Self::Rounds, "Đợt chấm điểm", "/dot-cham", Some(Action::ViewRounds)),
        (Self::Publications, "Công bố", "/cong-bo", None),
        (Self::Sets, "Bộ tiêu chí", "/chi-so/bo-tieu-chi", None),
        (Self::Trial, "Chấm thử", "/chi-so/cham-thu", None),
        (Self::Units, "Đơn vị", "/don-vi", None),
        (Self::History, "Sổ cái", "/so-cai", Some(Action::ViewHistory)),
        (Self::People, "Người dùng", "/nguoi-dung", Some(Action::ViewPeople)),
        (Self::Drafts, "Bản nháp", "/ban-nhap", Some(Action::ViewDrafts)),
        (Self::System, "Hệ thống", "/he-thong", Some(Action::ManageSystem)),
        (Self::Help, "Trợ giúp", "/tro-giup", None),
    ];

    /// The section of the help that explains its pages.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::Home | Self::Help => "bat-dau",
            Self::Publications => "xep-hang",
            Self::Leader => "mot-trang",
            Self::Rounds => "dot-cham",
            Self::Sets => "bo-tieu-chi",
            Self::Trial => "so-lieu",
            Self::Units => "don-vi",
            Self::History => "so-cai",
            Self::People => "nguoi-dung",
            Self::Drafts => "ban-nhap",
            Self::Account => "tai-khoan",
            Self::Notices => "thong-bao",
            Self::System => "he-thong",
            Self::Search => "tim",
        }
    }

    /// What a visitor may see of the navigation.
    fn navigation(self, site: &Site) -> Vec<(&'static str, &'static str, bool)> {
        let may = |action: Option<Action>| action.is_none_or(|action| site.visitor.may(action, site.today));
        let shown = Self::NAVIGATION.into_iter().filter(|(_, _, _, action)| may(*action));
        shown.map(|(section, label, href, _)| (label, href, section == self)).collect()
    }
}

impl Frame {
    /// The frame of a page of that title.
    #[must_use]
    pub fn new(site: &Site, section: Section, title: impl Into<String>) -> Self {
        let clock = site.now.local();
        let shown = || format!("{}, {:02}:{:02}", vietnamese(site.today), clock.hour(), clock.minute());
        let visitor = &site.visitor;
        let looker = || Looker { name: visitor.name.clone(), post: visitor.post.clone(), unread: visitor.unread };
        Self {
            title: title.into(),
            section,
            crumbs: Vec::new(),
            demonstration: site.demonstration.then(shown),
            marks: Vec::new(),
            banner: site.banner.clone(),
            looker: (!visitor.is_public()).then(looker),
            login: login(&site.path),
            navigation: section.navigation(site),
            help: section.help(),
        }
    }

    /// The same frame, explained by another section of the help.
    #[must_use]
    pub fn explained(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// The same frame with a further step of the way back.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// The same frame with a mark ([`SIMULATED`], [`ILLUSTRATIVE`]).
    #[must_use]
    pub fn mark(mut self, mark: &'static str) -> Self {
        self.marks.push(mark);
        self
    }

    /// Address of a built-in file.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::address(name)
    }
}

/// Address of the login that leads back to that page; from the first page and from the login itself, to the first.
fn login(path: &str) -> String {
    let back = if path == "/" || path.starts_with(LOGIN) { "" } else { path };
    address(LOGIN, &[(AFTER, back)])
}

/// Writes a template out.
///
/// # Errors
/// [`ErrorPage`] 500 where the template fails, which only a value's own `Display` can cause.
pub fn render(template: &impl Template) -> Page {
    template.render().map(Html).map_err(|error| {
        tracing::error!(%error, "template");
        ErrorPage::internal()
    })
}
