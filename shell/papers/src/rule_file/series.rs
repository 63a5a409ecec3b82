//! Series and their figures: tables to written content and back.

use std::collections::BTreeSet;

use cchc_index::series::{Figures, SeriesList, figures_difference, list_difference};
use cchc_text::table::Table;
use cchc_text::{Difference, Findings};

use super::RuleKind;
use super::content::{Content, tables};

/// What only all sheets together can show.
const ACROSS: [&str; 3] = ["duplicate-series", "duplicate-figure", "contradicting-figure"];

/// The series of a content.
#[must_use]
pub fn series_list(content: Content<'_>) -> (SeriesList, Findings) {
    let (tables, mut findings) = tables(content);
    let Some(table) = tables.first() else { return (SeriesList::default(), findings) };
    let (list, more) = SeriesList::from_table(table);
    findings.extend(more);
    (list, findings)
}

/// The figures of a content; `list` are the series that there are.
#[must_use]
pub fn figures(content: Content<'_>, list: &SeriesList) -> (Figures, Findings) {
    let (tables, mut findings) = tables(content);
    let Some(table) = tables.first() else { return (Figures::default(), findings) };
    let (figures, more) = Figures::from_table(table, list);
    findings.extend(more);
    (figures, findings)
}

/// Reads uploaded tables: every sheet for its own findings, all together for the content.
pub(super) fn read(
    kind: RuleKind,
    sheets: &[Table],
    joined: &Table,
    beside: &[Content<'_>],
    findings: &mut Findings,
) -> Table {
    let list = beside_list(beside);
    let one = |table: &Table| match kind {
        RuleKind::Series => {
            let (list, findings) = SeriesList::from_table(table);
            (list.to_table(&table.file), findings)
        }
        _ => {
            let (figures, findings) = Figures::from_table(table, &list);
            (figures.to_table(&table.file), findings)
        }
    };
    findings.extend(sheets.iter().flat_map(|table| one(table).1));
    let told: BTreeSet<String> = findings.iter().map(|one| one.message.clone()).collect();
    let (content, more) = one(joined);
    findings.extend(more.into_iter().filter(|one| ACROSS.contains(&one.code) && !told.contains(&one.message)));
    content
}

/// What differs between two contents of one of the two kinds.
pub(super) fn difference(old: Content<'_>, new: Content<'_>, beside: &[Content<'_>]) -> Difference {
    if new.kind == RuleKind::Series {
        let (old, new) = (series_list(old).0, series_list(new).0);
        let in_use = of(beside, RuleKind::SeriesFigures).map(|content| figures(content, &old).0);
        return list_difference(&old, &new, &in_use.reduce(Figures::with).unwrap_or_default());
    }
    let list = beside_list(beside);
    figures_difference(&figures(old, &list).0, &figures(new, &list).0)
}

fn beside_list(beside: &[Content<'_>]) -> SeriesList {
    of(beside, RuleKind::Series).next().map(|content| series_list(content).0).unwrap_or_default()
}

fn of<'a>(contents: &'a [Content<'a>], kind: RuleKind) -> impl Iterator<Item = Content<'a>> {
    contents.iter().copied().filter(move |content| content.kind == kind)
}
