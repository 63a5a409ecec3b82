//! The records of a delimited text: quotes, doubled quotes and any line end.

/// A record: the line it begins on, from 1, and its raw fields.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) fields: Vec<String>,
}

/// Splits a text into records, one at a time; blank lines are records of one empty field.
pub(super) struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    line: u64,
    unclosed: Option<u64>,
}

impl<'a> Records<'a> {
    /// `line` is the number of the text's first line.
    pub(super) fn new(text: &'a str, separator: char, line: u64) -> Self {
        Self { rest: text.chars().peekable(), separator, line, unclosed: None }
    }

    /// The line of a quote that was never closed, once all records were read.
    pub(super) const fn unclosed(&self) -> Option<u64> {
        self.unclosed
    }

    fn quoted(&mut self, field: &mut String) {
        let opened = self.line;
        while let Some(mark) = self.rest.next() {
            if mark == '"' && self.rest.next_if_eq(&'"').is_none() {
                return;
            }
            if mark == '\n' {
                self.line += 1;
            }
            field.push(mark);
        }
        self.unclosed = Some(opened);
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        self.rest.peek()?;
        let mut record = Record { line: self.line, fields: Vec::new() };
        let mut field = String::new();
        while let Some(mark) = self.rest.next() {
            match mark {
                '"' if field.trim().is_empty() => {
                    field.clear();
                    self.quoted(&mut field);
                }
                '\r' | '\n' => {
                    if mark == '\r' {
                        self.rest.next_if_eq(&'\n');
                    }
                    self.line += 1;
                    break;
                }
                _ if mark == self.separator => record.fields.push(std::mem::take(&mut field)),
                _ => field.push(mark),
            }
        }
        record.fields.push(field);
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<(u64, Vec<String>)> {
        Records::new(text, ',', 1).map(|record| (record.line, record.fields)).collect()
    }

    fn owned(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|field| (*field).to_owned()).collect()
    }

    #[test]
    fn keeps_line_numbers_through_blank_lines_and_quoted_line_ends() {
        let records = split("a,b\r\n\r\n\"x\ny\",\"say \"\"hi\"\"\"\rlast, \"q\" ");
        assert_eq!(
            records,
            [
                (1, owned(&["a", "b"])),
                (2, owned(&[""])),
                (3, owned(&["x\ny", "say \"hi\""])),
                (5, owned(&["last", "q "]))
            ]
        );
    }

    #[test]
    fn a_quote_inside_a_word_is_text() {
        assert_eq!(split("5\" ống,b"), [(1, owned(&["5\" ống", "b"]))]);
    }

    #[test]
    fn tells_where_an_unclosed_quote_began() {
        let mut records = Records::new("a\n\"b\nc", ',', 1);
        assert_eq!(records.by_ref().count(), 2);
        assert_eq!(records.unclosed(), Some(2));
    }

    proptest! {
        #[test]
        fn never_loses_a_plain_character(text in "[a-c,\"\r\n]{0,60}") {
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
            let joined: String = split(&text).iter().flat_map(|(_, fields)| fields.concat().chars().collect::<Vec<_>>()).collect();
            prop_assert_eq!(letters(&joined), letters(&text));
        }
    }
}
