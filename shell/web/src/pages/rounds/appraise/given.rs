//! `/dot-cham/{round}/nhap-ket-qua`: what units don't report themselves (surveys, ratings, totals taken over),
//! pasted or from a file, shown before it is entered.

use askama::Template;
use cchc_text::Findings;

use crate::frame::{Frame, Section};
use crate::pages::rounds::{ADDRESS, round_address};
use crate::site::Site;

/// A criterion that units don't report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Criterion {
    /// Code and title.
    pub title: String,
    /// What is asked, and how it is written.
    pub asks: String,
    /// How many units have a value, of how many.
    pub given: (usize, usize),
}

/// A row that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub place: String,
    /// The unit and the criterion, in words.
    pub unit: String,
    /// The criterion.
    pub criterion: String,
    /// What stands now: value and points.
    pub before: (String, String),
    /// What would stand: value and points.
    pub after: (String, String),
    /// Where it comes from.
    pub source: String,
    /// What is wrong: it is not entered.
    pub wrong: String,
    /// Nothing would change.
    pub same: bool,
    /// Whether it was entered.
    pub done: bool,
}

/// Who may get values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open {
    /// Every unit: the round runs.
    All,
    /// The units by name whose sheets were reopened; none: nobody.
    Reopened(Vec<String>),
}

/// A line of which units that became one had different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// The unit that they became.
    pub unit: String,
    /// The criterion.
    pub criterion: String,
    /// What each had, with its source.
    pub had: Vec<String>,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/appraise/given.html")]
pub struct GivenPage {
    frame: Frame,
    action: String,
    open: Open,
    differing: Vec<Differing>,
    criteria: Vec<Criterion>,
    read: Option<Read>,
    done: usize,
}

/// What was read, to be entered.
#[derive(Debug, Default)]
pub struct Read {
    /// The rows.
    pub rows: Vec<Row>,
    /// What was noticed.
    pub findings: Findings,
    /// The rows as text, with which they are entered.
    pub text: String,
    /// Where values come from whose rows don't say.
    pub source: String,
    /// The request id.
    pub request: String,
    /// Whether this is what became of it.
    pub is_report: bool,
}

impl Read {
    fn good(&self) -> usize {
        self.rows.iter().filter(|row| row.wrong.is_empty() && !row.same).count()
    }

    fn wrong(&self) -> usize {
        self.rows.iter().filter(|row| !row.wrong.is_empty()).count()
    }

    fn done(&self) -> usize {
        self.rows.iter().filter(|row| row.done).count()
    }
}

/// Address of the page.
#[must_use]
pub fn given_address(round: &str) -> String {
    format!("{}/nhap-ket-qua", round_address(round))
}

impl GivenPage {
    /// The page.
    #[must_use]
    pub fn new(
        site: &Site,
        (id, title): (&str, &str),
        (open, differing): (Open, Vec<Differing>),
        criteria: Vec<Criterion>,
        read: Option<Read>,
        done: usize,
    ) -> Self {
        let frame = Frame::new(site, Section::Rounds, "Nhập kết quả điều tra và giá trị lấy từ nơi khác")
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(title, round_address(id));
        Self { frame, action: given_address(id), open, differing, criteria, read, done }
    }

    fn running(&self) -> bool {
        !matches!(&self.open, Open::Reopened(units) if units.is_empty())
    }

    /// The units whose sheets were reopened, after publication.
    fn reopened(&self) -> String {
        match &self.open {
            Open::All => String::new(),
            Open::Reopened(units) => units.join(", "),
        }
    }
}
