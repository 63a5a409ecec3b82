//! `/dot-cham/{round}`: one round, for whoever is scored in it or looks on.

use askama::Template;
use cchc_index::Round;
use cchc_index::round::{Phase, Plan};
use cchc_text::date::vietnamese;

use super::{ADDRESS, standing_of};
use crate::frame::{Frame, Section};
use crate::list::Link;
use crate::site::Site;

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/round.html")]
pub struct RoundPage {
    frame: Frame,
    standing: (&'static str, &'static str),
    deadlines: Vec<(&'static str, String)>,
    own: Vec<Link>,
    ways: Vec<Link>,
    units: Vec<Link>,
}

impl RoundPage {
    /// The page; `own` are the visitor's sheets, `ways` what else he may see.
    #[must_use]
    pub fn new(site: &Site, round: &Round, plan: &Plan, own: Vec<Link>, ways: Vec<Link>) -> Self {
        let frame = Frame::new(site, Section::Rounds, plan.title.clone()).crumb("Đợt chấm điểm", ADDRESS);
        let deadline = |phase: Phase| Some((phase.label(), vietnamese(plan.deadline(phase)?)));
        Self {
            frame,
            standing: standing_of(round.standing),
            deadlines: Phase::ALL.into_iter().filter_map(deadline).collect(),
            own,
            ways,
            units: plan.units.iter().map(|unit| Link::text(&unit.name)).collect(),
        }
    }
}
