//! `/dot-cham`: the rounds, the latest year first.

use askama::Template;
use cchc_access::Action;

use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::site::Site;

/// A round.
#[derive(Debug, Clone)]
pub struct RoundRow {
    /// Its title, leading to it.
    pub title: Link,
    /// The year that is scored.
    pub year: String,
    /// Who runs it.
    pub organiser: String,
    /// How many units are scored.
    pub units: String,
    /// How far it is: class and words.
    pub standing: (&'static str, &'static str),
}

/// A sheet that the visitor fills or hands in.
#[derive(Debug, Clone)]
pub struct OwnRow {
    /// Whose it is, leading to it.
    pub sheet: Link,
    /// Title of the round.
    pub round: String,
    /// How far it is: class and words.
    pub standing: (&'static str, &'static str),
    /// The last day on which it can be changed.
    pub until: Option<String>,
}

/// A part of another's sheet that the visitor answers.
#[derive(Debug, Clone)]
pub struct PartRow {
    /// Whose sheet, leading to the visitor's lines in it.
    pub sheet: Link,
    /// Title of the round.
    pub round: String,
    /// How far the part is: class and words.
    pub standing: (&'static str, &'static str),
    /// The last day on which it can be changed.
    pub until: Option<String>,
}

/// How far a part is, by its code in the table: the class of the style sheet and the words.
#[must_use]
pub fn part_standing(code: &str) -> (&'static str, &'static str) {
    match code {
        "delivered" => ("ok", "Đã giao"),
        "sent-back" => ("ask", "Bị trả lại"),
        "reopened" => ("part", "Đã sửa sau khi giao"),
        _ => ("no", "Chưa giao"),
    }
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/list.html")]
pub struct RoundsPage {
    frame: Frame,
    rows: Vec<RoundRow>,
    own: Vec<OwnRow>,
    parts: Vec<PartRow>,
    may_plan: bool,
}

impl RoundsPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, rows: Vec<RoundRow>, own: Vec<OwnRow>, parts: Vec<PartRow>) -> Self {
        let may_plan = site.visitor.may(Action::RunRounds, site.today);
        Self { frame: Frame::new(site, Section::Rounds, "Đợt chấm điểm"), rows, own, parts, may_plan }
    }
}
