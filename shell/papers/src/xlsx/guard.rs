//! A workbook is looked through before it is opened: sizes, counts and references within bounds.
//!
//! The full reader reserves memory by what a part declares and computes with references as they
//! stand; here every part is inflated once, counting, and whatever would make it fail hard is
//! refused. On the way it notes what the full reader doesn't tell: hidden rows, merged cells.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::tags::{Tag, TagError, each_tag};
use crate::error::ReadError;
use crate::limits::Limits;

const INFLATION_FREE_BYTES: u64 = 4_000_000;
/// Tags allowed in parts other than worksheets and shared texts.
const SMALL_PART_TAGS: u64 = 1_000_000;
const LAST_ROW: u32 = 1_048_576;
const LAST_COLUMN: u32 = 16_384;
/// Merged ranges told by name.
const MERGED_TOLD: usize = 5;

/// A zip archive over the bytes of a file.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What a worksheet part holds besides its cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PartFacts {
    pub(super) hidden_rows: u64,
    pub(super) hidden_columns: bool,
    pub(super) merged: u64,
    pub(super) first_merged: Vec<String>,
    /// Some cell doesn't say where it stands.
    pub(super) unplaced_cells: bool,
}

/// Opens the archive and checks every part; gives the facts of each by its lower-case name.
pub(super) fn inspect<'a>(
    bytes: &'a [u8],
    limits: &Limits,
) -> Result<(Archive<'a>, BTreeMap<String, PartFacts>), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| ReadError::BrokenZip(error.to_string()))?;
    if archive.len() > limits.entries {
        return Err(ReadError::TooManyEntries { entries: archive.len(), limit: limits.entries });
    }
    let mut parts = BTreeMap::new();
    let mut inflated: u64 = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| ReadError::BrokenZip(error.to_string()))?;
        let name = entry.name().map_err(|error| ReadError::BrokenZip(error.to_string()))?.into_owned();
        let compressed = entry.compressed_size();
        let allowed = (limits.inflated_bytes - inflated)
            .min(compressed.saturating_mul(limits.inflation).max(INFLATION_FREE_BYTES));
        let bomb = || ReadError::Bomb { part: name.clone(), limit: limits.inflated_bytes, inflation: limits.inflation };
        if entry.size() > allowed {
            return Err(bomb());
        }
        let mut metered = Metered { inner: entry, left: allowed, burst: false };
        let key = part_key(&name);
        let result = if is_xml(&key) {
            inspect_xml(&mut metered, &key, limits).map(Some)
        } else {
            std::io::copy(&mut metered, &mut std::io::sink())
                .map(|_| None)
                .map_err(|error| Trouble::Tags(TagError::Io(error)))
        };
        if metered.burst {
            return Err(bomb());
        }
        inflated += allowed - metered.left;
        if let Some(facts) = result.map_err(|trouble| trouble.of_part(&name))? {
            parts.insert(key, facts);
        }
    }
    Ok((archive, parts))
}

/// The name by which the full reader finds a part.
pub(super) fn part_key(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}

/// Whether a part is looked through as XML; others are only measured and must not be opened.
pub(super) fn is_xml(key: &str) -> bool {
    key.ends_with(".xml") || key.ends_with(".rels")
}

/// The cell references, by position in the stream, of the `<c>` elements at these ordinals (ascending, from 0).
pub(super) fn references(archive: &mut Archive<'_>, name: &str, ordinals: &[u64]) -> Vec<String> {
    let mut found = Vec::new();
    let mut ordinal = 0;
    let mut wanted = ordinals.iter().copied().peekable();
    if let Ok(part) = archive.by_name(name) {
        // The part was read to its end before: what fails now can only end the list early.
        let _ended = each_tag(part, |tag| {
            if tag.start() == Some("c") {
                if wanted.next_if_eq(&ordinal).is_some() {
                    found.push(tag.attribute("r").unwrap_or_default().to_owned());
                }
                ordinal += 1;
            }
            Ok::<(), TagError>(())
        });
    }
    found
}

enum Trouble {
    Tags(TagError),
    Read(ReadError),
}

impl From<TagError> for Trouble {
    fn from(error: TagError) -> Self {
        Self::Tags(error)
    }
}

impl Trouble {
    fn of_part(self, part: &str) -> ReadError {
        match self {
            Self::Tags(TagError::Io(error)) => ReadError::BrokenZip(error.to_string()),
            Self::Tags(TagError::Refused(why)) => ReadError::Unreadable { part: part.to_owned(), why: why.to_owned() },
            Self::Read(error) => error,
        }
    }
}

fn inspect_xml(part: impl Read, key: &str, limits: &Limits) -> Result<PartFacts, Trouble> {
    let mut facts = PartFacts::default();
    let mut counts = Counts::default();
    each_tag(part, |tag| {
        counts.tags += 1;
        let Some(name) = tag.start() else { return Ok(()) };
        match name {
            "worksheet" | "sst" if counts.tags <= 2 => counts.large = true,
            "row" => counts.row_is_filled = false,
            "v" | "is" if !counts.row_is_filled => {
                counts.row_is_filled = true;
                counts.filled_rows += 1;
            }
            "si" => counts.texts += 1,
            _ => {}
        }
        let wrong = |why: &'static str| Trouble::Tags(TagError::Refused(why));
        if counts.filled_rows > limits.rows {
            return Err(Trouble::Read(ReadError::TooManyRows { limit: limits.rows }));
        }
        let declared = if name == "sst" {
            tag.attributes().filter_map(|(_, value)| value.trim().parse().ok()).max()
        } else {
            None
        };
        if declared.unwrap_or(0).max(counts.texts) > limits.cells {
            return Err(Trouble::Read(ReadError::TooManyCells { limit: limits.cells }));
        }
        if !counts.large && counts.tags > SMALL_PART_TAGS && !key.contains("/pivotcache/") {
            return Err(wrong("có quá nhiều thẻ"));
        }
        if !references_are_sound(tag, name) {
            return Err(wrong("có địa chỉ ô không hợp lệ"));
        }
        note(&mut facts, tag, name);
        Ok(())
    })?;
    Ok(facts)
}

#[derive(Default)]
struct Counts {
    tags: u64,
    texts: u64,
    filled_rows: u64,
    row_is_filled: bool,
    large: bool,
}

fn note(facts: &mut PartFacts, tag: Tag<'_>, name: &str) {
    match name {
        "row" if tag.flag("hidden") => facts.hidden_rows += 1,
        "col" if tag.flag("hidden") => facts.hidden_columns = true,
        "c" if !tag.attributes().any(|(key, _)| key == "r") => facts.unplaced_cells = true,
        "mergeCell" => {
            facts.merged += 1;
            if facts.first_merged.len() < MERGED_TOLD {
                facts.first_merged.push(tag.attribute("ref").unwrap_or_default().to_owned());
            }
        }
        _ => {}
    }
}

/// Whether the references of an element lie in a worksheet, the first corner before the last.
fn references_are_sound(tag: Tag<'_>, name: &str) -> bool {
    let of = |wanted: &'static str| tag.attributes().filter(move |(key, _)| *key == wanted).map(|(_, value)| value);
    match name {
        "c" => of("r").all(|reference| cell(reference).is_some()),
        "row" => of("r").all(|row| row.parse().is_ok_and(|row: u32| (1..=LAST_ROW).contains(&row))),
        "dimension" | "f" => of("ref").all(|range| match range.split_once(':') {
            None => cell(range).is_some(),
            Some((first, last)) => cell(first)
                .zip(cell(last))
                .is_some_and(|((row, column), (last_row, last_column))| row <= last_row && column <= last_column),
        }),
        _ => true,
    }
}

/// Row and column, from 1, of a reference such as `C12`.
fn cell(reference: &str) -> Option<(u32, u32)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = reference.split_at_checked(letters).filter(|_| (1..=3).contains(&letters))?;
    let column = column.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = row.parse().ok().filter(|_| row.bytes().all(|digit| digit.is_ascii_digit()))?;
    ((1..=LAST_ROW).contains(&row) && column <= LAST_COLUMN).then_some((row, column))
}

/// A reader that gives at most `left` bytes and says whether there were more.
struct Metered<R> {
    inner: R,
    left: u64,
    burst: bool,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => {
                self.left = left;
                Ok(count)
            }
            None => {
                self.burst = true;
                Err(std::io::Error::other("quá lớn"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_references_within_a_worksheet_only() {
        assert_eq!(cell("C12"), Some((12, 3)));
        assert_eq!(cell("XFD1048576"), Some((1_048_576, 16_384)));
        for reference in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A1B", "A+1", "A99999999999999", "Ă1"] {
            assert_eq!(cell(reference), None, "{reference}");
        }
    }

    fn facts(xml: &str) -> Result<PartFacts, ReadError> {
        inspect_xml(xml.as_bytes(), "xl/x.xml", &Limits { rows: 2, cells: 10, ..Limits::default() })
            .map_err(|trouble| trouble.of_part("x"))
    }

    #[test]
    fn notes_hidden_rows_and_merged_cells() {
        let facts = facts(
            "<worksheet><cols><col hidden='1'/></cols><row r='1' hidden='true'><c><v>1</v></c></row><mergeCell ref='A1:B2'/></worksheet>",
        )
        .unwrap();
        assert_eq!(facts.first_merged, ["A1:B2"]);
        assert!(facts.hidden_columns && facts.unplaced_cells);
        assert_eq!((facts.hidden_rows, facts.merged), (1, 1));
    }

    #[test]
    fn refuses_what_would_make_the_full_reader_fail_hard() {
        assert_eq!(facts("<sst uniqueCount='18446744073709551615'/>"), Err(ReadError::TooManyCells { limit: 10 }));
        for xml in ["<c r='ZZZZZZZZ1'/>", "<row r='99999999999'/>", "<dimension ref='B2:A1'/>", "<f ref='A2:A1'/>"] {
            assert!(matches!(facts(xml), Err(ReadError::Unreadable { .. })), "{xml}");
        }
    }

    #[test]
    fn counts_rows_with_content_alone() {
        let row = |value: &str| format!("<row><c>{value}</c><c>{value}</c></row>");
        assert!(facts(&format!("<worksheet>{}{}</worksheet>", row("<v>1</v>").repeat(2), row("").repeat(9))).is_ok());
        assert_eq!(facts(&row("<v>1</v>").repeat(3)), Err(ReadError::TooManyRows { limit: 2 }));
    }
}
