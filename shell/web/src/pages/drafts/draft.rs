//! `/ban-nhap/{id}`: every finding and every difference of a prepared change, and the decision on it.

use askama::Template;
use cchc_text::{Change, Findings, Severity};

use super::ADDRESS;
use super::list;
use crate::form::{Field, FormView, request_of};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::site::Site;

/// Differences that are shown at once; the rest is behind a fold.
const TOLD: usize = 200;

/// A prepared change.
#[derive(Debug, Clone, Default)]
pub struct DraftView {
    /// Key of its stream.
    pub id: String,
    /// Kind of rule and its name: `Đơn vị hành chính, vinh-phuc`.
    pub what: String,
    /// The difference in a sentence.
    pub summary: String,
    /// Who prepared it.
    pub who: Link,
    /// When.
    pub when: String,
    /// Where it stands, as the store writes it: `open`.
    pub standing: String,
    /// Days of validity: `từ 01/07/2025 đến nay`.
    pub validity: String,
    /// Legal basis or source.
    pub basis: String,
    /// The file that was handed in, leading to it; empty: it was typed in.
    pub file: Link,
    /// The versions of the rule.
    pub rule: Link,
    /// Everything that was found.
    pub findings: Findings,
    /// What differs from what is in force.
    pub differences: Vec<Difference>,
    /// Why it can't be applied by this viewer now; `None`: it can.
    pub obstacle: Option<String>,
    /// Whether this viewer may give it up.
    pub may_discard: bool,
    /// What became of it; `None` while it is open.
    pub ended: Option<Ended>,
}

/// What became of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Who decided.
    pub who: Link,
    /// When.
    pub when: String,
    /// Why; may be empty.
    pub reason: String,
    /// Address of the decision in the history.
    pub event: String,
    /// How far the change is; `None`: it was given up.
    pub progress: Option<Progress>,
}

/// How far the change of the rule is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It is being done.
    UnderWay,
    /// It is a version of the rule now.
    Published(Link),
    /// It was the version in force already.
    NothingNew,
    /// It went wrong, and will be tried again.
    Delayed(String),
    /// It went wrong for good.
    Failed(String),
}

/// A line that differs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// What: a unit, a criterion, a day.
    pub what: String,
    /// Which part of it: `tên`, `cấp`; empty: the whole.
    pub part: String,
    /// As it is in force; `None`: there is none.
    pub before: Option<String>,
    /// As it would be; `None`: it would go.
    pub after: Option<String>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "drafts/draft.html")]
pub struct DraftPage {
    frame: Frame,
    draft: DraftView,
    apply: FormView,
    discard: FormView,
}

/// The form that gives a draft up.
#[must_use]
pub fn discard_form(id: &str, request: &str) -> FormView {
    FormView::new(format!("{ADDRESS}/{id}/bo"), request_of(request, "bo"), "Bỏ bản nháp")
        .field(Field::long("ly-do", "Lý do bỏ").required())
}

/// The form that applies a draft.
#[must_use]
pub fn apply_form(id: &str, request: &str) -> FormView {
    FormView::new(format!("{ADDRESS}/{id}/ap-dung"), request_of(request, "ap-dung"), "Áp dụng")
        .field(Field::long("ghi-chu", "Ghi chú khi áp dụng"))
}

impl DraftPage {
    /// The page with its two forms.
    #[must_use]
    pub fn new(site: &Site, mut draft: DraftView, apply: FormView, discard: FormView) -> Self {
        draft.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let frame = Frame::new(site, Section::Drafts, draft.what.clone()).crumb("Bản nháp", ADDRESS);
        Self { frame, draft, apply, discard }
    }

    fn errors(&self) -> usize {
        self.draft.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
    }

    fn is_open(&self) -> bool {
        self.draft.standing == "open"
    }

    /// The differences shown at once, and those behind a fold.
    fn split(&self) -> (&[Difference], &[Difference]) {
        self.draft.differences.split_at(self.draft.differences.len().min(TOLD))
    }
}

impl From<&Change> for Difference {
    fn from(change: &Change) -> Self {
        let (what, part) = (change.what.clone(), change.part.clone());
        Self { what, part, before: change.before.clone(), after: change.after.clone() }
    }
}

impl Difference {
    /// The class of the style sheet for it.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "ok",
            (_, None) => "no",
            _ => "part",
        }
    }

    /// The word for it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "thêm",
            (_, None) => "bỏ",
            _ => "đổi",
        }
    }
}

#[cfg(test)]
mod tests {
    use cchc_text::{Finding, Place};

    use super::*;
    use crate::pages::publication::sample;

    fn page(draft: DraftView) -> String {
        let site = sample::site(Vec::new());
        DraftPage::new(&site, draft, apply_form("d1", "r1"), discard_form("d1", "r1")).render().unwrap()
    }

    fn draft() -> DraftView {
        let line = |before: Option<&str>, after: Option<&str>| Difference {
            what: "Phường Tích Sơn".into(),
            part: "tên".into(),
            before: before.map(Into::into),
            after: after.map(Into::into),
        };
        DraftView {
            id: "d1".into(),
            what: "Đơn vị hành chính, vinh-phuc".into(),
            standing: "open".into(),
            differences: vec![line(Some("cũ"), Some("mới")), line(None, Some("mới")), line(Some("cũ"), None)],
            may_discard: true,
            ..DraftView::default()
        }
    }

    #[test]
    fn every_finding_and_difference_is_there_errors_first() {
        let findings = vec![
            Finding::note("a", Place::default(), "Lưu ý một"),
            Finding::error("b", Place::line("don-vi.csv", 3), "Lỗi một"),
        ];
        let page = page(DraftView { findings, obstacle: Some("Còn 1 lỗi.".into()), ..draft() });
        assert!(page.find("Lỗi một").unwrap() < page.find("Lưu ý một").unwrap());
        for word in ["đổi</span>", "thêm</span>", "bỏ</span>", "Còn 1 lỗi."] {
            assert!(page.contains(word), "{word}");
        }
        assert!(!page.contains("action=\"/ban-nhap/d1/ap-dung\"") && page.contains("action=\"/ban-nhap/d1/bo\""));
    }

    #[test]
    fn apply_and_discard_are_requests_of_their_own() {
        let page = page(draft());
        assert!(page.contains("value=\"r1.ap-dung\"") && page.contains("value=\"r1.bo\""));
        assert!(page.contains("Không có lỗi hay cảnh báo nào"));
    }

    #[test]
    fn what_is_closed_has_no_buttons() {
        let page = page(DraftView { standing: "applied".into(), ..draft() });
        assert!(
            page.contains("đã áp dụng")
                && !page.contains("<button class=\"btn\">Áp dụng")
                && !page.contains("Bỏ bản nháp")
        );
    }

    #[test]
    fn the_same_as_in_force_is_said() {
        assert!(page(DraftView { differences: Vec::new(), ..draft() }).contains("Không khác gì bản đang dùng"));
    }

    #[test]
    fn what_became_of_it_is_told() {
        let ended = |progress| Ended {
            who: Link::text("An (mô phỏng)"),
            when: "16/01/2023, 08:05".into(),
            reason: "nhầm tệp".into(),
            event: "/so-cai/ab".into(),
            progress,
        };
        let told = |standing: &str, progress| {
            page(DraftView { standing: standing.into(), ended: Some(ended(progress)), ..draft() })
        };
        let published = Progress::Published(Link::new("bản 2 của quy tắc", "/quy-tac/units/vinh-phuc#ban-2"));
        let told_published = told("applied", Some(published));
        assert!(told_published.contains("bản 2 của quy tắc</a>") && told_published.contains("href=\"/so-cai/ab\""));
        assert!(told("applied", Some(Progress::UnderWay)).contains("Đang áp dụng"));
        assert!(told("applied", Some(Progress::Failed("đĩa đầy".into()))).contains("đĩa đầy"));
        assert!(told("discarded", None).contains("nhầm tệp"));
    }
}
