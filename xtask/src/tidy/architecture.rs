//! What the documents name exists: every crate stands in docs/architecture.md, its paths and every link in Markdown lead somewhere.

use super::{Finding, Repo};

const MAP: &str = "docs/architecture.md";
/// Written like paths, but names of media types.
const MEDIA_TYPES: &[&str] = &["application", "image", "text", "multipart", "font"];

/// Crates without a paragraph, paths that are gone, links that lead nowhere.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = dead_links(repo);
    let Some(text) = repo.text(MAP) else {
        findings.push(Finding::new(MAP, 1, "missing", "write it: bird's-eye view, entry points, code map, invariants"));
        return findings;
    };
    for package in repo.metadata.members() {
        let (name, folder) = (format!("`{}`", package.name), package.folder(&repo.root));
        let named =
            [name.as_str(), &format!("`{folder}`"), &format!("`{folder}/")].iter().any(|way| text.contains(way));
        if !named {
            let wrong = format!("does not name the crate {name}");
            findings.push(Finding::new(MAP, 1, wrong, "give it a paragraph in the code map"));
        }
    }
    for (line, quoted) in quoted(text) {
        if names_a_path(quoted) && !exists(repo, quoted) {
            findings.push(Finding::new(MAP, line, format!("`{quoted}` does not exist"), "correct the path"));
        }
    }
    findings
}

/// What stands between single backticks, outside fenced blocks.
fn quoted(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(|part| (index + 1, part)));
        }
    }
    found
}

fn names_a_path(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    if text.starts_with(['/', '-', '.']) || text.is_empty() || !text.chars().all(plain) {
        return false;
    }
    match text.split_once('/') {
        Some((first, _)) => !MEDIA_TYPES.contains(&first),
        None => [".rs", ".toml", ".md", ".css", ".html", ".mjs"].iter().any(|end| text.ends_with(end)),
    }
}

/// From the root, or, for a bare file name, anywhere.
fn exists(repo: &Repo, path: &str) -> bool {
    let end = format!("/{path}");
    repo.holds(path) || !path.contains('/') && repo.files.iter().any(|file| file.path.ends_with(&end))
}

fn dead_links(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in repo.texts("", &["md"]) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (index, line) in text.lines().enumerate() {
            for target in line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
                if target.is_empty() || target.contains(':') || target.contains(' ') {
                    continue;
                }
                if !resolve(folder, target).is_some_and(|target| target.is_empty() || repo.holds(&target)) {
                    let wrong = format!("the link to {target} leads nowhere");
                    findings.push(Finding::new(path, index + 1, wrong, "correct it; links are relative to the file"));
                }
            }
        }
    }
    findings
}

/// The path from the root; nothing where `..` leads out of it.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::workspace;

    fn wrongs(text: &str) -> Vec<String> {
        let files =
            [(MAP, text), ("text/src/lib.rs", ""), ("README.md", "[map](docs/architecture.md#x) [gone](docs/no.md)")];
        let repo = Repo { metadata: workspace(&[("text", &[])], &[]), ..Repo::of(&files) };
        check(&repo).into_iter().map(|finding| format!("{}: {}", finding.line, finding.wrong)).collect()
    }

    #[test]
    fn crates_paths_and_links_are_checked() {
        let found = wrongs("No crate here.\nSee `text2/src/gone.rs`, `lib.rs` and `never.rs`.");
        assert_eq!(
            found,
            [
                "1: the link to docs/no.md leads nowhere",
                "1: does not name the crate `text`",
                "2: `text2/src/gone.rs` does not exist",
                "2: `never.rs` does not exist",
            ]
        );
    }

    #[test]
    fn what_is_no_path_is_let_be() {
        let text = "`text` stands here; `/cong-bo/{id}`, `application/json`, `a + b`, `cargo xtask`, `1.234`\n```\n`x/y.rs`\n```\n";
        assert_eq!(wrongs(text).len(), 1);
    }

    #[test]
    fn links_are_relative_to_their_file() {
        assert_eq!(resolve("docs/guides", "../a/./b.md").as_deref(), Some("docs/a/b.md"));
        assert_eq!(resolve("", "../x"), None);
    }
}
