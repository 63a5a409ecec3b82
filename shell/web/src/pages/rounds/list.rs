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

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/list.html")]
pub struct RoundsPage {
    frame: Frame,
    rows: Vec<RoundRow>,
    own: Vec<OwnRow>,
    may_plan: bool,
}

impl RoundsPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, rows: Vec<RoundRow>, own: Vec<OwnRow>) -> Self {
        let may_plan = site.visitor.may(Action::RunRounds, site.today);
        Self { frame: Frame::new(site, Section::Rounds, "Đợt chấm điểm"), rows, own, may_plan }
    }
}
