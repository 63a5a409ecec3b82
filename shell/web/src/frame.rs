//! What surrounds every page: title, navigation, marks, the way back.

use askama::Template;
use axum::response::Html;
use cchc_text::date::vietnamese;

use crate::error::ErrorPage;
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
}

/// A part of the site, as in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The home page, and pages that belong nowhere.
    Home,
    /// Published results.
    Publications,
    /// Criteria sets.
    Sets,
    /// Trying a file out, verifying a package.
    Trial,
    /// Units.
    Units,
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
    /// The navigation, in its order.
    pub const NAVIGATION: [(Self, &'static str, &'static str); 5] = [
        (Self::Publications, "Công bố", "/cong-bo"),
        (Self::Sets, "Bộ tiêu chí", "/chi-so/bo-tieu-chi"),
        (Self::Trial, "Chấm thử", "/chi-so/cham-thu"),
        (Self::Units, "Đơn vị", "/don-vi"),
        (Self::Help, "Trợ giúp", "/tro-giup"),
    ];
}

impl Frame {
    /// The frame of a page of that title.
    #[must_use]
    pub fn new(site: &Site, section: Section, title: impl Into<String>) -> Self {
        let clock = site.now.local();
        let shown = || format!("{}, {:02}:{:02}", vietnamese(site.today), clock.hour(), clock.minute());
        let demonstration = site.demonstration.then(shown);
        Self { title: title.into(), section, crumbs: Vec::new(), demonstration, marks: Vec::new() }
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

    /// The navigation with the current part marked.
    pub fn navigation(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        Section::NAVIGATION.into_iter().map(|(section, label, href)| (label, href, section == self.section))
    }

    /// Address of a built-in file.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::address(name)
    }
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
