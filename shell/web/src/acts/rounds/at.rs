//! The round of an address, and whether the visitor may do something in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use cchc_access::{Action, Grant, Resource};
use cchc_calendar::DaysOff;
use cchc_index::round::{Plan, Ranked};
use cchc_index::set::Criterion;
use cchc_index::{CriteriaSet, Round};

use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::pages::rounds::{ADDRESS, round_address};

/// A round with what its pages need again and again.
pub struct RoundAt {
    /// Key of its stream.
    pub id: String,
    /// How far it is.
    pub round: Round,
    /// Its plan.
    pub plan: Plan,
    /// The set of each group, by code of the group.
    pub sets: BTreeMap<String, Arc<CriteriaSet>>,
}

impl RoundAt {
    /// The round of an address, for whoever may see rounds.
    ///
    /// # Errors
    /// Who may not look, learns nothing; 404 where there is none.
    pub async fn find(with: &With, id: &str) -> Result<Self, ErrorPage> {
        with.principal(Action::ViewRounds)?;
        with.grant(Action::ViewRounds, &Resource::system())?;
        let missing = || ErrorPage::not_found("Không có đợt chấm điểm này").way("Các đợt chấm điểm", ADDRESS);
        let round = with.store().round_find(id).await?.ok_or_else(missing)?;
        let plan = round.plan.clone().ok_or_else(missing)?;
        let sets = with.store().round_sets(&plan).await?;
        Ok(Self { id: id.to_owned(), round, plan, sets })
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> String {
        round_address(&self.id)
    }

    /// Whether the visitor may do that as, or for, whoever runs the round.
    ///
    /// # Errors
    /// The page that says why not.
    pub async fn organising(&self, with: &With, action: Action) -> Result<Grant, ErrorPage> {
        over(with, action, &self.plan.organiser).await
    }

    /// A unit that is scored in it.
    ///
    /// # Errors
    /// 404 where the round does not score it.
    pub fn unit(&self, code: &str) -> Result<&Ranked, ErrorPage> {
        self.plan.unit(code).ok_or_else(|| {
            ErrorPage::not_found("Đợt này không chấm đơn vị này")
                .because("Có thể đơn vị đã sáp nhập: phiếu của đơn vị cũ chuyển sang đơn vị mới.")
                .way(self.plan.title.clone(), self.address())
        })
    }

    /// The set by which a unit is scored.
    ///
    /// # Errors
    /// 404 where it can't be read.
    pub fn set_of(&self, unit: &Ranked) -> Result<&Arc<CriteriaSet>, ErrorPage> {
        self.sets.get(&unit.group).ok_or_else(|| {
            ErrorPage::not_found("Chưa đọc được bộ tiêu chí của nhóm này").way(self.plan.title.clone(), self.address())
        })
    }

    /// A criterion in every set of the round that has it: code of the group, the set, the position in it.
    #[must_use]
    pub fn criterion(&self, code: &str) -> Vec<(&str, &Arc<CriteriaSet>, &Criterion)> {
        let found = self.sets.iter().filter_map(|(group, set)| {
            let node = set.criteria.iter().find(|node| node.code == code)?;
            Some((group.as_str(), set, node))
        });
        found.collect()
    }

    /// The days off by which its due dates move.
    #[must_use]
    pub fn days_off(&self) -> DaysOff {
        DaysOff::of(self.round.days_off.iter().cloned())
    }
}

/// Whether the visitor may do that to what is a unit's.
///
/// # Errors
/// The page that says why not.
pub async fn over(with: &With, action: Action, unit: &str) -> Result<Grant, ErrorPage> {
    let above = with.above(unit).await?;
    with.grant(action, &Resource::of_unit(unit, &above))
}
