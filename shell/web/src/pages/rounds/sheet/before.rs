//! What a unit answered and earned a year before, line by line.

use std::collections::HashMap;

use cchc_index::{Criterion, Exact};

use crate::Publication;
use crate::pages::publication::answer::in_words;

/// The lines of the year before; none where nothing of it was published.
#[derive(Debug, Default)]
pub struct Before {
    by_title: HashMap<String, Was>,
    by_code: HashMap<String, Was>,
    fields: HashMap<String, Exact>,
    /// The year.
    pub year: i16,
    /// The result, as printed.
    pub result: Option<String>,
}

/// A line of the year before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Was {
    /// The answer in words.
    pub answer: String,
    /// What it earned.
    pub points: Exact,
}

impl Before {
    /// What a unit answered and earned in a publication.
    #[must_use]
    pub fn of_unit(publication: &Publication, unit: &str) -> Self {
        let package = &publication.package;
        let mut before = Self { year: package.set.year, ..Self::default() };
        let Some(scored) = publication.unit(unit) else { return before };
        let input = package.inputs.units.iter().find(|input| input.code == unit);
        before.result = scored.printed(&package.set);
        for (index, node) in package.set.criteria.iter().enumerate() {
            let Some(score) = scored.nodes.get(index) else { continue };
            if node.parent.is_none() && score.applicable {
                before.fields.insert(node.title.clone(), score.points.clone());
            }
            let Some(leaf) = &node.leaf else { continue };
            let Some(answer) = input.and_then(|input| input.answers.get(index)) else { continue };
            if !score.applicable {
                continue;
            }
            let was = Was { answer: in_words(&leaf.rule, answer), points: score.points.clone() };
            before.by_title.insert(node.title.clone(), was.clone());
            before.by_code.insert(node.code.clone(), was);
        }
        before
    }

    /// What a topmost node of the same title earned a year before.
    #[must_use]
    pub fn of_field(&self, node: &Criterion) -> Option<&Exact> {
        self.fields.get(&node.title)
    }

    /// The same line a year before: by its title, which a criterion that lives on keeps, else by its code.
    #[must_use]
    pub fn of(&self, node: &Criterion) -> Option<&Was> {
        self.by_title.get(&node.title).or_else(|| self.by_code.get(&node.code))
    }
}
