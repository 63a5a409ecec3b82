//! The page of a sheet.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cchc_access::Action;
use cchc_index::sheet::SheetStanding;
use cchc_text::date::vietnamese;

use super::of::{Filling, SheetOf, names};
use crate::acts::rounds::at::over;
use crate::acts::with::{With, fresh};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::Link;
use crate::pages::rounds::run::threads::threads_address;
use crate::pages::rounds::sheet::filter::Filter;
use crate::pages::rounds::sheet::parts::{OF_UNIT, Parts, parts_address};
use crate::pages::rounds::sheet::placed::Group;
use crate::pages::rounds::sheet::record::record_address;
use crate::pages::rounds::sheet::{Around, SheetPage, Wrong, workbook};

/// The page.
pub async fn page(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Query(sent): Query<Sent>,
) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?.with_threads(&with).await?;
    let filling = of.filling(&with).await.ok();
    let of = of.seen_by(filling.as_ref());
    shown(&with, &of, filling.as_ref(), &sent, Vec::new()).await
}

/// The page with what was wrong with what was sent.
///
/// # Errors
/// Where it can't be made.
pub async fn shown(
    with: &With,
    of: &SheetOf,
    filling: Option<&Filling>,
    sent: &Sent,
    wrongs: Vec<Wrong>,
) -> Result<Response, ErrorPage> {
    let fills = filling.is_some();
    let parts = Parts::of(of, filling, sent.text(OF_UNIT), &names(with));
    let (before, name) = (of.before(with), names(with));
    let seen = of.seen(with, &before, fills, &name);
    let status = if wrongs.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let around = Around {
        person: with.visitor.person().unwrap_or_default().to_owned(),
        request: fresh(),
        submitted: of
            .sheet
            .submissions
            .last()
            .map(|last| format!("Báo cáo {} ngày {}.", last.number, vietnamese(last.dated))),
        filter: Filter::from_code(sent.text("loc")),
        all_open: !sent.text("in").is_empty(),
        acts: acts(with, of, filling).await,
        parts,
        group: group(with, of).await?,
        wrongs,
    };
    let page = SheetPage::new(with, &seen, around).ok_or_else(ErrorPage::internal)?;
    Ok((status, render(&page)?).into_response())
}

/// How the group stands, for whoever sees the whole sheet: those who may see the board, and the unit once it handed in.
async fn group(with: &With, of: &SheetOf) -> Result<Option<Group>, ErrorPage> {
    if of.fields.is_some() {
        return Ok(None);
    }
    let submitted = of.sheet.standing == SheetStanding::Submitted;
    if !submitted && over(with, Action::ViewBoards, &of.at.plan.organiser).await.is_err() {
        return Ok(Some(Group::NotYet));
    }
    let points = with.store().sheet_points(&of.at.id, &of.unit.group).await?;
    Ok(Some(Group::Known(points)))
}

/// What may be done with the whole sheet.
async fn acts(with: &With, of: &SheetOf, filling: Option<&Filling>) -> Vec<Link> {
    let address = of.address();
    let mut acts = Vec::new();
    if of.is_split() && of.fields.is_none() {
        acts.push(Link::new("Phần việc của các cơ quan", parts_address(&address)));
    }
    let whole = filling.is_some_and(|filling| filling.whole.is_some());
    if whole || of.own(with, Action::SubmitSheets).await.is_ok() {
        acts.push(Link::new("Trình và nộp phiếu", format!("{address}/nop")));
    }
    acts.push(Link::new("Tải phiếu Excel", format!("{address}/phieu.xlsx")));
    if filling.is_some() {
        acts.push(Link::new("Nộp lại phiếu Excel", workbook::address(&address)));
    }
    acts.push(Link::new("Hỏi đáp về tiêu chí", threads_address(&of.at.id)));
    if let Some(body) = of.at.plan.outside.as_ref().filter(|_| of.fields.is_none()) {
        acts.push(Link::new(format!("Biểu mẫu gửi {body} (Excel)"), format!("{address}/bieu-mau.xlsx")));
        acts.push(Link::new(format!("Biểu mẫu gửi {body} (Word)"), format!("{address}/bieu-mau.docx")));
        if of.at.organising(with, Action::RunRounds).await.is_ok() {
            acts.push(Link::new(format!("Ghi kết quả của {body}"), record_address(&address)));
        }
    }
    if of.fields.is_none() {
        acts.push(Link::new("Báo cáo tự chấm điểm (DOCX)", format!("{address}/bao-cao.docx")));
    }
    acts.push(Link::new("Bản in, mở mọi dòng", format!("{address}?in=1")));
    acts
}
