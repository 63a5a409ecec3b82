//! The sheet as a workbook: taken away, brought back, looked at, taken over line by line.
//!
//! The page of what a file would change holds the changes themselves, so nothing lies on the server meanwhile; a line
//! that another changed since the file was taken away is asked about, and nothing is overwritten unasked.

use axum::Form;
use axum::extract::{DefaultBodyLimit, Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use cchc_index::set::Source;
use cchc_index::{AnswerText, SheetCommand};
use cchc_ledger::RequestId;
use cchc_papers::Limits;
use cchc_papers::input_file::TemplateUnit;
use cchc_papers::sheet_xlsx::{self, PaperLine, ReturnedLine, SheetPaper};
use cchc_store::CommitError;
use cchc_text::Severity;

use super::of::{SheetOf, names};
use crate::App;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent, request_of};
use crate::frame::render;
use crate::pages::download::{XLSX, download, unwritten};
use crate::pages::publication::figures::Figures;
use crate::pages::rounds::sheet::lines;
use crate::pages::rounds::sheet::workbook::{self, CHANGE, ChangeRow, FILE, WorkbookPage};
use crate::store_error::not_committed;
use crate::upload;

/// Bytes of the form that takes changes over at most.
const LARGEST: usize = 4 * 1024 * 1024;

/// The sheet as a workbook.
pub async fn take(with: With, Path((round, unit)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    let (before, name) = (of.before(&with), names(&with));
    let seen = of.seen(&with, &before, false, &name);
    let figures = Figures::of(&of.set);
    let shown =
        of.set.leaves().filter(|(.., leaf)| of.fields.as_ref().is_none_or(|fields| fields.contains(&leaf.appraiser)));
    let lines = shown.map(|(index, node, leaf)| {
        let view = lines::line(&seen, &figures, index, node, leaf);
        let line = of.sheet.line(&node.code);
        let given = matches!(leaf.source, Source::Survey | Source::Given);
        let answer = line.given.as_ref().filter(|_| given).map_or(&line.answer, |given| &given.answer);
        PaperLine {
            code: node.code.clone(),
            answer: answer.clone(),
            note: line.note.clone(),
            seen: line.seen,
            counted: view.counted.map(|(value, ..)| value).unwrap_or_default(),
            before: view.before.map(|(answer, points)| format!("{answer} ({points} điểm)")).unwrap_or_default(),
            closed: view.closed,
        }
    });
    let paper = SheetPaper {
        set: &of.set,
        round: &of.at.id,
        title: &of.at.plan.title,
        unit: TemplateUnit { code: of.unit.code.clone(), name: of.unit.name.clone(), group: of.unit.group.clone() },
        lines: lines.collect(),
    };
    let bytes = sheet_xlsx::write(&paper).map_err(|error| unwritten(&error))?;
    Ok(download(&format!("phieu-{}-{}.xlsx", of.at.id, of.unit.code), XLSX, bytes))
}

/// The form that brings a workbook back.
pub async fn form(with: With, Path((round, unit)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    of.filling(&with).await?;
    blank(&with, &of, workbook::form(&of.address()))
}

fn blank(with: &With, of: &SheetOf, form: FormView) -> Result<Response, ErrorPage> {
    let status = form.status();
    let about = (of.at.id.as_str(), of.at.plan.title.as_str(), of.unit.code.as_str(), of.unit.name.as_str());
    Ok((status, render(&WorkbookPage::blank(with, about, form))?).into_response())
}

/// Reads a workbook and shows what it would change.
pub async fn look(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    multipart: Multipart,
) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    of.filling(&with).await?;
    let _turn = upload::turn().await?;
    let sent = upload::Form::read(multipart).await?;
    let mut form = workbook::form(&of.address());
    let Some(file) = sent.file(FILE) else {
        form.refuse(FILE, "chưa chọn tệp");
        return blank(&with, &of, form);
    };
    let about = (of.at.id.as_str(), of.unit.code.as_str());
    let (returned, findings) = match sheet_xlsx::read(&of.set, about, &file.name, &file.bytes, &Limits::default()) {
        Ok(read) => read,
        Err(error) => {
            form.refuse(FILE, error.to_string());
            return blank(&with, &of, form);
        }
    };
    let changes: Vec<ChangeRow> = returned.iter().filter_map(|line| change(&of, line)).collect();
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    let status = if broken { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let about = (of.at.id.as_str(), of.at.plan.title.as_str(), of.unit.code.as_str(), of.unit.name.as_str());
    let page = WorkbookPage::read(&with, about, form, changes, findings, &fresh());
    Ok((status, render(&page)?).into_response())
}

/// What a returned line would change; `None`: nothing.
fn change(of: &SheetOf, line: &ReturnedLine) -> Option<ChangeRow> {
    let now = of.sheet.line(&line.code);
    let (answer, note) = (line.answer != now.answer, line.note.trim() != now.note);
    if !answer && !note {
        return None;
    }
    let title = of.set.criteria.iter().find(|node| node.code == line.code).map(|node| node.title.clone());
    Some(ChangeRow {
        code: line.code.clone(),
        title: title.unwrap_or_default(),
        now: now.answer.shown(),
        then: line.answer.shown(),
        note: if note { Some(line.note.clone()) } else { None },
        conflict: answer && line.seen.is_some_and(|seen| seen != now.seen),
        place: line.place.to_string(),
        sent: serde_json::json!([line.code, line.answer.value, line.answer.of, line.note, now.seen]).to_string(),
    })
}

/// Takes over the chosen changes.
pub async fn apply(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let of = SheetOf::find(&with, &round, &unit).await?;
    let filling = of.filling(&with).await?;
    let mut wrongs = Vec::new();
    for text in sent.all(CHANGE) {
        let Ok((code, value, denominator, note, seen)) =
            serde_json::from_str::<(String, String, String, String, u32)>(text)
        else {
            return Err(ErrorPage::bad_request("Danh sách thay đổi không đọc được").way("Phiếu", of.address()));
        };
        let grant = filling.grant(of.whose(&code)).ok_or_else(ErrorPage::internal)?;
        let now = of.sheet.line(&code);
        let answer = AnswerText::new(&value, &denominator);
        let mut commands = Vec::new();
        if answer != now.answer {
            commands.push(("v", SheetCommand::Fill { line: code.clone(), answer, seen: Some(seen) }));
        }
        if note.trim() != now.note {
            commands.push(("g", SheetCommand::Note { line: code.clone(), text: note }));
        }
        for (what, command) in commands {
            let mut context = context(grant, &sent);
            context.request = RequestId(request_of(&context.request.0, &format!("{what}{code}")));
            match of.commit(&with, command, context).await {
                Ok(_) => {}
                Err(CommitError::Refused(refusal)) => wrongs.push((code.clone(), refusal.to_string())),
                Err(error) => return Err(not_committed(&error)),
            }
        }
    }
    if wrongs.is_empty() {
        return Ok(Redirect::to(&of.address()).into_response());
    }
    let page = wrongs.into_iter().fold(
        ErrorPage::unusable("Có dòng chưa nhận được; các dòng khác đã ghi"),
        |page, (code, why)| page.because(format!("Dòng {code}: {why}.")),
    );
    Err(page.way("Phiếu chấm điểm", of.address()).way("Gửi lại tệp", workbook::address(&of.address())))
}

/// The addresses of the workbook.
pub fn routes() -> axum::Router<App> {
    let looking = post(look).layer(DefaultBodyLimit::max(upload::PATIENCE)).get(form);
    axum::Router::new()
        .route("/dot-cham/{round}/phieu/{unit}/phieu.xlsx", get(take))
        .route("/dot-cham/{round}/phieu/{unit}/tep", looking)
        .route("/dot-cham/{round}/phieu/{unit}/tep/ghi", post(apply).layer(DefaultBodyLimit::max(LARGEST)))
}
