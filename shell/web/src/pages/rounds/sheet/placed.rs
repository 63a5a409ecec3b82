//! Where the points lie: field by field what the unit gives itself, what was decided, the year before, and what its
//! group gives itself on the average.

use std::collections::HashMap;

use cchc_index::set::Part;
use cchc_index::{Exact, ScoredUnit};
use cchc_store::sheets::GroupPoints;

use super::lines::Seen;
use crate::chart::Svg;
use crate::chart::dots::share;
use crate::pages::publication::address::anchor;
use crate::pages::publication::figures::Figures;
use crate::pages::publication::shown::numbered;
use crate::pages::rounds::sheet_address;

/// Units below which a mean would tell of a single one.
const LEAST: u64 = 3;
/// Losses that are told.
const LOSSES: usize = 3;

/// Where the points of a sheet lie.
#[derive(Debug)]
pub struct Placed {
    /// The fields, in the order of the set.
    pub rows: Vec<PlacedRow>,
    /// The lines that cost most: title leading to it, points lost, its maximum.
    pub losses: Vec<(String, String, String, String)>,
    /// Whether something was decided that the visitor may see.
    pub decided: bool,
    /// The year before; 0: nothing of it was published.
    pub year: i16,
    /// What stands in for the mean of the group, in a sentence; empty: the mean is there.
    pub no_group: String,
    /// Units whose mean it is.
    pub units: u64,
}

/// A field.
#[derive(Debug)]
pub struct PlacedRow {
    /// Code and title.
    pub heading: String,
    /// Where its lines stand.
    pub href: String,
    /// The maximum of what applies.
    pub max: String,
    /// As the unit scores itself.
    pub own: String,
    /// As decided so far; empty: not decided, or not to be seen yet.
    pub after: String,
    /// The year before; empty: not known.
    pub before: String,
    /// The mean of the group; empty: not to be shown.
    pub group: String,
    /// What the unit gives itself, with a mark where the group stands.
    pub bar: Svg,
}

/// Who may know how the group stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// Here it is.
    Known(GroupPoints),
    /// Not before one's own sheet is handed in.
    NotYet,
}

impl Placed {
    /// What the sheet shows of it; `own` and `after` are the sheet scored as said and as decided.
    #[must_use]
    pub fn new(seen: &Seen<'_>, own: &ScoredUnit, after: Option<&ScoredUnit>, group: &Group) -> Self {
        let (known, no_group) = match group {
            Group::Known(points) if points.units >= LEAST => (Some(points), String::new()),
            Group::Known(points) => (None, too_few(points.units)),
            Group::NotYet => (None, "Trung bình của nhóm hiện ra sau khi đơn vị nộp phiếu.".to_owned()),
        };
        let means = known.map(|points| means(seen, own, points));
        let rows = fields(seen).map(|field| row(seen, own, after, means.as_ref(), field)).collect();
        Self {
            rows,
            losses: losses(seen, after.unwrap_or(own)),
            decided: after.is_some(),
            year: if seen.before.result.is_some() { seen.before.year } else { 0 },
            no_group,
            units: known.map_or(0, |points| points.units),
        }
    }
}

fn too_few(units: u64) -> String {
    format!(
        "Mới có {units} đơn vị cùng nhóm nộp phiếu; dưới {LEAST} thì chưa tính trung bình, để không lộ điểm của từng đơn vị."
    )
}

/// The topmost nodes inside the total.
fn fields<'a>(seen: &'a Seen<'_>) -> impl Iterator<Item = usize> + 'a {
    let top = seen.set.criteria.iter().enumerate();
    top.filter(|(_, node)| node.parent.is_none() && node.part == Part::Scored).map(|(index, _)| index)
}

/// The topmost node above a node.
fn field_of(seen: &Seen<'_>, index: usize) -> usize {
    let mut at = index;
    while let Some(above) = seen.set.criteria.get(at).and_then(|node| node.parent).filter(|above| *above < at) {
        at = above;
    }
    at
}

/// The mean of the group by field, over the lines that apply to this unit.
fn means(seen: &Seen<'_>, own: &ScoredUnit, points: &GroupPoints) -> HashMap<usize, Exact> {
    let by_code: HashMap<&str, &Exact> =
        points.lines.iter().map(|line| (line.criterion.as_str(), &line.mean)).collect();
    let mut found: HashMap<usize, Vec<Exact>> = HashMap::new();
    for (index, node, _) in seen.set.leaves() {
        let applies = own.nodes.get(index).is_some_and(|score| score.applicable);
        let Some(mean) = by_code.get(node.code.as_str()).filter(|_| applies && node.part == Part::Scored) else {
            continue;
        };
        found.entry(field_of(seen, index)).or_default().push((*mean).clone());
    }
    found.into_iter().map(|(field, means)| (field, Exact::sum(&means))).collect()
}

fn row(
    seen: &Seen<'_>,
    own: &ScoredUnit,
    after: Option<&ScoredUnit>,
    means: Option<&HashMap<usize, Exact>>,
    field: usize,
) -> PlacedRow {
    let figures = Figures::of(seen.set);
    let node = seen.set.criteria.get(field);
    let (code, title) = node.map_or(("", ""), |node| (node.code.as_str(), node.title.as_str()));
    let score = own.nodes.get(field);
    let max = score.map_or(Exact::ZERO, |score| score.max.clone());
    let mean = means.map(|means| means.get(&field).cloned().unwrap_or(Exact::ZERO));
    let of_max = |points: &Exact| points.over(&max);
    let own_share = score.and_then(|score| of_max(&score.points));
    let group_share = mean.as_ref().and_then(of_max);
    let printed = |points: Option<&Exact>| points.map(|points| figures.points(points)).unwrap_or_default();
    PlacedRow {
        heading: numbered(code, title),
        href: format!("{}#lv{}", sheet_address(seen.id, &seen.unit.code), anchor(code)),
        max: figures.points(&max),
        own: printed(score.map(|score| &score.points)),
        after: printed(after.and_then(|after| after.nodes.get(field)).map(|score| &score.points)),
        before: printed(node.and_then(|node| seen.before.of_field(node))),
        group: printed(mean.as_ref()),
        bar: share(own_share.as_ref(), group_share.as_ref()),
    }
}

/// The lines that cost most: what was answered and does not earn its maximum.
fn losses(seen: &Seen<'_>, scored: &ScoredUnit) -> Vec<(String, String, String, String)> {
    let figures = Figures::of(seen.set);
    let mut found: Vec<(Exact, usize)> = Vec::new();
    for (index, node, _) in seen.set.leaves() {
        let Some(score) = scored.nodes.get(index).filter(|score| score.applicable && node.part == Part::Scored) else {
            continue;
        };
        let line = seen.sheet.lines.get(&node.code);
        let said = line.is_some_and(|line| line.points.is_some() || line.given.is_some() || !line.decisions.is_empty());
        let lost = &score.max - &score.points;
        if said && lost > Exact::ZERO {
            found.push((lost, index));
        }
    }
    found.sort_by(|(one, first), (other, second)| other.cmp(one).then(first.cmp(second)));
    let address = sheet_address(seen.id, &seen.unit.code);
    let told = found.into_iter().take(LOSSES).filter_map(|(lost, index)| {
        let node = seen.set.criteria.get(index)?;
        let href = format!("{address}#{}", anchor(&node.code));
        Some((href, numbered(&node.code, &node.title), figures.points(&lost), figures.points(&Exact::from(node.max))))
    });
    told.collect()
}
