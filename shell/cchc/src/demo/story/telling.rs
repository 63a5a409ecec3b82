//! Telling the story to a store: in the order of time, each step at its own moment, none twice.
//!
//! What happened at one moment to different people and sheets is told side by side, so that the store commits
//! it in groups; what happened to one of them stays in order.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use cchc_access::Person;
use cchc_index::{Round, Sheet};
use cchc_ledger::draft::Draft;
use cchc_ledger::rule::Rule;
use cchc_ledger::{Actor, Aggregate, Context, PersonId, RequestId, StreamId};
use cchc_store::{Store, people, rounds, rules, sheets};
use cchc_web::publishing;
use tokio::task::JoinSet;

use super::{Act, BEGINNING, Scene, Step};
use crate::clock::DemoClock;
use crate::rules::enter;
use crate::work;

/// How many steps of the story have been told.
const TOLD: &str = "story";
/// Which story it is: another one is not gone on with.
const STORY: &str = "story-form";
/// Changes with the steps.
const FORM: u32 = 2;
/// So often it is written down how far the telling is.
const NOTED: usize = 400;

/// Whether what is in the store was told by this story; `false`: by another one, or by an earlier program.
pub async fn mark(store: &Store, scene: Scene) -> anyhow::Result<bool> {
    let own = format!("{FORM} {}", scene.code());
    let known = store.meta(STORY).await?;
    if known.is_none() && store.meta(TOLD).await?.is_none() {
        store.meta_set(STORY, &own).await?;
        return Ok(true);
    }
    Ok(known.as_deref() == Some(own.as_str()))
}

/// Tells what has happened by now and was not told yet; gives back how many steps. `progress` hears how many are
/// told, and of how many.
pub async fn tell(
    store: &Store,
    clock: &DemoClock,
    steps: &[Step],
    progress: impl Fn(usize, usize),
) -> anyhow::Result<usize> {
    let now = clock.now();
    if now.date() < BEGINNING {
        bail!("bản trình diễn bắt đầu từ ngày {}", cchc_text::date::vietnamese(BEGINNING));
    }
    let told: usize = store.meta(TOLD).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
    let due = steps.iter().take_while(|step| step.at <= now).count();
    let result = tell_steps(store, clock, steps.get(..due).unwrap_or_default(), told, progress).await;
    clock.release();
    result?;
    if due > told {
        store.meta_set(TOLD, &due.to_string()).await?;
    }
    Ok(due.saturating_sub(told))
}

async fn tell_steps(
    store: &Store,
    clock: &DemoClock,
    steps: &[Step],
    from: usize,
    progress: impl Fn(usize, usize),
) -> anyhow::Result<()> {
    let (mut number, mut noted) = (from, from);
    while let Some(step) = steps.get(number) {
        clock.hold(step.at);
        let kind = Kind::of(&step.what);
        let rest = steps.get(number..).unwrap_or_default();
        let same = |other: &&Step| other.at == step.at && Kind::of(&other.what) == kind && kind != Kind::Alone;
        let together = rest.iter().take_while(same).count().max(1);
        let told = rest.get(..together).unwrap_or_default();
        match kind {
            Kind::Rule => tell_rules(store, told).await?,
            Kind::Alone | Kind::Apart => tell_together(store, (number..).zip(told)).await?,
        }
        number = number.saturating_add(together);
        progress(number, steps.len());
        if number >= noted.saturating_add(NOTED) {
            store.meta_set(TOLD, &number.to_string()).await?;
            noted = number;
        }
    }
    Ok(())
}

/// How a step is told with others of its moment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Before what follows.
    Alone,
    /// With the other rules: units and departments of one decision fit together only when all of them are there.
    Rule,
    /// It touches one stream alone, and nothing that is told beside it asks for that.
    Apart,
}

impl Kind {
    const fn of(act: &Act) -> Self {
        match act {
            Act::Rule(_) => Self::Rule,
            Act::Person(..) | Act::Sheet { .. } => Self::Apart,
            Act::Draft(..) | Act::Round(..) | Act::Publish { .. } => Self::Alone,
        }
    }
}

async fn tell_rules(store: &Store, steps: &[Step]) -> anyhow::Result<()> {
    let mut changed = Vec::new();
    for step in steps {
        let Act::Rule(rule) = &step.what else { continue };
        let stream = rules::stream(rule.kind, &rule.name)?;
        let (known, _) = store.peek::<Rule>(&stream).await?;
        let current = known.versions.iter().rev().find(|version| version.known_to.is_none());
        enter(store, rule, current.map(|version| version.id)).await?;
        changed.push(stream);
    }
    // Who is appointed next must find the units; the queued jobs will do the same once more.
    for stream in changed {
        work::rules::changed(store, &stream).await?;
    }
    Ok(())
}

async fn tell_together<'a>(store: &Store, steps: impl Iterator<Item = (usize, &'a Step)>) -> anyhow::Result<()> {
    let mut streams: BTreeMap<String, Vec<(usize, Act)>> = BTreeMap::new();
    for (number, step) in steps {
        let stream = match &step.what {
            Act::Person(person, _) => person.clone(),
            Act::Sheet { round, unit, .. } => format!("{round}/{unit}"),
            _ => String::new(),
        };
        streams.entry(stream).or_default().push((number, step.what.clone()));
    }
    let mut telling = JoinSet::new();
    for acts in streams.into_values() {
        let store = store.clone();
        telling.spawn(async move {
            for (number, act) in acts {
                tell_one(&store, number, act).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(told) = telling.join_next().await {
        told??;
    }
    Ok(())
}

async fn tell_one(store: &Store, number: usize, act: Act) -> anyhow::Result<()> {
    let request = RequestId(format!("story:{number}"));
    match act {
        // Told with the others of its moment.
        Act::Rule(_) => {}
        Act::Person(person, command) => {
            let context = Context::new(Actor::system(), request).because("dựng bản trình diễn");
            let stream = people::stream(&PersonId::from(person.as_str()))?;
            store.commit::<Person>(&stream, command, context).await.with_context(|| person.clone())?;
        }
        Act::Draft(id, by, command) => {
            let context = Context::new(by, request);
            store.commit::<Draft>(&StreamId::new(Draft::KIND, id)?, command, context).await?;
        }
        Act::Round(id, by, command, reason) => {
            let context = Context::new(by, request).because(reason);
            let said = store.commit::<Round>(&rounds::stream(&id)?, command, context).await;
            said.with_context(|| format!("đợt {id}"))?;
        }
        Act::Sheet { round, unit, by, command, reason } => {
            let context = Context::new(by, request).because(reason);
            let stream = sheets::stream(&round, &unit)?;
            let said = store.commit::<Sheet>(&stream, command, context).await;
            said.with_context(|| format!("đợt {round}, phiếu của {unit}"))?;
        }
        Act::Publish { round, by, particulars, on } => {
            let context = Context::new(by, request);
            publishing::publish(store, &round, &particulars, on, context).await?;
        }
    }
    Ok(())
}
