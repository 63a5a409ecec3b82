//! Rounds as lists and pages show them.

use std::collections::BTreeMap;
use std::sync::Arc;

use cchc_index::round::Plan;
use cchc_index::{CriteriaSet, Round};

use super::{sets, stream};
use crate::append::peek;
use crate::conn::{Arg, Row};
use crate::error::DbError;
use crate::store::Store;

/// A round in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundRow {
    /// Key of its stream.
    pub id: String,
    /// As printed.
    pub title: String,
    /// The year that is scored.
    pub year: i64,
    /// Code of the unit that runs it.
    pub organiser: String,
    /// `planned`, `running`, `published`.
    pub standing: String,
    /// Code of the phase; empty where it does not run.
    pub phase: String,
    /// How many units are scored.
    pub units: i64,
}

impl RoundRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text(0)?,
            title: row.text(1)?,
            year: row.int(2)?,
            organiser: row.text(3)?,
            standing: row.text(4)?,
            phase: row.text(5)?,
            units: row.int(6)?,
        })
    }
}

impl Store {
    /// Every round, the latest year first; a province has a dozen a year.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn round_list(&self) -> Result<Vec<RoundRow>, DbError> {
        let sql = "SELECT id, title, year, organiser, standing, phase, units FROM rounds ORDER BY year DESC, id";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[]).await?.iter().map(RoundRow::read).collect()
    }

    /// The rounds that score a unit, the latest year first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn round_list_of(&self, unit: &str) -> Result<Vec<RoundRow>, DbError> {
        let sql = "SELECT r.id, r.title, r.year, r.organiser, r.standing, r.phase, r.units FROM round_units u \
            JOIN rounds r ON r.id = u.round WHERE u.unit = $1 ORDER BY r.year DESC, r.id";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Text(unit)]).await?.iter().map(RoundRow::read).collect()
    }

    /// A round; `None` where there is none.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn round_find(&self, id: &str) -> Result<Option<Round>, DbError> {
        let Ok(stream) = stream(id) else { return Ok(None) };
        let mut reader = self.reader().await?;
        let loaded = peek::<Round>(&mut reader.conn(), &stream).await?;
        Ok((loaded.version > 0).then_some(loaded.state))
    }

    /// The set of each group of a plan, by code of the group; a set that can't be read is left out.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn round_sets(&self, plan: &Plan) -> Result<BTreeMap<String, Arc<CriteriaSet>>, DbError> {
        let mut reader = self.reader().await?;
        let mut found = BTreeMap::new();
        for group in &plan.groups {
            if let Some(set) = sets::find(&mut reader.conn(), &group.set, &group.version).await? {
                found.insert(group.code.clone(), set);
            }
        }
        Ok(found)
    }
}
