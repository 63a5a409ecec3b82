//! `/so-cai`: the history, the latest first, filtered.

use askama::Template;

use super::{ADDRESS, words};
use crate::form::{Choice, Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::list::{Link, Paging};
use crate::site::Site;

/// An event in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventRow {
    /// When it was recorded: `16/01/2023, 08:05`.
    pub recorded: String,
    /// When it happened, where that was earlier ("nhập bù").
    pub happened: Option<String>,
    /// What happened, leading to its page.
    pub what: Link,
    /// What it happened to, leading there.
    pub subject: Link,
    /// Who, leading to his page.
    pub who: Link,
    /// In which post, with its unit; empty: for himself, or the program.
    pub post: String,
    /// In which capacity: `TUQ.`; empty: his own.
    pub capacity: String,
    /// Why; empty where no reason was given.
    pub why: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "history/list.html")]
pub struct HistoryPage {
    frame: Frame,
    filter: FormView,
    rows: Vec<EventRow>,
    paging: Paging,
    /// The list as a file; empty: not for the viewer.
    export: String,
    head: Option<Head>,
}

/// The end of the ledger: whoever keeps it elsewhere can prove everything up to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Place of the last event in the one order.
    pub position: String,
    /// The chained hash of all up to it.
    pub hash: String,
}

/// What the filter sends for late entries alone.
pub const ENTERED_LATE: &str = "co";

/// The form that narrows the list; `units` are codes and names in the order of protocol.
#[must_use]
pub fn filter(units: &[(String, String)]) -> FormView {
    let kinds = std::iter::once((String::new(), "Mọi loại".to_owned())).chain(words::KINDS.into_iter().flat_map(
        |(kind, word)| {
            let whole = std::iter::once((kind.to_owned(), format!("{word}: mọi việc")));
            whole.chain(
                words::events(kind).map(move |(name, what)| (format!("{kind}/{name}"), format!("{word}: {what}"))),
            )
        },
    ));
    let late = [("", "Mọi dòng"), (ENTERED_LATE, "Chỉ dòng nhập bù")];
    let units = std::iter::once((String::new(), "Mọi đơn vị".to_owned())).chain(units.iter().cloned());
    FormView::filter(ADDRESS)
        .field(Field::new("loai", "Loại", Kind::One(Choice::list(kinds, ""))))
        .field(Field::text("chuoi", "Chuỗi"))
        .field(Field::text("nguoi", "Người làm (tên hoặc tên đăng nhập)"))
        .field(Field::new("don-vi", "Đơn vị của người làm", Kind::One(Choice::list(units, ""))))
        .field(Field::new("tu", "Ghi từ ngày", Kind::Day))
        .field(Field::new("den", "Đến hết ngày", Kind::Day))
        .field(Field::new("nhap-bu", "Nhập bù", Kind::One(Choice::list(late, ""))))
}

impl HistoryPage {
    /// The page.
    #[must_use]
    pub fn new(
        site: &Site,
        filter: FormView,
        rows: Vec<EventRow>,
        paging: Paging,
        export: String,
        head: Option<Head>,
    ) -> Self {
        Self { frame: Frame::new(site, Section::History, "Sổ cái"), filter, rows, paging, export, head }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;
    use crate::pages::publication::sample;

    fn page(filter: FormView, rows: Vec<EventRow>, export: &str) -> String {
        let paging = Paging::whole(rows.len());
        let head = Some(Head { position: "7".into(), hash: "ab".into() });
        HistoryPage::new(&sample::site(Vec::new()), filter, rows, paging, export.into(), head).render().unwrap()
    }

    #[test]
    fn what_was_entered_late_says_both_times() {
        let row = EventRow {
            recorded: "05/03/2021, 08:00".into(),
            happened: Some("01/03/2021, 00:00".into()),
            what: Link::new("Bổ nhiệm chức vụ", "/so-cai/abc"),
            who: Link::text("Hệ thống"),
            capacity: "TUQ.".into(),
            ..EventRow::default()
        };
        let page = page(filter(&[]), vec![row.clone(), EventRow { happened: None, ..row }], "/so-cai.xlsx");
        assert_eq!(page.matches("class=\"st ask\">nhập bù</span>").count(), 1);
        assert!(page.contains("01/03/2021, 00:00") && page.contains("TUQ.") && page.contains("/so-cai.xlsx"));
        assert!(page.contains("cchc ledger verify --anchor 7:ab"));
    }

    #[test]
    fn an_empty_list_says_why() {
        assert!(page(filter(&[]), Vec::new(), "/so-cai.xlsx").contains("Chưa có gì được ghi"));
        let mut wrong = filter(&[]).filled(&sent(&[("tu", "31/02/2021")]));
        wrong.day("tu", &sent(&[("tu", "31/02/2021")]));
        let page = page(wrong, Vec::new(), "");
        assert!(page.contains("Bỏ bớt điều kiện lọc") && page.contains("id=\"tu-loi\"") && !page.contains("Tải XLSX"));
    }
}
