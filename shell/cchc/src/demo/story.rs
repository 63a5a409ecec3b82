//! The history of the demonstration, told in the order of time.
//!
//! A step enters when the clock passes it: units as they were known before a decision, days off as they
//! were announced, criteria sets of a year. So the ledger of the demonstration has a past of its own.

mod known;
mod proposals;

use anyhow::bail;
use cchc_access::{Person, PersonCommand};
use cchc_ledger::draft::{Draft, DraftCommand};
use cchc_ledger::rule::Rule;
use cchc_ledger::{Actor, Aggregate, Context, Moment, PersonId, RequestId, StreamId};
use cchc_store::{Store, people, rules};
use jiff::civil::{Date, date};

use super::cast;
use crate::clock::DemoClock;
use crate::rules::{DAYS_OFF, Shipped, UNITS, enter, shipped};
use crate::work;

/// The first day of the demonstration.
pub const BEGINNING: Date = date(2021, 1, 4);
/// How many steps of the story have been told.
const TOLD: &str = "story";

/// Something that happened.
pub struct Step {
    /// When.
    pub at: Moment,
    /// What.
    pub what: Act,
}

/// What happened.
pub enum Act {
    /// A version of a rule became known; it replaces the one before it.
    Rule(Shipped),
    /// A person was entered, appointed, or gave a delegation.
    Person(&'static str, PersonCommand),
    /// Somebody prepared a change of a rule.
    Draft(&'static str, Actor, DraftCommand),
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
/// The years whose days off are shipped.
const YEARS_OFF: std::ops::RangeInclusive<i16> = 2021..=2026;

/// The whole story in the order of time.
pub fn steps() -> Vec<Step> {
    let shipped = shipped();
    let mut steps = proposals::steps(&shipped);
    steps.extend(shipped.into_iter().flat_map(of_rule));
    let said = cast::said().into_iter();
    steps.extend(said.map(|said| Step { at: said.at, what: Act::Person(said.person, said.command) }));
    steps.sort_by_key(|step| step.at);
    steps
}

/// Tells what has happened by now and was not told yet; gives back how many steps.
pub async fn tell(store: &Store, clock: &DemoClock, steps: &[Step]) -> anyhow::Result<usize> {
    let now = clock.now();
    if now.date() < BEGINNING {
        bail!("bản trình diễn bắt đầu từ ngày {}", cchc_text::date::vietnamese(BEGINNING));
    }
    let told: usize = store.meta(TOLD).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
    let due = steps.iter().take_while(|step| step.at <= now).count();
    let result = tell_steps(store, clock, steps.get(..due).unwrap_or_default(), told).await;
    clock.release();
    result?;
    if due > told {
        store.meta_set(TOLD, &due.to_string()).await?;
    }
    Ok(due.saturating_sub(told))
}

async fn tell_steps(store: &Store, clock: &DemoClock, steps: &[Step], from: usize) -> anyhow::Result<()> {
    for (number, step) in steps.iter().enumerate().skip(from) {
        clock.hold(step.at);
        match &step.what {
            Act::Rule(rule) => {
                let stream = rules::stream(rule.kind, &rule.name)?;
                let (known, _) = store.peek::<Rule>(&stream).await?;
                let current = known.versions.iter().rev().find(|version| version.known_to.is_none());
                enter(store, rule, current.map(|version| version.id)).await?;
                // Who is appointed next must find the units; the queued job will do the same once more.
                work::rules::changed(store, &stream).await?;
            }
            Act::Person(person, command) => {
                let request = RequestId(format!("story:{number}"));
                let context = Context::new(Actor::system(), request).because("dựng bản trình diễn");
                let stream = people::stream(&PersonId::from(*person))?;
                store.commit::<Person>(&stream, command.clone(), context).await?;
            }
            Act::Draft(id, by, command) => {
                let context = Context::new(by.clone(), RequestId(format!("story:{number}")));
                store.commit::<Draft>(&StreamId::new(Draft::KIND, id)?, command.clone(), context).await?;
            }
        }
    }
    Ok(())
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
        ("days-off", DAYS_OFF) => YEARS_OFF
            .map(|year| {
                let known = date(year.saturating_sub(1), 12, 1).max(BEGINNING);
                step(known, known::days_off(&rule.content, year))
            })
            .collect(),
        _ => vec![step(known::year_of_set(&rule.content), rule.content.clone())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_is_told_in_order_and_ends_with_what_is_shipped() {
        let steps = steps();
        assert!(steps.is_sorted_by_key(|step| step.at));
        for rule in shipped() {
            let last = steps.iter().rev().find_map(|step| match &step.what {
                Act::Rule(told) if told.kind == rule.kind && told.name == rule.name => Some(&told.content),
                _ => None,
            });
            assert_eq!(last, Some(&rule.content), "{} {}", rule.kind, rule.name);
        }
    }

    #[test]
    fn before_a_decision_nobody_knows_of_the_merger() {
        let steps = steps();
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
