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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use cchc_access::{Part, Resource};
    use cchc_ledger::{Moment, PersonId};

    use super::*;
    use crate::store::{Options, Store};

    const CODES: [&str; 3] = ["", "x", "y"];

    /// Owner and field beside the unit, in every combination; the tree of units is tried in `tests/reach.rs`.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_row_is_reached_as_its_thing_is() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options::new(folder.path(), None, Arc::new(|| Moment(0)));
        let store = Store::open(options).await.unwrap();
        store
            .write(|conn| {
                Box::pin(async move {
                    // A row stands for a thing: its unit, who opened it as its owner, its kind as its field.
                    for (number, [unit, owner, field]) in things().enumerate() {
                        let number = i64::try_from(number).unwrap_or(0);
                        let sql = "INSERT INTO drafts (id, kind, name, standing, holder, unit, opened_by, opened_at, \
                            closed_at, errors, warnings, summary, valid_from, valid_to, event) \
                            VALUES ($1, $2, '', '', '', $3, $4, $5, 0, 0, 0, '', '', '', $6)";
                        let id = number.to_string();
                        let args = [
                            Arg::Text(&id),
                            Arg::Text(field),
                            Arg::Text(unit),
                            Arg::Text(owner),
                            Arg::Int(number),
                            Arg::Bytes(&[]),
                        ];
                        conn.run(sql, &args).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
        let lists = || [vec![], vec!["x".to_owned()], vec!["x".to_owned(), "y".to_owned()]];
        let mut reaches = vec![Reach::All, Reach::Nothing];
        for units in lists() {
            for fields in lists() {
                for owner in [None, Some(PersonId::from("x"))] {
                    let (units, fields) = (units.clone(), fields.clone());
                    reaches.push(Reach::from(Part { subtrees: Vec::new(), units, fields, owner }));
                }
            }
        }
        let columns = Columns { unit: Some("t.unit"), owner: Some("t.opened_by"), field: Some("t.kind") };
        for reached in reaches {
            let mut query = Query::new("SELECT t.unit, t.opened_by, t.kind FROM drafts t WHERE ");
            add(&mut query, &reached, "2021-10-14", columns);
            query.add(" ORDER BY t.opened_at");
            let rows = query.rows(&mut store.reader().await.unwrap().conn()).await.unwrap();
            let found: Vec<[String; 3]> =
                rows.iter().map(|row| [0, 1, 2].map(|column| row.text(column).unwrap())).collect();
            let expected: Vec<[&str; 3]> =
                things().filter(|[unit, owner, field]| covers(&reached, unit, owner, field)).collect();
            assert_eq!(found, expected, "{reached:?}");
        }
    }

    fn things() -> impl Iterator<Item = [&'static str; 3]> {
        CODES.into_iter().flat_map(|unit| {
            CODES.into_iter().flat_map(move |owner| CODES.into_iter().map(move |field| [unit, owner, field]))
        })
    }

    fn covers(reached: &Reach, unit: &'static str, owner: &str, field: &'static str) -> bool {
        let owner = Some(owner).filter(|owner| !owner.is_empty()).map(PersonId::from);
        let some = |code: &'static str| Some(code).filter(|code| !code.is_empty());
        reached.covers(&Resource { unit: some(unit), ancestors: &[], owner: owner.as_ref(), field: some(field) })
    }
}
