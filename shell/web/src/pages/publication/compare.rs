//! `/cong-bo/so-sanh?truoc=&sau=`: two publications, year on year, matched through mergers.

use std::collections::HashMap;

use askama::Template;
use axum::Extension;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_index::{Exact, trace};
use cchc_text::fold;
use serde::Deserialize;

use super::address;
use super::figures::{percent, tenths};
use super::group::Group;
use super::matching::{Before, Gone, Matching, Pair, matching};
use super::shown::{Shown, Tab, find};
use crate::chart::{Axis, Svg, dots};
use crate::error::ErrorPage;
use crate::frame::{Frame, Section, render};
use crate::pages::{Shared, count};

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    truoc: Option<String>,
    sau: Option<String>,
    nhom: Option<String>,
}

/// The page; without two publications, the way to choose them.
pub async fn page(Extension(site): Extension<Shared>, Query(asked): Query<Asked>) -> Result<Response, ErrorPage> {
    let (Some(before), Some(after)) = (asked.truoc.as_deref(), asked.sau.as_deref()) else {
        return super::choose::page(&site, None).map(IntoResponse::into_response);
    };
    let (before, after) = (find(&site, before)?, find(&site, after)?);
    let (old, new) = (Shown::new(&site, &before), Shown::new(&site, &after));
    for shown in [&old, &new] {
        if shown.about().partial {
            return Err(ErrorPage::unusable("Không so sánh được công bố này")
                .because(format!("«{}» chỉ có một phần số liệu: không có tổng để so.", shown.about().title))
                .way("Xem những dòng đã công bố", shown.href()));
        }
    }
    let backwards = old.about().units_as_of.zip(new.about().units_as_of).is_some_and(|(from, to)| from > to);
    if backwards {
        return Ok(Redirect::to(&href(new.publication.id(), old.publication.id())).into_response());
    }
    let matching = matching(&site.units, &before, &after);
    let group = new.group(asked.nhom.as_deref())?;
    render(&Compare::new(&old, &new, group, &matching)).map(IntoResponse::into_response)
}

/// The address of a comparison.
#[must_use]
pub fn href(before: &str, after: &str) -> String {
    format!("/cong-bo/so-sanh?truoc={}&sau={}", address::encode(before), address::encode(after))
}

#[derive(Template)]
#[template(path = "publication/compare.html")]
struct Compare<'a> {
    frame: Frame,
    old: &'a Shown<'a>,
    new: &'a Shown<'a>,
    group: Group<'a>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    scale: Svg,
    axis: String,
    up: usize,
    down: usize,
    best: Option<(String, String)>,
    worst: Option<(String, String)>,
    broken: usize,
    gone: Vec<GoneRow>,
    fields: Vec<FieldRow>,
    dropped_fields: Vec<String>,
    other_set: Option<String>,
    other_basis: bool,
}

#[derive(Debug)]
struct Row {
    name: String,
    href: String,
    before: String,
    after: String,
    chart: Option<Svg>,
    change: Option<Change>,
    rank_before: String,
    rank_after: String,
    broken: bool,
    remark: Option<String>,
}

/// A change: its class (`up`, `dn`), its word, its size.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    class: &'static str,
    word: &'static str,
    size: String,
}

#[derive(Debug)]
struct GoneRow {
    name: String,
    href: String,
    result: String,
    to: Vec<(String, Option<String>)>,
}

#[derive(Debug)]
struct FieldRow {
    title: String,
    before: Option<String>,
    after: String,
    change: Option<Change>,
}

impl Change {
    fn between(before: &Exact, after: &Exact, write: impl Fn(&Exact) -> String) -> Self {
        let change = after - before;
        if change.is_zero() {
            return Self { class: "", word: "không đổi", size: String::new() };
        }
        if change.is_negative() {
            return Self { class: "dn", word: "giảm", size: write(&(&Exact::ZERO - &change)) };
        }
        Self { class: "up", word: "tăng", size: write(&change) }
    }
}

impl<'a> Compare<'a> {
    fn new(old: &'a Shown<'a>, new: &'a Shown<'a>, group: Group<'a>, matching: &Matching<'a>) -> Self {
        let by_code: HashMap<&str, &Pair<'_>> =
            matching.pairs.iter().map(|pair| (pair.after.code.as_str(), pair)).collect();
        let pairs: Vec<&Pair<'_>> =
            group.units.iter().filter_map(|unit| by_code.get(unit.code.as_str()).copied()).collect();
        let values = pairs.iter().flat_map(|pair| [pair.before.result(), pair.after.result.as_ref()]).flatten();
        let axis = Axis::around(values, &Exact::whole(100));
        let title = format!("{} so với {}", new.set().year, old.set().year);
        let moved: Vec<_> = pairs.iter().filter_map(|pair| change_of(pair)).collect();
        let said = |found: Option<&(&cchc_index::ScoredUnit, Exact)>| {
            found.map(|(unit, change)| (new.name(unit), trace::fixed(&absolute(change), new.figures.result_decimals)))
        };
        let up = moved.iter().filter(|(_, change)| *change > Exact::ZERO);
        let down = moved.iter().filter(|(_, change)| change.is_negative());
        Self {
            frame: marked(Frame::new(new.site, Section::Publications, title).crumb("Công bố", "/cong-bo"), old, new),
            tabs: tabs(old, new, &group),
            rows: pairs.iter().map(|pair| row(old, new, pair, &axis)).collect(),
            scale: dots::scale(&axis),
            axis: axis.in_words(),
            best: said(up.clone().max_by(|a, b| a.1.cmp(&b.1))),
            worst: said(down.clone().min_by(|a, b| a.1.cmp(&b.1))),
            up: up.count(),
            down: down.count(),
            broken: pairs.iter().filter(|pair| pair.before.is_broken()).count(),
            gone: gone(old, new, matching, &group),
            fields: fields(old, new, &group),
            dropped_fields: dropped_fields(old, new),
            other_set: other_set(old, new),
            other_basis: old.set().result != new.set().result,
            group,
            old,
            new,
        }
    }
}

/// The frame with the marks of both publications, each once.
fn marked(frame: Frame, old: &Shown<'_>, new: &Shown<'_>) -> Frame {
    let mut marks = old.marks();
    marks.extend(new.marks().into_iter().filter(|mark| !old.marks().contains(mark)));
    marks.into_iter().fold(frame, Frame::mark)
}

/// By how much a unit changed, where both results are known.
fn change_of<'a>(pair: &Pair<'a>) -> Option<(&'a cchc_index::ScoredUnit, Exact)> {
    Some((pair.after, pair.after.result.as_ref()? - pair.before.result()?))
}

fn absolute(value: &Exact) -> Exact {
    if value.is_negative() { &Exact::ZERO - value } else { value.clone() }
}

fn row(old: &Shown<'_>, new: &Shown<'_>, pair: &Pair<'_>, axis: &Axis) -> Row {
    let unit = pair.after;
    let before = pair.before.result();
    let write = |value: &Exact| new.figures.result(value);
    let after = unit.result.as_ref();
    Row {
        name: new.name(unit),
        href: new.unit_href(&unit.code),
        before: before.map_or_else(|| "–".to_owned(), |value| old.figures.result(value)),
        after: after.map_or_else(|| "–".to_owned(), write),
        chart: after.map(|after| dots::pair(axis, before, after, pair.before.is_broken())),
        change: before.zip(after).map(|(before, after)| Change::between(before, after, write)),
        rank_before: match &pair.before {
            Before::Same { unit, .. } => unit.rank.map_or("–".to_owned(), |rank| rank.to_string()),
            Before::Mean { .. } | Before::None => "–".to_owned(),
        },
        rank_after: unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
        broken: pair.before.is_broken(),
        remark: remark(old, &pair.before),
    }
}

fn remark(old: &Shown<'_>, before: &Before<'_>) -> Option<String> {
    match before {
        Before::Same { took_in, .. } if took_in.is_empty() => None,
        Before::Same { took_in, .. } => {
            Some(format!("Đã nhận thêm {}; kỳ trước là của riêng đơn vị này.", took_in.join(", ")))
        }
        Before::Mean { units, missing, result } => {
            let with_result = |unit: &&cchc_index::ScoredUnit| {
                let result =
                    unit.result.as_ref().map_or_else(|| "không có kết quả".into(), |value| old.figures.result(value));
                format!("{} {result}", old.name(unit))
            };
            let parts: Vec<String> = units.iter().map(with_result).collect();
            let mean = match result {
                Some(result) if parts.len() > 1 => format!("; trung bình cộng {}", old.figures.result(result)),
                _ => String::new(),
            };
            let missing = if missing.is_empty() {
                String::new()
            } else {
                format!("; không có số của {}", missing.join(", "))
            };
            let word =
                if parts.len() + usize::from(!missing.is_empty()) > 1 { "Sáp nhập từ" } else { "Tiếp nối" };
            Some(format!("{word} {}{mean}{missing}.", parts.join(", ")))
        }
        Before::None => Some("Không có trong kỳ trước.".to_owned()),
    }
}

/// Units of the earlier publication that are no more; of the group that is shown, where the groups agree.
fn gone(old: &Shown<'_>, new: &Shown<'_>, matching: &Matching<'_>, group: &Group<'_>) -> Vec<GoneRow> {
    let shared = old.groups().iter().any(|other| other.code == group.code);
    let row = |gone: &Gone<'_>| GoneRow {
        name: old.name(gone.before),
        href: old.unit_href(&gone.before.code),
        result: gone.before.result.as_ref().map_or_else(|| "–".to_owned(), |value| old.figures.result(value)),
        to: gone
            .to
            .iter()
            .map(|to| (to.name.clone(), new.publication.unit(&to.code).map(|_| new.unit_href(&to.code))))
            .collect(),
    };
    matching.gone.iter().filter(|gone| !shared || gone.before.group == group.code).map(row).collect()
}

/// Fields of the later set with the median of both years, where a field of the same title is found.
fn fields(old: &Shown<'_>, new: &Shown<'_>, group: &Group<'_>) -> Vec<FieldRow> {
    let earlier: HashMap<String, usize> = old.set().fields().map(|(index, node)| (fold(&node.title), index)).collect();
    let groups = old.groups();
    let of_before = groups.iter().find(|other| other.code == group.code).or(groups.first());
    let row = |(index, node): (usize, &cchc_index::Criterion)| {
        let before = earlier.get(&fold(&node.title)).and_then(|index| of_before?.median_share(*index));
        let after = group.median_share(index);
        let write = |change: &Exact| tenths(change);
        FieldRow {
            title: new.title(index),
            change: before.as_ref().zip(after.as_ref()).map(|(before, after)| Change::between(before, after, write)),
            before: before.map(|share| percent(&share)),
            after: after.map_or_else(|| "–".to_owned(), |share| percent(&share)),
        }
    };
    new.set().fields().map(row).collect()
}

fn dropped_fields(old: &Shown<'_>, new: &Shown<'_>) -> Vec<String> {
    let later: Vec<String> = new.set().fields().map(|(_, node)| fold(&node.title)).collect();
    let gone = old.set().fields().filter(|(_, node)| !later.contains(&fold(&node.title)));
    gone.map(|(index, _)| old.title(index)).collect()
}

/// Where the two sets differ, the address of their comparison.
fn other_set(old: &Shown<'_>, new: &Shown<'_>) -> Option<String> {
    let (before, after) = (&old.set().id, &new.set().id);
    let href = format!("/chi-so/bo-tieu-chi/so-sanh?cu={}&moi={}", address::encode(before), address::encode(after));
    (before != after).then_some(href)
}

fn tabs(old: &Shown<'_>, new: &Shown<'_>, current: &Group<'_>) -> Vec<Tab> {
    let groups = new.groups();
    let base = href(old.publication.id(), new.publication.id());
    let tab = |group: &Group<'_>| Tab {
        label: format!("{} ({})", group.name, count(group.units.len())),
        href: format!("{base}&nhom={}", address::encode(&group.code)),
        current: group.code == current.code,
    };
    if groups.len() > 1 { groups.iter().map(tab).collect() } else { Vec::new() }
}
