//! A file becomes a draft: units and departments, criteria sets, days off.

use axum::extract::Multipart;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_papers::OldText;
use cchc_papers::rule_file::{Content, RuleKind, criteria_set};
use cchc_text::{Finding, Findings};

use super::known::Known;
use super::prepare::{self, New};
use super::reading::{ToRead, read_file};
use crate::acts::with::{With, fresh};
use crate::acts::words::validity;
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::pages::drafts::import::{Import, ImportPage, OLD_TEXT};
use crate::upload;

/// The form.
pub async fn form(with: With, import: Import) -> Result<Response, ErrorPage> {
    may(&with, import)?;
    let known = Known::at(&with, with.now).await?;
    show(&with, import, empty(&known, import), Findings::new())
}

fn empty(known: &Known, import: Import) -> FormView {
    let names = if import == Import::Set { Vec::new() } else { known.names(import.kinds()) };
    import.form(&fresh(), &names)
}

/// Whether he may hand in a file of any of its kinds.
fn may(with: &With, import: Import) -> Result<(), ErrorPage> {
    let mut refused = Err(ErrorPage::internal());
    for kind in import.kinds() {
        refused = prepare::may_propose(with, *kind);
        if refused.is_ok() {
            break;
        }
    }
    refused
}

fn show(with: &With, import: Import, form: FormView, findings: Findings) -> Result<Response, ErrorPage> {
    let status = form.status();
    Ok((status, render(&ImportPage::new(with, import, form, findings))?).into_response())
}

/// Takes the file: a draft where it could be read at all, else the form with everything that is wrong.
pub async fn take(with: With, import: Import, multipart: Multipart) -> Result<Response, ErrorPage> {
    may(&with, import)?;
    let sent = upload::Form::read(multipart).await?;
    let texts = sent.sent();
    prepare::asked(&texts)?;
    let known = Known::at(&with, with.now).await?;
    let mut form = empty(&known, import).filled(&texts);
    form.require();
    let valid = (form.day("hieu-luc-tu", &texts), form.day("hieu-luc-den", &texts));
    if let (Some(from), Some(to)) = valid
        && to < from
    {
        form.refuse("hieu-luc-den", "trước ngày bắt đầu");
    }
    let rule = chosen(&known, import, &texts);
    if rule.is_none() {
        form.refuse("ten", "chưa chọn");
    }
    let file = sent.file("tep").cloned();
    if file.is_none() {
        form.refuse("tep", "chưa chọn tệp");
    }
    let (Some((kind, name)), Some(file)) = (rule, file) else { return show(&with, import, form, Findings::new()) };
    prepare::may_propose(&with, kind)?;
    let old_text = if texts.text(OLD_TEXT).is_empty() { OldText::Refused } else { OldText::Converted };
    let ((text, mut findings), known, ToRead { file, name, .. }) =
        read_file(known, ToRead { kind, name, file }, old_text).await?;
    let unusable = "không dùng được; xem các phát hiện bên dưới";
    let Some(content) = text else {
        form.refuse("tep", unusable);
        return show(&with, import, form, findings);
    };
    let name = match named(kind, &name, &content) {
        Ok(name) => name,
        Err(finding) => {
            findings.push(*finding);
            form.refuse("tep", unusable);
            return show(&with, import, form, findings);
        }
    };
    let valid = match (valid, known.current(kind, &name, with.today)) {
        ((None, None), Some(row)) => (row.valid_from, row.valid_to),
        _ => valid,
    };
    let other = known.overlapping(kind, &name, valid).filter(|row| (row.valid_from, row.valid_to) != valid);
    if let Some(other) = other {
        let period = validity(other.valid_from, other.valid_to);
        form.refuse("hieu-luc-tu", format!("chồng lên bản đang dùng, có hiệu lực {period}; bỏ trống để thay bản ấy"));
    }
    if form.is_refused() {
        return show(&with, import, form, findings);
    }
    let stored = with.store().file_put(&file.name, file.bytes).await?;
    let basis = texts.text("can-cu").to_owned();
    let file = Some((stored.hash, file.name));
    let new = New { kind, name, content, valid, basis, file, findings };
    Ok(Redirect::to(&prepare::open(&with, &known, new, &texts).await?).into_response())
}

/// The rule that the file is to replace; a set says itself which it is.
fn chosen(known: &Known, import: Import, sent: &Sent) -> Option<(RuleKind, String)> {
    if import == Import::Set {
        return Some((RuleKind::CriteriaSet, String::new()));
    }
    let asked = sent.text("ten");
    let (kind, name) = asked.split_once('/')?;
    let kind = RuleKind::from_code(kind).filter(|kind| import.kinds().contains(kind))?;
    known.names(&[kind]).iter().any(|(known, _)| known == asked).then(|| (kind, name.to_owned()))
}

/// The name of the rule: a set's own id, which has to be one that can stand in the name of a stream.
fn named(kind: RuleKind, name: &str, text: &str) -> Result<String, Box<Finding>> {
    if kind != RuleKind::CriteriaSet {
        return Ok(name.to_owned());
    }
    let set = criteria_set(Content { kind, name, text }).0;
    let id = set.map(|set| set.id).unwrap_or_default();
    match cchc_store::rules::stream(kind.code(), &id) {
        Ok(_) if !id.is_empty() && !id.contains('/') => Ok(id),
        _ => {
            let message = format!("Mã bộ tiêu chí «{id}» không dùng được.");
            let finding = Finding::error("bad-set-id", cchc_text::Place::default(), message);
            Err(Box::new(finding.hint("Chỉ dùng chữ thường không dấu, chữ số và dấu gạch nối, ví dụ vp-2021-so.")))
        }
    }
}
