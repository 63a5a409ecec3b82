//! Files stay short enough to be read at one sitting.

use super::{Finding, Repo};

const LONGEST: usize = 800;
const LONG: usize = 400;
/// At most one in this many Rust files may be long.
const ONE_IN: usize = 10;
const READ_BY_PEOPLE: &[&str] = &["rs", "js", "mjs", "css", "html"];

/// No file over 800 lines; at most a tenth of the Rust files over 400.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings: Vec<Finding> = repo
        .texts("", READ_BY_PEOPLE)
        .filter(|(_, text)| text.lines().count() > LONGEST)
        .map(|(path, text)| {
            let wrong = format!("{} lines, more than {LONGEST}", text.lines().count());
            Finding::new(path, LONGEST + 1, wrong, "split it: a feature is a file")
        })
        .collect();
    let rust: Vec<(&str, &str)> = repo.texts("", &["rs"]).collect();
    let long: Vec<_> = rust.iter().filter(|(_, text)| text.lines().count() > LONG).collect();
    if long.len() * ONE_IN > rust.len() {
        let wrong =
            format!("{} of {} Rust files have more than {LONG} lines, more than a tenth", long.len(), rust.len());
        findings
            .extend(long.iter().map(|(path, _)| Finding::new(*path, LONG + 1, wrong.clone(), "split some of them")));
    }
    findings
}

/// The lengths of Rust files in one line: how many, median, 90th percentile, longest.
pub fn report(repo: &Repo) -> String {
    let mut lengths: Vec<(usize, &str)> =
        repo.texts("", &["rs"]).map(|(path, text)| (text.lines().count(), path)).collect();
    lengths.sort_unstable();
    let at =
        |part: usize| lengths.get((lengths.len() * part / 100).min(lengths.len().saturating_sub(1))).map_or(0, |l| l.0);
    let (longest, path) = lengths.last().copied().unwrap_or_default();
    format!(
        "{} Rust files: median {} lines, 90th percentile {}, longest {longest} ({path})",
        lengths.len(),
        at(50),
        at(90)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repo(files: &[(&str, usize)]) -> Repo {
        let texts: Vec<(&str, String)> = files.iter().map(|(path, lines)| (*path, "a\n".repeat(*lines))).collect();
        Repo::of(&texts.iter().map(|(path, text)| (*path, text.as_str())).collect::<Vec<_>>())
    }

    #[test]
    fn too_long_files_are_found_whatever_the_language() {
        assert_eq!(check(&repo(&[("a.css", 800), ("b.md", 2000)])), []);
        assert_eq!(check(&repo(&[("a.css", 801)]))[0].wrong, "801 lines, more than 800");
    }

    #[test]
    fn a_tenth_of_the_rust_files_may_be_long() {
        let mut files: Vec<(String, usize)> = (0..19).map(|n| (format!("{n}.rs"), 10)).collect();
        files.push(("x.rs".into(), 401));
        let named = |files: &[(String, usize)]| repo(&files.iter().map(|(p, n)| (p.as_str(), *n)).collect::<Vec<_>>());
        assert_eq!(check(&named(&files)), []);
        files.extend([("y.rs".into(), 500), ("z.rs".into(), 500)]);
        assert_eq!(check(&named(&files)).len(), 3);
    }

    #[test]
    fn the_report_gives_median_and_percentile() {
        let files: Vec<(String, usize)> = (1..=10).map(|n| (format!("{n:02}.rs"), n)).collect();
        let repo = repo(&files.iter().map(|(p, n)| (p.as_str(), *n)).collect::<Vec<_>>());
        assert_eq!(report(&repo), "10 Rust files: median 6 lines, 90th percentile 10, longest 10 (10.rs)");
    }
}
