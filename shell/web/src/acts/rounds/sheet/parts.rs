//! A sheet that is split: gathered, handed over part by part, given back.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use cchc_access::{Action, Grant};
use cchc_index::round::Phase;
use cchc_index::sheet::{Delivery, SheetStanding};
use cchc_index::{SheetCommand, SheetRefusal};
use cchc_store::CommitError;
use cchc_text::date::vietnamese;

use super::of::{Filling, SheetOf, names};
use crate::App;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::rounds::run::form::FormPage;
use crate::pages::rounds::run::plan::capital;
use crate::pages::rounds::sheet::parts::{
    self, OF_UNIT, OwnPart, PartRow, Parts, PartsPage, UNIT, parts_address, send_back_address,
};
use crate::store_error::not_committed;

impl Parts {
    /// Who answers which lines of a sheet; `None`: it is not split. `chosen`: whose lines are shown.
    #[must_use]
    pub fn of(of: &SheetOf, filling: Option<&Filling>, chosen: &str, name: &dyn Fn(&str) -> String) -> Option<Self> {
        if !of.is_split() {
            return None;
        }
        let codes = all(of);
        let unit = |code: &String| {
            let lines = of.sheet.progress_of(&of.at.plan, &of.set, &of.unit.code, code).lines;
            let href = address(&of.address(), &[(OF_UNIT, code)]);
            (code.clone(), Link::new(name(code), href), lines, code == chosen)
        };
        let own = filling.map(|filling| filling.parts.iter().map(|(code, _)| own(of, code, name)).collect());
        Some(Self { units: codes.iter().map(unit).collect(), own: own.unwrap_or_default() })
    }
}

/// The units that answer lines of a sheet: those that share it, then the unit itself where lines are left to it.
fn all(of: &SheetOf) -> Vec<String> {
    let plan = &of.at.plan;
    let mut codes: Vec<String> = plan.sharing(&of.unit.code).into_iter().map(str::to_owned).collect();
    if plan.unshared(&of.unit.code, &of.set) > 0 {
        codes.push(of.unit.code.clone());
    }
    codes
}

fn own(of: &SheetOf, code: &str, name: &dyn Fn(&str) -> String) -> OwnPart {
    let (plan, scored) = (&of.at.plan, &of.unit.code);
    let progress = of.sheet.progress_of(plan, &of.set, scored, code);
    let (empty, unproved) = of.sheet.missing_of(plan, &of.set, scored, code);
    let lacks: Vec<String> = empty.into_iter().chain(unproved).collect();
    let rest = if lacks.is_empty() { String::new() } else { format!(", còn thiếu {}", lacks.join(", ")) };
    let delivery = of.sheet.deliveries.get(code);
    OwnPart {
        name: name(code),
        standing: standing(of, code, false),
        said: format!("Đã trả lời {}/{} dòng{rest}.", progress.filled, progress.lines),
        reason: reason(delivery),
    }
}

/// How far the part of a unit is; what it handed over before it was given more lines is not all of it.
fn standing(of: &SheetOf, code: &str, is_late: bool) -> (&'static str, String) {
    let delivery = of.sheet.deliveries.get(code);
    match delivery {
        Some(Delivery::Delivered { at, .. }) if !of.sheet.is_delivered(&of.at.plan, &of.set, &of.unit.code, code) => {
            ("part", format!("Đã giao {}, sau đó được phân công thêm dòng", vietnamese(at.date())))
        }
        _ => parts::standing(delivery, is_late),
    }
}

fn reason(delivery: Option<&Delivery>) -> String {
    match delivery {
        Some(Delivery::SentBack { reason, .. }) => reason.clone(),
        _ => String::new(),
    }
}

/// The page.
pub async fn page(with: With, Path((round, unit)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let of = gathered(&with, &round, &unit).await?;
    show(&with, &of, None).await
}

/// The sheet, for whoever sees the whole of it.
async fn gathered(with: &With, round: &str, unit: &str) -> Result<SheetOf, ErrorPage> {
    let of = SheetOf::find(with, round, unit).await?;
    if of.fields.is_some() {
        crate::acts::rounds::at::over(with, Action::ViewSheets, unit).await?;
    }
    Ok(of)
}

async fn show(with: &With, of: &SheetOf, again: Option<(String, FormView)>) -> Result<Response, ErrorPage> {
    let filling = of.filling(with).await.ok();
    let leads = of.at.organising(with, Action::RunRounds).await.is_ok();
    let is_open = is_open(with, of);
    let is_refused = again.is_some();
    let persons: Vec<String> = of.sheet.deliveries.values().filter_map(deliverer).map(str::to_owned).collect();
    let persons = with.store().person_names(&persons).await?;
    let mut rows = Vec::new();
    for code in all(of) {
        let mut row = row(with, of, &code, &persons);
        let shares = code != of.unit.code;
        if shares && is_open {
            let delivered = of.sheet.is_delivered(&of.at.plan, &of.set, &of.unit.code, &code);
            let may = filling.as_ref().is_some_and(|known| known.grant(&code).is_some() && answers(known, &code));
            row.deliver = (may && !delivered).then(|| parts::deliver(&of.address(), &code, &fresh()));
            if leads && delivered {
                row.send_back = address(&send_back_address(&of.address()), &[(UNIT, &code)]);
            }
            if leads && !delivered && of.at.round.phase().is_some() {
                row.urge = address(&format!("{}/nhac", of.at.address()), &[("u", &code)]);
            }
        }
        if let Some((_, form)) = again.as_ref().filter(|(unit, _)| *unit == code) {
            row.deliver = Some(form.clone());
        }
        rows.push(row);
    }
    let last = of.at.round.until(&of.unit.code, Phase::SelfScoring);
    let open = of.at.round.may_fill_until(&of.unit.code).filter(|open| last.is_some_and(|last| last < *open));
    let (deadline, open) = (last.map(vietnamese), open.map(vietnamese));
    let closed = (!is_open).then(|| "Phiếu đã nộp hoặc đã hết hạn tự chấm: phần việc chỉ xem.".to_owned());
    let about = (of.at.id.as_str(), of.at.plan.title.as_str());
    let page = PartsPage::new(with, about, (&of.unit.code, &of.unit.name), rows, (deadline, open, closed));
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, render(&page)?).into_response())
}

/// Whether the visitor answers for a unit: as somebody of it, or of the scored unit in its place.
fn answers(filling: &Filling, unit: &str) -> bool {
    filling.whole.is_some() || filling.parts.iter().any(|(own, _)| own == unit)
}

/// Whether parts move today.
fn is_open(with: &With, of: &SheetOf) -> bool {
    let reopened = of.at.round.is_reopened(&of.unit.code, with.today);
    let is_over = of.sheet.standing == SheetStanding::Submitted && !reopened;
    of.at.round.may_fill(&of.unit.code, with.today) && !is_over
}

/// Key of the person who handed a part over.
fn deliverer(delivery: &Delivery) -> Option<&str> {
    match delivery {
        Delivery::Delivered { person, .. } => Some(person),
        Delivery::Reopened { .. } | Delivery::SentBack { .. } => None,
    }
}

fn row(with: &With, of: &SheetOf, code: &str, persons: &BTreeMap<String, String>) -> PartRow {
    let (plan, scored) = (&of.at.plan, &of.unit.code);
    let (empty, unproved) = of.sheet.missing_of(plan, &of.set, scored, code);
    let codes: Vec<String> = empty.into_iter().chain(unproved).collect();
    let (lacks, more) = parts::lacks(&of.address(), code, &codes);
    let delivery = of.sheet.deliveries.get(code);
    let shares = code != scored;
    let is_over = of.at.round.is_late(scored, with.today) && of.at.round.phase() == Some(Phase::SelfScoring);
    let is_late = shares && is_over && !of.sheet.is_delivered(plan, &of.set, scored, code);
    let who = delivery.and_then(deliverer).and_then(|person| persons.get(person)).cloned().unwrap_or_default();
    let standing =
        if shares { standing(of, code, is_late) } else { ("na", "Chính đơn vị trả lời".to_owned()) };
    PartRow {
        name: Link::new(names(with)(code), address(&of.address(), &[(OF_UNIT, code)])),
        progress: of.sheet.progress_of(plan, &of.set, scored, code),
        standing,
        who,
        reason: reason(delivery),
        lacks,
        more,
        is_late,
        deliver: None,
        send_back: String::new(),
        urge: String::new(),
    }
}

/// A unit hands its part over.
pub async fn deliver(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let of = gathered(&with, &round, &unit).await?;
    let filling = of.filling(&with).await?;
    let part = sent.text(UNIT).to_owned();
    let grant = filling.grant(&part).ok_or_else(ErrorPage::internal)?;
    let form = parts::deliver(&of.address(), &part, &fresh());
    match of.commit(&with, SheetCommand::Deliver { unit: part.clone() }, context(grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&parts_address(&of.address())).into_response()),
        Err(CommitError::Refused(refusal)) if of.at.plan.shares_in(&of.unit.code, &part) => {
            let mut form = form;
            form.refuse("", format!("{}: {}.", names(&with)(&part), refusal));
            show(&with, &of, Some((part, form))).await
        }
        Err(CommitError::Refused(refusal)) => Err(ErrorPage::unusable("Chưa giao được phần việc")
            .because(format!("{}.", capital(&refusal.to_string())))
            .way("Phần việc của các cơ quan", parts_address(&of.address()))),
        Err(error) => Err(not_committed(&error)),
    }
}

/// The form with which a part is given back.
pub async fn send_back_form(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Query(sent): Query<Sent>,
) -> Result<Response, ErrorPage> {
    let (of, _) = gathering(&with, &round, &unit).await?;
    asked(&with, &of, sent.text(UNIT), parts::send_back(&of.address(), sent.text(UNIT), &fresh()))
}

async fn gathering(with: &With, round: &str, unit: &str) -> Result<(SheetOf, Grant), ErrorPage> {
    let of = gathered(with, round, unit).await?;
    let grant = of.at.organising(with, Action::RunRounds).await?;
    Ok((of, grant))
}

fn asked(with: &With, of: &SheetOf, part: &str, form: FormView) -> Result<Response, ErrorPage> {
    let status = form.status();
    let lede = format!(
        "Trả phần việc trong phiếu của {} về cho {} sửa và giao lại. Cơ quan nhận thông báo kèm lý do.",
        of.unit.name,
        names(with)(part)
    );
    let back = parts_address(&of.address());
    let page = FormPage::new(with, "Trả lại phần việc", lede, Some(("Phần việc của các cơ quan", &back)), form);
    Ok((status, render(&page)?).into_response())
}

/// Gives a part back.
pub async fn send_back(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let (of, grant) = gathering(&with, &round, &unit).await?;
    let part = sent.text(UNIT).to_owned();
    let mut form = parts::send_back(&of.address(), &part, &fresh()).filled(&sent);
    form.require();
    if form.is_refused() {
        return asked(&with, &of, &part, form);
    }
    match of.commit(&with, SheetCommand::SendBack { unit: part.clone() }, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&parts_address(&of.address())).into_response()),
        Err(CommitError::Refused(refusal)) => {
            let field = match refusal {
                SheetRefusal::NoReason | SheetRefusal::TooLong(_) => "ly-do",
                _ => "",
            };
            form.refuse(field, refusal.to_string());
            asked(&with, &of, &part, form)
        }
        Err(error) => Err(not_committed(&error)),
    }
}

/// The addresses of parts.
pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .route("/dot-cham/{round}/phieu/{unit}/phan-viec", get(page))
        .route("/dot-cham/{round}/phieu/{unit}/giao", post(deliver))
        .route("/dot-cham/{round}/phieu/{unit}/tra-phan-viec", get(send_back_form).post(send_back))
}
