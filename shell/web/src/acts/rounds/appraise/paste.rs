//! What a pasted column or a workbook would decide, shown before anything is recorded; the workbook itself.

use axum::Form;
use axum::extract::{Multipart, Path, Query};
use axum::response::{IntoResponse, Response};
use cchc_index::Exact;
use cchc_index::input::AnswerText;
use cchc_index::round::Phase;
use cchc_papers::{Limits, appraisal_xlsx};
use cchc_text::{Finding, Findings, Place, Severity, fold};

use super::cells::Cell;
use super::criteria::shown_phase;
use super::grid::{Asked, Grid, takes_of};
use super::pasted::{self, Said};
use super::{shown, unwritten};
use crate::acts::with::{With, fresh};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::pages::download::{XLSX, download};
use crate::pages::rounds::appraise::preview::{PreviewPage, Row};
use crate::pages::rounds::appraise::row::{ACCEPT, ANSWER, POINTS};
use crate::upload;

/// Field of what was pasted.
const CONTENT: &str = "noi-dung";
/// Field of what the column is.
const IS: &str = "la";

/// Shows what a pasted column would decide.
pub async fn paste(
    with: With,
    Path((id, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let grid = Grid::find(&with, &id, &code, asked.nhom.as_deref()).await?;
    grid.desk.may_decide()?;
    let is_points = sent.text(IS) == POINTS;
    let known: Vec<(String, String)> =
        grid.cells.iter().map(|cell| (cell.unit.code.clone(), cell.unit.name.clone())).collect();
    let takes_of = !is_points && takes_of(&grid.node()?.1.rule);
    let said = pasted::read(sent.raw(CONTENT), &known, takes_of);
    let rows = said.into_iter().map(|said| row(&grid, &said, is_points)).collect();
    let mut findings = Findings::new();
    if sent.text(CONTENT).is_empty() {
        findings.push(Finding::error("empty", Place::default(), "Chưa dán gì."));
    }
    preview(&with, &grid, (twice(rows), findings), Some((sent.raw(CONTENT).to_owned(), is_points)))
}

/// Shows what a workbook would decide.
pub async fn file(
    with: With,
    Path((id, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    multipart: Multipart,
) -> Result<Response, ErrorPage> {
    let grid = Grid::find(&with, &id, &code, asked.nhom.as_deref()).await?;
    grid.desk.may_decide()?;
    let _turn = upload::turn().await?;
    let sent = upload::Form::read(multipart).await?;
    let Some(file) = sent.file("tep") else {
        let findings = vec![Finding::error("no-file", Place::default(), "Chưa chọn tệp.")];
        return preview(&with, &grid, (Vec::new(), findings), None);
    };
    let read = appraisal_xlsx::read((&grid.at.id, &grid.code), &file.name, &file.bytes, &Limits::default());
    let (returned, findings) = match read {
        Ok(read) => read,
        Err(wrong) => (Vec::new(), vec![Finding::error("unreadable", Place::file(&file.name), wrong.to_string())]),
    };
    let said = returned.into_iter().map(|row| {
        let found = grid.cells.iter().position(|cell| cell.unit.code == row.unit);
        let wrong = if found.is_none() {
            format!("không có đơn vị «{}» trên trang này", row.unit)
        } else {
            String::new()
        };
        let place = row.place.cell.clone().unwrap_or_else(|| row.place.to_string());
        let (name, value, of, reason, mark) = (row.unit, row.value, row.of, row.reason, row.mark);
        Said { place, row: found, name, value, of, reason, mark, wrong }
    });
    let rows = said.map(|said| row(&grid, &said, false)).collect();
    preview(&with, &grid, (twice(rows), findings), None)
}

/// The workbook to be filled in.
pub async fn workbook(
    with: With,
    Path((id, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, ErrorPage> {
    let grid = Grid::find(&with, &id, &code, asked.nhom.as_deref()).await?;
    let phase = shown_phase(&grid.at);
    let set = grid.at.sets.get(&grid.group).ok_or_else(ErrorPage::internal)?;
    let row = |cell: &Cell| {
        let shown = shown::row(&with, &grid.at, cell, crate::list::Link::text(&cell.unit.name), phase);
        let counted = |(answer, points, _): (String, String, bool)| format!("{answer} ({points} điểm)");
        let evidence: Vec<String> = shown.evidence.into_iter().map(|link| link.label).collect();
        let said: Vec<String> = shown.said.into_iter().map(|(who, what)| format!("{who}: {what}")).collect();
        let decision = cell.line.decisions.iter().find(|known| known.phase == phase);
        appraisal_xlsx::PaperRow {
            unit: cell.unit.code.clone(),
            name: cell.unit.name.clone(),
            answer: shown.answer,
            points: shown.points,
            counted: shown.counted.map(counted).unwrap_or_default(),
            evidence: evidence.join("\n"),
            said: said.join("\n"),
            decided: decision.map(|known| decided(cell, phase, &known.answer)).unwrap_or_default(),
            reason: decision.map(|known| known.reason.clone()).unwrap_or_default(),
            mark: cell.line.mark(),
            closed: (!shown.open).then(|| shown.state.1.to_lowercase()),
        }
    };
    let paper = appraisal_xlsx::AppraisalPaper {
        set,
        round: &grid.at.id,
        title: &grid.at.plan.title,
        code: &grid.code,
        rows: grid.cells.iter().map(row).collect(),
    };
    let bytes = appraisal_xlsx::write(&paper).map_err(|error| unwritten(&error))?;
    Ok(download(&format!("tham-dinh-{}-{}.xlsx", grid.at.id, grid.code), XLSX, bytes))
}

/// A decision as it would be typed.
fn decided(cell: &Cell, phase: Phase, answer: &AnswerText) -> String {
    if *answer == cell.before(phase) { appraisal_xlsx::ACCEPT.to_owned() } else { answer.shown() }
}

/// A row that names a unit again is not recorded.
fn twice(mut rows: Vec<Row>) -> Vec<Row> {
    let mut seen = std::collections::BTreeSet::new();
    for row in &mut rows {
        if !row.key.is_empty() && row.wrong.is_empty() && !seen.insert(row.key.clone()) {
            "đơn vị này có hai dòng: chỉ dòng đầu được ghi".clone_into(&mut row.wrong);
        }
    }
    rows
}

fn preview(
    with: &With,
    grid: &Grid,
    read: (Vec<Row>, Findings),
    pasted: Option<(String, bool)>,
) -> Result<Response, ErrorPage> {
    let (node, _) = grid.node()?;
    let wrong =
        read.1.iter().any(|finding| finding.severity == Severity::Error) || read.0.iter().all(|row| !row.is_good());
    let status = if wrong { axum::http::StatusCode::UNPROCESSABLE_ENTITY } else { axum::http::StatusCode::OK };
    let page = PreviewPage::new(
        with,
        (&grid.at.id, &grid.at.plan.title),
        format!("{} {}", node.code, node.title),
        (grid.action(""), grid.action("/dan")),
        fresh(),
        read,
        pasted,
    );
    Ok((status, render(&page)?).into_response())
}

/// What a line would decide.
fn row(grid: &Grid, said: &Said, is_points: bool) -> Row {
    let Some(cell) = said.row.and_then(|row| grid.cells.get(row)) else {
        let (place, name, wrong) = (said.place.clone(), said.name.clone(), said.wrong.clone());
        return Row { place, name, wrong, after: (said.value.clone(), String::new()), ..Row::default() };
    };
    let at = &grid.at;
    let phase = shown_phase(at);
    let decision = cell.line.decisions.iter().find(|known| known.phase == phase);
    let before = cell.before(phase);
    let stands = decision.map_or(&before, |known| &known.answer);
    let (verdict, value) = meant(said, is_points);
    let text = match verdict {
        ACCEPT => before.clone(),
        POINTS => match cchc_text::number::parse(&value) {
            Ok(points) => AnswerText::decided(points),
            Err(_) => AnswerText::new(&value, ""),
        },
        _ => AnswerText::new(&value, &said.of),
    };
    let shown = |text: &AnswerText| (shown::said(cell, text), shown::points_of(at, cell, text));
    let ((then, then_points), (now, now_points)) = (shown(stands), shown(&text));
    let points = |points: &Option<Exact>| points.as_ref().map(shown::points).unwrap_or_default();
    let wrong = if said.wrong.is_empty() { wrong(cell, phase, verdict, &value, &text) } else { said.wrong.clone() };
    let moved = !said.mark.is_empty() && said.mark != cell.line.mark();
    let doubt =
        if moved { format!("dòng đã thay đổi sau khi tải tệp: đang là «{then}»") } else { String::new() };
    let is_same = decision.is_some_and(|known| known.answer == text)
        && (said.reason.is_empty() || decision.is_some_and(|known| known.reason == said.reason));
    let change = then_points.as_ref().zip(now_points.as_ref()).map(|(then, now)| shown::difference(then, now));
    // What differs from what stood before is another answer, however it is written.
    let verdict = if text == before { ACCEPT } else { verdict };
    Row {
        place: said.place.clone(),
        key: cell.key.clone(),
        name: cell.unit.name.clone(),
        before: (then, points(&then_points)),
        after: (if wrong.is_empty() { now } else { said.value.clone() }, points(&now_points)),
        change: change.unwrap_or_default(),
        verdict,
        value,
        of: said.of.clone(),
        reason: said.reason.clone(),
        mark: cell.line.mark(),
        same: is_same || said.value.is_empty(),
        wrong,
        doubt,
    }
}

/// What a value means: accepting, points, or an answer.
fn meant(said: &Said, is_points: bool) -> (&'static str, String) {
    let value = said.value.as_str();
    if fold(value) == "chap nhan" {
        return (ACCEPT, String::new());
    }
    if let Some(points) = AnswerText::new(value, "").decided_points() {
        return (POINTS, points.to_owned());
    }
    (if is_points { POINTS } else { ANSWER }, value.to_owned())
}

/// What is wrong with a decision; empty: nothing.
fn wrong(cell: &Cell, phase: Phase, verdict: &str, value: &str, text: &AnswerText) -> String {
    if value.is_empty() && verdict != ACCEPT {
        return String::new();
    }
    if cell.grant.is_none() {
        return "bạn không thẩm định dòng này".to_owned();
    }
    match cell.state(phase) {
        super::cells::State::Preset => return "không áp dụng cho đơn vị".to_owned(),
        super::cells::State::NotSubmitted => return "đơn vị chưa nộp phiếu".to_owned(),
        _ => {}
    }
    if verdict == POINTS
        && let Err(error) = cchc_text::number::parse(value)
    {
        return format!("«{value}» không phải số điểm: {error}");
    }
    let (_, findings) = cell.read(text);
    let found = findings.into_iter().find(|finding| finding.severity == Severity::Error);
    let sentence = |finding: Finding| {
        let hint = finding.hint.map(|hint| format!(" {hint}")).unwrap_or_default();
        format!("{}{hint}", finding.message.trim_end_matches(" Tính 0 điểm."))
    };
    found.map(sentence).unwrap_or_default()
}
