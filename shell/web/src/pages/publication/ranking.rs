//! `/cong-bo/{id}`: the ranking of a group.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use cchc_index::{ScoredUnit, trace};
use serde::Deserialize;

use super::classes::{KeptDown, kept_down};
use super::files::{self, Download};
use super::group::{Group, heaviest_loss};
use super::register::District;
use super::shown::{PageOf, Shown, Tab, find};
use super::spread::{Spread, axis_of, spread};
use super::ties::{Parted, Tie, ties};
use super::{address, partial};
use crate::Publication;
use crate::chart::{Axis, Svg, dots};
use crate::error::ErrorPage;
use crate::frame::{Frame, Page, render};
use crate::pages::{Shared, count};
use crate::site::Origin;

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    nhom: Option<String>,
    huyen: Option<String>,
}

/// The page; for a package of which only some lines are known, what was published.
pub async fn page(Extension(site): Extension<Shared>, Path(id): Path<String>, Query(asked): Query<Asked>) -> Page {
    let publication = find(&site, &id)?;
    files::ready(&site, &publication).await?;
    let shown = Shown::new(&site, &publication);
    if shown.about().partial {
        return partial::page(&shown);
    }
    render(&Ranking::new(&shown, &asked)?)
}

#[derive(Template)]
#[template(path = "publication/ranking.html")]
struct Ranking<'a> {
    frame: Frame,
    shown: &'a Shown<'a>,
    pages: Vec<Tab>,
    tabs: Vec<Tab>,
    /// `UBND cấp huyện`, or the communes of one district.
    of_whom: String,
    lede: Lede,
    districts: Vec<Tab>,
    district: Option<District>,
    rows: Vec<Row>,
    scale: Svg,
    axis: String,
    notes: Vec<String>,
    classes: Vec<ClassRow>,
    unclassed: usize,
    spread: Option<Spread>,
    by_fields: bool,
    downloads: Vec<Download>,
    hash: Option<String>,
}

/// The first sentences.
#[derive(Debug, Default)]
struct Lede {
    first: String,
    first_result: String,
    last: Option<(String, String)>,
    median: String,
    classes: String,
    weakest: Option<(String, String)>,
    kept_down: usize,
}

#[derive(Debug)]
struct Row {
    rank: String,
    among: Option<String>,
    name: String,
    under: Option<String>,
    href: String,
    result: String,
    dot: Option<Svg>,
    class: String,
    kept: Option<String>,
    note: Option<usize>,
    lost: Option<Lost>,
}

#[derive(Debug)]
struct Lost {
    title: String,
    points: String,
    href: String,
    heavy: bool,
}

#[derive(Debug)]
struct ClassRow {
    name: String,
    from: String,
    floor: String,
    count: usize,
}

impl<'a> Ranking<'a> {
    fn new(shown: &'a Shown<'a>, asked: &Asked) -> Result<Self, ErrorPage> {
        let group = shown.group(asked.nhom.as_deref())?;
        let known = shown.register.districts(&group.units);
        let district = district(shown, &known, asked.huyen.as_deref())?;
        let axis = axis_of(shown, &group);
        let ties = ties(shown.set(), &group.units);
        let by_fields = shown.set().fields().count() > 1;
        let rows = rows(shown, &group, &axis, &ties, district.as_ref(), known.len() > 1 && district.is_none());
        Ok(Self {
            frame: shown.own_frame(),
            pages: shown.pages(PageOf::Ranking),
            tabs: tabs(shown, &group),
            of_whom: district.as_ref().map_or_else(|| group.name.clone(), |district| district.name.clone()),
            lede: lede(shown, &group),
            districts: district_tabs(shown, &group, &known, district.as_ref()),
            rows,
            scale: dots::scale(&axis),
            axis: axis.in_words(),
            notes: ties.iter().map(|tie| note(shown, tie)).collect(),
            classes: class_rows(shown, &group),
            unclassed: group.class_counts(shown.set()).last().copied().unwrap_or(0),
            spread: spread(shown, &group, &axis),
            by_fields,
            downloads: files::downloads(shown),
            hash: files::hash(shown.publication),
            district,
            shown,
        })
    }

    /// A short table stands before its chart, a long one after it.
    fn is_long(&self) -> bool {
        self.rows.len() > 24
    }
}

fn district(shown: &Shown<'_>, known: &[District], code: Option<&str>) -> Result<Option<District>, ErrorPage> {
    let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(None) };
    let found = known.iter().find(|district| district.code == code).cloned();
    found.map(Some).ok_or_else(|| {
        ErrorPage::not_found("Không có huyện này trong công bố")
            .because(format!("Không đơn vị nào ở đây thuộc huyện, thành phố có mã «{code}»."))
            .way("Xem cả bảng xếp hạng", shown.href())
    })
}

/// The groups of this publication, then the other publications of its series.
fn tabs(shown: &Shown<'_>, current: &Group<'_>) -> Vec<Tab> {
    let label = |name: &str, units: usize| format!("{name} ({})", count(units));
    let mut tabs = Vec::new();
    for publication in siblings(shown) {
        let sibling = Shown::new(shown.site, publication);
        for group in sibling.groups() {
            let own = publication.id() == shown.publication.id();
            tabs.push(Tab {
                label: label(&group.name, group.units.len()),
                href: sibling.group_href(&group.code),
                current: own && group.code == current.code,
            });
        }
    }
    if tabs.len() > 1 { tabs } else { Vec::new() }
}

/// The publications of the same series, this one among them: departments, districts, communes, others.
fn siblings<'a>(shown: &Shown<'a>) -> Vec<&'a Publication> {
    let about = shown.about();
    let published = shown.publication.origin == Origin::Published && !about.series.is_empty();
    let alike = |other: &&Publication| published && other.package.about.series == about.series;
    let mut found: Vec<&Publication> = shown.site.publications.iter().map(AsRef::as_ref).filter(alike).collect();
    if found.iter().all(|other| other.id() != shown.publication.id()) {
        found.push(shown.publication);
    }
    found.sort_by_key(|publication| level_of(&publication.package.scored.units));
    found
}

/// Departments, districts, communes, others.
fn level_of(units: &[ScoredUnit]) -> usize {
    let group = units.first().map_or("", |unit| unit.group.as_str());
    ["so", "huyen", "xa"].iter().position(|known| *known == group).unwrap_or(3)
}

fn lede(shown: &Shown<'_>, group: &Group<'_>) -> Lede {
    let (set, figures) = (shown.set(), &shown.figures);
    let firsts: Vec<String> =
        group.units.iter().filter(|unit| unit.rank == Some(1)).map(|unit| shown.name(unit)).collect();
    let ranked: Vec<_> = group.units.iter().filter(|unit| unit.rank.is_some()).collect();
    let said = |unit: &ScoredUnit| unit.result.as_ref().map(|result| figures.said(result)).unwrap_or_default();
    let last = ranked.last().filter(|unit| unit.rank != Some(1));
    let counts = group.class_counts(set);
    let classes: Vec<String> = set
        .classes
        .iter()
        .zip(&counts)
        .filter(|(_, units)| **units > 0)
        .map(|(class, units)| format!("{}\u{a0}{}", count(*units), class.name))
        .collect();
    let weakest = group.weakest_fields(set);
    let weakest = weakest.first().filter(|_| weakest.len() > 1);
    Lede {
        first: firsts.join(", "),
        first_result: ranked.first().map(|unit| said(unit)).unwrap_or_default(),
        last: last.map(|unit| (shown.name(unit), said(unit))),
        median: group.median().map(|median| figures.said(&median)).unwrap_or_default(),
        classes: classes.join(", "),
        weakest: weakest.map(|(field, share)| {
            let title = set.criteria.get(*field).map(|node| node.title.clone()).unwrap_or_default();
            (title, super::figures::percent(share))
        }),
        kept_down: group.units.iter().filter(|unit| kept_down(set, unit).is_some()).count(),
    }
}

fn rows(
    shown: &Shown<'_>,
    group: &Group<'_>,
    axis: &Axis,
    ties: &[Tie<'_>],
    district: Option<&District>,
    with_district: bool,
) -> Vec<Row> {
    let set = shown.set();
    let within = |unit: &ScoredUnit| {
        district.is_none_or(|district| shown.register.district(&unit.code).is_some_and(|of| of.code == district.code))
    };
    let among = district.map(|_| group.ranks_among(set, within));
    let note_of = |unit: &ScoredUnit| ties.iter().position(|tie| tie.units.iter().any(|of| of.code == unit.code));
    let row = |unit: &&ScoredUnit| Row {
        rank: unit.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string()),
        among: among.as_ref().map(|ranks| ranks.get(unit.code.as_str()).map_or("–".to_owned(), u32::to_string)),
        name: shown.name(unit),
        under: with_district.then(|| shown.register.district(&unit.code).map(|of| of.name.clone())).flatten(),
        href: shown.unit_href(&unit.code),
        result: unit.result.as_ref().map_or_else(|| "–".to_owned(), |result| shown.figures.result(result)),
        dot: unit.result.as_ref().map(|result| dots::one(axis, result, false)),
        class: shown.class(unit.class),
        kept: kept_down(set, unit)
            .map(|kept| kept_in_words(&kept, &shown.class(Some(kept.class)), |field| field_in_short(shown, field))),
        note: note_of(unit).map(|position| position + 1),
        lost: lost(shown, unit),
    };
    group.units.iter().filter(|unit| within(unit)).map(row).collect()
}

/// `Đủ điểm loại Xuất sắc, nhưng lĩnh vực 2 đạt 77,08 %, dưới mức sàn 80 %.`
pub(super) fn kept_in_words(kept: &KeptDown, class: &str, field: impl Fn(usize) -> String) -> String {
    let fields: Vec<String> =
        kept.fields.iter().map(|below| format!("{} đạt {}", field(below.field), below.share)).collect();
    let floor = kept.fields.first().map(|below| below.floor.clone()).unwrap_or_default();
    format!("Đủ điểm loại {class}, nhưng {}, dưới mức sàn {floor}.", fields.join("; "))
}

/// `lĩnh vực 2`.
fn field_in_short(shown: &Shown<'_>, field: usize) -> String {
    format!("lĩnh vực {}", shown.set().criteria.get(field).map_or("", |node| node.code.as_str()))
}

fn lost(shown: &Shown<'_>, unit: &ScoredUnit) -> Option<Lost> {
    if shown.set().fields().count() < 2 {
        return None;
    }
    let (field, points) = heaviest_loss(shown.set(), unit)?;
    let node = shown.set().criteria.get(field)?;
    let max = &unit.nodes.get(field)?.max;
    Some(Lost {
        title: shown.title(field),
        heavy: super::losses::is_heavy(&points, max),
        points: shown.figures.points(&points),
        href: format!("{}#{}", shown.unit_href(&unit.code), address::anchor(&node.code)),
    })
}

fn note(shown: &Shown<'_>, tie: &Tie<'_>) -> String {
    let names: Vec<String> = tie.units.iter().map(|unit| shown.name(unit)).collect();
    let result = tie.units.first().and_then(|unit| unit.result.as_ref());
    let printed = result.map(|result| shown.figures.result(result)).unwrap_or_default();
    match &tie.parted {
        Parted::ByDecimals(values) => {
            let said: Vec<String> = names.iter().zip(values).map(|(name, value)| format!("{name} {value}")).collect();
            format!("Cùng in là {printed}; hạng tính trên kết quả chưa làm tròn: {}.", said.join(", "))
        }
        Parted::ByCriteria => {
            let by = shown.set().tie_break.join(", ");
            format!("{}: cùng kết quả {printed}, xếp trước sau theo tiêu chí {by}.", names.join(", "))
        }
        Parted::Not => format!("{}: kết quả bằng nhau ({printed}), cùng hạng.", names.join(", ")),
    }
}

fn district_tabs(shown: &Shown<'_>, group: &Group<'_>, known: &[District], current: Option<&District>) -> Vec<Tab> {
    if known.len() < 2 {
        return Vec::new();
    }
    let all = Tab { label: "Toàn tỉnh".to_owned(), href: shown.group_href(&group.code), current: current.is_none() };
    let one = |district: &District| Tab {
        label: format!("{} ({})", district.name, district.units),
        href: format!("{}&huyen={}", shown.group_href(&group.code), address::encode(&district.code)),
        current: current.is_some_and(|current| current.code == district.code),
    };
    std::iter::once(all).chain(known.iter().map(one)).collect()
}

fn class_rows(shown: &Shown<'_>, group: &Group<'_>) -> Vec<ClassRow> {
    let counts = group.class_counts(shown.set());
    let mut above: Option<String> = None;
    let mut rows = Vec::new();
    for (class, units) in shown.set().classes.iter().zip(counts) {
        let from = trace::plain(class.from);
        let range = match &above {
            None => format!("từ {from}"),
            Some(above) if class.from.is_zero() => format!("dưới {above}"),
            Some(above) => format!("{from} – dưới {above}"),
        };
        let floor =
            class.floor.map_or_else(|| "không xét".to_owned(), |floor| format!("từ {}\u{a0}%", trace::plain(floor)));
        rows.push(ClassRow { name: class.name.clone(), from: range, floor, count: units });
        above = Some(from);
    }
    rows
}
