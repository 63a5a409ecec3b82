//! A round is planned, from nothing or after an earlier one.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, Reach, Resource, reach};
use cchc_index::RoundCommand;
use cchc_index::copy::retitled;
use cchc_index::round::{Copied, Plan, Ranked, next_plan};

use super::asking::{commit, refused};
use super::offer::{self, assigned, organisers, ranked};
use crate::acts::people::asking::id;
use crate::acts::rounds::at::{RoundAt, over};
use crate::acts::with::{With, context, fresh, request};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::rounds::round_address;
use crate::pages::rounds::run::new::{self as page, AFTER, NEW, NewPage};
use crate::pages::rounds::run::part::plan_address;
use crate::pages::rounds::run::{Offer, parts};

/// The form.
pub async fn form(with: With, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    may_somewhere(&with)?;
    let form = blank(&with, &sent).await?;
    show(&with, &sent, form).await
}

/// Whether the visitor may run any round at all.
fn may_somewhere(with: &With) -> Result<(), ErrorPage> {
    with.principal(Action::RunRounds)?;
    if matches!(reach(&with.visitor.viewer, Action::RunRounds, with.today), Reach::Nothing | Reach::SelfOnly(_)) {
        with.grant(Action::RunRounds, &Resource::system())?;
    }
    Ok(())
}

async fn blank(with: &With, sent: &Sent) -> Result<FormView, ErrorPage> {
    let organisers = organisers(with);
    match sent.text(AFTER) {
        "" => {
            let offer = Offer { sets: offer::sets(with).await?, ..Offer::default() };
            Ok(page::form(&fresh(), &organisers, &offer, with.today.year().saturating_sub(1)))
        }
        round => {
            let old = RoundAt::find(with, round).await?.plan;
            let year = old.year.saturating_add(1);
            Ok(page::form_after(&fresh(), &organisers, round, &copied(with, &old, year).await?.plan))
        }
    }
}

async fn show(with: &With, sent: &Sent, form: FormView) -> Result<Response, ErrorPage> {
    let (mut earlier, mut after) = (Vec::new(), None);
    for row in with.store().round_list().await? {
        if row.id == sent.text(AFTER) {
            after = Some(Link::new(&row.title, round_address(&row.id)));
        }
        if sent.text(AFTER).is_empty() && over(with, Action::RunRounds, &row.organiser).await.is_ok() {
            earlier.push(Link::new(row.title, address(NEW, &[(AFTER, &row.id)])));
        }
    }
    let status = form.status();
    Ok((status, render(&NewPage::new(with, form, earlier, after))?).into_response())
}

/// Plans it.
pub async fn take(with: With, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    may_somewhere(&with)?;
    let organiser = sent.text("co-quan").to_owned();
    let mut form = blank(&with, &sent).await?.filled(&sent);
    let (title, year, deadlines) = page::read(&mut form, &sent);
    if organiser.is_empty() {
        return show(&with, &sent, form).await;
    }
    // Whoever may not is told so, not asked to correct his form.
    let grant = over(&with, Action::RunRounds, &organiser).await?;
    if organisers(&with).iter().all(|(code, _)| *code != organiser) {
        form.refuse("co-quan", "không phải đơn vị hôm nay có đơn vị trực thuộc");
    }
    let begun = match sent.text(AFTER) {
        "" => from_nothing(&with, &mut form, &sent, &organiser).await?,
        round => {
            let old = RoundAt::find(&with, round).await?.plan;
            copied(&with, &old, year.unwrap_or(old.year)).await?.plan
        }
    };
    let Some(year) = year.filter(|_| !form.is_refused()) else { return show(&with, &sent, form).await };
    let within = offer::offer(&with, &organiser).await?;
    let plan = Plan { title, year, organiser: organiser.clone(), deadlines, ..begun };
    if let Some(foreign) = plan.units.iter().find(|unit| within.units.iter().all(|known| known.code != unit.code)) {
        form.refuse("co-quan", format!("không được chấm {}: không trực thuộc cơ quan tổ chức", foreign.name));
        return show(&with, &sent, form).await;
    }
    let by = with.visitor.person().unwrap_or_default();
    let mark: String = id(&["round", by, request(&sent).as_str()]).chars().take(6).collect();
    let round = format!("{organiser}-{year}-{mark}");
    match commit(&with, &round, RoundCommand::Plan { plan: Box::new(plan) }, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&plan_address(&round)).into_response()),
        Err(error) => show(&with, &sent, refused(error, form, |_| "")?).await,
    }
}

/// Groups, units and appraisers of a new plan.
async fn from_nothing(with: &With, form: &mut FormView, sent: &Sent, organiser: &str) -> Result<Plan, ErrorPage> {
    let offer = offer::offer(with, organiser).await?;
    let groups = parts::groups(form, sent, &offer);
    let codes: Vec<&str> = groups.iter().map(|group| group.code.as_str()).collect();
    let all = sent.text("moi-don-vi") == "tat-ca";
    let units = if all { ranked(with, organiser, &codes) } else { Vec::new() };
    let chosen = groups.iter().filter_map(|group| with.set(&group.set)).map(AsRef::as_ref);
    let appraisers = assigned(&offer, chosen, with);
    Ok(Plan {
        title: String::new(),
        year: 0,
        organiser: organiser.to_owned(),
        groups,
        units,
        deadlines: Vec::new(),
        appraisers,
        substitutes: Vec::new(),
        presets: Vec::new(),
        shares: Vec::new(),
        outside: None,
    })
}

/// The plan of a later year: by the sets in force, with the units of today.
async fn copied(with: &With, old: &Plan, year: i16) -> Result<Copied, ErrorPage> {
    let offered = offer::sets(with).await?;
    let mut sets = BTreeMap::new();
    for group in &old.groups {
        let fits = |name: &str| offered.iter().find(|set| set.name == name && set.group.0 == group.code);
        let of_year = || offered.iter().find(|set| set.group.0 == group.code && set.year == year);
        let found = fits(&retitled(&group.set, old.year, year)).or_else(of_year).or_else(|| fits(&group.set));
        if let Some(set) = found {
            sets.insert(group.set.clone(), (set.name.clone(), set.version));
        }
    }
    Ok(next_plan(old, year, &sets, |unit| today(with, unit)))
}

/// What a unit of an earlier round is today: itself, the unit that took over, or nothing.
fn today(with: &With, unit: &Ranked) -> Option<Ranked> {
    if let Ok(now) = with.units.find(&unit.code, with.today) {
        return Some(Ranked { name: now.name.clone(), ..unit.clone() });
    }
    let last = with.units.all().filter(|known| known.code == unit.code).filter_map(|known| known.period.to).max()?;
    let later = with.units.successors_at(&unit.code, last, with.today).ok()?;
    later.first().map(|now| Ranked { code: now.code.clone(), name: now.name.clone(), group: unit.group.clone() })
}
