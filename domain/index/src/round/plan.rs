//! What a round is planned to be.

use cchc_ledger::Hash;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Phase, RoundRefusal, Share};

/// The plan of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// As printed: `Chỉ số CCHC năm 2022 của các sở, ban, ngành`.
    pub title: String,
    /// The year that is scored.
    pub year: i16,
    /// Code of the unit that runs it.
    pub organiser: String,
    /// The groups, each with its set.
    pub groups: Vec<Group>,
    /// The units scored, in the order of protocol.
    pub units: Vec<Ranked>,
    /// The last day of each phase.
    pub deadlines: Vec<Deadline>,
    /// Which agency appraises which field of work.
    pub appraisers: Vec<Assigned>,
    /// Who appraises where the agency is itself scored, or can't.
    pub substitutes: Vec<Substitute>,
    /// What does not apply to a unit.
    pub presets: Vec<Preset>,
    /// Which lines of a scored unit another unit answers.
    #[serde(default)]
    pub shares: Vec<Share>,
    /// The body that appraises outside this system, as it is called: `Bộ Nội vụ`; `None`: agencies here do.
    /// What it decides is recorded with its document, and nobody here appraises.
    #[serde(default)]
    pub outside: Option<String>,
}

/// A group of units that are scored by one set and ranked among themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its code in the set: `so`.
    pub code: String,
    /// Name of the set: `vp-2021-so`.
    pub set: String,
    /// The version of the set, frozen with the round.
    pub version: Hash,
}

/// A unit that is scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// Its code.
    pub code: String,
    /// Its name in this round.
    pub name: String,
    /// Code of its group.
    pub group: String,
}

/// The last day of a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The phase.
    pub phase: Phase,
    /// Its last day, to its end.
    pub until: Date,
}

/// The agency that appraises a field of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    /// The field of work in the set: `noi-vu`.
    pub field: String,
    /// Code of the agency.
    pub unit: String,
}

/// Who appraises a field of one unit in place of the agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitute {
    /// The field of work.
    pub field: String,
    /// The unit scored.
    pub scored: String,
    /// Code of the agency that appraises instead.
    pub unit: String,
}

/// A criterion, or a whole field, that does not apply to a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preset {
    /// The unit.
    pub unit: String,
    /// Code of the criterion, with all below it.
    pub criterion: String,
    /// Why.
    pub reason: String,
}

impl Plan {
    /// The unit of a code.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<&Ranked> {
        self.units.iter().find(|unit| unit.code == code)
    }

    /// The group of a code.
    #[must_use]
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.code == code)
    }

    /// The group in which a unit is ranked.
    #[must_use]
    pub fn group_of(&self, unit: &str) -> Option<&Group> {
        self.group(&self.unit(unit)?.group)
    }

    /// The last day of a phase; `None`: no deadline.
    #[must_use]
    pub fn deadline(&self, phase: Phase) -> Option<Date> {
        self.deadlines.iter().find(|deadline| deadline.phase == phase).map(|deadline| deadline.until)
    }

    /// What any plan must have, even before the round can be opened.
    ///
    /// # Errors
    /// The first thing that is missing or stands twice.
    pub(super) fn check(&self) -> Result<(), RoundRefusal> {
        if self.title.trim().is_empty() || self.title.chars().count() > 300 {
            return Err(RoundRefusal::Title);
        }
        if self.organiser.is_empty() {
            return Err(RoundRefusal::NoOrganiser);
        }
        if self.outside.as_ref().is_some_and(|body| body.trim().is_empty() || body.chars().count() > 200) {
            return Err(RoundRefusal::Outside);
        }
        let mut codes: Vec<&str> = self.units.iter().map(|unit| unit.code.as_str()).collect();
        codes.sort_unstable();
        match codes.windows(2).find_map(|pair| match pair {
            [first, second] if first == second => Some(*first),
            _ => None,
        }) {
            Some(twice) => Err(RoundRefusal::Twice(twice.to_owned())),
            None => Ok(()),
        }
    }
}
