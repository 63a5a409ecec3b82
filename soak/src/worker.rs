//! The program that is killed: several senders, each waiting for its answer.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use cchc_ledger::draft::{Change, Draft, DraftCommand};
use cchc_ledger::rule::{Rule, RuleCommand};
use cchc_ledger::{Actor, Context, Hash, Moment, RequestId, StreamId};
use cchc_store::lock::DataLock;
use cchc_store::{CommitError, Committed, Options, Store};

use crate::dice::Dice;
use crate::said::{Asked, Said, Sending};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the database and the files.
    #[arg(long)]
    pub folder: PathBuf,
    /// PostgreSQL.
    #[arg(long)]
    pub url: Option<String>,
    /// Distinguishes the requests of this life from those of others.
    #[arg(long)]
    pub life: String,
    /// How many senders.
    #[arg(long, default_value_t = 8)]
    pub senders: usize,
    /// What was sent and never answered, a line each: it is sent again first.
    #[arg(long)]
    pub again: Option<PathBuf>,
    /// By how many seconds the clock is wrong.
    #[arg(long, default_value_t = 0, allow_hyphen_values = true)]
    pub clock_ahead: i64,
    /// How large each draft is, in bytes.
    #[arg(long, default_value_t = 200)]
    pub size: usize,
}

/// Opens the store and sends until it is killed.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let _lock = if args.url.is_none() { Some(DataLock::take(&args.folder, "soak worker")?) } else { None };
    let ahead = args.clock_ahead.saturating_mul(1_000_000);
    let clock = Arc::new(move || Moment(crate::place::micros().saturating_add(ahead)));
    let store = open(&args, clock).await;
    if let Some(again) = &args.again {
        for line in std::fs::read_to_string(again)?.lines() {
            let sending: Sending = serde_json::from_str(line)?;
            insist(&store, sending).await;
        }
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
    let (life, size) = (args.life, args.size);
    let senders: Vec<_> =
        (0..args.senders).map(|number| tokio::spawn(send_on(store.clone(), life.clone(), number, size))).collect();
    for sender in senders {
        sender.await?;
    }
    Ok(())
}

/// Opens the store; a server that is just starting is waited for.
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

/// One sender: drafts of its own, and now and then the rule that all share.
async fn send_on(store: Store, life: String, number: usize, size: usize) {
    let mut dice = Dice::new(number as u64);
    let mut drafts: Vec<String> = Vec::new();
    for count in 0_u64.. {
        let request = format!("{life}-{number}-{count}");
        let sending = match dice.between(0, 10) {
            0 | 1 => rule(&store, request).await,
            2..=4 if !drafts.is_empty() => {
                let stream = drafts[dice.between(0, drafts.len() as u64) as usize].clone();
                let command = Asked::Draft(DraftCommand::Reassign { holder: request.clone() });
                Sending { request, stream, command }
            }
            5 if !drafts.is_empty() => {
                let stream = drafts.swap_remove(0);
                Sending { request, stream, command: Asked::Draft(DraftCommand::Apply) }
            }
            _ => {
                let stream = format!("draft/{request}");
                drafts.push(stream.clone());
                let command = Asked::Draft(DraftCommand::Open { change: Box::new(change(size)) });
                Sending { request, stream, command }
            }
        };
        insist(&store, sending).await;
    }
}

/// A version of the rule that all senders change: most are told that they are late.
async fn rule(store: &Store, request: String) -> Sending {
    let stream = "rule/units/soak".to_owned();
    let known = match stream.parse::<StreamId>() {
        Ok(stream) => store.peek::<Rule>(&stream).await.ok(),
        Err(_) => None,
    };
    let head = known.and_then(|(rule, _)| rule.versions.last().map(|version| version.id));
    let command = RuleCommand::Publish {
        content: request.clone(),
        valid_from: None,
        valid_to: None,
        basis: "mô phỏng".to_owned(),
        replaces: head,
    };
    Sending { request, stream, command: Asked::Rule(command) }
}

fn change(size: usize) -> Change {
    Change {
        kind: "units".to_owned(),
        name: "soak".to_owned(),
        content: "x".repeat(size),
        valid_from: String::new(),
        valid_to: String::new(),
        basis: "mô phỏng".to_owned(),
        replaces: None,
        file: None,
        file_name: String::new(),
        errors: 0,
        warnings: 0,
        summary: String::new(),
    }
}

/// Sends until it is answered: an unknown answer is asked for again under the same id.
async fn insist(store: &Store, sending: Sending) {
    Said::Sent(sending.clone()).say();
    let Ok(stream) = sending.stream.parse::<StreamId>() else { return };
    loop {
        let context = Context::new(Actor::person("soak"), RequestId(sending.request.clone()));
        let answer = match sending.command.clone() {
            Asked::Draft(command) => told(store.commit::<Draft>(&stream, command, context).await),
            Asked::Rule(command) => told(store.commit::<Rule>(&stream, command, context).await),
        };
        match answer {
            Answer::Done(committed) => return done(&sending, &committed).say(),
            Answer::Refused => return Said::Refused(sending.request).say(),
            Answer::ReadOnly => {
                Said::ReadOnly.say();
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Answer::Unknown => {
                Said::Unknown(sending.request.clone()).say();
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    }
}

enum Answer {
    Done(Committed),
    Refused,
    ReadOnly,
    Unknown,
}

fn told<R: std::error::Error>(result: Result<Committed, CommitError<R>>) -> Answer {
    match result {
        Ok(committed) => Answer::Done(committed),
        Err(CommitError::Unknown(why)) => {
            eprintln!("worker: unknown: {why}");
            Answer::Unknown
        }
        Err(CommitError::ReadOnly(_)) => Answer::ReadOnly,
        Err(_) => Answer::Refused,
    }
}

fn done(sending: &Sending, committed: &Committed) -> Said {
    Said::Done {
        request: sending.request.clone(),
        stream: sending.stream.clone(),
        version: committed.version,
        hashes: committed.hashes.iter().map(Hash::to_string).collect(),
    }
}
