//! Kill tests: what was acknowledged is there once, and nothing else.

mod dice;
mod ledger;
mod place;
mod run;
mod said;
mod scenario;
mod worker;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Parser;

use crate::dice::Dice;
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

fn main() -> anyhow::Result<()> {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.part {
            Some(Part::Worker(args)) => worker::run(args).await,
            None => soak(cli).await,
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
    let each = Duration::from_secs(cli.seconds) / u32::try_from(chosen.len())?;
    let mut tried = 0;
    for (number, scenario) in (0..).zip(chosen) {
        let dice = Dice::new(seed.wrapping_add(number));
        let outcome = (scenario.run)(run::Means { program: program.clone(), until: Instant::now() + each, dice }).await;
        match outcome {
            Ok(report) => {
                tried += 1;
                println!("{:<24} {report}", scenario.name);
            }
            Err(error) => anyhow::bail!("{}: {error:#} (seed {seed})", scenario.name),
        }
    }
    println!("{tried} passed, 0 failed");
    Ok(())
}

fn names() -> String {
    SCENARIOS.iter().map(|scenario| scenario.name).collect::<Vec<_>>().join(", ")
}
