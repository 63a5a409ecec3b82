//! Which parts a list is fetched in: each found by an index of its own, no row in two of them.

use cchc_access::Reach;

use super::{Ask, List, Served};
use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::query::Query;
use crate::reach::{self, Columns};

/// With more units than this the rows of all are read in order, and others are left out one by one: who
/// reaches that many units reaches a large share of the rows.
const MOST: usize = 64;

/// A part: the condition that makes it, beside what is asked of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All rows within reach.
    Within,
    /// All rows whose column has that value, within reach.
    Each(&'static str, &'static str),
    /// The rows of that unit.
    Unit(&'static str, String),
    /// One's own rows that belong to none of these units.
    Own(&'static str, String, &'static str, Vec<String>),
}

/// The parts of what is asked.
pub(super) async fn parts(conn: &mut Conn<'_>, list: &'static List, ask: &Ask<'_>) -> Result<Vec<Part>, DbError> {
    let mut few = false;
    for (name, _) in &ask.given {
        match list.filter(name)?.served {
            Served::Each(_, column, values) => {
                let given = |(name, _): &(&'static str, Arg<'_>)| *name == column;
                if !ask.given.iter().any(given) {
                    return Ok(values.iter().map(|value| Part::Each(column, value)).collect());
                }
                few = true;
            }
            Served::Few(_) => few = true,
            Served::Many(_) | Served::Looked(_) => {}
        }
    }
    let (Reach::Within(part), Some(unit), false) = (ask.within.reach, list.owners.unit, few) else {
        return Ok(vec![Part::Within]);
    };
    if list.owners.field.is_some() && !part.fields.is_empty() {
        return Ok(vec![Part::Within]);
    }
    let Some(units) = units(conn, ask).await? else { return Ok(vec![Part::Within]) };
    let own = match (list.owners.owner, &part.owner) {
        (Some(column), Some(owner)) => Some(Part::Own(column, owner.as_str().to_owned(), unit, units.clone())),
        _ => None,
    };
    Ok(units.into_iter().map(|code| Part::Unit(unit, code)).chain(own).collect())
}

/// The codes of the units within reach; `None` where they are too many.
async fn units(conn: &mut Conn<'_>, ask: &Ask<'_>) -> Result<Option<Vec<String>>, DbError> {
    let Reach::Within(part) = ask.within.reach else { return Ok(None) };
    let mut codes: Vec<String> = part.units.iter().chain(&part.subtrees).cloned().collect();
    if !part.subtrees.is_empty() {
        let mut query = Query::new("SELECT DISTINCT u0.code FROM units u0 WHERE ");
        let columns = Columns { unit: Some("u0.code"), owner: None, field: None };
        reach::add(&mut query, ask.within.reach, ask.within.day, columns);
        let most = i64::try_from(MOST).unwrap_or(i64::MAX).saturating_add(1);
        query.add(" LIMIT ").bind(Arg::Int(most));
        for row in query.rows(conn).await? {
            codes.push(row.text(0)?);
        }
    }
    codes.sort_unstable();
    codes.dedup();
    Ok((codes.len() <= MOST).then_some(codes))
}
