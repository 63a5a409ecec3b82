//! SQLite: one writer that owns its connection and commits waiting commands as a group.
//!
//! A refusal or a constraint rolls back its own savepoint. Any other error discards the connection and
//! fails the whole group as unknown: a full disk inside a savepoint rolls back the whole transaction,
//! and answering each command by itself would lose some and invent others.
//!
//! Another program may write in between (`cchc user add` beside a server): each group first looks whether
//! one did, and then forgets what it remembered.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use cchc_ledger::{Hash, Moment, StreamId};
use futures_util::future::BoxFuture;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::{mpsc, oneshot};

use crate::append::{self, Failure, Loaded, Order};
use crate::commit::{Asked, Committed, unknown};
use crate::conn::Conn;
use crate::error::{CommitError, DbError};
use crate::health::Health;
use crate::kept::Kept;
use crate::store::Clock;

/// At most so many commands share a transaction.
const LARGEST_GROUP: usize = 64;
/// So often others may run while a group waits for those who are expected.
const TURNS: usize = 32;
/// So many streams stay in memory with their states.
const KNOWN_STREAMS: usize = 4_096;
/// So many commands may wait.
const QUEUE: usize = 1_024;

type Work = Box<dyn for<'w> FnOnce(&'w mut Writer) -> BoxFuture<'w, Verdict> + Send>;
type Reply = Box<dyn FnOnce(Result<(), DbError>) + Send>;

/// How a savepoint ends, alone or with the next one begun: one way to the engine instead of two.
struct Ends {
    last: &'static str,
    and_next: &'static str,
}

impl Ends {
    const KEEP: Self = Self { last: "RELEASE command", and_next: "RELEASE command; SAVEPOINT command" };
    const UNDO: Self = Self { last: "ROLLBACK TO command; RELEASE command", and_next: "ROLLBACK TO command" };
}

/// What one piece of work means for the group.
enum Verdict {
    /// Keep what it wrote; answer after the commit.
    Keep(Reply),
    /// Undo what it wrote; answer after the commit, since it was decided upon what the group wrote.
    Undo(Reply),
    /// The connection can't be trusted any more.
    Broken(Reply, DbError),
}

/// The way to the writer.
#[derive(Clone)]
pub(crate) struct Queue {
    work: mpsc::Sender<Work>,
    /// Closed when the writer has ended.
    ended: Arc<tokio::sync::Notify>,
}

/// The connection and what is known of the streams.
struct Writer {
    conn: SqliteConnection,
    clock: Clock,
    order: Order,
    last: Moment,
    /// Changes when another connection has written.
    others: i64,
    /// How many commands the last group had.
    expected: usize,
    known: HashMap<StreamId, Box<dyn Any + Send>>,
}

/// Starts the writer; it ends when the last queue is dropped, after what waits is done.
pub(crate) async fn start(options: SqliteConnectOptions, clock: Clock, health: Health) -> Result<Queue, DbError> {
    let writer = Writer::open(&options, clock.clone()).await?;
    let (work, waiting) = mpsc::channel(QUEUE);
    let ended = Arc::new(tokio::sync::Notify::new());
    let signal = Arc::clone(&ended);
    tokio::spawn(async move {
        run(Some(writer), &options, &clock, &health, waiting).await;
        signal.notify_one();
    });
    Ok(Queue { work, ended })
}

async fn run(
    mut held: Option<Writer>,
    options: &SqliteConnectOptions,
    clock: &Clock,
    health: &Health,
    mut waiting: mpsc::Receiver<Work>,
) {
    while let Some(first) = waiting.recv().await {
        let mut writer = match held.take() {
            Some(writer) => writer,
            None => match Writer::open(options, clock.clone()).await {
                Ok(writer) => writer,
                Err(error) => {
                    tracing::error!(%error, "the writer can't open the database");
                    if error.is_disk() {
                        health.note_disk(&error.to_string());
                    }
                    // Dropping the work drops its answer: the caller hears that it is unknown.
                    continue;
                }
            },
        };
        match writer.group(first, &mut waiting).await {
            Ok(()) => held = Some(writer),
            Err(error) => {
                tracing::error!(%error, "a group failed; the connection is discarded");
                drop(writer.conn.close_hard().await);
            }
        }
    }
    if let Some(writer) = held {
        drop(writer.conn.close().await);
    }
}

impl Writer {
    async fn open(options: &SqliteConnectOptions, clock: Clock) -> Result<Self, DbError> {
        let mut conn = options.connect().await?;
        let others = others(&mut Conn::Sqlite(&mut conn)).await?;
        let (position, hash, last) = crate::log::end(&mut Conn::Sqlite(&mut conn)).await?;
        Ok(Self { conn, clock, order: Order::Log { position, hash }, last, others, expected: 1, known: HashMap::new() })
    }

    /// Forgets what was remembered where somebody else has written since the last group.
    async fn catch_up(&mut self) -> Result<(), DbError> {
        let mut conn = Conn::Sqlite(&mut self.conn);
        let others = others(&mut conn).await?;
        if others == self.others {
            return Ok(());
        }
        let (position, hash, last) = crate::log::end(&mut conn).await?;
        self.order = Order::Log { position, hash };
        self.last = self.last.max(last);
        self.known.clear();
        self.others = others;
        Ok(())
    }

    /// Carries out a group; an error means that nothing of it is known to have been done.
    async fn group(&mut self, first: Work, waiting: &mut mpsc::Receiver<Work>) -> Result<(), DbError> {
        let mut replies = Vec::new();
        let done = self.collect(first, waiting, &mut replies).await;
        let done = match done {
            Ok(()) => self.plain("COMMIT").await,
            Err(error) => Err(error),
        };
        self.expected = replies.len();
        let told = done.as_ref().err().map(|error| (error.to_string(), error.is_disk()));
        for reply in replies {
            reply(match &told {
                None => Ok(()),
                Some((text, true)) => Err(DbError::Disk(text.clone())),
                Some((text, false)) => Err(DbError::Unreadable(text.clone())),
            });
        }
        done
    }

    async fn collect(
        &mut self,
        first: Work,
        waiting: &mut mpsc::Receiver<Work>,
        replies: &mut Vec<Reply>,
    ) -> Result<(), DbError> {
        self.plain("BEGIN IMMEDIATE; SAVEPOINT command").await?;
        self.catch_up().await?;
        let mut next = Some(first);
        while let Some(work) = next {
            let order = self.order_before();
            let end = match work(self).await {
                Verdict::Keep(reply) => {
                    replies.push(reply);
                    Ends::KEEP
                }
                Verdict::Undo(reply) => {
                    replies.push(reply);
                    self.order = order;
                    Ends::UNDO
                }
                Verdict::Broken(reply, error) => {
                    replies.push(reply);
                    return Err(error);
                }
            };
            next = if replies.len() < LARGEST_GROUP { self.next(replies.len(), waiting).await } else { None };
            self.plain(if next.is_some() { end.and_next } else { end.last }).await?;
        }
        Ok(())
    }

    /// What waits. Those who were answered after the last group are about to ask again: letting them run for
    /// a moment keeps groups as large as there are senders, instead of one command and then the rest.
    async fn next(&mut self, taken: usize, waiting: &mut mpsc::Receiver<Work>) -> Option<Work> {
        for _ in 0..TURNS {
            if let Ok(work) = waiting.try_recv() {
                return Some(work);
            }
            if taken >= self.expected {
                return None;
            }
            tokio::task::yield_now().await;
        }
        None
    }

    fn order_before(&self) -> Order {
        match self.order {
            Order::Log { position, hash } => Order::Log { position, hash },
            Order::Outbox => Order::Outbox,
        }
    }

    async fn plain(&mut self, sql: &'static str) -> Result<(), DbError> {
        Conn::Sqlite(&mut self.conn).run(sql, &[]).await.map(|_| ())
    }

    async fn carry_out<A: Kept>(&mut self, asked: &Asked<A>) -> Result<Committed, Failure<A::Refusal>> {
        let known = self.known.remove(&asked.stream).and_then(|known| known.downcast::<Loaded<A>>().ok());
        let mut conn = Conn::Sqlite(&mut self.conn);
        let mut loaded = match known {
            Some(known) => *known,
            None => append::load::<A>(&mut conn, &asked.stream).await?,
        };
        let now = (self.clock)().max(self.last);
        let committed = append::append(&mut conn, &mut loaded, &mut self.order, now, asked).await?;
        self.last = now;
        if self.known.len() >= KNOWN_STREAMS {
            self.known.clear();
        }
        self.known.insert(asked.stream.clone(), Box::new(loaded));
        Ok(committed)
    }
}

/// A number that differs from the one before where another connection has committed in between.
async fn others(conn: &mut Conn<'_>) -> Result<i64, DbError> {
    conn.row("PRAGMA data_version", &[]).await?.map_or(Ok(0), |row| row.int(0))
}

/// Hands a command to the writer and waits for its answer; giving up waiting does not undo it.
pub(crate) async fn commit<A: Kept>(queue: &Queue, asked: Asked<A>) -> Result<Committed, CommitError<A::Refusal>> {
    let (tell, told) = oneshot::channel();
    let work: Work = Box::new(move |writer| {
        Box::pin(async move {
            let result = writer.carry_out(&asked).await;
            verdict(result, tell)
        })
    });
    if queue.work.send(work).await.is_err() {
        return Err(CommitError::ReadOnly("chương trình đang dừng".to_owned()));
    }
    told.await.unwrap_or_else(|_| Err(CommitError::Unknown("bộ ghi không trả lời".to_owned())))
}

type Tell<R> = oneshot::Sender<Result<Committed, CommitError<R>>>;

fn verdict<R>(result: Result<Committed, Failure<R>>, tell: Tell<R>) -> Verdict
where
    R: std::error::Error + Send + Sync + 'static,
{
    let after = |answer: Result<Committed, CommitError<R>>| -> Reply {
        Box::new(move |group| {
            // Nobody may be listening any more; the command stands all the same.
            drop(tell.send(match group {
                Ok(()) => answer,
                Err(DbError::Disk(text)) => Err(CommitError::Disk(text)),
                Err(error) => Err(CommitError::Unknown(error.to_string())),
            }));
        })
    };
    match result {
        Ok(committed) if committed.repeated => Verdict::Undo(after(Ok(committed))),
        Ok(committed) => Verdict::Keep(after(Ok(committed))),
        Err(Failure::Refused(refusal)) => Verdict::Undo(after(Err(CommitError::Refused(refusal)))),
        Err(Failure::Taken { kind, key }) => Verdict::Undo(after(Err(CommitError::Taken { kind, key }))),
        Err(Failure::OtherPayload) => Verdict::Undo(after(Err(CommitError::OtherPayload))),
        Err(Failure::Backdated(why)) => Verdict::Undo(after(Err(CommitError::Backdated(why)))),
        Err(Failure::Db(error)) if error.is_constraint() => {
            Verdict::Undo(after(Err(CommitError::Constraint(error.to_string()))))
        }
        Err(Failure::Db(error)) => Verdict::Broken(after(Err(unknown(&error))), error),
    }
}

/// A piece of writing that is no command: sessions, leases, marks.
pub(crate) async fn write<T, F>(queue: &Queue, work: F) -> Result<T, DbError>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut Conn<'_>) -> BoxFuture<'c, Result<T, DbError>> + Send + 'static,
{
    let (tell, told) = oneshot::channel::<Result<T, DbError>>();
    let work: Work = Box::new(move |writer| {
        Box::pin(async move {
            let result = work(&mut Conn::Sqlite(&mut writer.conn)).await;
            let own = |error: &DbError| error.is_constraint() || !matches!(error, DbError::Engine(_));
            let undone = matches!(&result, Err(error) if own(error));
            let broken = match &result {
                Err(error) if own(error) => None,
                Err(error) if error.is_disk() => Some(DbError::Disk(error.to_string())),
                Err(DbError::Engine(error)) => Some(DbError::Unreadable(error.to_string())),
                _ => None,
            };
            let reply: Reply = Box::new(move |group| drop(tell.send(group.and(result))));
            match broken {
                Some(error) => Verdict::Broken(reply, error),
                None if undone => Verdict::Undo(reply),
                None => Verdict::Keep(reply),
            }
        })
    });
    let gone = || DbError::Refused("bộ ghi không trả lời".to_owned());
    queue.work.send(work).await.map_err(|_| gone())?;
    told.await.unwrap_or_else(|_| Err(gone()))
}

impl Queue {
    /// Lets what waits be done, then waits for the writer to end. Other queues must be dropped.
    pub(crate) async fn finish(self) {
        drop(self.work);
        self.ended.notified().await;
    }
}

/// The hash of nothing, where a log is empty.
pub(crate) const EMPTY: Hash = Hash([0; 32]);
