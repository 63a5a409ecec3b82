//! Some packages stay behind one crate, so that the rest of the house need not know that they exist.

use super::layers::line_of;
use super::{Finding, Repo};

/// Package, the crate that it stays behind, and those that may name it besides.
///
/// The bench writes the same rows by hand to compare with, so it speaks SQL too.
const BEHIND: &[(&str, &str, &[&str])] = &[("sqlx", "cchc-store", &["cchc-bench"])];

/// Declared dependencies of every crate of the workspace, those of tests included.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in repo.metadata.members() {
        let manifest = format!("{}/Cargo.toml", package.folder(&repo.root));
        for dependency in &package.dependencies {
            let Some((_, keeper, others)) = BEHIND.iter().find(|(name, ..)| *name == dependency.name) else { continue };
            if *keeper == package.name || others.contains(&package.name.as_str()) {
                continue;
            }
            let wrong = format!("`{}` must not depend on `{}`", package.name, dependency.name);
            let line = line_of(repo, &manifest, &dependency.name);
            findings.push(Finding::new(&manifest, line, wrong, format!("ask `{keeper}` for what you need")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::workspace;

    fn wrongs(members: &[(&str, &[&str])]) -> Vec<String> {
        let repo = Repo { metadata: workspace(members, &[("sqlx", "MIT", &[])]), ..Repo::of(&[]) };
        check(&repo).into_iter().map(|finding| finding.wrong).collect()
    }

    #[test]
    fn the_keeper_and_those_above_it_are_free() {
        assert!(wrongs(&[("cchc-store", &["sqlx"]), ("cchc-web", &["cchc-store"])]).is_empty());
    }

    #[test]
    fn a_crate_that_goes_past_the_keeper_is_found_even_in_tests() {
        let found = wrongs(&[("cchc-store", &["sqlx"]), ("cchc-web", &["cchc-store", "dev:sqlx"])]);
        assert_eq!(found, ["`cchc-web` must not depend on `sqlx`"]);
    }
}
