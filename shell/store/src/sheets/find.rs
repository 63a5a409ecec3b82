//! Sheets as boards, grids and pages show them.

use cchc_index::Sheet;
use cchc_index::sheet::{Line, SheetStanding};
use cchc_ledger::Moment;
use jiff::civil::Date;

use super::stream;
use crate::append::peek;
use crate::conn::{Arg, Row};
use crate::error::DbError;
use crate::people::rows::some_day;
use crate::store::Store;

/// A unit of a round with how far its sheet is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Code of the unit.
    pub unit: String,
    /// Its name in this round.
    pub name: String,
    /// Code of its group.
    pub group: String,
    /// How far its sheet is.
    pub standing: SheetStanding,
    /// Lines that are answered.
    pub filled: u64,
    /// Lines that wait for an answer to a question.
    pub asked: u64,
    /// Lines that were decided at least once.
    pub decided: u64,
    /// Number and symbol of the report with which it was handed in last; empty: it was not.
    pub number: String,
    /// Date of that report.
    pub dated: Option<Date>,
    /// When it was handed in last; 0: it was not.
    pub submitted_at: Moment,
    /// When it was changed last; 0: nothing was said yet.
    pub changed_at: Moment,
}

/// A line of one unit in a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// Code of the unit.
    pub unit: String,
    /// The line.
    pub line: Line,
}

impl SheetRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            unit: row.text(0)?,
            name: row.text(1)?,
            group: row.text(2)?,
            standing: SheetStanding::from_code(&row.text(3)?).unwrap_or_default(),
            filled: row.count(4)?,
            asked: row.count(5)?,
            decided: row.count(6)?,
            number: row.text(7)?,
            dated: some_day(&row.text(8)?)?,
            submitted_at: Moment(row.int(9)?),
            changed_at: Moment(row.int(10)?),
        })
    }
}

impl Store {
    /// Every unit of a round in the order of protocol, with how far its sheet is.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn sheet_list(&self, round: &str) -> Result<Vec<SheetRow>, DbError> {
        let sql = "SELECT u.unit, u.name, u.group_code, COALESCE(s.standing, 'open'), COALESCE(s.filled, 0), \
            COALESCE(s.asked, 0), COALESCE(s.decided, 0), COALESCE(s.number, ''), COALESCE(s.dated, ''), \
            COALESCE(s.submitted_at, 0), COALESCE(s.changed_at, 0) FROM round_units u \
            LEFT JOIN sheets s ON s.round = u.round AND s.unit = u.unit WHERE u.round = $1 ORDER BY u.place";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Text(round)]).await?.iter().map(SheetRow::read).collect()
    }

    /// One criterion of all units of a round.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn sheet_line_list(&self, round: &str, criterion: &str) -> Result<Vec<LineRow>, DbError> {
        let sql = "SELECT unit, line FROM sheet_lines WHERE round = $1 AND criterion = $2 ORDER BY unit";
        let mut reader = self.reader().await?;
        let rows = reader.conn().rows(sql, &[Arg::Text(round), Arg::Text(criterion)]).await?;
        let read = |row: &Row| {
            let line =
                serde_json::from_slice(&row.bytes(1)?).map_err(|error| DbError::Unreadable(error.to_string()))?;
            Ok(LineRow { unit: row.text(0)?, line })
        };
        rows.iter().map(read).collect()
    }

    /// Every line of all units of a round, with the code of its criterion: for what counts over all of them.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn sheet_line_list_all(&self, round: &str) -> Result<Vec<(String, LineRow)>, DbError> {
        let sql = "SELECT criterion, unit, line FROM sheet_lines WHERE round = $1 ORDER BY criterion, unit";
        let mut reader = self.reader().await?;
        let rows = reader.conn().rows(sql, &[Arg::Text(round)]).await?;
        let read = |row: &Row| {
            let line =
                serde_json::from_slice(&row.bytes(2)?).map_err(|error| DbError::Unreadable(error.to_string()))?;
            Ok((row.text(0)?, LineRow { unit: row.text(1)?, line }))
        };
        rows.iter().map(read).collect()
    }

    /// The sheet of a unit; an empty one where nothing was said yet.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn sheet_find(&self, round: &str, unit: &str) -> Result<Sheet, DbError> {
        let Ok(stream) = stream(round, unit) else { return Ok(Sheet::default()) };
        let mut reader = self.reader().await?;
        Ok(peek::<Sheet>(&mut reader.conn(), &stream).await?.state)
    }
}
