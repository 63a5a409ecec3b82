//! The house rules as checks: each looks at the whole repository and returns all its findings, with place and remedy.

mod architecture;
mod behind;
mod changelog;
mod data;
mod dependencies;
mod foreign;
mod layers;
mod length;
mod licences;
mod purity;
mod repo;
mod text_form;

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};

pub use repo::Repo;

/// One remark: where, what is wrong, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    path: String,
    line: usize,
    wrong: String,
    remedy: String,
}

impl Finding {
    fn new(path: impl Into<String>, line: usize, wrong: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { path: path.into(), line, wrong: wrong.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} -> {}", self.path, self.line, self.wrong, self.remedy)
    }
}

/// Name, what it looks at, and the check itself.
type Check = (&'static str, &'static str, fn(&Repo) -> Vec<Finding>);

const CHECKS: &[Check] = &[
    ("layers", "which crate may depend on which", layers::check),
    ("behind", "what one crate alone may use stays behind it", behind::check),
    ("purity", "no clock, no floats, no outside world in domain/", purity::check),
    ("length", "no file over 800 lines, few over 400", length::check),
    ("dependencies", "nothing unused, nothing forbidden", dependencies::check),
    ("licences", "every package's licence is on the list", licences::check),
    ("architecture", "docs/architecture.md and links in Markdown name what exists", architecture::check),
    ("places", "no path of one person's machine", text_form::machine_paths),
    ("texts", "UTF-8, composed letters, line ends, no stray spaces", text_form::check),
    ("foreign", "no binary, minified, font or left-over files", foreign::check),
    ("data", "every CSV is even, every folder says what it holds", data::check),
    ("changelog", "CHANGELOG.md has a section for what comes", changelog::check),
];

/// Runs every check and prints all findings; an error when there is one.
pub fn run(root: &Path) -> Result<()> {
    let repo = Repo::load(root)?;
    let mut total = 0;
    for (name, about, check) in CHECKS {
        let mut findings = check(&repo);
        findings.sort_by(|a, b| (&a.path, &a.wrong, a.line).cmp(&(&b.path, &b.wrong, b.line)));
        let word = if findings.is_empty() { "ok" } else { "FAILED" };
        println!("{name:<13} {word:<7} {about}");
        for line in shown(&findings) {
            println!("  {line}");
        }
        total += findings.len();
    }
    println!("{}", length::report(&repo));
    if total > 0 {
        bail!("{total} findings");
    }
    Ok(())
}

/// One line a finding; the same remark on many lines of a file is said once, with their number.
fn shown(findings: &[Finding]) -> Vec<String> {
    let same = |a: &Finding, b: &Finding| a.path == b.path && a.wrong == b.wrong;
    findings
        .chunk_by(|a, b| same(a, b))
        .flat_map(|group| match group {
            [first, _, _, ..] => vec![format!("{first} (and {} more lines)", group.len() - 1)],
            few => few.iter().map(ToString::to_string).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_on_many_lines_is_said_once() {
        let mut findings: Vec<Finding> = (1..=4).map(|line| Finding::new("a.csv", line, "odd", "mend it")).collect();
        findings.push(Finding::new("b.csv", 7, "odd", "mend it"));
        assert_eq!(shown(&findings), ["a.csv:1: odd -> mend it (and 3 more lines)", "b.csv:7: odd -> mend it"]);
    }
}
