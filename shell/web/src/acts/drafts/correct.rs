//! One unit is put right by a form; what was typed becomes a draft as a file would.

use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Action, Resource};
use cchc_papers::rule_file::{RowKey, RuleKind, correct, tables};
use cchc_store::rules::RuleRow;
use cchc_text::Findings;
use cchc_units::Version;
use serde::Deserialize;

use super::known::{Known, content};
use super::prepare::{self, New};
use crate::acts::with::{With, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::pages::day;
use crate::pages::drafts::correct::{self as page, CorrectPage, Correction};

/// On which day the code is meant.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The day, as typed.
    ngay: String,
}

/// The version that is put right, and the rule in which it stands.
struct Target<'a> {
    version: &'a Version,
    kind: RuleKind,
    row: &'a RuleRow,
}

impl<'a> Target<'a> {
    /// The version that bears the code on that day, for whoever may prepare a change of it.
    async fn find(with: &'a With, known: &'a Known, code: &str, day: &str) -> Result<Self, ErrorPage> {
        let on = day::required(with, day)?;
        let version = with.units.find(code, on);
        let version = version.map_err(|error| ErrorPage::not_found(error.to_string().trim_end_matches('.')))?;
        let Some((kind, row)) = home(known, version) else {
            return Err(ErrorPage::not_found(format!("Không thấy dòng của {} trong danh mục đang dùng", version.name)));
        };
        let Some(action) = Action::proposing(kind.code()) else { return Err(ErrorPage::internal()) };
        let above = with.above(code).await?;
        with.grant(action, &Resource::of_unit(code, &above))?;
        Ok(Self { version, kind, row })
    }

    fn key(&self) -> (String, String) {
        let from = self.version.period.from.map(|day| day.to_string()).unwrap_or_default();
        (self.version.code.clone(), from)
    }

    fn show(&self, with: &With, form: FormView, findings: Findings, status: StatusCode) -> Result<Response, ErrorPage> {
        Ok((status, render(&CorrectPage::new(with, self.version, form, findings))?).into_response())
    }
}

/// The rule that has the row of a version.
fn home<'a>(known: &'a Known, version: &Version) -> Option<(RuleKind, &'a RuleRow)> {
    let has = |kind: RuleKind, row: &RuleRow| {
        tables(content(kind, row)).0.iter().any(|table| {
            table.rows.iter().any(|one| {
                let from = cchc_text::date::parse(one.text(table.column("valid_from"))).ok();
                one.text(table.column("code")) == version.code && from == version.period.from
            })
        })
    };
    let kinds = [RuleKind::Units, RuleKind::Departments].into_iter();
    kinds.flat_map(|kind| known.of(kind).map(move |row| (kind, row))).find(|(kind, row)| has(*kind, row))
}

/// The form.
pub async fn form(with: With, Path(code): Path<String>, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    let known = Known::at(&with, with.now).await?;
    let target = Target::find(&with, &known, &code, &asked.ngay).await?;
    let form = page::form(&fresh(), target.version, target.kind);
    target.show(&with, form, Findings::new(), StatusCode::OK)
}

/// Takes what was typed: a draft, or the form with everything that is wrong.
pub async fn take(
    with: With,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    prepare::asked(&sent)?;
    let known = Known::at(&with, with.now).await?;
    let target = Target::find(&with, &known, &code, &asked.ngay).await?;
    let form = page::form(&fresh(), target.version, target.kind);
    let correction = match page::read(form.clone(), &sent, target.version, target.kind) {
        Ok(correction) => correction,
        Err(form) => {
            let status = form.status();
            return target.show(&with, *form, Findings::new(), status);
        }
    };
    let again = |findings| {
        let mut form = form.clone().filled(&sent);
        form.refuse("", "chưa lập bản nháp: xem các phát hiện bên dưới");
        target.show(&with, form, findings, StatusCode::UNPROCESSABLE_ENTITY)
    };
    let (code, from) = target.key();
    let fields: Vec<(&str, &str)> = correction.fields.iter().map(|(column, text)| (*column, text.as_str())).collect();
    let old = content(target.kind, target.row);
    let (text, findings) = correct(old, RowKey { code: &code, from: &from }, &fields);
    let Some(text) = text else { return again(findings) };
    let new = cchc_papers::rule_file::Content { text: &text, ..old };
    let compared = prepare::compare(&known, Some(target.row), new, findings.clone());
    if compared.difference.is_empty() {
        return again(vec![correction.nothing_new()]);
    }
    if prepare::errors(&compared.findings) > 0 {
        return again(compared.findings);
    }
    let basis = basis(&correction, target.version);
    let (name, valid) = (target.row.name.clone(), (target.row.valid_from, target.row.valid_to));
    let new = New { kind: target.kind, name, content: text, valid, basis, file: None, findings };
    Ok(Redirect::to(&prepare::open(&with, &known, new, &sent).await?).into_response())
}

/// `Đính chính Phường Tích Sơn (08713): 123/NQ-HĐND`.
fn basis(correction: &Correction, version: &Version) -> String {
    let what = format!("Đính chính {} ({})", version.name, version.code);
    if correction.basis.is_empty() { what } else { format!("{what}: {}", correction.basis) }
}
