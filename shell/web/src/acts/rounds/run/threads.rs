//! Questions about criteria: all of a round, those of one criterion; asked, answered.

use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, Resource};
use cchc_index::{Thread, ThreadCommand, ThreadRefusal};
use cchc_ledger::Context;
use cchc_store::threads::{self, QuestionRow};
use cchc_store::{CommitError, Committed};

use crate::acts::rounds::at::RoundAt;
use crate::acts::rounds::list::unit_name;
use crate::acts::with::{With, context, fresh};
use crate::acts::words::minute;
use crate::error::ErrorPage;
use crate::form::{FormView, Sent, request_of};
use crate::frame::render;
use crate::list::Link;
use crate::pages::rounds::run::plan::capital;
use crate::pages::rounds::run::threads::{self as page, GROUP, QUESTION, Shown, TEXT, ThreadsPage, thread_address};
use crate::store_error::not_committed;

/// All questions of a round: for whoever runs it those that wait first.
pub async fn all(with: With, Path(round): Path<String>) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    let leads = at.organising(&with, Action::RunRounds).await.is_ok();
    let mut rows = with.store().thread_list(&at.id).await?;
    if leads {
        rows.sort_by_key(|row| row.answer.is_some());
    }
    let open = rows.iter().filter(|row| row.answer.is_none()).count();
    let lede = match rows.len() {
        0 => "Chưa có câu hỏi nào. Hỏi ở trang của từng tiêu chí, từ dòng trên phiếu.".to_owned(),
        all => format!("{all} câu hỏi, {open} câu chưa trả lời. Mọi đơn vị trong đợt đều thấy."),
    };
    let shown = rows.iter().map(|row| shown(&with, &at, row, leads.then(fresh))).collect();
    let page = ThreadsPage::new(&with, (&at.id, &at.plan.title), None, lede, shown);
    Ok(render(&page)?.into_response())
}

fn shown(with: &With, at: &RoundAt, row: &QuestionRow, request: Option<String>) -> Shown {
    let known = row.answer.as_ref().map_or("", |answer| answer.text.as_str());
    let answered = row.answer.as_ref().map(|answer| {
        let corrected = if answer.corrections > 0 { ", đã sửa" } else { "" };
        format!("{}, {}{corrected}", unit_name(with, &at.plan.organiser), minute(answer.at))
    });
    let set = at.sets.get(&row.group);
    let title = set.and_then(|set| set.find(&row.criterion)).map(|(_, node)| node.title.clone()).unwrap_or_default();
    let asker = if row.unit.is_empty() { String::new() } else { format!("{}, ", unit_name(with, &row.unit)) };
    Shown {
        criterion: Link::new(&row.criterion, thread_address(&at.id, &row.criterion)),
        title,
        number: row.number,
        asked: format!("{asker}{}", minute(row.asked_at)),
        question: row.question.clone(),
        answer: known.to_owned(),
        answered: answered.unwrap_or_default(),
        form: request.map(|request| {
            let request = request_of(&request, &format!("{}-{}", row.criterion, row.number));
            page::answer(&at.id, &row.criterion, row.number, &request, known)
        }),
    }
}

/// The questions about one criterion.
pub async fn one(with: With, Path((round, line)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    let groups = groups(&at, &line)?;
    let may = with.grant(Action::AskThreads, &Resource::system()).is_ok() && at.round.phase().is_some();
    let form = may.then(|| page::ask(&at.id, &line, &fresh(), &groups));
    show(&with, &at, &line, form, None, StatusCode::OK).await
}

/// The groups whose sets have a criterion: codes and names.
fn groups(at: &RoundAt, line: &str) -> Result<Vec<(String, String)>, ErrorPage> {
    let found: Vec<(String, String)> = at
        .criterion(line)
        .into_iter()
        .map(|(group, set, node)| {
            let name = set.group(group).map_or(group, |group| group.name.as_str());
            (group.to_owned(), format!("{name}: {}", node.title))
        })
        .collect();
    if found.is_empty() {
        return Err(ErrorPage::not_found("Không bộ tiêu chí nào của đợt có mã này")
            .way("Hỏi đáp", page::threads_address(&at.id)));
    }
    Ok(found)
}

async fn show(
    with: &With,
    at: &RoundAt,
    line: &str,
    form: Option<FormView>,
    refused: Option<(u32, FormView)>,
    status: StatusCode,
) -> Result<Response, ErrorPage> {
    let leads = at.organising(with, Action::RunRounds).await.is_ok();
    let rows = with.store().thread_list(&at.id).await?;
    let mut shown: Vec<Shown> = rows
        .iter()
        .filter(|row| row.criterion == line)
        .map(|row| self::shown(with, at, row, leads.then(fresh)))
        .collect();
    if let Some((number, form)) = refused
        && let Some(row) = shown.iter_mut().find(|row| row.number == number)
    {
        row.form = Some(form);
    }
    let notes = groups(at, line)?.into_iter().map(|(_, text)| text).collect();
    let lede = match shown.len() {
        0 => "Chưa ai hỏi về tiêu chí này.".to_owned(),
        all => format!("{all} câu hỏi. Mọi đơn vị trong đợt đều thấy câu hỏi và trả lời."),
    };
    let page = ThreadsPage::new(with, (&at.id, &at.plan.title), Some(line), lede, shown).asking(notes, form);
    Ok((status, render(&page)?).into_response())
}

async fn commit(
    with: &With,
    at: &RoundAt,
    line: &str,
    command: ThreadCommand,
    context: Context,
) -> Result<Committed, CommitError<ThreadRefusal>> {
    let stream = threads::stream(&at.id, line).map_err(|error| CommitError::Constraint(error.to_string()))?;
    with.store().commit::<Thread>(&stream, command, context).await
}

/// Asks.
pub async fn ask(
    with: With,
    Path((round, line)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    let grant = with.grant(Action::AskThreads, &Resource::system())?;
    let groups = groups(&at, &line)?;
    let form = page::ask(&at.id, &line, &fresh(), &groups).filled(&sent);
    let command = ThreadCommand::Ask { group: sent.text(GROUP).to_owned(), text: sent.text(TEXT).to_owned() };
    match commit(&with, &at, &line, command, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&thread_address(&at.id, &line)).into_response()),
        Err(error) => {
            let form = refused(error, form)?;
            let status = form.status();
            show(&with, &at, &line, Some(form), None, status).await
        }
    }
}

/// Answers a question, or corrects the answer.
pub async fn answer(
    with: With,
    Path((round, line)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    let grant = at.organising(&with, Action::RunRounds).await?;
    groups(&at, &line)?;
    let question = sent.text(QUESTION).parse().unwrap_or_default();
    let command = ThreadCommand::Answer { question, text: sent.text(TEXT).to_owned() };
    match commit(&with, &at, &line, command, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&thread_address(&at.id, &line)).into_response()),
        Err(error) => {
            let form = refused(error, page::answer(&at.id, &line, question, &fresh(), sent.text(TEXT)))?;
            let status = form.status();
            show(&with, &at, &line, None, Some((question, form)), status).await
        }
    }
}

/// The form with what was refused.
fn refused(error: CommitError<ThreadRefusal>, mut form: FormView) -> Result<FormView, ErrorPage> {
    match error {
        CommitError::Refused(refusal @ (ThreadRefusal::Empty | ThreadRefusal::TooLong(_))) => {
            form.refuse(TEXT, refusal.to_string());
            Ok(form)
        }
        CommitError::Refused(refusal) => {
            form.refuse("", format!("{}.", capital(&refusal.to_string())));
            Ok(form)
        }
        error => Err(not_committed(&error)),
    }
}
