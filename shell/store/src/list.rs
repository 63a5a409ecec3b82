//! Lists: one query builder for all of them.
//!
//! A [`List`] declares its table, what can be asked of it and which index answers; nothing else reaches
//! SQL. What was not asked stands nowhere in the statement, so each combination has its own plan, and a
//! test (`tests/lists.rs`) reads the plan of every combination on both engines.
//!
//! Pages go by key, in both directions, so that page 1,000 costs what page 1 does. Rows within reach of
//! some units and of oneself are found unit by unit, each by its index, and put together
//! (`list/build.rs`): filtering a million rows of others would cost what reading them does.
//! First the keys of a page are found, from the index alone, then its rows are read: over 60 units of a
//! million events that is 51 rows instead of 3,060 (or, with a filter that few rows pass, of all).

pub(crate) mod build;
pub(crate) mod cursor;
mod spread;

use cchc_access::Reach;

use crate::catalog::Kind;
use crate::conn::{Arg, Conn, Row, int};
use crate::error::DbError;
use crate::reach::Columns;
use crate::store::Store;
use crate::table::{Value, compare};
use build::Statement;
use cursor::{Cursor, Way};

/// More rows than this are not counted.
pub const COUNTED: u64 = 10_000;
/// The largest page.
pub const LARGEST_PAGE: u32 = 1_000;

/// Every list, for the test that reads their plans.
pub const LISTS: &[&List] = &[&crate::history::LIST, &crate::drafts::LIST, &crate::notices::LIST];

/// What a list is made of.
#[derive(Debug)]
pub struct List {
    /// Its table.
    pub table: &'static str,
    /// The columns that are read, in order.
    pub columns: &'static [&'static str],
    /// Its key.
    pub key: &'static [(&'static str, Kind)],
    /// What it can be asked for.
    pub filters: &'static [Filter],
    /// In which orders; of one name the first is taken whose condition holds.
    pub sorts: &'static [Sort],
    /// To whom a row belongs.
    pub(crate) owners: Columns,
    /// The same, written so that no index takes it.
    pub(crate) looked: Columns,
}

/// One thing that a list can be asked for.
#[derive(Debug)]
pub struct Filter {
    /// What it is called.
    pub name: &'static str,
    /// What must hold.
    pub test: Test,
    /// How the rows are found.
    pub served: Served,
}

/// What must hold of a row; the texts are pieces of SQL.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// It equals the value.
    Equal(&'static str),
    /// It is the value or more.
    From(&'static str),
    /// It is less than the value.
    Before(&'static str),
    /// It holds by itself; the value says nothing.
    Holds(&'static str),
}

/// How the rows of a filter are found.
#[derive(Debug, Clone, Copy)]
pub enum Served {
    /// By this index, which leads to few rows: access is looked at row by row.
    Few(&'static str),
    /// By this index, which may lead to very many rows.
    Many(&'static str),
    /// By this index, once for each value of the column that stands before the order in it.
    Each(&'static str, &'static str, &'static [&'static str]),
    /// Row by row, in the order of the list; the reason why that is enough.
    Looked(&'static str),
}

/// An order of the rows, total and in one direction.
#[derive(Debug)]
pub struct Sort {
    /// What it is called.
    pub name: &'static str,
    /// The filter without which it does not apply; empty: none.
    pub needs: &'static str,
    /// The columns, the last ones making it total.
    pub columns: &'static [(&'static str, Kind)],
    /// The direction.
    pub order: Order,
    /// What may lead to the rows.
    pub lead: Lead,
}

/// What may lead to the rows of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// Any index that ends in this order.
    Any,
    /// The index of the filter that the order needs. All else is looked at row by row, and written so that
    /// no engine takes another index and sorts.
    Needed,
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The smallest first.
    Rising,
    /// The largest first.
    Falling,
}

/// How far one sees, and the day on which units lie below one another, as ISO.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a> {
    /// How far.
    pub reach: &'a Reach,
    /// The day.
    pub day: &'a str,
}

/// What is asked of a list.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// Name of the order.
    pub sort: &'a str,
    /// Names of filters, with their values.
    pub given: Vec<(&'static str, Arg<'a>)>,
    /// What one may see.
    pub within: Within<'a>,
}

/// Which page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place<'a> {
    /// Where it begins, as a page said; `None`: at the beginning.
    pub cursor: Option<&'a str>,
    /// How many rows, at most [`LARGEST_PAGE`].
    pub size: u32,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// Where the page before is; `None`: this is the first.
    pub before: Option<String>,
    /// Where the page after is; `None`: this is the last.
    pub after: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), before: None, after: None }
    }
}

/// Where a row stands in its order, and its key.
struct Placed {
    at: Vec<Value>,
    key: Vec<Value>,
}

impl List {
    fn filter(&self, name: &str) -> Result<&'static Filter, DbError> {
        let found = self.filters.iter().find(|filter| filter.name == name);
        found.ok_or_else(|| DbError::Refused(format!("danh sách không lọc được theo «{name}»")))
    }

    fn sort(&self, ask: &Ask<'_>) -> Result<&'static Sort, DbError> {
        let given = |needs: &str| needs.is_empty() || ask.given.iter().any(|(name, _)| *name == needs);
        let found = self.sorts.iter().find(|sort| sort.name == ask.sort && given(sort.needs));
        found.ok_or_else(|| DbError::Refused(format!("danh sách không xếp được theo «{}»", ask.sort)))
    }
}

impl Store {
    /// A page of a list; each row is read by the function.
    ///
    /// # Errors
    /// [`DbError::Refused`] for what the list does not know or a cursor that is none of its own; else what
    /// the engine or the function says.
    pub async fn list_page<T>(
        &self,
        list: &'static List,
        ask: &Ask<'_>,
        place: Place<'_>,
        read: impl Fn(&Row) -> Result<T, DbError>,
    ) -> Result<Page<T>, DbError> {
        if ask.within.reach.is_nothing() {
            return Ok(Page::default());
        }
        let sort = list.sort(ask)?;
        let cursor = place.cursor.map(|text| Cursor::read(text, sort)).transpose()?;
        let size = usize::try_from(place.size.clamp(1, LARGEST_PAGE)).unwrap_or(1);
        let mut reader = self.reader().await?;
        let parts = spread::parts(&mut reader.conn(), list, ask).await?;
        let statement = Statement { list, ask, sort, parts: &parts };
        let wanted = int(size as u64).saturating_add(1);
        let found = statement.page(cursor.as_ref(), wanted).rows(&mut reader.conn()).await?;
        let mut placed = found.iter().map(|row| Placed::read(row, list, sort)).collect::<Result<Vec<_>, _>>()?;
        let way = cursor.as_ref().map_or(Way::After, |cursor| cursor.way);
        if parts.len() > 1 {
            let rising = (sort.order == Order::Rising) == (way == Way::After);
            placed.sort_by(|one, other| {
                let order = compare(&one.at, &other.at);
                if rising { order } else { order.reverse() }
            });
        }
        let more = placed.len() > size;
        placed.truncate(size);
        if way == Way::Before {
            placed.reverse();
        }
        // Whoever came by a cursor came from a row that stands on the other side of it.
        let came = cursor.is_some();
        let (is_before, is_after) = if way == Way::After { (came, more) } else { (more, came) };
        let at = |placed: Option<&Placed>, way| placed.map(|placed| Cursor::text(sort, way, &placed.at));
        Ok(Page {
            before: at(placed.first().filter(|_| is_before), Way::Before),
            after: at(placed.last().filter(|_| is_after), Way::After),
            rows: rows_of(&mut reader.conn(), list, &placed).await?.iter().map(read).collect::<Result<_, _>>()?,
        })
    }

    /// How many rows there are; more than [`COUNTED`] are not counted, the answer is one more then.
    ///
    /// # Errors
    /// As [`Store::list_page`].
    pub async fn list_count(&self, list: &'static List, ask: &Ask<'_>) -> Result<u64, DbError> {
        if ask.within.reach.is_nothing() {
            return Ok(0);
        }
        let mut reader = self.reader().await?;
        let parts = spread::parts(&mut reader.conn(), list, ask).await?;
        let statement = Statement { list, ask, sort: list.sort(ask)?, parts: &parts };
        let rows = statement.count(int(COUNTED).saturating_add(1)).rows(&mut reader.conn()).await?;
        rows.first().map_or(Ok(0), |row| row.count(0))
    }

    /// The plan of a page: which indexes answer. PostgreSQL is asked which ones could.
    ///
    /// # Errors
    /// As [`Store::list_page`].
    pub async fn list_plan(
        &self,
        list: &'static List,
        ask: &Ask<'_>,
        cursor: Option<&str>,
    ) -> Result<Vec<String>, DbError> {
        let sort = list.sort(ask)?;
        let cursor = cursor.map(|text| Cursor::read(text, sort)).transpose()?;
        let mut reader = self.reader().await?;
        let mut conn = reader.conn();
        let parts = spread::parts(&mut conn, list, ask).await?;
        let statement = Statement { list, ask, sort, parts: &parts };
        let mut plan = build::plan(&mut conn, statement.page(cursor.as_ref(), 51)).await?;
        let found = statement.page(cursor.as_ref(), 51).rows(&mut conn).await?;
        let placed = found.iter().map(|row| Placed::read(row, list, sort)).collect::<Result<Vec<_>, _>>()?;
        if !placed.is_empty() {
            plan.extend(build::plan(&mut conn, build::rows(list, placed.iter().map(|placed| &*placed.key))).await?);
        }
        Ok(plan)
    }
}

impl Placed {
    fn read(row: &Row, list: &List, sort: &Sort) -> Result<Self, DbError> {
        let at = values(row, 0, sort.columns);
        let key = values(row, sort.columns.len(), list.key);
        if at.iter().chain(&key).any(|value| value.arg().is_none()) {
            return Err(DbError::Unreadable(format!("bảng {}: cột xếp thứ tự", list.table)));
        }
        Ok(Self { at, key })
    }
}

fn values(row: &Row, first: usize, columns: &[(&str, Kind)]) -> Vec<Value> {
    (first..).zip(columns).map(|(column, (_, kind))| Value::read(row, column, *kind)).collect()
}

/// The rows of those keys, in their order; one that is gone since is left out.
async fn rows_of(conn: &mut Conn<'_>, list: &List, placed: &[Placed]) -> Result<Vec<Row>, DbError> {
    if placed.is_empty() {
        return Ok(Vec::new());
    }
    let found = build::rows(list, placed.iter().map(|placed| &*placed.key)).rows(conn).await?;
    let key = |row: &Row| values(row, list.columns.len(), list.key);
    let mut found: Vec<(Vec<Value>, Option<Row>)> = found.into_iter().map(|row| (key(&row), Some(row))).collect();
    found.sort_by(|(one, _), (other, _)| compare(one, other));
    let mut rows = Vec::with_capacity(placed.len());
    for one in placed {
        let at = found.binary_search_by(|(key, _)| compare(key, &one.key));
        rows.extend(at.ok().and_then(|at| found.get_mut(at)).and_then(|(_, row)| row.take()));
    }
    Ok(rows)
}
