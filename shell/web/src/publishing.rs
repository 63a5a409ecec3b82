//! Publishing a round: its packages are made, kept as files, and named by the event that publishes them.

use std::collections::BTreeMap;

use cchc_index::round::{Group, Packed, Publication, RoundCommand};
use cchc_index::{Round, RoundRefusal};
use cchc_ledger::Context;
use cchc_ledger::Moment;
use cchc_papers::package::{PackageError, limits, read, write};
use cchc_papers::{Particulars, round_package};
use cchc_store::commit::Committed;
use cchc_store::{CommitError, DbError, Store, rounds};
use jiff::civil::Date;

/// Why a round could not be published; the text is for the user.
#[derive(Debug)]
pub enum PublishError {
    /// There is no such round, or no set of one of its groups.
    NoRound(String),
    /// A package could not be made.
    Package(PackageError),
    /// A sheet changed while its package was made: nothing was published.
    Changed,
    /// What the store says.
    Store(DbError),
    /// The round refuses, or it is not known whether it was written.
    Commit(CommitError<RoundRefusal>),
}

/// Makes the package of each group of a round out of its sheets after the council, keeps them, and publishes
/// them by the decision of `particulars`. Again, after a correction: a new version of the result, under the
/// addresses of the first; the old one stays public.
///
/// # Errors
/// [`PublishError`]; files of packages that were written before an error stay and are referred to by nobody.
pub async fn publish(
    store: &Store,
    id: &str,
    particulars: &Particulars,
    on: Date,
    context: Context,
) -> Result<Committed, PublishError> {
    let round = store.round_find(id).await?.ok_or_else(|| PublishError::NoRound(id.to_owned()))?;
    let before = changes(store, id).await?;
    let series = series_before(store, &round).await.unwrap_or_else(|| particulars.series.clone());
    let particulars = Particulars { on: Some(on), series, ..particulars.clone() };
    let plan = round.plan.as_ref().ok_or_else(|| PublishError::NoRound(id.to_owned()))?;
    let mut packages = Vec::new();
    for group in &plan.groups {
        let bytes = package(store, id, &round, group, &particulars).await?;
        let name = format!("{}-{}.zip", particulars.series, group.code);
        let file = store.file_put(&name, bytes).await?;
        packages.push(Packed { group: group.code.clone(), package: file.hash });
    }
    if changes(store, id).await? != before {
        return Err(PublishError::Changed);
    }
    let publication = Publication { decision: particulars.decision, on, packages };
    let stream = rounds::stream(id)?;
    store.commit::<Round>(&stream, RoundCommand::Publish { publication }, context).await.map_err(PublishError::Commit)
}

/// What the packages of an earlier publication are called in addresses: a later version stands where the earlier
/// one stood. `None`: there is none, or it can't be read any more.
async fn series_before(store: &Store, round: &Round) -> Option<String> {
    let packed = round.results.last()?.packages.first()?;
    let bytes = store.file_get(&packed.package).await.ok()?;
    let read = tokio::task::spawn_blocking(move || read(&bytes, &limits()).ok());
    read.await.ok()?.map(|verified| verified.package.about.series)
}

/// The package of a group as a file: made and recomputed off the server's own threads.
async fn package(
    store: &Store,
    id: &str,
    round: &Round,
    group: &Group,
    particulars: &Particulars,
) -> Result<Vec<u8>, PublishError> {
    let plan = round.plan.as_ref().ok_or_else(|| PublishError::NoRound(id.to_owned()))?;
    let set = store.round_sets(plan).await?.remove(&group.code);
    let set = set.ok_or_else(|| PublishError::NoRound(format!("{id}, bộ tiêu chí {}", group.set)))?;
    let mut sheets = BTreeMap::new();
    for unit in plan.units.iter().filter(|unit| unit.group == group.code) {
        sheets.insert(unit.code.clone(), store.sheet_find(id, &unit.code).await?);
    }
    let (round, group, particulars) = (round.clone(), group.code.clone(), particulars.clone());
    let made = tokio::task::spawn_blocking(move || {
        round_package(&round, &group, &set, &sheets, &particulars).map(|package| write(&package))
    });
    let made = made.await.map_err(|error| DbError::Refused(error.to_string()))?;
    made.ok_or_else(|| PublishError::NoRound(id.to_owned()))?.map_err(PublishError::Package)
}

/// When each sheet was changed last.
async fn changes(store: &Store, id: &str) -> Result<Vec<(String, Moment)>, DbError> {
    Ok(store.sheet_list(id).await?.into_iter().map(|row| (row.unit, row.changed_at)).collect())
}

impl From<DbError> for PublishError {
    fn from(error: DbError) -> Self {
        Self::Store(error)
    }
}

impl std::error::Error for PublishError {}

impl std::fmt::Display for PublishError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoRound(what) => write!(out, "chưa có đợt chấm điểm hoặc bộ tiêu chí của đợt: {what}"),
            Self::Package(error) => write!(out, "chưa đóng được gói kết quả: {error}"),
            Self::Changed => {
                out.write_str("có phiếu vừa thay đổi khi đóng gói kết quả, chưa công bố; xem lại rồi công bố lần nữa")
            }
            Self::Store(error) => error.fmt(out),
            Self::Commit(error) => error.fmt(out),
        }
    }
}
