//! The form of texts: UTF-8, composed letters, plain line ends, and no path of one person's machine.

use super::{Finding, Repo};

/// Pieces of paths that exist on one machine only; put together here so that this file holds none of them.
const MACHINE: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!(".lib", "rary")];

/// Lines that name a folder of one machine.
pub fn machine_paths(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in repo.texts("", &[]) {
        for (index, line) in text.lines().enumerate() {
            for piece in MACHINE.iter().filter(|piece| line.contains(**piece)) {
                let wrong = format!("`{piece}` is a place on one machine");
                findings.push(Finding::new(path, index + 1, wrong, "name a path within the repository"));
            }
        }
    }
    findings
}

/// Form of every text file; what is no text is the business of another check.
pub fn check(repo: &Repo) -> Vec<Finding> {
    repo.texts("", &[]).flat_map(|(path, text)| look(path, text)).collect()
}

fn look(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (rust, markdown, snapshot) = (path.ends_with(".rs"), path.ends_with(".md"), path.ends_with(".snap"));
    if text.starts_with('\u{feff}') {
        findings.push(Finding::new(path, 1, "begins with a byte order mark", "save it as plain UTF-8"));
    }
    if !text.is_empty() && !text.ends_with('\n') {
        findings.push(Finding::new(path, text.lines().count(), "does not end with a line end", "add one"));
    }
    for (index, line) in text.split('\n').enumerate() {
        let mut add = |wrong: &str, remedy: &str| findings.push(Finding::new(path, index + 1, wrong, remedy));
        if line.ends_with('\r') {
            add("ends with a carriage return", "save it with Unix line ends");
        }
        if rust && line.contains('\t') {
            add("holds a tab", "use spaces: cargo fmt");
        }
        if line.ends_with([' ', '\t']) && !markdown && !snapshot {
            add("ends with a space", "remove it");
        }
        if decomposed(line) {
            add(
                "holds a letter and its mark as two characters (not NFC)",
                "compose them; in Rust tests write \\u{301}",
            );
        }
    }
    findings
}

/// Whether a combining mark follows a letter: every letter with Vietnamese marks exists as one character.
fn decomposed(line: &str) -> bool {
    let mark = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    line.chars().zip(line.chars().skip(1)).any(|(before, after)| before.is_alphabetic() && mark(&after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrongs(path: &str, text: &str) -> Vec<String> {
        look(path, text).into_iter().map(|finding| format!("{}: {}", finding.line, finding.wrong)).collect()
    }

    #[test]
    fn places_on_one_machine_are_found() {
        for piece in MACHINE {
            let repo = Repo::of(&[("a.md", &format!("fine\nsee {piece}x\n"))]);
            let found = machine_paths(&repo);
            assert_eq!((found.len(), found[0].line), (1, 2));
        }
        assert_eq!(machine_paths(&Repo::of(&[("a.md", "/framework/ and work/ and root/\n")])), []);
    }

    #[test]
    fn stray_spaces_tabs_and_ends_are_found() {
        assert_eq!(
            wrongs("a.rs", "a\n\tb \nc\r\n"),
            ["2: holds a tab", "2: ends with a space", "3: ends with a carriage return"]
        );
        assert_eq!(wrongs("a.css", "a\nb"), ["2: does not end with a line end"]);
        assert_eq!(wrongs("a.md", "two spaces  \n"), Vec::<String>::new());
    }

    #[test]
    fn letters_are_composed() {
        assert_eq!(wrongs("a.csv", "Ti\u{ea}u chi\u{301}\n").len(), 1);
        assert_eq!(wrongs("a.csv", "Tiêu chí, đường, hoà, \u{25cc}\u{301}\n"), Vec::<String>::new());
    }
}
