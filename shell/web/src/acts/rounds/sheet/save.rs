//! Answers and notes of a sheet: one line as it is typed, or the whole form.
//!
//! A line that another changed meanwhile is told with both values, and nothing is overwritten unasked. Of a
//! whole form, what can be taken is taken; what can't is shown again as it was typed.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Redirect, Response};
use cchc_access::Grant;
use cchc_index::sheet::Line;
use cchc_index::{AnswerText, SheetCommand, SheetRefusal};
use cchc_ledger::RequestId;
use cchc_store::CommitError;
use serde::Serialize;

use super::of::{SheetOf, names};
use super::page::shown;
use crate::acts::with::{With, context};
use crate::error::ErrorPage;
use crate::form::{Sent, request_of};
use crate::list::address;
use crate::pages::publication::figures::Figures;
use crate::pages::rounds::sheet::before::Before;
use crate::pages::rounds::sheet::control::{Control, joined};
use crate::pages::rounds::sheet::lines::{self, SheetLine, written};
use crate::pages::rounds::sheet::parts::OF_UNIT;
use crate::pages::rounds::sheet::{NOTE, OF, SEEN, STOOD, Total, VALUE, Wrong};
use crate::store_error::not_committed;

/// What was sent of one line.
struct Typed {
    answer: Option<AnswerText>,
    note: Option<String>,
    seen: Option<u32>,
}

/// What the saving of a line answers.
#[derive(Debug, Default, Serialize)]
struct Saved {
    /// `saved`, `conflict`, `refused`.
    outcome: &'static str,
    /// What is wrong; empty: nothing.
    why: String,
    /// The version of the line now.
    seen: u32,
    /// What stands there now: value and of.
    value: String,
    of: String,
    /// The same in words.
    answer: String,
    /// Points, as printed; empty: none.
    points: String,
    /// What is still to be done at the line: class and words.
    state: (&'static str, &'static str),
    /// Points of each topmost node, as printed, by code.
    folds: Vec<(String, String)>,
    /// Points of the sheet, as printed.
    total: String,
    /// When: `09:12`.
    at: String,
}

impl Typed {
    /// Of the form of one line (`v`, `m`, `g`, `s`) or of a whole sheet (`v-3.2`).
    fn read(sent: &Sent, line: Option<&str>) -> Self {
        let name = |part: &str| line.map_or_else(|| part.to_owned(), |line| format!("{part}-{line}"));
        let has = |part: &str| sent.0.iter().any(|(known, _)| *known == name(part));
        let answer = || AnswerText::new(&joined(sent.all(&name(VALUE))), sent.text(&name(OF)));
        Self {
            answer: has(VALUE).then(answer),
            note: has(NOTE).then(|| sent.text(&name(NOTE)).replace("\r\n", "\n")),
            seen: sent.text(&name(SEEN)).parse().ok(),
        }
    }

    /// What is to be said of a line as it stands; `shown` is its answer as the fields of the page have it.
    fn commands(&self, code: &str, now: &Line, shown: &AnswerText) -> Vec<(&'static str, SheetCommand)> {
        let mut commands = Vec::new();
        if let Some(answer) = self.answer.clone().filter(|answer| *answer != now.answer && answer != shown) {
            commands.push((VALUE, SheetCommand::Fill { line: code.to_owned(), answer, seen: self.seen }));
        }
        if let Some(text) = self.note.clone().filter(|text| *text != now.note) {
            commands.push((NOTE, SheetCommand::Note { line: code.to_owned(), text }));
        }
        commands
    }
}

/// Saves what was typed in a line; says how it stands.
pub async fn line(
    with: With,
    Path((round, unit, code)): Path<(String, String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let mut of = SheetOf::find(&with, &round, &unit).await?;
    let filling = of.filling(&with).await?;
    of = of.seen_by(Some(&filling));
    let grant = filling.grant(of.whose(&code)).ok_or_else(ErrorPage::internal)?;
    let typed = Typed::read(&sent, None);
    let refused = save(&with, &of, grant, &sent, (&code, "", &typed)).await?;
    of.again(&with).await?;
    let mut saved = stands(&with, &of, &code)?;
    let status = match &refused {
        None => {
            saved.outcome = "saved";
            StatusCode::OK
        }
        Some(refusal) => {
            let conflict = matches!(refusal, SheetRefusal::Conflict { .. });
            saved.outcome = if conflict { "conflict" } else { "refused" };
            saved.why = refusal.to_string();
            if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }
        }
    };
    Ok((status, Json(saved)).into_response())
}

/// Saves every line that was changed in the form.
pub async fn whole(
    with: With,
    Path((round, unit)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let mut of = SheetOf::find(&with, &round, &unit).await?;
    let filling = of.filling(&with).await?;
    of = of.seen_by(Some(&filling));
    let mut wrongs = Vec::new();
    let codes: Vec<String> = of.set.leaves().map(|(_, node, _)| node.code.clone()).collect();
    for code in codes {
        let typed = Typed::read(&sent, Some(&code)).unless_untouched(&sent, &code);
        let grant = filling.grant(of.whose(&code)).ok_or_else(ErrorPage::internal)?;
        if let Some(refusal) = save(&with, &of, grant, &sent, (&code, &code, &typed)).await? {
            let typed = typed.answer.unwrap_or_default();
            wrongs.push(Wrong { line: code, why: refusal.to_string(), typed });
        }
    }
    if wrongs.is_empty() {
        let back = address(&of.address(), &[("loc", sent.text("loc")), (OF_UNIT, sent.text(OF_UNIT))]);
        return Ok(Redirect::to(&back).into_response());
    }
    of.again(&with).await?;
    let of = of.with_threads(&with).await?;
    shown(&with, &of, Some(&filling), &sent, wrongs).await
}

impl Typed {
    /// Nothing where the field still holds what stood there when the page was made, whatever stands there now.
    fn unless_untouched(mut self, sent: &Sent, code: &str) -> Self {
        let stood = sent.text(&format!("{STOOD}-{code}"));
        if self.answer.as_ref().is_some_and(|answer| written(answer) == stood) {
            self.answer = None;
        }
        self
    }
}

/// Says what was typed; gives why it was refused.
async fn save(
    with: &With,
    of: &SheetOf,
    grant: &Grant,
    sent: &Sent,
    (code, part, typed): (&str, &str, &Typed),
) -> Result<Option<SheetRefusal>, ErrorPage> {
    let now = of.sheet.line(code);
    let node = of.set.criteria.iter().find(|node| node.code == code);
    let control = node.and_then(|node| Some(Control::of(node, node.leaf.as_ref()?, &now.answer)));
    let shown = control.map(|control| control.written()).unwrap_or_default();
    for (what, command) in typed.commands(code, &now, &shown) {
        let mut context = context(grant, sent);
        context.request = RequestId(request_of(&context.request.0, &format!("{what}{part}")));
        match of.commit(with, command, context).await {
            Ok(_) => {}
            Err(CommitError::Refused(refusal)) => return Ok(Some(refusal)),
            Err(error) => return Err(not_committed(&error)),
        }
    }
    Ok(None)
}

/// How a line and the sheet stand.
fn stands(with: &With, of: &SheetOf, code: &str) -> Result<Saved, ErrorPage> {
    // Points and state of a line don't ask what it was a year before.
    let (before, name) = (Before::default(), names(with));
    let seen = of.seen(with, &before, true, &name);
    let found = of.set.criteria.iter().enumerate().find(|(_, node)| node.code == code);
    let found = found.and_then(|(index, node)| Some((index, node, node.leaf.as_ref()?)));
    let Some((index, node, leaf)) = found else {
        return Err(ErrorPage::not_found("Bộ tiêu chí không có dòng này").way("Phiếu chấm điểm", of.address()));
    };
    let figures = Figures::of(&of.set);
    let line: SheetLine = lines::line(&seen, &figures, index, node, leaf);
    let scored = seen.scored(cchc_index::sheet::Step::Own).ok_or_else(ErrorPage::internal)?;
    let roots = of.set.criteria.iter().zip(&scored.nodes).filter(|(node, _)| node.parent.is_none());
    let answer = line.control.written();
    let clock = with.now.local();
    Ok(Saved {
        outcome: "",
        why: String::new(),
        seen: line.seen,
        value: answer.value,
        of: answer.of,
        answer: line.answer,
        points: line.points.unwrap_or_default(),
        state: line.state,
        folds: roots.map(|(node, score)| (node.code.clone(), figures.points(&score.points))).collect(),
        total: Total::of(&scored, &seen).points,
        at: format!("{:02}:{:02}", clock.hour(), clock.minute()),
    })
}
