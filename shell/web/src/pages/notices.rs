//! `/thong-bao`: what the system has to say to whoever is logged in.

use askama::Template;
use cchc_store::notices::Inbox;

use crate::form::request_of;
use crate::frame::{Frame, Section};
use crate::list::Paging;
use crate::site::Site;

/// The page; below it lie its buttons.
pub const ADDRESS: &str = "/thong-bao";
/// What the address says for unread notices alone.
pub const UNREAD: &str = "chua-doc";

/// A notice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeRow {
    /// Its id for the button.
    pub id: String,
    /// When it came: `16/01/2023, 08:05`.
    pub at: String,
    /// What it says, a sentence.
    pub text: String,
    /// More of it; may be empty.
    pub more: String,
    /// Where the matter is; empty: nowhere.
    pub href: String,
    /// Whether it was read.
    pub is_read: bool,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "notices.html")]
pub struct NoticesPage {
    frame: Frame,
    rows: Vec<NoticeRow>,
    paging: Paging,
    inbox: Inbox,
    unread: u32,
    request: String,
}

impl NoticesPage {
    /// The page, the latest notices first.
    #[must_use]
    pub fn new(site: &Site, rows: Vec<NoticeRow>, paging: Paging, inbox: Inbox, request: &str) -> Self {
        let frame = Frame::new(site, Section::Notices, "Thông báo");
        Self { frame, rows, paging, inbox, unread: site.visitor.unread, request: request.to_owned() }
    }

    fn is_unread(&self) -> bool {
        self.inbox == Inbox::Unread
    }

    fn request_of(&self, what: &str) -> String {
        request_of(&self.request, what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::publication::sample;

    fn page(rows: Vec<NoticeRow>, unread: u32) -> String {
        let mut site = sample::site(Vec::new());
        site.visitor.unread = unread;
        NoticesPage::new(&site, rows, Paging::default(), Inbox::All, "r1").render().unwrap()
    }

    #[test]
    fn what_is_unread_says_so_in_a_word_and_can_be_marked() {
        let row = |id: &str, is_read| NoticeRow {
            id: id.into(),
            text: format!("Việc {id}"),
            is_read,
            ..NoticeRow::default()
        };
        let page = page(vec![row("n1", false), row("n2", true)], 1);
        assert!(page.contains("<b>1</b> thông báo chưa đọc"));
        assert_eq!((page.matches("chưa đọc</span>").count(), page.matches("Đã đọc</button>").count()), (1, 1));
        assert!(page.contains("action=\"/thong-bao/n1/da-doc\"") && page.contains("value=\"r1.n1\""));
        assert!(page.contains("action=\"/thong-bao/da-doc\""));
    }

    #[test]
    fn with_nothing_to_say_it_says_what_would_come() {
        let page = page(Vec::new(), 0);
        assert!(page.contains("Chưa có thông báo nào") && !page.contains("<button class=\"btn q\">Đánh dấu"));
    }
}
