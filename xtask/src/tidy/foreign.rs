//! The repository holds what people wrote: no binaries, no minified or copied files, no fonts, no left-overs of tools.

use super::{Finding, Repo};

/// A line this long in a script, style sheet or schema was not written by a person.
const LONGEST_LINE: usize = 500;
const LARGEST_PICTURE: usize = 150 * 1024;
const LEFT_OVERS: &[&str] = &[".snap.new", ".pending-snap", ".orig", ".rej", ".bak", ".tmp", ".log", "~"];

/// Everything that is neither text nor a picture for the documents.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &repo.files {
        let mut add = |line, wrong: String, remedy: &str| findings.push(Finding::new(&file.path, line, wrong, remedy));
        if LEFT_OVERS.iter().any(|end| file.path.ends_with(end)) {
            add(1, "a left-over of a tool".into(), "delete it");
            continue;
        }
        if file.path.starts_with("docs/") && file.extension() == "png" {
            if file.bytes.len() > LARGEST_PICTURE {
                add(1, format!("{} KB, more than 150", file.bytes.len() / 1024), "take it anew: cargo xtask shots");
            }
            continue;
        }
        let Some(text) = file.text() else {
            add(1, "not a UTF-8 text".into(), "make it at run time or in the test; only docs/ has pictures, as PNG");
            continue;
        };
        if [".min.js", ".min.css", ".woff", ".woff2", ".ttf", ".otf", ".map"].iter().any(|end| file.path.ends_with(end))
        {
            add(1, "a minified file or a font".into(), "write our own, or use what the system has");
        } else if ["js", "mjs", "css", "html", "sql"].contains(&file.extension().as_str())
            && let Some(index) = text.lines().position(|line| line.chars().count() > LONGEST_LINE)
        {
            let wrong = format!("a line of more than {LONGEST_LINE} characters");
            add(index + 1, wrong, "break it; minified files stay out");
        } else if file.path.ends_with("package-lock.json")
            && let Some(index) = text.lines().position(|line| line.contains("\"resolved\""))
        {
            add(index + 1, "names the address of a registry".into(), "make it anew with e2e/.npmrc in force");
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::repo::File;

    fn wrong(path: &str, bytes: &[u8]) -> Option<String> {
        let file = File { path: path.into(), bytes: bytes.to_vec() };
        let mut found = check(&Repo { files: vec![file], ..Repo::default() });
        assert!(found.len() < 2);
        found.pop().map(|finding| finding.wrong)
    }

    #[test]
    fn texts_and_pictures_of_the_documents_are_at_home() {
        assert_eq!(wrong("domain/a.rs", b"fn a() {}\n"), None);
        assert_eq!(wrong("docs/shots/a.png", &[0x89, 0, 1]), None);
        assert_eq!(wrong("store/migrations/0001.sql", format!("{}\n", "x".repeat(500)).as_bytes()), None);
    }

    #[test]
    fn strangers_are_found() {
        assert!(wrong("shell/logo.png", &[0x89, 0, 1]).is_some());
        assert!(wrong("data/a.xlsx", b"PK\x03\x04\x00").is_some());
        assert!(wrong("data/a.csv", b"Ti\xeau ch\xed\n").is_some());
        assert!(wrong("web/a.min.js", b"let a\n").is_some());
        assert!(wrong("web/a.css", "x".repeat(501).as_bytes()).is_some());
        assert!(wrong("store/migrations/0001.sql", "x".repeat(501).as_bytes()).is_some());
        assert!(wrong("a/x.snap.new", b"a\n").is_some());
        assert!(wrong("docs/shots/a.png", &vec![0; LARGEST_PICTURE + 1]).is_some());
        assert!(wrong("e2e/package-lock.json", b"{\n  \"resolved\": \"x\"\n}\n").is_some());
    }
}
