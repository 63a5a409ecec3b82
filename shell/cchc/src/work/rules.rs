//! What is made of a rule is brought up to date when the rule changes: the table of units, the search.

use std::collections::HashMap;

use anyhow::Context;
use cchc_ledger::StreamId;
use cchc_store::Store;
use cchc_store::jobs::Job;
use cchc_store::rules::RuleRow;
use cchc_store::units::UnitRow;
use cchc_units::{Registry, Version};
use cchc_web::pages::search;

use crate::world;

/// Handles the job: the rule as it stands now counts, so doing it twice or late is the same.
pub async fn job(store: &Store, job: &Job) -> anyhow::Result<()> {
    let stream: StreamId = String::from_utf8_lossy(&job.payload).parse()?;
    changed(store, &stream).await
}

/// Brings up to date what is made of the rule of that stream.
pub async fn changed(store: &Store, stream: &StreamId) -> anyhow::Result<()> {
    let (kind, name) = stream.key().split_once('/').context("luồng quy tắc không có tên")?;
    match kind {
        "units" | "departments" => {
            units(store, kind, name).await?;
            let items = search::unit_items(&world::load(store).await?, store.now().date());
            Ok(store.search_replace(search::UNITS, items).await?)
        }
        "criteria-set" => {
            let items = search::set_items(&world::load(store).await?);
            Ok(store.search_replace(search::SETS, items).await?)
        }
        _ => Ok(()),
    }
}

async fn units(store: &Store, kind: &str, name: &str) -> anyhow::Result<()> {
    let rows = store.rule_list(store.now()).await?;
    let known: Vec<&RuleRow> = rows.iter().filter(|row| row.kind == kind && row.name == name).collect();
    let tables: Vec<_> = known.into_iter().filter_map(world::table).collect();
    let (registry, _) = Registry::from_tables(&tables);
    store.units_replace(&format!("{kind}/{name}"), unit_rows(&registry)).await?;
    Ok(())
}

/// Every version of every unit as a row.
fn unit_rows(registry: &Registry) -> Vec<UnitRow> {
    let versions: Vec<&Version> = registry.all().collect();
    let mut places: HashMap<&str, u32> = HashMap::new();
    let mut rows = Vec::with_capacity(versions.len());
    for version in versions {
        let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
        let place = *places.entry(version.code.as_str()).or_insert(next);
        rows.push(UnitRow {
            code: version.code.clone(),
            name: version.name.clone(),
            parent: version.parent.clone().unwrap_or_default(),
            from: version.period.from,
            to: version.period.to,
            successors: version.successors.clone(),
            place,
        });
    }
    rows
}
