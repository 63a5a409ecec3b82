//! What a pasted column or a workbook would decide: old beside new, what is wrong row by row; nothing is recorded yet.

use askama::Template;
use cchc_text::Findings;

use super::criteria_address;
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::rounds::{ADDRESS, round_address};
use crate::site::Site;

/// A row of what was pasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it stands: `dòng 3`, `ô Thẩm định!D5`.
    pub place: String,
    /// The unit; empty where none was found.
    pub key: String,
    /// Its name, or what stood there.
    pub name: String,
    /// What stands now: answer and points.
    pub before: (String, String),
    /// What would count: answer and points.
    pub after: (String, String),
    /// `up`, `dn` or nothing, and by how much.
    pub change: (&'static str, String),
    /// What is decided.
    pub verdict: &'static str,
    /// What is sent for it: value, denominator, reason, what it relies on.
    pub value: String,
    /// Its denominator.
    pub of: String,
    /// The reason.
    pub reason: String,
    /// What the decision relies on.
    pub mark: String,
    /// What is wrong with it: it is not recorded.
    pub wrong: String,
    /// What is to be looked at: it is recorded only where that is chosen.
    pub doubt: String,
    /// Nothing would change.
    pub same: bool,
}

impl Row {
    /// Whether it would be recorded.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.wrong.is_empty() && !self.same
    }

    /// The name of one of its fields.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        format!("{name}.{}", self.key)
    }
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/appraise/preview.html")]
pub struct PreviewPage {
    frame: Frame,
    title: String,
    back: String,
    action: String,
    request: String,
    rows: Vec<Row>,
    findings: Findings,
    pasted: Option<(String, bool)>,
    again: Link,
}

impl PreviewPage {
    /// The page; `pasted` is the text with whether it is points, to be corrected and sent again.
    #[must_use]
    pub fn new(
        site: &Site,
        (id, round): (&str, &str),
        title: String,
        (action, paste): (String, String),
        request: String,
        (rows, findings): (Vec<Row>, Findings),
        pasted: Option<(String, bool)>,
    ) -> Self {
        let frame = Frame::new(site, Section::Rounds, "Xem trước thẩm định")
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(round, round_address(id))
            .crumb("Thẩm định", criteria_address(id))
            .crumb(title.clone(), action.clone());
        let (back, again) = (action.clone(), Link::new("Xem trước", paste));
        Self { frame, title, back, action, request, rows, findings, pasted, again }
    }

    fn good(&self) -> usize {
        self.rows.iter().filter(|row| row.is_good() && row.doubt.is_empty()).count()
    }

    fn doubtful(&self) -> usize {
        self.rows.iter().filter(|row| row.is_good() && !row.doubt.is_empty()).count()
    }

    fn wrong(&self) -> usize {
        self.rows.iter().filter(|row| !row.wrong.is_empty()).count()
    }

    fn same(&self) -> usize {
        self.rows.iter().filter(|row| row.same && row.wrong.is_empty()).count()
    }

    fn reasonless(&self) -> usize {
        self.rows
            .iter()
            .filter(|row| row.is_good() && row.verdict != super::row::ACCEPT && row.reason.is_empty())
            .count()
    }
}
