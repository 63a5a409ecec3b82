//! Reference data is even: each CSV has a header and as many cells in each row; each folder says what it holds.

use std::collections::BTreeSet;

use super::{Finding, Repo};

/// Every CSV and every folder below data/.
pub fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings: Vec<Finding> = repo.texts("data/", &["csv"]).flat_map(|(path, text)| look(path, text)).collect();
    let mut folders = BTreeSet::from(["data"]);
    for file in repo.files.iter().filter(|file| file.path.starts_with("data/")) {
        folders.extend(file.path.match_indices('/').map(|(end, _)| &file.path[..end]));
    }
    for folder in folders {
        let readme = format!("{folder}/README.md");
        if !repo.holds(&readme) {
            let remedy = "write what the folder holds, where each file comes from and how sure it is";
            findings.push(Finding::new(readme, 1, "missing", remedy));
        }
    }
    findings
}

fn look(path: &str, text: &str) -> Vec<Finding> {
    let mut rows = rows(text).into_iter();
    let Some((_, header)) = rows.next() else {
        return vec![Finding::new(path, 1, "no header", "name the columns in the first line")];
    };
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for name in &header {
        if name.trim().is_empty() {
            findings.push(Finding::new(path, 1, "a column without a name", "name it"));
        } else if !seen.insert(name) {
            findings.push(Finding::new(path, 1, format!("two columns named `{name}`"), "rename one"));
        }
    }
    for (line, cells) in rows {
        if cells.len() != header.len() {
            let wrong = format!("{} cells, the header has {}", cells.len(), header.len());
            findings.push(Finding::new(path, line, wrong, "quote the cell that holds a comma, or add the empty cells"));
        }
    }
    findings
}

/// Rows with the line on which each begins; a quoted cell may hold commas, doubled quotes and line ends.
fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let (mut line, mut start) = (1, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                rows.push((start, std::mem::take(&mut cells)));
                start = line + 1;
            }
            _ => cell.push(letter),
        }
        line += usize::from(letter == '\n');
    }
    if !cell.is_empty() || !cells.is_empty() {
        cells.push(cell);
        rows.push((start, cells));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrongs(text: &str) -> Vec<String> {
        look("data/a.csv", text).into_iter().map(|finding| format!("{}: {}", finding.line, finding.wrong)).collect()
    }

    #[test]
    fn quoted_commas_quotes_and_line_ends_are_within_a_cell() {
        assert_eq!(wrongs("code,name\n1,\"a, \"\"b\"\"\nc\"\n2,d\n"), Vec::<String>::new());
    }

    #[test]
    fn uneven_rows_are_found_with_their_line() {
        assert_eq!(
            wrongs("code,name\n1,\"a\nb\"\n2\n3,c,d\n"),
            ["4: 1 cells, the header has 2", "5: 3 cells, the header has 2"]
        );
    }

    #[test]
    fn a_header_names_every_column_once() {
        assert_eq!(wrongs(""), ["1: no header"]);
        assert_eq!(wrongs("a,,a\n"), ["1: a column without a name", "1: two columns named `a`"]);
    }

    #[test]
    fn every_folder_says_what_it_holds() {
        let repo = Repo::of(&[("data/README.md", "x\n"), ("data/sets/vp/a.toml", "")]);
        let found: Vec<String> = check(&repo).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["data/sets/README.md", "data/sets/vp/README.md"]);
    }
}
