//! The text of a cell: trimmed, in NFC, no longer than allowed.

use std::borrow::Cow;

use cchc_text::{Place, Severity, nfc, number};

use crate::limits::Limits;
use crate::log::{Log, Told};

/// Cleans the cells of one file and remembers what it had to do.
#[derive(Debug)]
pub(crate) struct Cleaner {
    cell_chars: usize,
    composed: u64,
    first_composed: Option<Place>,
}

impl Cleaner {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { cell_chars: limits.cell_chars, composed: 0, first_composed: None }
    }

    /// The text of a cell; a text that is too long is an error and becomes empty.
    pub(crate) fn clean(&mut self, raw: &str, log: &mut Log, place: impl Fn() -> Place) -> String {
        let text = nfc(trim(raw));
        if let Cow::Owned(_) = text {
            self.composed += 1;
            self.first_composed.get_or_insert_with(&place);
        }
        // A byte count within the bound spares counting characters.
        if text.len() > self.cell_chars && text.chars().count() > self.cell_chars {
            let limit = number::vietnamese(&self.cell_chars.to_string());
            log.add(Severity::Error, "cell-too-long", || {
                Told::new(place(), format!("Ô dài quá {limit} ký tự nên không được dùng."))
                    .hint("Với tệp CSV, lỗi này thường do thiếu dấu ngoặc kép đóng.")
            });
            return String::new();
        }
        text.into_owned()
    }

    /// Tells, once a file, how many cells were in decomposed Unicode.
    pub(crate) fn finish(self, log: &mut Log) {
        let Some(place) = self.first_composed else { return };
        let count = number::vietnamese(&self.composed.to_string());
        log.add(Severity::Note, "decomposed-text", || {
            let message = format!("{count} ô dùng Unicode tổ hợp (NFD), đã chuyển sang Unicode dựng sẵn (NFC).");
            Told::new(place, message)
        });
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|mark: char| mark.is_whitespace() || matches!(mark, '\u{feff}' | '\u{200b}' | '\u{200e}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn composes_and_trims_and_says_so_once() {
        let mut log = Log::new("a.csv");
        let mut cleaner = Cleaner::new(&Limits::default());
        let decomposed: String = "Sở Nội vụ".nfd().collect();
        for line in 4..7 {
            let text =
                cleaner.clean(&format!("\u{feff}\u{a0} {decomposed} \n"), &mut log, || Place::line("a.csv", line));
            assert_eq!(text, "Sở Nội vụ");
        }
        cleaner.finish(&mut log);
        let findings = log.finish();
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place, Place::line("a.csv", 4));
        assert!(findings[0].message.starts_with("3 ô dùng Unicode tổ hợp"));
    }

    #[test]
    fn counts_characters_not_bytes() {
        let mut log = Log::new("a.csv");
        let mut cleaner = Cleaner::new(&Limits { cell_chars: 3, ..Limits::default() });
        assert_eq!(cleaner.clean("ườờ", &mut log, Place::default), "ườờ");
        assert_eq!(cleaner.clean("abcd", &mut log, Place::default), "");
        assert_eq!(log.finish()[0].code, "cell-too-long");
    }
}
