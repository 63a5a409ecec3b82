//! Stored content back to what pages and computations use.

use cchc_calendar::DaysOff;
use cchc_index::CriteriaSet;
use cchc_text::table::Table;
use cchc_text::{Difference, Finding, Findings, Place};
use cchc_units::Registry;

use super::{RuleKind, series};
use crate::{Limits, read_tables, set_file};

/// Stored content of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content<'a> {
    /// Its kind.
    pub kind: RuleKind,
    /// Name of the rule within its kind: `vinh-phuc`.
    pub name: &'a str,
    /// The written form.
    pub text: &'a str,
}

/// The tables of one content; none of a criteria set.
#[must_use]
pub fn tables(content: Content<'_>) -> (Vec<Table>, Findings) {
    if content.kind == RuleKind::CriteriaSet || content.text.is_empty() {
        return (Vec::new(), Findings::new());
    }
    let name = content.kind.file_name(content.name);
    match read_tables(&name, content.text.as_bytes(), &Limits::default()) {
        Ok(read) => read,
        Err(error) => (Vec::new(), vec![broken(&name, &error)]),
    }
}

/// The registry of units and departments; contents of other kinds are passed over.
#[must_use]
pub fn registry(contents: &[Content<'_>]) -> (Registry, Findings) {
    let (tables, mut findings) = registry_tables(contents);
    let (registry, more) = Registry::from_tables(&tables);
    findings.extend(more);
    (registry, findings)
}

/// The days off of a content.
#[must_use]
pub fn days_off(content: Content<'_>) -> (DaysOff, Findings) {
    let (tables, mut findings) = tables(content);
    let Some(table) = tables.first() else { return (DaysOff::default(), findings) };
    let (days, more) = DaysOff::from_table(table);
    findings.extend(more);
    (days, findings)
}

/// The criteria set of a content.
#[must_use]
pub fn criteria_set(content: Content<'_>) -> (Option<CriteriaSet>, Findings) {
    let name = content.kind.file_name(content.name);
    set_file::read(&name, content.text.as_bytes(), &Limits::default())
        .unwrap_or_else(|error| (None, vec![broken(&name, &error)]))
}

/// What differs between two contents of one rule; `old` is empty where the rule is new.
///
/// `beside` is the stored content used together with it, as in [`read`](super::read).
#[must_use]
pub fn difference(old: Content<'_>, new: Content<'_>, beside: &[Content<'_>]) -> Difference {
    match new.kind {
        RuleKind::Units | RuleKind::Departments => {
            let side = |content| registry_tables(&[&[content], beside].concat()).0;
            cchc_units::difference(&side(old), &side(new))
        }
        RuleKind::DaysOff => cchc_calendar::difference(&days_off(old).0, &days_off(new).0),
        RuleKind::Series | RuleKind::SeriesFigures => series::difference(old, new, beside),
        RuleKind::CriteriaSet => match (criteria_set(old).0, criteria_set(new).0) {
            (Some(old), Some(new)) => cchc_index::difference(&old, &new),
            (None, Some(new)) => added(&new),
            (_, None) => unknown(),
        },
    }
}

/// Units first, so that the order of the contents means nothing.
fn registry_tables(contents: &[Content<'_>]) -> (Vec<Table>, Findings) {
    let of = |kind| contents.iter().filter(move |content| content.kind == kind);
    let read: Vec<_> = of(RuleKind::Units).chain(of(RuleKind::Departments)).map(|content| tables(*content)).collect();
    let (tables, findings): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    (tables.concat(), findings.concat())
}

fn broken(name: &str, error: &crate::ReadError) -> Finding {
    Finding::error("unreadable", Place::file(name), format!("Không đọc được nội dung đã lưu: {error}"))
}

/// A set that was not there before.
fn added(set: &CriteriaSet) -> Difference {
    let summary = format!("Bộ tiêu chí mới: {} tiêu chí có quy tắc chấm.", set.leaves().count());
    let change = cchc_text::Change {
        key: set.id.clone(),
        what: "Bộ tiêu chí".to_owned(),
        part: String::new(),
        before: None,
        after: Some(set.title.clone()),
    };
    Difference { changes: vec![change], consequences: Findings::new(), summary }
}

/// What can't be read can't be compared; why stands in its findings.
fn unknown() -> Difference {
    Difference {
        summary: "Không so sánh được: nội dung mới không đọc thành bộ tiêu chí.".to_owned(),
        ..Difference::default()
    }
}
