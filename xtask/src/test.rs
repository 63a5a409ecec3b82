//! `cargo xtask test`: everything that must hold, in the order in which a failure is cheapest.

use std::path::Path;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::command::{self, cargo, program};
use crate::demo::Demo;
use crate::postgres::{self, Cluster, Durability};
use crate::stages::{self, Step};
use crate::{api, install, soak, tidy};

/// The stages, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// cargo fmt --check
    Fmt,
    /// cargo clippy on everything, without a warning
    Clippy,
    /// cargo doc, without a warning
    Doc,
    /// The house rules
    Tidy,
    /// What the tests need and this machine lacks
    Install,
    /// All Rust tests
    Unit,
    /// The pages of the demonstration in a browser
    E2e,
    /// The API of the demonstration against its own description
    Api,
    /// What was acknowledged survives a minute of killing
    Soak,
}

/// Runs the stages named, or all of them; an error names the first that failed.
pub fn run(root: &Path, only: &[Stage]) -> Result<()> {
    stages::run(wanted(only).map(|stage| step(root, stage)).collect())
}

fn wanted(only: &[Stage]) -> impl Iterator<Item = Stage> {
    let chosen = |stage: &Stage| only.is_empty() || only.contains(stage);
    Stage::value_variants().iter().copied().filter(chosen)
}

fn step(root: &Path, stage: Stage) -> Step<'_> {
    let (name, about, work): (_, _, fn(&Path) -> Result<()>) = match stage {
        Stage::Fmt => ("fmt", "the form of the code", fmt),
        Stage::Clippy => ("clippy", "lints, on every target", clippy),
        Stage::Doc => ("doc", "the documentation builds without a warning", doc),
        Stage::Tidy => ("tidy", "the house rules", tidy::run),
        Stage::Install => ("install", "what the tests need", install::run),
        Stage::Unit => ("unit", "all Rust tests", unit),
        Stage::E2e => ("e2e", "the demonstration in a browser", e2e),
        Stage::Api => ("api", "the API against its own description", api::run),
        Stage::Soak => ("soak", "what was acknowledged survives", |root| soak::run(root, soak::SECONDS, None)),
    };
    Step { name, about, work: Box::new(move || work(root)) }
}

fn fmt(root: &Path) -> Result<()> {
    command::run(&mut cargo(root, &["fmt", "--all", "--check"]))
}

fn clippy(root: &Path) -> Result<()> {
    command::run(&mut cargo(root, &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
}

fn doc(root: &Path) -> Result<()> {
    let mut command = cargo(root, &["doc", "--workspace", "--no-deps", "--locked"]);
    command::run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

fn unit(root: &Path) -> Result<()> {
    let cluster = Cluster::start(root, Durability::None)?;
    let has_nextest = command::succeeds(&mut cargo(root, &["nextest", "--version"]));
    let arguments: &[&str] = if has_nextest {
        &["nextest", "run", "--workspace", "--locked"]
    } else {
        &["test", "--workspace", "--locked", "--lib", "--bins", "--tests"]
    };
    // A test must never accept a new snapshot by itself.
    let mut command = cargo(root, arguments);
    let text = command::run_and_read(command.env("INSTA_UPDATE", "no").env(postgres::URL, cluster.url()))?;
    let count = rust_tests_passed(&text);
    if count == 0 {
        bail!("no test ran");
    }
    println!("{count} tests passed");
    command::run(cargo(root, &["test", "--workspace", "--locked", "--doc"]).env(postgres::URL, cluster.url()))
}

fn e2e(root: &Path) -> Result<()> {
    let cluster = Cluster::start(root, Durability::None)?;
    let demo = Demo::start(root)?;
    let mut command = program(&root.join("e2e"), "npm", &["test"]);
    let result = command::run_and_read(command.env("CCHC_URL", demo.url()).env(postgres::URL, cluster.url()));
    demo.stop();
    let text = result?;
    let (passed, left_out) = (node_count(&text, "pass"), node_count(&text, "skipped") + node_count(&text, "todo"));
    if passed == 0 {
        bail!("no browser test ran");
    }
    if left_out > 0 {
        bail!("{left_out} browser tests were left out");
    }
    Ok(())
}

/// Passed tests by the closing lines of cargo test (`test result: ok. 3 passed; …`) or nextest (`… 3 tests run: 3 passed …`).
fn rust_tests_passed(text: &str) -> u64 {
    let closing = text.lines().filter(|line| line.contains("test result: ") || line.contains(" run: "));
    closing.filter_map(|line| number_before(line, " passed")).sum()
}

fn number_before(line: &str, word: &str) -> Option<u64> {
    let (before, _) = line.split_once(word)?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().ok()
}

/// A count of node's closing lines: `ℹ pass 12` or `# pass 12`.
fn node_count(text: &str, what: &str) -> u64 {
    let lines = text.lines().filter_map(|line| line.trim_start_matches(['ℹ', '#', ' ']).strip_prefix(what));
    lines.filter_map(|rest| rest.trim().parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_both_runners_are_counted() {
        let cargo = "test result: ok. 3 passed; 0 failed; 0 ignored\nx\ntest result: ok. 40 passed; 0 failed\n";
        assert_eq!(rust_tests_passed(cargo), 43);
        assert_eq!(rust_tests_passed("     Summary [   0.1s] 12 tests run: 12 passed, 0 skipped\n"), 12);
        assert_eq!(rust_tests_passed("test result: ok. 0 passed; 0 failed"), 0);
    }

    #[test]
    fn closing_lines_of_node_are_counted() {
        let text = "ℹ tests 5\nℹ pass 4\nℹ skipped 1\nℹ todo 0\n";
        assert_eq!((node_count(text, "pass"), node_count(text, "skipped"), node_count(text, "todo")), (4, 1, 0));
        assert_eq!(node_count("# pass 7\n# fail 0", "pass"), 7);
    }

    #[test]
    fn all_stages_run_in_order_and_each_can_be_named() {
        let names: Vec<&str> = Stage::value_variants().iter().map(|stage| step(Path::new("/"), *stage).name).collect();
        assert_eq!(names, ["fmt", "clippy", "doc", "tidy", "install", "unit", "e2e", "api", "soak"]);
        for name in names {
            let stage = Stage::from_str(name, false).unwrap();
            assert!(wanted(&[stage]).eq([stage]), "{name}");
        }
        assert!(wanted(&[]).eq(Stage::value_variants().iter().copied()));
    }
}
