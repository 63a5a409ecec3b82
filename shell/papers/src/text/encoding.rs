//! Bytes to text: UTF-8, UTF-16 and the Vietnamese Windows code page.

use std::borrow::Cow;

/// How a text file was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    /// UTF-16 with an odd byte or a lone surrogate, which became U+FFFD.
    BrokenUtf16,
    /// No Unicode: read as Windows-1258.
    Windows1258,
}

/// Decodes a text file; `None` where the bytes are no text at all.
pub(super) fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, Encoding)> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Some(utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Some(utf16(rest, u16::from_be_bytes));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let nuls = bytes.iter().filter(|byte| **byte == 0).count();
    if nuls == 0 {
        return Some(std::str::from_utf8(bytes).map_or_else(
            |_| (Cow::Owned(bytes.iter().map(|byte| windows_1258(*byte)).collect()), Encoding::Windows1258),
            |text| (Cow::Borrowed(text), Encoding::Utf8),
        ));
    }
    // Without a mark, UTF-16 shows by the zero halves of its ASCII letters: all on the same side.
    let odd = bytes.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    if bytes.len() >= 4 && nuls * 4 >= bytes.len() && (odd == nuls || odd == 0) {
        let read = if odd == nuls { u16::from_le_bytes } else { u16::from_be_bytes };
        return Some(utf16(bytes, read));
    }
    None
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> (Cow<'static, str>, Encoding) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| read(*pair));
    let mut whole = rest.is_empty();
    let text = char::decode_utf16(units)
        .map(|decoded| {
            decoded.unwrap_or_else(|_| {
                whole = false;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    (Cow::Owned(text), if whole { Encoding::Utf16 } else { Encoding::BrokenUtf16 })
}

/// The character of a byte in Windows-1258; bytes it leaves undefined become U+FFFD.
const fn windows_1258(byte: u8) -> char {
    match byte {
        0x80 => '€',
        0x82 => '‚',
        0x83 => 'ƒ',
        0x84 => '„',
        0x85 => '…',
        0x86 => '†',
        0x87 => '‡',
        0x88 => 'ˆ',
        0x89 => '‰',
        0x8b => '‹',
        0x8c => 'Œ',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x95 => '•',
        0x96 => '–',
        0x97 => '—',
        0x98 => '˜',
        0x99 => '™',
        0x9b => '›',
        0x9c => 'œ',
        0x9f => 'Ÿ',
        0x81 | 0x8a | 0x8d..=0x90 | 0x9a | 0x9d | 0x9e => char::REPLACEMENT_CHARACTER,
        0xc3 => 'Ă',
        0xcc => '\u{300}',
        0xd0 => 'Đ',
        0xd2 => '\u{309}',
        0xd5 => 'Ơ',
        0xdd => 'Ư',
        0xde => '\u{303}',
        0xe3 => 'ă',
        0xec => '\u{301}',
        0xf0 => 'đ',
        0xf2 => '\u{323}',
        0xf5 => 'ơ',
        0xfd => 'ư',
        0xfe => '₫',
        _ => byte as char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Encoding) {
        let (text, encoding) = decode(bytes).unwrap();
        (text.into_owned(), encoding)
    }

    #[test]
    fn reads_utf8_with_and_without_mark() {
        assert_eq!(text("\u{feff}Sở".as_bytes()), ("Sở".to_owned(), Encoding::Utf8));
        assert_eq!(text("Sở".as_bytes()), ("Sở".to_owned(), Encoding::Utf8));
    }

    #[test]
    fn reads_utf16_in_both_orders_with_and_without_mark() {
        for mark in ["\u{feff}", ""] {
            let units: Vec<u16> = format!("{mark}unit,criterion;Sở").encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            for bytes in [little, big] {
                assert_eq!(text(&bytes), ("unit,criterion;Sở".to_owned(), Encoding::Utf16));
            }
        }
        assert_eq!(text(b"\xff\xfea\0b").1, Encoding::BrokenUtf16);
    }

    #[test]
    fn reads_the_vietnamese_code_page() {
        use unicode_normalization::UnicodeNormalization;
        // Python: "Đơn vị Sở Nội vụ".encode("cp1258") of the text with separate tone marks.
        let (text, encoding) = text(b"\xd0\xf5n vi\xf2 S\xf5\xd2 N\xf4\xf2i vu\xf2");
        assert_eq!(text.nfc().collect::<String>(), "Đơn vị Sở Nội vụ");
        assert_eq!(encoding, Encoding::Windows1258);
    }

    #[test]
    fn refuses_bytes_that_are_no_text() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").is_none());
    }
}
