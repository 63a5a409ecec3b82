//! A sheet that is split: which lines of a scored unit are answered by which other unit.
//!
//! A province is scored by its ministry; each of its departments answers what it is in charge of. The same holds
//! for a district with its offices. The nearest node above a line says whose it is; a line that nobody has stays
//! with the scored unit itself.

use serde::{Deserialize, Serialize};

use super::opening::{Problem, RoundFacts};
use super::{Assigned, Plan, Round, RoundEvent, RoundRefusal};
use crate::set::{CriteriaSet, Criterion, Leaf, Part, Source};

/// Lines of a scored unit that another unit answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Code of the unit that is scored.
    pub scored: String,
    /// Code of a criterion, with all below it.
    pub criterion: String,
    /// Code of the unit that answers; the scored unit's own code takes a part out of a larger share.
    pub unit: String,
}

impl Plan {
    /// Which other unit answers a criterion of a scored unit: the share of it or of the nearest node above it;
    /// `None`: the scored unit itself.
    #[must_use]
    pub fn shared_with(&self, scored: &str, set: &CriteriaSet, index: usize) -> Option<&str> {
        let mut above = std::iter::successors(Some(index), |at| set.criteria.get(*at).and_then(|node| node.parent));
        let share = above.find_map(|at| self.share(scored, &set.criteria.get(at)?.code))?;
        Some(share.unit.as_str()).filter(|unit| *unit != scored)
    }

    /// The share that names exactly that criterion.
    #[must_use]
    pub fn share(&self, scored: &str, criterion: &str) -> Option<&Share> {
        self.shares.iter().find(|share| share.scored == scored && share.criterion == criterion)
    }

    /// Whether a unit answers lines of the sheet of another.
    #[must_use]
    pub fn shares_in(&self, scored: &str, unit: &str) -> bool {
        unit != scored && self.shares.iter().any(|share| share.scored == scored && share.unit == unit)
    }

    /// The units that answer lines of a scored unit, each once, in the order of the shares.
    #[must_use]
    pub fn sharing(&self, scored: &str) -> Vec<&str> {
        let mut units: Vec<&str> = Vec::new();
        for share in self.shares.iter().filter(|share| share.scored == scored && share.unit != scored) {
            if !units.contains(&share.unit.as_str()) {
                units.push(&share.unit);
            }
        }
        units
    }

    /// The lines that a scored unit, or who shares its sheet, answers: those that no survey gives, that count to
    /// the total, and that apply.
    pub fn own_lines<'a>(
        &'a self,
        scored: &'a str,
        set: &'a CriteriaSet,
    ) -> impl Iterator<Item = (usize, &'a Criterion, &'a Leaf)> {
        set.leaves().filter(move |(index, node, leaf)| {
            let own = matches!(leaf.source, Source::Person | Source::Metric) && node.part == Part::Scored;
            own && self.preset(scored, set, *index).is_none()
        })
    }

    /// How many lines of a unit whose sheet is split nobody else answers: they stay with the unit itself.
    #[must_use]
    pub fn unshared(&self, scored: &str, set: &CriteriaSet) -> usize {
        self.own_lines(scored, set).filter(|(index, _, _)| self.shared_with(scored, set, *index).is_none()).count()
    }
}

/// How a sheet is split by the fields of work of its lines: each node whose lines are all one agency's is that
/// agency's, as far up as that holds. A proposal, to be looked through.
#[must_use]
pub fn shares_by_field(set: &CriteriaSet, scored: &str, assigned: &[Assigned]) -> Vec<Share> {
    let of_field = |field: &str| assigned.iter().find(|known| known.field == field).map(|known| known.unit.as_str());
    let mut units: Vec<Option<Option<&str>>> = vec![None; set.criteria.len()];
    for (index, _, leaf) in set.leaves().filter(|(.., leaf)| matches!(leaf.source, Source::Person | Source::Metric)) {
        let mut above = Some(index);
        while let Some(at) = above {
            if let Some(known) = units.get_mut(at) {
                let own = of_field(&leaf.appraiser);
                *known = Some(known.map_or(own, |known| known.filter(|known| Some(*known) == own)));
            }
            above = set.criteria.get(at).and_then(|node| node.parent);
        }
    }
    let whole = |at: usize| units.get(at).copied().flatten().flatten();
    let shares = set.criteria.iter().enumerate().filter_map(|(at, node)| {
        let is_topmost = node.parent.is_none_or(|parent| whole(parent).is_none());
        let unit = whole(at).filter(|unit| is_topmost && *unit != scored)?;
        Some(Share { scored: scored.to_owned(), criterion: node.code.clone(), unit: unit.to_owned() })
    });
    shares.collect()
}

/// What is wrong with the shares of a plan.
pub(super) fn wrong(plan: &Plan, facts: &RoundFacts) -> Vec<Problem> {
    let mut found = Vec::new();
    for (at, share) in plan.shares.iter().enumerate() {
        let set = plan.group_of(&share.scored).and_then(|group| facts.sets.get(&group.version));
        if set.is_none_or(|set| set.find(&share.criterion).is_none()) {
            found.push(Problem::UnknownShare(share.scored.clone(), share.criterion.clone()));
        }
        let same = |known: &&Share| known.scored == share.scored && known.criterion == share.criterion;
        if plan.shares.iter().take(at).any(|known| same(&known)) {
            found.push(Problem::SharedTwice(share.scored.clone(), share.criterion.clone()));
        }
    }
    found
}

impl Round {
    /// The shares of one scored unit are given anew in mid-round; all that is wrong with them is said at once.
    pub(super) fn reshare(
        &self,
        scored: String,
        shares: Vec<Share>,
        facts: &RoundFacts,
    ) -> Result<Vec<RoundEvent>, RoundRefusal> {
        self.running()?;
        let plan = self.plan()?;
        plan.unit(&scored).ok_or_else(|| RoundRefusal::UnknownUnit(scored.clone()))?;
        let mut after = plan.clone();
        after.take_shares(&scored, &shares);
        let found = wrong(&after, facts);
        if !found.is_empty() {
            return Err(RoundRefusal::Shares(found));
        }
        if after == *plan { Ok(Vec::new()) } else { Ok(vec![RoundEvent::Shared { scored, shares }]) }
    }
}

impl Plan {
    /// Puts these shares in the place of those of a scored unit.
    pub(super) fn take_shares(&mut self, scored: &str, shares: &[Share]) {
        self.shares.retain(|known| known.scored != scored);
        self.shares.extend(shares.iter().filter(|share| share.scored == scored).cloned());
    }

    /// Puts one unit in the place of those that it was made of; where they had shared a criterion differently,
    /// the first holds.
    pub(super) fn merge_shares(&mut self, from: &[String], into: &str) {
        let was = |code: &str| from.iter().any(|known| known == code);
        let mut shares: Vec<Share> = Vec::with_capacity(self.shares.len());
        for mut share in std::mem::take(&mut self.shares) {
            for code in [&mut share.scored, &mut share.unit] {
                if was(code) {
                    into.clone_into(code);
                }
            }
            if shares.iter().all(|known| known.scored != share.scored || known.criterion != share.criterion) {
                shares.push(share);
            }
        }
        self.shares = shares;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::round::testing::{Told, facts, plan, set};
    use crate::round::{RoundCommand, problems};

    fn share(criterion: &str, unit: &str) -> Share {
        Share { scored: "STC".into(), criterion: criterion.into(), unit: unit.into() }
    }

    fn shared(shares: &[Share]) -> Plan {
        Plan { shares: shares.to_vec(), ..plan() }
    }

    #[test]
    fn the_nearest_node_above_says_whose_a_line_is() {
        let plan = shared(&[share("2", "STP"), share("2.1", "SNV"), share("1", "STC")]);
        let set = set();
        let whose = |code: &str| plan.shared_with("STC", &set, set.find(code).unwrap().0);
        assert_eq!((whose("2.1"), whose("2.2"), whose("1.1")), (Some("SNV"), Some("STP"), None));
        assert_eq!(plan.shared_with("SNV", &set, 1), None, "another's sheet is another's");
        assert_eq!((plan.sharing("STC"), plan.unshared("STC", &set)), (vec!["STP", "SNV"], 1));
        assert!(plan.shares_in("STC", "STP") && !plan.shares_in("STC", "STC"));
    }

    #[test]
    fn everything_that_is_wrong_with_shares_is_said() {
        let mut plan = shared(&[share("9", "STP"), share("2", "STP"), share("2", "SNV")]);
        plan.shares.push(Share { scored: "X".into(), criterion: "1".into(), unit: "STP".into() });
        let said: Vec<String> = problems(&plan, &facts()).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "phân công phiếu của STC, tiêu chí 9: không có đơn vị hoặc tiêu chí này",
                "phân công phiếu của STC, tiêu chí 2: giao hai lần",
                "phân công phiếu của X, tiêu chí 1: không có đơn vị hoặc tiêu chí này",
            ]
        );
    }

    #[test]
    fn a_body_outside_needs_no_agencies_here() {
        let mut plan = shared(&[share("2", "STP")]);
        plan.appraisers.clear();
        plan.substitutes.clear();
        assert_eq!(problems(&plan, &facts()).len(), 2, "two fields that nobody appraises");
        plan.outside = Some("Bộ Nội vụ".into());
        assert_eq!(problems(&plan, &facts()), []);
        plan.appraisers = crate::round::testing::plan().appraisers;
        assert_eq!(plan.appraiser("noi-vu", "STC"), None, "nobody here appraises what a body outside does");
    }

    #[test]
    fn in_mid_round_lines_move_to_another_unit_with_a_reason() {
        let mut told = Told::opened();
        let day = date(2023, 1, 10);
        let reshare = |shares: &[Share]| RoundCommand::Share { scored: "STC".into(), shares: shares.to_vec() };
        assert_eq!(told.ask(day, " ", reshare(&[share("2", "STP")])), Err(RoundRefusal::NoReason));
        let wrong = told.ask(day, "nhầm", reshare(&[share("7", "STP")])).unwrap_err();
        assert!(wrong.to_string().contains("tiêu chí 7"), "{wrong}");
        assert_eq!(told.ask(day, "chuyển", reshare(&[share("2", "STP")])), Ok(1));
        assert_eq!(told.ask(day, "chuyển", reshare(&[share("2", "STP")])), Ok(0));
        assert_eq!(told.round.plan().unwrap().shares, [share("2", "STP")]);
    }

    #[test]
    fn a_sheet_is_split_by_the_fields_of_its_lines() {
        let assigned = |field: &str, unit: &str| Assigned { field: field.into(), unit: unit.into() };
        let by = [assigned("noi-vu", "SNV"), assigned("tu-phap", "STP")];
        assert_eq!(shares_by_field(&set(), "STC", &by), [share("1", "SNV"), share("2", "STP")], "a survey is nobody's");
        assert_eq!(shares_by_field(&set(), "SNV", &by).len(), 1, "what is the unit's own stays there");
    }

    #[test]
    fn units_that_became_one_share_as_one() {
        let mut plan = shared(&[share("1", "STP"), share("2", "SNV"), share("2.1", "X")]);
        plan.merge_shares(&["STP".into(), "SNV".into()], "SM");
        assert_eq!(plan.shares, [share("1", "SM"), share("2", "SM"), share("2.1", "X")]);
        plan.merge_shares(&["STC".into()], "SMM");
        assert!(plan.shares.iter().all(|known| known.scored == "SMM"));
    }

    #[test]
    fn plans_of_before_have_no_shares_and_nobody_outside() {
        let mut old = serde_json::to_value(plan()).unwrap();
        let fields = old.as_object_mut().unwrap();
        assert!(fields.remove("shares").is_some() && fields.remove("outside").is_some());
        assert_eq!(serde_json::from_value::<Plan>(old).unwrap(), plan());
    }
}
