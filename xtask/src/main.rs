//! The project's own automation, run as `cargo xtask …`: everything that a person or a machine needs to trust a change.

mod api;
mod bench;
mod command;
mod demo;
mod install;
mod metadata;
mod postgres;
mod rust_code;
mod shots;
mod soak;
mod stages;
mod test;
mod tidy;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::test::Stage;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own automation")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run everything that must hold, stage by stage, and stop at the first that fails.
    Test {
        /// Run this stage alone (may be given more than once).
        #[arg(long, value_name = "STAGE")]
        only: Vec<Stage>,
    },
    /// Check the house rules: layers, purity, lengths, dependencies, licences, texts, data.
    Tidy,
    /// Print each budget as a ratio of what was measured, in one run.
    Bench {
        /// Leave out the clean release build and the incremental development build (minutes).
        #[arg(long)]
        without_builds: bool,
    },
    /// Run a command beside a PostgreSQL of its own, its address in CCHC_TEST_POSTGRES_URL.
    Postgres {
        /// The command, after `--`.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "COMMAND")]
        words: Vec<String>,
    },
    /// Kill programs and servers at random moments and look whether anything acknowledged was lost.
    Soak {
        /// How long.
        #[arg(long, default_value_t = soak::SECONDS, value_name = "N")]
        seconds: u64,
        /// One part alone.
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
    },
    /// Take the README's screenshots from the demonstration.
    Shots,
}

fn main() -> ExitCode {
    let outcome = repository().and_then(|root| match Arguments::parse().task {
        Task::Test { only } => test::run(&root, &only),
        Task::Tidy => tidy::run(&root),
        Task::Bench { without_builds } => bench::run(&root, !without_builds),
        Task::Postgres { words } => postgres::run_with(&root, &words),
        Task::Soak { seconds, only } => soak::run(&root, seconds, only.as_deref()),
        Task::Shots => shots::run(&root),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace, found from where cargo built this program.
fn repository() -> Result<PathBuf> {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask …`")?;
    let root = PathBuf::from(here).parent().context("xtask has no parent folder")?.to_path_buf();
    Ok(root)
}
