//! `/chi-so/bo-tieu-chi/{id}`: a whole set, in words that an officer reads.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use cchc_index::set::{Part, Status};
use cchc_index::{CriteriaSet, Criterion, Leaf};
use serde::Deserialize;

use super::words;
use crate::frame::{Frame, ILLUSTRATIVE, Page, Section, render};
use crate::pages::{Shared, rule};
use crate::site::Site;

/// Fewer lines than this stand open from the start.
const SHORT: usize = 15;

/// What may be asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `tat-ca`: all fields stand open, as for printing.
    mo: String,
}

/// The set of that id.
pub async fn page(Extension(site): Extension<Shared>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Page {
    let set = super::find(&site, &id)?;
    let all_open = asked.mo == "tat-ca" || set.leaves().count() < SHORT;
    render(&SetPage::new(&site, set, all_open))
}

#[derive(Template)]
#[template(path = "sets/set.html")]
struct SetPage<'a> {
    frame: Frame,
    set: &'a CriteriaSet,
    all_open: bool,
    leaves: usize,
    field_count: usize,
    fields: Vec<Field<'a>>,
    ranking: Vec<String>,
    status: &'static str,
    status_class: &'static str,
    has_floor: bool,
    /// The versions of the set; empty where it came with a publication alone.
    versions: String,
}

/// A topmost node with all that stands below it.
struct Field<'a> {
    node: &'a Criterion,
    part: &'static str,
    leaves: usize,
    rows: Vec<Row<'a>>,
}

/// A node of the tree as a row.
struct Row<'a> {
    node: &'a Criterion,
    depth: usize,
    leaf: Option<LeafRow<'a>>,
}

struct LeafRow<'a> {
    leaf: &'a Leaf,
    rule: String,
    asks: String,
    appraiser: &'a str,
    source: &'static str,
}

impl<'a> SetPage<'a> {
    fn new(site: &Site, set: &'a CriteriaSet, all_open: bool) -> Self {
        let frame = Frame::new(site, Section::Sets, set.title.clone()).crumb("Bộ tiêu chí", "/chi-so/bo-tieu-chi");
        let known = site.world.sets.iter().any(|one| one.id == set.id);
        Self {
            frame: if set.status == Status::Illustrative { frame.mark(ILLUSTRATIVE) } else { frame },
            set,
            all_open,
            leaves: set.leaves().count(),
            field_count: set.fields().count(),
            fields: set.children(None).map(|(index, node)| Field::new(set, index, node)).collect(),
            ranking: words::ranking(set),
            status: words::status(set.status),
            status_class: words::status_class(set.status),
            versions: if known { rule::address("criteria-set", &set.id) } else { String::new() },
            has_floor: set.classes.iter().any(|class| class.floor.is_some()),
        }
    }
}

impl<'a> Field<'a> {
    fn new(set: &'a CriteriaSet, top: usize, node: &'a Criterion) -> Self {
        let within = set.criteria.iter().enumerate().filter(|(index, _)| set.field_of(*index) == top);
        let rows: Vec<Row<'a>> = within
            .filter(|(index, node)| *index != top || node.leaf.is_some())
            .map(|(index, node)| Row::new(set, index, node))
            .collect();
        let part = match node.part {
            Part::Scored => "",
            Part::Bonus => "điểm thưởng, cộng ngoài tổng",
            Part::Penalty => "điểm trừ, trừ ngoài tổng",
        };
        Self { node, part, leaves: rows.iter().filter(|row| row.leaf.is_some()).count(), rows }
    }
}

impl<'a> Row<'a> {
    fn new(set: &'a CriteriaSet, index: usize, node: &'a Criterion) -> Self {
        let leaf = node.leaf.as_ref().map(|leaf| LeafRow {
            leaf,
            rule: leaf.rule.in_words(node.max),
            asks: leaf.rule.asks(),
            appraiser: words::appraiser(set, &leaf.appraiser),
            source: words::source(leaf.source),
        });
        Self { node, depth: set.depth(index).min(4), leaf }
    }
}
