//! The rounds.

use axum::response::Html;
use cchc_access::{Action, Resource};
use cchc_index::round::Phase;
use cchc_store::rounds;

use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::list::Link;
use crate::pages::rounds::list::{RoundRow, RoundsPage};
use crate::pages::rounds::{round_address, standing};

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
    render(&RoundsPage::new(&with, rows.into_iter().map(row).collect()))
}

/// The name of a unit today, or the last that it had.
#[must_use]
pub fn unit_name(with: &With, code: &str) -> String {
    let today = with.units.find(code, with.today).ok();
    let last = || with.units.all().filter(|unit| unit.code == code).last();
    today.or_else(last).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
}
