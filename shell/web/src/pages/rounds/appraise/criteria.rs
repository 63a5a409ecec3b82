//! `/dot-cham/{round}/tieu-chi`: the criteria by field, with how many units are decided, asked, waiting.

use askama::Template;

use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::publication::shown::Tab;
use crate::pages::rounds::appraise::criteria_address;
use crate::pages::rounds::{ADDRESS, round_address};
use crate::site::Site;

/// How far units are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Cells to be decided in all.
    pub cells: usize,
    /// Decided in this phase.
    pub decided: usize,
    /// Asked, without an answer yet.
    pub asked: usize,
    /// Not handed in.
    pub absent: usize,
    /// Accepted as they were, of those decided.
    pub accepted: usize,
    /// Decided in the first and in the second appraisal.
    pub twice: usize,
    /// Of them, alike.
    pub alike: usize,
}

impl Counts {
    /// How many wait for the appraiser.
    #[must_use]
    pub const fn waiting(&self) -> usize {
        self.cells.saturating_sub(self.decided).saturating_sub(self.asked).saturating_sub(self.absent)
    }

    /// Adds others.
    pub const fn add(&mut self, other: &Self) {
        self.cells = self.cells.saturating_add(other.cells);
        self.decided = self.decided.saturating_add(other.decided);
        self.asked = self.asked.saturating_add(other.asked);
        self.absent = self.absent.saturating_add(other.absent);
        self.accepted = self.accepted.saturating_add(other.accepted);
        self.twice = self.twice.saturating_add(other.twice);
        self.alike = self.alike.saturating_add(other.alike);
    }

    /// The share that was accepted, of what was decided: `94 %`.
    #[must_use]
    pub fn accepted_share(&self) -> String {
        share(self.accepted, self.decided)
    }

    /// The share in which both appraisals agree.
    #[must_use]
    pub fn alike_share(&self) -> String {
        share(self.alike, self.twice)
    }
}

/// A share in whole percent; a dash where there is nothing to share.
fn share(part: usize, of: usize) -> String {
    part.saturating_mul(100).checked_div(of).map_or_else(|| "–".to_owned(), |share| format!("{share}\u{a0}%"))
}

/// A criterion.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its code.
    pub code: String,
    /// Its title, leading to its grid where he may see it.
    pub title: Link,
    /// Its maximum.
    pub max: String,
    /// Who appraises.
    pub agency: String,
    /// Whether it is the visitor's to appraise.
    pub own: bool,
    /// How far it is.
    pub counts: Counts,
}

/// A field with its criteria.
#[derive(Debug, Clone)]
pub struct Field {
    /// Code and title.
    pub title: String,
    /// Its criteria.
    pub rows: Vec<Row>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/appraise/criteria.html")]
pub struct CriteriaPage {
    frame: Frame,
    phase: String,
    running: bool,
    tabs: Vec<Tab>,
    total: Counts,
    own: Vec<Field>,
    others: Vec<Field>,
    units: Vec<Link>,
    only: Option<String>,
    all: String,
}

impl CriteriaPage {
    /// The page; `fields` have what is his and what is others', of one agency alone where it is named.
    #[must_use]
    pub fn new(
        site: &Site,
        (id, title): (&str, &str),
        (phase, running): (String, bool),
        tabs: Vec<Tab>,
        (fields, only): (Vec<Field>, Option<String>),
        units: Vec<Link>,
    ) -> Self {
        let frame = Frame::new(site, Section::Rounds, "Thẩm định theo tiêu chí")
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(title, round_address(id));
        let of = |own: bool| -> Vec<Field> {
            let kept = fields.iter().map(|field| Field {
                title: field.title.clone(),
                rows: field.rows.iter().filter(|row| row.own == own).cloned().collect(),
            });
            kept.filter(|field| !field.rows.is_empty()).collect()
        };
        let (own, others) = (of(true), of(false));
        let mut total = Counts::default();
        let counted = if own.is_empty() { &others } else { &own };
        counted.iter().flat_map(|field| &field.rows).for_each(|row| total.add(&row.counts));
        Self { frame, phase, running, tabs, total, own, others, units, only, all: criteria_address(id) }
    }
}
