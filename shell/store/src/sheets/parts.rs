//! Parts of sheets that are split: the read tables `round_shares` and `sheet_parts`.

use cchc_index::Sheet;
use cchc_index::round::Plan;
use cchc_ledger::Moment;

use crate::conn::{Arg, Conn, Row};
use crate::error::DbError;
use crate::store::Store;

/// A sheet of another unit in which a unit answers lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// Key of the round.
    pub round: String,
    /// Its title.
    pub title: String,
    /// Code of the unit that is scored.
    pub scored: String,
    /// Its name in the round.
    pub name: String,
    /// `delivered`, `reopened`, `sent-back`; empty: not handed over yet.
    pub standing: String,
    /// When it came to be so; 0: it did not.
    pub changed_at: Moment,
}

impl PartRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            round: row.text(0)?,
            title: row.text(1)?,
            scored: row.text(2)?,
            name: row.text(3)?,
            standing: row.text(4)?,
            changed_at: Moment(row.int(5)?),
        })
    }
}

impl Store {
    /// The sheets of others in rounds that run in which a unit answers lines, the latest year first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn part_list_of(&self, unit: &str) -> Result<Vec<PartRow>, DbError> {
        let sql = "SELECT r.id, r.title, h.scored, u.name, COALESCE(p.standing, ''), COALESCE(p.changed_at, 0) \
            FROM round_shares h JOIN rounds r ON r.id = h.round AND r.standing = 'running' \
            JOIN round_units u ON u.round = h.round AND u.unit = h.scored \
            LEFT JOIN sheet_parts p ON p.round = h.round AND p.scored = h.scored AND p.unit = h.unit \
            WHERE h.unit = $1 ORDER BY r.year DESC, r.id, u.place";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Text(unit)]).await?.iter().map(PartRow::read).collect()
    }
}

/// Writes the shares of a plan anew.
pub async fn put_shares(conn: &mut Conn<'_>, id: &str, plan: &Plan) -> Result<(), DbError> {
    conn.run("DELETE FROM round_shares WHERE round = $1", &[Arg::Text(id)]).await?;
    let mut shared: Vec<(&str, &str)> = Vec::new();
    for scored in &plan.units {
        for unit in plan.sharing(&scored.code) {
            shared.push((&scored.code, unit));
        }
    }
    for (place, (scored, unit)) in (0..).zip(shared) {
        let args = [Arg::Text(id), Arg::Text(scored), Arg::Text(unit), Arg::Int(place)];
        conn.run("INSERT INTO round_shares (round, scored, unit, place) VALUES ($1, $2, $3, $4)", &args).await?;
    }
    Ok(())
}

/// Writes how far the part of a unit is.
pub async fn put_part(
    conn: &mut Conn<'_>,
    (round, scored): (&str, &str),
    sheet: &Sheet,
    unit: &str,
) -> Result<(), DbError> {
    let Some(delivery) = sheet.deliveries.get(unit) else { return Ok(()) };
    let args =
        [Arg::Text(round), Arg::Text(scored), Arg::Text(unit), Arg::Text(delivery.code()), Arg::Int(delivery.at().0)];
    let sql = "INSERT INTO sheet_parts (round, scored, unit, standing, changed_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (round, scored, unit) DO UPDATE SET standing = excluded.standing, \
        changed_at = excluded.changed_at";
    conn.run(sql, &args).await.map(|_| ())
}
