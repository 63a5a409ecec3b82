//! `/cong-bo/{id}/don-vi/{code}/thu-tinh`: what another answer would have earned: total, class and rank.
//!
//! The address holds the answers that are tried, so that a trial can be sent to a colleague; nothing is kept.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use cchc_index::rank::rank_all;
use cchc_index::score::for_full;
use cchc_index::set::Part;
use cchc_index::{AnswerText, Exact, Inputs, ScoredUnit, UnitInput, score};
use cchc_text::Severity;

use super::answer::in_words;
use super::gone;
use super::losses::losses;
use super::shown::{Shown, find, numbered};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::{Frame, Page, render};
use crate::pages::Shared;
use crate::pages::rounds::sheet::control::{Control, joined};

/// The page.
pub async fn page(
    Extension(site): Extension<Shared>,
    Path((id, code)): Path<(String, String)>,
    Query(sent): Query<Sent>,
) -> Page {
    let publication = find(&site, &id)?;
    let shown = Shown::new(&site, &publication);
    let unit = publication.unit(&code).ok_or_else(|| gone::unit_not_found(&shown, &code))?;
    let input = shown.package().inputs.units.iter().find(|input| input.code == unit.code);
    let Some(input) = input.filter(|_| !shown.about().partial) else {
        return Err(ErrorPage::not_found("Không thử tính được trên kết quả này")
            .because("Chỉ một phần số liệu được công bố, nên không có tổng để tính lại.")
            .way(shown.name(unit), shown.unit_href(&unit.code)));
    };
    render(&WhatIfPage::new(&shown, unit, input, &sent))
}

/// The page.
#[derive(Template)]
#[template(path = "publication/what_if.html")]
struct WhatIfPage<'a> {
    frame: Frame,
    shown: &'a Shown<'a>,
    name: String,
    back: String,
    action: String,
    lines: Vec<TriedLine>,
    changes: Vec<Change>,
    wrong: usize,
    before: Standing,
    after: Standing,
}

/// A line that lost points, with what is tried.
struct TriedLine {
    code: String,
    title: String,
    anchor: String,
    control: Control,
    lost: String,
    for_full: String,
    wrong: Option<String>,
}

/// A line whose answer is tried.
struct Change {
    title: String,
    before: String,
    after: String,
    points: (String, String),
}

/// How the unit stands.
#[derive(Default)]
struct Standing {
    result: String,
    points: String,
    class: String,
    rank: Option<u32>,
    of: usize,
}

impl<'a> WhatIfPage<'a> {
    fn new(shown: &'a Shown<'a>, unit: &ScoredUnit, input: &UnitInput, sent: &Sent) -> Self {
        let (set, package) = (shown.set(), shown.package());
        let mut tried = input.clone();
        let (mut lines, mut changes, mut codes) = (Vec::new(), Vec::new(), Vec::new());
        for loss in losses(set, unit) {
            let index = loss.criterion;
            let found = set.criteria.get(index).and_then(|node| Some((node, node.leaf.as_ref()?)));
            let Some((node, leaf)) = found.filter(|(node, _)| node.part == Part::Scored) else { continue };
            let was = input.texts.get(index).cloned().flatten().unwrap_or_default();
            let typed = typed(sent, &node.code).filter(|typed| *typed != was);
            let mut wrong = None;
            if let Some(typed) = &typed {
                let (answer, findings) = cchc_index::input::answer(node, leaf, typed);
                wrong = findings.iter().find(|one| one.severity == Severity::Error).map(|one| one.message.clone());
                if let (None, Some(place), Some(text)) =
                    (&wrong, tried.answers.get_mut(index), tried.texts.get_mut(index))
                {
                    *place = answer;
                    *text = Some(typed.clone());
                    codes.push(index);
                }
            }
            let given = input.answers.get(index).cloned().unwrap_or_default();
            lines.push(TriedLine {
                code: node.code.clone(),
                title: numbered(&node.code, &node.title),
                anchor: super::address::anchor(&node.code),
                control: Control::of(node, leaf, typed.as_ref().unwrap_or(&was)),
                lost: shown.figures.points(&loss.points),
                for_full: for_full(set, index, &given, &package.days_off),
                wrong,
            });
        }
        let scored = score(set, &Inputs { units: vec![tried.clone()] }, &package.days_off).units.pop();
        let scored = scored.unwrap_or_else(|| unit.clone());
        for index in codes {
            changes.extend(change(shown, (unit, input), (&scored, &tried), index));
        }
        let name = shown.name(unit);
        let back = shown.unit_href(&unit.code);
        Self {
            frame: shown.frame(format!("Thử tính: {name}")).crumb(name.clone(), back.clone()),
            action: format!("{back}/thu-tinh"),
            wrong: lines.iter().filter(|line| line.wrong.is_some()).count(),
            before: standing(shown, unit, unit),
            after: standing(shown, unit, &scored),
            lines,
            changes,
            name,
            back,
            shown,
        }
    }
}

/// What was typed for a line; `None`: its fields were not sent.
fn typed(sent: &Sent, code: &str) -> Option<AnswerText> {
    let (value, of) = (format!("v-{code}"), format!("m-{code}"));
    let is_there = sent.0.iter().any(|(name, _)| *name == value);
    is_there.then(|| AnswerText::new(&joined(sent.all(&value)), sent.text(&of)))
}

fn change(
    shown: &Shown<'_>,
    (unit, input): (&ScoredUnit, &UnitInput),
    (then, tried): (&ScoredUnit, &UnitInput),
    index: usize,
) -> Option<Change> {
    let node = shown.set().criteria.get(index)?;
    let rule = &node.leaf.as_ref()?.rule;
    let points = |scored: &ScoredUnit| Some(shown.figures.points(&scored.nodes.get(index)?.points));
    Some(Change {
        title: numbered(&node.code, &node.title),
        before: in_words(rule, input.answers.get(index)?),
        after: in_words(rule, tried.answers.get(index)?),
        points: (points(unit)?, points(then)?),
    })
}

/// Result, class and rank of a unit as `scored`, among the others as they were published.
fn standing(shown: &Shown<'_>, unit: &ScoredUnit, scored: &ScoredUnit) -> Standing {
    let others = shown.package().scored.units.iter().filter(|other| other.group == unit.group);
    let mut all: Vec<ScoredUnit> =
        others.map(|other| if other.code == unit.code { scored } else { other }).cloned().collect();
    rank_all(shown.set(), &mut all);
    let found = all.iter().find(|other| other.code == unit.code);
    let max = if scored.applicable_max.is_zero() { Exact::ZERO } else { scored.applicable_max.clone() };
    Standing {
        result: scored.result.as_ref().map(|result| shown.figures.said(result)).unwrap_or_default(),
        points: format!("{}\u{a0}/\u{a0}{}", shown.figures.points(&scored.total), shown.figures.points(&max)),
        class: shown.class(scored.class),
        rank: found.and_then(|unit| unit.rank),
        of: all.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{publication, rows, site};
    use super::*;
    use crate::form::testing::sent;

    fn page(typed: &[(&str, &str)]) -> (Standing, Standing, usize, usize, String) {
        let all = [rows("A", "30", "20", "900"), rows("B", "36", "20", "900")].concat();
        let site = site(vec![publication("p", "2022-01-01", &all)]);
        let publication = site.lookup("p").unwrap();
        let shown = Shown::new(&site, &publication);
        let unit = publication.unit("A").unwrap();
        let input = publication.package.inputs.units.iter().find(|input| input.code == "A").unwrap();
        let page = WhatIfPage::new(&shown, unit, input, &sent(typed));
        let html = page.render().unwrap();
        (page.before, page.after, page.changes.len(), page.wrong, html)
    }

    #[test]
    fn another_answer_gives_another_result_and_rank() {
        let (before, after, changes, wrong, html) = page(&[("v-1.1", "40"), ("v-2.1", "900"), ("m-2.1", "1000")]);
        assert_eq!((before.rank, before.result.as_str()), (Some(2), "86,00\u{a0}%"));
        assert_eq!((after.rank, after.result.as_str()), (Some(1), "96,00\u{a0}%"));
        assert_eq!((changes, wrong), (1, 0), "a line that says what it said is not changed");
        assert!(html.contains("<td><b>40</b></td>"));
    }

    #[test]
    fn what_cannot_be_read_is_said_and_changes_nothing() {
        let (before, after, changes, wrong, html) = page(&[("v-2.1", "gần hết"), ("m-2.1", "1000")]);
        assert_eq!((changes, wrong, after.result == before.result), (0, 1, true));
        assert!(html.contains("value=\"gần hết\"") && html.contains("Có 1 dòng chưa đọc được"));
    }

    #[test]
    fn before_anything_is_tried_the_lost_points_stand_first() {
        let (before, after, changes, _, html) = page(&[]);
        assert_eq!((changes, before.rank == after.rank), (0, true));
        assert!(html.find("d-1-1").unwrap() < html.find("d-2-1").unwrap());
        assert!(html.contains("Đủ điểm khi"));
    }
}
