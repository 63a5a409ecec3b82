//! A criteria set (bộ tiêu chí): a tree of criteria with a rule at each leaf, and how the result is read.

use cchc_text::Decimal;
use jiff::civil::Date;

use crate::rule::Rule;

/// A criteria set of one year: what is scored, out of how much, and how units are classed and ranked.
///
/// It is data: made from a file and checked ([`crate::check`]), never written in code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriteriaSet {
    /// Short name in files and addresses: `vp-2021-so`.
    pub id: String,
    /// Title in Vietnamese.
    pub title: String,
    /// The year that is scored; due dates of timeliness rules fall into it.
    pub year: i16,
    /// How sure its content is.
    pub status: Status,
    /// What the status means for this set, in words.
    pub status_note: String,
    /// The decision that issued it.
    pub legal_basis: String,
    /// Where the content was read.
    pub source: String,
    /// The total that the criteria must reach: 100, or 18 for nine criteria of two points.
    pub total: Decimal,
    /// Whether the result is a percentage of what applied or points out of the total.
    pub result: ResultBasis,
    /// Decimals to which each line is rounded before anything is added up; none: lines stay exact.
    pub line_decimals: Option<u8>,
    /// Decimals to which the result is rounded, once, half away from zero.
    pub result_decimals: u8,
    /// Whether class and rank follow the exact or the printed result.
    pub rank_basis: RankBasis,
    /// How equal results are numbered.
    pub ties: Ties,
    /// Criteria that part equal results, in this order, by their share of the applicable maximum.
    pub tie_break: Vec<String>,
    /// The unit groups that it is for.
    pub groups: Vec<UnitGroup>,
    /// The classes from high to low.
    pub classes: Vec<Class>,
    /// Which agency appraises which field of work, and when.
    pub appraisers: Vec<Appraiser>,
    /// All nodes, parents before their children, in the order of the file.
    pub criteria: Vec<Criterion>,
}

/// How sure the content of a set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// As issued.
    Official,
    /// As observed in a working system; the issuing text could not be read.
    Observed,
    /// Known, but no readable source was found.
    Unconfirmed,
    /// An example, not law ("minh họa").
    Illustrative,
}

/// What the result of a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultBasis {
    /// Points ÷ applicable maximum × 100.
    Percent,
    /// Points, scaled to the total of the set where something did not apply.
    Points,
}

/// What class and rank follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankBasis {
    /// The exact result.
    Unrounded,
    /// The result as printed.
    Printed,
}

/// How equal results are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// 1, 2, 2, 4.
    Shared,
    /// 1, 2, 2, 3.
    Dense,
}

/// A group of units that are ranked among themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitGroup {
    /// `so`, `huyen`, `xa`.
    pub code: String,
    /// As printed.
    pub name: String,
}

/// A class (xếp loại): the highest one whose conditions a unit meets is its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// As printed: `Tốt`.
    pub name: String,
    /// The result from which it is given (closed below), in percent or points as the set's result.
    pub from: Decimal,
    /// The percentage of its applicable maximum that every field must reach.
    pub floor: Option<Decimal>,
}

/// Which agency appraises a field of work, for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appraiser {
    /// `noi-vu`.
    pub field: String,
    /// Name of the agency.
    pub unit: String,
    /// First day; none: from the beginning.
    pub valid_from: Option<Date>,
    /// Last day; none: still.
    pub valid_to: Option<Date>,
}

/// A node of the tree: a field, a criterion, a sub-criterion, to any depth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Unique in the set: `3.4.1`.
    pub code: String,
    /// The name that another system's interface uses for it, if any.
    pub api_code: String,
    /// Position of the parent in [`CriteriaSet::criteria`]; none for a field.
    pub parent: Option<usize>,
    /// Whether it stands inside the total, or is bonus or penalty beside it.
    pub part: Part,
    /// As the officer reads it.
    pub title: String,
    /// Points at most; for bonus and penalty the cap.
    pub max: Decimal,
    /// Remark for the officer.
    pub note: String,
    /// The clause that it comes from.
    pub legal_basis: String,
    /// What is asked and how it is scored; none for a node with children.
    pub leaf: Option<Leaf>,
}

/// Where the points of a criterion go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Inside the total.
    Scored,
    /// Added outside it, capped.
    Bonus,
    /// Subtracted outside it, capped.
    Penalty,
}

/// What a leaf asks and how it is scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// From the answer to points.
    pub rule: Rule,
    /// What is asked; ` | ` parts numerator and denominator.
    pub input: String,
    /// Documents that prove it.
    pub evidence: String,
    /// Whether there is no self-score without evidence or a written explanation.
    pub evidence_required: bool,
    /// The field of work whose agency appraises it.
    pub appraiser: String,
    /// Where the answer comes from.
    pub source: Source,
    /// Name of the count, `numerator/denominator` for a ratio.
    pub metric: String,
    /// Whether a unit may ask for "Không áp dụng".
    pub may_be_na: bool,
}

/// Where the answer of a leaf comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Typed by the unit.
    Person,
    /// Counted by a system; the person may dispute it.
    Metric,
    /// From a survey.
    Survey,
    /// Taken over; the unit does not score it.
    Given,
}

impl CriteriaSet {
    /// The criterion of that code or api code, and its position.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<(usize, &Criterion)> {
        let by = |test: &dyn Fn(&Criterion) -> bool| self.criteria.iter().enumerate().find(|(_, node)| test(node));
        by(&|node| node.code == code).or_else(|| by(&|node| !node.api_code.is_empty() && node.api_code == code))
    }

    /// The leaves with their positions, in the order of the file.
    pub fn leaves(&self) -> impl Iterator<Item = (usize, &Criterion, &Leaf)> {
        self.criteria.iter().enumerate().filter_map(|(index, node)| Some((index, node, node.leaf.as_ref()?)))
    }

    /// The fields: the topmost nodes inside the total, with their positions.
    pub fn fields(&self) -> impl Iterator<Item = (usize, &Criterion)> {
        self.criteria.iter().enumerate().filter(|(_, node)| node.parent.is_none() && node.part == Part::Scored)
    }

    /// The children of a node, or the topmost nodes, with their positions.
    pub fn children(&self, parent: Option<usize>) -> impl Iterator<Item = (usize, &Criterion)> {
        self.criteria.iter().enumerate().filter(move |(_, node)| node.parent == parent)
    }

    /// The position of the field (topmost node) that a node belongs to.
    #[must_use]
    pub fn field_of(&self, index: usize) -> usize {
        let mut at = index;
        while let Some(parent) = self.criteria.get(at).and_then(|node| node.parent) {
            at = parent;
        }
        at
    }

    /// How many levels a node lies below the topmost one.
    #[must_use]
    pub fn depth(&self, index: usize) -> usize {
        std::iter::successors(Some(index), |at| self.criteria.get(*at).and_then(|node| node.parent))
            .count()
            .saturating_sub(1)
    }

    /// The group of that code.
    #[must_use]
    pub fn group(&self, code: &str) -> Option<&UnitGroup> {
        self.groups.iter().find(|group| group.code == code)
    }
}

/// The words of a set file for the enumerations, each in one place for reading and writing.
pub mod words {
    use super::{Part, RankBasis, ResultBasis, Source, Status, Ties};

    /// Words of [`Status`].
    pub const STATUS: [(&str, Status); 4] = [
        ("illustrative", Status::Illustrative),
        ("unconfirmed", Status::Unconfirmed),
        ("observed", Status::Observed),
        ("official", Status::Official),
    ];
    /// Words of [`ResultBasis`].
    pub const RESULT: [(&str, ResultBasis); 2] = [("percent", ResultBasis::Percent), ("points", ResultBasis::Points)];
    /// Words of [`RankBasis`].
    pub const RANK_BASIS: [(&str, RankBasis); 2] =
        [("unrounded", RankBasis::Unrounded), ("printed", RankBasis::Printed)];
    /// Words of [`Ties`].
    pub const TIES: [(&str, Ties); 2] = [("shared", Ties::Shared), ("dense", Ties::Dense)];
    /// Words of [`Part`].
    pub const PART: [(&str, Part); 3] = [("scored", Part::Scored), ("bonus", Part::Bonus), ("penalty", Part::Penalty)];
    /// Words of [`Source`].
    pub const SOURCE: [(&str, Source); 4] =
        [("person", Source::Person), ("metric", Source::Metric), ("survey", Source::Survey), ("given", Source::Given)];

    /// The word of a value.
    #[must_use]
    pub fn of<T: Copy + PartialEq>(words: &[(&'static str, T)], value: T) -> &'static str {
        words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| word)
    }
}
