//! What every page of a publication begins with: the publication, its register, its figures, its frame.

use std::sync::Arc;

use cchc_index::set::Status;
use cchc_index::{CriteriaSet, ScoredUnit};
use cchc_papers::package::{About, Package};
use cchc_text::date::vietnamese;

use super::address;
use super::figures::Figures;
use super::group::{Group, groups};
use super::register::Register;
use crate::error::ErrorPage;
use crate::frame::{Frame, ILLUSTRATIVE, SIMULATED, Section};
use crate::site::Origin;
use crate::{Publication, Site};

/// The content of a set could not be read at an official source.
const UNCONFIRMED: &str = "Chưa xác nhận: nội dung bộ tiêu chí chưa đọc được ở văn bản gốc.";

/// A later decision published the result anew.
const REPLACED: &str = "Bản công bố trước: kết quả này đã được thay bằng kết quả công bố sau.";
/// The result was made by a visitor.
const TRIED: &str = "Chấm thử: kết quả từ tệp của người xem, không phải công bố, chỉ giữ tạm trong bộ nhớ.";
/// The package was brought by a visitor.
const VERIFIED: &str = "Gói được gửi lên để kiểm chứng: không phải công bố ở đây, chỉ giữ tạm trong bộ nhớ.";

/// A publication that is being shown.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The site.
    pub site: &'a Site,
    /// The publication.
    pub publication: &'a Publication,
    /// Names, districts, protocol order.
    pub register: Register<'a>,
    /// How its numbers are printed.
    pub figures: Figures,
}

/// `2. Cải cách thể chế`; the title alone where the code is a word for programs (`appraised`).
#[must_use]
pub fn numbered(code: &str, title: &str) -> String {
    let is_word = code.chars().count() > 3 && code.starts_with(|letter: char| letter.is_ascii_lowercase());
    if is_word { title.to_owned() } else { format!("{code}. {title}") }
}

/// The publication of that id.
///
/// # Errors
/// [`ErrorPage`] 404 that leads to the list.
pub fn find(site: &Site, id: &str) -> Result<Arc<Publication>, ErrorPage> {
    site.lookup(id).ok_or_else(|| {
        ErrorPage::not_found("Không có công bố này")
            .because(format!("Ở đây không có công bố nào mang mã «{id}»."))
            .because("Có thể địa chỉ bị gõ nhầm, hoặc đây là kết quả chấm thử đã được dọn khỏi bộ nhớ.")
            .way("Xem mọi công bố", "/cong-bo")
    })
}

impl<'a> Shown<'a> {
    /// Shows a publication.
    #[must_use]
    pub fn new(site: &'a Site, publication: &'a Publication) -> Self {
        let register = Register::new(&site.units, publication.package.about.units_as_of);
        Self { site, publication, register, figures: Figures::of(&publication.package.set) }
    }

    /// The package.
    #[must_use]
    pub fn package(&self) -> &'a Package {
        &self.publication.package
    }

    /// The particulars.
    #[must_use]
    pub fn about(&self) -> &'a About {
        &self.publication.package.about
    }

    /// The criteria set.
    #[must_use]
    pub fn set(&self) -> &'a CriteriaSet {
        &self.publication.package.set
    }

    /// `/cong-bo/{id}`.
    #[must_use]
    pub fn href(&self) -> String {
        address::publication(self.publication.id())
    }

    /// The result that replaced it: its title with its decision, and its page.
    #[must_use]
    pub fn replaced_by(&self) -> Option<(String, String)> {
        let id = self.publication.replaced_by.as_ref()?;
        let later = self.site.lookup(id)?;
        let about = &later.package.about;
        let day = about.published_on.map(|day| format!(" ngày {}", vietnamese(day))).unwrap_or_default();
        let decision = if about.decision.is_empty() { String::new() } else { format!(", {}", about.decision) };
        Some((format!("kết quả công bố{day}{decision}"), address::publication(id)))
    }

    /// The page of a unit.
    #[must_use]
    pub fn unit_href(&self, code: &str) -> String {
        address::unit(self.publication.id(), code)
    }

    /// The page of a criterion.
    #[must_use]
    pub fn criterion_href(&self, code: &str) -> String {
        address::criterion(self.publication.id(), code)
    }

    /// The name of a unit.
    #[must_use]
    pub fn name(&self, unit: &ScoredUnit) -> String {
        self.register.name(unit)
    }

    /// `2. Cải cách thể chế`.
    #[must_use]
    pub fn title(&self, criterion: usize) -> String {
        let node = self.set().criteria.get(criterion);
        node.map(|node| numbered(&node.code, &node.title)).unwrap_or_default()
    }

    /// The name of a class by its position.
    #[must_use]
    pub fn class(&self, class: Option<usize>) -> String {
        let class = class.and_then(|class| self.set().classes.get(class));
        class.map_or_else(|| "không xếp loại".to_owned(), |class| class.name.clone())
    }

    /// Its groups, in the order of the set.
    #[must_use]
    pub fn groups(&self) -> Vec<Group<'a>> {
        groups(self.set(), &self.package().scored.units, &self.register)
    }

    /// The group of that code; the first one where none is asked for.
    ///
    /// # Errors
    /// [`ErrorPage`] 404 that names the groups.
    pub fn group(&self, code: Option<&str>) -> Result<Group<'a>, ErrorPage> {
        let groups = self.groups();
        let found = match code {
            None => groups.first(),
            Some(code) => groups.iter().find(|group| group.code == code),
        };
        found.cloned().ok_or_else(|| {
            let page = ErrorPage::not_found("Không có nhóm đơn vị này")
                .because("Công bố này không có đơn vị nào thuộc nhóm được hỏi.");
            groups.iter().fold(page, |page, group| page.way(group.name.clone(), self.group_href(&group.code)))
        })
    }

    /// The ranking of a group.
    #[must_use]
    pub fn group_href(&self, code: &str) -> String {
        format!("{}?nhom={}", self.href(), address::encode(code))
    }

    /// The frame of a page below the publication.
    #[must_use]
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        self.begun(title).crumb(self.about().title.clone(), self.href())
    }

    /// The frame of the publication's own page.
    #[must_use]
    pub fn own_frame(&self) -> Frame {
        self.begun(self.about().title.clone())
    }

    /// A frame with the marks that hold for every page of the publication.
    fn begun(&self, title: impl Into<String>) -> Frame {
        let (section, label, href) = match self.publication.origin {
            Origin::Published => (Section::Publications, "Công bố", "/cong-bo"),
            Origin::Tried => (Section::Trial, "Chấm thử", "/chi-so/cham-thu"),
            Origin::Verified => (Section::Trial, "Kiểm chứng", "/chi-so/kiem-chung"),
        };
        let frame = Frame::new(self.site, section, title).crumb(label, href);
        self.marks().into_iter().fold(frame, Frame::mark)
    }

    /// What its numbers and rules are not.
    #[must_use]
    pub fn marks(&self) -> Vec<&'static str> {
        let origin = match self.publication.origin {
            Origin::Published => None,
            Origin::Tried => Some(TRIED),
            Origin::Verified => Some(VERIFIED),
        };
        let status = match self.set().status {
            Status::Illustrative => Some(ILLUSTRATIVE),
            Status::Unconfirmed => Some(UNCONFIRMED),
            Status::Official | Status::Observed => None,
        };
        let replaced = self.publication.replaced_by.as_ref().map(|_| REPLACED);
        [replaced, origin, self.about().simulated.then_some(SIMULATED), status].into_iter().flatten().collect()
    }

    /// `Công bố ngày 18/02/2022 · Quyết định …`: the particulars that are known.
    #[must_use]
    pub fn particulars(&self) -> Vec<String> {
        let about = self.about();
        let day = about.published_on.map(|day| format!("Công bố ngày {}", vietnamese(day)));
        let parts = [Some(about.organiser.clone()), day, Some(about.decision.clone())];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
    }

    /// What the status of the set means, where it is not as issued.
    #[must_use]
    pub fn status_note(&self) -> Option<&'a str> {
        let set = self.set();
        (set.status != Status::Official && !set.status_note.is_empty()).then_some(set.status_note.as_str())
    }

    /// The pages of the publication, the current one marked.
    #[must_use]
    pub fn pages(&self, current: PageOf) -> Vec<Tab> {
        let partial = self.about().partial;
        let href = self.href();
        let tab = |page: PageOf, label: &str, path: &str| Tab {
            label: label.to_owned(),
            href: format!("{href}{path}"),
            current: page == current,
        };
        let mut tabs = vec![tab(PageOf::Ranking, if partial { "Kết quả" } else { "Xếp hạng" }, "")];
        if !partial && self.set().fields().count() > 1 {
            tabs.push(tab(PageOf::Fields, "Theo lĩnh vực", "/linh-vuc"));
        }
        tabs.push(tab(PageOf::Criteria, "Theo tiêu chí", "/tieu-chi"));
        if !partial {
            tabs.push(tab(PageOf::Years, "So với năm khác", "/so-sanh"));
        }
        tabs.push(tab(PageOf::Findings, "Phát hiện", "/phat-hien"));
        tabs
    }
}

/// A page of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageOf {
    /// The ranking, or what was published.
    Ranking,
    /// Units by fields.
    Fields,
    /// Criteria.
    Criteria,
    /// Choosing another year.
    Years,
    /// Findings.
    Findings,
    /// A page of no tab.
    Other,
}

/// A link in a row of tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the current page.
    pub current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_a_word_is_left_out() {
        let said =
            [("3.4.1", "A"), ("C1", "B"), ("T1.2", "C"), ("sipas", "D")].map(|(code, title)| numbered(code, title));
        assert_eq!(said, ["3.4.1. A", "C1. B", "T1.2. C", "D"]);
    }
}
