//! Codes and names near what was typed.

use std::fmt;

use cchc_text::fold;
use serde::Serialize;

use crate::registry::Registry;

/// A unit that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Its code.
    pub code: String,
    /// The name it bore last.
    pub name: String,
}

const MOST: usize = 5;
/// Longer questions are cut: no code or name is as long.
const LONGEST: usize = 64;

/// Up to five units whose code or name is near the text, the nearest first; only exact ones where there are any.
pub(crate) fn find(registry: &Registry, text: &str) -> Vec<Suggestion> {
    let asked: Vec<char> = fold(text.trim()).chars().take(LONGEST).collect();
    let allowed = asked.len().div_ceil(4);
    let mut near: Vec<(usize, u32, &str, &str)> = Vec::new();
    for version in registry.latest() {
        let forms = [&version.code, &version.name, version.proper_name()].map(|form| distance(&asked, form));
        let best = forms.into_iter().min().unwrap_or(usize::MAX);
        if best <= allowed {
            near.push((best, version.order, &version.code, &version.name));
        }
    }
    near.sort_unstable();
    if near.first().is_some_and(|first| first.0 == 0) {
        near.retain(|form| form.0 == 0);
    }
    // A code that several units bore is one suggestion for each name.
    near.dedup_by(|one, other| one.2 == other.2 && one.3 == other.3);
    near.into_iter()
        .take(MOST)
        .map(|(_, _, code, name)| Suggestion { code: code.to_owned(), name: name.to_owned() })
        .collect()
}

/// How many letters must be changed, added or left out (Levenshtein).
fn distance(asked: &[char], form: &str) -> usize {
    let form = fold(form);
    let mut row: Vec<usize> = (0..=asked.len()).collect();
    for (line, letter) in form.chars().enumerate() {
        let mut diagonal = line;
        let mut left = line.saturating_add(1);
        let mut next = Vec::with_capacity(row.len());
        next.push(left);
        for (other, &above) in asked.iter().zip(row.iter().skip(1)) {
            let changed = if *other == letter { diagonal } else { diagonal.saturating_add(1) };
            left = changed.min(above.saturating_add(1)).min(left.saturating_add(1));
            diagonal = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_changed_letters() {
        for (asked, form, expected) in [
            ("", "", 0),
            ("8707", "08707", 1),
            ("tich son", "Tích Sơn", 0),
            ("abc", "", 3),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
        ] {
            let asked: Vec<char> = asked.chars().collect();
            assert_eq!(distance(&asked, form), expected);
        }
    }
}
