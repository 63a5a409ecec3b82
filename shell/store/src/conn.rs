//! One small way to ask either engine: the same text, numbered places `$1`, three kinds of value.

use futures_util::future::BoxFuture;
use sqlx::postgres::{PgConnection, PgRow, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Row as _, SqlSafeStr, SqlStr};

use crate::error::DbError;

/// A connection in the middle of its work.
pub enum Conn<'c> {
    /// Embedded.
    Sqlite(&'c mut SqliteConnection),
    /// A server.
    Postgres(&'c mut PgConnection),
}

/// A value for a place of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// A row of an answer.
pub enum Row {
    /// Of SQLite.
    Sqlite(SqliteRow),
    /// Of PostgreSQL.
    Postgres(PgRow),
}

impl Conn<'_> {
    /// The same connection for a shorter time.
    pub fn reborrow(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(conn) => Conn::Sqlite(conn),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }

    /// Whether this is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Runs a statement; gives back the number of rows that it touched.
    ///
    /// # Errors
    /// What the engine says.
    pub fn run<'s>(&'s mut self, sql: &'static str, args: &'s [Arg<'s>]) -> BoxFuture<'s, Result<u64, DbError>> {
        self.run_text(sql.into_sql_str(), args)
    }

    /// Runs a statement put together by the query builder.
    ///
    /// # Errors
    /// What the engine says.
    pub fn run_text<'s>(&'s mut self, sql: SqlStr, args: &'s [Arg<'s>]) -> BoxFuture<'s, Result<u64, DbError>> {
        Box::pin(async move {
            match self {
                Self::Sqlite(conn) => Ok(bind_sqlite(sql, args).execute(&mut **conn).await?.rows_affected()),
                Self::Postgres(conn) => Ok(bind_postgres(sql, args).execute(&mut **conn).await?.rows_affected()),
            }
        })
    }

    /// The first row of an answer.
    ///
    /// # Errors
    /// What the engine says.
    pub fn row<'s>(
        &'s mut self,
        sql: &'static str,
        args: &'s [Arg<'s>],
    ) -> BoxFuture<'s, Result<Option<Row>, DbError>> {
        Box::pin(async move {
            match self {
                Self::Sqlite(conn) => {
                    let row = bind_sqlite(sql.into_sql_str(), args).fetch_optional(&mut **conn).await?;
                    Ok(row.map(Row::Sqlite))
                }
                Self::Postgres(conn) => {
                    let row = bind_postgres(sql.into_sql_str(), args).fetch_optional(&mut **conn).await?;
                    Ok(row.map(Row::Postgres))
                }
            }
        })
    }

    /// All rows of an answer; for answers that are known to be small.
    ///
    /// # Errors
    /// What the engine says.
    pub fn rows<'s>(&'s mut self, sql: &'static str, args: &'s [Arg<'s>]) -> BoxFuture<'s, Result<Vec<Row>, DbError>> {
        self.rows_text(sql.into_sql_str(), args)
    }

    /// All rows of a statement put together by the query builder.
    ///
    /// # Errors
    /// What the engine says.
    pub fn rows_text<'s>(&'s mut self, sql: SqlStr, args: &'s [Arg<'s>]) -> BoxFuture<'s, Result<Vec<Row>, DbError>> {
        Box::pin(async move {
            match self {
                Self::Sqlite(conn) => {
                    let rows = bind_sqlite(sql, args).fetch_all(&mut **conn).await?;
                    Ok(rows.into_iter().map(Row::Sqlite).collect())
                }
                Self::Postgres(conn) => {
                    let rows = bind_postgres(sql, args).fetch_all(&mut **conn).await?;
                    Ok(rows.into_iter().map(Row::Postgres).collect())
                }
            }
        })
    }
}

/// A text of SQL that the query builder put together from its own allow-listed pieces.
pub(crate) fn built(sql: String) -> SqlStr {
    AssertSqlSafe(sql).into_sql_str()
}

fn bind_sqlite<'q>(sql: SqlStr, args: &[Arg<'q>]) -> Query<'q, Sqlite, sqlx::sqlite::SqliteArguments> {
    let mut query = sqlx::query(sql);
    for arg in args {
        query = match *arg {
            Arg::Int(value) => query.bind(value),
            Arg::Text(value) => query.bind(value),
            Arg::Bytes(value) => query.bind(value),
        };
    }
    query
}

fn bind_postgres<'q>(sql: SqlStr, args: &[Arg<'q>]) -> Query<'q, Postgres, sqlx::postgres::PgArguments> {
    let mut query = sqlx::query(sql);
    for arg in args {
        query = match *arg {
            Arg::Int(value) => query.bind(value),
            Arg::Text(value) => query.bind(value),
            Arg::Bytes(value) => query.bind(value),
        };
    }
    query
}

impl Row {
    /// A whole number.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn int(&self, column: usize) -> Result<i64, DbError> {
        match self {
            Self::Sqlite(row) => Ok(row.try_get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A whole number that can't be negative.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn count(&self, column: usize) -> Result<u64, DbError> {
        u64::try_from(self.int(column)?).map_err(|_| DbError::Unreadable("số âm".to_owned()))
    }

    /// A text.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn text(&self, column: usize) -> Result<String, DbError> {
        match self {
            Self::Sqlite(row) => Ok(row.try_get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// Bytes.
    ///
    /// # Errors
    /// Where the column holds something else.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, DbError> {
        match self {
            Self::Sqlite(row) => Ok(row.try_get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A hash.
    ///
    /// # Errors
    /// Where the column does not hold 32 bytes.
    pub fn hash(&self, column: usize) -> Result<cchc_ledger::Hash, DbError> {
        let bytes = self.bytes(column)?;
        cchc_ledger::Hash::from_slice(&bytes).ok_or_else(|| DbError::Unreadable("mã băm không đủ 32 byte".to_owned()))
    }
}

/// A count as the databases hold it.
#[must_use]
pub fn int(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
