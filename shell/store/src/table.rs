//! Rows of any table of the catalog, read and written without knowing what they mean.
//!
//! Reading goes by key in pages, so that memory stays bounded, and never fails at a damaged value: that
//! becomes [`Value::Raw`] or [`Value::Damaged`], to be named by whoever reads.

use std::cmp::Ordering;
use std::fmt;

use crate::catalog::{Kind, Table};
use crate::conn::{Arg, Conn, Row, built};
use crate::error::DbError;

/// So many rows are read at once.
pub const PAGE: usize = 512;
/// So many rows are inserted by one statement.
const TOGETHER: usize = 64;
/// At most so many characters of a value are shown.
const SHOWN: usize = 40;

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A text that is not UTF-8: only damage makes it.
    Raw(Vec<u8>),
    /// Something that the column can't hold; why it can't be read.
    Damaged(String),
}

/// A row in the order of the catalog's columns.
pub type Values = Vec<Value>;

impl Value {
    /// Reads a value, whatever it is.
    #[must_use]
    pub fn read(row: &Row, column: usize, kind: Kind) -> Self {
        let value = match (kind, row) {
            (Kind::Int, _) => row.int(column).map(Self::Int),
            (Kind::Text, Row::Postgres(_)) => row.text(column).map(Self::Text),
            (Kind::Text, Row::Sqlite(_)) => row.bytes(column).map(|bytes| match String::from_utf8(bytes) {
                Ok(text) => Self::Text(text),
                Err(error) => Self::Raw(error.into_bytes()),
            }),
            (Kind::Bytes, _) => row.bytes(column).map(Self::Bytes),
        };
        value.unwrap_or_else(|error| Self::Damaged(error.to_string()))
    }

    /// As a value of a statement; `None` where it is damaged.
    #[must_use]
    pub fn arg(&self) -> Option<Arg<'_>> {
        match self {
            Self::Int(number) => Some(Arg::Int(*number)),
            Self::Text(text) => Some(Arg::Text(text)),
            Self::Bytes(bytes) => Some(Arg::Bytes(bytes)),
            Self::Raw(_) | Self::Damaged(_) => None,
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Int(_) => &[],
            Self::Text(text) | Self::Damaged(text) => text.as_bytes(),
            Self::Bytes(bytes) | Self::Raw(bytes) => bytes,
        }
    }
}

/// The order of both engines: numbers by size, all else byte by byte.
#[must_use]
pub fn compare(one: &[Value], other: &[Value]) -> Ordering {
    let pairs = one.iter().zip(other);
    pairs.fold(Ordering::Equal, |order, (one, other)| {
        order.then_with(|| match (one, other) {
            (Value::Int(one), Value::Int(other)) => one.cmp(other),
            _ => one.bytes().cmp(other.bytes()),
        })
    })
}

/// Shortened, for a sentence.
impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = |text: &str| {
            let start: String = text.chars().take(SHOWN).collect();
            if start.len() < text.len() { format!("{start}…") } else { start }
        };
        match self {
            Self::Int(number) => number.fmt(out),
            Self::Text(text) => out.write_str(&short(text)),
            Self::Raw(bytes) => out.write_str(&short(&String::from_utf8_lossy(bytes))),
            Self::Damaged(_) => out.write_str("(không đọc được)"),
            Self::Bytes(bytes) => {
                let digits: String = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
                out.write_str(&short(&digits))
            }
        }
    }
}

/// A key as it is shown: its columns with spaces between.
#[must_use]
pub fn key_text(key: &[Value]) -> String {
    let full = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        value => value.to_string(),
    };
    key.iter().map(full).collect::<Vec<_>>().join(" ")
}

impl Table {
    /// The columns of the key of a row.
    #[must_use]
    pub fn key_of<'r>(&self, row: &'r [Value]) -> &'r [Value] {
        row.get(..self.key).unwrap_or(row)
    }

    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

/// A table being read by key, page by page.
#[derive(Debug)]
pub struct Pages {
    table: &'static Table,
    after: Option<Values>,
    ended: bool,
    sql: [Option<String>; 2],
}

impl Pages {
    /// The whole table.
    #[must_use]
    pub fn of(table: &'static Table) -> Self {
        Self { table, after: None, ended: false, sql: [None, None] }
    }

    /// The next rows, in the order of the key; none: that was all.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn next(&mut self, conn: &mut Conn<'_>) -> Result<Vec<Values>, DbError> {
        if self.ended {
            return Ok(Vec::new());
        }
        let postgres = conn.is_postgres();
        let [first, later] = &mut self.sql;
        let slot = if self.after.is_some() { later } else { first };
        let sql = slot.get_or_insert_with(|| select(self.table, self.after.is_some(), postgres)).clone();
        let after = self.after.as_deref().unwrap_or(&[]);
        let args: Vec<Arg<'_>> = after.iter().map(|value| key_arg(value, postgres)).collect();
        let rows = conn.rows_text(built(sql), &args).await?;
        let page: Vec<Values> = rows.iter().map(|row| read(row, self.table)).collect();
        match page.last() {
            Some(last) => self.after = Some(self.table.key_of(last).to_vec()),
            None => self.ended = true,
        }
        // Beyond a key that can't be read there is no "after".
        let lost = self.after.iter().flatten().any(|value| matches!(value, Value::Damaged(_)));
        self.ended |= page.len() < PAGE || lost;
        Ok(page)
    }
}

/// A row of a `SELECT` of all columns of a table.
fn read(row: &Row, table: &Table) -> Values {
    table.columns.iter().enumerate().map(|(column, (_, kind))| Value::read(row, column, *kind)).collect()
}

/// SQLite is asked with the bytes of a text, so that a damaged one can be passed by too.
fn key_arg(value: &Value, postgres: bool) -> Arg<'_> {
    match value {
        Value::Int(number) => Arg::Int(*number),
        Value::Text(text) if postgres => Arg::Text(text),
        value => Arg::Bytes(value.bytes()),
    }
}

fn select(table: &Table, later: bool, postgres: bool) -> String {
    let key: Vec<_> = table.columns.iter().take(table.key).collect();
    let names = key.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    let place = |(number, (_, kind)): (usize, &&(&str, Kind))| match kind {
        Kind::Text if !postgres => format!("CAST(${number} AS TEXT)"),
        _ => format!("${number}"),
    };
    let places = (1..).zip(&key).map(place).collect::<Vec<_>>().join(", ");
    let after = if later { format!(" WHERE ({names}) > ({places})") } else { String::new() };
    format!("SELECT {} FROM {}{after} ORDER BY {names} LIMIT {PAGE}", table.names(), table.name)
}

/// How many rows a table has.
///
/// # Errors
/// What the engine says.
pub async fn count(conn: &mut Conn<'_>, table: &Table) -> Result<u64, DbError> {
    let row = conn.rows_text(built(format!("SELECT COUNT(*) FROM {}", table.name)), &[]).await?;
    row.first().map_or(Ok(0), |row| row.count(0))
}

/// Writes rows as they are.
///
/// # Errors
/// What the engine says; [`DbError::Unreadable`] where a value is damaged.
pub async fn insert(conn: &mut Conn<'_>, table: &Table, rows: &[Values]) -> Result<(), DbError> {
    let mut rest = rows;
    while !rest.is_empty() {
        // Two sizes of statement only, so that both stay prepared.
        let size = if rest.len() >= TOGETHER { TOGETHER } else { 1 };
        let (now, later) = rest.split_at_checked(size).unwrap_or((rest, &[]));
        let args: Option<Vec<Arg<'_>>> = now.iter().flatten().map(Value::arg).collect();
        let args = args.ok_or_else(|| {
            let key = now.first().map(|row| key_text(table.key_of(row))).unwrap_or_default();
            DbError::Unreadable(format!("bảng {}, dòng «{key}» hoặc gần đó: giá trị hỏng", table.name))
        })?;
        conn.run_text(built(insert_text(table, size)), &args).await?;
        rest = later;
    }
    Ok(())
}

fn insert_text(table: &Table, rows: usize) -> String {
    let mut numbers = 1_usize..;
    let mut row = || {
        let places: Vec<String> =
            numbers.by_ref().take(table.columns.len()).map(|number| format!("${number}")).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(|_| row()).collect();
    format!("INSERT INTO {} ({}) VALUES {}", table.name, table.names(), rows.join(", "))
}

/// Copies a table from one database into another, page by page; gives back the number of rows.
///
/// # Errors
/// What either engine says.
pub async fn copy(
    from: &mut Conn<'_>,
    into: &mut Conn<'_>,
    table: &'static Table,
    step: &(dyn Fn(u64) + Send + Sync),
) -> Result<u64, DbError> {
    let (mut pages, mut total) = (Pages::of(table), 0_u64);
    loop {
        let page = pages.next(from).await?;
        if page.is_empty() {
            return Ok(total);
        }
        insert(into, table, &page).await?;
        let rows = u64::try_from(page.len()).unwrap_or(0);
        total = total.saturating_add(rows);
        step(rows);
    }
}
