//! `/dot-cham/{round}/cong-bo`: the ranking as it would be published, what is still open, the decision.

use askama::Template;
use cchc_access::Action;

use super::council_address;
use crate::form::{Field, FormView};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::rounds::{ADDRESS, round_address};
use crate::site::Site;

/// A group as it would be ranked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its units, the best first.
    pub rows: Vec<Row>,
}

/// A unit as it would be ranked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its rank; a dash where it has no result.
    pub rank: String,
    /// Its name, leading to its lines.
    pub name: Link,
    /// How it scores itself.
    pub own: String,
    /// What counts.
    pub result: String,
    /// `up`, `dn` or nothing, and by how much.
    pub change: (&'static str, String),
    /// Its class.
    pub class: String,
}

/// Something that is still open: what, and the units or lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Open {
    /// What is open.
    pub what: String,
    /// Where.
    pub which: Vec<String>,
    /// Whether it must not be published like that without a word why.
    pub is_grave: bool,
}

/// What was published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// The decision and its date.
    pub decision: String,
    /// The result of each group.
    pub links: Vec<Link>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/appraise/publish.html")]
pub struct PublishPage {
    frame: Frame,
    groups: Vec<Group>,
    open: Vec<Open>,
    published: Vec<Published>,
    closed: String,
    form: FormView,
    council: String,
    done: bool,
}

/// Address of the page.
#[must_use]
pub fn publish_address(round: &str) -> String {
    format!("{}/cong-bo", round_address(round))
}

/// Field of the number and symbol.
pub const DECISION: &str = "so";
/// Field of the date.
pub const ON: &str = "ngay";
/// Field of the name in addresses.
pub const SERIES: &str = "ma";
/// Field of the remark.
pub const NOTE: &str = "ghi-chu";

/// The form that publishes.
#[must_use]
pub fn form(round: &str, request: &str, today: String) -> FormView {
    FormView::new(publish_address(round), request, "Công bố kết quả")
        .field(Field::text(DECISION, "Số, ký hiệu quyết định").required().tip("Ví dụ 55/QĐ-UBND."))
        .field(Field::day(ON, "Ngày quyết định").required().value(today))
        .field(Field::long(NOTE, "Ghi chú cho người đọc").tip("In ở trang công bố; để trống nếu không có."))
}

impl PublishPage {
    /// The page; `closed` says why nothing can be published now.
    #[must_use]
    pub fn new(
        site: &Site,
        (id, title): (&str, &str),
        (groups, open): (Vec<Group>, Vec<Open>),
        published: Vec<Published>,
        (form, closed): (FormView, String),
        done: bool,
    ) -> Self {
        let frame = Frame::new(site, Section::Rounds, "Công bố kết quả")
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(title, round_address(id));
        let may = site.visitor.may(Action::DecideLines, site.today);
        let council = if may { council_address(id) } else { String::new() };
        Self { frame, groups, open, published, closed, form, council, done }
    }

    fn grave(&self) -> usize {
        self.open.iter().filter(|open| open.is_grave).map(|open| open.which.len()).sum()
    }

    fn units(&self) -> usize {
        self.groups.iter().map(|group| group.rows.len()).sum()
    }
}
