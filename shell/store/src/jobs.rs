//! What is to be done later, at least once: one table, leased by a conditional update.
//!
//! A job's id is the hash of its cause and its target, so queueing it twice is queueing it once.

use cchc_ledger::{Hash, Moment};

use crate::conn::{Arg, Conn};
use crate::error::DbError;
use crate::kept::FollowUp;
use crate::sealed_row::seal;
use crate::store::Store;

/// How long a worker may take before somebody else may try.
const LEASE_SECONDS: i64 = 60;
/// After so many failures a job waits for a person.
pub const MOST_ATTEMPTS: i64 = 20;

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Hash of cause and target.
    pub id: String,
    /// Which handler.
    pub kind: String,
    /// What the handler needs.
    pub payload: Vec<u8>,
    /// The event that set it off.
    pub cause: Hash,
    /// Not before this.
    pub due_at: Moment,
    /// How often it was tried.
    pub attempts: i64,
    /// Until when somebody works on it; 0: nobody.
    pub leased_until: Moment,
    /// When it was done; 0: not yet.
    pub done_at: Moment,
    /// How far it is, in percent.
    pub progress: i64,
    /// What went wrong last; empty: nothing.
    pub error: String,
}

/// The id of the job that follows from an event.
#[must_use]
pub fn id_of(cause: &Hash, follow_up: &FollowUp) -> String {
    let parts = [cause.as_bytes(), follow_up.kind.as_bytes(), follow_up.target.as_bytes()];
    Hash::of_parts("cchc ledger job 1", &parts).to_string()
}

/// Queues what follows from an event.
pub(crate) async fn queue(
    conn: &mut Conn<'_>,
    cause: &Hash,
    follow_up: &FollowUp,
    due_at: Moment,
) -> Result<(), DbError> {
    let job = Job {
        id: id_of(cause, follow_up),
        kind: follow_up.kind.to_owned(),
        payload: follow_up.payload.clone(),
        cause: *cause,
        due_at,
        attempts: 0,
        leased_until: Moment(0),
        done_at: Moment(0),
        progress: 0,
        error: String::new(),
    };
    job.with_args(async |args| conn.run(INSERT, args).await).await?;
    Ok(())
}

impl Job {
    /// Hands the values of its row, the seal last, to a statement.
    async fn with_args<T>(&self, run: impl AsyncFnOnce(&[Arg<'_>]) -> T) -> T {
        let values = [
            Arg::Text(&self.id),
            Arg::Text(&self.kind),
            Arg::Bytes(&self.payload),
            Arg::Bytes(self.cause.as_bytes()),
            Arg::Int(self.due_at.0),
            Arg::Int(self.attempts),
            Arg::Int(self.leased_until.0),
            Arg::Int(self.done_at.0),
            Arg::Int(self.progress),
            Arg::Text(&self.error),
        ];
        let sealed = seal("jobs", &values);
        let mut args = values.to_vec();
        args.push(Arg::Bytes(sealed.as_bytes()));
        run(&args).await
    }

    /// Whether nobody tries it any more until a person says so.
    #[must_use]
    pub const fn is_given_up(&self) -> bool {
        self.done_at.0 == 0 && self.leased_until.0 == 0 && self.attempts >= MOST_ATTEMPTS
    }

    fn read(row: &crate::conn::Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text(0)?,
            kind: row.text(1)?,
            payload: row.bytes(2)?,
            cause: row.hash(3)?,
            due_at: Moment(row.int(4)?),
            attempts: row.int(5)?,
            leased_until: Moment(row.int(6)?),
            done_at: Moment(row.int(7)?),
            progress: row.int(8)?,
            error: row.text(9)?,
        })
    }
}

const INSERT: &str = "INSERT INTO jobs (id, kind, payload, cause, due_at, attempts, leased_until, done_at, progress, \
    error, seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING";
const UPDATE: &str = "UPDATE jobs SET kind = $2, payload = $3, cause = $4, due_at = $5, attempts = $6, \
    leased_until = $7, done_at = $8, progress = $9, error = $10, seal = $11 WHERE id = $1";
const OPEN: &str = "SELECT id, kind, payload, cause, due_at, attempts, leased_until, done_at, progress, error \
    FROM jobs WHERE done_at = 0 AND due_at <= $1 AND leased_until <= $1 AND attempts < $2 ORDER BY due_at, id LIMIT 1";
const OPEN_LOCKED: &str = "SELECT id, kind, payload, cause, due_at, attempts, leased_until, done_at, progress, error \
    FROM jobs WHERE done_at = 0 AND due_at <= $1 AND leased_until <= $1 AND attempts < $2 ORDER BY due_at, id LIMIT 1 \
    FOR UPDATE SKIP LOCKED";
const BY_ID: &str = "SELECT id, kind, payload, cause, due_at, attempts, leased_until, done_at, progress, error \
    FROM jobs WHERE id = $1";
const LATEST: &str = "SELECT id, kind, payload, cause, due_at, attempts, leased_until, done_at, progress, error \
    FROM jobs ORDER BY done_at, due_at, id LIMIT $1";
const RECENT: &str = "SELECT id, kind, payload, cause, due_at, attempts, leased_until, done_at, progress, error \
    FROM jobs WHERE done_at > 0 ORDER BY done_at DESC, due_at DESC, id DESC LIMIT $1";

impl Store {
    /// Queues a job that a person asked for and no event set off; the same request again is the same job.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn job_add(&self, kind: &str, request: &str, payload: Vec<u8>) -> Result<String, DbError> {
        let id = Hash::of_parts("cchc asked job 1", &[kind.as_bytes(), request.as_bytes()]).to_string();
        let job = Job {
            id: id.clone(),
            kind: kind.to_owned(),
            payload,
            cause: Hash::default(),
            due_at: self.now(),
            attempts: 0,
            leased_until: Moment(0),
            done_at: Moment(0),
            progress: 0,
            error: String::new(),
        };
        self.write(move |conn| {
            let job = job.clone();
            Box::pin(async move { job.with_args(async |args| conn.run(INSERT, args).await.map(|_| ())).await })
        })
        .await?;
        Ok(id)
    }

    /// Has a job that was given up tried again, as if for the first time; `false`: there is none such.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn job_retry(&self, id: &str) -> Result<bool, DbError> {
        let (id, now) = (id.to_owned(), self.now());
        self.write(move |conn| {
            let id = id.clone();
            Box::pin(async move {
                let Some(row) = conn.row(BY_ID, &[Arg::Text(&id)]).await? else { return Ok(false) };
                let mut job = Job::read(&row)?;
                if !job.is_given_up() {
                    return Ok(false);
                }
                (job.attempts, job.due_at) = (0, now);
                job.with_args(async |args| conn.run(UPDATE, args).await).await?;
                Ok(true)
            })
        })
        .await
    }

    /// Takes the next job that is due; nobody else gets it for a minute.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn job_take(&self) -> Result<Option<Job>, DbError> {
        let now = self.now();
        // Most of the time there is nothing to do, which a reader sees without troubling the one writer.
        let mut reader = self.reader().await?;
        let due = reader.conn().row(OPEN, &[Arg::Int(now.0), Arg::Int(MOST_ATTEMPTS)]).await?.is_some();
        drop(reader);
        if !due {
            return Ok(None);
        }
        self.write(move |conn| {
            Box::pin(async move {
                let sql = if conn.is_postgres() { OPEN_LOCKED } else { OPEN };
                let Some(row) = conn.row(sql, &[Arg::Int(now.0), Arg::Int(MOST_ATTEMPTS)]).await? else {
                    return Ok(None);
                };
                let mut job = Job::read(&row)?;
                job.attempts = job.attempts.saturating_add(1);
                job.leased_until = now.plus_seconds(LEASE_SECONDS);
                job.with_args(async |args| conn.run(UPDATE, args).await).await?;
                Ok(Some(job))
            })
        })
        .await
    }

    /// Writes how a job went: `Ok`: done; an error: tried again later.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn job_put(&self, mut job: Job, outcome: Result<(), String>) -> Result<(), DbError> {
        let now = self.now();
        job.leased_until = Moment(0);
        match outcome {
            Ok(()) => (job.done_at, job.progress, job.error) = (now, 100, String::new()),
            Err(error) => {
                job.error = error;
                job.due_at = now.plus_seconds(job.attempts.saturating_mul(job.attempts));
            }
        }
        self.job_save(job).await
    }

    /// Writes how far a job is, in percent, and keeps its lease for another minute.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn job_progress(&self, job: &mut Job, percent: i64) -> Result<(), DbError> {
        job.progress = percent.clamp(0, 100);
        job.leased_until = self.now().plus_seconds(LEASE_SECONDS);
        self.job_save(job.clone()).await
    }

    async fn job_save(&self, job: Job) -> Result<(), DbError> {
        self.write(move |conn| {
            let job = job.clone();
            Box::pin(async move { job.with_args(async |args| conn.run(UPDATE, args).await.map(|_| ())).await })
        })
        .await
    }

    /// One job.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn job_find(&self, id: &str) -> Result<Option<Job>, DbError> {
        let mut reader = self.reader().await?;
        reader.conn().row(BY_ID, &[Arg::Text(id)]).await?.as_ref().map(Job::read).transpose()
    }

    /// The open jobs, then the done ones.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn job_list(&self, limit: u32) -> Result<Vec<Job>, DbError> {
        let mut reader = self.reader().await?;
        reader.conn().rows(LATEST, &[Arg::Int(i64::from(limit))]).await?.iter().map(Job::read).collect()
    }

    /// The jobs that were done last, the latest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn job_recent(&self, limit: u32) -> Result<Vec<Job>, DbError> {
        let mut reader = self.reader().await?;
        reader.conn().rows(RECENT, &[Arg::Int(i64::from(limit))]).await?.iter().map(Job::read).collect()
    }
}
