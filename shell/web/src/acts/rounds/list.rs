//! The rounds.

use axum::response::Html;
use cchc_access::{Action, Resource};
use cchc_index::round::Phase;
use cchc_store::rounds;
use cchc_text::date::vietnamese;
use jiff::civil::Date;

use super::at::over;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::list::{Link, address};
use crate::pages::rounds::list::{OwnRow, PartRow, RoundRow, RoundsPage, part_standing};
use crate::pages::rounds::sheet::parts::OF_UNIT;
use crate::pages::rounds::{round_address, sheet, sheet_address, standing};

/// The page.
pub async fn page(with: With) -> Result<Html<String>, ErrorPage> {
    with.principal(Action::ViewRounds)?;
    with.grant(Action::ViewRounds, &Resource::system())?;
    let rows = with.store().round_list().await?;
    let row = |row: rounds::RoundRow| RoundRow {
        title: Link::new(row.title, round_address(&row.id)),
        year: row.year.to_string(),
        organiser: unit_name(&with, &row.organiser),
        units: row.units.to_string(),
        standing: standing(&row.standing, Phase::from_code(&row.phase)),
    };
    let (own, parts) = (own(&with).await?, parts(&with).await?);
    render(&RoundsPage::new(&with, rows.into_iter().map(row).collect(), own, parts))
}

/// The sheets of the units in which the visitor fills or hands in, of rounds that run.
async fn own(with: &With) -> Result<Vec<OwnRow>, ErrorPage> {
    let mut own = Vec::new();
    for unit in &filled(with).await? {
        for round in with.store().round_list_of(unit).await?.into_iter().filter(|round| round.standing == "running") {
            let Some(found) = with.store().round_find(&round.id).await? else { continue };
            let sheet = with.store().sheet_find(&round.id, unit).await?;
            own.push(OwnRow {
                sheet: Link::new(format!("Phiếu của {}", unit_name(with, unit)), sheet_address(&round.id, unit)),
                round: round.title,
                standing: sheet::standing(sheet.standing),
                until: found.may_fill_until(unit).filter(|day| *day != Date::MAX).map(vietnamese),
            });
        }
    }
    Ok(own)
}

/// The parts of sheets of others that the visitor answers, of rounds that run.
async fn parts(with: &With) -> Result<Vec<PartRow>, ErrorPage> {
    let mut parts = Vec::new();
    for unit in filled(with).await? {
        for row in with.store().part_list_of(&unit).await? {
            let Some(round) = with.store().round_find(&row.round).await? else { continue };
            let href = address(&sheet_address(&row.round, &row.scored), &[(OF_UNIT, &unit)]);
            parts.push(PartRow {
                sheet: Link::new(format!("Phiếu của {}, phần của {}", row.name, unit_name(with, &unit)), href),
                round: row.title,
                standing: part_standing(&row.standing),
                until: round.may_fill_until(&row.scored).filter(|day| *day != Date::MAX).map(vietnamese),
            });
        }
    }
    Ok(parts)
}

/// The units for which the visitor answers lines.
async fn filled(with: &With) -> Result<Vec<String>, ErrorPage> {
    let principal = with.principal(Action::ViewRounds)?;
    let mut units: Vec<String> = principal.holdings(with.today).iter().map(|held| held.post.unit.clone()).collect();
    units.dedup();
    let mut own = Vec::new();
    for unit in units.into_iter().filter(|unit| !unit.is_empty()) {
        if over(with, Action::FillSheets, &unit).await.is_ok() {
            own.push(unit);
        }
    }
    Ok(own)
}

/// The name of a unit today, or the last that it had.
#[must_use]
pub fn unit_name(with: &With, code: &str) -> String {
    let today = with.units.on(code, with.today);
    let last = || with.units.all().filter(|unit| unit.code == code).last();
    today.or_else(last).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
}
