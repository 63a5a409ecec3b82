//! CHANGELOG.md has a section for what comes next, or for a version.

use super::{Finding, Repo};

const FILE: &str = "CHANGELOG.md";

/// The file is there and has such a section.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let remedy = "add a section `## Unreleased` with a line for each change that a user sees";
    match repo.text(FILE) {
        None => vec![Finding::new(FILE, 1, "missing", remedy)],
        Some(text) if text.lines().any(opens_a_section) => Vec::new(),
        Some(_) => vec![Finding::new(FILE, 1, "no section for what comes or for a version", remedy)],
    }
}

fn opens_a_section(line: &str) -> bool {
    let Some(title) = line.strip_prefix("## ") else { return false };
    let title = title.trim_start_matches(['[', 'v']);
    title.starts_with("Unreleased") || title.starts_with(|c: char| c.is_ascii_digit()) && title.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_wanted() {
        for good in ["# x\n\n## Unreleased\n", "## [Unreleased]\n", "## 0.1.0\n", "## [v1.2.0] - 2026\n"] {
            assert_eq!(check(&Repo::of(&[(FILE, good)])), [], "{good}");
        }
        for bad in ["", "# Changes\n", "### Unreleased\n", "## 2026\n"] {
            assert_eq!(check(&Repo::of(&[(FILE, bad)])).len(), 1, "{bad}");
        }
        assert_eq!(check(&Repo::of(&[])).len(), 1);
    }
}
