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
use cchc_ledger::{Actor, Aggregate, Context, Hash, PersonId, RequestId, StreamId};
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
const FORM: u32 = 4;
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
        // Told before the program ended: the same content again would replace itself.
        if known.versions.iter().all(|version| version.id != Hash::of(rule.content.as_bytes())) {
            enter(store, rule, current.map(|version| version.id)).await?;
        }
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
            let known = store.round_find(&round).await?.unwrap_or_default().results;
            if known.iter().any(|known| known.decision == particulars.decision) {
                // Told before the program ended; the sheets may have been corrected since.
                return Ok(());
            }
            let context = Context::new(by, request);
            publishing::publish(store, &round, &particulars, on, context).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use cchc_index::round::{Phase, Standing};
    use cchc_index::sheet::SheetStanding;
    use cchc_store::Options;
    use cchc_web::{App, results};
    use jiff::civil::{Date, date};

    use super::super::steps;
    use super::*;
    use crate::world;

    struct Told {
        store: Store,
        clock: DemoClock,
        steps: Vec<Step>,
        folder: tempfile::TempDir,
    }

    /// The story of a scene, told up to its day.
    async fn told(scene: Scene) -> Told {
        let (folder, clock) = (tempfile::tempdir().unwrap(), DemoClock::starting(scene.day()));
        let store = Store::open(Options::new(folder.path(), None, clock.clock())).await.unwrap();
        assert!(mark(&store, scene).await.unwrap());
        let told = Told { store, clock, steps: steps(scene), folder };
        assert!(told.more().await > 0);
        told
    }

    impl Told {
        async fn more(&self) -> usize {
            tell(&self.store, &self.clock, &self.steps, |_, _| ()).await.unwrap()
        }

        async fn events(&self) -> u64 {
            self.store.log_end().await.unwrap().0
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_told_is_not_told_again_after_a_stop_nor_after_a_fall() {
        let told = told(Scene::TwoTier).await;
        let events = told.events().await;
        assert_eq!(told.more().await, 0);
        // The program fell before it wrote down how far it was.
        told.store.meta_set(TOLD, "0").await.unwrap();
        assert!(told.more().await > 0);
        assert_eq!(told.events().await, events);
        let Told { store, clock, steps, folder } = told;
        store.close().await;
        let store = Store::open(Options::new(folder.path(), None, clock.clock())).await.unwrap();
        assert!(mark(&store, Scene::TwoTier).await.unwrap());
        assert!(!mark(&store, Scene::ThreeTier).await.unwrap());
        let told = Told { store, clock, steps, folder };
        assert_eq!((told.more().await, told.events().await), (0, events));
        let round = told.store.round_find("pt-2026").await.unwrap().unwrap();
        assert_eq!((round.phase(), round.plan.unwrap().units.len()), (Some(Phase::SelfScoring), 50));
        let sheets = told.store.sheet_list("pt-2026").await.unwrap();
        let open = sheets.iter().filter(|row| row.standing == SheetStanding::Open && row.filled > 0).count();
        assert!(open > 10 && open < sheets.len(), "{open}");
        // It goes on when the clock does.
        told.clock.advance(cchc_ledger::Moment::start_of(date(2026, 12, 17)));
        assert!(told.more().await > 0);
        told.store.close().await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn on_its_day_last_year_is_published_and_this_year_is_in_the_middle() {
        let told = told(Scene::ThreeTier).await;
        let store = &told.store;
        let app = App::demonstration(store.clone(), world::load(store).await.unwrap());
        results::refresh(&app).await.unwrap();
        crate::demo::province::publish(&app);
        let site = app.site();
        for (id, units) in [("vinh-phuc-2021-so", 19), ("vinh-phuc-2021-huyen", 9), ("vinh-phuc-2021-xa", 136)] {
            let publication = site.lookup(id).unwrap_or_else(|| panic!("{id} is not public"));
            assert_eq!(publication.package.scored.units.len(), units, "{id}");
            assert!(publication.package.about.simulated);
            assert_eq!(publication.package.scored.findings, [], "{id}");
        }
        // A sheet was corrected after the publication: the first version stays, and says what replaced it.
        let first = site.lookup("vinh-phuc-2021-huyen-lan-1").unwrap();
        assert_eq!(first.replaced_by.as_deref(), Some("vinh-phuc-2021-huyen"));
        let of = |id: &str| site.lookup(id).unwrap().unit("251").unwrap().total.clone();
        assert_ne!(of("vinh-phuc-2021-huyen-lan-1"), of("vinh-phuc-2021-huyen"));
        let today: Date = told.clock.now().date();
        let mut standings = Vec::new();
        let (mut late, mut disputed, mut asked, mut extended) = (0, 0, 0, 0);
        let rounds = store.round_list().await.unwrap();
        let running: Vec<_> = rounds.iter().filter(|row| row.year == 2022).collect();
        assert_eq!(running.len(), 11);
        for row in running {
            let round = store.round_find(&row.id).await.unwrap().unwrap();
            assert_ne!(round.standing, Standing::Published, "{}", row.id);
            extended += round.extensions.len();
            for sheet in store.sheet_list(&row.id).await.unwrap() {
                let is_open = sheet.standing != SheetStanding::Submitted;
                late += usize::from(is_open && round.is_late(&sheet.unit, today));
                asked += sheet.asked;
                standings.push(sheet.standing);
                let lines = store.sheet_find(&row.id, &sheet.unit).await.unwrap().lines;
                disputed += lines.values().filter(|line| line.is_disputed()).count();
                let sources = lines.values().filter_map(|line| line.counted.as_ref());
                assert!(sources.clone().all(|counted| counted.source.contains("nhập từ")), "{}", sheet.unit);
            }
        }
        let open = store.sheet_list("vp-2022").await.unwrap();
        assert!(open.iter().any(|row| row.standing == SheetStanding::Submitted));
        assert!(open.iter().any(|row| row.standing == SheetStanding::Open && row.filled > 0));
        let proposed: usize = standings.iter().filter(|standing| **standing == SheetStanding::Proposed).count();
        assert!(proposed > 2, "{proposed} sheets wait for a signature");
        assert!(late > 5 && disputed > 20 && asked > 2 && extended > 3, "{late} {disputed} {asked} {extended}");
        let province = store.sheet_find("bnv-2022", "26").await.unwrap();
        let how: std::collections::BTreeMap<&str, usize> =
            province.deliveries.values().fold(std::collections::BTreeMap::new(), |mut how, one| {
                *how.entry(one.code()).or_default() += 1;
                how
            });
        assert_eq!((how["delivered"], how["sent-back"], how.len()), (5, 1, 2), "one of seven did not hand over");
        let finance = store.part_list_of("VP.STC").await.unwrap();
        assert_eq!((finance.len(), finance[0].standing.as_str()), (1, ""));
        let plan = store.round_find("vp-2022").await.unwrap().unwrap().plan.unwrap();
        assert_eq!(
            plan.groups.iter().map(|group| group.set.as_str()).collect::<Vec<_>>(),
            ["vp-2022-so", "vp-2022-huyen"]
        );
        assert!(plan.substitutes.iter().any(|one| one.scored == "VP.SNV" && one.unit == "VP.VPUBND"));
        drop(app);
        told.store.close().await;
    }
}
