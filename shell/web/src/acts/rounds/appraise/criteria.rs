//! The criteria of a group, with how far each is.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, Query};
use axum::response::Html;
use cchc_index::CriteriaSet;
use cchc_index::round::Phase;
use cchc_index::sheet::{Line, SheetStanding};
use serde::Deserialize;

use super::super::at::RoundAt;
use super::cells::{Cell, State};
use super::desk::Desk;
use crate::acts::rounds::list::unit_name;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::publication::shown::Tab;
use crate::pages::rounds::appraise::criteria::{Counts, CriteriaPage, Field, Row};
use crate::pages::rounds::appraise::{criteria_address, unit_address};
use crate::pages::rounds::criterion_address;

/// What may be asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    pub(super) nhom: Option<String>,
    /// Code of the agency whose criteria alone are shown.
    #[serde(rename = "co-quan")]
    agency: Option<String>,
}

/// The page.
pub async fn page(with: With, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Html<String>, ErrorPage> {
    let at = RoundAt::find(&with, &id).await?;
    let desk = Desk::of(&with, &at).await?;
    desk.may_look()?;
    let group = group(&at, asked.nhom.as_deref());
    let set = at.sets.get(&group).ok_or_else(|| {
        ErrorPage::not_found("Chưa đọc được bộ tiêu chí của nhóm này").way(&at.plan.title, at.address())
    })?;
    let lines = Lines::read(&with, &at).await?;
    let phase = shown_phase(&at);
    let assigned = || at.plan.appraisers.iter().map(|known| &known.unit);
    let named = || assigned().chain(at.plan.substitutes.iter().map(|known| &known.unit));
    let only = asked.agency.filter(|code| named().any(|known| known == code));
    let is_asked = |field: &str| {
        let units = || at.plan.units.iter().filter(|unit| unit.group == group);
        only.as_deref().is_none_or(|code| units().any(|unit| at.plan.appraiser(field, &unit.code) == Some(code)))
    };
    let fields = set.fields().map(|(field, node)| {
        let leaves = set.leaves().filter(|(index, _, leaf)| set.field_of(*index) == field && is_asked(&leaf.appraiser));
        let row = |(index, node, leaf): (usize, &cchc_index::Criterion, &cchc_index::Leaf)| {
            let shown =
                at.plan.units.iter().any(|unit| unit.group == group && desk.sees(&at, &leaf.appraiser, &unit.code));
            let href = address(&criterion_address(&at.id, &node.code), &[("nhom", tab_value(&at, &group))]);
            Row {
                code: node.code.clone(),
                title: if shown { Link::new(&node.title, href) } else { Link::text(&node.title) },
                max: node.max.vietnamese(),
                agency: agency(&with, &at, &leaf.appraiser),
                own: desk.is_own_field(&at, &leaf.appraiser),
                counts: lines.count(&at, &desk, (set, &group), index, phase),
            }
        };
        Field { title: format!("{} {}", node.code, node.title), rows: leaves.map(row).collect() }
    });
    let units = at.plan.units.iter().filter(|unit| unit.group == group);
    let seen = units.filter(|unit| set.leaves().any(|(_, _, leaf)| desk.sees(&at, &leaf.appraiser, &unit.code)));
    let units = seen.map(|unit| Link::new(&unit.name, unit_address(&at.id, &unit.code))).collect();
    let running = desk.phase.is_some();
    let fields = fields.filter(|field: &Field| !field.rows.is_empty()).collect();
    let only = only.as_deref().map(|code| unit_name(&with, code));
    let tabs = tabs(&at, &group, &criteria_address(&at.id));
    let about = (at.id.as_str(), at.plan.title.as_str());
    render(&CriteriaPage::new(&with, about, (phase.label().to_owned(), running), tabs, (fields, only), units))
}

/// The group asked for, else the first.
#[must_use]
pub fn group(at: &RoundAt, asked: Option<&str>) -> String {
    let known = asked.filter(|asked| at.plan.group(asked).is_some());
    known.map_or_else(|| at.plan.groups.first().map(|group| group.code.clone()).unwrap_or_default(), str::to_owned)
}

/// What an address says of a group: nothing where there is only one.
#[must_use]
pub fn tab_value<'a>(at: &RoundAt, group: &'a str) -> &'a str {
    if at.plan.groups.len() > 1 { group } else { "" }
}

/// The groups as tabs; none where there is only one.
#[must_use]
pub fn tabs(at: &RoundAt, current: &str, href: &str) -> Vec<Tab> {
    if at.plan.groups.len() < 2 {
        return Vec::new();
    }
    let tab = |group: &cchc_index::round::Group| {
        let name = at.sets.get(&group.code).and_then(|set| Some(set.group(&group.code)?.name.clone()));
        Tab {
            label: name.unwrap_or_else(|| group.code.clone()),
            href: address(href, &[("nhom", &group.code)]),
            current: group.code == current,
        }
    };
    at.plan.groups.iter().map(tab).collect()
}

/// The phase that is looked at: the one that runs, else the first appraisal before it and the council's after.
#[must_use]
pub fn shown_phase(at: &RoundAt) -> Phase {
    match at.round.phase() {
        Some(phase) if phase.appraises() => phase,
        Some(Phase::SelfScoring | Phase::Explaining) => Phase::FirstAppraisal,
        _ if at.round.results.is_empty() => Phase::FirstAppraisal,
        _ => Phase::Council,
    }
}

fn agency(with: &With, at: &RoundAt, field: &str) -> String {
    let assigned = at.plan.appraisers.iter().find(|known| known.field == field);
    assigned.map_or_else(|| "chưa phân công".to_owned(), |known| unit_name(with, &known.unit))
}

/// Every line of a round, read once.
struct Lines {
    standing: HashMap<String, SheetStanding>,
    lines: HashMap<(String, String), Line>,
}

impl Lines {
    async fn read(with: &With, at: &RoundAt) -> Result<Self, ErrorPage> {
        let sheets = with.store().sheet_list(&at.id).await?;
        let standing = sheets.into_iter().map(|row| (row.unit, row.standing)).collect();
        let lines = with.store().sheet_line_list_all(&at.id).await?;
        let lines = lines.into_iter().map(|(code, row)| ((row.unit, code), row.line)).collect();
        Ok(Self { standing, lines })
    }

    fn count(
        &self,
        at: &RoundAt,
        desk: &Desk,
        (set, group): (&Arc<CriteriaSet>, &str),
        index: usize,
        phase: Phase,
    ) -> Counts {
        let mut counts = Counts::default();
        let Some((node, leaf)) = set.criteria.get(index).and_then(|node| Some((node, node.leaf.as_ref()?))) else {
            return counts;
        };
        for unit in at.plan.units.iter().filter(|unit| unit.group == group) {
            if !desk.boards && !desk.sees(at, &leaf.appraiser, &unit.code) {
                continue;
            }
            let cell = Cell {
                key: String::new(),
                unit: unit.clone(),
                set: Arc::clone(set),
                index,
                line: self.lines.get(&(unit.code.clone(), node.code.clone())).cloned().unwrap_or_default(),
                standing: self.standing.get(&unit.code).copied().unwrap_or_default(),
                preset: at.plan.preset(&unit.code, set, index).cloned(),
                grant: None,
            };
            counts.add(&one(&cell, phase));
        }
        counts
    }
}

/// The counts of one cell.
fn one(cell: &Cell, phase: Phase) -> Counts {
    let state = cell.state(phase);
    let decision = |phase: Phase| cell.line.decisions.iter().find(|known| known.phase == phase);
    let twice = decision(Phase::FirstAppraisal).zip(decision(Phase::SecondAppraisal));
    Counts {
        cells: usize::from(!matches!(state, State::Preset | State::Elsewhere)),
        decided: usize::from(state.is_decided()),
        asked: usize::from(state == State::Asked),
        absent: usize::from(state == State::NotSubmitted),
        accepted: usize::from(state == State::Accepted),
        twice: usize::from(twice.is_some()),
        alike: usize::from(twice.is_some_and(|(first, second)| first.answer == second.answer)),
    }
}
