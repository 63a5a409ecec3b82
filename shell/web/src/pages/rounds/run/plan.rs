//! `/dot-cham/{round}/ke-hoach`: everything that is planned, and what is still to be settled.

use askama::Template;
use cchc_index::round::{Plan, Problem};

use super::part::{Part, part_address, plan_address};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::pages::rounds::{ADDRESS, round_address};
use crate::site::Site;

/// Units named in one sentence at most.
const NAMED: usize = 5;

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/run/plan.html")]
pub struct PlanPage {
    frame: Frame,
    said: Said,
    sections: Vec<Table>,
    todo: Vec<Link>,
    notes: Vec<String>,
    opening: Option<Opening>,
    refused: bool,
}

/// How far the round is, and who runs it.
#[derive(Debug, Clone)]
pub struct Said {
    /// Class and words of its standing.
    pub standing: (&'static str, &'static str),
    /// Name of whoever runs it.
    pub organiser: String,
    /// The year that is scored.
    pub year: String,
}

/// Where the button leads that opens the round.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Address.
    pub action: String,
    /// The request id.
    pub request: String,
}

/// A part of the plan as a table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Which.
    pub part: Part,
    /// Where it is changed; empty: it is not.
    pub change: String,
    /// The heads of the columns.
    pub heads: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<Link>>,
    /// What is said where there is none.
    pub none: &'static str,
}

impl PlanPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, id: &str, plan: &Plan, said: Said, sections: Vec<Table>) -> Self {
        let frame = Frame::new(site, Section::Rounds, "Kế hoạch của đợt")
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(plan.title.clone(), round_address(id));
        Self { frame, said, sections, todo: Vec::new(), notes: Vec::new(), opening: None, refused: false }
    }

    /// The same page for whoever may change the plan: what is still to be settled, and the button that opens.
    #[must_use]
    pub fn settling(self, todo: Vec<Link>, notes: Vec<String>, opening: Opening) -> Self {
        Self { todo, notes, opening: Some(opening), ..self }
    }

    /// The same page after opening was refused.
    #[must_use]
    pub fn refused(self) -> Self {
        Self { refused: true, ..self }
    }
}

/// What is still to be settled, leading to the form that settles it.
#[must_use]
pub fn todo(id: &str, plan: &Plan, problem: &Problem) -> Link {
    let text = match problem {
        Problem::NoAppraiser(field, units) if units.len() > NAMED => {
            format!("lĩnh vực {field} chưa có cơ quan thẩm định cho {} đơn vị", units.len())
        }
        other => other.to_string(),
    };
    Link::new(capital(&text), part_address(id, Part::settles(problem, plan)))
}

/// Address of the button that opens a round.
#[must_use]
pub fn open_address(id: &str) -> String {
    format!("{}/mo", round_address(id))
}

/// Address of the plan, at a part.
#[must_use]
pub fn at(id: &str, part: Part) -> String {
    format!("{}#{}", plan_address(id), part.code())
}

/// A sentence with a capital at its beginning.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
