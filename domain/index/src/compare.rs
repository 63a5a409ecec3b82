//! Two criteria sets side by side: what was added, dropped, moved, or scores differently.

use std::collections::{HashMap, HashSet};

use cchc_text::fold;

use crate::set::{CriteriaSet, Criterion};

/// One leaf of either set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Position in the earlier set; none: added.
    pub before: Option<usize>,
    /// Position in the later set; none: dropped.
    pub after: Option<usize>,
    /// What differs between the two.
    pub changes: Changes,
}

/// What differs where a leaf lives on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Its code.
    pub code: bool,
    /// Its title.
    pub title: bool,
    /// Its maximum.
    pub points: bool,
    /// Its kind of rule.
    pub rule: bool,
    /// The parameters of its rule, other than by the points.
    pub params: bool,
    /// What is asked, the evidence, the appraiser, the source or whether it may be not applicable.
    pub asked: bool,
}

/// How many leaves fell into which case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// In both sets.
    pub kept: usize,
    /// Of these, with another maximum.
    pub points: usize,
    /// Of these, with another kind of rule.
    pub rule: usize,
    /// Only in the earlier set.
    pub dropped: usize,
    /// Only in the later set.
    pub added: usize,
}

/// Compares the leaves of two sets, matched by title, then by code where nothing else fits; in the
/// order of the later set, dropped leaves after the leaf that they followed.
#[must_use]
pub fn compare(before: &CriteriaSet, after: &CriteriaSet) -> Vec<Difference> {
    let pairs = pair(before, after);
    let used: HashSet<usize> = pairs.values().copied().collect();
    let mut dropped: Vec<usize> =
        before.leaves().map(|(index, _, _)| index).filter(|index| !used.contains(index)).collect();
    dropped.reverse();
    let mut differences = Vec::new();
    let mut reached = 0;
    for (index, _, _) in after.leaves() {
        let match_ = pairs.get(&index).copied();
        if let Some(position) = match_ {
            reached = reached.max(position);
        }
        while dropped.last().is_some_and(|position| *position < reached) {
            differences.push(gone(dropped.pop()));
        }
        let changes = match (match_.and_then(|position| before.criteria.get(position)), after.criteria.get(index)) {
            (Some(old), Some(new)) => changes(old, new),
            _ => Changes::default(),
        };
        differences.push(Difference { before: match_, after: Some(index), changes });
    }
    while let Some(position) = dropped.pop() {
        differences.push(gone(Some(position)));
    }
    differences
}

/// Counts the cases.
#[must_use]
pub fn summary(differences: &[Difference]) -> Summary {
    let mut summary = Summary::default();
    let one = |count: &mut usize, when: bool| *count = count.saturating_add(usize::from(when));
    for difference in differences {
        let kept = difference.before.is_some() && difference.after.is_some();
        one(&mut summary.kept, kept);
        one(&mut summary.points, kept && difference.changes.points);
        one(&mut summary.rule, kept && difference.changes.rule);
        one(&mut summary.dropped, difference.after.is_none());
        one(&mut summary.added, difference.before.is_none());
    }
    summary
}

fn gone(position: Option<usize>) -> Difference {
    Difference { before: position, after: None, changes: Changes::default() }
}

/// From a leaf of the later set to its counterpart in the earlier one.
fn pair(before: &CriteriaSet, after: &CriteriaSet) -> HashMap<usize, usize> {
    let mut pairs = HashMap::new();
    let mut free: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, node, _) in before.leaves() {
        free.entry(title_key(node)).or_default().push(index);
    }
    for (index, node, _) in after.leaves() {
        let Some(candidates) = free.get_mut(&title_key(node)) else { continue };
        let under = parent_title(after, node);
        let same_parent = |at: &usize| before.criteria.get(*at).is_some_and(|old| parent_title(before, old) == under);
        let best = candidates.iter().position(same_parent).or((!candidates.is_empty()).then_some(0));
        if let Some(best) = best {
            pairs.insert(index, candidates.remove(best));
        }
    }
    pairs
}

fn title_key(node: &Criterion) -> String {
    fold(&node.title)
}

fn parent_title(set: &CriteriaSet, node: &Criterion) -> String {
    node.parent.and_then(|parent| set.criteria.get(parent)).map(title_key).unwrap_or_default()
}

fn changes(old: &Criterion, new: &Criterion) -> Changes {
    let (Some(before), Some(after)) = (&old.leaf, &new.leaf) else { return Changes::default() };
    let rule = before.rule.kind() != after.rule.kind();
    Changes {
        code: old.code != new.code,
        title: old.title != new.title,
        points: old.max != new.max,
        rule,
        params: !rule && before.rule != after.rule,
        asked: (&before.input, &before.evidence, before.evidence_required, &before.appraiser, before.source)
            != (&after.input, &after.evidence, after.evidence_required, &after.appraiser, after.source)
            || before.may_be_na != after.may_be_na,
    }
}
