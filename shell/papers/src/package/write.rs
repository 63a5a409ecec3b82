//! Writing a package: the same package gives the same bytes, and what is written verifies.

use std::collections::BTreeMap;

use cchc_index::set_form::to_form;
use cchc_index::toml_form;

use super::archive::pack;
use super::manifest::Manifest;
use super::parts::{self, DAYS_OFF, INPUT, MANIFEST, PUBLISHED, README, RESULT_CSV, RESULT_JSON, SET};
use super::read::{limits, read};
use super::readme::write_readme;
use super::result_file::ResultFile;
use super::{Package, PackageError, seal};
use crate::input_file;
use crate::results_csv::{RANKING_COLUMNS, ranking_rows};
use crate::write_csv::write_csv_for_excel;

/// Writes a package as a sealed archive; the same package gives the same bytes.
///
/// # Errors
/// [`PackageError::NotReproducible`] where reading it back doesn't give the same result: a set with
/// errors in it, or a result that was not computed from the set and the inputs.
pub fn write(package: &Package) -> Result<Vec<u8>, PackageError> {
    let bytes = pack(&all_parts(package)?)?;
    let verified = read(&bytes, &limits())?;
    match verified.differences.first() {
        Some(first) => Err(PackageError::NotReproducible(first.to_string())),
        None => Ok(bytes),
    }
}

/// Every part with its name, in the order of the archive.
pub(super) fn all_parts(package: &Package) -> Result<Vec<(&'static str, Vec<u8>)>, PackageError> {
    let result = ResultFile::of(package).write().map_err(|error| PackageError::NotReproducible(error.to_string()))?;
    let mut parts = vec![
        (README, write_readme(package)),
        (SET, toml_form::write(&to_form(&package.set)).into_bytes()),
        (INPUT, input_file::write_csv(&package.set, &package.inputs).into_bytes()),
        (DAYS_OFF, parts::write_table(&package.days_off.to_table(DAYS_OFF))),
        (RESULT_JSON, result),
        (RESULT_CSV, write_ranking(package)),
    ];
    if !package.published.is_empty() {
        parts.push((PUBLISHED, parts::write_published(&package.published)));
    }
    let hashes: BTreeMap<String, String> =
        parts.iter().map(|(name, bytes)| ((*name).to_owned(), seal::hash(bytes))).collect();
    parts.push((MANIFEST, Manifest::new(&package.about, hashes).write()?));
    parts.sort_by_key(|(name, _)| parts::ALL.iter().position(|part| part == name));
    Ok(parts)
}

/// The ranking for a spreadsheet.
pub(super) fn write_ranking(package: &Package) -> Vec<u8> {
    write_csv_for_excel(&RANKING_COLUMNS, &ranking_rows(package))
}
