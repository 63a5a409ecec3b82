//! What the pages show to who asks now: one snapshot a request, so that nothing changes half way down a page.
//!
//! Made by [`crate::app`]; the pages read no file and no clock.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use cchc_calendar::DaysOff;
use cchc_index::round::Appraisers;
use cchc_index::series::{Figures, SeriesList};
use cchc_index::{CriteriaSet, ScoredUnit};
use cchc_ledger::Moment;
use cchc_papers::package::Package;
use cchc_text::Findings;
use cchc_units::{Level, Registry};
use jiff::civil::Date;

use crate::pages::publication::files::Files;
use crate::shelf::Shelf;
use crate::visitor::Visitor;

/// Everything that the pages show, to whom, and when.
#[derive(Debug, Clone)]
pub struct Site {
    /// The moment of the request.
    pub now: Moment,
    /// The day that counts as today.
    pub today: Date,
    /// Whether this is the demonstration: every page says so.
    pub demonstration: bool,
    /// Who asks.
    pub visitor: Visitor,
    /// The address that was asked for, with its query; empty where it can't be asked for again.
    pub path: String,
    /// Why nothing can be written now, where that is so.
    pub banner: Option<String>,
    /// The rules as they are known now.
    pub world: Arc<World>,
    /// Published packages, the latest first.
    pub publications: Vec<Arc<Publication>>,
    /// The criteria sets of the world and those of the publications.
    pub sets: Vec<Arc<CriteriaSet>>,
    /// What visitors scored or verified, held in memory for a while.
    pub shelf: Arc<Shelf>,
}

/// The rules that pages show, as they were known at a moment.
#[derive(Debug)]
pub struct World {
    /// A number that grows whenever a rule changes.
    pub mark: u64,
    /// Units through time.
    pub units: Registry,
    /// The criteria sets.
    pub sets: Vec<Arc<CriteriaSet>>,
    /// The days off.
    pub days_off: Arc<DaysOff>,
    /// The series that others publish of a province.
    pub series: Arc<SeriesList>,
    /// What they say, year by year.
    pub figures: Arc<Figures>,
    /// Which agency appraises which field of work: what the plan of a round begins with.
    pub appraisers: Arc<Appraisers>,
}

impl Deref for Site {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

/// A package with what its pages need again and again.
#[derive(Debug)]
pub struct Publication {
    /// Its name in addresses.
    id: String,
    /// How it came here.
    pub origin: Origin,
    /// The address name of the result that replaced it; `None`: it is the result.
    pub replaced_by: Option<String>,
    /// The package.
    pub package: Package,
    /// What was noticed when its files were read; what scoring noticed stands in the package.
    pub findings: Findings,
    /// What can be taken away as a file, each made when it is first asked for.
    pub files: Files,
    /// Position of each unit in [`cchc_index::Scored::units`], by code.
    pub by_code: HashMap<String, usize>,
}

/// How a publication came here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was handed in by the program.
    Published,
    /// A visitor had his own file scored.
    Tried,
    /// A visitor brought a package, and it was verified.
    Verified,
}

impl Publication {
    /// Prepares a published package for its pages.
    #[must_use]
    pub fn new(package: Package, findings: Findings) -> Self {
        Self::of(package.about.id.clone(), Origin::Published, package, findings)
    }

    /// Prepares a version of the result of a round: its number, and how many there are. The last is the result.
    #[must_use]
    pub fn version(package: Package, (number, count): (usize, usize)) -> Self {
        let id = package.about.id.clone();
        if number == count {
            return Self::of(id, Origin::Published, package, Findings::new());
        }
        let earlier = Self::of(format!("{id}-lan-{number}"), Origin::Published, package, Findings::new());
        Self { replaced_by: Some(id), ..earlier }
    }

    /// Prepares what a visitor made, under the id that it has here.
    #[must_use]
    pub fn visiting(id: String, origin: Origin, package: Package, findings: Findings) -> Self {
        Self::of(id, origin, package, findings)
    }

    fn of(id: String, origin: Origin, package: Package, findings: Findings) -> Self {
        let codes = package.scored.units.iter().enumerate();
        let by_code = codes.map(|(index, unit)| (unit.code.clone(), index)).collect();
        Self { id, origin, replaced_by: None, package, findings, files: Files::default(), by_code }
    }

    /// Its name in addresses.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The unit of that code.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<&ScoredUnit> {
        self.by_code.get(code).and_then(|index| self.package.scored.units.get(*index))
    }

    /// How much room it takes: units × criteria.
    #[must_use]
    pub fn size(&self) -> usize {
        self.package.scored.units.len().saturating_mul(self.package.set.criteria.len())
    }

    /// What was noticed when its files were read, then what scoring noticed.
    pub fn all_findings(&self) -> impl Iterator<Item = &cchc_text::Finding> {
        self.findings.iter().chain(&self.package.scored.findings)
    }
}

impl Site {
    /// What is shown to the public at a moment: the sets of the publications stand beside those of the world.
    #[must_use]
    pub fn new(now: Moment, world: Arc<World>, publications: Vec<Arc<Publication>>, shelf: Arc<Shelf>) -> Self {
        let mut sets = world.sets.clone();
        for publication in &publications {
            // A set that was re-issued for another year is as public as its results.
            let set = &publication.package.set;
            if sets.iter().all(|known| known.id != set.id) {
                sets.push(Arc::new(set.clone()));
            }
        }
        let (visitor, path, banner, demonstration) = (Visitor::default(), String::new(), None, false);
        Self { now, today: now.date(), demonstration, visitor, path, banner, world, publications, sets, shelf }
    }

    /// The publication of that id: shipped, or on the shelf.
    #[must_use]
    pub fn lookup(&self, id: &str) -> Option<Arc<Publication>> {
        let shipped = self.publications.iter().find(|publication| publication.id() == id);
        shipped.map(Arc::clone).or_else(|| self.shelf.find(id))
    }

    /// The set of that id.
    #[must_use]
    pub fn set(&self, id: &str) -> Option<&Arc<CriteriaSet>> {
        self.sets.iter().find(|set| set.id == id)
    }

    /// The sets as a reader looks for them: the latest year first, within it by the level of the units.
    #[must_use]
    pub fn sets_latest_first(&self) -> Vec<&CriteriaSet> {
        let mut sets: Vec<&CriteriaSet> = self.sets.iter().map(AsRef::as_ref).collect();
        let level = |set: &CriteriaSet| set.groups.first().and_then(|group| Level::from_code(&group.code));
        sets.sort_by_key(|set| (Reverse(set.year), level(set).is_none(), level(set)));
        sets
    }
}
