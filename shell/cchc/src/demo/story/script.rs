//! One round as it goes: planned, opened, filled, handed in, then appraised and published.

use cchc_access::Role;
use cchc_index::CriteriaSet;
use cchc_index::round::{Phase, Plan, Ranked, RoundCommand};
use cchc_index::sheet::SheetCommand;
use cchc_ledger::{Actor, Hash, Moment};
use cchc_papers::Particulars;
use cchc_units::Version;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::answers::Answers;
use super::{Act, Step, appraisal, correction, filling};
use crate::data;
use crate::demo::dice::Dice;
use crate::demo::extras::actor;
use crate::demo::simulated_years::INVENTED;

/// Why a unit gets more time.
const EXTENDED: &str = "Cán bộ đầu mối nghỉ ốm, đơn vị có công văn đề nghị gia hạn (mô phỏng)";

/// A criteria set with the version that the store gave it.
#[derive(Debug, Clone)]
pub struct Set {
    /// The set.
    pub set: CriteriaSet,
    /// Its written form.
    pub text: String,
    /// The hash of that.
    pub version: Hash,
}

/// The days of a round.
#[derive(Debug, Clone)]
pub struct Days {
    /// It was planned.
    pub planned: Date,
    /// It was opened.
    pub opened: Date,
    /// The last day of self-scoring.
    pub filled: Date,
    /// Agencies begin to appraise.
    pub appraised: Date,
    /// Units explain from here on.
    pub explained: Date,
    /// Agencies appraise again.
    pub again: Date,
    /// The council meets.
    pub council: Date,
    /// The result is published.
    pub published: Date,
    /// From when on units fill their sheets, and until when most are done.
    pub work: (Date, Date),
}

impl Days {
    /// The year before, done as it should be.
    pub const fn of_2021() -> Self {
        Self {
            planned: date(2021, 12, 27),
            opened: date(2022, 1, 4),
            filled: date(2022, 1, 18),
            appraised: date(2022, 1, 19),
            explained: date(2022, 2, 16),
            again: date(2022, 2, 23),
            council: date(2022, 3, 10),
            published: date(2022, 3, 31),
            work: (date(2022, 1, 6), date(2022, 1, 17)),
        }
    }

    /// The round that runs, with its own last day of self-scoring.
    pub fn of_2022(filled: Date) -> Self {
        Self {
            planned: date(2022, 12, 26),
            opened: date(2023, 1, 3),
            filled,
            appraised: date(2023, 1, 30),
            explained: date(2023, 2, 21),
            again: date(2023, 2, 28),
            council: date(2023, 3, 14),
            published: date(2023, 4, 11),
            work: (date(2023, 1, 5), date(2023, 1, 19)),
        }
    }

    /// A district that appraises as soon as self-scoring is over.
    pub fn quick(filled: Date) -> Self {
        let early = date(2023, 1, 4);
        let done = filled.saturating_sub(1.days());
        Self { appraised: filled.saturating_add(1.days()), work: (early, done), ..Self::of_2022(filled) }
    }

    /// Phú Thọ in 2026.
    pub const fn of_2026() -> Self {
        Self {
            planned: date(2026, 11, 26),
            opened: date(2026, 12, 1),
            filled: date(2027, 1, 15),
            appraised: date(2027, 1, 18),
            explained: date(2027, 2, 22),
            again: date(2027, 3, 1),
            council: date(2027, 3, 16),
            published: date(2027, 4, 12),
            work: (date(2026, 12, 2), date(2026, 12, 28)),
        }
    }

    /// The last day of each phase.
    pub fn deadlines(&self) -> [(Phase, Date); 5] {
        let before = |day: Date| day.saturating_sub(1.days());
        [
            (Phase::SelfScoring, self.filled),
            (Phase::FirstAppraisal, before(self.explained)),
            (Phase::Explaining, before(self.again)),
            (Phase::SecondAppraisal, before(self.council)),
            (Phase::Council, before(self.published)),
        ]
    }
}

/// A round that is told.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its id.
    pub id: String,
    /// What its packages are called together.
    pub series: String,
    /// Its plan.
    pub plan: Plan,
    /// The sets of its groups, in their order.
    pub sets: Vec<Set>,
    /// When what happens.
    pub days: Days,
    /// Who publishes.
    pub organiser_name: String,
    /// A unit whose sheet turned out to be wrong after publication, and when that was seen.
    pub corrected: Option<(String, Date)>,
}

/// A unit of a round with its set and its days.
pub struct Unit<'a> {
    /// The round.
    pub script: &'a Script,
    /// The unit as it is scored.
    pub ranked: &'a Ranked,
    /// The set of its group.
    pub set: &'a CriteriaSet,
    /// What it answers, and what else is known of its lines.
    pub answers: Answers,
    /// It begins, it ends, in the days of the round.
    pub worked: (Date, Date),
}

impl Script {
    /// Everything that happens.
    pub fn steps(&self) -> Vec<Step> {
        let coordinator = self.organiser(Role::Coordinator);
        let registry = data::units();
        let versions: Vec<&Version> =
            self.plan.units.iter().filter_map(|unit| registry.find(&unit.code, self.days.planned).ok()).collect();
        let units: Vec<Unit<'_>> = self.plan.units.iter().filter_map(|ranked| self.unit(ranked, &versions)).collect();
        let days = &self.days;
        let round = |day: Date, hour, command, reason: &str| {
            step(day, hour, Act::Round(self.id.clone(), coordinator.clone(), command, reason.to_owned()))
        };
        let mut steps = vec![
            round(days.planned, 9, RoundCommand::Plan { plan: Box::new(self.plan.clone()) }, ""),
            round(days.opened, 8, RoundCommand::Open { days_off: days_off(self.plan.year) }, ""),
        ];
        for unit in &units {
            steps.extend(self.extension(unit).map(|(day, hour, command)| round(day, hour, command, EXTENDED)));
            steps.extend(filling::steps(unit));
        }
        for (day, to) in [
            (days.appraised, Phase::FirstAppraisal),
            (days.explained, Phase::Explaining),
            (days.again, Phase::SecondAppraisal),
            (days.council, Phase::Council),
        ] {
            steps.push(round(day, 8, RoundCommand::Advance { to }, ""));
        }
        steps.extend(units.iter().filter(|unit| unit.is_handed_in()).flat_map(appraisal::steps));
        steps.push(step(days.published, 10, self.publication(&coordinator, days.published)));
        if let Some((code, reopened)) = &self.corrected {
            let corrected = units.iter().find(|unit| unit.ranked.code == *code);
            steps.extend(corrected.into_iter().flat_map(|unit| correction::steps(unit, &coordinator, *reopened)));
        }
        steps
    }

    /// More time for a unit that is not done in its own: asked for before the last day, or only when it was over.
    fn extension(&self, unit: &Unit<'_>) -> Option<(Date, i8, RoundCommand)> {
        let (until, days) = (unit.worked.1, &self.days);
        if until <= days.filled {
            return None;
        }
        let extend = RoundCommand::Extend { unit: unit.ranked.code.clone(), phase: Phase::SelfScoring, until };
        let in_time = Dice::named(&[&self.id, &unit.ranked.code, "xin gia hạn"]).happens(500);
        let early = working(days.filled.saturating_sub(5.days()).max(days.opened));
        Some(if in_time { (early, 11, extend) } else { (until, 8, extend) })
    }

    /// Who runs it: in a department its coordinator, in a district its officer.
    fn organiser(&self, role: Role) -> Actor {
        let unit = &self.plan.organiser;
        let is_district = self.plan.units.iter().any(|ranked| ranked.group == "xa") && !unit.contains('.');
        actor(unit, if is_district { Role::UnitOfficer } else { role }, self.days.planned)
    }

    fn unit<'a>(&'a self, ranked: &'a Ranked, versions: &[&Version]) -> Option<Unit<'a>> {
        let at = self.plan.groups.iter().position(|group| group.code == ranked.group)?;
        let set = &self.sets.get(at)?.set;
        let version = versions.iter().find(|version| version.code == ranked.code)?;
        let answers = Answers::of(set, version);
        Some(Unit { script: self, ranked, set, answers, worked: self.worked(&ranked.code) })
    }

    /// When a unit begins and when it is done: some early, some in the last days, a few later than they may.
    fn worked(&self, unit: &str) -> (Date, Date) {
        let mut dice = Dice::named(&[&self.id, unit, "ngày làm"]);
        let (from, to) = self.days.work;
        let span = u64::try_from((to - from).get_days()).unwrap_or(1);
        let mut day = |low: u64, high: u64| {
            let days = i64::try_from(dice.between(low, high.max(low))).unwrap_or(0);
            working(from.saturating_add(days.days()))
        };
        let first = day(0, span / 2);
        let last = day(span / 3, span).max(first);
        (first, last)
    }

    /// The decision that publishes the result.
    pub fn publication(&self, by: &Actor, on: Date) -> Act {
        let number = Dice::named(&[&self.id, &on.to_string()]).between(400, 900);
        let particulars = Particulars {
            series: self.series.clone(),
            organiser: self.organiser_name.clone(),
            decision: format!("Quyết định số {number}/QĐ-UBND (mô phỏng)"),
            on: None,
            simulated: true,
            note: INVENTED.to_owned(),
        };
        Act::Publish { round: self.id.clone(), by: by.clone(), particulars, on }
    }
}

impl Unit<'_> {
    /// Whether it hands in before agencies begin.
    pub fn is_handed_in(&self) -> bool {
        self.worked.1 < self.script.days.appraised
    }

    /// An act on its sheet.
    pub fn act(&self, day: Date, hour: i8, by: Actor, command: SheetCommand, reason: &str) -> Step {
        let (round, unit) = (self.script.id.clone(), self.ranked.code.clone());
        step(day, hour, Act::Sheet { round, unit, by, command, reason: reason.to_owned() })
    }
}

/// A step at the full hour.
pub fn step(day: Date, hour: i8, what: Act) -> Step {
    Step { at: Moment::of(day.at(hour, 0, 0, 0)), what }
}

/// The same day, or the Monday after a weekend.
pub fn working(day: Date) -> Date {
    match day.weekday() {
        jiff::civil::Weekday::Saturday => day.saturating_add(2.days()),
        jiff::civil::Weekday::Sunday => day.saturating_add(1.days()),
        _ => day,
    }
}

/// The days off of the scored year and of those beside it.
pub fn days_off(year: i16) -> Vec<cchc_calendar::DayOff> {
    let beside = year.saturating_sub(1)..=year.saturating_add(1);
    data::days_off().rows().filter(|day| beside.contains(&day.date.year())).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_works_on_a_weekend() {
        assert_eq!(working(date(2023, 1, 14)), date(2023, 1, 16));
        assert_eq!(working(date(2023, 1, 15)), date(2023, 1, 16));
        assert_eq!(working(date(2023, 1, 16)), date(2023, 1, 16));
    }
}
