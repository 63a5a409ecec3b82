//! `/cong-bo/{id}/tieu-chi/{code}`: all units at one criterion.

use std::collections::HashMap;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use cchc_index::set::Part;
use cchc_index::{Criterion, Exact, UnitInput, score, trace};
use serde::Deserialize;

use super::address;
use super::criteria::group_tabs;
use super::figures::{median, percent};
use super::group::Group;
use super::lines::{Line, State as Standing, line};
use super::published::Figured;
use super::shown::{Shown, Tab, find, numbered};
use super::spread::{Step, steps};
use crate::chart::distribution::{Distribution, Point, distribution};
use crate::chart::{Axis, Said, Svg, dots};
use crate::error::ErrorPage;
use crate::frame::{Frame, Page, render};
use crate::pages::Shared;

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nhom: Option<String>,
    /// `thu-tu`: protocol order; else by points.
    xep: Option<String>,
}

/// The page.
pub async fn page(
    Extension(site): Extension<Shared>,
    Path((id, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Page {
    let publication = find(&site, &id)?;
    let shown = Shown::new(&site, &publication);
    let (index, node) = shown.set().find(&code).ok_or_else(|| {
        ErrorPage::not_found("Không có tiêu chí này")
            .because(format!("Bộ tiêu chí {} không có tiêu chí mang mã «{code}».", shown.set().id))
            .way("Xem mọi tiêu chí của công bố này", format!("{}/tieu-chi", shown.href()))
    })?;
    render(&CriterionPage::new(&shown, index, node, &asked)?)
}

#[derive(Template)]
#[template(path = "publication/criterion.html")]
struct CriterionPage<'a> {
    frame: Frame,
    shown: &'a Shown<'a>,
    tabs: Vec<Tab>,
    orders: [Tab; 2],
    heading: String,
    node: &'a Criterion,
    above: Vec<(String, String)>,
    below: Vec<(String, String, String)>,
    rule: String,
    input: String,
    evidence: String,
    max: String,
    lede: Lede,
    drawn: Option<Distribution>,
    steps: Vec<Step>,
    rows: Vec<Row>,
    group: Group<'a>,
    neighbours: [Option<(String, String)>; 2],
}

#[derive(Debug, Default)]
struct Lede {
    median: Option<String>,
    full: usize,
    losing: usize,
    of: usize,
    not_applicable: usize,
}

struct Row {
    rank: String,
    name: String,
    under: String,
    href: String,
    bar: Option<Svg>,
    line: Line,
}

impl<'a> CriterionPage<'a> {
    fn new(shown: &'a Shown<'a>, index: usize, node: &'a Criterion, asked: &Asked) -> Result<Self, ErrorPage> {
        let group = shown.group(asked.nhom.as_deref())?;
        let by_protocol = asked.xep.as_deref() == Some("thu-tu");
        let rows = rows(shown, &group, index, by_protocol);
        let partial = shown.about().partial;
        let known: Vec<Exact> = if partial { Vec::new() } else { points(&group, index) };
        let axis = Axis::from_zero(&Exact::from(node.max));
        let drawn = known.len() > 1 && node.part == Part::Scored;
        Ok(Self {
            frame: shown
                .frame(numbered(&node.code, &node.title))
                .crumb("Theo tiêu chí", format!("{}/tieu-chi", shown.href())),
            tabs: group_tabs(shown, &group, &format!("/tieu-chi/{}", address::encode(&node.code))),
            orders: orders(shown, &group, node, by_protocol),
            above: above(shown, node),
            below: shown
                .set()
                .children(Some(index))
                .map(|(_, child)| {
                    let max = shown.figures.points(&Exact::from(child.max));
                    (numbered(&child.code, &child.title), shown.criterion_href(&child.code), max)
                })
                .collect(),
            rule: node.leaf.as_ref().map(|leaf| leaf.rule.in_words(node.max)).unwrap_or_default(),
            input: node.leaf.as_ref().map(|leaf| leaf.input.clone()).unwrap_or_default(),
            evidence: node.leaf.as_ref().map(|leaf| leaf.evidence.clone()).unwrap_or_default(),
            max: shown.figures.points(&Exact::from(node.max)),
            lede: lede(shown, &group, index),
            drawn: drawn.then(|| chart(shown, &group, index, node, &axis)),
            steps: if drawn { steps(&axis, known.iter()) } else { Vec::new() },
            rows,
            neighbours: neighbours(shown, index),
            heading: numbered(&node.code, &node.title),
            node,
            group,
            shown,
        })
    }

    fn any_published(&self) -> bool {
        self.rows.iter().any(|row| row.line.published.is_some())
    }
}

/// The points of those to whom it applies.
fn points(group: &Group<'_>, index: usize) -> Vec<Exact> {
    let nodes = group.units.iter().filter_map(|unit| unit.nodes.get(index));
    nodes.filter(|node| node.applicable).map(|node| node.points.clone()).collect()
}

fn lede(shown: &Shown<'_>, group: &Group<'_>, index: usize) -> Lede {
    if shown.about().partial {
        return Lede::default();
    }
    let nodes = || group.units.iter().filter_map(|unit| unit.nodes.get(index));
    let applicable: Vec<_> = nodes().filter(|node| node.applicable).collect();
    let full = applicable.iter().filter(|node| node.points == node.max).count();
    Lede {
        median: median(applicable.iter().filter_map(|node| score::share(node))).map(|share| percent(&share)),
        full,
        losing: applicable.len() - full,
        of: applicable.len(),
        not_applicable: nodes().count() - applicable.len(),
    }
}

fn rows(shown: &Shown<'_>, group: &Group<'_>, index: usize, by_protocol: bool) -> Vec<Row> {
    let inputs: HashMap<&str, &UnitInput> =
        shown.package().inputs.units.iter().map(|input| (input.code.as_str(), input)).collect();
    let published = Figured::of(shown.package());
    let partial = shown.about().partial;
    let mut units = group.units.clone();
    if by_protocol || partial {
        units.sort_by(|a, b| {
            (shown.register.protocol(&a.code), &a.code).cmp(&(shown.register.protocol(&b.code), &b.code))
        });
    } else {
        let key = |unit: &cchc_index::ScoredUnit| unit.nodes.get(index).and_then(score::share);
        units.sort_by_cached_key(|unit| std::cmp::Reverse(key(unit)));
    }
    let row = |unit: &cchc_index::ScoredUnit| {
        let line = line(shown, unit, inputs.get(unit.code.as_str()).copied(), index, &published)?;
        let node = unit.nodes.get(index).filter(|_| line.state == Standing::Scored);
        Some(Row {
            rank: unit.rank.filter(|_| !partial).map(|rank| rank.to_string()).unwrap_or_default(),
            name: shown.name(unit),
            under: shown.register.district(&unit.code).map(|district| district.name.clone()).unwrap_or_default(),
            href: format!("{}#{}", shown.unit_href(&unit.code), line.anchor),
            bar: node.map(|node| dots::bar(&node.points, &node.max, line.heavy)),
            line,
        })
    };
    units.into_iter().filter_map(row).collect()
}

fn chart(shown: &Shown<'_>, group: &Group<'_>, index: usize, node: &Criterion, axis: &Axis) -> Distribution {
    let of = group.units.iter().filter_map(|unit| Some((unit, unit.nodes.get(index).filter(|node| node.applicable)?)));
    let points: Vec<Point> = of
        .map(|(unit, node)| Point {
            value: node.points.clone(),
            label: unit.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            name: shown.name(unit),
            marked: false,
        })
        .collect();
    let middle = median(points.iter().map(|point| point.value.clone()));
    let title = format!("Phân bố điểm của {} đơn vị ở tiêu chí {}", points.len(), node.code);
    let text = format!(
        "Điểm từ 0 đến {}, trung vị {}. Bảng dưới có đủ số.",
        trace::plain(node.max),
        middle.as_ref().map(|value| shown.figures.points(value)).unwrap_or_default()
    );
    distribution(Said { id: "tc", title: &title, text: &text }, axis, &points, &[], middle.as_ref())
}

fn orders(shown: &Shown<'_>, group: &Group<'_>, node: &Criterion, by_protocol: bool) -> [Tab; 2] {
    let href = format!("{}?nhom={}", shown.criterion_href(&node.code), address::encode(&group.code));
    [
        Tab { label: "Theo điểm".into(), href: href.clone(), current: !by_protocol },
        Tab { label: "Theo thứ tự đơn vị".into(), href: format!("{href}&xep=thu-tu"), current: by_protocol },
    ]
}

/// The nodes above, from the field down.
fn above(shown: &Shown<'_>, node: &Criterion) -> Vec<(String, String)> {
    let mut chain = Vec::new();
    let mut at = node.parent;
    while let Some(parent) = at.and_then(|at| shown.set().criteria.get(at)) {
        chain.push((numbered(&parent.code, &parent.title), shown.criterion_href(&parent.code)));
        at = parent.parent;
    }
    chain.reverse();
    chain
}

/// The criterion before and the one after among those of the same kind (leaves, or nodes with children).
fn neighbours(shown: &Shown<'_>, index: usize) -> [Option<(String, String)>; 2] {
    let criteria = &shown.set().criteria;
    let is_leaf = criteria.get(index).is_some_and(|node| node.leaf.is_some());
    let alike = |(_, node): &(usize, &Criterion)| node.leaf.is_some() == is_leaf;
    let link = |(_, node): (usize, &Criterion)| (numbered(&node.code, &node.title), shown.criterion_href(&node.code));
    let before = criteria.iter().enumerate().take(index).rfind(alike).map(link);
    let after = criteria.iter().enumerate().skip(index + 1).find(alike).map(link);
    [before, after]
}
