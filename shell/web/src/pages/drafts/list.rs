//! `/ban-nhap`: what waits to be applied, and what was done with the rest.

use askama::Template;

use super::ADDRESS;
use crate::form::{Choice, Field, FormView, Kind};
use crate::frame::{Frame, Section};
use crate::list::{Link, Paging};
use crate::pages::history::words;
use crate::site::Site;

/// Where drafts stand, with the word and the class of each.
const STANDINGS: [(&str, &str, &str); 3] =
    [("open", "đang chờ", "part"), ("applied", "đã áp dụng", "ok"), ("discarded", "đã bỏ", "no")];

/// A draft in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftRow {
    /// Kind of rule and its name, leading to the draft.
    pub what: Link,
    /// The difference in a sentence.
    pub summary: String,
    /// Who prepared it.
    pub who: Link,
    /// When: `16/01/2023, 08:05`.
    pub when: String,
    /// Errors found.
    pub errors: u32,
    /// Warnings found.
    pub warnings: u32,
    /// Where it stands, as the store writes it: `open`.
    pub standing: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "drafts/list.html")]
pub struct DraftsPage {
    frame: Frame,
    filter: FormView,
    rows: Vec<DraftRow>,
    paging: Paging,
    /// The ways to prepare a change that the viewer may go.
    ways: Vec<Link>,
}

/// The form that narrows the list.
#[must_use]
pub fn filter() -> FormView {
    let kinds = std::iter::once(("", "Mọi loại")).chain(words::RULES);
    let standings = STANDINGS.into_iter().map(|(code, word, _)| (code, word));
    let standings = std::iter::once(("", "Mọi tình trạng")).chain(standings);
    FormView::filter(ADDRESS).field(Field::new("loai", "Loại", Kind::One(Choice::list(kinds, "")))).field(Field::new(
        "tinh-trang",
        "Tình trạng",
        Kind::One(Choice::list(standings, "")),
    ))
}

/// The word for where a draft stands.
#[must_use]
pub fn standing_word(standing: &str) -> &str {
    STANDINGS.iter().find(|(code, _, _)| *code == standing).map_or(standing, |(_, word, _)| word)
}

/// Its class of the style sheet.
#[must_use]
pub fn standing_class(standing: &str) -> &'static str {
    STANDINGS.iter().find(|(code, _, _)| *code == standing).map_or("na", |(_, _, class)| class)
}

impl DraftsPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, filter: FormView, rows: Vec<DraftRow>, paging: Paging, ways: Vec<Link>) -> Self {
        Self { frame: Frame::new(site, Section::Drafts, "Bản nháp"), filter, rows, paging, ways }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::sent;
    use crate::pages::publication::sample;

    fn page(filter: FormView, rows: Vec<DraftRow>, ways: Vec<Link>) -> String {
        let paging = Paging::whole(rows.len());
        DraftsPage::new(&sample::site(Vec::new()), filter, rows, paging, ways).render().unwrap()
    }

    #[test]
    fn a_row_says_errors_and_standing_in_words() {
        let row = |standing: &str, errors| DraftRow {
            what: Link::new("Đơn vị hành chính", "/ban-nhap/1"),
            standing: standing.into(),
            errors,
            ..DraftRow::default()
        };
        let page = page(filter(), vec![row("open", 2), row("applied", 0)], Vec::new());
        assert!(
            page.contains("<span class=\"st late\">2 lỗi</span>")
                && page.contains("<span class=\"st part\">đang chờ</span>")
        );
        assert!(page.contains("<span class=\"st ok\">đã áp dụng</span>") && !page.contains("0 lỗi"));
    }

    #[test]
    fn an_empty_list_says_how_a_draft_comes_about() {
        let ways = vec![Link::new("Nhập tệp đơn vị", "/don-vi/nhap")];
        let empty = page(filter(), Vec::new(), ways);
        assert!(empty.contains("Chưa có bản nháp nào") && empty.contains("href=\"/don-vi/nhap\""));
        let narrowed = filter().filled(&sent(&[("tinh-trang", "open")]));
        assert!(page(narrowed, Vec::new(), Vec::new()).contains("Không có bản nháp nào như vậy"));
    }
}
