//! The rules in the store as the pages use them.

use std::sync::Arc;

use cchc_calendar::DaysOff;
use cchc_index::CriteriaSet;
use cchc_papers::{Limits, read_tables, set_file};
use cchc_store::Store;
use cchc_store::rules::RuleRow;
use cchc_text::table::Table;
use cchc_units::Registry;
use cchc_web::World;

/// Loads what is known now.
pub async fn load(store: &Store) -> anyhow::Result<World> {
    let mark = store.rule_mark().await?;
    let rows = store.rule_list(store.now()).await?;
    let units: Vec<Table> = of(&rows, &["units", "departments"]).filter_map(table).collect();
    let days_off = of(&rows, &["days-off"]).filter_map(table).next();
    let days_off = days_off.map(|table| DaysOff::from_table(&table).0).unwrap_or_default();
    let sets = of(&rows, &["criteria-set"]).filter_map(set).map(Arc::new).collect();
    Ok(World { mark, units: Registry::from_tables(&units).0, sets, days_off: Arc::new(days_off) })
}

/// The rows of some kinds, the kinds in that order.
fn of<'a>(rows: &'a [RuleRow], kinds: &'a [&str]) -> impl Iterator<Item = &'a RuleRow> {
    kinds.iter().flat_map(move |kind| rows.iter().filter(move |row| row.kind == **kind))
}

/// A rule whose content is a table.
pub fn table(row: &RuleRow) -> Option<Table> {
    let name = format!("{}-{}.csv", row.kind, row.name);
    let read = read_tables(&name, row.content.as_bytes(), &Limits::default());
    match read {
        Ok((tables, _)) => tables.into_iter().next(),
        Err(error) => {
            tracing::error!(%error, name, "a stored rule can't be read");
            None
        }
    }
}

fn set(row: &RuleRow) -> Option<CriteriaSet> {
    let name = format!("{}.toml", row.name);
    match set_file::read(&name, row.content.as_bytes(), &Limits::default()) {
        Ok((set, _)) => set,
        Err(error) => {
            tracing::error!(%error, name, "a stored set can't be read");
            None
        }
    }
}
