//! The board of a round; a plain page for whoever does not oversee it.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use cchc_access::{Action, Reach, reach};
use cchc_index::Sheet;
use cchc_index::set::Part;

use super::agencies::{self, Cells};
use crate::acts::rounds::appraise;
use crate::acts::rounds::at::{RoundAt, over};
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::frame::render;
use crate::list::Link;
use crate::pages::rounds::round::RoundPage;
use crate::pages::rounds::run::board::{Agencies, Asked, BoardPage, Filter, May, UnitRow};
use crate::pages::rounds::run::part::plan_address;
use crate::pages::rounds::run::steps::after_scoring;
use crate::pages::rounds::sheet_address;

/// The page.
pub async fn page(with: With, Path(round): Path<String>, Query(sent): Query<Sent>) -> Result<Response, ErrorPage> {
    let at = RoundAt::find(&with, &round).await?;
    if at.organising(&with, Action::ViewBoards).await.is_err() {
        return plain(&with, &at).await;
    }
    let leads = at.organising(&with, Action::RunRounds).await.is_ok() && at.round.phase().is_some();
    let mut rows = with.store().sheet_list(&at.id).await?;
    let phases = with.store().sheet_phase_list(&at.id).await?;
    let cells = Cells::of(&at);
    let (lines, beside) = (lines(&at), beside(&with, &at).await?);
    for row in &mut rows {
        row.filled = row.filled.saturating_sub(beside.get(&row.unit).copied().unwrap_or_default());
    }
    let mut shown = Vec::with_capacity(rows.len());
    for row in &rows {
        let lines = lines.get(&row.unit).copied().unwrap_or_default();
        let after = after_scoring(&at.round, row, phases.get(&row.unit), cells.lines(&row.unit), with.today);
        let mut unit = UnitRow::new(&at.id, &at.round, row, lines, after, with.today);
        if !sees(&with, &at, &row.unit).await {
            unit.name.href.clear();
        }
        shown.push(unit);
    }
    let asked = Asked { filter: Filter::from_code(sent.text("loc")), group: sent.text("nhom").to_owned() };
    let ways = ways(&with, &at, leads).await?;
    let agencies = agencies::rows(&with, &at, &cells, &rows, &phases);
    let text = if leads { agencies::text(&with, &at, &agencies) } else { String::new() };
    let agencies = Agencies { rows: agencies, text };
    let about = (at.id.as_str(), &at.round, &at.plan);
    let page = BoardPage::new(&with, about, (shown, agencies), &asked, May { ways, leads });
    Ok(render(&page)?.into_response())
}

/// Whether the visitor may see the sheet of a unit, or lines of it that his agency appraises.
async fn sees(with: &With, at: &RoundAt, unit: &str) -> bool {
    let Some(principal) = with.visitor.viewer.principal() else { return false };
    if matches!(reach(&with.visitor.viewer, Action::ViewSheets, with.today), Reach::All) {
        return true;
    }
    let own = principal.holdings(with.today);
    let appraises = with.visitor.may(Action::AppraiseLines, with.today)
        && at
            .plan
            .appraisers
            .iter()
            .filter_map(|known| at.plan.appraiser(&known.field, unit))
            .any(|agency| own.iter().any(|holding| holding.post.unit == agency));
    appraises || over(with, Action::ViewSheets, unit).await.is_ok()
}

/// How many lines beside the hundred points, bonus and penalty, each unit answered: nobody waits for them.
async fn beside(with: &With, at: &RoundAt) -> Result<BTreeMap<String, u64>, ErrorPage> {
    let leaves = at.sets.values().flat_map(|set| set.leaves());
    let codes: BTreeSet<&str> =
        leaves.filter(|(_, node, _)| node.part != Part::Scored).map(|(_, node, _)| node.code.as_str()).collect();
    let mut answered: BTreeMap<String, u64> = BTreeMap::new();
    for code in codes {
        for row in with.store().sheet_line_list(&at.id, code).await? {
            if !row.line.answer.is_empty() {
                let count = answered.entry(row.unit).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    Ok(answered)
}

/// How many lines each unit answers itself, by its set less what is preset for it.
fn lines(at: &RoundAt) -> BTreeMap<String, u64> {
    let count = |unit: &str, group: &str| {
        let set = at.sets.get(group);
        set.map_or(0, |set| u64::from(Sheet::default().progress(&at.plan, set, unit).lines))
    };
    // What nothing is preset for is counted once a group.
    let common: BTreeMap<&str, u64> =
        at.plan.groups.iter().map(|group| (group.code.as_str(), count("", &group.code))).collect();
    let own = at.plan.units.iter().map(|unit| {
        let is_preset = at.plan.presets.iter().any(|preset| preset.unit == unit.code);
        let lines = if is_preset {
            count(&unit.code, &unit.group)
        } else {
            common.get(unit.group.as_str()).copied().unwrap_or(0)
        };
        (unit.code.clone(), lines)
    });
    own.collect()
}

/// What one may do from here.
async fn ways(with: &With, at: &RoundAt, leads: bool) -> Result<Vec<Link>, ErrorPage> {
    let here = at.address();
    let mut ways = Vec::new();
    if leads {
        ways.push(Link::new("Chuyển bước", format!("{here}/viec/buoc")));
        ways.push(Link::new("Sáp nhập đơn vị", format!("{here}/viec/sap-nhap")));
    }
    ways.push(Link::new("Kế hoạch", plan_address(&at.id)));
    if with.visitor.may(Action::AskThreads, with.today) || leads {
        ways.push(Link::new("Hỏi đáp", format!("{here}/hoi-dap")));
    }
    ways.extend(appraise::ways(with, at).await?);
    Ok(ways)
}

async fn plain(with: &With, at: &RoundAt) -> Result<Response, ErrorPage> {
    let mut own = Vec::new();
    let units: Vec<String> = with
        .visitor
        .viewer
        .principal()
        .map(|principal| principal.holdings(with.today).into_iter().map(|held| held.post.unit.clone()).collect())
        .unwrap_or_default();
    for unit in at.plan.units.iter().filter(|unit| units.contains(&unit.code)) {
        if over(with, Action::ViewSheets, &unit.code).await.is_ok() {
            own.push(Link::new(format!("Phiếu của {}", unit.name), sheet_address(&at.id, &unit.code)));
        }
    }
    let ways = ways(with, at, false).await?;
    Ok(render(&RoundPage::new(with, &at.round, &at.plan, own, ways))?.into_response())
}
