//! `/cong-bo/{id}/linh-vuc`: units × fields as a heat map.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use cchc_index::{Exact, score};
use serde::Deserialize;

use super::address;
use super::criteria::group_tabs;
use super::figures::{percent, tenths};
use super::group::Group;
use super::shown::{PageOf, Shown, Tab, find, numbered};
use crate::error::ErrorPage;
use crate::frame::{Frame, Page, render};
use crate::pages::Shared;

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nhom: Option<String>,
}

/// The page.
pub async fn page(Extension(site): Extension<Shared>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Page {
    let publication = find(&site, &id)?;
    let shown = Shown::new(&site, &publication);
    if shown.about().partial {
        return Err(ErrorPage::not_found("Công bố này không có bảng theo lĩnh vực")
            .because("Chỉ một phần số liệu được công bố, nên không tính tổng của lĩnh vực.")
            .way("Xem những dòng đã công bố", shown.href()));
    }
    render(&Fields::new(&shown, &asked)?)
}

#[derive(Template)]
#[template(path = "publication/fields.html")]
struct Fields<'a> {
    frame: Frame,
    shown: &'a Shown<'a>,
    pages: Vec<Tab>,
    tabs: Vec<Tab>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    medians: Vec<String>,
    median: String,
    weakest: Vec<(String, String)>,
    group: Group<'a>,
}

#[derive(Debug)]
struct Head {
    title: String,
    max: String,
    href: String,
}

#[derive(Debug)]
struct Row {
    rank: String,
    name: String,
    href: String,
    cells: Vec<Cell>,
    result: String,
}

/// One cell: the share, and how much of the points was lost.
#[derive(Debug)]
struct Cell {
    share: String,
    href: String,
    class: &'static str,
}

impl<'a> Fields<'a> {
    fn new(shown: &'a Shown<'a>, asked: &Asked) -> Result<Self, ErrorPage> {
        let group = shown.group(asked.nhom.as_deref())?;
        let set = shown.set();
        let weakest = group.weakest_fields(set);
        let title = |field: usize| set.criteria.get(field).map(|node| node.title.clone()).unwrap_or_default();
        let median = |index: usize| group.median_share(index).map_or("–".to_owned(), |share| tenths(&share));
        Ok(Self {
            frame: shown.frame("Theo lĩnh vực"),
            pages: shown.pages(PageOf::Fields),
            tabs: group_tabs(shown, &group, "/linh-vuc"),
            heads: set
                .fields()
                .map(|(_, node)| Head {
                    title: numbered(&node.code, &node.title),
                    max: cchc_index::trace::plain(node.max),
                    href: shown.criterion_href(&node.code),
                })
                .collect(),
            medians: set.fields().map(|(index, _)| median(index)).collect(),
            median: group.median().map(|median| shown.figures.result(&median)).unwrap_or_default(),
            weakest: weakest.iter().take(2).map(|(field, share)| (title(*field), percent(share))).collect(),
            rows: rows(shown, &group),
            group,
            shown,
        })
    }
}

fn rows(shown: &Shown<'_>, group: &Group<'_>) -> Vec<Row> {
    let row = |unit: &&cchc_index::ScoredUnit| {
        let href = shown.unit_href(&unit.code);
        let cell = |(index, node): (usize, &cchc_index::Criterion)| {
            let share = unit.nodes.get(index).and_then(score::share);
            Cell {
                class: share.as_ref().map_or("", heat),
                share: share.map_or_else(|| "–".to_owned(), |share| tenths(&share)),
                href: format!("{href}#{}", address::anchor(&node.code)),
            }
        };
        Row {
            rank: unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
            name: shown.name(unit),
            cells: shown.set().fields().map(cell).collect(),
            result: unit.result.as_ref().map_or_else(|| "–".to_owned(), |result| shown.figures.result(result)),
            href,
        }
    };
    group.units.iter().map(row).collect()
}

/// The class of a cell: less than 5, 10, 20, 30 % of the points lost, or more.
#[must_use]
fn heat(share: &Exact) -> &'static str {
    let lost = &(&Exact::ONE - share) * &Exact::whole(100);
    let steps = [(5, ""), (10, "h1"), (20, "h2"), (30, "h3")];
    steps.iter().find(|(below, _)| lost < Exact::whole(*below)).map_or("h4", |(_, class)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_steps_are_closed_below() {
        let of = |text: &str| heat(&Exact::from_fraction(text).unwrap());
        assert_eq!(
            [of("1"), of("0.951"), of("0.95"), of("0.9"), of("0.8"), of("0.7"), of("0")],
            ["", "", "h1", "h2", "h3", "h4", "h4"]
        );
    }
}
