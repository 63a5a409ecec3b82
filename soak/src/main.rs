//! Kill tests: what was acknowledged is there once, and nothing else.

mod dice;
mod ledger;
mod life;
mod place;
mod run;
mod said;
mod scenario;
mod work;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;

use crate::dice::Dice;
use crate::run::Means;
use crate::scenario::{SCENARIOS, Scenario};

/// Kill tests of the ledger.
#[derive(Debug, Parser)]
struct Cli {
    /// How long, in seconds, all scenarios together.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The program of the worker: this one.
    #[arg(long)]
    program: Option<PathBuf>,
    /// One scenario alone.
    #[arg(long)]
    only: Option<String>,
    /// What the dice start from.
    #[arg(long)]
    seed: Option<u64>,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Debug, clap::Subcommand)]
enum Part {
    /// The program that is killed.
    Worker(worker::Args),
}

fn main() -> ExitCode {
    match begin() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn begin() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.part {
            Some(Part::Worker(args)) => worker::run(args).await,
            // Ended from outside, everything that a scenario started and mounted still goes.
            None => tokio::select! {
                done = soak(cli) => done,
                () = ended() => anyhow::bail!("ended before it was done"),
            },
        }
    })
}

async fn soak(cli: Cli) -> anyhow::Result<()> {
    let seed = cli.seed.unwrap_or_else(|| u64::from(std::process::id()));
    println!("seed {seed}");
    let program = match cli.program {
        Some(program) => program,
        None => std::env::current_exe()?,
    };
    let chosen: Vec<&Scenario> =
        SCENARIOS.iter().filter(|scenario| cli.only.as_ref().is_none_or(|only| only == scenario.name)).collect();
    anyhow::ensure!(!chosen.is_empty(), "no scenario of that name: {}", names());
    let end = Instant::now() + Duration::from_secs(cli.seconds);
    let count = chosen.len();
    for (number, scenario) in chosen.into_iter().enumerate() {
        let left = end.saturating_duration_since(Instant::now());
        let until = Instant::now() + left / u32::try_from(count - number)?;
        let dice = Dice::new(seed.wrapping_add(number as u64));
        match (scenario.run)(Means { program: program.clone(), until, dice }).await {
            Ok(report) => println!("{:<24} {report}", scenario.name),
            Err(error) => anyhow::bail!("VIOLATED in {}: {error:#} (seed {seed})", scenario.name),
        }
    }
    println!("{count} passed, 0 failed");
    Ok(())
}

fn names() -> String {
    SCENARIOS.iter().map(|scenario| scenario.name).collect::<Vec<_>>().join(", ")
}

/// Waits for Ctrl+C or a request to end.
async fn ended() {
    let term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    match term {
        Ok(mut term) => tokio::select! {
            _ = term.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        },
        // Without the signal there is nothing to wait for but Ctrl+C.
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}
