//! Files that leave with their name.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::error::ErrorPage;

/// CSV in UTF-8.
pub const CSV: &str = "text/csv; charset=utf-8";
/// An Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// A Word document.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// A zip archive.
pub const ZIP: &str = "application/zip";
/// TOML in UTF-8.
pub const TOML: &str = "application/toml; charset=utf-8";

/// A file to save under that name; letters other than ASCII and whatever ends a name are left out of it.
#[must_use]
pub fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let plain: String =
        name.chars().filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.')).collect();
    let disposition = format!("attachment; filename=\"{plain}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// A file that could not be made.
#[must_use]
pub fn unwritten(error: &cchc_papers::WriteError) -> ErrorPage {
    tracing::error!(%error, "a file could not be written");
    ErrorPage::internal()
}
