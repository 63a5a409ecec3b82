//! What a file is, as its content says: what evidence may be.

use std::io::Cursor;

use thiserror::Error;

/// The types that are taken as evidence: type, what it is called, whether a browser opens it in place.
const TAKEN: [(&str, &str, bool); 15] = [
    ("application/pdf", "PDF", true),
    ("image/jpeg", "ảnh JPEG", true),
    ("image/png", "ảnh PNG", true),
    ("image/webp", "ảnh WebP", true),
    ("image/tiff", "ảnh TIFF", false),
    ("image/heif", "ảnh HEIC", false),
    (DOCX, "Word", false),
    (XLSX, "Excel", false),
    (PPTX, "PowerPoint", false),
    ("application/msword", "Word 97–2003", false),
    ("application/vnd.ms-excel", "Excel 97–2003", false),
    ("application/vnd.ms-powerpoint", "PowerPoint 97–2003", false),
    ("application/vnd.oasis.opendocument.text", "văn bản ODF", false),
    ("application/vnd.oasis.opendocument.spreadsheet", "bảng tính ODF", false),
    ("application/vnd.oasis.opendocument.presentation", "trình chiếu ODF", false),
];
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

/// Why a file is not taken; the text is for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MediaRefusal {
    /// Nothing is in it.
    #[error("tệp rỗng")]
    Empty,
    /// It is of no type that is taken.
    #[error(
        "nội dung tệp không phải PDF, ảnh, Word, Excel hay PowerPoint, dù tên tệp là gì; hãy lưu thành PDF rồi gửi lại"
    )]
    Unknown,
}

/// The type of a file by its content, whatever it is called.
///
/// # Errors
/// Where it is empty, or of no type that is taken as evidence.
pub fn media(bytes: &[u8]) -> Result<&'static str, MediaRefusal> {
    if bytes.is_empty() {
        return Err(MediaRefusal::Empty);
    }
    let found = infer::get(bytes).map_or("", |kind| kind.mime_type());
    let found = match found {
        // Which part of an office file stands first is its writer's choice: what is in it decides.
        "application/zip" | DOCX | XLSX | PPTX => office(bytes).unwrap_or_default(),
        found => found,
    };
    TAKEN.iter().find(|(media, ..)| *media == found).map(|(media, ..)| *media).ok_or(MediaRefusal::Unknown)
}

/// Whether a browser opens a file of this type in place.
#[must_use]
pub fn opens_in_place(media: &str) -> bool {
    TAKEN.iter().any(|(known, _, opens)| *known == media && *opens)
}

/// What a type is called.
#[must_use]
pub fn media_name(media: &str) -> &'static str {
    TAKEN.iter().find(|(known, ..)| *known == media).map_or("tệp", |(_, name, _)| name)
}

/// Which office file a zip archive is.
fn office(bytes: &[u8]) -> Option<&'static str> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if !has("[Content_Types].xml") {
        return None;
    }
    [("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX)]
        .into_iter()
        .find_map(|(name, media)| has(name).then_some(media))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(names: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"<x/>").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn the_content_decides() {
        assert_eq!(media(b"%PDF-1.7\n..."), Ok("application/pdf"));
        assert_eq!(media(b"\x89PNG\r\n\x1a\n0000"), Ok("image/png"));
        assert_eq!(media(&archive(&["_rels/.rels", "word/document.xml", "[Content_Types].xml"])), Ok(DOCX));
        assert_eq!(media(&archive(&["[Content_Types].xml", "xl/workbook.xml"])), Ok(XLSX));
    }

    #[test]
    fn what_could_run_or_hide_something_is_not_taken() {
        for bytes in [&b"MZ\x90\x00"[..], b"<html><script>", b"#!/bin/sh\n", b"plain text"] {
            assert_eq!(media(bytes), Err(MediaRefusal::Unknown));
        }
        assert_eq!(media(&archive(&["word/document.xml"])), Err(MediaRefusal::Unknown), "no office file");
        assert_eq!(media(&archive(&["virus.exe"])), Err(MediaRefusal::Unknown));
        assert_eq!(media(b""), Err(MediaRefusal::Empty));
    }

    #[test]
    fn pictures_and_pdf_open_in_place() {
        assert!(opens_in_place("application/pdf") && opens_in_place("image/png"));
        assert!(!opens_in_place(DOCX) && !opens_in_place("text/html"));
        assert_eq!((media_name(XLSX), media_name("text/html")), ("Excel", "tệp"));
    }
}
