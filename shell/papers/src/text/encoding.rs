//! Bytes to text, and what to tell about it.

use cchc_text::legacy::{FileEncoding, decode_bytes};
use cchc_text::{Place, Severity, number};

use crate::log::{Log, Told};

/// Decodes a text file and tells what was lost or guessed; `None` where the bytes are no text at all.
pub(super) fn decode(file: &str, bytes: &[u8], log: &mut Log) -> Option<String> {
    let (text, encoding) = match unmarked_utf16(bytes) {
        Some(mark) => decode_bytes(&[mark, bytes].concat()),
        None => decode_bytes(bytes),
    };
    if text.contains('\0') {
        return None;
    }
    if matches!(encoding, FileEncoding::Windows1258 | FileEncoding::Windows1252) {
        log.add(Severity::Warning, "no-unicode", || {
            let message = format!("Tệp không phải Unicode; đã đọc theo bảng mã {encoding}, có thể sai dấu.");
            Told::new(Place::file(file), message).hint("Lưu lại tệp dạng CSV UTF-8.")
        });
    }
    let lost = text.matches(char::REPLACEMENT_CHARACTER).count();
    if lost > 0 {
        log.add(Severity::Error, "lost-letters", || {
            let before = text.split(char::REPLACEMENT_CHARACTER).next().unwrap_or_default();
            let line = before.matches('\n').count() as u64 + 1;
            let count = number::vietnamese(&lost.to_string());
            Told::new(
                Place::line(file, line),
                format!("Tệp có {count} ký tự hỏng, ghi là «\u{fffd}»; đây là chỗ đầu tiên."),
            )
            .hint("Xuất lại tệp dạng CSV UTF-8.")
        });
    }
    Some(text)
}

/// The byte order mark that a UTF-16 text without one should bear: the zero halves of its ASCII
/// letters all stand on the same side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static [u8]> {
    let is_zero = |byte: &&u8| **byte == 0;
    let low = bytes.iter().step_by(2).filter(is_zero).count();
    let high = bytes.iter().skip(1).step_by(2).filter(is_zero).count();
    let is_marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if is_marked || bytes.len() < 4 || (low + high) * 4 < bytes.len() {
        return None;
    }
    match (low, high) {
        (0, _) => Some(b"\xff\xfe"),
        (_, 0) => Some(b"\xfe\xff"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (Option<String>, Vec<&'static str>) {
        let mut log = Log::new("t.csv");
        let text = decode("t.csv", bytes, &mut log);
        (text, log.finish().iter().map(|finding| finding.code).collect())
    }

    #[test]
    fn reads_utf8_with_and_without_mark() {
        for bytes in ["\u{feff}Sở".as_bytes(), "Sở".as_bytes()] {
            assert_eq!(decoded(bytes), (Some("Sở".to_owned()), vec![]));
        }
    }

    #[test]
    fn reads_utf16_in_both_orders_with_and_without_mark() {
        for mark in ["\u{feff}", ""] {
            let units: Vec<u16> = format!("{mark}unit,criterion;Sở").encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            for bytes in [little, big] {
                assert_eq!(decoded(&bytes), (Some("unit,criterion;Sở".to_owned()), vec![]));
            }
        }
    }

    #[test]
    fn reads_the_vietnamese_code_page_and_says_so() {
        // Python: "Đơn vị Sở Nội vụ".encode("cp1258") of the text with separate tone marks.
        let outcome = decoded(b"\xd0\xf5n vi\xf2 S\xf5\xd2 N\xf4\xf2i vu\xf2");
        assert_eq!(outcome, (Some("Đơn vị Sở Nội vụ".to_owned()), vec!["no-unicode"]));
    }

    #[test]
    fn tells_lost_letters_with_their_line() {
        let mut log = Log::new("t.csv");
        decode("t.csv", b"\xff\xfea\0\n\0\x00\xd8b\0", &mut log);
        let findings = log.finish();
        assert_eq!((findings[0].code, &findings[0].place), ("lost-letters", &Place::line("t.csv", 2)));
    }

    #[test]
    fn refuses_bytes_that_are_no_text() {
        assert_eq!(decoded(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0").0, None);
    }
}
