//! The history of the demonstration, told in the order of time.
//!
//! A step enters when the clock passes it: units as they were known before a decision, days off as they
//! were announced, criteria sets of a year. So the ledger of the demonstration has a past of its own.

mod answers;
mod appraisal;
mod correction;
mod filling;
mod known;
mod ministry;
mod proposals;
mod rounds;
mod script;
mod telling;

use cchc_access::PersonCommand;
use cchc_index::round::RoundCommand;
use cchc_index::sheet::SheetCommand;
use cchc_ledger::draft::DraftCommand;
use cchc_ledger::{Actor, Moment};
use cchc_papers::Particulars;
use jiff::civil::{Date, date};

use super::{cast, extras};
use crate::rules::{DAYS_OFF, OFFICES, Shipped, UNITS, shipped, simulated};

pub use telling::{mark, tell};

/// The first day of the demonstration.
pub const BEGINNING: Date = date(2021, 1, 4);

/// Which demonstration is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Scene {
    /// Vĩnh Phúc with its districts, on 16/01/2023.
    ThreeTier,
    /// Phú Thọ without districts, on 14/12/2026.
    TwoTier,
}

impl Scene {
    /// The day on which it begins to be shown.
    pub const fn day(self) -> Date {
        match self {
            Self::ThreeTier => date(2023, 1, 16),
            Self::TwoTier => date(2026, 12, 14),
        }
    }

    /// Its name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThreeTier => "three-tier",
            Self::TwoTier => "two-tier",
        }
    }
}
/// Something that happened.
pub struct Step {
    /// When.
    pub at: Moment,
    /// What.
    pub what: Act,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Act {
    /// A version of a rule became known; it replaces the one before it.
    Rule(Shipped),
    /// A person was entered, appointed, or gave a delegation.
    Person(String, PersonCommand),
    /// Somebody prepared a change of a rule.
    Draft(&'static str, Actor, DraftCommand),
    /// Who runs a round planned it, opened it, brought it on; with the reason.
    Round(String, Actor, RoundCommand, String),
    /// Something happened to a sheet.
    Sheet {
        /// The round.
        round: String,
        /// Whose sheet.
        unit: String,
        /// Who acted.
        by: Actor,
        /// What.
        command: SheetCommand,
        /// Why; may be empty.
        reason: String,
    },
    /// The result of a round was published.
    Publish {
        /// The round.
        round: String,
        /// Who acted.
        by: Actor,
        /// What is said of it beside the numbers.
        particulars: Particulars,
        /// The date of the decision.
        on: Date,
    },
}

/// The decisions on units, as days: when it was known, and when it took effect.
const UNIT_DECISIONS: [(Date, Date); 4] = [
    (BEGINNING, BEGINNING),
    (date(2023, 2, 13), date(2023, 4, 10)),
    (date(2024, 11, 14), date(2025, 1, 1)),
    (date(2025, 6, 16), date(2025, 7, 1)),
];
/// The decisions on departments.
const DEPARTMENT_DECISIONS: [(Date, Date); 3] =
    [(BEGINNING, BEGINNING), (date(2025, 2, 20), date(2025, 3, 1)), (date(2025, 6, 16), date(2025, 7, 1))];
/// The decisions on offices of districts.
const OFFICE_DECISIONS: [(Date, Date); 2] = [(BEGINNING, BEGINNING), (date(2025, 6, 16), date(2025, 7, 1))];
/// The years whose days off are shipped.
const YEARS_OFF: std::ops::RangeInclusive<i16> = 2021..=2026;

/// The whole story in the order of time.
pub fn steps(scene: Scene) -> Vec<Step> {
    let shipped = shipped();
    let mut steps = proposals::steps(&shipped);
    steps.extend(shipped.into_iter().chain(simulated()).flat_map(of_rule));
    let said = cast::said().into_iter().chain(extras::said());
    steps.extend(said.map(|said| Step { at: said.at, what: Act::Person(said.person, said.command) }));
    steps.extend(rounds::steps(scene));
    steps.sort_by_key(|step| step.at);
    steps
}

fn of_rule(rule: Shipped) -> Vec<Step> {
    let step = |day: Date, content: String| Step {
        at: Moment::of(day.at(8, 0, 0, 0)),
        what: Act::Rule(Shipped { content, ..rule.clone() }),
    };
    match (rule.kind, rule.name.as_str()) {
        ("units", UNITS) => {
            UNIT_DECISIONS.iter().map(|(known, effect)| step(*known, known::units(&rule.content, *effect))).collect()
        }
        ("departments", UNITS) => DEPARTMENT_DECISIONS
            .iter()
            .map(|(known, effect)| step(*known, known::units(&rule.content, *effect)))
            .collect(),
        ("departments", OFFICES) => {
            OFFICE_DECISIONS.iter().map(|(known, effect)| step(*known, known::units(&rule.content, *effect))).collect()
        }
        ("days-off", DAYS_OFF) => YEARS_OFF
            .map(|year| {
                let known = date(year.saturating_sub(1), 12, 1).max(BEGINNING);
                step(known, known::days_off(&rule.content, year))
            })
            .collect(),
        ("series", _) => vec![step(BEGINNING, rule.content.clone())],
        ("series-figures", _) => {
            known::figures(&rule.content, BEGINNING).into_iter().map(|(known, content)| step(known, content)).collect()
        }
        _ => vec![step(known::year_of_set(&rule.content), rule.content.clone())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_is_told_in_order_and_ends_with_what_is_shipped() {
        for scene in [Scene::ThreeTier, Scene::TwoTier] {
            ends_with_what_is_shipped(&steps(scene));
        }
    }

    fn ends_with_what_is_shipped(steps: &[Step]) {
        assert!(steps.is_sorted_by_key(|step| step.at));
        for rule in shipped().into_iter().chain(simulated()) {
            let last = steps.iter().rev().find_map(|step| match &step.what {
                Act::Rule(told) if told.kind == rule.kind && told.name == rule.name => Some(&told.content),
                _ => None,
            });
            assert_eq!(last, Some(&rule.content), "{} {}", rule.kind, rule.name);
        }
    }

    #[test]
    fn before_a_decision_nobody_knows_of_the_merger() {
        let steps = steps(Scene::TwoTier);
        let units = |day: Date| {
            let known = steps.iter().filter(|step| step.at <= Moment::start_of(day));
            let mut of_units = known.filter_map(|step| match &step.what {
                Act::Rule(rule) if rule.kind == "units" => Some(rule.content.clone()),
                _ => None,
            });
            of_units.next_back().unwrap()
        };
        assert!(!units(date(2021, 10, 14)).contains("Phú Thọ"));
        assert!(!units(date(2021, 10, 14)).contains("2024-12-31"));
        assert!(units(date(2024, 12, 1)).contains("2024-12-31"));
        assert!(units(date(2025, 6, 20)).contains("Phú Thọ"));
    }
}
