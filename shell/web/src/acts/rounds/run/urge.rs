//! Units are reminded: by notices, mail, short texts, or a text to copy.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::Action;
use cchc_index::round::{Channel, Phase, Urged, message};
use cchc_index::set::{Part, Source};
use cchc_index::{CriteriaSet, RoundCommand, RoundRefusal, Sheet};
use cchc_text::date::vietnamese;

use super::asking::{back, commit, refused};
use crate::acts::rounds::at::RoundAt;
use crate::acts::rounds::list::unit_name;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::pages::rounds::run::urge::{self as page, CHANNELS, Lacking, TEXT, UNITS, UrgePage};

/// Codes named for a unit at most.
const NAMED: usize = 12;
/// With more units than this, the text to all of them at once names no codes.
const TOGETHER: usize = 8;

/// The text before it goes.
pub async fn form(with: With, Path(round): Path<String>, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    at.organising(&with, Action::RunRounds).await?;
    let units = lacking(&with, &at, &sent).await?;
    let text = template(&with, &at, "urge-unit");
    let form = page::form(address(&at), &fresh(), &units, &with.app.ways(), &text);
    show(&with, &at, units, form, &text)
}

fn address(at: &RoundAt) -> String {
    format!("{}/nhac", at.address())
}

fn show(with: &With, at: &RoundAt, units: Vec<Lacking>, form: FormView, text: &str) -> Result<Response, ErrorPage> {
    // Many units at once are told their counts alone, or nobody would read it.
    let said = |lacks: &str| {
        let count = lacks.split_once(':').map_or(lacks, |(count, _)| count);
        if units.len() > TOGETHER { count.to_owned() } else { lacks.to_owned() }
    };
    let list: Vec<String> = units.iter().map(|unit| format!("{} ({})", unit.name, said(&unit.lacks))).collect();
    let group = message::fill(&template(with, at, "urge-group"), &[("danh sách", &list.join("; "))]);
    let first = units.first();
    let values = first.map(|unit| [("đơn vị", unit.name.as_str()), ("còn thiếu", unit.lacks.as_str())]);
    let example = values.map_or_else(String::new, |values| message::fill(text, &values));
    let ((title, href), status) = (back(at), form.status());
    let page = UrgePage::new(with, (&title, &href), form, units, group, example);
    Ok((status, render(&page)?).into_response())
}

/// A template of today with what is the same for all units.
fn template(with: &With, at: &RoundAt, code: &str) -> String {
    let until = at.plan.deadline(Phase::SelfScoring).map_or_else(|| "chưa đặt".to_owned(), vietnamese);
    let organiser = unit_name(with, &at.plan.organiser);
    let ways = with.app.ways();
    let text = ways.messages.on(code, with.today).unwrap_or_default();
    let text = if text.is_empty() { "{đơn vị}{danh sách}: còn thiếu {còn thiếu}." } else { text };
    message::fill(text, &[("đợt", &at.plan.title), ("hạn", &until), ("cơ quan", &organiser)])
}

/// The chosen units with what each lacks; who is not in the round is left out.
async fn lacking(with: &With, at: &RoundAt, sent: &Sent) -> Result<Vec<Lacking>, ErrorPage> {
    let chosen: Vec<&str> = sent.all(UNITS).collect();
    let mut found = Vec::new();
    for unit in at.plan.units.iter().filter(|unit| chosen.contains(&unit.code.as_str())) {
        let sheet = with.store().sheet_find(&at.id, &unit.code).await?;
        let lacks = match at.sets.get(&unit.group) {
            Some(set) => lacks(&sheet, at, set, &unit.code),
            None => "phiếu chưa nộp".to_owned(),
        };
        found.push(Lacking { unit: unit.code.clone(), name: unit.name.clone(), lacks });
    }
    for code in chosen.iter().filter(|code| at.plan.unit(code).is_none()) {
        if let Some(lacks) = part_lacks(with, at, code).await? {
            found.push(Lacking { unit: (*code).to_owned(), name: unit_name(with, code), lacks });
        }
    }
    Ok(found)
}

/// What a unit lacks of its part of another's sheet; `None`: it shares none.
async fn part_lacks(with: &With, at: &RoundAt, unit: &str) -> Result<Option<String>, ErrorPage> {
    let Some(scored) = at.plan.units.iter().find(|scored| at.plan.shares_in(&scored.code, unit)) else {
        return Ok(None);
    };
    let Some(set) = at.sets.get(&scored.group) else { return Ok(None) };
    let sheet = with.store().sheet_find(&at.id, &scored.code).await?;
    let lines = sheet.progress_of(&at.plan, set, &scored.code, unit).lines;
    let (empty, unproved) = sheet.missing_of(&at.plan, set, &scored.code, unit);
    let open: Vec<String> = empty.into_iter().chain(unproved).collect();
    if open.is_empty() {
        return Ok(Some(format!("bước giao phần việc trong phiếu của {}", scored.name)));
    }
    let named = open.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = open.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" và {more} dòng khác") } else { String::new() };
    Ok(Some(format!("{} / {lines} dòng trong phiếu của {}: {named}{more}", open.len(), scored.name)))
}

/// `9 / 48 dòng: 1.1, 3.2`; what is complete lacks being handed in.
fn lacks(sheet: &Sheet, at: &RoundAt, set: &CriteriaSet, unit: &str) -> String {
    let asked: Vec<&str> = set
        .leaves()
        .filter(|(index, node, leaf)| {
            let own = matches!(leaf.source, Source::Person | Source::Metric) && node.part == Part::Scored;
            own && at.plan.preset(unit, set, *index).is_none()
        })
        .map(|(_, node, _)| node.code.as_str())
        .collect();
    let open = |code: &&&str| {
        let line = sheet.line(code);
        let waits = line.asked.as_ref().is_some_and(|asked| !asked.answered);
        waits || (line.answer.is_empty() && line.note.trim().is_empty())
    };
    let open: Vec<&str> = asked.iter().filter(open).copied().collect();
    if open.is_empty() {
        return "bước nộp phiếu".to_owned();
    }
    let named = open.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = open.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" và {more} dòng khác") } else { String::new() };
    format!("{} / {} dòng: {named}{more}", open.len(), asked.len())
}

/// Reminds them.
pub async fn take(with: With, Path(round): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    let grant = at.organising(&with, Action::RunRounds).await?;
    let units = lacking(&with, &at, &sent).await?;
    let text = sent.text(TEXT).to_owned();
    let mut form = page::form(address(&at), &fresh(), &units, &with.app.ways(), &text).filled(&sent);
    form.require();
    let offered = |channel: &Channel| {
        let field = form.fields.iter().find(|field| field.name == CHANNELS);
        field.is_some_and(|field| field.choices().iter().any(|choice| choice.value == channel.code()))
    };
    let channels: Vec<Channel> = sent.all(CHANNELS).filter_map(Channel::from_code).filter(offered).collect();
    if let Some(gone) = sent.all(UNITS).find(|code| units.iter().all(|unit| unit.unit != **code)) {
        form.refuse(UNITS, format!("đợt này không chấm đơn vị {gone}"));
    }
    if form.is_refused() {
        return show(&with, &at, units, form, &text);
    }
    let urged = units.iter().map(|unit| {
        let name = if at.plan.unit(&unit.unit).is_some() { String::new() } else { unit.name.clone() };
        Urged { unit: unit.unit.clone(), lacks: unit.lacks.clone(), name }
    });
    let urged = urged.collect();
    let command = RoundCommand::Urge { units: urged, channels, text: text.clone() };
    match commit(&with, &at.id, command, context(&grant, &sent)).await {
        Ok(_) => Ok(Redirect::to(&at.address()).into_response()),
        Err(error) => {
            let field = |refusal: &RoundRefusal| match refusal {
                RoundRefusal::Text(_) => TEXT,
                RoundRefusal::NoChannel => CHANNELS,
                RoundRefusal::NobodyUrged | RoundRefusal::UnknownUnit(_) => UNITS,
                _ => "",
            };
            show(&with, &at, units, refused(error, form, field)?, &text)
        }
    }
}
