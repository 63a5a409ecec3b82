//! The page of a leader: what is late and whose, how far the rounds are, where results are weak.

use axum::response::Html;
use cchc_access::{Action, Reach, Resource, Role, reach};
use cchc_index::round::Phase;
use cchc_index::sheet::SheetStanding;
use cchc_index::{Exact, Sheet};
use cchc_store::people::PersonFilter;
use cchc_store::sheets::SheetRow;
use cchc_text::Decimal;
use cchc_text::date::vietnamese;

use super::rounds::at::{RoundAt, over};
use super::with::With;
use crate::Publication;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::list::Link;
use crate::pages::leader::{LateRow, LeaderPage, MOST, Mover, ResultRow, RoundRow, Told};
use crate::pages::publication::figures::percent;
use crate::pages::publication::group::{Group, heaviest_loss};
use crate::pages::publication::matching::{Before, matching};
use crate::pages::publication::shown::Shown;
use crate::pages::rounds::{round_address, sheet_address};
use crate::pages::series;

/// Groups of results that are shown.
const RESULTS: usize = 3;
/// Movers, lowest units, weak fields that are shown of each.
const EACH: usize = 3;

/// A late unit before it is known who answers for it.
struct Late {
    days: i32,
    round: String,
    row: SheetRow,
    lines: u32,
}

/// The page.
pub async fn page(with: With) -> Result<Html<String>, ErrorPage> {
    with.principal(Action::ViewBoards)?;
    if matches!(reach(&with.visitor.viewer, Action::ViewBoards, with.today), Reach::Nothing | Reach::SelfOnly(_)) {
        with.grant(Action::ViewBoards, &Resource::system())?;
    }
    let (mut told, mut late) = (Told { simulated: with.demonstration, ..Told::default() }, Vec::new());
    for row in with.store().round_list().await?.into_iter().filter(|row| row.standing == "running") {
        if over(&with, Action::ViewBoards, &row.organiser).await.is_err() {
            continue;
        }
        let at = RoundAt::find(&with, &row.id).await?;
        let sheets = with.store().sheet_list(&row.id).await?;
        let before = late.len();
        late.extend(late_of(&with, &at, &sheets));
        told.rounds.push(RoundRow {
            title: Link::new(row.title, round_address(&row.id)),
            step: step(&at),
            submitted: sheets.iter().filter(|sheet| sheet.standing == SheetStanding::Submitted).count(),
            units: sheets.len(),
            late: late.len().saturating_sub(before),
            asked: sheets.iter().map(|sheet| sheet.asked).fold(0, u64::saturating_add),
        });
    }
    late.sort_by(|one, other| other.days.cmp(&one.days).then(one.row.filled.cmp(&other.row.filled)));
    told.more_late = late.len().saturating_sub(MOST);
    for one in late.into_iter().take(MOST) {
        let row = late_row(&with, one).await?;
        told.late.push(row);
    }
    // What asks for attention stands first; a round without trouble is counted alone.
    told.rounds.sort_by_key(|round| std::cmp::Reverse((round.late, round.asked)));
    told.results = results(&with);
    told.series = series::in_rows(&with);
    render(&LeaderPage::new(&with, told))
}

/// `Tự chấm điểm đến 18/01/2023`.
fn step(at: &RoundAt) -> String {
    let Some(phase) = at.round.phase() else { return String::new() };
    match at.plan.deadline(phase) {
        Some(until) => format!("{phase} đến {}", vietnamese(until)),
        None => phase.label().to_owned(),
    }
}

/// Who has not handed in although his last day is over.
fn late_of(with: &With, at: &RoundAt, sheets: &[SheetRow]) -> Vec<Late> {
    let late = sheets.iter().filter(|sheet| sheet.standing != SheetStanding::Submitted).filter_map(|sheet| {
        let until = at.round.may_fill_until(&sheet.unit).or_else(|| at.round.until(&sheet.unit, Phase::SelfScoring))?;
        let days = until.until(with.today).map_or(0, |span| span.get_days());
        let lines =
            at.sets.get(&sheet.group).map_or(0, |set| Sheet::default().progress(&at.plan, set, &sheet.unit).lines);
        (days > 0).then(|| Late { days, round: at.id.clone(), row: sheet.clone(), lines })
    });
    late.collect()
}

async fn late_row(with: &With, late: Late) -> Result<LateRow, ErrorPage> {
    let sees = over(with, Action::ViewSheets, &late.row.unit).await.is_ok();
    let href = if sees { sheet_address(&late.round, &late.row.unit) } else { String::new() };
    let what = Link::new("Chưa nộp phiếu tự chấm", href);
    let filter = PersonFilter {
        unit: Some(late.row.unit.clone()),
        role: Some(Role::UnitHead),
        ..PersonFilter::within(Reach::All, with.today)
    };
    let people = with.store().person_list(&filter, None, 3).await?.people;
    let responsible = people.iter().flat_map(|(person, posts)| {
        let held = posts.iter().filter(|held| held.post.unit == late.row.unit);
        held.map(|held| format!("{}: {}", held.post.title, person.name))
    });
    let reason = match (late.row.filled, late.row.standing) {
        (0, _) => "chưa nhập dòng nào".to_owned(),
        (_, SheetStanding::Proposed) => "đã nhập xong, chờ thủ trưởng nộp".to_owned(),
        (filled, _) => format!("mới nhập {filled}\u{a0}/\u{a0}{} dòng", late.lines),
    };
    Ok(LateRow { what, unit: late.row.name, responsible: responsible.collect(), days: late.days, reason })
}

/// The last published results of the groups that have whole results.
fn results(with: &With) -> Vec<ResultRow> {
    let current = with.publications.iter().filter(|one| one.replaced_by.is_none() && !one.package.about.partial);
    let Some(year) = current
        .clone()
        .map(|one| one.package.set.year)
        .filter(|year| i64::from(*year) <= i64::from(with.today.year()))
        .max()
    else {
        return Vec::new();
    };
    // A group is ranked by its districts and by the whole province: the ranking of most units counts.
    let mut found: Vec<(String, usize, ResultRow)> = Vec::new();
    for publication in current.filter(|one| one.package.set.year == year) {
        let shown = Shown::new(with, publication);
        for group in shown.groups() {
            let row = || (group.code.clone(), group.units.len(), result(with, &shown, publication, &group));
            match found.iter_mut().find(|(code, ..)| *code == group.code) {
                Some(known) if known.1 < group.units.len() => *known = row(),
                Some(_) => {}
                None => found.push(row()),
            }
        }
    }
    found.truncate(RESULTS);
    found.into_iter().map(|(.., row)| row).collect()
}

fn result(with: &With, shown: &Shown<'_>, publication: &Publication, group: &Group<'_>) -> ResultRow {
    let set = shown.set();
    // In the red: below the lowest floor that a class of the set asks of each field.
    let floor = set.classes.iter().filter_map(|class| class.floor).min();
    let lowest = group.units.iter().rev().filter(|unit| unit.result.is_some()).take(EACH).map(|unit| {
        let why = heaviest_loss(set, unit)
            .map(|(field, lost)| format!("mất {} điểm ở {}", shown.figures.points(&lost), shown.title(field)));
        let points = unit.result.as_ref().map(|result| shown.figures.said(result)).unwrap_or_default();
        (Link::new(shown.name(unit), shown.unit_href(&unit.code)), points, why.unwrap_or_default())
    });
    let fields = group.weakest_fields(set).into_iter().take(EACH).map(|(field, share)| {
        let code = set.criteria.get(field).map_or("", |node| node.code.as_str());
        let below = floor.is_some_and(|floor| &share * &Exact::whole(100) < Exact::from(floor));
        (Link::new(shown.title(field), shown.criterion_href(code)), percent(&share), below)
    });
    ResultRow {
        title: Link::new(format!("{} {}", group.name, set.year), shown.group_href(&group.code)),
        median: group.median().map(|median| shown.figures.said(&median)).unwrap_or_default(),
        movers: movers(with, shown, publication, group),
        lowest: lowest.collect(),
        fields: fields.collect(),
        floor: floor.map(Decimal::vietnamese).unwrap_or_default(),
    }
}

/// The units whose rank changed most since the year before; none where that year was not published.
fn movers(with: &With, shown: &Shown<'_>, publication: &Publication, group: &Group<'_>) -> Vec<Mover> {
    let earlier = with.publications.iter().find(|one| {
        let same = one.package.set.groups.iter().any(|known| known.code == group.code);
        one.package.set.year == shown.set().year.saturating_sub(1)
            && same
            && one.replaced_by.is_none()
            && !one.package.about.partial
    });
    let Some(earlier) = earlier else { return Vec::new() };
    let matched = matching(&with.units, earlier, publication);
    let moved = matched.pairs.iter().filter(|pair| pair.after.group == group.code).filter_map(|pair| {
        let Before::Same { unit, .. } = &pair.before else { return None };
        let ranks = (unit.rank?, pair.after.rank?);
        let unit = Link::new(shown.name(pair.after), shown.unit_href(&pair.after.code));
        (ranks.0 != ranks.1).then_some(Mover { unit, ranks })
    });
    let mut moved: Vec<Mover> = moved.collect();
    moved.sort_by_key(|mover| std::cmp::Reverse(mover.places()));
    moved.truncate(EACH);
    moved
}
