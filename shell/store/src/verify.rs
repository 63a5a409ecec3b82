//! `ledger verify`: proves from the stored bytes alone that nothing was changed, lost or added.
//!
//! | what | how | see |
//! |---|---|---|
//! | pages and indexes | SQLite's own check | here |
//! | sessions, passwords, jobs … | the seal of each row | [`sealed`] |
//! | events, heads and states | the chain of each stream, replayed | [`events`] |
//! | the one order | the chain of the log, each event in it once | [`order`] |
//! | requests | each explained by its events, and the other way round | [`requests`] |
//! | read tables and claims | projected again into a scratch database, compared row by row | [`derived`] |
//! | files | size and hash | [`files`] |
//!
//! Not provable from inside: that a whole sealed row was taken away, and that the end of the log was cut
//! off together with everything that it ordered. For the second, hand in an [`Verify::anchor`] noted earlier.

pub mod derived;
pub mod events;
pub mod files;
pub mod order;
pub mod report;
pub mod requests;
mod scratch;
pub mod sealed;
pub mod walk;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cchc_ledger::Hash;

use crate::catalog::{self, TABLES};
use crate::conn::Conn;
use crate::error::DbError;
use crate::kinds::Kinds;
use crate::snapshot::Snapshot;
use crate::store::Store;
use crate::table;

pub use report::{Broken, Report};
use report::{Findings, Work};

/// Told how many of how many rows are done.
pub type Progress = Arc<dyn Fn(u64, u64) + Send + Sync>;

/// Whether the files beside the database are read too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// Every file is read and hashed.
    Read,
    /// They are left alone.
    Skip,
}

/// What is to be proved, and how.
#[derive(Clone)]
pub struct Verify {
    /// The kinds of streams.
    pub kinds: Kinds,
    /// At most so many broken rows are listed; the rest is counted.
    pub most: usize,
    /// Whether the files are read.
    pub files: Files,
    /// A position of the log and its hash, noted earlier, that must still stand.
    pub anchor: Option<(u64, Hash)>,
    /// Where the scratch database is made: about as large as the read tables.
    pub scratch: PathBuf,
}

impl Default for Verify {
    fn default() -> Self {
        let scratch = std::env::temp_dir();
        Self { kinds: Kinds::all(), most: 100, files: Files::Read, anchor: None, scratch }
    }
}

/// A progress that nobody watches.
#[must_use]
pub fn silent() -> Progress {
    Arc::new(|_, _| {})
}

impl Store {
    /// Proves the store as it stands at one moment; writing may go on.
    ///
    /// # Errors
    /// Where the database or the scratch database can't be used at all; damage is a finding, not an error.
    pub async fn verify(&self, verify: &Verify, progress: Progress) -> Result<Report, DbError> {
        let mut snapshot = Snapshot::of(self).await?;
        let report = run(&mut snapshot.conn(), self.folder(), verify, progress).await;
        snapshot.end().await?;
        report
    }
}

/// Proves a database in a transaction of its own, with the files in that folder.
pub(crate) async fn run(
    conn: &mut Conn<'_>,
    folder: &Path,
    verify: &Verify,
    progress: Progress,
) -> Result<Report, DbError> {
    let mut work = Work { done: 0, total: 0, progress, findings: Findings::new(verify.most) };
    pages(conn, &mut work.findings).await?;
    for one in TABLES {
        match table::count(conn, one).await {
            Ok(rows) => work.total = work.total.saturating_add(rows),
            Err(error) => work.findings.unreadable(one.name, error)?,
        }
    }
    // First, since the keys of personal data stand in such a table: with a damaged one nothing projects as it did.
    sealed::check(conn, &mut work).await?;
    let mut scratch = scratch::Scratch::new(&verify.scratch).await?;
    let replayed = replay(conn, verify, &mut scratch, &mut work).await;
    scratch.end().await;
    let (events, log) = replayed?;
    if verify.files == Files::Read {
        files::check(conn, folder, &mut work).await?;
    }
    let rows = work.done;
    Ok(Report {
        events: events.events,
        streams: events.streams,
        rows,
        position: log.position,
        head: log.head,
        waiting: log.waiting,
        old_states: events.old_states,
        findings: work.findings.list,
        more: work.findings.more,
    })
}

async fn replay(
    conn: &mut Conn<'_>,
    verify: &Verify,
    scratch: &mut scratch::Scratch,
    work: &mut Work,
) -> Result<(events::Seen, order::Seen), DbError> {
    scratch.take_keys(conn, &mut work.findings).await?;
    let seen = events::check(conn, scratch, &verify.kinds, work).await?;
    let log = order::check(conn, &seen, verify.anchor, work).await?;
    requests::check(conn, work).await?;
    for one in TABLES.iter().filter(|table| derived::is_projected(table)) {
        derived::check(conn, &mut scratch.conn(), one, work).await?;
    }
    for name in ["streams", "requests"] {
        let rows = match catalog::table(name) {
            Some(one) => table::count(conn, one).await.unwrap_or(0),
            None => 0,
        };
        work.step(rows);
    }
    Ok((seen, log))
}

/// What SQLite itself says of its pages and indexes; PostgreSQL has no such question.
async fn pages(conn: &mut Conn<'_>, findings: &mut Findings) -> Result<(), DbError> {
    if conn.is_postgres() {
        return Ok(());
    }
    let rows = match conn.rows("PRAGMA integrity_check(20)", &[]).await {
        Ok(rows) => rows,
        Err(error) => return findings.unreadable("cchc.db", error),
    };
    for row in &rows {
        let said = row.text(0)?;
        if said != "ok" {
            findings.add("cchc.db", "", format!("tệp cơ sở dữ liệu hỏng: {said}"));
        }
    }
    for row in &conn.rows("PRAGMA foreign_key_check", &[]).await? {
        let table = row.text(0)?;
        findings.add(&table, "", format!("bảng {table} có dòng trỏ tới dòng không tồn tại"));
    }
    Ok(())
}
