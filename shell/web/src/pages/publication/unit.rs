//! `/cong-bo/{id}/don-vi/{code}`: one unit, from its result down to every line.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use cchc_index::answer::Answer;
use cchc_index::score::for_full;
use cchc_index::{Exact, ScoredUnit, score, trace};
use serde::Deserialize;

use super::classes::{Next, kept_down, next};
use super::figures::percent;
use super::group::Group;
use super::lines::{Fold, folds};
use super::losses::losses;
use super::published::Figured;
use super::ranking::kept_in_words;
use super::shown::{Shown, find};
use super::{address, gone};
use crate::chart::bars::{Bar, bars};
use crate::chart::{Said, Svg, dots};
use crate::error::ErrorPage;
use crate::frame::{Frame, Page, render};
use crate::pages::Shared;

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// `1`: every fold open, for printing.
    r#in: Option<String>,
}

/// The page.
pub async fn page(
    Extension(site): Extension<Shared>,
    Path((id, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Page {
    let publication = find(&site, &id)?;
    let shown = Shown::new(&site, &publication);
    let unit = publication.unit(&code).ok_or_else(|| gone::unit_not_found(&shown, &code))?;
    render(&UnitPage::new(&shown, unit, asked.r#in.is_some())?)
}

#[derive(Template)]
#[template(path = "publication/unit.html")]
struct UnitPage<'a> {
    frame: Frame,
    shown: &'a Shown<'a>,
    name: String,
    under: String,
    all_open: bool,
    print_href: String,
    sheet_href: String,
    what_if_href: String,
    group: Group<'a>,
    rank: Option<u32>,
    among: Option<(String, u32, usize)>,
    result: Option<String>,
    unrounded: Option<String>,
    points: Option<String>,
    bonus: Option<String>,
    penalty: Option<String>,
    class: String,
    kept: Option<String>,
    next: Option<String>,
    median: Option<String>,
    fields: Vec<FieldRow>,
    chart: Option<Svg>,
    floor: Option<String>,
    lost: String,
    losses: Vec<LossRow>,
    losses_of: usize,
    losses_sum: String,
    folds: Vec<Fold>,
    published: Option<Published>,
    neighbours: [Option<(String, String)>; 2],
}

#[derive(Debug)]
struct FieldRow {
    title: String,
    href: String,
    max: String,
    points: String,
    lost: String,
    share: String,
    median: String,
    best: String,
    below: bool,
}

#[derive(Debug)]
struct LossRow {
    title: String,
    href: String,
    points: String,
    heavy: bool,
    bar: Svg,
    why: Vec<String>,
    /// What it would have taken.
    for_full: String,
}

#[derive(Debug)]
struct Published {
    label: String,
    total: String,
    class: String,
}

/// So many losses are listed first; the rest stands in the lines.
const MOST_LOSSES: usize = 8;

impl<'a> UnitPage<'a> {
    fn new(shown: &'a Shown<'a>, unit: &'a ScoredUnit, all_open: bool) -> Result<Self, ErrorPage> {
        let (set, figures, package) = (shown.set(), &shown.figures, shown.package());
        let partial = shown.about().partial;
        let group = shown.group(Some(&unit.group))?;
        let input = package.inputs.units.iter().find(|input| input.code == unit.code);
        let kept = kept_down(set, unit).filter(|_| !partial);
        let next = next(set, unit).filter(|_| !partial);
        let floor = floor_of_interest(shown, next.as_ref());
        let all_losses = losses(set, unit);
        let result = unit.result.as_ref().filter(|_| !partial);
        let name = shown.name(unit);
        let href = shown.unit_href(&unit.code);
        let non_zero = |value: &Exact| (!value.is_zero()).then(|| figures.points(value));
        let shown_losses: Vec<Exact> = all_losses.iter().take(MOST_LOSSES).map(|loss| loss.points.clone()).collect();
        Ok(Self {
            frame: shown.frame(name.clone()),
            under: under(shown, unit),
            all_open,
            print_href: format!("{href}?in=1"),
            sheet_href: format!("{href}/phieu-diem.docx"),
            what_if_href: format!("{href}/thu-tinh"),
            rank: unit.rank.filter(|_| !partial),
            among: among(shown, &group, unit).filter(|_| !partial),
            result: result.map(|result| figures.result(result)),
            unrounded: result.and_then(|result| unrounded(result, figures.result_decimals)),
            points: result
                .map(|_| format!("{} / {}", figures.points(&unit.total), figures.points(&unit.applicable_max))),
            bonus: non_zero(&unit.bonus).filter(|_| !partial),
            penalty: non_zero(&unit.penalty).filter(|_| !partial),
            class: shown.class(unit.class),
            kept: kept.map(|kept| {
                kept_in_words(&kept, &shown.class(Some(kept.class)), |field| format!("«{}»", shown.title(field)))
            }),
            next: next.map(|next| next_in_words(shown, &next)),
            median: group.median().map(|median| figures.said(&median)),
            chart: (!partial).then(|| chart(shown, &group, unit, &name, floor.as_ref())),
            fields: if partial { Vec::new() } else { field_rows(shown, &group, unit, floor.as_ref()) },
            floor: floor.map(|floor| trace::percent(&floor)),
            lost: figures.points(&(&unit.applicable_max - &unit.total)),
            losses_of: all_losses.len(),
            losses_sum: figures.points(&Exact::sum(&shown_losses)),
            losses: if partial { Vec::new() } else { loss_rows(shown, unit, all_losses) },
            folds: folds(shown, unit, input),
            published: published(shown, unit),
            neighbours: neighbours(shown, &group, unit),
            group,
            name,
            shown,
        })
    }

    fn print_title(&self) -> &str {
        &self.shown.about().title
    }
}

/// `Huyện Lập Thạch`: what the unit lies in, where the registry knows it.
fn under(shown: &Shown<'_>, unit: &ScoredUnit) -> String {
    shown.register.district(&unit.code).map(|district| district.name.clone()).unwrap_or_default()
}

/// District, rank within it, number of its units.
fn among(shown: &Shown<'_>, group: &Group<'_>, unit: &ScoredUnit) -> Option<(String, u32, usize)> {
    let district = shown.register.district(&unit.code)?;
    let within = |other: &ScoredUnit| shown.register.district(&other.code).is_some_and(|of| of.code == district.code);
    let ranks = group.ranks_among(shown.set(), within);
    Some((district.name.clone(), *ranks.get(unit.code.as_str())?, ranks.len()))
}

/// The result with more decimals, where rounding changed it.
fn unrounded(result: &Exact, decimals: u8) -> Option<String> {
    (result.rounded(decimals) != *result).then(|| trace::short(result))
}

/// The floor of the class above, as a share, where the class has one.
fn floor_of_interest(shown: &Shown<'_>, next: Option<&Next>) -> Option<Exact> {
    let floor = shown.set().classes.get(next?.class)?.floor?;
    Exact::from(floor).over(&Exact::whole(100))
}

fn next_in_words(shown: &Shown<'_>, next: &Next) -> String {
    let class = shown.class(Some(next.class));
    let lacks = next.lacks.as_ref().map(|lacks| format!("thiếu {}{}", lacking(lacks), shown.figures.unit()));
    let fields: Vec<String> =
        next.fields.iter().map(|below| format!("{} mới đạt {}", shown.title(below.field), below.share)).collect();
    let floor = next.fields.first().map(|below| format!("{} (sàn {})", fields.join("; "), below.floor));
    let parts: Vec<String> = lacks.into_iter().chain(floor).collect();
    format!("Để được xếp loại {class}: {}.", parts.join("; "))
}

/// What lacks is never said to be nothing.
fn lacking(lacks: &Exact) -> String {
    let decimals = (2..12).find(|decimals| !lacks.rounded(*decimals).is_zero()).unwrap_or(12);
    trace::fixed(lacks, decimals)
}

fn chart(shown: &Shown<'_>, group: &Group<'_>, unit: &ScoredUnit, name: &str, floor: Option<&Exact>) -> Svg {
    let rows: Vec<Bar> = shown
        .set()
        .fields()
        .map(|(index, _)| {
            let share = unit.nodes.get(index).and_then(score::share);
            Bar {
                label: shown.title(index),
                below: share.as_ref().zip(floor).is_some_and(|(share, floor)| share < floor),
                median: group.median_share(index),
                best: group.best_share(index),
                share,
            }
        })
        .collect();
    let title = format!("Tỷ lệ điểm đạt theo lĩnh vực của {name} so với nhóm");
    let below: Vec<&str> = rows.iter().filter(|row| row.below).map(|row| row.label.as_str()).collect();
    let text = match below.as_slice() {
        [] => "Mỗi thanh là một lĩnh vực; bảng bên cạnh có đủ số.".to_owned(),
        below => format!("Dưới mức sàn: {}. Bảng bên cạnh có đủ số.", below.join("; ")),
    };
    bars(Said { id: "lv", title: &title, text: &text }, &rows, floor)
}

fn field_rows(shown: &Shown<'_>, group: &Group<'_>, unit: &ScoredUnit, floor: Option<&Exact>) -> Vec<FieldRow> {
    let figures = &shown.figures;
    let words = |share: Option<Exact>| share.map_or_else(|| "–".to_owned(), |share| percent(&share));
    let row = |(index, node): (usize, &cchc_index::Criterion)| {
        let score = unit.nodes.get(index)?;
        let share = score::share(score);
        Some(FieldRow {
            title: shown.title(index),
            href: format!("#{}", address::anchor(&node.code)),
            max: figures.points(&score.max),
            points: figures.points(&score.points),
            lost: figures.points(&(&score.max - &score.points)),
            below: share.as_ref().zip(floor).is_some_and(|(share, floor)| share < floor),
            share: words(share),
            median: words(group.median_share(index)),
            best: words(group.best_share(index)),
        })
    };
    shown.set().fields().filter_map(row).collect()
}

fn loss_rows(shown: &Shown<'_>, unit: &ScoredUnit, losses: Vec<super::losses::Loss>) -> Vec<LossRow> {
    let input = shown.package().inputs.units.iter().find(|input| input.code == unit.code);
    let published = Figured::of(shown.package());
    let greatest = losses.first().map(|loss| loss.points.clone()).unwrap_or(Exact::ONE);
    let row = |loss: super::losses::Loss| {
        let line = super::lines::line(shown, unit, input, loss.criterion, &published)?;
        let answer = input.and_then(|input| input.answers.get(loss.criterion)).unwrap_or(&Answer::NotReported);
        Some(LossRow {
            bar: dots::bar(&loss.points, &greatest, loss.heavy),
            points: shown.figures.points(&loss.points),
            heavy: loss.heavy,
            href: format!("#{}", line.anchor),
            title: line.heading(),
            why: line.leaf.map(|leaf| leaf.steps).unwrap_or_default(),
            for_full: for_full(shown.set(), loss.criterion, answer, &shown.package().days_off),
        })
    };
    losses.into_iter().take(MOST_LOSSES).filter_map(row).collect()
}

fn published(shown: &Shown<'_>, unit: &ScoredUnit) -> Option<Published> {
    let figure = shown.package().published_figure(&unit.code, "")?;
    let total = figure.points.map(|points| points.vietnamese()).unwrap_or_default();
    Some(Published { label: figure.label.clone(), total, class: figure.class.clone() })
}

/// The unit before and the unit after in the ranking: name and address.
fn neighbours(shown: &Shown<'_>, group: &Group<'_>, unit: &ScoredUnit) -> [Option<(String, String)>; 2] {
    let at = group.units.iter().position(|other| other.code == unit.code);
    let link = |position: Option<usize>| {
        let unit = group.units.get(position?)?;
        Some((shown.name(unit), shown.unit_href(&unit.code)))
    };
    [link(at.and_then(|at| at.checked_sub(1))), link(at.map(|at| at + 1))]
}
