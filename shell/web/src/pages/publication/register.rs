//! Units of a publication by name, district and protocol order.

use std::collections::HashMap;

use cchc_index::ScoredUnit;
use cchc_units::{Level, Registry, Version};
use jiff::civil::Date;

/// The registry as it was on the publication's day; nothing in it for units of another register.
#[derive(Debug)]
pub struct Register<'a> {
    registry: &'a Registry,
    on: Option<Date>,
    order: HashMap<&'a str, usize>,
}

/// A district with units in the publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How many units it has here.
    pub units: usize,
}

impl<'a> Register<'a> {
    /// The registry as of that day.
    #[must_use]
    pub fn new(registry: &'a Registry, on: Option<Date>) -> Self {
        let nodes = on.map(|on| registry.as_of(on).nodes).unwrap_or_default();
        let order = nodes.iter().enumerate().map(|(index, node)| (node.version.code.as_str(), index)).collect();
        Self { registry, on, order }
    }

    /// The unit of that code on that day.
    #[must_use]
    pub fn version(&self, code: &str) -> Option<&'a Version> {
        self.registry.on(code, self.on?)
    }

    /// The name: as the input gave it, else as the registry has it, else the code.
    #[must_use]
    pub fn name(&self, unit: &ScoredUnit) -> String {
        if !unit.name.is_empty() {
            return unit.name.clone();
        }
        self.version(&unit.code).map_or_else(|| unit.code.clone(), |version| version.name.clone())
    }

    /// The place in the protocol order; units that the registry doesn't know come last.
    #[must_use]
    pub fn protocol(&self, code: &str) -> usize {
        self.order.get(code).copied().unwrap_or(usize::MAX)
    }

    /// The district that a commune lies in on that day.
    #[must_use]
    pub fn district(&self, code: &str) -> Option<&'a Version> {
        let version = self.version(code).filter(|version| version.level == Level::Commune)?;
        self.registry.parent(version, self.on?).filter(|parent| parent.level == Level::District)
    }

    /// The districts of the units, in protocol order.
    #[must_use]
    pub fn districts(&self, units: &[&ScoredUnit]) -> Vec<District> {
        let mut districts: Vec<District> = Vec::new();
        for district in units.iter().filter_map(|unit| self.district(&unit.code)) {
            match districts.iter_mut().find(|known| known.code == district.code) {
                Some(known) => known.units += 1,
                None => districts.push(District { code: district.code.clone(), name: district.name.clone(), units: 1 }),
            }
        }
        districts.sort_by_key(|district| self.protocol(&district.code));
        districts
    }
}
