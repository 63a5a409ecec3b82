//! What `cargo metadata` says of the workspace and of everything it builds on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::command;

/// The workspace with all resolved packages.
#[derive(Debug, Default, Deserialize)]
pub struct Metadata {
    /// Members and everything they depend on.
    pub packages: Vec<Package>,
    /// Ids of the members.
    pub workspace_members: BTreeSet<String>,
    /// Who depends on whom, after resolution.
    pub resolve: Option<Resolve>,
    /// Where cargo puts what it builds.
    pub target_directory: PathBuf,
}

/// One package.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// Unique in the workspace.
    pub id: String,
    /// Its name.
    pub name: String,
    /// An SPDX expression, where the package gives one.
    pub license: Option<String>,
    /// Path of its Cargo.toml.
    pub manifest_path: PathBuf,
    /// What it declares.
    pub dependencies: Vec<Dependency>,
}

/// One declared dependency.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    /// Name of the package.
    pub name: String,
    /// Name in the code, where it differs.
    pub rename: Option<String>,
    /// `None` (ordinary), `dev` or `build`.
    pub kind: Option<String>,
}

/// The resolved graph.
#[derive(Debug, Default, Deserialize)]
pub struct Resolve {
    /// One node a package.
    pub nodes: Vec<Node>,
}

/// One package and its resolved dependencies.
#[derive(Debug, Deserialize)]
pub struct Node {
    /// Id of the package.
    pub id: String,
    /// What it depends on.
    pub deps: Vec<Edge>,
}

/// One resolved dependency.
#[derive(Debug, Deserialize)]
pub struct Edge {
    /// Name in the code.
    pub name: String,
    /// Id of the package.
    pub pkg: String,
    /// In which roles.
    pub dep_kinds: Vec<Role>,
}

/// The role of a dependency.
#[derive(Debug, Deserialize)]
pub struct Role {
    /// `None` (ordinary), `dev` or `build`.
    pub kind: Option<String>,
}

impl Metadata {
    /// Asks cargo, for this machine's platform alone, with the lock file as it is.
    pub fn load(root: &Path) -> Result<Self> {
        let host = host(root)?;
        let arguments = ["metadata", "--format-version", "1", "--locked", "--filter-platform", &host];
        let text = command::read(&mut command::cargo(root, &arguments))?;
        serde_json::from_str(&text).context("cannot read the answer of cargo metadata")
    }

    /// The workspace's own packages.
    pub fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages.iter().filter(|package| self.workspace_members.contains(&package.id))
    }

    /// Resolved dependencies of a package.
    pub fn edges(&self, id: &str) -> &[Edge] {
        let nodes = self.resolve.as_ref().map(|resolve| resolve.nodes.as_slice()).unwrap_or_default();
        nodes.iter().find(|node| node.id == id).map(|node| node.deps.as_slice()).unwrap_or_default()
    }

    /// The name by which a package's code calls one of its dependencies.
    pub fn name_in_code(&self, package: &Package, dependency: &Dependency) -> String {
        let same = |edge: &&Edge| self.packages.iter().any(|p| p.id == edge.pkg && p.name == dependency.name);
        match (&dependency.rename, self.edges(&package.id).iter().find(same)) {
            (Some(name), _) => name.replace('-', "_"),
            (None, Some(edge)) => edge.name.clone(),
            (None, None) => dependency.name.replace('-', "_"),
        }
    }

    /// Names of all packages that end up in this one's build, each with one that pulls it in; tests' own needs are left out.
    pub fn reaches(&self, id: &str) -> BTreeMap<&str, &str> {
        let names: BTreeMap<&str, &str> = self.packages.iter().map(|p| (p.id.as_str(), p.name.as_str())).collect();
        let mut found = BTreeMap::new();
        let mut waiting = vec![id];
        while let Some(current) = waiting.pop() {
            for edge in self.edges(current).iter().filter(|edge| edge.ordinary()) {
                let (Some(name), Some(by)) = (names.get(edge.pkg.as_str()), names.get(current)) else { continue };
                if !found.contains_key(name) {
                    found.insert(*name, *by);
                    waiting.push(&edge.pkg);
                }
            }
        }
        found
    }
}

impl Edge {
    /// Whether it is needed outside tests and build scripts.
    pub fn ordinary(&self) -> bool {
        self.dep_kinds.iter().any(|role| role.kind.is_none())
    }
}

impl Package {
    /// Folder of the package below the workspace, with `/`.
    pub fn folder(&self, root: &Path) -> String {
        let folder = self.manifest_path.parent().unwrap_or(root);
        folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().replace('\\', "/")
    }
}

fn host(root: &Path) -> Result<String> {
    let text = command::read(&mut command::program(root, "rustc", &["-vV"]))?;
    let line = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(line.context("rustc -vV names no host")?.to_string())
}

/// A made-up workspace for tests: `("index", "MIT", ["text", "dev:proptest"])`; the first letters `dev:` mark a test's need.
#[cfg(test)]
pub fn workspace(members: &[(&str, &[&str])], others: &[(&str, &str, &[&str])]) -> Metadata {
    fn split(text: &str) -> (Option<String>, &str) {
        text.strip_prefix("dev:").map_or((None, text), |name| (Some("dev".to_string()), name))
    }
    let mut made = Metadata { resolve: Some(Resolve::default()), ..Metadata::default() };
    let own = members.iter().map(|(name, needs)| (*name, "Apache-2.0", *needs));
    for (name, license, needs) in own.chain(others.iter().copied()) {
        let dependencies = needs.iter().map(|need| split(need));
        made.packages.push(Package {
            id: name.to_string(),
            name: name.to_string(),
            license: (!license.is_empty()).then(|| license.to_string()),
            manifest_path: PathBuf::from(format!("/repo/{name}/Cargo.toml")),
            dependencies: dependencies
                .clone()
                .map(|(kind, need)| Dependency { name: need.to_string(), rename: None, kind })
                .collect(),
        });
        let deps = dependencies.map(|(kind, need)| Edge {
            name: need.replace('-', "_"),
            pkg: need.to_string(),
            dep_kinds: vec![Role { kind }],
        });
        made.resolve.get_or_insert_default().nodes.push(Node { id: name.to_string(), deps: deps.collect() });
    }
    made.workspace_members = members.iter().map(|(name, _)| name.to_string()).collect();
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_follows_ordinary_dependencies_alone() {
        let metadata = workspace(
            &[("index", &["serde", "dev:proptest"])],
            &[("serde", "MIT", &["deep"]), ("deep", "MIT", &[]), ("proptest", "MIT", &["rand"]), ("rand", "MIT", &[])],
        );
        let reached = metadata.reaches("index");
        assert_eq!(reached, BTreeMap::from([("serde", "index"), ("deep", "serde")]));
    }
}
