//! `/dot-cham`: the rounds, the latest year first.

use askama::Template;

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

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/list.html")]
pub struct RoundsPage {
    frame: Frame,
    rows: Vec<RoundRow>,
}

impl RoundsPage {
    /// The page.
    #[must_use]
    pub fn new(site: &Site, rows: Vec<RoundRow>) -> Self {
        Self { frame: Frame::new(site, Section::Rounds, "Đợt chấm điểm"), rows }
    }
}
