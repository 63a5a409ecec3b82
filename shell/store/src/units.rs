//! Which units there are, when, below which: the table `units`.
//!
//! A rule of kind `units` or `departments` is a text here; the program, which can read it, writes the rows
//! after each change with [`Store::units_replace`]. Appointing and the reach of permissions ask this table.

use std::collections::BTreeSet;

use cchc_access::person::UnitFact;
use jiff::civil::Date;

use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::sealed_row::seal;
use crate::store::Store;

/// Largest place in the order of protocol: a larger one counts as this.
const LAST_PLACE: u32 = i32::MAX.unsigned_abs() - 1;

/// A unit as it was in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitRow {
    /// Its code in that period.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the unit above; empty: none.
    pub parent: String,
    /// First day; `None`: since ever.
    pub from: Option<Date>,
    /// Last day; `None`: until further notice.
    pub to: Option<Date>,
    /// Codes of the units that followed it.
    pub successors: Vec<String>,
    /// Place in the order of protocol among all units, smallest first.
    pub place: u32,
}

impl Store {
    /// Replaces all units that one rule brought; `source` names the rule: `units/vinh-phuc`.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn units_replace(&self, source: &str, rows: Vec<UnitRow>) -> Result<(), DbError> {
        let source = source.to_owned();
        self.write(move |conn| {
            let (source, rows) = (source.clone(), rows.clone());
            Box::pin(async move {
                conn.run("DELETE FROM units WHERE source = $1", &[Arg::Text(&source)]).await?;
                for row in &rows {
                    insert(conn, &source, row).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// Codes of the units above a unit on a day, nearest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn unit_ancestors(&self, code: &str, on: Date) -> Result<Vec<String>, DbError> {
        let (mut reader, day) = (self.reader().await?, on.to_string());
        let sql = "SELECT parent FROM units WHERE code = $1 AND valid_from <= $2 \
            AND (valid_to = '' OR valid_to >= $2) AND parent <> '' ORDER BY place, source";
        let (mut above, mut seen) = (Vec::new(), BTreeSet::new());
        let mut next = vec![code.to_owned()];
        while let Some(code) = next.pop() {
            for row in reader.conn().rows(sql, &[Arg::Text(&code), Arg::Text(&day)]).await? {
                let parent = row.text(0)?;
                if seen.insert(parent.clone()) {
                    above.push(parent.clone());
                    next.push(parent);
                }
            }
        }
        Ok(above)
    }

    /// Name of a unit: that of the day, or else the latest one it had; `None` where there is no such code.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn unit_name(&self, code: &str, on: Date) -> Result<Option<String>, DbError> {
        let mut reader = self.reader().await?;
        name(&mut reader.conn(), code, &on.to_string()).await
    }
}

async fn insert(conn: &mut Conn<'_>, source: &str, row: &UnitRow) -> Result<(), DbError> {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (from, to) = (day(row.from), day(row.to));
    let successors = crate::people::rows::json(&row.successors)?;
    let values = [
        Arg::Text(&row.code),
        Arg::Text(&from),
        Arg::Text(source),
        Arg::Text(&to),
        Arg::Text(&row.name),
        Arg::Text(&row.parent),
        Arg::Text(&successors),
        Arg::Int(i64::from(row.place.min(LAST_PLACE))),
    ];
    let sealed = seal("units", &values);
    let mut args = values.to_vec();
    args.push(Arg::Bytes(sealed.as_bytes()));
    let sql = "INSERT INTO units (code, valid_from, source, valid_to, name, parent, successors, place, seal) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    conn.run(sql, &args).await?;
    Ok(())
}

/// What is known of a unit on a day.
pub(crate) async fn fact(conn: &mut Conn<'_>, code: &str, on: Date) -> Result<UnitFact, DbError> {
    let day = on.to_string();
    let sql = "SELECT valid_to, successors FROM units WHERE code = $1 AND valid_from <= $2 \
        ORDER BY valid_from DESC, source";
    let rows = conn.rows(sql, &[Arg::Text(code), Arg::Text(&day)]).await?;
    for row in &rows {
        let to = row.text(0)?;
        if to.is_empty() || to >= day {
            return Ok(UnitFact::Exists);
        }
    }
    let Some(latest) = rows.first() else { return Ok(UnitFact::Unknown) };
    let codes: Vec<String> = crate::people::rows::from_json(&latest.text(1)?)?;
    let mut successors = Vec::with_capacity(codes.len());
    for code in codes {
        let name = name(conn, &code, &day).await?.unwrap_or_else(|| code.clone());
        successors.push((code, name));
    }
    Ok(UnitFact::Gone(successors))
}

async fn name(conn: &mut Conn<'_>, code: &str, day: &str) -> Result<Option<String>, DbError> {
    let sql = "SELECT name FROM units WHERE code = $1 ORDER BY CASE WHEN valid_from <= $2 THEN 0 ELSE 1 END, \
        valid_from DESC, source LIMIT 1";
    conn.row(sql, &[Arg::Text(code), Arg::Text(day)]).await?.map(|row| row.text(0)).transpose()
}
