//! Scoring: from a set and answers to points, results, classes and ranks. Pure and exact.

use cchc_calendar::DaysOff;
use cchc_text::{Finding, Findings, Place};

use crate::answer::Answer;
use crate::class::class_of;
use crate::exact::Exact;
use crate::input::{Inputs, UnitInput};
use crate::rank::rank_all;
use crate::rule::{Outcome, Rule, Setting};
use crate::set::{CriteriaSet, Part, ResultBasis};

/// The results of all units under one set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// By group (in the order of the set), rank and unit code.
    pub units: Vec<ScoredUnit>,
    /// What the computation itself noticed: a calendar that doesn't cover the year, a unit without result.
    pub findings: Findings,
}

/// The result of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredUnit {
    /// Its code.
    pub code: String,
    /// Its name; empty where the input gave none.
    pub name: String,
    /// The group within which it is ranked.
    pub group: String,
    /// One for each node of the set, by position: points and applicable maximum, children added up.
    pub nodes: Vec<NodeScore>,
    /// Points inside the total.
    pub total: Exact,
    /// The maximum of all that applied.
    pub applicable_max: Exact,
    /// Points added outside the total, after all caps.
    pub bonus: Exact,
    /// Points subtracted outside the total, after all caps; a positive number.
    pub penalty: Exact,
    /// The exact result that classes and ranks follow; none where nothing applied.
    pub result: Option<Exact>,
    /// Position of its class in the set.
    pub class: Option<usize>,
    /// Rank within its group, from 1.
    pub rank: Option<u32>,
}

/// Points of one node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeScore {
    /// Points earned.
    pub points: Exact,
    /// The maximum of what applied below it; zero where nothing did.
    pub max: Exact,
    /// Whether anything below it applied.
    pub applicable: bool,
}

/// Scores all units.
#[must_use]
pub fn score(set: &CriteriaSet, inputs: &Inputs, days_off: &DaysOff) -> Scored {
    let mut findings = Findings::new();
    calendar_findings(set, days_off, &mut findings);
    let plan = Plan::of(set);
    let mut units: Vec<ScoredUnit> = inputs.units.iter().map(|unit| plan.score(unit, days_off)).collect();
    for unit in units.iter().filter(|unit| unit.result.is_none()) {
        let message = "Không tiêu chí nào áp dụng: không có kết quả, không xếp hạng.";
        findings.push(Finding::warning("no-result", Place::default().of_unit(unit.code.clone()), message));
    }
    rank_all(set, &mut units);
    Scored { units, findings }
}

/// The share of a node's applicable maximum that was earned, 0 to 1; none where nothing applied.
#[must_use]
pub fn share(node: &NodeScore) -> Option<Exact> {
    node.points.over(&node.max)
}

impl ScoredUnit {
    /// The result as printed: rounded once, half away from zero.
    #[must_use]
    pub fn printed(&self, set: &CriteriaSet) -> Option<String> {
        self.result.as_ref().map(|result| result.fixed(set.result_decimals))
    }

    /// The name of its class.
    #[must_use]
    pub fn class_name<'s>(&self, set: &'s CriteriaSet) -> Option<&'s str> {
        self.class.and_then(|index| set.classes.get(index)).map(|class| class.name.as_str())
    }
}

/// How one line came about, in Vietnamese; the last step shows the rounding where there is one.
#[must_use]
pub fn because(set: &CriteriaSet, index: usize, answer: &Answer, days_off: &DaysOff) -> Vec<String> {
    let Some((node, leaf)) = set.criteria.get(index).and_then(|node| Some((node, node.leaf.as_ref()?))) else {
        return Vec::new();
    };
    let setting = Setting { max: node.max, year: set.year, days_off };
    let mut steps = leaf.rule.because(&setting, answer);
    let exact = leaf.rule.score(&setting, answer).points;
    if let (Some(decimals), Some(last)) = (set.line_decimals, steps.last_mut()) {
        let rounded = exact.rounded(decimals);
        if rounded != exact {
            last.push_str(&format!(" → {}", crate::trace::fixed(&rounded, decimals)));
        }
    }
    steps
}

/// What it would take to earn the maximum of a line, in Vietnamese.
#[must_use]
pub fn for_full(set: &CriteriaSet, index: usize, answer: &Answer, days_off: &DaysOff) -> String {
    let found = set.criteria.get(index).and_then(|node| Some((node, node.leaf.as_ref()?)));
    found.map_or_else(String::new, |(node, leaf)| {
        leaf.rule.for_full(&Setting { max: node.max, year: set.year, days_off }, answer)
    })
}

fn calendar_findings(set: &CriteriaSet, days_off: &DaysOff, findings: &mut Findings) {
    let needs = set.leaves().any(|(_, _, leaf)| matches!(leaf.rule, Rule::Timeliness(_)));
    if needs && !days_off.covers(set.year) {
        let message = format!("Chưa có ngày nghỉ lễ năm {}: hạn chỉ tránh thứ Bảy, Chủ nhật.", set.year);
        findings.push(Finding::warning("calendar-uncovered", Place::default(), message));
    }
}

/// What is the same for all units: children of each node, deepest nodes first.
struct Plan<'a> {
    set: &'a CriteriaSet,
    children: Vec<Vec<usize>>,
}

impl<'a> Plan<'a> {
    fn of(set: &'a CriteriaSet) -> Self {
        let mut children = vec![Vec::new(); set.criteria.len()];
        for (index, node) in set.criteria.iter().enumerate() {
            if let Some(list) = node.parent.and_then(|parent| children.get_mut(parent)) {
                list.push(index);
            }
        }
        Self { set, children }
    }

    fn score(&self, unit: &UnitInput, days_off: &DaysOff) -> ScoredUnit {
        let nodes = self.nodes(unit, days_off);
        let part = |part: Part| {
            let roots = self.set.children(None).filter(move |(_, node)| node.part == part);
            roots.filter_map(|(index, _)| nodes.get(index)).collect::<Vec<&NodeScore>>()
        };
        let points = |nodes: &[&NodeScore]| {
            let values: Vec<Exact> = nodes.iter().map(|node| node.points.clone()).collect();
            Exact::sum(&values)
        };
        let scored = part(Part::Scored);
        let total = points(&scored);
        let maxima: Vec<Exact> = scored.iter().map(|node| node.max.clone()).collect();
        let applicable_max = Exact::sum(&maxima);
        let (bonus, penalty) = (points(&part(Part::Bonus)), points(&part(Part::Penalty)));
        let result = self.result(&total, &applicable_max, &bonus, &penalty);
        let class = class_of(self.set, result.as_ref(), &nodes);
        ScoredUnit {
            code: unit.code.clone(),
            name: unit.name.clone(),
            group: unit.group.clone(),
            nodes,
            total,
            applicable_max,
            bonus,
            penalty,
            result,
            class,
            rank: None,
        }
    }

    /// Share of what applied × 100 (or × the set's total), plus bonus, less penalty, kept within bounds.
    fn result(&self, total: &Exact, applicable_max: &Exact, bonus: &Exact, penalty: &Exact) -> Option<Exact> {
        let scale = match self.set.result {
            ResultBasis::Percent => Exact::whole(100),
            ResultBasis::Points => Exact::from(self.set.total),
        };
        let share = total.over(applicable_max)?;
        let plain = &share * &scale;
        Some((&(&plain + bonus) - penalty).within(&Exact::ZERO, &scale))
    }

    /// Parents stand before their children, so going backwards each node finds its children done.
    fn nodes(&self, unit: &UnitInput, days_off: &DaysOff) -> Vec<NodeScore> {
        let empty = NodeScore { points: Exact::ZERO, max: Exact::ZERO, applicable: false };
        let mut nodes = vec![empty; self.set.criteria.len()];
        for (index, criterion) in self.set.criteria.iter().enumerate().rev() {
            let score = match &criterion.leaf {
                Some(leaf) => {
                    let setting = Setting { max: criterion.max, year: self.set.year, days_off };
                    let answer = unit.answers.get(index).unwrap_or(&Answer::NotReported);
                    self.leaf(&leaf.rule, &setting, answer)
                }
                None => self.parent(index, &nodes),
            };
            if let Some(slot) = nodes.get_mut(index) {
                *slot = score;
            }
        }
        nodes
    }

    fn leaf(&self, rule: &Rule, setting: &Setting<'_>, answer: &Answer) -> NodeScore {
        let Outcome { points, applicable } = rule.score(setting, answer);
        let points = match self.set.line_decimals {
            Some(decimals) => points.rounded(decimals),
            None => points,
        };
        let max = if applicable { Exact::from(setting.max) } else { Exact::ZERO };
        NodeScore { points, max, applicable }
    }

    fn parent(&self, index: usize, nodes: &[NodeScore]) -> NodeScore {
        let children: Vec<&NodeScore> =
            self.children.get(index).into_iter().flatten().filter_map(|child| nodes.get(*child)).collect();
        let points: Vec<Exact> = children.iter().map(|child| child.points.clone()).collect();
        let maxima: Vec<Exact> = children.iter().map(|child| child.max.clone()).collect();
        let applicable = children.iter().any(|child| child.applicable);
        let (mut points, mut max) = (Exact::sum(&points), Exact::sum(&maxima));
        let criterion = self.set.criteria.get(index);
        if let Some(criterion) = criterion.filter(|criterion| criterion.part != Part::Scored) {
            let cap = Exact::from(criterion.max);
            points = points.within(&Exact::ZERO, &cap);
            max = max.within(&Exact::ZERO, &cap);
        }
        NodeScore { points, max, applicable }
    }
}
