//! What a group gives itself on the average: the read table `sheet_points`, a row each line that has points.

use cchc_index::Exact;
use cchc_index::sheet::Line;

use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::store::Store;

/// Decimals that are kept of points.
const DECIMALS: u8 = 6;
/// What one point is in the table.
const MILLION: i64 = 1_000_000;

/// The self-scores of the units of a group that handed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupPoints {
    /// Units of the group that handed in.
    pub units: u64,
    /// The lines that apply to at least one of them, by code.
    pub lines: Vec<LineMean>,
}

/// A line over the units to which it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMean {
    /// Code of the criterion.
    pub criterion: String,
    /// The mean of their points, rounded to millionths.
    pub mean: Exact,
}

/// Writes the points of a line as the unit scores itself; a line without points has no row.
pub(super) async fn put(
    conn: &mut Conn<'_>,
    (round, unit): (&str, &str),
    code: &str,
    line: &Line,
) -> Result<(), DbError> {
    let key = [Arg::Text(round), Arg::Text(code), Arg::Text(unit)];
    let points = line.points.as_ref().or_else(|| line.given.as_ref().map(|given| &given.points));
    let Some(points) = points else {
        let sql = "DELETE FROM sheet_points WHERE round = $1 AND criterion = $2 AND unit = $3";
        return conn.run(sql, &key).await.map(|_| ());
    };
    let written = points.exact().fixed(DECIMALS).replace('.', "");
    // More points than fit are none that anybody gives.
    let millionths = written.parse().unwrap_or(0);
    let [round, code, unit] = key;
    let args = [round, code, unit, Arg::Int(i64::from(points.applicable)), Arg::Int(millionths)];
    let sql = "INSERT INTO sheet_points (round, criterion, unit, applicable, millionths) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (round, criterion, unit) DO UPDATE SET applicable = excluded.applicable, \
        millionths = excluded.millionths";
    conn.run(sql, &args).await.map(|_| ())
}

impl Store {
    /// What the units of a group that handed in give themselves on the average, line by line.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn sheet_points(&self, round: &str, group: &str) -> Result<GroupPoints, DbError> {
        let of_group = [Arg::Text(round), Arg::Text(group)];
        let mut reader = self.reader().await?;
        let sql = "SELECT COUNT(*) FROM round_units u JOIN sheets s ON s.round = u.round AND s.unit = u.unit \
            WHERE u.round = $1 AND u.group_code = $2 AND s.standing = 'submitted'";
        let counted = reader.conn().row(sql, &of_group).await?;
        let units = counted.map_or(Ok(0), |row| row.count(0))?;
        let sql = "SELECT p.criterion, COUNT(*), CAST(SUM(p.millionths) AS BIGINT) FROM sheet_points p \
            JOIN round_units u ON u.round = p.round AND u.unit = p.unit \
            JOIN sheets s ON s.round = p.round AND s.unit = p.unit \
            WHERE p.round = $1 AND u.group_code = $2 AND s.standing = 'submitted' AND p.applicable = 1 \
            GROUP BY p.criterion ORDER BY p.criterion";
        let rows = reader.conn().rows(sql, &of_group).await?;
        let lines = rows.iter().map(|row| {
            let (criterion, count, sum) = (row.text(0)?, row.int(1)?, row.int(2)?);
            let parts = Exact::whole(count.saturating_mul(MILLION));
            let mean = Exact::whole(sum).over(&parts).unwrap_or(Exact::ZERO);
            Ok(LineMean { criterion, mean })
        });
        Ok(GroupPoints { units, lines: lines.collect::<Result<_, DbError>>()? })
    }
}
