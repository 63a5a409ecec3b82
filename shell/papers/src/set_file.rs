//! A criteria set from a file: TOML or a workbook, as its content shows.

use std::collections::BTreeMap;

use cchc_index::CriteriaSet;
use cchc_index::check;
use cchc_index::toml_form;
use cchc_text::legacy::{FileEncoding, decode_bytes};
use cchc_text::{Finding, Findings, Place, is_decomposed, nfc, number};

use crate::{Limits, ReadError, set_xlsx};

/// Criteria in a set at most: hundreds are usual, and more are no criteria set.
const CRITERIA: u64 = 5_000;
/// Bytes of a TOML file at most.
const TOML_BYTES: usize = 5_000_000;
/// Findings of one code that are told; the rest are counted.
const TOLD: usize = 200;

/// Reads and checks a criteria set: the set where there is enough for one, and every finding.
///
/// `name` is the file's name without its folder. A set is fit for scoring when no finding is an error.
///
/// # Errors
/// [`ReadError`] where nothing could be read.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<(Option<CriteriaSet>, Findings), ReadError> {
    let (form, mut findings) = if is_workbook(name, bytes) {
        let limits = Limits { rows: limits.rows.min(CRITERIA), ..limits.clone() };
        set_xlsx::read_form(name, bytes, &limits)?
    } else {
        let (text, mut findings) = toml_text(name, bytes, limits)?;
        let (form, more) = toml_form::read(name, &text);
        findings.extend(more);
        (form, findings)
    };
    if form.criteria.len() as u64 > CRITERIA {
        return Err(ReadError::TooManyRows { limit: CRITERIA });
    }
    let (set, more) = check::load(&form);
    // A worksheet's rule that is none was told where it stands, with the words that it may be.
    let told = |finding: &Finding, earlier: &Findings| {
        finding.code == "unknown-rule"
            && earlier.iter().any(|one| one.code == finding.code && one.place == finding.place)
    };
    let more: Findings = more.into_iter().filter(|finding| !told(finding, &findings)).collect();
    findings.extend(more);
    Ok((set, bounded(name, findings)))
}

/// Whether the reader of workbooks says what it is, or why it is none.
fn is_workbook(name: &str, bytes: &[u8]) -> bool {
    let lower = name.to_lowercase();
    let named = [".xlsx", ".xlsm", ".xls", ".xlsb"].iter().any(|ending| lower.ends_with(ending));
    let starts = [&b"PK\x03\x04"[..], b"PK\x05\x06", b"\xd0\xcf\x11\xe0"].iter().any(|start| bytes.starts_with(start));
    named || starts
}

fn toml_text(name: &str, bytes: &[u8], limits: &Limits) -> Result<(String, Findings), ReadError> {
    let limit = limits.file_bytes.min(TOML_BYTES);
    if bytes.len() > limit {
        return Err(ReadError::TooLarge { bytes: bytes.len() as u64, limit: limit as u64 });
    }
    let (text, encoding) = decode_bytes(bytes);
    if text.contains('\0') {
        return Err(ReadError::Binary);
    }
    match text.trim_start().chars().next() {
        None => return Err(ReadError::Empty),
        Some('<') => return Err(ReadError::Html),
        Some(_) => {}
    }
    let mut findings = Findings::new();
    if !matches!(encoding, FileEncoding::Utf8 | FileEncoding::Utf8WithMark) {
        let message = format!("Tệp không phải UTF-8; đã đọc theo bảng mã {encoding}, có thể sai dấu.");
        findings.push(Finding::warning("not-utf8", Place::file(name), message).hint("Lưu lại tệp dạng UTF-8."));
    }
    let line_of = |wrong: &dyn Fn(&str) -> bool| (1..).zip(text.lines()).find(|(_, line)| wrong(line));
    if let Some((line, _)) = line_of(&|line| line.contains(char::REPLACEMENT_CHARACTER)) {
        let message = "Tệp có ký tự hỏng, ghi là «\u{fffd}»; đây là dòng đầu tiên.";
        findings.push(Finding::error("lost-letters", Place::line(name, line), message));
    }
    if let Some((line, _)) = line_of(&is_decomposed) {
        let message = "Tệp dùng Unicode tổ hợp (NFD), đã chuyển sang Unicode dựng sẵn (NFC); đây là dòng đầu tiên.";
        findings.push(Finding::note("decomposed-text", Place::line(name, line), message));
    }
    Ok((nfc(&text).into_owned(), findings))
}

/// The first findings of each code, then how many more there were: a wrong file has one a line.
fn bounded(name: &str, findings: Findings) -> Findings {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut kept = Findings::new();
    let mut worst: BTreeMap<&'static str, cchc_text::Severity> = BTreeMap::new();
    for finding in findings {
        let count = counts.entry(finding.code).or_default();
        *count += 1;
        if *count > TOLD {
            let worst = worst.entry(finding.code).or_insert(finding.severity);
            *worst = finding.severity.max(*worst);
        } else {
            kept.push(finding);
        }
    }
    for (code, severity) in worst {
        let more = counts.get(code).map_or(0, |count| count - TOLD);
        let message = format!("Còn {} chỗ khác như vậy.", number::vietnamese(&more.to_string()));
        kept.push(Finding { severity, code, place: Place::file(name), message, hint: None });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "id = \"thu\"\ntitle = \"Bộ thử\"\nyear = 2026\ntotal = \"1\"\nresult_decimals = 2\n\n[[criterion]]\ncode = \"1\"\ntitle = \"Một\"\nmax = \"1\"\nrule = { kind = \"count\", each = \"1\", cap = \"1\" }\n";

    fn codes(bytes: &[u8]) -> (bool, Vec<&'static str>) {
        let (set, findings) = read("bo.toml", bytes, &Limits::default()).unwrap();
        (set.is_some(), findings.iter().map(|finding| finding.code).collect())
    }

    #[test]
    fn reads_toml_in_any_unicode() {
        use unicode_normalization::UnicodeNormalization;
        assert_eq!(codes(SMALL.as_bytes()), (true, vec![]));
        assert_eq!(codes(format!("\u{feff}{SMALL}").as_bytes()), (true, vec![]));
        let decomposed: String = SMALL.nfd().collect();
        assert_eq!(codes(decomposed.as_bytes()), (true, vec!["decomposed-text"]));
        let (set, findings) = read("bo.toml", decomposed.as_bytes(), &Limits::default()).unwrap();
        assert_eq!((set.unwrap().title.as_str(), findings[0].place.line), ("Bộ thử", Some(2)));
        let wide: Vec<u8> = format!("\u{feff}{SMALL}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(codes(&wide), (true, vec!["not-utf8"]));
    }

    #[test]
    fn tells_old_code_pages_and_lost_letters() {
        let plain = SMALL.replace("Bộ thử", "?").replace("Một", "Mot");
        // Python: "Sở Nội vụ".encode("cp1258") of the text with separate tone marks.
        let old =
            plain.as_bytes().split(|byte| *byte == b'?').collect::<Vec<_>>().join(&b"S\xf5\xd2 N\xf4\xf2i vu\xf2"[..]);
        let (set, findings) = read("bo.toml", &old, &Limits::default()).unwrap();
        assert_eq!((set.unwrap().title.as_str(), findings[0].code), ("Sở Nội vụ", "not-utf8"));
        let mut broken = SMALL.as_bytes().to_vec();
        broken.extend(b"# m\xe1\n");
        assert_eq!(codes(&broken), (true, vec!["lost-letters"]));
    }

    #[test]
    fn says_what_is_no_set_at_all() {
        let error = |name: &str, bytes: &[u8]| read(name, bytes, &Limits::default()).unwrap_err();
        assert_eq!(error("a.toml", b""), ReadError::Empty);
        assert_eq!(error("a.toml", b" \n"), ReadError::Empty);
        assert_eq!(error("a.toml", b"<html>"), ReadError::Html);
        assert_eq!(error("a.toml", b"\x89PNG\0\0"), ReadError::Binary);
        assert_eq!(error("a.xlsx", b"id = 1"), ReadError::NotAZip);
        assert_eq!(
            error("a.toml", &vec![b'#'; TOML_BYTES + 1]),
            ReadError::TooLarge { bytes: 5_000_001, limit: 5_000_000 }
        );
    }

    #[test]
    fn counts_findings_that_it_no_longer_tells() {
        let wrong = "x = = 1\n".repeat(1_000);
        let (set, findings) = read("bo.toml", wrong.as_bytes(), &Limits::default()).unwrap();
        assert!(set.is_none());
        assert!(findings.len() < 2 * TOLD, "{}", findings.len());
        let finding = |code| move || Finding::warning(code, Place::default(), "x");
        let many = std::iter::repeat_with(finding("a")).take(205).chain(std::iter::repeat_with(finding("b")).take(3));
        let kept = bounded("bo.toml", many.collect());
        assert_eq!(kept.len(), 204);
        assert_eq!(kept[203].message, "Còn 5 chỗ khác như vậy.");
    }
}
