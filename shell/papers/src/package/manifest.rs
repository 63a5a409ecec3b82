//! The manifest: format, program, particulars, and the hash of every other part.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::parts::MANIFEST;
use super::{About, FORMAT, PackageError};

/// What `manifest.json` holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// Version of the format.
    pub(super) format: u32,
    /// Program and version that wrote it.
    pub(super) program: String,
    /// Particulars of the package.
    pub(super) about: About,
    /// BLAKE3 of each part, by its name.
    pub(super) files: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest over these parts.
    pub(super) fn new(about: &About, files: BTreeMap<String, String>) -> Self {
        let program = concat!("cchc ", env!("CARGO_PKG_VERSION")).to_owned();
        Self { format: FORMAT, program, about: about.clone(), files }
    }

    pub(super) fn write(&self) -> Result<Vec<u8>, PackageError> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| unreadable(&error))?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads a manifest; the version of its format is looked at before anything else.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        let Versioned { format } = serde_json::from_slice(bytes).map_err(|error| unreadable(&error))?;
        if format > u64::from(FORMAT) {
            return Err(PackageError::LaterFormat { format });
        }
        if format == 0 {
            let why = "không có định dạng phiên bản 0.".to_owned();
            return Err(PackageError::Unreadable { part: MANIFEST, why });
        }
        serde_json::from_slice(bytes).map_err(|error| unreadable(&error))
    }
}

#[derive(Deserialize)]
struct Versioned {
    format: u64,
}

fn unreadable(error: &serde_json::Error) -> PackageError {
    PackageError::Unreadable { part: MANIFEST, why: format!("không đúng cấu trúc ở dòng {}.", error.line()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_format_is_refused_whatever_else_it_holds() {
        let later = br#"{"format": 2, "seals": []}"#;
        assert_eq!(Manifest::read(later).unwrap_err(), PackageError::LaterFormat { format: 2 });
        for broken in [&b""[..], b"[]", b"{\"format\":\"1\"}", b"{\"format\":0}", b"{\"format\":1}"] {
            assert!(matches!(Manifest::read(broken), Err(PackageError::Unreadable { .. })));
        }
    }
}
