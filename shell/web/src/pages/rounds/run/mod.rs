//! Running a round: planning it, its board, urging, questions.

pub mod agencies;
pub mod board;
pub mod form;
pub mod lead;
pub mod new;
pub mod part;
pub mod parts;
pub mod plan;
pub mod steps;
pub mod threads;
pub mod urge;

use cchc_ledger::Hash;

/// A criteria set that a group can be scored by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedSet {
    /// Name of the rule: `vp-2021-xa`.
    pub name: String,
    /// Its version in force.
    pub version: Hash,
    /// As printed.
    pub title: String,
    /// The year for which it was made.
    pub year: i16,
    /// Code and name of the group.
    pub group: (String, String),
}

/// A unit that can be scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedUnit {
    /// Its code.
    pub code: String,
    /// Its name today.
    pub name: String,
    /// The same, told apart from others of that name.
    pub label: String,
    /// Code of the group that units of its level belong to.
    pub group: &'static str,
}

/// What a plan can be made of.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    /// The sets, one line for each group of each, the latest year first.
    pub sets: Vec<OfferedSet>,
    /// The units, in the order of protocol.
    pub units: Vec<OfferedUnit>,
    /// Who can appraise: codes and names.
    pub agencies: Vec<(String, String)>,
}

impl OfferedSet {
    /// What a form sends for it: `xa|vp-2021-xa`.
    #[must_use]
    pub fn value(&self) -> String {
        format!("{}|{}", self.group.0, self.name)
    }

    /// How a form offers it.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}: {}, bộ {} năm {}", self.group.1, self.title, self.name, self.year)
    }
}

impl Offer {
    /// The set that a form sent.
    #[must_use]
    pub fn set(&self, value: &str) -> Option<&OfferedSet> {
        self.sets.iter().find(|set| set.value() == value)
    }
}
