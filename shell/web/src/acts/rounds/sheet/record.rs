//! What a body outside decided and asks, recorded by whoever runs the round with its document.

use axum::Form;
use axum::extract::{DefaultBodyLimit, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use cchc_access::{Action, Grant};
use cchc_index::round::Phase;
use cchc_index::sheet::{Document, LinePoints, SheetStanding, Step, Verdict};
use cchc_index::{Exact, SheetCommand, SheetRefusal};
use cchc_ledger::RequestId;
use cchc_store::CommitError;
use cchc_text::number;
use jiff::civil::Date;

use super::of::{SheetOf, names};
use crate::App;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent, request_of};
use crate::frame::render;
use crate::pages::publication::figures::Figures;
use crate::pages::rounds::sheet::record::{
    self, DATED, NUMBER, POINTS, QUESTION, REASON, REST, RecordPage, Row, UNTIL,
};
use crate::store_error::not_committed;

/// Bytes of the form at most: a hundred lines with long reasons.
const LARGEST: usize = 4 * 1024 * 1024;

/// The sheet, for whoever runs the round, where a body outside scores it.
async fn outside(with: &With, round: &str, unit: &str) -> Result<(SheetOf, Grant, String), ErrorPage> {
    let of = SheetOf::find(with, round, unit).await?;
    let grant = of.at.organising(with, Action::RunRounds).await?;
    let body = of.at.plan.outside.clone().ok_or_else(|| {
        ErrorPage::unusable("Phiếu này do các cơ quan trong hệ thống thẩm định")
            .because("Chỉ ghi kết quả từ bên ngoài ở đợt do cơ quan ngoài hệ thống thẩm định.")
            .way("Phiếu chấm điểm", of.address())
    })?;
    Ok((of, grant, body))
}

/// The page.
pub async fn page(with: With, Path((round, unit)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let (of, _, body) = outside(&with, &round, &unit).await?;
    let rows = rows(&with, &of, &Sent::default());
    show(&with, &of, &body, record::form(&of.address(), &fresh()), rows)
}

/// The phase of which something can be recorded now.
fn phase(of: &SheetOf) -> Option<Phase> {
    of.at.round.phase().filter(|phase| phase.appraises())
}

/// Why nothing can be recorded now; `None`: it can.
fn closed(of: &SheetOf) -> Option<String> {
    if phase(of).is_none() {
        return Some("Đợt không ở bước thẩm định: chuyển bước rồi ghi kết quả.".to_owned());
    }
    let open = of.sheet.standing != SheetStanding::Submitted;
    open.then(|| "Phiếu chưa nộp: chưa có gì để thẩm định.".to_owned())
}

fn show(with: &With, of: &SheetOf, body: &str, form: FormView, rows: Vec<Row>) -> Result<Response, ErrorPage> {
    let wrong = form.is_refused() || rows.iter().any(|row| row.wrong.is_some());
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let label = of.at.round.phase().map_or("chưa mở hoặc đã công bố", Phase::label);
    let (about, unit) = ((of.at.id.as_str(), of.at.plan.title.as_str()), (&*of.unit.code, &*of.unit.name));
    let page = RecordPage::new(with, about, unit, (body, label), form, (rows, closed(of)));
    Ok((status, render(&page)?).into_response())
}

fn rows(with: &With, of: &SheetOf, sent: &Sent) -> Vec<Row> {
    let (figures, name, days_off) = (Figures::of(&of.set), names(with), of.at.days_off());
    let now = phase(of);
    let before = now.and_then(|now| Phase::ALL.into_iter().rev().find(|phase| *phase < now));
    let step = before.map_or(Step::Own, Step::After);
    let applies = |index: usize| of.at.plan.preset(&of.unit.code, &of.set, index).is_none();
    let leaves = of.set.leaves().filter(|(index, ..)| applies(*index));
    let row = |(_, node, leaf): (usize, &cchc_index::Criterion, &cchc_index::Leaf)| {
        let line = of.sheet.line(&node.code);
        let earned = LinePoints::of(&of.set, node, leaf, line.answer_at(step), &days_off);
        let worth = |points: &LinePoints| figures.points(&points.exact());
        let recorded = line.decisions.iter().find(|known| Some(known.phase) == now);
        let elsewhere = matches!(leaf.source, cchc_index::set::Source::Survey | cchc_index::set::Source::Given);
        let typed = |field: &str| sent.text(&format!("{field}.{}", node.code)).to_owned();
        Row {
            code: node.code.clone(),
            title: node.title.clone(),
            whose: if elsewhere { String::new() } else { name(of.whose(&node.code)) },
            before: earned.as_ref().map_or_else(|| "–".to_owned(), worth),
            max: figures.points(&Exact::from(node.max)),
            recorded: recorded.map(|known| worth(&known.points)).unwrap_or_default(),
            explained: line.explained.as_ref().map(|said| said.text.clone()).unwrap_or_default(),
            points: typed(POINTS),
            reason: typed(REASON),
            question: typed(QUESTION),
            wrong: None,
        }
    };
    leaves.map(row).collect()
}

/// What was typed at the lines, read.
#[derive(Default)]
struct Typed {
    lines: Vec<(String, Verdict, String)>,
    questions: Vec<(String, String)>,
}

fn read(rows: &mut [Row], keeps_rest: bool) -> Typed {
    let mut typed = Typed::default();
    for row in rows {
        let points = cchc_text::nfc(&row.points).trim().to_owned();
        match number::parse(&points) {
            Ok(points) => typed.lines.push((row.code.clone(), Verdict::Points(points), row.reason.clone())),
            Err(wrong) if !points.is_empty() => row.wrong = Some(format!("số điểm «{points}»: {wrong}")),
            Err(_) if !row.reason.trim().is_empty() => {
                row.wrong = Some("có lý do mà chưa có điểm".to_owned());
            }
            Err(_) if keeps_rest && row.recorded.is_empty() => {
                typed.lines.push((row.code.clone(), Verdict::Accept, String::new()));
            }
            Err(_) => {}
        }
        if !row.question.trim().is_empty() {
            typed.questions.push((row.code.clone(), row.question.clone()));
        }
    }
    typed
}

/// Records it: all lines or none; then the questions.
pub async fn take(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let (of, grant, body) = outside(&with, &round, &unit).await?;
    let mut form = record::form(&of.address(), &fresh()).filled(&sent);
    form.require();
    let (dated, until) = (form.day(DATED, &sent), form.day(UNTIL, &sent));
    let mut rows = rows(&with, &of, &sent);
    let typed = read(&mut rows, !sent.text(REST).is_empty());
    if until.is_none() && !typed.questions.is_empty() && !form.is_refused() {
        form.refuse(UNTIL, "có câu hỏi thì cần hạn trả lời");
    }
    if typed.lines.is_empty() && typed.questions.is_empty() && !form.is_refused() {
        form.refuse("", "chưa điền điểm hoặc câu hỏi ở dòng nào");
    }
    let (Some(dated), false) = (dated, form.is_refused() || rows.iter().any(|row| row.wrong.is_some())) else {
        return show(&with, &of, &body, form, rows);
    };
    let document = Document { number: sent.text(NUMBER).to_owned(), dated };
    match commit(&with, &of, &grant, &sent, (typed, document, until)).await? {
        None => Ok(Redirect::to(&of.address()).into_response()),
        Some(refusal) => {
            refuse(&mut form, &mut rows, refusal);
            show(&with, &of, &body, form, rows)
        }
    }
}

async fn commit(
    with: &With,
    of: &SheetOf,
    grant: &Grant,
    sent: &Sent,
    (typed, document, until): (Typed, Document, Option<Date>),
) -> Result<Option<SheetRefusal>, ErrorPage> {
    let mut commands = Vec::new();
    if !typed.lines.is_empty() {
        commands.push((String::new(), SheetCommand::Record { lines: typed.lines, document: document.clone() }));
    }
    for (line, question) in typed.questions {
        let Some(until) = until else { continue };
        let document = document.clone();
        commands.push((line.clone(), SheetCommand::RecordQuestion { line, question, until, document }));
    }
    for (line, command) in commands {
        let mut context = context(grant, sent);
        context.request = RequestId(request_of(&context.request.0, &format!("ghi{line}")));
        match of.commit(with, command, context).await {
            Ok(_) => {}
            Err(CommitError::Refused(refusal)) if line.is_empty() => return Ok(Some(refusal)),
            Err(CommitError::Refused(refusal)) => {
                return Ok(Some(SheetRefusal::Lines(vec![(line, Box::new(refusal))])));
            }
            Err(error) => return Err(not_committed(&error)),
        }
    }
    Ok(None)
}

/// Puts what was refused at its line, at its field, or above the form.
fn refuse(form: &mut FormView, rows: &mut [Row], refusal: SheetRefusal) {
    let wrong = match refusal {
        SheetRefusal::Lines(lines) => lines,
        other => vec![(String::new(), Box::new(other))],
    };
    for (line, why) in wrong {
        match *why {
            SheetRefusal::NoDocumentNumber => once(form, NUMBER, &why.to_string()),
            SheetRefusal::FutureDocument => once(form, DATED, &why.to_string()),
            SheetRefusal::PastDay(_) => once(form, UNTIL, &why.to_string()),
            SheetRefusal::NoReason => set(rows, &line, "điểm khác điểm đang có thì cần lý do của văn bản"),
            ref other if rows.iter().any(|row| row.code == line) => set(rows, &line, &other.to_string()),
            ref other => once(form, "", &other.to_string()),
        }
    }
}

/// Refuses for a reason that may hold for many lines, once.
fn once(form: &mut FormView, field: &str, why: &str) {
    if !form.wrongs.iter().any(|known| known == why) {
        form.refuse(field, why);
    }
}

fn set(rows: &mut [Row], line: &str, why: &str) {
    rows.iter_mut().filter(|row| row.code == line).for_each(|row| row.wrong = Some(why.to_owned()));
}

/// The addresses of recording.
pub fn routes() -> axum::Router<App> {
    let taking = axum::routing::post(take).layer(DefaultBodyLimit::max(LARGEST));
    axum::Router::new().route("/dot-cham/{round}/phieu/{unit}/ghi-ket-qua", get(page).merge(taking))
}
