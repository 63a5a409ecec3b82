//! The program that is killed: several senders, each waiting for its answer.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use cchc_ledger::draft::Draft;
use cchc_ledger::rule::Rule;
use cchc_ledger::{Actor, Context, Hash, Moment, RequestId, StreamId};
use cchc_store::lock::DataLock;
use cchc_store::{CommitError, Committed, Options, Store};

use crate::said::{Answer, Asked, Said, Sending};
use crate::work::Work;

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the database and the files.
    #[arg(long)]
    pub folder: PathBuf,
    /// PostgreSQL.
    #[arg(long)]
    pub url: Option<String>,
    /// What the dice of the senders start from.
    #[arg(long)]
    pub seed: u64,
    /// Distinguishes the requests of this life from those of others.
    #[arg(long)]
    pub life: String,
    /// How many senders.
    #[arg(long, default_value_t = 8)]
    pub senders: u64,
    /// By how many seconds the clock is wrong.
    #[arg(long, default_value_t = 0, allow_hyphen_values = true)]
    pub clock_ahead: i64,
    /// How large each draft is, in bytes.
    #[arg(long, default_value_t = 200)]
    pub size: usize,
    /// Whether the lock of the data folder is taken.
    #[arg(long, value_enum, default_value = "taken")]
    pub lock: Lock,
}

/// Whether the lock of the data folder is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Lock {
    /// As a server does.
    Taken,
    /// As a short command beside a server does.
    Left,
}

/// Opens the store, sends what the standard input holds, a line each, and then goes on until it is killed.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let locked = args.url.is_none() && args.lock == Lock::Taken;
    let _lock = if locked { Some(DataLock::take(&args.folder, "soak worker")?) } else { None };
    let ahead = args.clock_ahead.saturating_mul(1_000_000);
    let clock = Arc::new(move || Moment(crate::place::micros().saturating_add(ahead)));
    let again = tokio::task::spawn_blocking(|| std::io::read_to_string(std::io::stdin())).await??;
    let store = open(&args, clock).await;
    for line in again.lines() {
        insist(&store, serde_json::from_str(line)?, Times::Once).await;
    }
    if store.is_postgres() {
        let ordering = store.clone();
        tokio::spawn(async move {
            loop {
                // A server that is down is no reason to stop: the next call goes on.
                drop(ordering.sequence().await);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
    }
    let senders: Vec<_> = (0..args.senders)
        .map(|number| tokio::spawn(send_on(store.clone(), Work::new(args.seed, &args.life, number, args.size))))
        .collect();
    for sender in senders {
        sender.await?;
    }
    Ok(())
}

/// Opens the store; a server that is just starting is waited for, a disk that fails is asked again.
async fn open(args: &Args, clock: cchc_store::store::Clock) -> Store {
    loop {
        let mut options = Options::new(&args.folder, args.url.clone(), Arc::clone(&clock) as _);
        options.connections = 12;
        match Store::open(options).await {
            Ok(store) => return store,
            Err(error) => {
                eprintln!("worker: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn send_on(store: Store, mut work: Work) {
    loop {
        let (sending, times) = work.next(&store).await;
        insist(&store, sending, times).await;
    }
}

/// How often a command is sent at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Once.
    Once,
    /// As by a double click.
    Twice,
}

/// Sends until it is answered: an unknown answer is asked for again under the same id.
async fn insist(store: &Store, sending: Sending, times: Times) {
    Said::Sent(sending.clone()).say();
    let Ok(stream) = sending.stream.parse::<StreamId>() else { return };
    if times == Times::Twice {
        tokio::join!(until_answered(store, &stream, &sending), until_answered(store, &stream, &sending));
    } else {
        until_answered(store, &stream, &sending).await;
    }
}

async fn until_answered(store: &Store, stream: &StreamId, sending: &Sending) {
    loop {
        let context = Context::new(Actor::person("soak"), RequestId(sending.request.clone()));
        let said = match sending.command.clone() {
            Asked::Draft(command) => said(store, sending, store.commit::<Draft>(stream, command, context).await).await,
            Asked::Rule(command) => said(store, sending, store.commit::<Rule>(stream, command, context).await).await,
        };
        said.say();
        match said {
            Said::Unknown(_) => tokio::time::sleep(Duration::from_millis(5)).await,
            Said::ReadOnly { .. } => tokio::time::sleep(Duration::from_millis(50)).await,
            _ => return,
        }
    }
}

/// An answer in words.
async fn said<R: std::error::Error>(
    store: &Store,
    sending: &Sending,
    answer: Result<Committed, CommitError<R>>,
) -> Said {
    let request = sending.request.clone();
    match answer {
        Ok(committed) => {
            let hashes = committed.hashes.iter().map(Hash::to_string).collect();
            let answer = Answer { stream: committed.stream.to_string(), version: committed.version, hashes };
            Said::Done { request, answer }
        }
        Err(CommitError::Refused(_)) => Said::Refused(request),
        Err(CommitError::ReadOnly(_)) => {
            let reading = store.feed(0, 1).await.err().map(|error| error.to_string());
            Said::ReadOnly { request, banner: store.banner(), reading }
        }
        Err(error) if error.is_unknown() => {
            eprintln!("worker: {error}");
            Said::Unknown(request)
        }
        Err(error) => Said::Wrong(format!("{request}: {error}")),
    }
}
