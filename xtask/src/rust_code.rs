//! Rust source without what is not code: comments, texts and tests become blanks, so that every line keeps its number.

/// The source with comments, strings and characters blanked.
pub fn code(source: &str) -> String {
    let mut scan = Scan { from: source.chars().collect(), at: 0, to: String::with_capacity(source.len()) };
    scan.run();
    scan.to
}

/// Code without the items that `#[cfg(test)]` marks.
pub fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut text = code.to_string();
    while let Some(start) = text.find(MARK) {
        let end = start + item_length(&text[start + MARK.len()..]) + MARK.len();
        let blank = blanked(&text[start..end]);
        text.replace_range(start..end, &blank);
    }
    text
}

/// Whether a path is that of a file with nothing but tests.
pub fn is_test_file(path: &str) -> bool {
    path.contains("/tests/") || path.contains("/benches/") || path.ends_with("/tests.rs") || path.ends_with("_tests.rs")
}

/// Names and numbers in the code, each with its line (from 1) and byte offset.
pub fn words(code: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    code.lines().enumerate().flat_map(|(index, line)| {
        let mut rest = 0;
        std::iter::from_fn(move || {
            let start = rest + line[rest..].find(is_word)?;
            let length = line[start..].find(|c| !is_word(c)).unwrap_or(line.len() - start);
            rest = start + length;
            Some((index + 1, start, &line[start..rest]))
        })
    })
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn blanked(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
}

/// Length of the item at the start: to its closing brace, or to the `;` that comes before any brace.
fn item_length(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && c == '}' {
                    return at + 1;
                }
            }
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

struct Scan {
    from: Vec<char>,
    at: usize,
    to: String,
}

impl Scan {
    fn run(&mut self) {
        while let Some(c) = self.look(0) {
            match (c, self.look(1)) {
                ('/', Some('/')) => self.blank_while(|scan| scan.look(0) != Some('\n')),
                ('/', Some('*')) => self.block_comment(),
                ('"', _) => self.string(),
                ('\'', _) => self.quote(),
                _ if is_word(c) => self.word(),
                _ => self.keep(),
            }
        }
    }

    fn look(&self, ahead: usize) -> Option<char> {
        self.from.get(self.at + ahead).copied()
    }

    fn keep(&mut self) {
        if let Some(c) = self.look(0) {
            self.to.push(c);
            self.at += 1;
        }
    }

    fn blank(&mut self) {
        if let Some(c) = self.look(0) {
            self.to.push(if c == '\n' { '\n' } else { ' ' });
            self.at += 1;
        }
    }

    fn blank_while(&mut self, more: impl Fn(&Self) -> bool) {
        while self.look(0).is_some() && more(self) {
            self.blank();
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.look(0).is_some() {
            match (self.look(0), self.look(1)) {
                (Some('/'), Some('*')) => {
                    depth += 1;
                    self.blank();
                }
                (Some('*'), Some('/')) => {
                    depth -= 1;
                    self.blank();
                }
                _ => {}
            }
            self.blank();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.blank();
        while let Some(c) = self.look(0) {
            self.blank();
            match c {
                '\\' => self.blank(),
                '"' => return,
                _ => {}
            }
        }
    }

    /// A character (`'x'`, `'\n'`) or a lifetime (`'a`), which stays.
    fn quote(&mut self) {
        if self.look(1) == Some('\\') {
            self.blank();
            self.blank();
            self.blank();
            self.blank_while(|scan| scan.look(0) != Some('\''));
            self.blank();
        } else if self.look(2) == Some('\'') {
            for _ in 0..3 {
                self.blank();
            }
        } else {
            self.keep();
        }
    }

    /// A name or number; `r"…"`, `br#"…"#` and `b"…"` are texts with a prefix.
    fn word(&mut self) {
        let start = self.at;
        while self.look(0).is_some_and(is_word) {
            self.keep();
        }
        let prefix: String = self.from[start..self.at].iter().collect();
        if matches!(prefix.as_str(), "r" | "br" | "cr") {
            let marks = (0..).take_while(|&n| self.look(n) == Some('#')).count();
            if self.look(marks) == Some('"') {
                self.raw_string(marks);
            }
        }
    }

    fn raw_string(&mut self, marks: usize) {
        for _ in 0..=marks {
            self.blank();
        }
        while let Some(c) = self.look(0) {
            let closes = c == '"' && (1..=marks).all(|n| self.look(n) == Some('#'));
            self.blank();
            if closes {
                for _ in 0..marks {
                    self.blank();
                }
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_texts_and_characters_are_blanked_and_lines_stay() {
        let source =
            "let a = \"f64 \\\" // no\"; // f64\n/* f64 /* f64 */\nf64 */ let b = 'f'; let c = '\\''; fn d<'a>() {}\n";
        let clean = code(source);
        assert!(!clean.contains("f64") && !clean.contains("no"), "{clean}");
        assert!(clean.contains("let b =") && clean.contains("let c =") && clean.contains("fn d<'a>() {}"), "{clean}");
        assert_eq!(clean.lines().count(), source.lines().count());
    }

    #[test]
    fn raw_texts_end_at_their_own_mark() {
        let clean = code("let a = r#\"f64 \" f64\"#; let b = br\"f64\"; let r = after;");
        assert!(!clean.contains("f64"), "{clean}");
        assert!(clean.contains("let r = after;"), "{clean}");
    }

    #[test]
    fn test_items_are_blanked_and_what_follows_stays() {
        let clean = without_tests(&code(
            "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { c(); }\n}\nfn d() {}\n#[cfg(test)]\nuse e;\nfn g() {}\n",
        ));
        let kept: Vec<&str> = clean.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(kept, ["fn a() {}", "fn d() {}", "fn g() {}"]);
    }

    #[test]
    fn words_carry_their_line() {
        let found: Vec<_> = words("a + b1\n\ntự_do").collect();
        assert_eq!(found, [(1, 0, "a"), (1, 4, "b1"), (3, 0, "tự_do")]);
    }
}
