//! What a visitor may see and decide in a round: the cells of his agencies, the council's, what he may look at.

use std::collections::BTreeMap;

use cchc_access::{Action, Grant, Resource, authorize};
use cchc_index::round::Phase;
use cchc_units::Registry;
use jiff::civil::Date;

use super::super::at::RoundAt;
use crate::acts::with::With;
use crate::error::ErrorPage;

/// What a visitor may do with the lines of a round.
pub struct Desk {
    /// The phase that runs, where lines are decided in it.
    pub phase: Option<Phase>,
    /// The agencies in whose name he appraises.
    agencies: BTreeMap<String, Grant>,
    /// Whether he speaks for the council.
    council: Option<Grant>,
    /// Units whose whole sheets he may see.
    seen: Vec<String>,
    /// Whether he may see how far all are.
    pub boards: bool,
    refused: ErrorPage,
}

impl Desk {
    /// What the visitor may do in that round.
    ///
    /// # Errors
    /// What the store says.
    pub async fn of(with: &With, at: &RoundAt) -> Result<Self, ErrorPage> {
        let plan = &at.plan;
        let assigned = plan.appraisers.iter().map(|known| &known.unit);
        let mut names: Vec<&String> = assigned.chain(plan.substitutes.iter().map(|known| &known.unit)).collect();
        names.sort_unstable();
        names.dedup();
        let mut agencies = BTreeMap::new();
        let mut refused = None;
        for agency in names {
            let above = with.above(agency).await?;
            match with.grant(Action::AppraiseLines, &Resource::of_unit(agency, &above)) {
                Ok(grant) => drop(agencies.insert(agency.clone(), grant)),
                Err(why) => refused = refused.or(Some(why)),
            }
        }
        let above = with.above(&plan.organiser).await?;
        let organiser = Resource::of_unit(&plan.organiser, &above);
        let sees = |unit: &&String| {
            let above = above_of(&with.units, unit, with.today);
            let resource = Resource::of_unit(unit, &above);
            authorize(&with.visitor.viewer, Action::ViewSheets, &resource, with.today).is_ok()
        };
        let nobody = || ErrorPage::not_found("Đợt này chưa phân công thẩm định").way(&at.plan.title, at.address());
        Ok(Self {
            phase: at.round.phase().filter(|phase| phase.appraises()),
            council: with.grant(Action::DecideLines, &organiser).ok(),
            seen: plan.units.iter().map(|unit| &unit.code).filter(sees).cloned().collect(),
            boards: with.grant(Action::ViewBoards, &organiser).is_ok(),
            agencies,
            refused: refused.unwrap_or_else(nobody),
        })
    }

    /// In whose name he decides of a cell in the phase that runs; `None`: he does not.
    #[must_use]
    pub fn decides(&self, at: &RoundAt, field: &str, unit: &str) -> Option<&Grant> {
        match self.phase? {
            Phase::Council => self.council.as_ref(),
            _ => self.agencies.get(at.plan.appraiser(field, unit)?),
        }
    }

    /// Whether he may see a cell.
    #[must_use]
    pub fn sees(&self, at: &RoundAt, field: &str, unit: &str) -> bool {
        let own = || at.plan.appraiser(field, unit).is_some_and(|agency| self.agencies.contains_key(agency));
        self.council.is_some() || own() || self.seen.iter().any(|seen| seen == unit)
    }

    /// Whether the cells of a field are his to appraise, for any unit.
    #[must_use]
    pub fn is_own_field(&self, at: &RoundAt, field: &str) -> bool {
        at.plan
            .units
            .iter()
            .any(|unit| at.plan.appraiser(field, &unit.code).is_some_and(|agency| self.agencies.contains_key(agency)))
    }

    /// Who may see no cell and no count at all, is told so.
    ///
    /// # Errors
    /// The page that says what he lacks.
    pub fn may_look(&self) -> Result<(), ErrorPage> {
        let looks = self.boards || self.sees_any();
        if looks { Ok(()) } else { Err(self.refused.clone()) }
    }

    /// Who may see no cell, is told so.
    ///
    /// # Errors
    /// The page that says what he lacks.
    pub fn may_see(&self) -> Result<(), ErrorPage> {
        if self.sees_any() { Ok(()) } else { Err(self.refused.clone()) }
    }

    /// Who decides nothing in this round, whatever its phase, is told so.
    ///
    /// # Errors
    /// The page that says what he lacks.
    pub fn may_decide(&self) -> Result<(), ErrorPage> {
        let decides = !self.agencies.is_empty() || self.council.is_some();
        if decides { Ok(()) } else { Err(self.refused.clone()) }
    }

    /// What is said to whoever sees none of what he asks for.
    #[must_use]
    pub fn nothing(&self) -> ErrorPage {
        self.refused.clone()
    }

    fn sees_any(&self) -> bool {
        !self.agencies.is_empty() || self.council.is_some() || !self.seen.is_empty()
    }
}

/// The units above a unit, from the rules at hand: a grid asks it of 200 units at once.
fn above_of(units: &Registry, unit: &str, on: Date) -> Vec<String> {
    let parent = |code: &String| units.find(code, on).ok().and_then(|version| version.parent.clone());
    std::iter::successors(parent(&unit.to_owned()), parent).take(8).collect()
}
