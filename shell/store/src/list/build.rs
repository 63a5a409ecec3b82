//! The statement of what is asked.

use cchc_access::Reach;

use super::cursor::{Cursor, Way};
use super::spread::Part;
use super::{Ask, Filter, Lead, List, Order, Sort, Test};
use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::query::Query;
use crate::reach;
use crate::table::Value;

/// What a statement is put together from.
pub(super) struct Statement<'a> {
    pub(super) list: &'static List,
    pub(super) ask: &'a Ask<'a>,
    pub(super) sort: &'static Sort,
    pub(super) parts: &'a [Part],
}

impl<'a> Statement<'a> {
    /// Where the rows of a page stand: the values of their order, then their keys; each part by itself in order.
    pub(super) fn page(&self, cursor: Option<&'a Cursor>, limit: i64) -> Query<'a> {
        let mut query = Query::new("");
        let alone = self.parts.len() == 1;
        for (number, part) in self.parts.iter().enumerate() {
            if !alone {
                query.add(if number == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
            }
            let mut before = "SELECT ";
            for (column, _) in self.sort.columns.iter().chain(self.list.key) {
                query.add(before).add(column);
                before = ", ";
            }
            self.rows_of(&mut query, part);
            if let Some(cursor) = cursor {
                self.beyond(&mut query, cursor);
            }
            self.order(&mut query, cursor.map_or(Way::After, |cursor| cursor.way));
            query.add(" LIMIT ").bind(Arg::Int(limit));
            if !alone {
                query.add(") AS part");
            }
        }
        query
    }

    /// How many rows there are, up to a limit.
    pub(super) fn count(&self, limit: i64) -> Query<'a> {
        let mut query = Query::new("SELECT COUNT(*) FROM (");
        for (number, part) in self.parts.iter().enumerate() {
            query.add(if number == 0 { "SELECT 1 AS one" } else { " UNION ALL SELECT 1 AS one" });
            self.rows_of(&mut query, part);
        }
        query.add(" LIMIT ").bind(Arg::Int(limit)).add(") AS counted");
        query
    }

    fn rows_of(&self, query: &mut Query<'a>, part: &'a Part) {
        query.add(" FROM ").add(self.list.table).add(" WHERE ");
        match part {
            Part::Within => self.within(query),
            Part::Each(column, value) => {
                query.add(column).add(" = ").bind(Arg::Text(value)).add(" AND ");
                self.within(query);
            }
            Part::Unit(column, code) => {
                query.add(column).add(" = ").bind(Arg::Text(code));
            }
            Part::Own(column, person, unit, units) => {
                query.add(column).add(" = ").bind(Arg::Text(person)).add(" AND ").add(unit).add(" NOT IN ");
                query.list(units.iter().map(String::as_str));
            }
        }
        for (name, value) in &self.ask.given {
            if let Some(filter) = self.list.filters.iter().find(|filter| filter.name == *name) {
                if self.sort.lead == Lead::Needed && filter.name != self.sort.needs {
                    look(query, filter, *value);
                } else {
                    add(query, filter, *value);
                }
            }
        }
    }

    fn within(&self, query: &mut Query<'a>) {
        let reach = self.ask.within.reach;
        // Several units or oneself are several ways to the rows, none of them in order.
        let is_looked = matches!(reach, Reach::Within(_)) || self.sort.lead == Lead::Needed;
        let columns = if is_looked { self.list.looked } else { self.list.owners };
        reach::add(query, reach, self.ask.within.day, columns);
    }

    fn beyond(&self, query: &mut Query<'a>, cursor: &'a Cursor) {
        let rising = (self.sort.order == Order::Rising) == (cursor.way == Way::After);
        let mut before = " AND (";
        for (column, _) in self.sort.columns {
            query.add(before).add(column);
            before = ", ";
        }
        before = if rising { ") > (" } else { ") < (" };
        for value in cursor.at.iter().filter_map(Value::arg) {
            query.add(before).bind(value);
            before = ", ";
        }
        query.add(")");
    }

    fn order(&self, query: &mut Query<'a>, way: Way) {
        let rising = (self.sort.order == Order::Rising) == (way == Way::After);
        let mut before = " ORDER BY ";
        for (column, _) in self.sort.columns {
            query.add(before).add(column).add(if rising { "" } else { " DESC" });
            before = ", ";
        }
    }
}

/// The rows of these keys, in no order, with their keys behind the columns.
pub(super) fn rows<'a>(list: &List, keys: impl Iterator<Item = &'a [Value]>) -> Query<'a> {
    let mut query = Query::new("");
    let names = list.key.iter().map(|(column, _)| *column);
    let mut before = "SELECT ";
    for column in list.columns.iter().copied().chain(names.clone()) {
        query.add(before).add(column);
        before = ", ";
    }
    // Joined, since SQLite reads the whole table for `(a, b) IN (VALUES …)`; both engines name the columns so.
    before = " FROM (VALUES (";
    for key in keys {
        for value in key.iter().filter_map(Value::arg) {
            query.add(before).bind(value);
            before = ", ";
        }
        before = "), (";
    }
    query.add(")) AS wanted JOIN ").add(list.table);
    before = " ON ";
    for (column, given) in names.zip(["wanted.column1", "wanted.column2", "wanted.column3"]) {
        query.add(before).add(column).add(" = ").add(given);
        before = " AND ";
    }
    query
}

fn add<'a>(query: &mut Query<'a>, filter: &'static Filter, value: Arg<'a>) {
    query.add(" AND ");
    match filter.test {
        Test::Equal(text) => query.add(text).add(" = ").bind(value),
        Test::From(text) => query.add(text).add(" >= ").bind(value),
        Test::Before(text) => query.add(text).add(" < ").bind(value),
        Test::Holds(text) => query.add(text),
    };
}

/// The same, in words of which no index knows; no column is ever NULL.
fn look<'a>(query: &mut Query<'a>, filter: &'static Filter, value: Arg<'a>) {
    query.add(" AND ");
    let (text, than) = match filter.test {
        Test::Equal(text) => (text, " = "),
        Test::From(text) => (text, " >= "),
        Test::Before(text) => (text, " < "),
        Test::Holds(text) => {
            query.add("(").add(text).add(") = (1 = 1)");
            return;
        }
    };
    let nothing = match value {
        Arg::Int(_) => ", 0)",
        Arg::Text(_) | Arg::Bytes(_) => ", '')",
    };
    query.add("COALESCE(").add(text).add(nothing).add(than).bind(value);
}

/// The lines of a plan. PostgreSQL is kept from reading and sorting whole tables, where it can do without.
pub(crate) async fn plan(conn: &mut Conn<'_>, statement: Query<'_>) -> Result<Vec<String>, DbError> {
    if !conn.is_postgres() {
        let rows = statement.before("EXPLAIN QUERY PLAN ").rows(conn).await?;
        return rows.iter().map(|row| row.text(3)).collect();
    }
    conn.run("BEGIN", &[]).await?;
    for way in ["enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_incremental_sort"] {
        let mut off = Query::new("SET LOCAL ");
        off.add(way).add(" = off");
        off.rows(conn).await?;
    }
    let rows = statement.before("EXPLAIN ").rows(conn).await;
    conn.run("ROLLBACK", &[]).await?;
    rows?.iter().map(|row| row.text(0)).collect()
}
