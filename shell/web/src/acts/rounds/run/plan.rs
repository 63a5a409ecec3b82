//! What is planned: shown, changed part by part, opened.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::Action;
use cchc_index::round::{Phase, Ranked, RoundFacts, Share, Standing, problems, shares_by_field};
use cchc_index::{RoundCommand, RoundRefusal};
use cchc_store::CommitError;
use cchc_text::date::vietnamese;

use super::asking::{back, commit, refused, shown};
use super::offer;
use crate::acts::rounds::at::RoundAt;
use crate::acts::rounds::list::unit_name;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{Field, FormView, Sent};
use crate::frame::render;
use crate::list::Link;
use crate::pages::rounds::run::Offer;
use crate::pages::rounds::run::form::FormPage;
use crate::pages::rounds::run::part::{Part, part_address, plan_address};
use crate::pages::rounds::run::parts::{Changing, SCORED};
use crate::pages::rounds::run::plan::{self as page, Opening, PlanPage, Said, Table, capital};
use crate::pages::rounds::standing_of;
use crate::store_error::not_committed;

/// The page.
pub async fn page(with: With, Path(round): Path<String>) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    Ok(render(&made(&with, &at).await?)?.into_response())
}

async fn made(with: &With, at: &RoundAt) -> Result<PlanPage, ErrorPage> {
    let may = at.organising(with, Action::RunRounds).await.is_ok();
    let editable = may && at.round.standing == Standing::Planned;
    let said = Said {
        standing: standing_of(at.round.standing),
        organiser: unit_name(with, &at.plan.organiser),
        year: at.plan.year.to_string(),
    };
    let sections = Part::ALL.into_iter().filter(|part| *part != Part::Title || editable);
    let shares = may && at.round.phase().is_some();
    let changes = |part| editable || (shares && part == Part::Shares);
    let sections = sections.map(|part| table(with, at, part, changes(part))).collect();
    let page = PlanPage::new(with, &at.id, &at.plan, said, sections);
    if !editable {
        return Ok(page);
    }
    let facts = RoundFacts {
        sets: at
            .plan
            .groups
            .iter()
            .filter_map(|group| Some((group.version, at.sets.get(&group.code)?.clone())))
            .collect(),
    };
    let found = problems(&at.plan, &facts);
    let mut todo: Vec<Link> = found.iter().map(|problem| page::todo(&at.id, &at.plan, problem)).collect();
    todo.extend(stale(with, at).await?.into_iter().map(|text| Link::new(text, part_address(&at.id, Part::Sets))));
    let opening = Opening { action: page::open_address(&at.id), request: fresh() };
    Ok(page.settling(todo, notes(at), opening))
}

/// Groups whose set is not in force, or not in this version.
async fn stale(with: &With, at: &RoundAt) -> Result<Vec<String>, ErrorPage> {
    let offered = offer::sets(with).await?;
    let text = |group: &cchc_index::round::Group| {
        let now = offered.iter().find(|set| set.name == group.set && set.group.0 == group.code);
        match now {
            Some(now) if now.version == group.version => None,
            Some(_) => {
                Some(format!("Bộ {} đã có bản mới hơn bản trong kế hoạch: ghi lại phần này để lấy bản mới", group.set))
            }
            None => Some(format!("Bộ {} của nhóm {} không có hiệu lực hôm nay", group.set, group.code)),
        }
    };
    Ok(at.plan.groups.iter().filter_map(text).collect())
}

/// What does not stand in the way but should be seen.
fn notes(at: &RoundAt) -> Vec<String> {
    let sets = at.plan.groups.iter().filter_map(|group| at.sets.get(&group.code));
    let other = sets.filter(|set| set.year != at.plan.year);
    let unshared = at.plan.units.iter().filter(|unit| !at.plan.sharing(&unit.code).is_empty()).filter_map(|unit| {
        let count = at.plan.unshared(&unit.code, at.sets.get(&unit.group)?);
        (count > 0).then(|| {
            format!("{count} dòng trong phiếu của {0} chưa giao cho cơ quan nào: chính {0} trả lời.", unit.name)
        })
    });
    let text = |set: &std::sync::Arc<cchc_index::CriteriaSet>| {
        format!(
            "Bộ {} lập cho năm {}, đợt chấm năm {}: hạn trong bộ tính theo năm của bộ.",
            set.id, set.year, at.plan.year
        )
    };
    other.map(text).chain(unshared).collect()
}

/// A part of the plan as a table.
fn table(with: &With, at: &RoundAt, part: Part, editable: bool) -> Table {
    let plan = &at.plan;
    let unit = |code: &str| Link::text(plan.unit(code).map_or_else(|| unit_name(with, code), |unit| unit.name.clone()));
    let text = |text: &str| Link::text(text);
    let (heads, rows, none): (Vec<&'static str>, Vec<Vec<Link>>, &'static str) = match part {
        Part::Title => (vec!["Tên", "Năm"], vec![vec![text(&plan.title), text(&plan.year.to_string())]], ""),
        Part::Sets => {
            let row = |group: &cchc_index::round::Group| {
                let set = at.sets.get(&group.code);
                let title = set.map_or(group.set.as_str(), |set| set.title.as_str());
                let name = set.and_then(|set| set.group(&group.code)).map_or(group.code.as_str(), |group| &group.name);
                let count = plan.units.iter().filter(|unit| unit.group == group.code).count();
                let version: String = group.version.to_string().chars().take(12).collect();
                let href = crate::pages::rule::address("criteria-set", &group.set);
                vec![text(name), Link::new(title, href), text(&version), text(&count.to_string())]
            };
            (
                vec!["Nhóm", "Bộ tiêu chí", "Bản", "Số đơn vị"],
                plan.groups.iter().map(row).collect(),
                "Chưa chọn bộ tiêu chí.",
            )
        }
        Part::Units => {
            let row = |unit: &cchc_index::round::Ranked| vec![text(&unit.name), text(&unit.code), text(&unit.group)];
            (vec!["Đơn vị", "Mã", "Nhóm"], plan.units.iter().map(row).collect(), "Chưa có đơn vị nào.")
        }
        Part::Deadlines => {
            let row = |phase: Phase| Some(vec![text(phase.label()), Link::text(vietnamese(plan.deadline(phase)?))]);
            (vec!["Bước", "Ngày cuối"], Phase::ALL.into_iter().filter_map(row).collect(), "Chưa có hạn nào.")
        }
        Part::Appraisers => {
            let row = |known: &cchc_index::round::Assigned| vec![text(&known.field), unit(&known.unit)];
            let outside =
                plan.outside.iter().map(|body| vec![text("Mọi lĩnh vực"), text(&format!("{body} (ngoài hệ thống)"))]);
            let rows = match &plan.outside {
                Some(_) => outside.collect(),
                None => plan.appraisers.iter().map(row).collect(),
            };
            (vec!["Lĩnh vực", "Cơ quan thẩm định"], rows, "Chưa phân công.")
        }
        Part::Substitutes => {
            let row = |known: &cchc_index::round::Substitute| {
                vec![text(&known.field), unit(&known.scored), unit(&known.unit)]
            };
            let none = "Không có: không cơ quan thẩm định nào được chấm trong đợt, hoặc chưa chọn.";
            (vec!["Lĩnh vực", "Đơn vị được chấm", "Cơ quan thay thế"], plan.substitutes.iter().map(row).collect(), none)
        }
        Part::Shares => {
            let row = |known: &cchc_index::round::Share| {
                let set = plan.unit(&known.scored).and_then(|unit| at.sets.get(&unit.group));
                let title = set.and_then(|set| set.find(&known.criterion)).map_or("", |(_, node)| node.title.as_str());
                vec![unit(&known.scored), text(&format!("{} {title}", known.criterion)), unit(&known.unit)]
            };
            let none = "Không chia: mỗi đơn vị tự trả lời phiếu của mình.";
            (vec!["Phiếu của", "Lĩnh vực, tiêu chí", "Cơ quan trả lời"], plan.shares.iter().map(row).collect(), none)
        }
        Part::Presets => {
            let row = |known: &cchc_index::round::Preset| {
                vec![unit(&known.unit), text(&known.criterion), text(&known.reason)]
            };
            (vec!["Đơn vị", "Tiêu chí", "Lý do"], plan.presets.iter().map(row).collect(), "Không có.")
        }
    };
    let change = if editable { part_address(&at.id, part) } else { String::new() };
    Table { part, change, heads, rows, none }
}

/// The form of a part.
pub async fn part(
    with: With,
    Path((round, part)): Path<(String, String)>,
    Query(sent): Query<Sent>,
) -> Result<Response, ErrorPage> {
    let (at, part, _) = changeable(&with, &round, &part).await?;
    let (scored, proposed) = splitting(&with, &at, part, &sent);
    let offer = offered(&with, &at, &scored).await?;
    let unit = |code: &str| unit_name(&with, code);
    let sets = &at.sets;
    let changing =
        Changing { round: &at.id, plan: &at.plan, sets, offer: &offer, unit: &unit, scored: &scored, proposed };
    let (form, selects) = changing.form(part, &fresh());
    show(&with, &at, part, running(&at, form), selects, &scored)
}

/// Whose sheet is split, and how it would be by its fields; nothing for other parts.
fn splitting(with: &With, at: &RoundAt, part: Part, sent: &Sent) -> (String, Vec<Share>) {
    if part != Part::Shares {
        return (String::new(), Vec::new());
    }
    let asked = at.plan.unit(sent.text(SCORED)).or_else(|| at.plan.units.first());
    let Some(unit) = asked else { return (String::new(), Vec::new()) };
    let assigned = with.world.appraisers.on(&unit.code, with.today);
    let proposed = at.sets.get(&unit.group).map(|set| shares_by_field(set, &unit.code, &assigned)).unwrap_or_default();
    (unit.code.clone(), proposed)
}

/// What can be chosen; where a sheet is split, the offices of the unit whose sheet it is.
async fn offered(with: &With, at: &RoundAt, scored: &str) -> Result<Offer, ErrorPage> {
    let offer = offer::offer(with, &at.plan.organiser).await?;
    Ok(if scored.is_empty() { offer } else { Offer { agencies: offer::agencies(with, scored), ..offer } })
}

/// The same form with a reason, where the round runs already.
fn running(at: &RoundAt, form: FormView) -> FormView {
    match at.round.standing {
        Standing::Planned => form,
        _ => form.field(Field::long("ly-do", "Lý do phân công lại").required().tip("Vào sổ cái; đợt đang chạy.")),
    }
}

/// The round and the part, for whoever may change it while it may be changed.
async fn changeable(with: &With, round: &str, part: &str) -> Result<(RoundAt, Part, cchc_access::Grant), ErrorPage> {
    let at = RoundAt::find(with, round).await?;
    let grant = at.organising(with, Action::RunRounds).await?;
    let missing = || ErrorPage::not_found("Kế hoạch không có phần này").way("Kế hoạch của đợt", plan_address(round));
    let part = Part::from_code(part).ok_or_else(missing)?;
    let moves = part == Part::Shares && at.round.phase().is_some();
    if at.round.standing != Standing::Planned && !moves {
        return Err(ErrorPage::new(StatusCode::CONFLICT, "Kế hoạch đã cố định")
            .because(format!("{}.", capital(&RoundRefusal::Frozen.to_string())))
            .because("Từng đơn vị vẫn gia hạn, mở lại hoặc sáp nhập được, có ghi lý do.")
            .way("Kế hoạch của đợt", plan_address(round))
            .way(at.plan.title.clone(), at.address()));
    }
    Ok((at, part, grant))
}

fn show(
    with: &With,
    at: &RoundAt,
    part: Part,
    form: FormView,
    selects: Vec<crate::pages::rounds::run::form::SelectRow>,
    scored: &str,
) -> Result<Response, ErrorPage> {
    let (title, address) = back(at);
    let is_first = part == Part::Shares && at.plan.shares.iter().all(|share| share.scored != scored);
    let mut notes = if selects.is_empty() && matches!(part, Part::Appraisers | Part::Substitutes) {
        vec![match part {
            Part::Appraisers => "Chọn bộ tiêu chí trước: lĩnh vực lấy từ bộ tiêu chí.".to_owned(),
            _ => "Không cơ quan thẩm định nào được chấm trong đợt này.".to_owned(),
        }]
    } else {
        Vec::new()
    };
    if is_first && !selects.is_empty() {
        notes.push("Chưa phân công: các ô dưới đây gợi ý theo cơ quan phụ trách lĩnh vực; xem lại rồi ghi.".to_owned());
    }
    let others = at.plan.units.iter().filter(|_| part == Part::Shares);
    let other = |unit: &Ranked| {
        let href = crate::list::address(&part_address(&at.id, part), &[(SCORED, &unit.code)]);
        (Link::new(&unit.name, href), unit.code == scored)
    };
    let others = others.map(other).collect();
    let page = FormPage::new(with, part.label(), part.lede(), Some((&title, &address)), form.clone());
    shown(&form, &page.noting(notes).choosing(selects).beside(others))
}

/// Changes a part.
pub async fn change(
    with: With,
    Path((round, part)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let (at, part, grant) = changeable(&with, &round, &part).await?;
    let (scored, proposed) = splitting(&with, &at, part, &sent);
    let offer = offered(&with, &at, &scored).await?;
    let unit = |code: &str| unit_name(&with, code);
    let sets = &at.sets;
    let changing =
        Changing { round: &at.id, plan: &at.plan, sets, offer: &offer, unit: &unit, scored: &scored, proposed };
    let (form, mut selects) = changing.form(part, &fresh());
    let form = running(&at, form).filled(&sent);
    for row in &mut selects {
        row.choices.iter_mut().for_each(|choice| choice.chosen = sent.text(&row.name) == choice.value);
    }
    let mut plan = match changing.read(part, form.clone(), &sent) {
        Ok(plan) => plan,
        Err(form) => return show(&with, &at, part, *form, selects, &scored),
    };
    if part == Part::Sets {
        // New fields of work begin with the agencies that the set names.
        let sets = plan.groups.iter().filter_map(|group| with.set(&group.set)).map(AsRef::as_ref);
        let named = offer::assigned(&offer, sets, &with).into_iter();
        let new: Vec<_> = named.filter(|one| plan.appraisers.iter().all(|known| known.field != one.field)).collect();
        plan.appraisers.extend(new);
    }
    let command = match at.round.standing {
        Standing::Planned => RoundCommand::Plan { plan: Box::new(plan) },
        _ => RoundCommand::Share {
            shares: plan.shares.into_iter().filter(|share| share.scored == scored).collect(),
            scored: scored.clone(),
        },
    };
    match commit(&with, &at.id, command, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&page::at(&at.id, part)).into_response()),
        Err(error) => {
            let field = |refusal: &RoundRefusal| if *refusal == RoundRefusal::NoReason { "ly-do" } else { "" };
            show(&with, &at, part, refused(error, form, field)?, selects, &scored)
        }
    }
}

/// Opens self-scoring.
pub async fn open(with: With, Path(round): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    let grant = at.organising(&with, Action::RunRounds).await?;
    if at.round.standing == Standing::Planned && !stale(&with, &at).await?.is_empty() {
        return refused_opening(&with, &at).await;
    }
    let years = at.plan.year.saturating_sub(1)..=at.plan.year.saturating_add(1);
    let days_off = with.world.days_off.rows().filter(|day| years.contains(&day.date.year())).cloned().collect();
    match commit(&with, &at.id, RoundCommand::Open { days_off }, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&at.address()).into_response()),
        Err(CommitError::Refused(RoundRefusal::Problems(_))) => refused_opening(&with, &at).await,
        Err(error) => Err(not_committed(&error).way("Kế hoạch của đợt", plan_address(&at.id))),
    }
}

async fn refused_opening(with: &With, at: &RoundAt) -> Result<Response, ErrorPage> {
    let page = made(with, at).await?.refused();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)?).into_response())
}
