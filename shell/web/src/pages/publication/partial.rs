//! `/cong-bo/{id}` of a package of which only some lines are known: what was published, beside the lines
//! that can be recomputed. No total, class or rank is computed from them.

use askama::Template;
use cchc_index::answer::Answer;

use super::figures::Figures;
use super::files::{self, Download};
use super::published::{Agreement, Figured};
use super::shown::{PageOf, Shown, Tab};
use crate::frame::{Frame, Page, render};

#[derive(Template)]
#[template(path = "publication/partial.html")]
struct Partial<'a> {
    frame: Frame,
    shown: &'a Shown<'a>,
    pages: Vec<Tab>,
    rows: Vec<Row>,
    leaves: usize,
    equal: usize,
    different: usize,
    downloads: Vec<Download>,
    hash: Option<String>,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    total: Option<String>,
    class: String,
    known: usize,
    equal: usize,
    different: usize,
}

/// Writes the page.
pub(super) fn page(shown: &Shown<'_>) -> Page {
    let rows = rows(shown);
    render(&Partial {
        frame: shown.own_frame(),
        pages: shown.pages(PageOf::Ranking),
        leaves: shown.set().leaves().count(),
        equal: rows.iter().map(|row| row.equal).sum(),
        different: rows.iter().map(|row| row.different).sum(),
        rows,
        downloads: files::downloads(shown),
        hash: files::hash(shown.publication),
        shown,
    })
}

fn rows(shown: &Shown<'_>) -> Vec<Row> {
    let (set, package) = (shown.set(), shown.package());
    let published = Figured::of(package);
    let figures = Figures::of(set);
    let mut units: Vec<_> = package.scored.units.iter().collect();
    units.sort_by(|a, b| (shown.register.protocol(&a.code), &a.code).cmp(&(shown.register.protocol(&b.code), &b.code)));
    let row = |unit: &&cchc_index::ScoredUnit| {
        let input = package.inputs.units.iter().find(|input| input.code == unit.code);
        let answer = |index: usize| input.and_then(|input| input.answers.get(index)).unwrap_or(&Answer::NotReported);
        let agreements: Vec<Agreement> =
            set.leaves().map(|(index, node, _)| published.agreement(unit, &node.code, index, answer(index))).collect();
        let total = published.by(&unit.code, "");
        Row {
            name: shown.name(unit),
            href: shown.unit_href(&unit.code),
            total: total.and_then(|total| total.points).map(|points| figures.points(&points.into())),
            class: total.map(|total| total.class.clone()).unwrap_or_default(),
            known: set.leaves().filter(|(index, _, _)| *answer(*index) != Answer::NotReported).count(),
            equal: agreements.iter().filter(|agreement| **agreement == Agreement::Equal).count(),
            different: agreements.iter().filter(|agreement| **agreement == Agreement::Different).count(),
        }
    };
    units.iter().map(row).collect()
}
