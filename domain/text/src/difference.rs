//! What differs between two states of a list whose lines have keys: the form in which every change is shown.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use crate::finding::{Finding, Findings, Place};

/// What differs, what follows from it, and both in a sentence. The texts are Vietnamese.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Added and changed lines in their new order, then those that would go.
    pub changes: Vec<Change>,
    /// What is worth knowing before it is applied.
    pub consequences: Findings,
    /// `Thêm 2 đơn vị, sửa 1 (tên 1), bỏ 0.`
    pub summary: String,
}

/// One part of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The key of the line: `08740@2025-01-01`.
    pub key: String,
    /// What people call it: a unit, a criterion, a day.
    pub what: String,
    /// Which part of it: `tên`; empty: the whole.
    pub part: String,
    /// As it was; `None`: there was none.
    pub before: Option<String>,
    /// As it would be; `None`: it would go.
    pub after: Option<String>,
}

/// A line to compare.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// What may change its key and still be the same: the code of a unit whose first day is corrected.
    pub kin: String,
    /// Its key: lines of equal key are the same line.
    pub key: String,
    /// What people call it.
    pub what: String,
    /// Its parts: name and text as they are shown; an absent part is an empty one.
    pub parts: Vec<(String, String)>,
}

impl Difference {
    /// Compares two lists, line by line and part by part; `noun` is what a line is: `đơn vị`.
    ///
    /// Lines are the same by their key; what is left of one kin is the same where there is one on each
    /// side. Where lines only change places, the consequences say so.
    #[must_use]
    pub fn of(old: &[Line], new: &[Line], noun: &str) -> Self {
        let pairs = pair(old, new);
        let mut changes = Vec::new();
        let mut tally = Tally::default();
        for (line, before) in new.iter().zip(&pairs) {
            match before.and_then(|position| old.get(position)) {
                Some(before) => tally.changed(changed(before, line), &mut changes),
                None => {
                    tally.added = tally.added.saturating_add(1);
                    changes.push(whole(line, None, Some(line.told())));
                }
            }
        }
        let kept: std::collections::BTreeSet<usize> = pairs.iter().flatten().copied().collect();
        for (_, line) in old.iter().enumerate().filter(|(position, _)| !kept.contains(position)) {
            tally.dropped = tally.dropped.saturating_add(1);
            changes.push(whole(line, Some(line.told()), None));
        }
        let order: Vec<usize> = pairs.into_iter().flatten().collect();
        let mut consequences = Findings::new();
        if !order.is_sorted() {
            let message = format!("Thứ tự các dòng thay đổi; {noun} được xếp theo thứ tự mới.");
            consequences.push(Finding::note("order-changed", Place::default(), message));
        }
        let summary = tally.sentence(noun, !consequences.is_empty());
        Self { changes, consequences, summary }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.consequences.is_empty()
    }
}

impl Line {
    /// Adds a part; an empty text counts as none.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.parts.push((name.into(), text.into()));
        self
    }

    fn text(&self, part: &str) -> &str {
        self.parts.iter().find(|(name, _)| name == part).map_or("", |(_, text)| text)
    }

    /// All that it says: `tên: Xã A; cấp: cấp xã`.
    fn told(&self) -> String {
        let said = self.parts.iter().filter(|(_, text)| !text.is_empty());
        said.map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("; ")
    }
}

/// The position in `old` of each line of `new`.
fn pair<'a>(old: &'a [Line], new: &'a [Line]) -> Vec<Option<usize>> {
    let mut free: BTreeMap<(&'a str, &'a str), VecDeque<usize>> = BTreeMap::new();
    for (position, line) in old.iter().enumerate() {
        free.entry((&line.kin, &line.key)).or_default().push_back(position);
    }
    let keys = new.iter().map(|line| (line.kin.as_str(), line.key.as_str()));
    let mut pairs: Vec<Option<usize>> = keys.map(|key| free.get_mut(&key).and_then(VecDeque::pop_front)).collect();
    let mut left: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for ((kin, _), positions) in &free {
        left.entry(kin).or_default().0.extend(positions);
    }
    for (position, line) in new.iter().enumerate().filter(|(position, _)| pairs.get(*position) == Some(&None)) {
        left.entry(&line.kin).or_default().1.push(position);
    }
    for (before, after) in left.into_values() {
        if let ([before], [after]) = (before.as_slice(), after.as_slice())
            && let Some(pair) = pairs.get_mut(*after)
        {
            *pair = Some(*before);
        }
    }
    pairs
}

/// The parts that differ, those of the new line first.
fn changed(before: &Line, after: &Line) -> Vec<Change> {
    let gone = before.parts.iter().filter(|(name, _)| !after.parts.iter().any(|(other, _)| other == name));
    let names = after.parts.iter().chain(gone).map(|(name, _)| name.as_str());
    let differing = names.filter(|name| before.text(name) != after.text(name));
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let change = |name: &str| Change {
        key: after.key.clone(),
        what: after.what.clone(),
        part: name.to_owned(),
        before: text(before.text(name)),
        after: text(after.text(name)),
    };
    differing.map(change).collect()
}

fn whole(line: &Line, before: Option<String>, after: Option<String>) -> Change {
    Change { key: line.key.clone(), what: line.what.clone(), part: String::new(), before, after }
}

/// How many of each.
#[derive(Debug, Default)]
struct Tally {
    added: usize,
    changed: usize,
    dropped: usize,
    /// In the order in which the parts were met.
    parts: Vec<(String, usize)>,
}

impl Tally {
    fn changed(&mut self, found: Vec<Change>, changes: &mut Vec<Change>) {
        self.changed = self.changed.saturating_add(usize::from(!found.is_empty()));
        for change in &found {
            match self.parts.iter_mut().find(|(name, _)| *name == change.part) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => self.parts.push((change.part.clone(), 1)),
            }
        }
        changes.extend(found);
    }

    fn sentence(&self, noun: &str, moved: bool) -> String {
        if (self.added, self.changed, self.dropped) == (0, 0, 0) {
            let what = if moved { "Chỉ đổi thứ tự các dòng" } else { "Không có gì khác" };
            return format!("{what}.");
        }
        let parts: Vec<_> = self.parts.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        let moved = if moved { ", đổi thứ tự" } else { "" };
        format!("Thêm {} {noun}, sửa {}{parts}, bỏ {}{moved}.", self.added, self.changed, self.dropped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kin: &str, key: &str, name: &str) -> Line {
        Line { kin: kin.into(), key: key.into(), what: name.into(), parts: Vec::new() }.part("tên", name)
    }

    fn told(difference: &Difference) -> Vec<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        let told = difference.changes.iter();
        told.map(|c| format!("{} {}: {} → {}", c.key, c.part, text(&c.before), text(&c.after))).collect()
    }

    #[test]
    fn tells_added_changed_and_dropped() {
        let old = [line("1", "1", "A"), line("2", "2", "B"), line("3", "3", "C")];
        let new = [line("1", "1", "A"), line("4", "4", "D"), line("3", "3", "C mới")];
        let difference = Difference::of(&old, &new, "đơn vị");
        assert_eq!(told(&difference), ["4 : – → tên: D", "3 tên: C → C mới", "2 : tên: B → –"]);
        assert_eq!(difference.summary, "Thêm 1 đơn vị, sửa 1 (tên 1), bỏ 1.");
        assert!(difference.consequences.is_empty());
    }

    #[test]
    fn a_line_whose_key_is_corrected_is_still_the_same() {
        let old = [line("1", "1@a", "A"), line("1", "1@b", "B")];
        let difference = Difference::of(&old, &[line("1", "1@a", "A"), line("1", "1@c", "B2")], "đơn vị");
        assert_eq!(told(&difference), ["1@c tên: B → B2"]);
        let difference = Difference::of(&old, &[line("1", "1@c", "A"), line("1", "1@d", "B")], "đơn vị");
        assert_eq!(difference.summary, "Thêm 2 đơn vị, sửa 0, bỏ 2.", "two on each side: nothing is guessed");
    }

    #[test]
    fn an_empty_part_is_none_and_equal_lists_have_no_difference() {
        let old = [line("1", "1", "A").part("căn cứ", "12")];
        let difference = Difference::of(&old, &[line("1", "1", "A")], "đơn vị");
        assert_eq!(told(&difference), ["1 căn cứ: 12 → –"]);
        let same = Difference::of(&old, &[line("1", "1", "A").part("căn cứ", "12").part("cấp", "")], "đơn vị");
        assert!(same.is_empty());
        assert_eq!(same.summary, "Không có gì khác.");
    }

    #[test]
    fn changed_places_are_said_once() {
        let old = [line("1", "1", "A"), line("2", "2", "B")];
        let difference = Difference::of(&old, &[line("2", "2", "B"), line("1", "1", "A")], "đơn vị");
        assert_eq!((difference.summary.as_str(), difference.consequences.len()), ("Chỉ đổi thứ tự các dòng.", 1));
        assert!(!difference.is_empty());
    }

    #[test]
    fn repeated_lines_are_paired_one_by_one() {
        let twice = [line("1", "1", "A"), line("1", "1", "A")];
        assert_eq!(Difference::of(&twice, &twice[..1], "dòng").summary, "Thêm 0 dòng, sửa 0, bỏ 1.");
        assert!(Difference::of(&twice, &twice, "dòng").is_empty());
    }
}
