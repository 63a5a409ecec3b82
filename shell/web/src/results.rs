//! The results that rounds of the ledger published, as the public pages show them.
//!
//! Every server looks whether anything happened to a round, and then takes in the packages that it does not hold
//! yet. The latest version of a group's result stands under its plain address; an earlier one stays public at
//! `…-lan-1`, and says what replaced it.

use std::sync::Arc;

use cchc_index::Round;
use cchc_ledger::Hash;
use cchc_papers::package;
use cchc_store::{DbError, Store};
use jiff::civil::Date;

use crate::{App, Publication};

/// The published results of the ledger as they are held.
#[derive(Debug, Default)]
pub struct Results {
    /// What the store's rounds were like when they were taken in.
    mark: u64,
    /// The results, the latest first.
    pub all: Vec<Held>,
}

/// A version of a group's result.
#[derive(Debug, Clone)]
pub struct Held {
    /// From when the public sees it.
    pub from: Date,
    /// Hash of its file.
    pub package: Hash,
    /// Which version it is, and of how many.
    place: (usize, usize),
    /// What its pages show.
    pub publication: Arc<Publication>,
}

/// A version that is to be held.
struct Wanted {
    from: Date,
    package: Hash,
    place: (usize, usize),
}

/// Takes in what was published since the last look; a package that can't be read is logged and left out.
///
/// # Errors
/// What the engine says.
pub async fn refresh(app: &App) -> Result<(), DbError> {
    let store = app.store();
    let mark = store.round_mark().await?;
    let held = app.results();
    if held.mark == mark {
        return Ok(());
    }
    let mut all = Vec::new();
    for (id, round) in store.round_list_published().await? {
        for wanted in versions(&round) {
            let known = held.all.iter().find(|held| held.package == wanted.package && held.place == wanted.place);
            match known {
                Some(known) => all.push(known.clone()),
                None => match read(store, &wanted).await {
                    Ok(one) => all.push(one),
                    Err(why) => tracing::error!(round = id, package = %wanted.package, why, "a published package"),
                },
            }
        }
    }
    all.sort_by_key(|held| std::cmp::Reverse(held.from));
    app.replace_results(Results { mark, all });
    Ok(())
}

/// Every version of every group, oldest first.
fn versions(round: &Round) -> Vec<Wanted> {
    let groups = round.plan.iter().flat_map(|plan| &plan.groups);
    let of_group = |code: &str| {
        let mut found: Vec<(Date, Hash)> = Vec::new();
        for result in &round.results {
            let packed = result.packages.iter().find(|packed| packed.group == code);
            // A decision that changed nothing of a group leaves its version as it is.
            let packed = packed.filter(|packed| found.last().is_none_or(|(_, last)| *last != packed.package));
            found.extend(packed.map(|packed| (result.on, packed.package)));
        }
        let count = found.len();
        (1..).zip(found).map(move |(number, (from, package))| Wanted { from, package, place: (number, count) })
    };
    groups.flat_map(|group| of_group(&group.code)).collect()
}

async fn read(store: &Store, wanted: &Wanted) -> Result<Held, String> {
    let bytes = store.file_get(&wanted.package).await.map_err(|error| error.to_string())?;
    let read = tokio::task::spawn_blocking(move || package::read(&bytes, &package::limits()));
    let verified = read.await.map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
    if let Some(difference) = verified.differences.first() {
        return Err(difference.to_string());
    }
    let publication = Publication::version(verified.package, wanted.place);
    Ok(Held { from: wanted.from, package: wanted.package, place: wanted.place, publication: Arc::new(publication) })
}
