//! `/nguoi-dung/{id}/chuc-vu/{post}/ban-giao`: all open work of a post passes on at once; the list to sign is printed.

use askama::Template;
use cchc_access::PostId;

use super::{ADDRESS, person_address};
use crate::form::{Choice, Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::site::Site;

/// An open item of the post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkRow {
    /// Kind of work: `Bản nháp`.
    pub kind: String,
    /// What it is about, leading to it.
    pub title: Link,
    /// Since when it is open.
    pub since: String,
}

/// One of the two who sign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Post.
    pub post: String,
    /// Unit.
    pub unit: String,
}

/// The page before: what would pass on, and to whom.
#[derive(Debug, Template)]
#[template(path = "people/handover.html")]
pub struct HandoverPage {
    frame: Frame,
    giver: Party,
    work: Vec<WorkRow>,
    form: FormView,
}

/// The page after: the list to sign, made to be printed.
#[derive(Debug, Template)]
#[template(path = "people/handover_list.html")]
pub struct HandoverListPage {
    frame: Frame,
    /// Who gave.
    giver: Party,
    /// Who took.
    taker: Party,
    /// The day of the handover.
    day: String,
    /// The record's number and symbol; may be empty.
    document: String,
    work: Vec<WorkRow>,
    /// How far it is.
    progress: Progress,
    /// In which capacity the giver signs: `KT.`; empty: as himself.
    capacity: &'static str,
    /// Address of this page.
    address: String,
}

/// How far a handover is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items that are still being moved.
    pub moving: usize,
    /// What went wrong at the last try; empty: nothing.
    pub wrong: String,
}

/// The form; `takers` are `person/post` and names with posts.
#[must_use]
pub fn form(request: &str, person: &str, post: &PostId, takers: &[(String, String)]) -> FormView {
    let takers = std::iter::once((String::new(), "Chọn người nhận".to_owned())).chain(takers.iter().cloned());
    FormView::new(format!("{}/chuc-vu/{post}/ban-giao", person_address(person)), request, "Bàn giao tất cả")
        .field(Field::new("nguoi-nhan", "Người nhận, theo chức vụ", Kind::One(Choice::list(takers, ""))).required())
        .field(Field::text("van-ban", "Số, ký hiệu biên bản"))
        .may_be_late()
}

impl HandoverPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, person: &str, giver: Party, work: Vec<WorkRow>, form: FormView) -> Self {
        let frame = Frame::new(site, Section::People, "Bàn giao công việc")
            .crumb("Người dùng", ADDRESS)
            .crumb(giver.name.clone(), person_address(person));
        Self { frame, giver, work, form }
    }
}

impl HandoverListPage {
    /// The page, with where it is.
    #[must_use]
    pub fn new(
        site: &Site,
        (giver, taker): (Party, Party),
        (day, document): (String, String),
        work: Vec<WorkRow>,
        progress: Progress,
        address: &str,
    ) -> Self {
        let frame = Frame::new(site, Section::People, "Danh sách bàn giao công việc").crumb("Người dùng", ADDRESS);
        Self { frame, giver, taker, day, document, work, progress, capacity: "", address: address.to_owned() }
    }

    /// The same, signed in a capacity: `KT.`.
    #[must_use]
    pub fn signed(self, capacity: &'static str) -> Self {
        Self { capacity, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    fn work(title: &str) -> WorkRow {
        WorkRow { kind: "Bản nháp".into(), title: Link::new(title, "/ban-nhap/1"), since: "01/03/2021".into() }
    }

    fn party(name: &str) -> Party {
        Party { name: name.into(), post: "Chuyên viên".into(), unit: "Sở Nội vụ".into() }
    }

    #[test]
    fn nothing_open_is_said_and_then_there_is_no_form() {
        let site = sample::site(Vec::new());
        let page = |work| {
            HandoverPage::new(&site, "p1", party("An"), work, form("r1", "p1", &"x".into(), &[])).render().unwrap()
        };
        assert!(
            page(Vec::new()).contains("không còn việc nào đang mở") && !page(Vec::new()).contains("Bàn giao tất cả")
        );
        let two = page(vec![work("Đổi tên xã A"), work("Đổi tên xã B")]);
        assert!(two.contains("<b>2</b> việc") && two.contains("Bàn giao tất cả") && two.contains("Đổi tên xã B"));
    }

    #[test]
    fn the_list_has_a_place_for_both_signatures() {
        let site = sample::site(Vec::new());
        let both = (party("An (mô phỏng)"), party("Bình (mô phỏng)"));
        let moving = Progress { moving: 1, wrong: "đĩa đầy".into() };
        let page = HandoverListPage::new(
            &site,
            both,
            ("01/03/2021".into(), String::new()),
            vec![work("Đổi tên xã A")],
            moving,
            "/x",
        );
        let page = page.signed("KT.").render().unwrap();
        assert!(page.contains("NGƯỜI GIAO") && page.contains("NGƯỜI NHẬN") && page.contains("Bình (mô phỏng)"));
        assert!(page.contains("Còn 1 việc đang được chuyển") && page.contains("đĩa đầy"));
        assert!(page.contains("KT. CHUYÊN VIÊN") && page.contains("href=\"/x/bien-ban.docx\""));
    }
}
