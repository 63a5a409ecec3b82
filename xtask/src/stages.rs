//! Stages run in order, each under a heading with its duration; the first failure ends the run, and a table says what was not run.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// One part of a run: its name, what it does, and the work.
pub struct Step<'a> {
    /// The name that `--only` takes.
    pub name: &'a str,
    /// What it does, in a few words.
    pub about: &'a str,
    /// The work.
    pub work: Box<dyn FnOnce() -> Result<()> + 'a>,
}

enum Outcome {
    Passed(Duration),
    Failed(Duration),
    NotRun,
}

/// Runs the steps in order and prints the closing table; an error names the stage that failed.
pub fn run(steps: Vec<Step<'_>>) -> Result<()> {
    let mut outcomes = Vec::new();
    let mut failure = None;
    for Step { name, about, work } in steps {
        if failure.is_some() {
            outcomes.push((name, Outcome::NotRun));
            continue;
        }
        println!("\n== {name}: {about}");
        let start = Instant::now();
        let result = work();
        let took = start.elapsed();
        match result {
            Ok(()) => {
                println!("== {name}: passed in {}", seconds(took));
                outcomes.push((name, Outcome::Passed(took)));
            }
            Err(error) => {
                println!("== {name}: FAILED after {}\n{error:#}", seconds(took));
                outcomes.push((name, Outcome::Failed(took)));
                failure = Some((name, error));
            }
        }
    }
    println!("\n{}", table(&outcomes));
    match failure {
        Some((name, error)) => bail!("stage `{name}` failed: {error:#}\nrun it alone: cargo xtask test --only {name}"),
        None => Ok(()),
    }
}

/// The table and, last, the line that counts: `stages: 7 passed, 0 failed`.
fn table(outcomes: &[(&str, Outcome)]) -> String {
    let mut text = String::from("stage      result    time\n");
    for (name, outcome) in outcomes {
        let (word, time) = match outcome {
            Outcome::Passed(took) => ("passed", seconds(*took)),
            Outcome::Failed(took) => ("FAILED", seconds(*took)),
            Outcome::NotRun => ("not run", String::from("-")),
        };
        text.push_str(&format!("{name:<10} {word:<8} {time:>6}\n"));
    }
    let passed = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Passed(_))).count();
    let failed = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_))).count();
    text.push_str(&format!("stages: {passed} passed, {failed} failed"));
    text
}

fn seconds(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn steps<'a>(ran: &'a RefCell<Vec<&'a str>>, results: &[(&'a str, bool)]) -> Vec<Step<'a>> {
        let step = |&(name, good): &(&'a str, bool)| Step {
            name,
            about: "a test",
            work: Box::new(move || {
                ran.borrow_mut().push(name);
                if good { Ok(()) } else { bail!("broken") }
            }),
        };
        results.iter().map(step).collect()
    }

    #[test]
    fn the_first_failure_ends_the_run_and_is_named() {
        let ran = RefCell::new(Vec::new());
        let error = run(steps(&ran, &[("one", true), ("two", false), ("three", true)])).unwrap_err().to_string();
        assert_eq!(*ran.borrow(), ["one", "two"]);
        assert!(error.contains("stage `two` failed: broken") && error.contains("--only two"), "{error}");
    }

    #[test]
    fn the_table_says_what_was_not_run() {
        let text = table(&[
            ("fmt", Outcome::Passed(Duration::from_millis(1250))),
            ("unit", Outcome::Failed(Duration::ZERO)),
            ("e2e", Outcome::NotRun),
        ]);
        assert!(text.contains("fmt        passed    1.2 s"), "{text}");
        assert!(text.contains("e2e        not run"), "{text}");
        assert!(text.ends_with("stages: 1 passed, 1 failed"), "{text}");
    }
}
