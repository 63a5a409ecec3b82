//! How far a permission goes, as a predicate of SQL: it stands here and nowhere else.
//!
//! For every row it says what [`Reach::covers`] says of the thing in the row; a test compares them.

use cchc_access::Reach;

use crate::conn::Arg;
use crate::query::Query;

/// In which columns of a statement it stands to whom a row belongs; an empty value is no unit, owner, field.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Columns {
    /// Code of the unit.
    pub(crate) unit: Option<&'static str>,
    /// The person whose own it is.
    pub(crate) owner: Option<&'static str>,
    /// Code of the field.
    pub(crate) field: Option<&'static str>,
}

/// Adds the predicate, in brackets. `day` is the day on which units lie below one another, as ISO.
pub(crate) fn add<'a>(query: &mut Query<'a>, reach: &'a Reach, day: &'a str, columns: Columns) {
    let part = match reach {
        Reach::All => {
            query.add("(1 = 1)");
            return;
        }
        Reach::Nothing => {
            query.add("(1 = 0)");
            return;
        }
        Reach::SelfOnly(person) => {
            match columns.owner {
                Some(owner) => query.add("(").add(owner).add(" = ").bind(Arg::Text(person.as_str())).add(")"),
                None => query.add("(1 = 0)"),
            };
            return;
        }
        Reach::Within(part) => part,
    };
    query.add("(1 = 0");
    let texts = |list: &'a [String]| list.iter().map(String::as_str);
    if let Some(unit) = columns.unit {
        if !part.units.is_empty() || !part.subtrees.is_empty() {
            // The root of a subtree is reached even on a day on which it is not there.
            query.add(" OR ").add(unit).add(" IN ").list(texts(&part.units).chain(texts(&part.subtrees)));
        }
        if !part.subtrees.is_empty() {
            query.add(" OR ").add(unit).add(" IN (WITH RECURSIVE below(code) AS (");
            query.add("SELECT u.code FROM units u WHERE u.parent IN ").list(texts(&part.subtrees));
            there(query, day);
            query.add(" UNION SELECT u.code FROM units u JOIN below b ON u.parent = b.code WHERE 1 = 1");
            there(query, day);
            query.add(") SELECT code FROM below)");
        }
    }
    if let Some(field) = columns.field.filter(|_| !part.fields.is_empty()) {
        query.add(" OR ").add(field).add(" IN ").list(texts(&part.fields));
    }
    if let (Some(column), Some(owner)) = (columns.owner, &part.owner) {
        query.add(" OR ").add(column).add(" = ").bind(Arg::Text(owner.as_str()));
    }
    query.add(")");
}

/// That the unit `u` is there on the day.
fn there<'a>(query: &mut Query<'a>, day: &'a str) {
    query.add(" AND u.valid_from <= ").bind(Arg::Text(day));
    query.add(" AND (u.valid_to = '' OR u.valid_to >= ").bind(Arg::Text(day)).add(")");
}
