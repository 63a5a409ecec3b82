//! What a unit says to the first appraisal, line by line.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_index::round::{Phase, Ranked};
use cchc_index::sheet::{Explained, SheetStanding, Step};
use cchc_index::{Exact, Sheet, SheetCommand};
use cchc_ledger::{Context, RequestId};
use cchc_store::sheets;
use cchc_text::date::vietnamese;

use super::super::at::RoundAt;
use super::super::sheet::of::{Filling, SheetOf};
use super::cells::Cell;
use super::grid::Asked;
use super::shown;
use crate::acts::rounds::list::unit_name;
use crate::acts::with::{With, fresh, request};
use crate::error::ErrorPage;
use crate::form::{REQUEST, Sent};
use crate::frame::render;
use crate::list::address;
use crate::pages::rounds::appraise::explain::{AGREES, DISAGREES, ExplainPage, Row, SAYS, TEXT};
use crate::pages::rounds::appraise::explain_address;

/// The lines of a unit that the first appraisal changed.
struct Changed {
    at: RoundAt,
    unit: Ranked,
    cells: Vec<Cell>,
    of: SheetOf,
    filling: Filling,
}

impl Changed {
    async fn find(with: &With, id: &str, unit: &str) -> Result<Self, ErrorPage> {
        let of = SheetOf::find(with, id, unit).await?;
        let filling = of.filling(with).await?;
        let at = RoundAt::find(with, id).await?;
        let (unit, set, sheet) = (of.unit.clone(), std::sync::Arc::clone(&of.set), of.sheet.clone());
        let mine = |code: &str| filling.whole.is_some() || filling.parts.iter().any(|(own, _)| own == of.whose(code));
        let cells = set.leaves().filter_map(|(index, node, _)| {
            let line = sheet.lines.get(&node.code)?;
            let decided = line.decision(Phase::FirstAppraisal)?;
            let is_changed = decided.answer != *line.answer_at(Step::Own);
            (is_changed && mine(&node.code)).then(|| Cell {
                key: node.code.clone(),
                unit: unit.clone(),
                set: std::sync::Arc::clone(&set),
                index,
                line: line.clone(),
                standing: SheetStanding::Submitted,
                preset: at.plan.preset(&unit.code, &set, index).cloned(),
                grant: None,
            })
        });
        let cells = cells.collect();
        Ok(Self { at, unit, cells, of, filling })
    }
}

/// The page.
pub async fn page(
    with: With,
    Path((id, unit)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, ErrorPage> {
    let changed = Changed::find(&with, &id, &unit).await?;
    let rows = changed.cells.iter().map(|cell| row(&with, &changed.at, cell)).collect();
    show(&with, &changed, rows, (fresh(), asked.ghi.unwrap_or(0)))
}

/// Records what the unit says; each line is taken or refused by itself.
pub async fn explain(
    with: With,
    Path((id, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let changed = Changed::find(&with, &id, &unit).await?;
    let stream = sheets::stream(&changed.at.id, &changed.unit.code)?;
    let (mut rows, mut done, mut wrong) = (Vec::new(), 0_usize, false);
    for cell in &changed.cells {
        let says = sent.text(&format!("{SAYS}.{}", cell.key)).to_owned();
        let text = sent.text(&format!("{TEXT}.{}", cell.key)).to_owned();
        let mut row = Row { says: says.clone(), text: text.clone(), ..row(&with, &changed.at, cell) };
        let asked = Explained { agrees: says == AGREES, text: cchc_text::nfc(&text).into_owned() };
        if says.is_empty() && text.is_empty() || cell.line.explained.as_ref() == Some(&asked) {
            rows.push(row);
            continue;
        }
        let answer = if says.is_empty() {
            Err("chưa chọn đồng ý hay không đồng ý".to_owned())
        } else {
            let grant = changed.filling.grant(changed.of.whose(&cell.key));
            let actor = grant.and_then(cchc_access::Grant::actor).ok_or_else(ErrorPage::internal)?;
            let context = Context::new(actor, RequestId(format!("{}.{}", request(&sent), cell.key)));
            let command = SheetCommand::Explain { line: cell.key.clone(), agrees: asked.agrees, text };
            let done = with.store().commit::<Sheet>(&stream, command, context).await;
            done.map_err(|refusal| refusal.to_string())
        };
        match answer {
            Ok(_) => done = done.saturating_add(1),
            Err(why) => {
                wrong = true;
                row.wrong = Some(if why == "cần ghi lý do" {
                    "không đồng ý thì cần giải trình".to_owned()
                } else {
                    why
                });
            }
        }
        rows.push(row);
    }
    if wrong {
        return show(&with, &changed, rows, (sent.text(REQUEST).to_owned(), done));
    }
    let path = explain_address(&changed.at.id, &changed.unit.code);
    let done = if done == 0 { String::new() } else { done.to_string() };
    Ok(Redirect::to(&address(&path, &[("ghi", &done)])).into_response())
}

fn show(
    with: &With,
    changed: &Changed,
    rows: Vec<Row>,
    (request, done): (String, usize),
) -> Result<Response, ErrorPage> {
    let at = &changed.at;
    let open = at.round.may_explain(&changed.unit.code, with.today);
    let until =
        at.round.until(&changed.unit.code, Phase::Explaining).map(|until| format!(", hạn {}", vietnamese(until)));
    let waiting = rows.iter().filter(|row| row.says.is_empty()).count();
    let lede = format!(
        "Thẩm định lần 1 đổi {} dòng; còn {waiting} dòng chưa trả lời. {}",
        rows.len(),
        if open {
            format!("Đang nhận giải trình{}.", until.unwrap_or_default())
        } else {
            "Không ở bước giải trình, hoặc đã hết hạn: chỉ xem.".to_owned()
        }
    );
    let status =
        if rows.iter().any(|row| row.wrong.is_some()) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let about = (at.id.as_str(), at.plan.title.as_str());
    let unit = (changed.unit.code.as_str(), changed.unit.name.as_str());
    let page = ExplainPage::new(with, about, unit, lede, rows, (open, request, done));
    Ok((status, render(&page)?).into_response())
}

fn row(with: &With, at: &RoundAt, cell: &Cell) -> Row {
    let own = cell.before(Phase::SelfScoring);
    let decision = cell.line.decision(Phase::FirstAppraisal);
    let then = shown::points_of(at, cell, &own).unwrap_or(Exact::ZERO);
    let now = decision.map_or(Exact::ZERO, |known| known.points.exact());
    let second = cell.line.decisions.iter().find(|known| known.phase == Phase::SecondAppraisal);
    let explained = cell.line.explained.as_ref();
    Row {
        key: cell.key.clone(),
        title: cell.node().map(|(node, _)| node.title.clone()).unwrap_or_default(),
        own: (shown::said(cell, &own), shown::points(&then)),
        decided: (decision.map(|known| shown::said(cell, &known.answer)).unwrap_or_default(), shown::points(&now)),
        change: shown::difference(&then, &now),
        by: decision.map(|known| unit_name(with, &known.by)).unwrap_or_default(),
        reason: decision.map(|known| known.reason.clone()).unwrap_or_default(),
        says: explained.map(|said| if said.agrees { AGREES } else { DISAGREES }.to_owned()).unwrap_or_default(),
        text: explained.map(|said| said.text.clone()).unwrap_or_default(),
        second: second.map(|known| (shown::points(&known.points.exact()), known.reason.clone())),
        wrong: None,
    }
}
