//! The archive: the same bytes for the same parts, and nothing believed of what comes in.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{PackageError, parts, seal};
use crate::limits::Limits;
use crate::zipped::zipped;

/// Parts that an archive may have; more than a package needs, so that the odd ones can be named.
const ENTRIES: usize = 64;
/// Parts that inflate to less may be inflated any number of times: short repetitive text compresses well.
const INFLATION_FREE_BYTES: u64 = 4_000_000;

/// The parts of an archive.
#[derive(Debug)]
pub(super) struct Unpacked {
    /// The bytes of the parts that a package has.
    pub(super) parts: BTreeMap<&'static str, Vec<u8>>,
    /// The names of all others; they are not inflated.
    pub(super) unexpected: Vec<String>,
}

/// Packs parts in the order given and seals the archive.
pub(super) fn pack(parts: &[(&str, Vec<u8>)]) -> Result<Vec<u8>, PackageError> {
    let archive = zipped(parts, &seal::placeholder()).map_err(|error| PackageError::Broken(error.to_string()))?;
    Ok(seal::put(archive))
}

/// Takes an archive apart within the limits. Nothing is written anywhere: odd names are only reported.
pub(super) fn unpack(bytes: &[u8], limits: &Limits) -> Result<Unpacked, PackageError> {
    if bytes.len() > limits.file_bytes {
        return Err(PackageError::TooLarge { bytes: bytes.len() as u64, limit: limits.file_bytes as u64 });
    }
    if !bytes.starts_with(b"PK") {
        return Err(PackageError::NotAZip);
    }
    let broken = |error: zip::result::ZipError| PackageError::Broken(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > ENTRIES {
        return Err(PackageError::TooManyEntries { entries: archive.len(), limit: ENTRIES });
    }
    if archive.has_duplicate_names() || archive.has_overlapping_files().map_err(broken)? {
        return Err(PackageError::Ambiguous);
    }
    let mut unpacked = Unpacked { parts: BTreeMap::new(), unexpected: Vec::new() };
    let mut left = limits.inflated_bytes;
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).transpose().map_err(broken)?.unwrap_or_default().into_owned();
        let Some(part) = parts::ALL.into_iter().find(|part| *part == name) else {
            unpacked.unexpected.push(printable(&name));
            continue;
        };
        let entry = archive.by_index(index).map_err(broken)?;
        let allowed = left.min(entry.compressed_size().saturating_mul(limits.inflation).max(INFLATION_FREE_BYTES));
        let mut content = Vec::new();
        // One byte more than allowed tells an honest end from a cut.
        entry
            .take(allowed.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|error| PackageError::Broken(format!("{part}: {error}")))?;
        left = left
            .checked_sub(content.len() as u64)
            .filter(|_| content.len() as u64 <= allowed)
            .ok_or(PackageError::Bomb { part, limit: limits.inflated_bytes, inflation: limits.inflation })?;
        unpacked.parts.insert(part, content);
    }
    Ok(unpacked)
}

/// A name from outside, short and without signs that steer a screen.
fn printable(name: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    name.chars().take(100).map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_bytes() {
        let parts = [("set.toml", b"a".to_vec()), ("input.csv", b"b".repeat(1_000))];
        let bytes = pack(&parts).unwrap();
        assert_eq!(bytes, pack(&parts).unwrap());
        let unpacked = unpack(&bytes, &Limits::default()).unwrap();
        assert_eq!(unpacked.parts["set.toml"], b"a");
        assert_eq!(unpacked.parts["input.csv"], b"b".repeat(1_000));
    }

    #[test]
    fn foreign_parts_are_named_and_left_alone() {
        let names = ["../set.toml", "/etc/passwd", "set.toml/", "SET.TOML", "a\u{202e}b", "C:\\set.toml"];
        let parts: Vec<_> = names.iter().map(|name| (*name, b"x".to_vec())).collect();
        let unpacked = unpack(&pack(&parts).unwrap(), &Limits::default()).unwrap();
        assert!(unpacked.parts.is_empty());
        assert_eq!(unpacked.unexpected.len(), names.len());
        assert!(unpacked.unexpected.contains(&"a\u{fffd}b".to_owned()));
    }

    #[test]
    fn is_refused_beyond_its_bounds() {
        let zeros = pack(&[("input.csv", vec![0; 5_000_000])]).unwrap();
        let bomb =
            |limits: &Limits| matches!(unpack(&zeros, limits), Err(PackageError::Bomb { part: "input.csv", .. }));
        assert!(bomb(&Limits::default()));
        assert!(bomb(&Limits { inflation: 10_000, inflated_bytes: 4_999_999, ..Limits::default() }));
        assert!(unpack(&zeros, &Limits { inflation: 10_000, inflated_bytes: 5_000_000, ..Limits::default() }).is_ok());
        let large = unpack(&zeros, &Limits { file_bytes: 100, ..Limits::default() });
        assert!(matches!(large, Err(PackageError::TooLarge { limit: 100, .. })));
        let names: Vec<String> = (0..=ENTRIES).map(|number| number.to_string()).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), Vec::new())).collect();
        let many = unpack(&pack(&many).unwrap(), &Limits::default());
        assert!(matches!(many, Err(PackageError::TooManyEntries { entries: 65, .. })));
    }

    #[test]
    fn two_parts_of_one_name_are_refused() {
        let mut bytes = pack(&[("set.toml", b"one".to_vec()), ("set.tomm", b"two".to_vec())]).unwrap();
        let at: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"set.tomm")).collect();
        assert_eq!(at.len(), 2);
        at.into_iter().for_each(|at| bytes[at + 7] = b'l');
        assert_eq!(unpack(&bytes, &Limits::default()).unwrap_err(), PackageError::Ambiguous);
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        assert_eq!(unpack(b"", &Limits::default()).unwrap_err(), PackageError::NotAZip);
        assert_eq!(unpack(b"unit,value", &Limits::default()).unwrap_err(), PackageError::NotAZip);
        assert!(matches!(unpack(b"PK\x03\x04", &Limits::default()), Err(PackageError::Broken(_))));
    }
}
