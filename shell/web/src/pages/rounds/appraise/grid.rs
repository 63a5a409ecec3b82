//! `/dot-cham/{round}/tieu-chi/{code}`: one criterion of all units; `/dot-cham/{round}/tham-dinh/{unit}`: all
//! criteria of one unit. The same rows, the same form.

use askama::Template;

use super::criteria_address;
use super::row::Row;
use crate::chart::Svg;
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::publication::shown::Tab;
use crate::pages::publication::spread::Step;
use crate::pages::rounds::{ADDRESS, round_address};
use crate::site::Site;

/// What became of what was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that were recorded.
    pub done: usize,
    /// What is wrong with the form as a whole.
    pub wrongs: Vec<String>,
    /// Rows that were refused: name, where it stands, why.
    pub refused: Vec<(String, String, String)>,
}

/// What the one decision of many says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Many {
    /// The decision.
    pub verdict: String,
    /// The answer or the points.
    pub value: String,
    /// The reason.
    pub reason: String,
    /// The last day to answer a question.
    pub until: String,
}

/// How results are spread.
#[derive(Debug)]
pub struct Spread {
    /// The chart.
    pub chart: Svg,
    /// What a mark of it means.
    pub key: String,
    /// How many units lie in each step.
    pub steps: Vec<Step>,
}

/// What a grid is about.
#[derive(Debug, Default)]
pub struct About {
    /// Id and title of the round.
    pub round: (String, String),
    /// What stands above: `3.2 Hồ sơ giải quyết đúng hạn`.
    pub title: String,
    /// How far it is, and until when.
    pub lede: String,
    /// The rule in words, what is asked, what proves it.
    pub rule: Vec<(&'static str, String)>,
    /// Where it is sent.
    pub action: String,
    /// What the first column is called.
    pub first: &'static str,
    /// Whether answers have two numbers.
    pub takes_of: bool,
    /// What can be chosen as an answer: what is typed, what it means.
    pub options: Vec<(String, String)>,
    /// Groups that have the criterion.
    pub groups: Vec<Tab>,
    /// What narrows the rows.
    pub filters: Vec<Tab>,
    /// Whether the visitor decides here now; else why not.
    pub closed: String,
    /// The row that is ticked where one chooses quickly: how many, and where that leads.
    pub quick: Option<Link>,
    /// Where a column is pasted, a workbook handed in, and taken away; `None`: nowhere.
    pub pastes: Option<[String; 3]>,
    /// Papers made of what stands here.
    pub papers: Vec<Link>,
    /// Rows that can be accepted in one act, each with what speaks against it; and where that is sent.
    pub rest: Option<Rest>,
    /// The criterion or unit before and after.
    pub around: (Option<Link>, Option<Link>),
    /// The request id.
    pub request: String,
}

/// Rows that can be accepted in one act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rest {
    /// Where it is sent.
    pub action: String,
    /// The request id.
    pub request: String,
    /// Name, what it is accepted with, what its decision relies on, what speaks against it.
    pub rows: Vec<RestRow>,
}

/// A row that can be accepted with others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RestRow {
    /// The criterion.
    pub key: String,
    /// Its title.
    pub name: String,
    /// What is accepted: answer and points.
    pub answer: String,
    /// What the decision relies on.
    pub mark: String,
    /// What speaks against it; empty: nothing.
    pub doubt: String,
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/appraise/grid.html")]
pub struct GridPage {
    frame: Frame,
    about: About,
    rows: Vec<Row>,
    many: Many,
    report: Option<Report>,
    spread: Option<Spread>,
}

impl GridPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, about: About, rows: Vec<Row>, many: Many, report: Option<Report>) -> Self {
        let (id, title) = (&about.round.0, &about.round.1);
        let frame = Frame::new(site, Section::Rounds, about.title.clone())
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(title.clone(), round_address(id))
            .crumb("Thẩm định", criteria_address(id));
        Self { frame, about, rows, many, report, spread: None }
    }

    /// The same page with the spread of the results.
    #[must_use]
    pub fn spread(self, spread: Option<Spread>) -> Self {
        Self { spread, ..self }
    }

    fn decides(&self) -> bool {
        self.about.closed.is_empty()
    }

    fn refused(&self) -> usize {
        self.report.as_ref().map_or(0, |report| report.refused.len().saturating_add(report.wrongs.len()))
    }
}
