//! Units that become one in mid-round.

use cchc_ledger::Context;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Plan, Preset, Ranked, Round, RoundEvent, RoundRefusal, Substitute};

/// Units that became one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merger {
    /// Those that were, as the round had them.
    pub from: Vec<Ranked>,
    /// Code of the unit that took over.
    pub into: String,
}

impl Merger {
    /// What a merger is to a plan before it.
    pub(super) fn of(plan: &Plan, from: &[String], into: &Ranked) -> Self {
        let from = from.iter().filter_map(|code| plan.unit(code).cloned()).collect();
        Self { from, into: into.code.clone() }
    }
}

impl Round {
    pub(super) fn merge(
        &self,
        from: Vec<String>,
        into: Ranked,
        until: Option<Date>,
        substitutes: Vec<Substitute>,
        context: &Context,
    ) -> Result<Vec<RoundEvent>, RoundRefusal> {
        self.running()?;
        let plan = self.plan()?;
        if from.is_empty() || from == [into.code.clone()] {
            return Err(RoundRefusal::NothingMerged);
        }
        if let Some(unknown) = from.iter().find(|code| plan.unit(code).is_none()) {
            return Err(RoundRefusal::UnknownUnit(unknown.clone()));
        }
        if let Some(twice) =
            from.iter().enumerate().find(|(at, code)| from.iter().take(*at).any(|known| known == *code))
        {
            return Err(RoundRefusal::Twice(twice.1.clone()));
        }
        if plan.unit(&into.code).is_some() && !from.contains(&into.code) {
            return Err(RoundRefusal::Twice(into.code));
        }
        plan.group(&into.group).ok_or_else(|| RoundRefusal::UnknownGroup(into.group.clone()))?;
        if let Some(past) = until.filter(|until| *until < context.recorded_at.date()) {
            return Err(RoundRefusal::Past(past));
        }
        let mut after = plan.clone();
        after.merge(&from, &into, &substitutes);
        let here = after.outside.is_none();
        let nobodys = after.appraisers.iter().find(|known| here && after.appraiser(&known.field, &into.code).is_none());
        if let Some(known) = nobodys {
            return Err(RoundRefusal::NobodyAppraises(known.field.clone()));
        }
        let unit = into.code.clone();
        let mut events = vec![RoundEvent::Merged { from, into, substitutes }];
        events.extend(until.map(|until| RoundEvent::Reopened { unit, until }));
        Ok(events)
    }
}

impl Plan {
    /// Puts one unit in the place of those that it was made of: of the first of them in the order of protocol, in
    /// what they appraise, stand in for and share, and in what was preset for all of them.
    pub(super) fn merge(&mut self, from: &[String], into: &Ranked, substitutes: &[Substitute]) {
        let was = |code: &str| from.iter().any(|known| known == code);
        let at = self.units.iter().position(|unit| was(&unit.code)).unwrap_or(self.units.len());
        self.units.retain(|unit| !was(&unit.code));
        self.units.insert(at.min(self.units.len()), into.clone());
        let moved = |code: &mut String| {
            if was(code) {
                code.clone_from(&into.code);
            }
        };
        self.appraisers.iter_mut().for_each(|known| moved(&mut known.unit));
        for known in &mut self.substitutes {
            moved(&mut known.unit);
            moved(&mut known.scored);
        }
        self.substitutes.retain(|known| known.unit != known.scored);
        for new in substitutes.iter().filter(|new| new.scored == into.code && new.unit != into.code) {
            self.substitutes.retain(|known| known.field != new.field || known.scored != new.scored);
            self.substitutes.push(new.clone());
        }
        self.substitutes.dedup_by(|later, earlier| later.field == earlier.field && later.scored == earlier.scored);
        let of = |unit: &str, criterion: &str| {
            self.presets.iter().any(|known| known.unit == unit && known.criterion == criterion)
        };
        let all = |preset: &&Preset| was(&preset.unit) && from.iter().all(|unit| of(unit, &preset.criterion));
        let mut common: Vec<Preset> = Vec::new();
        for preset in self.presets.iter().filter(all) {
            if common.iter().all(|known| known.criterion != preset.criterion) {
                common.push(Preset { unit: into.code.clone(), ..preset.clone() });
            }
        }
        self.presets.retain(|preset| !was(&preset.unit));
        self.presets.append(&mut common);
        self.merge_shares(from, &into.code);
    }
}
