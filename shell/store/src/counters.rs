//! Running numbers of an agency and a day, drawn in the transaction that uses them: no gap, no number twice.

use jiff::civil::Date;

use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::sealed_row::seal;

/// Draws the next number, from 1; given back with the transaction where that is undone.
///
/// Called while facts are loaded. Two that draw at once wait for each other at the row.
///
/// # Errors
/// What the engine says.
pub async fn counter_next(conn: &mut Conn<'_>, agency: &str, day: Date) -> Result<u64, DbError> {
    let day = day.to_string();
    let key = [Arg::Text(agency), Arg::Text(&day)];
    // The row is locked by this whether it is new or not; the seal is brought up to date below.
    let draw = "INSERT INTO counters (agency, day, value, seal) VALUES ($1, $2, 1, $3) \
        ON CONFLICT (agency, day) DO UPDATE SET value = counters.value + 1 RETURNING value";
    let [agency_arg, day_arg] = key;
    let row = conn.row(draw, &[agency_arg, day_arg, Arg::Bytes(&[])]).await?;
    let value = row.ok_or_else(|| DbError::Unreadable("bộ đếm không trả lời".to_owned()))?.count(0)?;
    let sealed = seal("counters", &[agency_arg, day_arg, Arg::Int(crate::conn::int(value))]);
    let sql = "UPDATE counters SET seal = $3 WHERE agency = $1 AND day = $2";
    conn.run(sql, &[agency_arg, day_arg, Arg::Bytes(sealed.as_bytes())]).await?;
    Ok(value)
}
