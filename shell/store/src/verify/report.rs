//! What `ledger verify` answers.

use cchc_ledger::Hash;

use super::Progress;
use crate::error::DbError;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many events were read.
    pub events: u64,
    /// In how many streams.
    pub streams: u64,
    /// How many rows of all tables were looked at.
    pub rows: u64,
    /// Position of the last entry of the log.
    pub position: u64,
    /// Its hash: with the position it vouches for everything before it.
    pub head: Hash,
    /// Events that wait for their position (PostgreSQL).
    pub waiting: u64,
    /// Saved states of an earlier form, which are never read; a rebuild renews them.
    pub old_states: u64,
    /// What is broken, the first first.
    pub findings: Vec<Broken>,
    /// How many more there are that are not listed.
    pub more: u64,
}

impl Report {
    /// Whether nothing is broken.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    /// The first broken row.
    #[must_use]
    pub fn first(&self) -> Option<&Broken> {
        self.findings.first()
    }
}

/// A broken row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its table; `cchc.db` for the file itself.
    pub table: String,
    /// Its key, column after column; empty where the whole table is meant.
    pub key: String,
    /// What is wrong, a sentence for the user.
    pub what: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.key.is_empty() {
            true => write!(out, "{}: {}", self.table, self.what),
            false => write!(out, "{} «{}»: {}", self.table, self.key, self.what),
        }
    }
}

/// What was found so far.
#[derive(Debug)]
pub(crate) struct Findings {
    pub list: Vec<Broken>,
    pub more: u64,
    most: usize,
}

impl Findings {
    pub(crate) fn new(most: usize) -> Self {
        Self { list: Vec::new(), more: 0, most: most.max(1) }
    }

    pub(crate) fn add(&mut self, table: &str, key: impl Into<String>, what: impl Into<String>) {
        if self.list.len() >= self.most {
            self.more = self.more.saturating_add(1);
            return;
        }
        self.list.push(Broken { table: table.to_owned(), key: key.into(), what: what.into() });
    }

    /// How many more are worth asking the engine for.
    pub(crate) fn room(&self) -> i64 {
        i64::try_from(self.most.saturating_sub(self.list.len()).max(1)).unwrap_or(i64::MAX)
    }

    /// A table that can't be read further: a finding where its pages are damaged, else an error.
    pub(crate) fn unreadable(&mut self, table: &str, error: DbError) -> Result<(), DbError> {
        if !is_damage(&error) {
            return Err(error);
        }
        self.add(table, "", format!("không đọc được hết bảng, trang dữ liệu hỏng: {error}"));
        Ok(())
    }
}

/// Whether pages are damaged, or (after that, on PostgreSQL) the transaction is of no use any more.
fn is_damage(error: &DbError) -> bool {
    match error.code().as_deref() {
        Some("XX001" | "XX002" | "25P02") => true,
        // SQLITE_CORRUPT, SQLITE_NOTADB and their extended codes.
        Some(code) => code.parse::<i64>().is_ok_and(|code| matches!(code & 0xff, 11 | 26)),
        None => false,
    }
}

/// Findings and progress of one run.
pub(crate) struct Work {
    pub done: u64,
    pub total: u64,
    pub progress: Progress,
    pub findings: Findings,
}

impl Work {
    pub(crate) fn step(&mut self, rows: u64) {
        self.done = self.done.saturating_add(rows);
        (self.progress)(self.done, self.total.max(self.done));
    }
}
