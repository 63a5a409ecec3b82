//! One form of text: composed letters (NFC) and plain spaces.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

/// The same text with composed letters (NFC); borrowed where nothing had to change.
///
/// ```
/// assert_eq!(cchc_text::nfc("Vie\u{323}\u{302}t"), "Việt");
/// ```
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Whether the text is in NFC: every letter that can be one character is one.
#[must_use]
pub fn is_nfc(text: &str) -> bool {
    match is_nfc_quick(text.chars()) {
        unicode_normalization::IsNormalized::Yes => true,
        unicode_normalization::IsNormalized::No => false,
        unicode_normalization::IsNormalized::Maybe => text.nfc().eq(text.chars()),
    }
}

/// Whether letters are written with loose marks (`e` + `◌̂` instead of `ê`), wholly or in part.
///
/// Such text (NFD, as some systems save it, or the half-composed `ê` + `◌́` of Windows-1258) looks
/// right and compares wrong; an importer says so in a finding and reads it through [`nfc`].
#[must_use]
pub fn is_decomposed(text: &str) -> bool {
    text.chars().any(is_combining_mark) && !is_nfc(text)
}

/// One line of clean text, in NFC: single plain spaces, none at the ends, nothing invisible.
///
/// Every white space counts as a space (no-break, thin, ideographic, tab, line break). Dropped:
/// zero-width characters, byte order marks and direction marks. The soft hyphen stays: in text in
/// the encoding TCVN3 it is the letter `ư` (see [`crate::legacy`]).
///
/// ```
/// assert_eq!(cchc_text::tidy("\u{feff} Hồ\u{a0}\u{200b} sơ\n"), "Hồ sơ");
/// ```
#[must_use]
pub fn tidy(text: &str) -> Cow<'_, str> {
    if is_tidy(text) {
        return nfc(text);
    }
    let visible: String = text.chars().filter(|letter| !is_invisible(*letter)).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    Cow::Owned(nfc(&words.join(" ")).into_owned())
}

fn is_tidy(text: &str) -> bool {
    let odd = |letter: char| letter != ' ' && (letter.is_whitespace() || is_invisible(letter));
    !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ") && !text.contains(odd)
}

fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn borrows_what_is_already_composed() {
        assert!(matches!(nfc("Vĩnh Phúc"), Cow::Borrowed(_)));
        assert!(matches!(tidy("Vĩnh Phúc"), Cow::Borrowed(_)));
        assert_eq!(nfc("Vi\u{303}nh Phu\u{301}c"), "Vĩnh Phúc");
    }

    #[test]
    fn tells_loose_marks_from_composed_letters() {
        for text in ["", "abc", "Ủy ban nhân dân tỉnh", "café", "x\u{301}"] {
            assert!(!is_decomposed(text), "{text}");
        }
        for text in ["U\u{309}y ban", "ê\u{301}", "cafe\u{301}", "Việt và Vie\u{302}\u{323}t"] {
            assert!(is_decomposed(text), "{text}");
        }
        // The sign of the kelvin is no letter with a loose mark, though NFC replaces it.
        assert!(!is_nfc("\u{212a}") && !is_decomposed("\u{212a}"));
    }

    #[test]
    fn tidies_what_office_programs_leave() {
        for (text, clean) in [
            ("  Sở   Nội vụ\t", "Sở Nội vụ"),
            ("\u{feff}unit", "unit"),
            ("1\u{a0}601", "1 601"),
            ("1\u{202f}601", "1 601"),
            ("Thuế\r\ntỉnh", "Thuế tỉnh"),
            ("a\u{200b}b\u{2060}c", "abc"),
            ("a\u{200d}\u{301}", "á"),
            ("\u{3000}", ""),
            ("T\u{ad}", "T\u{ad}"),
        ] {
            assert_eq!(tidy(text), clean, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn both_are_idempotent(text in r"(?s)[a-zA-Zéơ \u{a0}\u{200b}\u{301}\u{323}\u{31b}\n]{0,12}|\PC{0,12}") {
            let once = nfc(&text).into_owned();
            prop_assert!(is_nfc(&once) && !is_decomposed(&once));
            let clean = tidy(&text).into_owned();
            prop_assert_eq!(tidy(&clean), clean.as_str());
            prop_assert!(is_nfc(&clean));
        }
    }
}
