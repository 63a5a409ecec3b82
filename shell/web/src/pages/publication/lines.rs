//! The lines of a unit's sheet: each node of the set with its rule, answer, points and working-out.

use cchc_index::answer::Answer;
use cchc_index::set::Part;
use cchc_index::{Exact, ScoredUnit, UnitInput, because};

use super::losses::is_heavy;
use super::published::{Agreement, Figured};
use super::shown::{Shown, numbered};
use super::{address, answer};

/// One line: a leaf, or a node with the sum of those below it.
#[derive(Debug)]
pub struct Line {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its id in the page.
    pub anchor: String,
    /// The page of its criterion.
    pub href: String,
    /// Levels below the field.
    pub depth: usize,
    /// Maximum that applied, as printed; the criterion's own where it does not apply.
    pub max: String,
    /// Points, as printed; nothing where they are not known or don't apply.
    pub points: Option<String>,
    /// Points lost, as printed; nothing where none were.
    pub lost: Option<String>,
    /// Whether a quarter of the maximum or more was lost.
    pub heavy: bool,
    /// How it stands.
    pub state: State,
    /// What a leaf holds beside.
    pub leaf: Option<LeafLine>,
    /// What was published elsewhere, as printed.
    pub published: Option<String>,
    /// How the two stand to each other.
    pub agreement: Agreement,
}

/// How a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// With points.
    Scored,
    /// Not applicable.
    NotApplicable,
    /// Nothing was reported: zero points.
    NotReported,
    /// Nothing was published: no points are known.
    NotPublished,
}

/// What a leaf holds beside its points.
#[derive(Debug)]
pub struct LeafLine {
    /// The rule in words.
    pub rule: String,
    /// What is asked.
    pub input: String,
    /// The answer.
    pub answer: String,
    /// How the points came about.
    pub steps: Vec<String>,
    /// Documents that prove it.
    pub evidence: String,
}

impl LeafLine {
    /// What stands beside the title: the working-out where it is one step, else the answer.
    #[must_use]
    pub fn in_short(&self) -> &str {
        match self.steps.as_slice() {
            [only] => only,
            _ => &self.answer,
        }
    }
}

/// Lines below one topmost node.
#[derive(Debug)]
pub struct Fold {
    /// The topmost node itself.
    pub head: Line,
    /// The nodes below it in the order of the set.
    pub lines: Vec<Line>,
    /// Whether it stands open at first: something heavy was lost in it.
    pub open: bool,
    /// Where its points go.
    pub part: Part,
}

impl Line {
    /// Code and title.
    #[must_use]
    pub fn heading(&self) -> String {
        numbered(&self.code, &self.title)
    }

    /// A remark on how the line stands; nothing for a scored one.
    #[must_use]
    pub fn remark(&self) -> Option<&'static str> {
        match self.state {
            State::Scored => None,
            State::NotApplicable => Some("không áp dụng"),
            State::NotReported => Some("chưa báo cáo"),
            State::NotPublished => Some("không công bố"),
        }
    }

    /// Whether the line was recomputed to what was published.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.agreement == Agreement::Equal
    }

    /// Whether it was recomputed to something else.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.agreement == Agreement::Different
    }
}

/// All lines of a unit, folded by topmost node.
#[must_use]
pub fn folds(shown: &Shown<'_>, unit: &ScoredUnit, input: Option<&UnitInput>) -> Vec<Fold> {
    let set = shown.set();
    let published = Figured::of(shown.package());
    let mut folds: Vec<Fold> = Vec::new();
    for (index, node) in set.criteria.iter().enumerate() {
        let Some(line) = line(shown, unit, input, index, &published) else { continue };
        match node.parent {
            None => folds.push(Fold { head: line, lines: Vec::new(), open: false, part: node.part }),
            Some(_) => {
                let field = set.field_of(index);
                let code = set.criteria.get(field).map(|field| field.code.as_str());
                let Some(fold) = folds.iter_mut().find(|fold| Some(fold.head.code.as_str()) == code) else { continue };
                fold.open |= line.heavy && line.leaf.is_some();
                fold.lines.push(line);
            }
        }
    }
    folds
}

/// One line of a unit.
#[must_use]
pub fn line(
    shown: &Shown<'_>,
    unit: &ScoredUnit,
    input: Option<&UnitInput>,
    index: usize,
    published: &Figured<'_>,
) -> Option<Line> {
    let (set, figures) = (shown.set(), &shown.figures);
    let (node, score) = (set.criteria.get(index)?, unit.nodes.get(index)?);
    let given = input.and_then(|input| input.answers.get(index)).unwrap_or(&Answer::NotReported);
    let partial = shown.about().partial;
    let state = match (&node.leaf, given) {
        (Some(_), Answer::NotReported) if partial => State::NotPublished,
        (None, _) if partial => State::NotPublished,
        (Some(_), Answer::NotReported) if node.part == Part::Scored => State::NotReported,
        _ if !score.applicable => State::NotApplicable,
        _ => State::Scored,
    };
    let leaf = node.leaf.as_ref().map(|leaf| LeafLine {
        rule: leaf.rule.in_words(node.max),
        input: leaf.input.clone(),
        answer: if state == State::NotPublished {
            "không công bố".into()
        } else {
            answer::in_words(&leaf.rule, given)
        },
        steps: if state == State::NotPublished {
            Vec::new()
        } else {
            because(set, index, given, &shown.package().days_off)
        },
        evidence: leaf.evidence.clone(),
    });
    let lost = &score.max - &score.points;
    let loses = node.part == Part::Scored && matches!(state, State::Scored | State::NotReported) && lost > Exact::ZERO;
    let max = if score.applicable && !partial { score.max.clone() } else { Exact::from(node.max) };
    let figure = published.by(&unit.code, &node.code);
    let known = matches!(state, State::Scored | State::NotReported);
    Some(Line {
        code: node.code.clone(),
        title: node.title.clone(),
        anchor: address::anchor(&node.code),
        href: shown.criterion_href(&node.code),
        depth: set.depth(index),
        max: figures.points(&max),
        points: known.then(|| signed(node.part, &figures.points(&score.points), score.points.is_zero())),
        lost: loses.then(|| figures.points(&lost)),
        heavy: loses && is_heavy(&lost, &score.max),
        state,
        leaf,
        published: figure.and_then(|figure| figure.points).map(|points| figures.points(&Exact::from(points))),
        agreement: published.agreement(unit, &node.code, index, given),
    })
}

/// Bonus and penalty carry their sign.
fn signed(part: Part, points: &str, zero: bool) -> String {
    match part {
        Part::Bonus if !zero => format!("+{points}"),
        Part::Penalty if !zero => format!("−{points}"),
        _ => points.to_owned(),
    }
}
