//! What is made of a rule is brought up to date when the rule changes: the table of units, the search.

use std::collections::HashMap;

use anyhow::Context;
use cchc_ledger::StreamId;
use cchc_papers::rule_file::{Content, registry};
use cchc_store::Store;
use cchc_store::jobs::Job;
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
    let contents = world::contents(&rows);
    let own: Vec<Content<'_>> =
        contents.iter().copied().filter(|content| content.kind.code() == kind && content.name == name).collect();
    let (whole, own) = (registry(&contents).0, registry(&own).0);
    store.units_replace(&format!("{kind}/{name}"), unit_rows(&own, &places(&whole))).await?;
    Ok(())
}

/// The order of protocol over all sources: by level, within it as the files have it.
fn places(whole: &Registry) -> HashMap<&str, u32> {
    let mut versions: Vec<&Version> = whole.all().collect();
    versions.sort_by_key(|version| version.level);
    let mut places = HashMap::new();
    for version in versions {
        let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
        places.entry(version.code.as_str()).or_insert(next);
    }
    places
}

/// Every version of every unit as a row.
fn unit_rows(registry: &Registry, places: &HashMap<&str, u32>) -> Vec<UnitRow> {
    let row = |version: &Version| UnitRow {
        code: version.code.clone(),
        name: version.name.clone(),
        parent: version.parent.clone().unwrap_or_default(),
        from: version.period.from,
        to: version.period.to,
        successors: version.successors.clone(),
        place: places.get(version.code.as_str()).copied().unwrap_or(u32::MAX),
    };
    registry.all().map(row).collect()
}
