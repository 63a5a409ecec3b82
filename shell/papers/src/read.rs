//! Reading a file: what it is shows in its bytes, whatever its name says.

use cchc_text::Findings;
use cchc_text::table::Table;

use crate::error::ReadError;
use crate::grid::Grid;
use crate::limits::Limits;
use crate::log::Log;
use crate::{old_encoding, text, xlsx};

/// What Excel 97–2003 files and encrypted workbooks begin with.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Name of the stream an encrypted workbook keeps its content in, as UTF-16.
const ENCRYPTED_STREAM: &str = "EncryptedPackage";

/// Reads the tables of a CSV text or XLSX workbook: one of a text, one of each worksheet with
/// content; the first row with content is the header.
///
/// `name` is the file's name without its folder; it goes into tables and findings. Findings are
/// told in full up to 200 of a kind, then counted.
///
/// # Errors
/// [`ReadError`] where nothing could be read; everything else is a finding.
pub fn read_tables(name: &str, bytes: &[u8], limits: &Limits) -> Result<(Vec<Table>, Findings), ReadError> {
    let (grids, mut findings) = read_grids(name, bytes, limits)?;
    let tables = grids
        .into_iter()
        .map(|grid| {
            let (table, more) = grid.into_table();
            findings.extend(more);
            table
        })
        .collect();
    Ok((tables, findings))
}

/// Reads the same files as [`read_tables`] without taking any row for a header.
///
/// # Errors
/// [`ReadError`] where nothing could be read; everything else is a finding.
pub fn read_grids(name: &str, bytes: &[u8], limits: &Limits) -> Result<(Vec<Grid>, Findings), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len() as u64, limit: limits.file_bytes as u64 });
    }
    let mut log = Log::new(name);
    let grids = match kind(name, bytes)? {
        Kind::Workbook => xlsx::read(name, bytes, limits, &mut log)?,
        Kind::Text => text::read(name, bytes, limits, &mut log)?,
    };
    old_encoding::tell(&grids, &mut log);
    let findings = log.finish();
    // A workbook whose only content are errors is told by those errors.
    if grids.iter().all(|grid| grid.rows.is_empty()) && findings.is_empty() {
        return Err(ReadError::NoData);
    }
    Ok((grids, findings))
}

enum Kind {
    Workbook,
    Text,
}

fn kind(name: &str, bytes: &[u8]) -> Result<Kind, ReadError> {
    if bytes.starts_with(COMPOUND_FILE) {
        let stream: Vec<u8> = ENCRYPTED_STREAM.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(stream.len()).any(|window| window == stream);
        return Err(if encrypted { ReadError::Encrypted } else { ReadError::OldExcel });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Workbook);
    }
    let lower = name.to_lowercase();
    let named_excel = [".xlsx", ".xlsm", ".xls", ".xlsb"].iter().any(|ending| lower.ends_with(ending));
    if is_markup(bytes) {
        return Err(ReadError::Html);
    }
    if named_excel { Err(ReadError::NotAZip) } else { Ok(Kind::Text) }
}

/// Whether a text begins like a web page or an XML sheet.
fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let start: Vec<u8> = bytes.iter().take(16).map(u8::to_ascii_lowercase).collect();
    [&b"<!doctype"[..], b"<html", b"<?xml", b"<table", b"<head", b"<meta", b"<!--", b"<style"]
        .iter()
        .any(|opening| start.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(name: &str, bytes: &[u8]) -> ReadError {
        read_tables(name, bytes, &Limits::default()).unwrap_err()
    }

    #[test]
    fn recognises_what_it_can_not_read() {
        assert_eq!(error("a.csv", b""), ReadError::Empty);
        assert_eq!(error("a.csv", b" \r\n\t"), ReadError::Empty);
        assert_eq!(error("a.csv", b",,\n,,\n"), ReadError::NoData);
        assert_eq!(error("a.xlsx", b"unit,value"), ReadError::NotAZip);
        assert_eq!(error("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), ReadError::Binary);
        assert_eq!(error("a.xls", b"\xef\xbb\xbf <HTML><table>"), ReadError::Html);
        assert_eq!(error("a.xls", b"<?xml version=\"1.0\"?><Workbook>"), ReadError::Html);
        let mut old = COMPOUND_FILE.to_vec();
        old.resize(2_000, 0);
        assert_eq!(error("a.xls", &old), ReadError::OldExcel);
        old.extend(ENCRYPTED_STREAM.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(error("a.xlsx", &old), ReadError::Encrypted);
    }

    #[test]
    fn refuses_a_large_file_by_its_size() {
        let limits = Limits { file_bytes: 3, ..Limits::default() };
        assert_eq!(read_tables("a.csv", b"abcd", &limits), Err(ReadError::TooLarge { bytes: 4, limit: 3 }));
    }

    #[test]
    fn reads_a_text_as_one_table() {
        let (tables, findings) = read_tables("a.csv", "unit;value\nH1;Đạt;x\n".as_bytes(), &Limits::default()).unwrap();
        assert_eq!(tables[0].columns, ["unit", "value"]);
        assert_eq!(tables[0].rows[0].cells, ["H1", "Đạt"]);
        assert_eq!(
            findings[0].to_string(),
            "[lỗi] a.csv, dòng 2: Dòng có 3 ô, nhiều hơn 2 cột của tiêu đề. Nội dung có dấu ngăn cách (như dấu phẩy thập phân) phải đặt trong ngoặc kép."
        );
    }
}
