//! All criteria of one unit that the visitor sees, decided row by row, or the rest at once.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::Action;
use cchc_index::round::Ranked;

use super::super::at::{RoundAt, over};
use super::super::sheet::of::appraised;
use super::cells::{Cell, of_unit};
use super::criteria::shown_phase;
use super::deciding::{self, Outcome, carry_out};
use super::desk::Desk;
use super::grid::{Asked, closed, many, report, takes_of, typed};
use super::{filter, shown};
use crate::acts::with::{With, fresh, request};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::rounds::appraise::grid::{About, GridPage, Report, Rest, RestRow};
use crate::pages::rounds::appraise::row::Row;
use crate::pages::rounds::appraise::unit_address;
use crate::pages::rounds::criterion_address;

/// A unit of a round, with the cells that the visitor sees.
struct Lines {
    at: RoundAt,
    desk: Desk,
    unit: Ranked,
    cells: Vec<Cell>,
}

impl Lines {
    async fn find(with: &With, id: &str, unit: &str) -> Result<Self, ErrorPage> {
        let at = RoundAt::find(with, id).await?;
        let desk = Desk::of(with, &at).await?;
        desk.may_see()?;
        let unit = at.unit(unit)?.clone();
        let cells = of_unit(with, &at, &desk, &unit).await?;
        if cells.is_empty() {
            return Err(desk.nothing());
        }
        // What was explained stands first: it is what the second appraisal is about.
        let mut cells = cells;
        cells.sort_by_key(|cell| cell.line.explained.as_ref().is_none_or(|said| said.agrees));
        Ok(Self { at, desk, unit, cells })
    }
}

/// The page.
pub async fn page(
    with: With,
    Path((id, unit)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, ErrorPage> {
    let lines = Lines::find(&with, &id, &unit).await?;
    let report = asked.ghi.map(|done| Report { done, ..Report::default() });
    show(&with, &lines, &asked, &Outcome::default(), (&Sent::default(), report)).await
}

/// Records decisions.
pub async fn decide(
    with: With,
    Path((id, unit)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let lines = Lines::find(&with, &id, &unit).await?;
    lines.desk.may_decide()?;
    let outcome = carry_out(with.store(), &lines.at, &lines.cells, &sent).await?;
    answer(&with, &lines, &asked, outcome, &sent).await
}

/// Accepts the chosen rest in one act.
pub async fn accept_rest(
    with: With,
    Path((id, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let lines = Lines::find(&with, &id, &unit).await?;
    lines.desk.may_decide()?;
    let outcome = deciding::accept_rest(with.store(), &lines.at, &lines.cells, &sent).await?;
    answer(&with, &lines, &Asked::default(), outcome, &Sent::default()).await
}

async fn answer(
    with: &With,
    lines: &Lines,
    asked: &Asked,
    outcome: Outcome,
    sent: &Sent,
) -> Result<Response, ErrorPage> {
    let path = unit_address(&lines.at.id, &lines.unit.code);
    if outcome.is_whole() {
        let (done, loc) = (outcome.done.to_string(), asked.loc.as_deref().unwrap_or_default());
        return Ok(Redirect::to(&address(&path, &[("loc", loc), ("ghi", &done)])).into_response());
    }
    let lines = Lines::find(with, &lines.at.id, &lines.unit.code).await?;
    let report = report(&outcome, |key| Some(title(lines.cells.iter().find(|cell| cell.key == key)?)));
    show(with, &lines, asked, &outcome, (sent, Some(report))).await
}

fn title(cell: &Cell) -> String {
    cell.node().map_or_else(String::new, |(node, _)| format!("{} {}", node.code, node.title))
}

/// The unit at a place of the plan, where the visitor may see lines of it.
async fn beside(with: &With, at: &RoundAt, position: Option<usize>) -> Option<Link> {
    let unit = at.plan.units.get(position?)?;
    let whole = over(with, Action::ViewSheets, &unit.code).await.is_ok();
    let sees = whole || appraised(with, at, &unit.code).await.is_ok_and(|fields| !fields.is_empty());
    sees.then(|| Link::new(&unit.name, unit_address(&at.id, &unit.code)))
}

async fn show(
    with: &With,
    lines: &Lines,
    asked: &Asked,
    outcome: &Outcome,
    (sent, report): (&Sent, Option<Report>),
) -> Result<Response, ErrorPage> {
    let at = &lines.at;
    let position = at.plan.units.iter().position(|unit| unit.code == lines.unit.code).unwrap_or(0);
    let around = (beside(with, at, position.checked_sub(1)).await, beside(with, at, position.checked_add(1)).await);
    let phase = shown_phase(at);
    let loc = asked.loc.as_deref().unwrap_or_default();
    let row = |cell: &Cell| Row {
        below: cell.node().map_or_else(String::new, |(node, _)| format!("tối đa {}", node.max.vietnamese())),
        typed: typed(cell, phase, outcome, asked),
        ..shown::row(with, at, cell, Link::new(title(cell), criterion_address(&at.id, &cell.key)), phase)
    };
    let kept = |cell: &&Cell| filter::holds(loc, cell, phase) || outcome.typed.contains_key(&cell.key);
    let rows = lines.cells.iter().filter(kept).map(row).collect();
    let path = unit_address(&at.id, &lines.unit.code);
    let about = About {
        round: (at.id.clone(), at.plan.title.clone()),
        title: format!("Thẩm định {}", lines.unit.name),
        lede: filter::lede(at, &lines.cells, phase),
        action: path.clone(),
        first: "Tiêu chí",
        takes_of: lines.cells.iter().any(|cell| cell.node().is_some_and(|(_, leaf)| takes_of(&leaf.rule))),
        filters: filter::tabs(&lines.cells, phase, &path, "", loc),
        closed: closed(at, &lines.cells),
        quick: filter::quick(&lines.cells, phase, &path, ""),
        rest: rest(lines, &path),
        around,
        request: if sent.text(crate::form::REQUEST).is_empty() { fresh() } else { request(sent).to_string() },
        ..About::default()
    };
    let wrong = report.as_ref().is_some_and(|report| !report.refused.is_empty() || !report.wrongs.is_empty());
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, render(&GridPage::new(with, about, rows, many(with, sent), report))?).into_response())
}

/// What waits and may be accepted at once, with what speaks against it.
fn rest(lines: &Lines, path: &str) -> Option<Rest> {
    let phase = shown_phase(&lines.at);
    let doubt = |cell: &Cell| {
        let disagrees = cell.line.explained.as_ref().is_some_and(|said| !said.agrees);
        let doubts = [
            (cell.before(phase).is_empty(), "chưa có câu trả lời"),
            (!cell.is_proved(), "không có tài liệu"),
            (cell.line.is_disputed(), "lệch số hệ thống"),
            (disagrees, "đơn vị không đồng ý"),
        ];
        let held: Vec<&str> = doubts.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words).collect();
        held.join(", ")
    };
    let row = |cell: &Cell| {
        let before = cell.before(phase);
        let points = shown::points_of(&lines.at, cell, &before).map(|earned| shown::points(&earned));
        RestRow {
            key: cell.key.clone(),
            name: title(cell),
            answer: format!("{}: {} điểm", shown::said(cell, &before), points.unwrap_or_else(|| "0".to_owned())),
            mark: cell.line.mark(),
            doubt: doubt(cell),
        }
    };
    let waits = |cell: &&Cell| cell.grant.is_some() && cell.state(phase).waits();
    let rows: Vec<RestRow> = lines.cells.iter().filter(waits).map(row).collect();
    (!rows.is_empty()).then(|| Rest { action: format!("{path}/con-lai"), request: fresh(), rows })
}
