//! Zip archives whose bytes depend on their parts alone: no clock, no platform, no chance.

use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Packs parts in the order given, with a comment at the end of the archive.
pub(crate) fn zipped<N: AsRef<str>>(parts: &[(N, Vec<u8>)], comment: &str) -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name.as_ref(), options)?;
        archive.write_all(bytes)?;
    }
    archive.set_comment(comment)?;
    Ok(archive.finish()?.into_inner())
}
