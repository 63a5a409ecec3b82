//! `/dot-cham/{round}/giai-trinh/{unit}`: what the first appraisal changed, and what the unit says to it.

use askama::Template;

use crate::frame::{Frame, Section};
use crate::pages::rounds::{ADDRESS, round_address, sheet_address};
use crate::site::Site;

/// A line that the appraisal changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Code of the criterion.
    pub key: String,
    /// Its title.
    pub title: String,
    /// What the unit answered, and its points.
    pub own: (String, String),
    /// What was decided, and its points.
    pub decided: (String, String),
    /// `up`, `dn` or nothing, and by how much.
    pub change: (&'static str, String),
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What the unit says: `dong-y`, `khong`; empty: nothing yet.
    pub says: String,
    /// Its reasons.
    pub text: String,
    /// What the second appraisal decided: points, reason; empty: nothing yet.
    pub second: Option<(String, String)>,
    /// What is wrong with what was typed.
    pub wrong: Option<String>,
}

/// Agrees.
pub const AGREES: &str = "dong-y";
/// Does not agree.
pub const DISAGREES: &str = "khong";
/// Field of whether the unit agrees; the line follows after a dot.
pub const SAYS: &str = "y";
/// Field of its reasons.
pub const TEXT: &str = "t";

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/appraise/explain.html")]
pub struct ExplainPage {
    frame: Frame,
    lede: String,
    action: String,
    request: String,
    rows: Vec<Row>,
    open: bool,
    done: usize,
    sheet: String,
}

impl ExplainPage {
    /// The page; `open`: explanations are taken now.
    #[must_use]
    pub fn new(
        site: &Site,
        (id, title): (&str, &str),
        (unit, name): (&str, &str),
        lede: String,
        rows: Vec<Row>,
        (open, request, done): (bool, String, usize),
    ) -> Self {
        let frame = Frame::new(site, Section::Rounds, format!("Giải trình: {name}"))
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(title, round_address(id));
        let sheet = sheet_address(id, unit);
        Self { frame, lede, action: super::explain_address(id, unit), request, rows, open, done, sheet }
    }

    fn wrong(&self) -> usize {
        self.rows.iter().filter(|row| row.wrong.is_some()).count()
    }
}
