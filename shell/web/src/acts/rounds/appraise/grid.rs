//! One criterion of all units of a group: seen, and decided row by row or many at once.

use axum::Form;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use cchc_index::round::Phase;
use cchc_index::rule::Rule;
use cchc_index::sheet::Step;
use cchc_index::{Criterion, Exact, Leaf};
use serde::Deserialize;

use super::super::at::RoundAt;
use super::cells::{Cell, of_criterion};
use super::criteria::{shown_phase, tab_value};
use super::deciding::{Outcome, carry_out};
use super::desk::Desk;
use super::{filter, shown};
use crate::acts::with::{With, fresh, request};
use crate::chart::distribution::{Point, distribution};
use crate::chart::{Axis, Said};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::publication::shown::Tab;
use crate::pages::publication::spread::steps;
use crate::pages::rounds::appraise::grid::{About, GridPage, Many, Report, Spread};
use crate::pages::rounds::appraise::row::{Row, Typed, field};
use crate::pages::rounds::appraise::{criteria_address, unit_address};
use crate::pages::rounds::criterion_address;

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The group.
    pub nhom: Option<String>,
    /// What narrows the rows.
    pub loc: Option<String>,
    /// Which rows are ticked.
    pub chon: Option<String>,
    /// How many were just recorded.
    pub ghi: Option<usize>,
}

/// A criterion of a group of a round, with its cells.
pub struct Grid {
    /// The round.
    pub at: RoundAt,
    /// What the visitor may do.
    pub desk: Desk,
    /// The group.
    pub group: String,
    /// Code of the criterion.
    pub code: String,
    /// The cells that he sees.
    pub cells: Vec<Cell>,
}

impl Grid {
    /// The grid of an address.
    ///
    /// # Errors
    /// Who may see none of its cells, is told so; 404 where there is no such criterion.
    pub async fn find(with: &With, id: &str, code: &str, asked: Option<&str>) -> Result<Self, ErrorPage> {
        let at = RoundAt::find(with, id).await?;
        let desk = Desk::of(with, &at).await?;
        desk.may_see()?;
        let has = |group: &str| at.criterion(code).iter().any(|found| found.0 == group && found.2.leaf.is_some());
        let groups = at.plan.groups.iter().map(|group| group.code.as_str());
        let known: Vec<&str> = groups.filter(|group| has(group)).collect();
        let first = known.first().copied().ok_or_else(|| {
            ErrorPage::not_found("Không có tiêu chí này")
                .because(format!("Không bộ tiêu chí nào của đợt chấm ở tiêu chí mang mã «{code}»."))
                .way("Mọi tiêu chí", criteria_address(&at.id))
        })?;
        let group = asked.filter(|asked| known.contains(asked)).unwrap_or(first).to_owned();
        let cells = of_criterion(with, &at, &desk, (&group, code)).await?;
        if cells.is_empty() {
            return Err(desk.nothing());
        }
        Ok(Self { at, desk, group, code: code.to_owned(), cells })
    }

    /// The criterion.
    ///
    /// # Errors
    /// Where it went away meanwhile.
    pub fn node(&self) -> Result<(&Criterion, &Leaf), ErrorPage> {
        let set = self.at.sets.get(&self.group).ok_or_else(ErrorPage::internal)?;
        let found = set.leaves().find(|(_, node, _)| node.code == self.code);
        found.map(|(_, node, leaf)| (node, leaf)).ok_or_else(ErrorPage::internal)
    }

    /// Its address with the group.
    pub fn action(&self, tail: &str) -> String {
        let path = format!("{}{tail}", criterion_address(&self.at.id, &self.code));
        address(&path, &[("nhom", tab_value(&self.at, &self.group))])
    }
}

/// The page.
pub async fn page(
    with: With,
    Path((id, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, ErrorPage> {
    let grid = Grid::find(&with, &id, &code, asked.nhom.as_deref()).await?;
    let report = asked.ghi.map(|done| Report { done, ..Report::default() });
    show(&with, &grid, &asked, &Outcome::default(), (&Sent::default(), report))
}

/// Records decisions.
pub async fn decide(
    with: With,
    Path((id, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let grid = Grid::find(&with, &id, &code, asked.nhom.as_deref()).await?;
    grid.desk.may_decide()?;
    let outcome = carry_out(with.store(), &grid.at, &grid.cells, &sent).await?;
    if outcome.is_whole() {
        let done = outcome.done.to_string();
        let group = tab_value(&grid.at, &grid.group);
        let loc = asked.loc.as_deref().unwrap_or_default();
        let path = criterion_address(&grid.at.id, &grid.code);
        let back = address(&path, &[("nhom", group), ("loc", loc), ("ghi", &done)]);
        return Ok(Redirect::to(&back).into_response());
    }
    // What was recorded meanwhile is shown.
    let grid = Grid::find(&with, &id, &code, asked.nhom.as_deref()).await?;
    let names = |key: &str| grid.cells.iter().find(|cell| cell.key == key).map(|cell| cell.unit.name.clone());
    let report = report(&outcome, names);
    show(&with, &grid, &asked, &outcome, (&sent, Some(report)))
}

/// What became of what was sent, in words.
pub fn report(outcome: &Outcome, name: impl Fn(&str) -> Option<String>) -> Report {
    let refused = outcome.typed.iter().filter_map(|(key, typed)| {
        let why = typed.wrong.clone()?;
        Some((name(key).unwrap_or_else(|| key.clone()), format!("d-{key}"), why))
    });
    Report { done: outcome.done, wrongs: outcome.wrongs.clone(), refused: refused.collect() }
}

fn show(
    with: &With,
    grid: &Grid,
    asked: &Asked,
    outcome: &Outcome,
    (sent, report): (&Sent, Option<Report>),
) -> Result<Response, ErrorPage> {
    let at = &grid.at;
    let phase = shown_phase(at);
    let loc = asked.loc.as_deref().unwrap_or_default();
    let row = |cell: &Cell| Row {
        below: cell.unit.code.clone(),
        typed: typed(cell, phase, outcome, asked),
        ..shown::row(with, at, cell, Link::new(&cell.unit.name, unit_address(&at.id, &cell.unit.code)), phase)
    };
    // A row that was refused is shown whatever narrows the rows.
    let kept = |cell: &&Cell| filter::holds(loc, cell, phase) || outcome.typed.contains_key(&cell.key);
    let rows: Vec<Row> = grid.cells.iter().filter(kept).map(row).collect();
    let about = about(grid, asked, phase, sent)?;
    let status = if report.as_ref().is_some_and(|report| !report.refused.is_empty() || !report.wrongs.is_empty()) {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    } else {
        axum::http::StatusCode::OK
    };
    let page = GridPage::new(with, about, rows, many(with, sent), report).spread(spread(grid, phase));
    Ok((status, render(&page)?).into_response())
}

/// What stands in the fields of a row: what was typed, or a tick where one chose quickly.
pub fn typed(cell: &Cell, phase: Phase, outcome: &Outcome, asked: &Asked) -> Typed {
    let chosen = asked.chon.as_deref() == Some(filter::QUICK) && filter::is_quick(cell, phase);
    outcome.typed.get(&cell.key).cloned().unwrap_or_else(|| Typed { chosen, ..Typed::default() })
}

/// What stands in the fields of the one decision of many; a question is to be answered within three days.
pub fn many(with: &With, sent: &Sent) -> Many {
    let until = with.today.checked_add(jiff::Span::new().days(3)).unwrap_or(with.today);
    let until = match sent.text(field::UNTIL) {
        "" => cchc_text::date::vietnamese(until),
        typed => typed.to_owned(),
    };
    Many {
        verdict: sent.text(field::ALL_VERDICT).to_owned(),
        value: sent.text(field::ALL_VALUE).to_owned(),
        reason: sent.text(field::ALL_REASON).to_owned(),
        until,
    }
}

/// Why nobody, or not the visitor, decides here now; empty: he does.
pub fn closed(at: &RoundAt, cells: &[Cell]) -> String {
    if !at.round.phase().is_some_and(Phase::appraises) {
        return "Đợt không ở bước thẩm định: chỉ xem.".to_owned();
    }
    if cells.iter().any(|cell| cell.grant.is_some()) {
        String::new()
    } else {
        "Bạn chỉ xem được các dòng này.".to_owned()
    }
}

fn about(grid: &Grid, asked: &Asked, phase: Phase, sent: &Sent) -> Result<About, ErrorPage> {
    let (at, (node, leaf)) = (&grid.at, grid.node()?);
    let set = at.sets.get(&grid.group).ok_or_else(ErrorPage::internal)?;
    let path = criterion_address(&at.id, &grid.code);
    let nhom = tab_value(at, &grid.group);
    let mut groups = at.criterion(&grid.code);
    groups.sort_by_key(|(code, _, _)| at.plan.groups.iter().position(|group| group.code == *code));
    let group_tab = |(code, set, _): &(&str, &std::sync::Arc<cchc_index::CriteriaSet>, &Criterion)| Tab {
        label: set.group(code).map_or_else(|| (*code).to_owned(), |group| group.name.clone()),
        href: address(&path, &[("nhom", code)]),
        current: *code == grid.group,
    };
    let leaves: Vec<&Criterion> = set.leaves().map(|(_, node, _)| node).collect();
    let position = leaves.iter().position(|known| known.code == node.code).unwrap_or(0);
    let neighbour = |at_index: Option<usize>| {
        let node = leaves.get(at_index?)?;
        let href = address(&criterion_address(&at.id, &node.code), &[("nhom", nhom)]);
        Some(Link::new(format!("{} {}", node.code, node.title), href))
    };
    let can = grid.cells.iter().any(|cell| cell.grant.is_some());
    let texts = [
        ("Cách tính.", leaf.rule.in_words(node.max)),
        ("Hỏi:", leaf.input.replace(" | ", " / ")),
        ("Tài liệu kiểm chứng:", leaf.evidence.clone()),
        ("Ghi chú:", node.note.clone()),
    ];
    Ok(About {
        round: (at.id.clone(), at.plan.title.clone()),
        title: format!("{} {}", node.code, node.title),
        lede: filter::lede(at, &grid.cells, phase),
        rule: texts.into_iter().filter(|(_, text)| !text.is_empty()).collect(),
        action: grid.action(""),
        first: "Đơn vị",
        takes_of: takes_of(&leaf.rule),
        options: options(&leaf.rule),
        groups: if groups.len() > 1 { groups.iter().map(group_tab).collect() } else { Vec::new() },
        filters: filter::tabs(&grid.cells, phase, &path, nhom, asked.loc.as_deref().unwrap_or_default()),
        closed: closed(at, &grid.cells),
        quick: filter::quick(&grid.cells, phase, &path, nhom),
        pastes: can.then(|| ["/dan", "/tep", "/bang.xlsx"].map(|tail| grid.action(tail))),
        papers: Vec::new(),
        rest: None,
        around: (neighbour(position.checked_sub(1)), neighbour(position.checked_add(1))),
        request: if sent.text(crate::form::REQUEST).is_empty() { fresh() } else { request(sent).to_string() },
    })
}

/// Whether the rule counts two numbers.
pub fn takes_of(rule: &Rule) -> bool {
    rule.asks().contains("of:")
}

/// What can be chosen as an answer.
pub fn options(rule: &Rule) -> Vec<(String, String)> {
    let options = match rule {
        Rule::Choice(choice) => &choice.options,
        Rule::Rating(rating) => &rating.levels,
        _ => return Vec::new(),
    };
    options.iter().map(|option| (option.id.clone(), option.label.clone())).collect()
}

/// How the points that count now are spread.
fn spread(grid: &Grid, phase: Phase) -> Option<Spread> {
    let (node, _) = grid.node().ok()?;
    let value = |cell: &Cell| {
        let text = cell.line.answer_at(Step::After(phase)).clone();
        let points = shown::points_of(&grid.at, cell, &text)?;
        let (label, name) = (String::new(), cell.unit.name.clone());
        cell.preset.is_none().then_some(Point { value: points, label, name, marked: false })
    };
    let points: Vec<Point> = grid.cells.iter().filter_map(value).collect();
    if points.len() < 5 {
        return None;
    }
    let axis = Axis::from_zero(&Exact::from(node.max));
    let text =
        format!("Điểm của {} đơn vị, tối đa {}. Bảng dưới biểu đồ có đủ số.", points.len(), node.max.vietnamese());
    let title = format!("Phân bố điểm của {} đơn vị", points.len());
    let drawn = distribution(Said { id: "phan-bo", title: &title, text: &text }, &axis, &points, &[], None);
    let steps = steps(&axis, points.iter().map(|point| &point.value));
    Some(Spread { chart: drawn.chart, key: drawn.key.to_owned(), steps })
}
