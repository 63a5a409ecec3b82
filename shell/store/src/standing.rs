//! How the store is doing: what whoever runs it wants to see.

use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::jobs::MOST_ATTEMPTS;
use crate::migrate::Schema;
use crate::store::Store;

/// How the store is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Jobs that wait or are being done.
    pub jobs_open: u64,
    /// Of them those that were given up and wait for a person.
    pub jobs_given_up: u64,
    /// Events that wait for their place in the one order.
    pub events_waiting: u64,
    /// Number of the last change of the schema.
    pub schema: i64,
    /// Size of the database in bytes.
    pub database: u64,
    /// Files that are kept.
    pub files: u64,
    /// Their size in bytes.
    pub files_size: u64,
}

impl Store {
    /// How the store is doing now.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn standing(&self) -> Result<Standing, DbError> {
        let mut reader = self.reader().await?;
        let mut conn = reader.conn();
        let size = if conn.is_postgres() {
            "SELECT pg_database_size(current_database())"
        } else {
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        };
        let given_up = "SELECT COUNT(*) FROM jobs WHERE done_at = 0 AND attempts >= $1 AND leased_until = 0";
        Ok(Standing {
            jobs_open: one(&mut conn, "SELECT COUNT(*) FROM jobs WHERE done_at = 0", &[]).await?,
            jobs_given_up: one(&mut conn, given_up, &[Arg::Int(MOST_ATTEMPTS)]).await?,
            events_waiting: one(&mut conn, "SELECT COUNT(*) FROM outbox", &[]).await?,
            schema: Schema::known(),
            database: one(&mut conn, size, &[]).await?,
            files: one(&mut conn, "SELECT COUNT(*) FROM files", &[]).await?,
            files_size: one(&mut conn, "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM files", &[]).await?,
        })
    }
}

async fn one(conn: &mut Conn<'_>, sql: &'static str, args: &[Arg<'_>]) -> Result<u64, DbError> {
    conn.row(sql, args).await?.map_or(Ok(0), |row| row.count(0))
}
