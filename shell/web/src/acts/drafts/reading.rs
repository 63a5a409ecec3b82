//! Uploaded files read away from what answers requests, a few at a time: a workbook takes a while.

use cchc_papers::rule_file::{RuleKind, Upload, read};
use cchc_papers::{Limits, OldText};
use cchc_text::Findings;

use super::known::Known;
use crate::error::ErrorPage;
use crate::upload::{self, File};

/// A file with the rule that it is to replace.
pub struct ToRead {
    /// Kind of rule.
    pub kind: RuleKind,
    /// Its name; empty where the file itself says which it is.
    pub name: String,
    /// The file.
    pub file: File,
}

/// What a file was read as: the written form, if there is any, and every finding.
pub type Read = (Option<String>, Findings);

/// Reads the file; what was lent is given back.
///
/// # Errors
/// [`ErrorPage`] 500 where the program is shutting down.
pub async fn read_file(known: Known, what: ToRead, old_text: OldText) -> Result<(Read, Known, ToRead), ErrorPage> {
    let _turn = upload::turn().await?;
    let work = move || {
        let upload = Upload { name: &what.file.name, bytes: &what.file.bytes, old_text };
        let found = read(what.kind, upload, &known.beside(what.kind, &what.name), &Limits::default());
        (found, known, what)
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| ErrorPage::internal())
}

/// The findings with which a file became that content: as it is, or with old encodings converted.
///
/// # Errors
/// As [`read_file`].
pub async fn findings_of(known: Known, what: ToRead, content: &str) -> Result<(Findings, Known), ErrorPage> {
    let ((text, findings), known, what) = read_file(known, what, OldText::Refused).await?;
    if text.as_deref() == Some(content) {
        return Ok((findings, known));
    }
    let ((text, converted), known, _) = read_file(known, what, OldText::Converted).await?;
    Ok((if text.as_deref() == Some(content) { converted } else { findings }, known))
}
