//! Which of the things found are shown first.

use cchc_text::{fold, unify_tones};

use super::Hit;

/// How well a title fits; the smaller, the better.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// How many of the words asked for don't stand in it as they were written.
    unlike: usize,
    /// 0: the title itself; 1: it begins so; 2: it stands in it; 3: only its words do.
    phrase: u8,
}

/// Puts the best first; among equal ones places decide, then the length of titles, then keys.
pub(super) fn sort(hits: &mut [Hit], text: &str) {
    let asked = Asked::new(text);
    hits.sort_by_cached_key(|hit| {
        let length = hit.title.chars().count();
        (asked.fit(&hit.title), hit.place, length, hit.kind.clone(), hit.key.clone())
    });
}

/// What was asked for, in the forms in which it is compared.
struct Asked {
    written: Vec<String>,
    folded: String,
}

impl Asked {
    fn new(text: &str) -> Self {
        Self { written: written(text), folded: plain(text) }
    }

    fn fit(&self, title: &str) -> Fit {
        let words = written(title);
        let is_in = |(number, asked): (usize, &String)| {
            let last = number.saturating_add(1) == self.written.len();
            words.iter().any(|word| word == asked || last && word.starts_with(asked.as_str()))
        };
        let alike = self.written.iter().enumerate().filter(|part| is_in(*part)).count();
        let folded = plain(title);
        let phrase = if folded == self.folded {
            0
        } else if folded.starts_with(&self.folded) {
            1
        } else if format!(" {folded}").contains(&format!(" {}", self.folded)) {
            2
        } else {
            3
        };
        Fit { unlike: self.written.len().saturating_sub(alike), phrase }
    }
}

/// The words as they are written, in lower case, with tones where they belong.
fn written(text: &str) -> Vec<String> {
    let text = unify_tones(&text.to_lowercase());
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Folded, one space between words.
fn plain(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &str, titles: &[&str]) -> Vec<String> {
        let hit = |title: &&str| Hit {
            kind: "unit".to_owned(),
            key: (*title).to_owned(),
            title: (*title).to_owned(),
            subtitle: String::new(),
            href: String::new(),
            place: 0,
        };
        let mut hits: Vec<Hit> = titles.iter().map(hit).collect();
        sort(&mut hits, text);
        hits.into_iter().map(|hit| hit.title).collect()
    }

    #[test]
    fn what_is_written_so_comes_first() {
        assert_eq!(order("phú", &["Xã Phù Ninh", "Xã Phú Khê"]), ["Xã Phú Khê", "Xã Phù Ninh"]);
        assert_eq!(order("hoà bình", &["Xã Hóa Bình", "Xã Hòa Bình"]), ["Xã Hòa Bình", "Xã Hóa Bình"]);
        assert_eq!(order("Hòa Bì", &["Xã Hóa Bình", "Xã Hoà Bình"]), ["Xã Hoà Bình", "Xã Hóa Bình"]);
    }

    #[test]
    fn among_alike_ones_the_phrase_decides() {
        let titles = ["Sở Y tế thôn Nội vụ", "Phòng Sở Nội vụ", "Sở Nội vụ Phú Thọ", "Sở Nội vụ"];
        assert_eq!(order("so noi vu", &titles), ["Sở Nội vụ", "Sở Nội vụ Phú Thọ", "Phòng Sở Nội vụ", titles[0]]);
    }
}
