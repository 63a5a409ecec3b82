//! How far sheets are in each phase, by agency: what a board needs of them without reading their lines.

use std::collections::BTreeMap;

use cchc_index::round::Phase;
use cchc_index::sheet::Tally;
use cchc_index::{Sheet, SheetEvent};
use cchc_ledger::Envelope;

use super::parts;
use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::store::Store;

/// The lines of each phase of one sheet, by code of the agency.
pub type Tallies = BTreeMap<Phase, BTreeMap<String, Tally>>;

/// Brings the phases that the sheet has reached up to date: none while the unit scores itself.
pub(super) async fn put(
    conn: &mut Conn<'_>,
    envelope: &Envelope,
    sheet: &Sheet,
    event: &SheetEvent,
) -> Result<(), DbError> {
    // What is taken over begins anew, in whatever phase it was.
    let anew = matches!(event, SheetEvent::TookOver { .. });
    if event.line().is_none() {
        return Ok(());
    }
    let (round, unit) = parts(&envelope.stream);
    for phase in Phase::ALL.into_iter().skip(1).filter(|phase| anew || sheet.has_reached(*phase)) {
        let json = serde_json::to_vec(&sheet.tallies(phase)).map_err(|error| DbError::Unreadable(error.to_string()))?;
        let args = [Arg::Text(round), Arg::Text(unit), Arg::Text(phase.code()), Arg::Bytes(&json)];
        let sql = "INSERT INTO sheet_phases (round, unit, phase, tallies) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (round, unit, phase) DO UPDATE SET tallies = excluded.tallies";
        conn.run(sql, &args).await?;
    }
    Ok(())
}

impl Store {
    /// How far each sheet of a round is in each phase, by code of the unit; who is not in it has reached none.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn sheet_phase_list(&self, round: &str) -> Result<BTreeMap<String, Tallies>, DbError> {
        let sql = "SELECT unit, phase, tallies FROM sheet_phases WHERE round = $1 ORDER BY unit, phase";
        let mut reader = self.reader().await?;
        let mut found: BTreeMap<String, Tallies> = BTreeMap::new();
        for row in reader.conn().rows(sql, &[Arg::Text(round)]).await? {
            let Some(phase) = Phase::from_code(&row.text(1)?) else { continue };
            let tallies =
                serde_json::from_slice(&row.bytes(2)?).map_err(|error| DbError::Unreadable(error.to_string()))?;
            found.entry(row.text(0)?).or_default().insert(phase, tallies);
        }
        Ok(found)
    }
}
