//! A plan made of last year's.

use std::collections::BTreeMap;

use cchc_ledger::Hash;
use jiff::civil::Date;

use super::{Deadline, Group, Plan, Ranked, Share};
use crate::copy::{in_year, retitled};

/// A plan made of another, and what of it could not be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The plan of the new year.
    pub plan: Plan,
    /// Units that are no more and that no unit of the round takes over.
    pub without: Vec<Ranked>,
    /// Names of the sets that have no copy for the new year yet: their groups still name the old version.
    pub old_sets: Vec<String>,
}

/// The plan of a later year out of one of an earlier: title and deadlines move on, groups, appraisers,
/// substitutes, presets and shares stay.
///
/// `sets` gives for the name of each old set the name and version of its copy (see
/// [`crate::copy::next_set`]). `renewed` says what a unit of the old plan is on the day of planning: itself
/// under its name of today, its successor, or nothing; two units that became one stand once.
#[must_use]
pub fn next_plan(
    plan: &Plan,
    year: i16,
    sets: &BTreeMap<String, (String, Hash)>,
    renewed: impl Fn(&Ranked) -> Option<Ranked>,
) -> Copied {
    let (mut units, mut without): (Vec<Ranked>, Vec<Ranked>) = (Vec::new(), Vec::new());
    for unit in &plan.units {
        match renewed(unit) {
            Some(now) if units.iter().any(|known| known.code == now.code) => {}
            Some(now) => units.push(now),
            None => without.push(unit.clone()),
        }
    }
    let mut old_sets = Vec::new();
    let groups = plan.groups.iter().map(|group| match sets.get(&group.set) {
        Some((set, version)) => Group { code: group.code.clone(), set: set.clone(), version: *version },
        None => {
            old_sets.push(group.set.clone());
            group.clone()
        }
    });
    let groups = groups.collect();
    let later = year.saturating_sub(plan.year);
    let is_scored = |code: &str| units.iter().any(|unit| unit.code == code);
    let substitutes = plan.substitutes.iter().filter(|one| is_scored(&one.scored)).cloned().collect();
    let presets = plan.presets.iter().filter(|one| is_scored(&one.unit)).cloned().collect();
    let shares = shared_now(plan, &renewed);
    let moved = |deadline: &Deadline| Deadline { phase: deadline.phase, until: moved(deadline.until, later) };
    let plan = Plan {
        title: retitled(&plan.title, plan.year, year),
        year,
        organiser: plan.organiser.clone(),
        groups,
        units,
        deadlines: plan.deadlines.iter().map(moved).collect(),
        appraisers: plan.appraisers.clone(),
        substitutes,
        presets,
        shares,
        outside: plan.outside.clone(),
    };
    Copied { plan, without, old_sets }
}

/// Who answers whose lines, each under the code of today; what an office answered that is no more and has no
/// successor goes back to the scored unit.
fn shared_now(plan: &Plan, renewed: impl Fn(&Ranked) -> Option<Ranked>) -> Vec<Share> {
    let renamed = |code: &str| {
        let unknown = || Ranked { code: code.to_owned(), name: String::new(), group: String::new() };
        Some(renewed(&plan.unit(code).cloned().unwrap_or_else(unknown))?.code)
    };
    let mut shares: Vec<Share> = Vec::with_capacity(plan.shares.len());
    for share in &plan.shares {
        let (Some(scored), Some(unit)) = (renamed(&share.scored), renamed(&share.unit)) else { continue };
        let known = |one: &Share| one.scored == scored && one.criterion == share.criterion;
        if !shares.iter().any(known) {
            shares.push(Share { scored, criterion: share.criterion.clone(), unit });
        }
    }
    shares
}

/// The same day so many years later.
fn moved(day: Date, years: i16) -> Date {
    in_year(day, day.year().saturating_add(years))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::round::testing::plan;
    use crate::round::{Phase, Preset, Share, Substitute};

    fn next(plan: &Plan, renewed: impl Fn(&Ranked) -> Option<Ranked>) -> Copied {
        let sets = [("thu-so".to_owned(), ("thu-so-2023".to_owned(), Hash([7; 32])))];
        next_plan(plan, 2023, &sets.into(), renewed)
    }

    #[test]
    fn a_year_moves_on_and_who_does_what_stays() {
        let mut old = plan();
        old.title = "Chỉ số CCHC năm 2022".into();
        old.deadlines = vec![Deadline { phase: Phase::SelfScoring, until: date(2024, 2, 29) }];
        old.shares = vec![Share { scored: "STC".into(), criterion: "2".into(), unit: "STP".into() }];
        old.outside = Some("Bộ Nội vụ".into());
        let copied = next(&old, |unit| Some(unit.clone()));
        let new = &copied.plan;
        assert_eq!((&*new.title, new.year), ("Chỉ số CCHC năm 2023", 2023));
        assert_eq!(new.deadlines, [Deadline { phase: Phase::SelfScoring, until: date(2025, 2, 28) }]);
        assert_eq!((&*new.groups[0].set, new.groups[0].version), ("thu-so-2023", Hash([7; 32])));
        assert_eq!((&new.units, &new.appraisers, &new.substitutes), (&old.units, &old.appraisers, &old.substitutes));
        assert_eq!((&new.shares, &new.outside), (&old.shares, &old.outside));
        assert_eq!((copied.without, copied.old_sets), (vec![], vec![]));
    }

    #[test]
    fn a_set_without_a_copy_is_named() {
        let copied = next_plan(&plan(), 2023, &BTreeMap::new(), |unit| Some(unit.clone()));
        assert_eq!(copied.old_sets, ["thu-so"]);
        assert_eq!(copied.plan.groups, plan().groups);
    }

    #[test]
    fn units_that_became_one_stand_once_and_what_was_said_of_the_gone_goes() {
        let mut old = plan();
        let gone = old.units[1].code.clone();
        old.presets = vec![Preset { unit: gone.clone(), criterion: "1".into(), reason: "không có TTHC".into() }];
        old.substitutes = vec![Substitute { field: "noi-vu".into(), scored: gone.clone(), unit: "VP".into() }];
        let first = old.units[0].clone();
        let merged = next(&old, |_| Some(first.clone()));
        assert_eq!(merged.plan.units, std::slice::from_ref(&first));
        assert_eq!((merged.plan.presets, merged.plan.substitutes), (vec![], vec![]));
        let ended = next(&old, |unit| (unit.code != gone).then(|| unit.clone()));
        assert_eq!(ended.without, [old.units[1].clone()]);
    }

    #[test]
    fn who_answers_whose_lines_is_named_as_it_is_today() {
        let mut old = plan();
        let share = |criterion: &str, unit: &str| Share {
            scored: "STC".into(),
            criterion: criterion.into(),
            unit: unit.into(),
        };
        old.shares = vec![share("1", "SKHĐT"), share("2", "STP")];
        let merged = |unit: &Ranked| {
            let code = if unit.code == "SKHĐT" { "SNV".to_owned() } else { unit.code.clone() };
            Some(Ranked { code, ..unit.clone() })
        };
        assert_eq!(next(&old, merged).plan.shares, [share("1", "SNV"), share("2", "STP")]);
        let ended = |unit: &Ranked| (unit.code != "SKHĐT").then(|| unit.clone());
        assert_eq!(next(&old, ended).plan.shares, [share("2", "STP")], "its lines go back to the scored unit");
    }
}
