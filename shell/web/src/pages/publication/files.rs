//! Files of a publication to take away.

use super::shown::Shown;
use crate::Publication;

/// A file that can be taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// What it is.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// `XLSX 63 KB`.
    pub size: String,
}

/// The files of a publication with their sizes.
#[must_use]
pub fn downloads(_shown: &Shown<'_>) -> Vec<Download> {
    Vec::new()
}

/// The BLAKE3 hash of the package.
#[must_use]
pub fn hash(_publication: &Publication) -> Option<String> {
    None
}
