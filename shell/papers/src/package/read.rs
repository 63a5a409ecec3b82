//! Reading a package: bounded, checked against its seal and hashes, and recomputed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use cchc_calendar::DaysOff;
use cchc_index::check::load;
use cchc_index::{CriteriaSet, read_inputs, toml_form};
use cchc_text::{Findings, Severity};

use super::archive::{Unpacked, unpack};
use super::compare::{self, Differences};
use super::difference::Difference;
use super::manifest::Manifest;
use super::parts::{self, DAYS_OFF, INPUT, MANIFEST, PUBLISHED, README, RESULT_CSV, RESULT_JSON, SET, read_table};
use super::result_file::ResultFile;
use super::seal::{Seal, hash};
use super::write::write_ranking;
use super::{Package, PackageError};
use crate::input_file::NO_CRITERION;
use crate::limits::Limits;

/// A package that was read and recomputed, and everything that could not be confirmed.
#[derive(Debug, Clone)]
pub struct Verified {
    /// What the package holds; its result is the recomputed one.
    pub package: Package,
    /// The hash of the whole file: `b3:` and 64 digits. Two files of one hash are the same file.
    pub hash: String,
    /// How many lines (units × criteria) were recomputed and compared.
    pub lines: usize,
    /// What stands in the package and isn't so: the seal, a hash, a part, a number. Answered criteria first.
    pub differences: Vec<Difference>,
    /// How many differences there are beyond those told.
    pub untold: usize,
    /// What reading set, inputs and days off met, and the computation; none of it speaks against the package.
    pub findings: Findings,
}

impl Verified {
    /// Whether everything that the package states was confirmed.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.differences.is_empty()
    }
}

/// The bounds on a package: those of other files, with room for 10,000 units of 100 criteria.
#[must_use]
pub fn limits() -> Limits {
    Limits { rows: 2_000_000, ..Limits::default() }
}

/// Reads a package and recomputes it: checks the seal, the hashes, and every number of its result.
///
/// # Errors
/// [`PackageError`] where nothing could be read; everything else is a difference or a finding.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Verified, PackageError> {
    let Unpacked { parts, unexpected } = unpack(bytes, limits)?;
    let manifest = Manifest::read(part(&parts, MANIFEST)?)?;
    let mut differences = Differences::default();
    let seal = Seal::of(bytes);
    if !seal.holds() {
        differences.push(Difference::seal(&seal.written, &seal.computed));
    }
    for name in &unexpected {
        differences.push(Difference::of_part("unexpected-part", name));
    }
    check_hashes(&manifest, &parts, &unexpected, &mut differences);
    let (package, findings) = recompute(&manifest, &parts, limits)?;
    check_result(&package, &parts, limits, &mut differences);
    check_ranking(&package, &parts, limits, &mut differences);
    Ok(Verified {
        hash: hash(bytes),
        lines: package.scored.units.len().saturating_mul(package.set.leaves().count()),
        package,
        differences: differences.told,
        untold: differences.untold,
        findings,
    })
}

type Parts = BTreeMap<&'static str, Vec<u8>>;

fn part<'p>(parts: &'p Parts, name: &'static str) -> Result<&'p [u8], PackageError> {
    parts.get(name).map(Vec::as_slice).ok_or(PackageError::Missing { part: name })
}

fn check_hashes(manifest: &Manifest, parts: &Parts, unexpected: &[String], differences: &mut Differences) {
    for (name, bytes) in parts.iter().filter(|(name, _)| **name != MANIFEST) {
        let (stated, computed) = (manifest.files.get(*name).map_or("", String::as_str), hash(bytes));
        if stated != computed {
            differences.push(Difference::of_part("part-hash", name).values(stated, &computed));
        }
    }
    let needed = [README, RESULT_JSON, RESULT_CSV].into_iter();
    let named: BTreeSet<&str> = manifest.files.keys().map(String::as_str).chain(needed).collect();
    let there = |name: &str| parts.contains_key(name) || unexpected.iter().any(|other| other == name);
    for name in named.into_iter().filter(|name| !there(name)) {
        differences.push(Difference::of_part("missing-part", name));
    }
}

/// Set, inputs, days off and published figures as they stand in the package, and the result they give.
fn recompute(manifest: &Manifest, parts: &Parts, limits: &Limits) -> Result<(Package, Findings), PackageError> {
    let mut findings = Findings::new();
    let set = read_set(part(parts, SET)?, &mut findings)?;
    let input = read_table(INPUT, part(parts, INPUT)?, limits.rows)?;
    let (inputs, more) = read_inputs(&set, &[input]);
    // The row that keeps a unit without answers names no criterion: that is no fault of the package.
    findings.extend(more.into_iter().filter(|finding| finding.place.criterion.as_deref() != Some(NO_CRITERION)));
    let (days_off, more) = DaysOff::from_table(&read_table(DAYS_OFF, part(parts, DAYS_OFF)?, limits.rows)?);
    findings.extend(more);
    let published = match parts.get(PUBLISHED) {
        Some(bytes) => parts::read_published(&read_table(PUBLISHED, bytes, limits.rows)?)?,
        None => Vec::new(),
    };
    let package = Package::build(manifest.about.clone(), set, inputs, days_off, published);
    findings.extend(package.scored.findings.iter().cloned());
    Ok((package, findings))
}

fn read_set(bytes: &[u8], findings: &mut Findings) -> Result<CriteriaSet, PackageError> {
    let wrong = |why: String| PackageError::Unreadable { part: SET, why };
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("không phải UTF-8.".to_owned()))?;
    let (form, mut met) = toml_form::read(SET, text);
    let (set, more) = load(&form);
    met.extend(more);
    let first = met.iter().find(|finding| finding.severity == Severity::Error).map(ToString::to_string);
    findings.append(&mut met);
    set.ok_or_else(|| wrong(first.unwrap_or_else(|| "không đủ để thành một bộ tiêu chí.".to_owned())))
}

fn check_result(package: &Package, parts: &Parts, limits: &Limits, differences: &mut Differences) {
    let Some(bytes) = parts.get(RESULT_JSON) else { return };
    let recomputed = ResultFile::of(package);
    match ResultFile::read(bytes) {
        Ok(published) if published.units.len() as u64 <= limits.rows => {
            let leaves: HashSet<&str> = package.set.leaves().map(|(_, node, _)| node.code.as_str()).collect();
            compare::results(&published, &recomputed, |code| leaves.contains(code), differences);
        }
        Ok(_) => differences.push(unreadable(RESULT_JSON, "quá nhiều đơn vị")),
        Err(error) => {
            differences.push(unreadable(RESULT_JSON, &format!("không đúng cấu trúc ở dòng {}", error.line())))
        }
    }
}

fn check_ranking(package: &Package, parts: &Parts, limits: &Limits, differences: &mut Differences) {
    let Some(bytes) = parts.get(RESULT_CSV) else { return };
    let recomputed = write_ranking(package);
    if *bytes == recomputed {
        return;
    }
    let tables = [bytes, &recomputed].map(|bytes| read_table(RESULT_CSV, bytes, limits.rows));
    match tables {
        [Ok(published), Ok(recomputed)] => compare::rankings(&published, &recomputed, differences),
        [Err(error), _] | [_, Err(error)] => differences.push(unreadable(RESULT_CSV, &error.to_string())),
    }
}

fn unreadable(part: &str, why: &str) -> Difference {
    Difference::of_part("unreadable-part", part).values(why.trim_end_matches('.'), "")
}
