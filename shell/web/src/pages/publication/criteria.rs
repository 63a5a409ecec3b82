//! `/cong-bo/{id}/tieu-chi`: all criteria, how the units fared at each.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use cchc_index::Exact;
use cchc_index::answer::Answer;
use cchc_index::set::Part;
use serde::Deserialize;

use super::address;
use super::figures::percent;
use super::group::Group;
use super::shown::{PageOf, Shown, Tab, find, numbered};
use crate::chart::{Axis, Svg, dots};
use crate::error::ErrorPage;
use crate::frame::{Frame, Page, render};
use crate::pages::{Shared, count};

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nhom: Option<String>,
}

/// The page.
pub async fn page(Extension(site): Extension<Shared>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Page {
    let publication = find(&site, &id)?;
    let shown = Shown::new(&site, &publication);
    render(&Criteria::new(&shown, &asked)?)
}

#[derive(Template)]
#[template(path = "publication/criteria.html")]
struct Criteria<'a> {
    frame: Frame,
    shown: &'a Shown<'a>,
    pages: Vec<Tab>,
    tabs: Vec<Tab>,
    group: Group<'a>,
    rows: Vec<Row>,
    scale: Svg,
    weakest: Option<(String, String, String)>,
}

#[derive(Debug)]
struct Row {
    code: String,
    title: String,
    href: String,
    depth: usize,
    is_leaf: bool,
    max: String,
    median: String,
    dot: Option<Svg>,
    losers: String,
    weak: bool,
}

impl<'a> Criteria<'a> {
    fn new(shown: &'a Shown<'a>, asked: &Asked) -> Result<Self, ErrorPage> {
        let group = shown.group(asked.nhom.as_deref())?;
        let axis = Axis::from_zero(&Exact::whole(100));
        let partial = shown.about().partial;
        Ok(Self {
            frame: shown.frame("Theo tiêu chí"),
            pages: shown.pages(PageOf::Criteria),
            tabs: group_tabs(shown, &group, "/tieu-chi"),
            rows: rows(shown, &group, &axis),
            scale: dots::scale(&axis),
            weakest: if partial { None } else { weakest(shown, &group) },
            group,
            shown,
        })
    }
}

/// The groups of this publication as links to the same page; none where there is only one.
pub(super) fn group_tabs(shown: &Shown<'_>, current: &Group<'_>, path: &str) -> Vec<Tab> {
    let groups = shown.groups();
    let tab = |group: &Group<'_>| Tab {
        label: format!("{} ({})", group.name, count(group.units.len())),
        href: format!("{}{path}?nhom={}", shown.href(), address::encode(&group.code)),
        current: group.code == current.code,
    };
    if groups.len() > 1 { groups.iter().map(tab).collect() } else { Vec::new() }
}

fn rows(shown: &Shown<'_>, group: &Group<'_>, axis: &Axis) -> Vec<Row> {
    let set = shown.set();
    let partial = shown.about().partial;
    let row = |(index, node): (usize, &cchc_index::Criterion)| {
        let median =
            group.median_share(index).filter(|_| node.part == Part::Scored && !(partial && node.leaf.is_none()));
        let weak = median.as_ref().is_some_and(|share| share * &Exact::whole(4) <= Exact::whole(3));
        Row {
            code: node.code.clone(),
            title: node.title.clone(),
            href: shown.criterion_href(&node.code),
            depth: set.depth(index),
            is_leaf: node.leaf.is_some(),
            max: shown.figures.points(&Exact::from(node.max)),
            dot: median.as_ref().map(|share| dots::one(axis, &(share * &Exact::whole(100)), weak)),
            losers: if partial { known(shown, index) } else { losers(group, index, node.part) },
            median: median.map_or_else(|| "–".to_owned(), |share| percent(&share)),
            weak,
        }
    };
    let all = set.criteria.iter().enumerate().map(row);
    all.map(|row| if partial { Row { median: "–".into(), dot: None, weak: false, ..row } } else { row }).collect()
}

/// How many units of how many lost points.
fn losers(group: &Group<'_>, index: usize, part: Part) -> String {
    let nodes: Vec<_> =
        group.units.iter().filter_map(|unit| unit.nodes.get(index)).filter(|node| node.applicable).collect();
    let hit = match part {
        Part::Scored => nodes.iter().filter(|node| node.points < node.max).count(),
        Part::Bonus | Part::Penalty => nodes.iter().filter(|node| !node.points.is_zero()).count(),
    };
    format!("{} / {}", count(hit), count(nodes.len()))
}

/// How many units have a published input at a leaf.
fn known(shown: &Shown<'_>, index: usize) -> String {
    if shown.set().criteria.get(index).is_none_or(|node| node.leaf.is_none()) {
        return String::new();
    }
    let units = &shown.package().inputs.units;
    let given =
        |unit: &&cchc_index::UnitInput| unit.answers.get(index).is_some_and(|answer| *answer != Answer::NotReported);
    format!("{} / {}", count(units.iter().filter(given).count()), count(units.len()))
}

/// The leaf with the lowest median share: title, address, share.
fn weakest(shown: &Shown<'_>, group: &Group<'_>) -> Option<(String, String, String)> {
    let leaves = shown.set().leaves().filter(|(_, node, _)| node.part == Part::Scored);
    let medians = leaves.filter_map(|(index, node, _)| Some((node, group.median_share(index)?)));
    let (node, share) = medians.min_by(|a, b| a.1.cmp(&b.1))?;
    Some((numbered(&node.code, &node.title), shown.criterion_href(&node.code), percent(&share)))
}
