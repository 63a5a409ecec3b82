//! Who answers which lines of a sheet that is split.

use cchc_index::round::{Plan, Share};

use super::Changing;
use crate::form::{FormView, Sent};
use crate::pages::rounds::run::form::SelectRow;

/// Name of the field that says whose sheet is split.
pub const SCORED: &str = "cua";

/// Name of the choice at a criterion.
fn name(criterion: &str) -> String {
    format!("giao.{criterion}")
}

/// The same form, of one unit.
pub(super) fn form(form: FormView, changing: &Changing<'_>) -> FormView {
    form.hide(SCORED, changing.scored.to_owned())
}

/// A row for each node of the set that has lines of the unit's own below it, in the order of the set.
pub(super) fn rows(changing: &Changing<'_>) -> Vec<SelectRow> {
    let plan = changing.plan;
    let group = plan.unit(changing.scored).map(|unit| unit.group.as_str()).unwrap_or_default();
    let Some(set) = changing.sets.get(group) else { return Vec::new() };
    let mut has_own = vec![false; set.criteria.len()];
    for (index, ..) in plan.own_lines(changing.scored, set) {
        let above = std::iter::successors(Some(index), |at| set.criteria.get(*at).and_then(|node| node.parent));
        above.for_each(|at| has_own.iter_mut().skip(at).take(1).for_each(|known| *known = true));
    }
    let is_new = plan.shares.iter().all(|share| share.scored != changing.scored);
    let shares = if is_new { &changing.proposed } else { &plan.shares };
    let row = |(_, node): (usize, &cchc_index::Criterion)| {
        let known = shares.iter().find(|share| share.scored == changing.scored && share.criterion == node.code);
        let label = format!("{} {}", node.code, node.title);
        let chosen = known.map_or("", |share| share.unit.as_str());
        let mut row = SelectRow::new(name(&node.code), label, &offered(changing), chosen);
        let empty = if node.parent.is_none() { "Chính đơn vị được chấm" } else { "Theo dòng trên" };
        row.choices.iter_mut().take(1).for_each(|choice| empty.clone_into(&mut choice.label));
        row
    };
    set.criteria.iter().enumerate().filter(|(at, _)| has_own.get(*at) == Some(&true)).map(row).collect()
}

/// Who can answer: the organiser's offices, and the unit itself, which takes a part out of a larger share.
fn offered(changing: &Changing<'_>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        changing.offer.agencies.iter().filter(|(code, _)| code != changing.scored).cloned().collect();
    all.push((changing.scored.to_owned(), format!("{} (chính đơn vị được chấm)", (changing.unit)(changing.scored))));
    all
}

pub(super) fn read(plan: &mut Plan, sent: &Sent, changing: &Changing<'_>) {
    let scored = changing.scored.to_owned();
    let chosen = rows(changing).into_iter().filter_map(|row| {
        let unit = sent.text(&row.name).to_owned();
        let criterion = row.name.strip_prefix("giao.")?.to_owned();
        (!unit.is_empty()).then(|| Share { scored: scored.clone(), criterion, unit })
    });
    let chosen: Vec<Share> = chosen.collect();
    plan.shares.retain(|share| share.scored != scored);
    plan.shares.extend(chosen);
}
