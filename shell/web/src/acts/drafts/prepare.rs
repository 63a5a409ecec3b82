//! New content of a rule compared with what is in force, and put down as a draft.

use std::collections::BTreeSet;

use cchc_access::{Action, Grant, Reach, Resource, reach};
use cchc_ledger::draft::{Change, Draft, DraftCommand};
use cchc_ledger::{Aggregate, Hash, StreamId};
use cchc_papers::rule_file::{Content, RuleKind, difference};
use cchc_store::rules::RuleRow;
use cchc_text::{Difference, Finding, Findings, Severity};
use jiff::civil::Date;

use super::known::{Known, content};
use crate::acts::with::{With, context};
use crate::error::ErrorPage;
use crate::form::{REQUEST, Sent};
use crate::pages::drafts::ADDRESS;
use crate::store_error::not_committed;

/// Units that a refusal names; the rest are counted.
const NAMED: usize = 5;

/// New content of a rule, as it came.
pub struct New {
    /// Which kind.
    pub kind: RuleKind,
    /// Name within the kind.
    pub name: String,
    /// The written form.
    pub content: String,
    /// When it is to be valid.
    pub valid: (Option<Date>, Option<Date>),
    /// Legal basis or source.
    pub basis: String,
    /// The file as it came: hash and name; `None`: it was typed in.
    pub file: Option<(Hash, String)>,
    /// What was found when it was read.
    pub findings: Findings,
}

/// What it changes.
pub struct Compared {
    /// What differs from the version that it would replace.
    pub difference: Difference,
    /// What was found in it, and what follows from it.
    pub findings: Findings,
}

/// Compares content with the version that it would replace.
#[must_use]
pub fn compare(known: &Known, old: Option<&RuleRow>, new: Content<'_>, mut findings: Findings) -> Compared {
    let nothing = Content { text: "", ..new };
    let old = old.map_or(nothing, |row| content(new.kind, row));
    let mut difference = difference(old, new, &known.beside(new.kind, new.name));
    let mut told: BTreeSet<_> = findings.iter().map(key).collect();
    let consequences = std::mem::take(&mut difference.consequences);
    findings.extend(consequences.into_iter().filter(|finding| told.insert(key(finding))));
    Compared { difference, findings }
}

/// What makes two findings one, wherever their rows stand.
fn key(finding: &Finding) -> (&'static str, Option<String>, String) {
    (finding.code, finding.place.unit.clone(), finding.message.clone())
}

/// How many errors there are.
#[must_use]
pub fn errors(findings: &[Finding]) -> u32 {
    counted(findings, Severity::Error)
}

fn counted(findings: &[Finding], severity: Severity) -> u32 {
    let count = findings.iter().filter(|finding| finding.severity == severity).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether he may prepare a change of that kind at all, asked before a file is looked at.
///
/// # Errors
/// The page that says why not.
pub fn may_propose(with: &With, kind: RuleKind) -> Result<(), ErrorPage> {
    let Some(action) = Action::proposing(kind.code()) else { return Err(ErrorPage::internal()) };
    if with.visitor.may(action, with.today) { Ok(()) } else { with.grant(action, &Resource::system()).map(|_| ()) }
}

/// In which post he prepares that change: whoever does so for his own unit alone changes its rows alone.
fn proposing(with: &With, new: &New, compared: &Compared) -> Result<Grant, ErrorPage> {
    let Some(action) = Action::proposing(new.kind.code()) else { return Err(ErrorPage::internal()) };
    let Reach::Within(part) = reach(&with.visitor.viewer, action, with.today) else {
        return with.grant(action, &Resource::system());
    };
    let own: Vec<&String> = part.units.iter().chain(&part.subtrees).collect();
    let others: BTreeSet<&str> = match new.kind {
        RuleKind::Units | RuleKind::Departments => {
            let codes = compared.difference.changes.iter().map(|change| code(&change.key));
            codes.collect()
        }
        RuleKind::CriteriaSet | RuleKind::DaysOff | RuleKind::Series | RuleKind::SeriesFigures => BTreeSet::new(),
    };
    let unit = own.iter().find(|unit| others.iter().all(|code| *code == unit.as_str()));
    match unit {
        Some(unit) => with.grant(action, &Resource::of_unit(unit, &[])),
        None => {
            let others: Vec<&str> =
                others.into_iter().filter(|code| !own.iter().any(|unit| unit.as_str() == *code)).collect();
            Err(beyond(action, &others))
        }
    }
}

/// The code in the key of a row: `08740@2025-01-01`.
fn code(key: &str) -> &str {
    key.rsplit_once('@').map_or(key, |(code, _)| code)
}

fn beyond(action: Action, others: &[&str]) -> ErrorPage {
    let shown: Vec<&str> = others.iter().take(NAMED).copied().collect();
    let more = others.len().saturating_sub(shown.len());
    let more = if more == 0 { String::new() } else { format!(" và {more} mã khác") };
    ErrorPage::new(axum::http::StatusCode::FORBIDDEN, "Tệp thay đổi cả đơn vị khác")
        .because(format!("Bạn được {action} trong phạm vi đơn vị mình; tệp này đổi cả {}{more}.", shown.join(", ")))
        .because("Chưa có gì được giữ lại. Chỉ sửa các dòng của đơn vị mình, hoặc gửi tệp cho cơ quan thường trực.")
}

/// The change that new content is, what it changes, and in which post he prepares it.
///
/// # Errors
/// Where he may not.
pub fn changed(with: &With, known: &Known, new: New) -> Result<(Grant, Change, Compared), ErrorPage> {
    let replaced = known.valid(new.kind, &new.name, new.valid);
    let text = Content { kind: new.kind, name: &new.name, text: &new.content };
    let compared = compare(known, replaced, text, new.findings.clone());
    let grant = proposing(with, &new, &compared)?;
    let iso = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (file, file_name) = new.file.map_or((None, String::new()), |(hash, name)| (Some(hash), name));
    let change = Change {
        kind: new.kind.code().to_owned(),
        name: new.name,
        content: new.content,
        valid_from: iso(new.valid.0),
        valid_to: iso(new.valid.1),
        basis: new.basis,
        replaces: replaced.map(|row| row.id),
        file,
        file_name,
        errors: counted(&compared.findings, Severity::Error),
        warnings: counted(&compared.findings, Severity::Warning),
        summary: compared.difference.summary.clone(),
    };
    Ok((grant, change, compared))
}

/// Puts the change down as a draft and gives back its address; the same form sent twice is one draft.
///
/// # Errors
/// Where he may not, or the store refuses.
pub async fn open(with: &With, known: &Known, new: New, sent: &Sent) -> Result<String, ErrorPage> {
    let (grant, change, _) = changed(with, known, new)?;
    let context = context(&grant, sent);
    let id = id_of(&context.actor.person, &context.request.0);
    let stream = StreamId::new(Draft::KIND, &id).map_err(|_| ErrorPage::internal())?;
    let command = DraftCommand::Open { change: Box::new(change) };
    with.store().commit::<Draft>(&stream, command, context).await.map_err(|error| not_committed(&error))?;
    Ok(format!("{ADDRESS}/{id}"))
}

/// The id of the draft that a form becomes, the same for each time it is sent.
fn id_of(person: &str, request: &str) -> String {
    let hash = Hash::of_parts("cchc draft of request 1", &[person.as_bytes(), request.as_bytes()]);
    hash.to_string().chars().take(20).collect()
}

/// A form without a request id could be a draft more each time.
///
/// # Errors
/// The page that asks to open the form anew.
pub fn asked(sent: &Sent) -> Result<(), ErrorPage> {
    if sent.text(REQUEST).is_empty() {
        return Err(ErrorPage::bad_request("Biểu mẫu thiếu mã yêu cầu")
            .because("Mở lại biểu mẫu rồi gửi lại. Chưa có gì được giữ lại."));
    }
    Ok(())
}
