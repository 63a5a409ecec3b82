//! What a coordinator does to a running round: the next phase, more time, reopening, a merger.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, Grant};
use cchc_index::round::{Phase, Ranked, Substitute};
use cchc_index::{RoundCommand, RoundRefusal};

use super::asking::{back, commit, refused, shown};
use super::offer;
use crate::acts::rounds::at::RoundAt;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::pages::rounds::run::form::FormPage;
use crate::pages::rounds::run::lead::{self as page, Act};

/// The form of an act.
pub async fn form(
    with: With,
    Path((round, act)): Path<(String, String)>,
    Query(sent): Query<Sent>,
) -> Result<Response, ErrorPage> {
    let (at, act, _) = leading(&with, &round, &act).await?;
    let mut form = made(&with, &at, act).await?;
    if !sent.text("u").is_empty() {
        let chosen = Sent(vec![(page::UNIT.to_owned(), sent.text("u").to_owned())]);
        form.fields.iter_mut().filter(|field| field.name == page::UNIT).for_each(|field| field.choose(&chosen));
    }
    show(&with, &at, act, form).await
}

async fn leading(with: &With, round: &str, act: &str) -> Result<(RoundAt, Act, Grant), ErrorPage> {
    let at = RoundAt::find(with, round).await?;
    let grant = at.organising(with, Action::RunRounds).await?;
    let act = Act::from_code(act)
        .ok_or_else(|| ErrorPage::not_found("Không có việc này trong đợt").way(at.plan.title.clone(), at.address()))?;
    Ok((at, act, grant))
}

async fn made(with: &With, at: &RoundAt, act: Act) -> Result<FormView, ErrorPage> {
    let action = format!("{}/viec/{}", at.address(), act.code());
    let blank = FormView::new(action, fresh(), act.button());
    let now = at.round.phase();
    Ok(match act {
        Act::Advance => page::advance(blank, now),
        Act::Extend => page::extend(blank, &at.plan.units, now),
        Act::Reopen => page::reopen(blank, &at.plan.units),
        Act::Merge => {
            let offer = offer::offer(with, &at.plan.organiser).await?;
            let units = offer.units.iter().map(|unit| (unit.code.clone(), unit.label.clone())).collect::<Vec<_>>();
            page::merge(blank, &at.plan, &units, &offer.agencies)
        }
    })
}

async fn show(with: &With, at: &RoundAt, act: Act, form: FormView) -> Result<Response, ErrorPage> {
    let (title, address) = back(at);
    let mut notes = Vec::new();
    if act == Act::Advance && at.round.phase() == Some(Phase::SelfScoring) {
        let rows = with.store().sheet_list(&at.id).await?;
        let open = rows.iter().filter(|row| row.number.is_empty()).count();
        if open > 0 {
            notes.push(format!("{open} đơn vị chưa nộp phiếu; sau khi chuyển bước, mở lại hoặc gia hạn từng đơn vị."));
        }
    }
    let page = FormPage::new(with, act.label(), act.lede(), Some((&title, &address)), form.clone()).noting(notes);
    shown(&form, &page)
}

/// Does it.
pub async fn take(
    with: With,
    Path((round, act)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let (at, act, grant) = leading(&with, &round, &act).await?;
    let mut form = made(&with, &at, act).await?.filled(&sent);
    // What is not on offer any more may have been asked for before: the round knows.
    for field in form.fields.iter_mut().filter(|field| field.required && sent.text(field.name).is_empty()) {
        field.wrong = Some("chưa điền".to_owned());
    }
    let command = match act {
        Act::Advance => {
            let to = Phase::from_code(sent.text(page::PHASE));
            to.map(|to| RoundCommand::Advance { to })
        }
        Act::Extend => {
            let (phase, until) = (Phase::from_code(sent.text(page::PHASE)), form.day(page::UNTIL, &sent));
            let unit = sent.text(page::UNIT).to_owned();
            phase.zip(until).map(|(phase, until)| RoundCommand::Extend { unit, phase, until })
        }
        Act::Reopen => {
            let unit = sent.text(page::UNIT).to_owned();
            form.day(page::UNTIL, &sent).map(|until| RoundCommand::Reopen { unit, until })
        }
        Act::Merge => merger(&with, &at, &mut form, &sent),
    };
    let Some(command) = command.filter(|_| !form.is_refused()) else {
        if !form.is_refused() {
            form.refuse(page::PHASE, "chưa chọn");
        }
        return show(&with, &at, act, form).await;
    };
    match commit(&with, &at.id, command, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&at.address()).into_response()),
        Err(error) => show(&with, &at, act, refused(error, form, |refusal| field(act, refusal))?).await,
    }
}

/// The merger that was asked for; the unit that took over must be there today.
fn merger(with: &With, at: &RoundAt, form: &mut FormView, sent: &Sent) -> Option<RoundCommand> {
    let from: Vec<String> = sent.all(page::FROM).map(str::to_owned).collect();
    let code = sent.text(page::INTO);
    if code.is_empty() {
        return None;
    }
    let Ok(unit) = with.units.find(code, with.today) else {
        form.refuse(page::INTO, "hôm nay không có đơn vị này; áp dụng thay đổi đơn vị trước");
        return None;
    };
    let until = form.day(page::UNTIL, sent)?;
    let group = match sent.text(page::GROUP) {
        "" => from.first().and_then(|first| group_of(at, first)).unwrap_or_default(),
        group => group.to_owned(),
    };
    let instead = sent.text(page::INSTEAD);
    let own = |field: &&cchc_index::round::Assigned| field.unit == code || from.contains(&field.unit);
    let substitutes = if instead.is_empty() {
        Vec::new()
    } else {
        let one = |field: &cchc_index::round::Assigned| Substitute {
            field: field.field.clone(),
            scored: code.to_owned(),
            unit: instead.to_owned(),
        };
        at.plan.appraisers.iter().filter(own).map(one).collect()
    };
    let into = Ranked { code: code.to_owned(), name: unit.name.clone(), group };
    Some(RoundCommand::Merge { from, into, until: Some(until), substitutes })
}

/// The group of a unit, of one that was merged too: the same form sent twice asks for the same.
fn group_of(at: &RoundAt, unit: &str) -> Option<String> {
    let gone = at.round.mergers.iter().rev().flat_map(|merger| &merger.from);
    at.plan.units.iter().chain(gone).find(|known| known.code == unit).map(|known| known.group.clone())
}

/// The field that a refusal is about; empty: none alone.
const fn field(act: Act, refusal: &RoundRefusal) -> &'static str {
    use RoundRefusal as R;
    match (act, refusal) {
        (_, R::NoReason) => "ly-do",
        (Act::Merge, R::UnknownUnit(_) | R::NothingMerged) => page::FROM,
        (_, R::UnknownUnit(_)) => page::UNIT,
        (_, R::NoLater(_) | R::Past(_)) => page::UNTIL,
        (_, R::Backwards | R::PhaseOver(_)) => page::PHASE,
        (_, R::Twice(_)) => page::INTO,
        (_, R::UnknownGroup(_)) => page::GROUP,
        (_, R::NobodyAppraises(_)) => page::INSTEAD,
        _ => "",
    }
}
