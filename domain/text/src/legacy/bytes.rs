//! Bytes of a text file into text, by what they look like.

use std::fmt;

use super::detect;
use crate::normal::nfc;
use crate::syllable::is_syllable;

/// How the bytes of a file were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileEncoding {
    /// UTF-8, also plain ASCII.
    Utf8,
    /// UTF-8 behind a byte order mark, as Excel writes it.
    Utf8WithMark,
    /// UTF-16, low byte first, behind a byte order mark ("Unicode Text" of Excel).
    Utf16Le,
    /// UTF-16, high byte first, behind a byte order mark.
    Utf16Be,
    /// Windows-1258, the Vietnamese code page of Windows.
    Windows1258,
    /// Windows-1252: western text, and what [`detect`] and [`super::to_unicode`] take for TCVN3 and VNI.
    Windows1252,
}

/// The text of a file and how it was read; the byte order mark is dropped, a byte without a letter gives `U+FFFD`.
///
/// In this order: a byte order mark decides; else bytes that are UTF-8 are UTF-8 (also where a few are
/// broken); else Windows-1252 or Windows-1258, whichever makes more Vietnamese words, Windows-1252 where
/// it looks like TCVN3 or VNI. Windows-1258 comes out in NFC. The caller looks for `U+FFFD`: each one is a
/// letter that the file has lost.
#[must_use]
pub fn decode_bytes(bytes: &[u8]) -> (String, FileEncoding) {
    if let Some(rest) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return (String::from_utf8_lossy(rest).into_owned(), FileEncoding::Utf8WithMark);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return (utf16(rest, u16::from_le_bytes), FileEncoding::Utf16Le);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return (utf16(rest, u16::from_be_bytes), FileEncoding::Utf16Be);
    }
    if is_mostly_utf8(bytes) {
        return (String::from_utf8_lossy(bytes).into_owned(), FileEncoding::Utf8);
    }
    let western: String = bytes.iter().map(|byte| windows_1252(*byte)).collect();
    if detect(&western).is_some() {
        return (western, FileEncoding::Windows1252);
    }
    let vietnamese: String = bytes.iter().map(|byte| windows_1258(*byte)).collect();
    let vietnamese = nfc(&vietnamese).into_owned();
    if marked_syllables(&vietnamese) > marked_syllables(&western) {
        return (vietnamese, FileEncoding::Windows1258);
    }
    (western, FileEncoding::Windows1252)
}

impl fmt::Display for FileEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 | Self::Utf8WithMark => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1258 => "Windows-1258",
            Self::Windows1252 => "Windows-1252",
        })
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::from_utf16_lossy(&pairs.iter().map(|pair| unit(*pair)).collect::<Vec<u16>>());
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

// In an 8-bit encoding hardly any two neighbours happen to be UTF-8; in UTF-8 hardly any byte is broken.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let wide =
        || bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(|letter| !letter.is_ascii()).count();
    broken == 0 || wide() > broken
}

fn marked_syllables(text: &str) -> usize {
    text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_ascii() && is_syllable(word)).count()
}

// Both code pages are Latin-1 but for 0x80 to 0x9F (U+FFFD: no letter) ...
const WINDOWS: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ";

// ... and these of Windows-1258.
const VIETNAMESE: [(u8, char); 18] = [
    (0x8a, '\u{fffd}'),
    (0x8e, '\u{fffd}'),
    (0x9a, '\u{fffd}'),
    (0x9e, '\u{fffd}'),
    (0xc3, 'Ă'),
    (0xcc, '\u{300}'),
    (0xd0, 'Đ'),
    (0xd2, '\u{309}'),
    (0xd5, 'Ơ'),
    (0xdd, 'Ư'),
    (0xde, '\u{303}'),
    (0xe3, 'ă'),
    (0xec, '\u{301}'),
    (0xf0, 'đ'),
    (0xf2, '\u{323}'),
    (0xf5, 'ơ'),
    (0xfd, 'ư'),
    (0xfe, '₫'),
];

fn windows_1252(byte: u8) -> char {
    let place = usize::from(byte.wrapping_sub(0x80));
    if byte < 0x80 { char::from(byte) } else { WINDOWS.chars().nth(place).unwrap_or(char::from(byte)) }
}

fn windows_1258(byte: u8) -> char {
    VIETNAMESE.iter().find(|(place, _)| *place == byte).map_or_else(|| windows_1252(byte), |(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAME: &str = "Vĩnh Phúc;1.601,5";

    #[test]
    fn reads_unicode_files() {
        assert_eq!(decode_bytes(NAME.as_bytes()), (NAME.into(), FileEncoding::Utf8));
        assert_eq!(decode_bytes(format!("\u{feff}{NAME}").as_bytes()), (NAME.into(), FileEncoding::Utf8WithMark));
        let units = || NAME.encode_utf16();
        let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(units().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(decode_bytes(&little), (NAME.into(), FileEncoding::Utf16Le));
        assert_eq!(decode_bytes(&big), (NAME.into(), FileEncoding::Utf16Be));
        assert_eq!(decode_bytes(&[0xff, 0xfe, 0x41, 0, 0x42]), ("A\u{fffd}".into(), FileEncoding::Utf16Le));
        assert_eq!(decode_bytes(b""), (String::new(), FileEncoding::Utf8));
    }

    #[test]
    fn one_broken_byte_does_not_turn_the_file_into_another_encoding() {
        let mut bytes = "Ủy ban nhân dân tỉnh".as_bytes().to_vec();
        bytes.push(0xe1);
        assert_eq!(decode_bytes(&bytes), ("Ủy ban nhân dân tỉnh\u{fffd}".into(), FileEncoding::Utf8));
    }

    #[test]
    fn reads_windows_code_pages() {
        // "Hà Nội, Việt Nam: Đất ở" as Windows-1258 has it: base letters, then marks.
        let bytes = b"H\xe0 N\xf4\xf2i, Vi\xea\xf2t Nam: \xd0\xe2\xect \xf5\xd2";
        assert_eq!(decode_bytes(bytes), ("Hà Nội, Việt Nam: Đất ở".into(), FileEncoding::Windows1258));
        assert_eq!(decode_bytes(b"caf\xe9 \x96 na\xefve \x80"), ("café – naïve €".into(), FileEncoding::Windows1252));
        assert_eq!(decode_bytes(b"\x81\xff"), ("\u{fffd}ÿ".into(), FileEncoding::Windows1252));
    }

    #[test]
    fn leaves_legacy_encodings_to_their_detection() {
        let (text, encoding) = decode_bytes(b"UBND t\xd8nh V\xdcnh Ph\xf3c");
        assert_eq!((text.as_str(), encoding), ("UBND tØnh VÜnh Phóc", FileEncoding::Windows1252));
        let (text, encoding) = decode_bytes(b"UBND t\xe6nh V\xf3nh Phu\xf9c");
        assert_eq!((text.as_str(), encoding), ("UBND tænh Vónh Phuùc", FileEncoding::Windows1252));
    }

    proptest! {
        #[test]
        fn any_bytes_give_text(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = decode_bytes(&bytes);
        }

        #[test]
        fn unicode_text_comes_back(text in r"[^\u{feff}\u{fffe}]{0,32}") {
            prop_assert_eq!(decode_bytes(text.as_bytes()).0, text);
        }
    }
}
