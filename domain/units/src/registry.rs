//! All units through time, and the ways to look one up.

use std::collections::BTreeMap;

use cchc_text::Findings;
use cchc_text::table::Table;
use jiff::civil::Date;

use crate::check;
use crate::codes::Codes;
use crate::error::UnitError;
use crate::nearest;
use crate::read::Reading;
use crate::succession::Succession;
use crate::version::{UnitId, Version};

/// The units of a province through time.
///
/// On any day a code names at most one unit. Built by [`Registry::from_tables`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registry {
    pub(crate) versions: Vec<Version>,
    pub(crate) codes: Codes,
    pub(crate) succession: Succession,
    units: BTreeMap<UnitId, Vec<usize>>,
}

/// A unit with all its versions, in the order of time; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit<'a> {
    /// Which unit.
    pub id: UnitId,
    /// Its versions before the last one.
    pub earlier: Vec<&'a Version>,
    /// Its last version: the one that holds, or the one with which it ended.
    pub last: &'a Version,
}

impl Registry {
    /// Reads tables of units ([`UNIT_COLUMNS`](crate::UNIT_COLUMNS)) and of departments
    /// ([`DEPARTMENT_COLUMNS`](crate::DEPARTMENT_COLUMNS)) as one registry, with every finding.
    ///
    /// What is wrong is left out and reported, the rest is used: a row that can't be read, a row that
    /// shares a day with an earlier one under the same code, a parent or successor that isn't there.
    #[must_use]
    pub fn from_tables(tables: &[Table]) -> (Self, Findings) {
        let mut reading = Reading::default();
        for table in tables {
            reading.add(table);
        }
        let Reading { drafts, codes: known, mut findings } = reading;
        check::codes::check(&drafts, &known, &mut findings);
        let (mut drafts, codes) = check::rows::admit(drafts, &mut findings);
        check::rows::gaps(&drafts, &codes, &mut findings);
        check::parents::check(&mut drafts, &codes, &known, &mut findings);
        let links = check::successors::resolve(&drafts, &codes, &known, &mut findings);
        let succession = Succession::new(&links);
        let versions = succession.identify(drafts);
        let mut units: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
        for (_, position) in codes.each().flatten() {
            if let Some(version) = versions.get(position) {
                units.entry(version.unit.clone()).or_default().push(position);
            }
        }
        (Self { versions, codes, succession, units }, findings)
    }

    /// Every version, in the order of the files.
    pub fn all(&self) -> impl Iterator<Item = &Version> {
        self.versions.iter()
    }

    /// The unit that bears the code on that day.
    ///
    /// # Errors
    /// [`UnitError::UnknownCode`] with the nearest codes and names; [`UnitError::NotValidOn`] with the
    /// periods in which some unit bears the code.
    pub fn find(&self, code: &str, on: Date) -> Result<&Version, UnitError> {
        self.position(code, on).and_then(|position| self.version(position, code))
    }

    /// The same where nobody asks why there is none: an unknown code costs no search for what was meant.
    #[must_use]
    pub fn on(&self, code: &str, day: Date) -> Option<&Version> {
        self.versions.get(self.codes.at(code, day)?)
    }

    /// A unit with its versions.
    ///
    /// # Errors
    /// [`UnitError::UnknownUnit`].
    pub fn unit(&self, id: &UnitId) -> Result<Unit<'_>, UnitError> {
        let mut earlier: Vec<_> = self.versions(id).collect();
        match earlier.pop() {
            Some(last) => Ok(Unit { id: id.clone(), earlier, last }),
            None => Err(UnitError::UnknownUnit { id: id.clone(), nearest: nearest::find(self, &id.code) }),
        }
    }

    /// The versions of a unit in the order of time; none where the unit is not known.
    pub fn versions(&self, id: &UnitId) -> impl Iterator<Item = &Version> {
        self.units.get(id).into_iter().flatten().filter_map(|&position| self.versions.get(position))
    }

    /// The units that ever bore the code, in the order of time.
    #[must_use]
    pub fn units_of_code(&self, code: &str) -> Vec<&UnitId> {
        let mut units: Vec<_> = self
            .codes
            .of(code)
            .filter_map(|(_, position)| self.versions.get(position))
            .map(|version| &version.unit)
            .collect();
        units.dedup();
        units
    }

    /// Whether the code names the same unit on both days.
    ///
    /// # Errors
    /// As [`Registry::find`], for either day.
    pub fn same_unit(&self, code: &str, one_day: Date, other_day: Date) -> Result<bool, UnitError> {
        Ok(self.find(code, one_day)?.unit == self.find(code, other_day)?.unit)
    }

    /// The unit above a version on that day.
    #[must_use]
    pub fn parent(&self, version: &Version, on: Date) -> Option<&Version> {
        self.versions.get(self.codes.at(version.parent.as_deref()?, on)?)
    }

    /// The name of the unit of a code on that day, an office with its district: `Phòng Nội vụ, Thành phố Vĩnh Yên`;
    /// the code where there is none.
    #[must_use]
    pub fn full_name(&self, code: &str, on: Date) -> String {
        let Some(version) = self.on(code, on) else { return code.to_owned() };
        match self.parent(version, on).filter(|_| version.is_office()) {
            Some(above) => format!("{}, {}", version.name, above.name),
            None => version.name.clone(),
        }
    }

    /// The version's position, to walk from.
    pub(crate) fn position(&self, code: &str, on: Date) -> Result<usize, UnitError> {
        if let Some(position) = self.codes.at(code, on) {
            return Ok(position);
        }
        if !self.codes.contains(code) {
            return Err(UnitError::UnknownCode { code: code.to_owned(), nearest: nearest::find(self, code) });
        }
        let periods = self.codes.of(code).map(|(period, _)| period).collect();
        Err(UnitError::NotValidOn { code: code.to_owned(), on, periods })
    }

    fn version(&self, position: usize, code: &str) -> Result<&Version, UnitError> {
        self.versions.get(position).ok_or_else(|| UnitError::UnknownCode { code: code.to_owned(), nearest: Vec::new() })
    }

    /// Positions of a unit's versions in the order of time.
    pub(crate) fn positions(&self, id: &UnitId) -> &[usize] {
        self.units.get(id).map_or(&[], Vec::as_slice)
    }

    /// The last version of every unit, in no order that a reader sees.
    pub(crate) fn latest(&self) -> impl Iterator<Item = &Version> {
        self.units.values().filter_map(|positions| self.versions.get(*positions.last()?))
    }
}
