//! Licences: what we ship may be given on under Apache-2.0; copyleft of the whole program is refused.

use super::{Finding, Repo};

/// Licences that we take, by their SPDX names.
const TAKEN: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Judges the licence of every resolved package.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &repo.metadata.packages {
        let wrong = match &package.license {
            None => format!("`{}` names no licence", package.name),
            Some(expression) if permits(expression) => continue,
            Some(expression) => format!("`{}` is under `{expression}`", package.name),
        };
        let remedy = "choose another package, or argue for a line in xtask/src/tidy/licences.rs";
        let lock = repo.text("Cargo.lock").unwrap_or_default();
        let name = format!("name = \"{}\"", package.name);
        let line = lock.lines().position(|line| line == name).map_or(1, |index| index + 1);
        findings.push(Finding::new("Cargo.lock", line, wrong, remedy));
    }
    findings
}

/// Whether an SPDX expression can be met with licences that we take; what can't be read is not met.
fn permits(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) == Some(true) && rest.is_empty()
}

fn either(rest: &mut &[&str]) -> Option<bool> {
    let mut met = both(rest)?;
    while take(rest, "OR") {
        met |= both(rest)?;
    }
    Some(met)
}

fn both(rest: &mut &[&str]) -> Option<bool> {
    let mut met = one(rest)?;
    while take(rest, "AND") {
        met &= one(rest)?;
    }
    Some(met)
}

fn one(rest: &mut &[&str]) -> Option<bool> {
    if take(rest, "(") {
        let met = either(rest)?;
        return take(rest, ")").then_some(met);
    }
    let (first, others) = rest.split_first()?;
    *rest = others;
    if !take(rest, "WITH") {
        return Some(TAKEN.contains(first));
    }
    let (exception, others) = rest.split_first()?;
    *rest = others;
    Some(TAKEN.contains(&format!("{first} WITH {exception}").as_str()))
}

fn take(rest: &mut &[&str], word: &str) -> bool {
    match rest.split_first() {
        Some((first, others)) if *first == word => {
            *rest = others;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::workspace;

    #[test]
    fn one_taken_licence_of_several_is_enough() {
        for good in ["MIT", "GPL-3.0 OR MIT", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
            assert!(permits(good), "{good}");
        }
        assert!(permits("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"));
    }

    #[test]
    fn all_of_a_conjunction_must_be_taken() {
        for bad in [
            "AGPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR ISC) AND GPL-2.0",
            "GPL-2.0 WITH Classpath-exception-2.0",
            "LGPL-3.0",
        ] {
            assert!(!permits(bad), "{bad}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for bad in ["", "(MIT", "MIT OR", "MIT MIT", "WITH"] {
            assert!(!permits(bad), "{bad}");
        }
    }

    #[test]
    fn a_package_without_a_licence_is_found() {
        let repo = Repo { metadata: workspace(&[], &[("odd", "", &[]), ("fine", "MIT", &[])]), ..Repo::of(&[]) };
        assert_eq!(check(&repo).len(), 1);
    }
}
