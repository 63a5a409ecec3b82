//! Figures that were published elsewhere, beside what is recomputed here.

use std::collections::HashMap;

use cchc_index::answer::Answer;
use cchc_index::{Exact, ScoredUnit};
use cchc_papers::package::{Package, PublishedFigure};

/// The figures of a package by unit and criterion, looked up without walking the list each time.
#[derive(Debug)]
pub struct Figured<'a> {
    by_place: HashMap<(&'a str, &'a str), &'a PublishedFigure>,
}

/// How a recomputed line stands to what was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// Equal to the last digit.
    Equal,
    /// Different.
    Different,
    /// Only one of the two is known.
    Unknown,
}

impl<'a> Figured<'a> {
    /// The figures of a package.
    #[must_use]
    pub fn of(package: &'a Package) -> Self {
        let place = |figure: &'a PublishedFigure| ((figure.unit.as_str(), figure.criterion.as_str()), figure);
        Self { by_place: package.published.iter().map(place).collect() }
    }

    /// The figure of a unit at a criterion; the total where the code is empty.
    #[must_use]
    pub fn by(&self, unit: &str, criterion: &str) -> Option<&'a PublishedFigure> {
        self.by_place.get(&(unit, criterion)).copied()
    }

    /// Whether a line agrees with what was published.
    #[must_use]
    pub fn agreement(&self, unit: &ScoredUnit, criterion: &str, index: usize, answer: &Answer) -> Agreement {
        let published = self.by(&unit.code, criterion).and_then(|figure| figure.points);
        let (Some(published), Some(node)) = (published, unit.nodes.get(index)) else { return Agreement::Unknown };
        match *answer == Answer::NotReported {
            true => Agreement::Unknown,
            false if node.points == Exact::from(published) => Agreement::Equal,
            false => Agreement::Different,
        }
    }
}
