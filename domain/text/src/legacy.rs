//! Text in the old 8-bit encodings TCVN3 (ABC) and VNI-Windows: telling it, and turning it into Unicode.
//!
//! Such text comes out of old workbooks and CSV files as western letters: `Vĩnh Phúc` is `VÜnh Phóc` in
//! TCVN3 and `Vónh Phuùc` in VNI. An importer asks [`detect`] about **as much text as belongs together** (a
//! column, a sheet: one word is often too little), says so in a finding, and converts on confirmation with
//! [`to_unicode`]. [`crate::nfc`] and [`crate::tidy`] keep every letter of both encodings, so it does not
//! matter whether they come first.
//!
//! Tables: TCVN 5712:1993 (VN3 part), checked against the GNU C library's charmap TCVN5712-1 and the table of
//! UniKey; VNI from the table of UniKey, checked against that of xvnkb; Windows-1258 and Windows-1252 as the
//! Unicode Consortium lists them. Some converters write TCVN3 capitals with tones as capital and small letter
//! (`Aµ` for `À`, as in "Unicode & Vietnamese Legacy Character Encodings"): that is read too.
//!
//! Limits: TCVN3 has no capitals with tones (capital *fonts* draw the small ones large), so `Së` may be
//! `Sở` or `SỞ`; signs that the encodings use for letters (`·`, `µ`, `«`, `®`, the soft hyphen) become
//! letters wherever they stand; VPS, VISCII, BKHCM and VIQR are not told.

mod bytes;
mod tcvn3;
mod vni;

use std::collections::BTreeSet;
use std::fmt;

use unicode_normalization::char::is_combining_mark;

pub use bytes::{FileEncoding, decode_bytes};

use crate::normal::nfc;
use crate::syllable::{is_syllable, is_vowel};

/// An old 8-bit encoding of Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// TCVN3, of the fonts named `.Vn…` (ABC).
    Tcvn3,
    /// VNI-Windows, of the fonts named `VNI-…`.
    Vni,
}

impl Encoding {
    const ALL: [Self; 2] = [Self::Tcvn3, Self::Vni];
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI-Windows",
        })
    }
}

/// The old encoding that the text is in; none where it may as well be Unicode.
///
/// A text with any letter that only Unicode Vietnamese has (`ạ`, `ơ`, `đ`, loose marks) is in no old
/// encoding. Otherwise its distinct words with non-ASCII letters are converted: four in five must become
/// Vietnamese syllables, and half must be words that are not Vietnamese as they stand; and one of those
/// must bear a sign that other languages don't write (`¨` amid letters, a capital behind a small letter,
/// `ø` behind a vowel), or they must be four at least.
#[must_use]
pub fn detect(text: &str) -> Option<Encoding> {
    if text.is_ascii() || text.contains(is_unicode_vietnamese) {
        return None;
    }
    let mut found: Vec<(usize, Encoding)> = Encoding::ALL
        .into_iter()
        .map(|encoding| (Evidence::gather(text, encoding), encoding))
        .filter(|(evidence, _)| evidence.convinces())
        .map(|(evidence, encoding)| (evidence.fresh, encoding))
        .collect();
    found.sort_by_key(|(fresh, _)| std::cmp::Reverse(*fresh));
    match found.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, encoding), ..] => Some(*encoding),
        [] => None,
    }
}

/// Converts a text of an old encoding into Unicode, in NFC; what is no letter of the encoding stays.
///
/// In TCVN3, a word of capitals with small accented letters (`CéNG`, of a capital font) comes out in
/// capitals; so do words with one capital (`Së`) where the whole text is such a heading.
///
/// ```
/// use cchc_text::legacy::{Encoding, to_unicode};
/// assert_eq!(to_unicode("VÜnh Phóc", Encoding::Tcvn3), "Vĩnh Phúc");
/// assert_eq!(to_unicode("Vónh Phuùc", Encoding::Vni), "Vĩnh Phúc");
/// ```
#[must_use]
pub fn to_unicode(text: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Tcvn3 => tcvn3::decode(text),
        Encoding::Vni => vni::decode(text),
    }
}

/// Converts Unicode text into an old encoding, written in the western letters of its bytes; all else stays.
///
/// TCVN3 has no capitals with tones: they become the small letters that capital fonts draw large.
#[must_use]
pub fn from_unicode(text: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Tcvn3 => tcvn3::encode(&nfc(text)),
        Encoding::Vni => vni::encode(&nfc(text)),
    }
}

// What speaks for an encoding, counted over distinct words with non-ASCII letters.
#[derive(Default)]
struct Evidence {
    // All such words.
    marked: usize,
    // Those that the encoding makes into Vietnamese syllables.
    valid: usize,
    // Of these, the ones that are no Vietnamese syllables as they stand.
    fresh: usize,
    // Of these, the ones with a sign that no other language writes there.
    telling: usize,
}

impl Evidence {
    fn gather(text: &str, encoding: Encoding) -> Self {
        let words: BTreeSet<&str> = text
            .split(|letter| !is_word_letter(letter, encoding))
            .filter(|word| !word.is_ascii() && !is_abbreviation(&to_unicode(word, encoding)))
            .collect();
        let mut evidence = Self { marked: words.len(), ..Self::default() };
        let valid: Vec<&str> = words.into_iter().filter(|word| is_syllable(&to_unicode(word, encoding))).collect();
        evidence.valid = valid.len();
        let fresh: Vec<&str> = valid.into_iter().filter(|word| !is_syllable(word)).collect();
        evidence.fresh = fresh.len();
        evidence.telling = fresh.into_iter().filter(|word| is_telling(word, encoding)).count();
        evidence
    }

    const fn convinces(&self) -> bool {
        self.valid.saturating_mul(5) >= self.marked.saturating_mul(4)
            && self.fresh.saturating_mul(2) >= self.marked
            && (self.telling > 0 || self.fresh >= 4)
    }
}

fn is_unicode_vietnamese(letter: char) -> bool {
    "ĂăĐđĨĩŨũƠơƯư".contains(letter) || matches!(letter, '\u{1ea0}'..='\u{1ef9}') || is_combining_mark(letter)
}

fn is_word_letter(letter: char, encoding: Encoding) -> bool {
    letter.is_alphabetic() || (encoding == Encoding::Tcvn3 && tcvn3::letter(letter).is_some())
}

// `QĐ`, `HĐND`, `đ` (đồng): capitals without a vowel say nothing for or against.
fn is_abbreviation(word: &str) -> bool {
    word == "đ" || word.chars().all(|letter| letter.is_uppercase() && !is_vowel(letter))
}

fn is_telling(word: &str, encoding: Encoding) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let foreign_case = |before: char, letter: char, after: Option<char>| {
        let capital =
            letter.is_uppercase() && (before.is_ascii_lowercase() || after.is_some_and(|a| a.is_ascii_lowercase()));
        let small =
            letter.is_lowercase() && before.is_ascii_uppercase() && after.is_some_and(|a| a.is_ascii_uppercase());
        !letter.is_ascii() && (capital || small)
    };
    let foreign_sign = |letter: char| "¡¢£¤¥¦§¨©¬\u{ad}®¶¸¹»¼½¾".contains(letter);
    letters.len() >= 3
        && letters.windows(2).enumerate().any(|(place, pair)| {
            let &[before, letter] = pair else { return false };
            let after = letters.get(place.saturating_add(2)).copied();
            match encoding {
                Encoding::Tcvn3 => foreign_case(before, letter, after) || foreign_sign(before) || foreign_sign(letter),
                Encoding::Vni => vni::is_telling_mark(before, letter),
            }
        })
}

#[cfg(test)]
mod tests;
