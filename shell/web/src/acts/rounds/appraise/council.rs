//! The council: what is still disputed across units, decided line by line; its minutes.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::Action;
use cchc_index::Exact;
use cchc_index::round::Phase;
use cchc_index::sheet::Line;
use cchc_papers::council_minutes::{CouncilMinutes, MinuteLine, docx};

use super::super::at::RoundAt;
use super::cells::Cell;
use super::deciding::{Outcome, carry_out};
use super::desk::Desk;
use super::grid::{Asked, many, report, takes_of, typed};
use super::{shown, unwritten};
use crate::acts::rounds::list::unit_name;
use crate::acts::with::{With, fresh, request};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::download::{DOCX, download};
use crate::pages::publication::shown::Tab;
use crate::pages::rounds::appraise::grid::{About, GridPage, Report};
use crate::pages::rounds::appraise::row::Row;
use crate::pages::rounds::appraise::{council_address, unit_address};

/// What is disputed in a round.
struct Disputed {
    at: RoundAt,
    cells: Vec<Cell>,
}

impl Disputed {
    async fn find(with: &With, id: &str) -> Result<Self, ErrorPage> {
        let at = RoundAt::find(with, id).await?;
        at.organising(with, Action::DecideLines).await?;
        let desk = Desk::of(with, &at).await?;
        let cells = disputed(with, &at, &desk).await?;
        Ok(Self { at, cells })
    }

    fn open(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.state(Phase::Council).is_decided()).count()
    }
}

/// Every disputed line of a round, by unit and criterion in their order.
///
/// # Errors
/// What the store says.
pub async fn disputed(with: &With, at: &RoundAt, desk: &Desk) -> Result<Vec<Cell>, ErrorPage> {
    let standing: HashMap<String, _> =
        with.store().sheet_list(&at.id).await?.into_iter().map(|row| (row.unit, row.standing)).collect();
    let mut lines: HashMap<(String, String), Line> = HashMap::new();
    for (code, row) in with.store().sheet_line_list_all(&at.id).await? {
        lines.insert((row.unit, code), row.line);
    }
    let mut cells = Vec::new();
    for unit in &at.plan.units {
        let Some(set) = at.sets.get(&unit.group) else { continue };
        for (index, node, leaf) in set.leaves() {
            let Some(line) = lines.remove(&(unit.code.clone(), node.code.clone())) else { continue };
            let preset = at.plan.preset(&unit.code, set, index).cloned();
            if preset.is_some() || !line.is_before_council() {
                continue;
            }
            cells.push(Cell {
                key: format!("{}~{}", unit.code, node.code),
                unit: unit.clone(),
                set: Arc::clone(set),
                index,
                line,
                standing: standing.get(&unit.code).copied().unwrap_or_default(),
                preset,
                grant: desk.decides(at, &leaf.appraiser, &unit.code).cloned(),
            });
        }
    }
    Ok(cells)
}

/// The page.
pub async fn page(with: With, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    let disputed = Disputed::find(&with, &id).await?;
    let report = asked.ghi.map(|done| Report { done, ..Report::default() });
    show(&with, &disputed, &asked, &Outcome::default(), (&Sent::default(), report))
}

/// Records conclusions.
pub async fn decide(
    with: With,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let disputed = Disputed::find(&with, &id).await?;
    let outcome = carry_out(with.store(), &disputed.at, &disputed.cells, &sent).await?;
    if outcome.is_whole() {
        let done = outcome.done.to_string();
        return Ok(Redirect::to(&address(&council_address(&disputed.at.id), &[("ghi", &done)])).into_response());
    }
    let disputed = Disputed::find(&with, &id).await?;
    let report = report(&outcome, |key| Some(title(disputed.cells.iter().find(|cell| cell.key == key)?)));
    show(&with, &disputed, &asked, &outcome, (&sent, Some(report)))
}

fn title(cell: &Cell) -> String {
    format!("{}, {}", cell.unit.name, criterion(cell))
}

fn criterion(cell: &Cell) -> String {
    cell.node().map_or_else(String::new, |(node, _)| format!("{} {}", node.code, node.title))
}

fn show(
    with: &With,
    disputed: &Disputed,
    asked: &Asked,
    outcome: &Outcome,
    (sent, report): (&Sent, Option<Report>),
) -> Result<Response, ErrorPage> {
    let at = &disputed.at;
    let open_only = asked.loc.as_deref() == Some("chua");
    let row = |cell: &Cell| Row {
        below: criterion(cell),
        typed: typed(cell, Phase::Council, outcome, asked),
        ..shown::row(with, at, cell, Link::new(&cell.unit.name, unit_address(&at.id, &cell.unit.code)), Phase::Council)
    };
    let kept =
        |cell: &&Cell| !open_only || !cell.state(Phase::Council).is_decided() || outcome.typed.contains_key(&cell.key);
    let rows = disputed.cells.iter().filter(kept).map(row).collect();
    let path = council_address(&at.id);
    let open = disputed.open();
    let tab = |label: String, loc: &str, current| Tab { label, href: address(&path, &[("loc", loc)]), current };
    let minutes = Link::new("Tải biên bản (DOCX)", format!("{path}/bien-ban.docx"));
    let in_council = at.round.phase() == Some(Phase::Council);
    let about = About {
        round: (at.id.clone(), at.plan.title.clone()),
        title: "Hội đồng thẩm định".to_owned(),
        lede: format!("{} nội dung còn ý kiến khác nhau, còn {open} chưa kết luận.", disputed.cells.len()),
        action: path.clone(),
        first: "Đơn vị, tiêu chí",
        takes_of: disputed.cells.iter().any(|cell| cell.node().is_some_and(|(_, leaf)| takes_of(&leaf.rule))),
        filters: vec![
            tab(format!("Tất cả\u{a0}{}", disputed.cells.len()), "", !open_only),
            tab(format!("Chưa kết luận\u{a0}{open}"), "chua", open_only),
        ],
        closed: if in_council {
            String::new()
        } else {
            "Đợt chưa ở bước Hội đồng, hoặc đã công bố: chỉ xem.".to_owned()
        },
        papers: vec![minutes],
        request: if sent.text(crate::form::REQUEST).is_empty() { fresh() } else { request(sent).to_string() },
        ..About::default()
    };
    let wrong = report.as_ref().is_some_and(|report| !report.refused.is_empty() || !report.wrongs.is_empty());
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, render(&GridPage::new(with, about, rows, many(with, sent), report))?).into_response())
}

/// The minutes.
pub async fn minutes(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let disputed = Disputed::find(&with, &id).await?;
    let at = &disputed.at;
    let line = |cell: &Cell| {
        let own = cell.before(Phase::SelfScoring);
        let points = shown::points_of(at, cell, &own).unwrap_or(Exact::ZERO);
        let decision = |phase: Phase| cell.line.decisions.iter().find(|known| known.phase == phase);
        let said = |phase: Phase| {
            let known = decision(phase)?;
            let reason = if known.reason.is_empty() { String::new() } else { format!(": {}", known.reason) };
            let (answer, points) = (shown::said(cell, &known.answer), shown::points(&known.points.exact()));
            Some(format!("{}, {}: {answer}, {points} điểm{reason}", phase.label(), unit_name(&with, &known.by)))
        };
        let appraised = [Phase::FirstAppraisal, Phase::SecondAppraisal].into_iter().filter_map(said);
        let council = decision(Phase::Council);
        MinuteLine {
            unit: cell.unit.name.clone(),
            criterion: criterion(cell),
            own: format!("{}, {} điểm", shown::said(cell, &own), shown::points(&points)),
            appraised: appraised.collect::<Vec<_>>().join("; "),
            explained: cell.line.explained.as_ref().map(|said| said.text.clone()).unwrap_or_default(),
            conclusion: council
                .map(|known| format!("{} điểm", shown::points(&known.points.exact())))
                .unwrap_or_default(),
            reason: council.map(|known| known.reason.clone()).unwrap_or_default(),
        }
    };
    let above = with.above(&at.plan.organiser).await?;
    let paper = CouncilMinutes {
        superior: above.first().map(|code| unit_name(&with, code)).unwrap_or_default(),
        agency: unit_name(&with, &at.plan.organiser),
        on: Some(with.today),
        about: at.plan.title.clone(),
        units: at.plan.units.len(),
        lines: disputed.cells.iter().map(line).collect(),
        simulated: with.demonstration,
        ..CouncilMinutes::default()
    };
    let bytes = docx(&paper).map_err(|error| unwritten(&error))?;
    Ok(download(&format!("bien-ban-hoi-dong-{}.docx", at.id), DOCX, bytes))
}
