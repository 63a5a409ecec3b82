//! Dependencies are few: each one declared is used, none is on the list of those that we refuse.

use std::collections::BTreeSet;

use super::layers::line_of;
use super::{Finding, Repo};
use crate::metadata::Package;
use crate::rust_code;

/// Packages that must not be built in, each with the reason.
const REFUSED: &[(&str, &str)] = &[
    ("evalexpr", "its licence is AGPL; the rule kinds are typed and need no expression language"),
    ("native-tls", "one way to speak TLS is enough, and it needs OpenSSL"),
    ("openssl", "the program must build with cargo and gcc alone"),
    ("openssl-sys", "the program must build with cargo and gcc alone"),
    ("rust_decimal", "it is not exact and its `*` panics on overflow: Decimal or exact fractions"),
    ("time", "dates are jiff's: one kind of date in the program"),
    ("chrono", "dates are jiff's: one kind of date in the program"),
];

/// Looks at what the manifests declare, what the sources name, and what cargo resolved.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = unused_in_workspace(repo);
    for package in repo.metadata.members() {
        findings.extend(unused(repo, package));
    }
    findings.extend(refused(repo));
    findings
}

/// Lines of `[workspace.dependencies]` that no crate takes up.
fn unused_in_workspace(repo: &Repo) -> Vec<Finding> {
    let declared: BTreeSet<&str> = repo
        .metadata
        .members()
        .flat_map(|package| &package.dependencies)
        .flat_map(|dependency| [Some(dependency.name.as_str()), dependency.rename.as_deref()])
        .flatten()
        .collect();
    let manifest = repo.text("Cargo.toml").unwrap_or_default();
    workspace_dependencies(manifest)
        .filter(|(_, name)| !declared.contains(name))
        .map(|(line, name)| {
            Finding::new("Cargo.toml", line, format!("no crate takes up `{name}`"), "remove the line, or use it")
        })
        .collect()
}

fn workspace_dependencies(manifest: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = manifest.lines().enumerate().skip_while(|(_, line)| line.trim() != "[workspace.dependencies]").skip(1);
    lines.take_while(|(_, line)| !line.starts_with('[')).filter_map(|(index, line)| {
        let (name, _) = line.split_once('=')?;
        let name = name.trim();
        (!name.starts_with('#')).then_some((index + 1, name))
    })
}

/// Dependencies of a crate whose name its sources never say.
fn unused(repo: &Repo, package: &Package) -> Vec<Finding> {
    let folder = package.folder(&repo.root);
    let manifest = format!("{folder}/Cargo.toml");
    let below = format!("{folder}/");
    let mut said = BTreeSet::new();
    let mut said_outside_tests = BTreeSet::new();
    for (path, text) in repo.texts(&below, &["rs"]) {
        let code = rust_code::code(text);
        said.extend(rust_code::words(&code).map(|(_, _, word)| word.to_string()));
        if !rust_code::is_test_file(path) {
            let code = rust_code::without_tests(&code);
            said_outside_tests.extend(rust_code::words(&code).map(|(_, _, word)| word.to_string()));
        }
    }
    let mut findings = Vec::new();
    for dependency in &package.dependencies {
        let name = dependency.rename.as_deref().unwrap_or(&dependency.name);
        let word = repo.metadata.name_in_code(package, dependency);
        let line = line_of(repo, &manifest, name);
        if !said.contains(&word) {
            findings.push(Finding::new(&manifest, line, format!("`{name}` is never used"), "remove it"));
        } else if dependency.kind.is_none() && !said_outside_tests.contains(&word) {
            let wrong = format!("`{name}` is used in tests alone");
            findings.push(Finding::new(&manifest, line, wrong, "move it to [dev-dependencies]"));
        }
    }
    findings
}

fn refused(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &repo.metadata.packages {
        if let Some((name, reason)) = REFUSED.iter().find(|(name, _)| *name == package.name) {
            let line = repo.text("Cargo.lock").unwrap_or_default();
            let line = line.lines().position(|line| line == format!("name = \"{name}\"")).map_or(1, |index| index + 1);
            let remedy = format!("find who brings it in with `cargo tree -i {name}` and choose another way");
            findings.push(Finding::new("Cargo.lock", line, format!("`{name}` is refused: {reason}"), remedy));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::workspace;

    fn wrongs(needs: &[&str], files: &[(&str, &str)]) -> Vec<String> {
        let repo = Repo { metadata: workspace(&[("index", needs)], &[]), ..Repo::of(files) };
        check(&repo).into_iter().map(|finding| finding.wrong).collect()
    }

    #[test]
    fn a_dependency_is_used_when_code_says_its_name() {
        assert!(wrongs(&["num-bigint"], &[("index/src/lib.rs", "use num_bigint::BigInt;")]).is_empty());
        let found = wrongs(&["num-bigint"], &[("index/src/lib.rs", "// num_bigint\nconst A: &str = \"num_bigint\";")]);
        assert_eq!(found, ["`num-bigint` is never used"]);
    }

    #[test]
    fn what_tests_alone_use_belongs_to_the_tests() {
        let source = "#[cfg(test)]\nmod tests { use proptest::prelude::*; }";
        assert_eq!(wrongs(&["proptest"], &[("index/src/lib.rs", source)]), ["`proptest` is used in tests alone"]);
        assert!(wrongs(&["dev:proptest"], &[("index/src/lib.rs", source)]).is_empty());
        assert!(wrongs(&["dev:insta"], &[("index/tests/a.rs", "insta::assert_snapshot!(x)")]).is_empty());
    }

    #[test]
    fn a_line_of_the_workspace_that_nobody_takes_up_is_found() {
        let manifest =
            "[workspace.dependencies]\nserde = \"1\"\n# note = 1\ntoml = \"1\"\n\n[profile.dev]\ndebug = 1\n";
        let files = [("Cargo.toml", manifest), ("index/src/lib.rs", "use serde::Serialize;")];
        assert_eq!(wrongs(&["serde"], &files), ["no crate takes up `toml`"]);
    }

    #[test]
    fn refused_packages_are_found_however_they_came_in() {
        let metadata = workspace(&[("index", &[])], &[("evalexpr", "AGPL-3.0", &[])]);
        let repo = Repo { metadata, ..Repo::of(&[("Cargo.lock", "[[package]]\nname = \"evalexpr\"\n")]) };
        let found = check(&repo);
        assert_eq!((found.len(), found[0].line), (1, 2));
    }
}
