//! Evidence as a chip shows it.

use cchc_index::sheet::{Evidence, Proof};
use cchc_text::date::vietnamese;

use crate::pages::rounds::evidence_address;

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofView {
    /// Its name within the sheet.
    pub id: String,
    /// `PDF`, `ẢNH`, `VB`.
    pub kind: &'static str,
    /// What it is, with section and page.
    pub text: String,
    /// Where it opens; empty: nowhere.
    pub href: String,
    /// The beginning of the hash of a file; empty for a document.
    pub hash: String,
}

/// A piece of evidence as a chip shows it.
#[must_use]
pub fn proof_view(round: &str, unit: &str, evidence: &Evidence) -> ProofView {
    let (kind, what, href, hash) = match &evidence.proof {
        Proof::File { hash, name, media, .. } => {
            let short: String = hash.to_string().chars().take(12).collect();
            (media_word(media), name.clone(), evidence_address(round, unit, &evidence.id), short)
        }
        Proof::Document { number, dated, about, .. } => {
            let dated = dated.map(|day| format!(", {}", vietnamese(day))).unwrap_or_default();
            let about = if about.is_empty() { String::new() } else { format!(" ({about})") };
            ("VB", format!("{number}{dated}{about}"), String::new(), String::new())
        }
    };
    let section = if evidence.section.is_empty() { String::new() } else { format!(", {}", evidence.section) };
    let page = if evidence.page.is_empty() { String::new() } else { format!(", tr.\u{a0}{}", evidence.page) };
    ProofView { id: evidence.id.clone(), kind, text: format!("{what}{section}{page}"), href, hash }
}

/// What a type of file is called in a word.
#[must_use]
pub fn media_word(media: &str) -> &'static str {
    match media {
        "application/pdf" => "PDF",
        _ if media.starts_with("image/") => "ẢNH",
        _ if media.contains("sheet") || media.contains("excel") => "XLSX",
        _ if media.contains("word") => "DOCX",
        _ => "TỆP",
    }
}
