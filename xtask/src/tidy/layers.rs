//! Arrows only point down: cchc -> web -> papers -> domain; the pillars of the domain never import one another.

use super::{Finding, Repo};

/// Every crate of the workspace and the crates of the workspace that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("cchc-text", &[]),
    ("cchc-ledger", &[]),
    ("cchc-access", &["cchc-text", "cchc-ledger"]),
    ("cchc-calendar", &["cchc-text"]),
    ("cchc-units", &["cchc-text"]),
    ("cchc-index", &["cchc-text", "cchc-calendar", "cchc-ledger"]),
    ("cchc-papers", &["cchc-text", "cchc-ledger", "cchc-access", "cchc-calendar", "cchc-units", "cchc-index"]),
    ("cchc-store", &["cchc-text", "cchc-ledger", "cchc-access", "cchc-calendar", "cchc-index"]),
    ("cchc-web", SHELL),
    ("cchc", EVERYTHING),
    ("cchc-bench", EVERYTHING),
    ("cchc-soak", EVERYTHING),
    ("xtask", &[]),
];

/// What the pages may use.
const SHELL: &[&str] = &[
    "cchc-text",
    "cchc-calendar",
    "cchc-ledger",
    "cchc-access",
    "cchc-units",
    "cchc-index",
    "cchc-papers",
    "cchc-store",
];

/// What the program may use.
const EVERYTHING: &[&str] = &[
    "cchc-text",
    "cchc-calendar",
    "cchc-ledger",
    "cchc-access",
    "cchc-units",
    "cchc-index",
    "cchc-papers",
    "cchc-store",
    "cchc-web",
];

/// What touches files, networks, clocks, threads or chance; nothing of it may end up in a crate of the domain.
const WORLD: &[&str] = &[
    "async-std",
    "axum",
    "chrono",
    "clap",
    "getrandom",
    "hyper",
    "mio",
    "rand",
    "reqwest",
    "rusqlite",
    "socket2",
    "sqlx",
    "tempfile",
    "tokio",
    "tower",
    "tower-http",
    "tracing-subscriber",
    "ureq",
    "walkdir",
];

/// Compares every crate with the table, and what the domain reaches with the list.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    let members: Vec<&str> = repo.metadata.members().map(|package| package.name.as_str()).collect();
    for package in repo.metadata.members() {
        let manifest = format!("{}/Cargo.toml", package.folder(&repo.root));
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == package.name) else {
            let remedy =
                "give it a line in MAY_USE of xtask/src/tidy/layers.rs and a paragraph in docs/architecture.md";
            findings.push(Finding::new(manifest, 1, format!("`{}` has no place in the house", package.name), remedy));
            continue;
        };
        for dependency in &package.dependencies {
            let name = dependency.name.as_str();
            if members.contains(&name) && !allowed.contains(&name) {
                let wrong = format!("`{}` must not depend on `{name}`", package.name);
                let remedy = "arrows point down only; pass what you need in as data";
                findings.push(Finding::new(&manifest, line_of(repo, &manifest, name), wrong, remedy));
            }
        }
        if package.folder(&repo.root).starts_with("domain/") {
            for (name, by) in repo.metadata.reaches(&package.id) {
                if WORLD.contains(&name) {
                    let wrong = format!("`{}` reaches `{name}` (through `{by}`)", package.name);
                    let remedy = "the domain is pure: move that work to shell/";
                    findings.push(Finding::new(&manifest, line_of(repo, &manifest, name), wrong, remedy));
                }
            }
        }
    }
    findings
}

/// The line of a manifest that declares a dependency; 1 where there is none.
pub fn line_of(repo: &Repo, manifest: &str, name: &str) -> usize {
    let declares = |line: &str| {
        let rest = line.trim_start().strip_prefix(name);
        rest.is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
    };
    let text = repo.text(manifest).unwrap_or_default();
    text.lines().position(declares).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::workspace;

    fn repo(members: &[(&str, &[&str])], others: &[(&str, &str, &[&str])]) -> Repo {
        Repo { metadata: workspace(members, others), ..Repo::of(&[]) }
    }

    #[test]
    fn the_house_as_designed_has_no_findings() {
        let house = [
            ("cchc-text", &[][..]),
            ("cchc-calendar", &["cchc-text"]),
            ("cchc-index", &["cchc-text", "cchc-calendar"]),
        ];
        assert_eq!(check(&repo(&house, &[])), []);
    }

    #[test]
    fn a_pillar_that_imports_a_pillar_is_found_even_in_tests() {
        let found = check(&repo(&[("cchc-units", &[]), ("cchc-index", &["dev:cchc-units"])], &[]));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].wrong, "`cchc-index` must not depend on `cchc-units`");
    }

    #[test]
    fn an_arrow_that_points_up_is_found() {
        let found = check(&repo(&[("cchc-web", &[]), ("cchc-papers", &["cchc-web"])], &[]));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        let found = check(&repo(&[("cchc-stranger", &[])], &[]));
        assert!(found[0].wrong.contains("`cchc-stranger` has no place"));
    }

    #[test]
    fn the_world_is_found_however_deep() {
        let others = [("serde", "MIT", &["deep"][..]), ("deep", "MIT", &["tokio"]), ("tokio", "MIT", &[])];
        let mut repo = repo(&[("cchc-text", &["serde"])], &others);
        repo.metadata.packages[0].manifest_path = "/repo/domain/text/Cargo.toml".into();
        let found = check(&repo);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].wrong, "`cchc-text` reaches `tokio` (through `deep`)");
    }
}
