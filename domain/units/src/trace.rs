//! Where a unit went, and where it came from, over any number of steps.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::error::UnitError;
use crate::registry::Registry;
use crate::succession::{Link, Passage};
use crate::version::Version;

/// One step: on a day a version passes on to another, or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Step<'a> {
    /// The first day of what follows.
    pub on: Date,
    /// What was until the day before.
    pub before: &'a Version,
    /// What takes over; `None` where it ends.
    pub after: Option<&'a Version>,
    /// How.
    pub passage: Passage,
    /// The decision; empty where the files don't say.
    pub legal_basis: &'a str,
}

impl Registry {
    /// The steps by which the unit that bears the code on `from` passed on until `to`.
    ///
    /// In the order of time, each once; empty where it is unchanged on `to`. A split is several steps
    /// of one day.
    ///
    /// # Errors
    /// As [`Registry::find`] for `from`; [`UnitError::Backwards`].
    pub fn trace(&self, code: &str, from: Date, to: Date) -> Result<Vec<Step<'_>>, UnitError> {
        Ok(self.forward(code, from, to)?.0)
    }

    /// What the unit that bears the code on `from` is on `to`: one version, several after a split, none
    /// after an end. In the order of the files.
    ///
    /// # Errors
    /// As [`Registry::trace`].
    pub fn successors_at(&self, code: &str, from: Date, to: Date) -> Result<Vec<&Version>, UnitError> {
        let arrived = self.forward(code, from, to)?.1;
        Ok(arrived.into_iter().filter_map(|position| self.versions.get(position)).collect())
    }

    /// The steps by which the unit that bears the code on that day came to be, back to the beginning of
    /// the record; in the order of time.
    ///
    /// # Errors
    /// As [`Registry::find`].
    pub fn origins(&self, code: &str, on: Date) -> Result<Vec<Step<'_>>, UnitError> {
        Ok(self.backward(code, Date::MIN, on)?.0)
    }

    /// What on the earlier day `from` became (a part of) the unit that bears the code on `on`; in the
    /// order of the files. The other side of [`Registry::successors_at`].
    ///
    /// # Errors
    /// As [`Registry::find`] for `on`; [`UnitError::Backwards`].
    pub fn predecessors_at(&self, code: &str, from: Date, on: Date) -> Result<Vec<&Version>, UnitError> {
        let arrived = self.backward(code, from, on)?.1;
        Ok(arrived.into_iter().filter_map(|position| self.versions.get(position)).collect())
    }

    fn forward(&self, code: &str, from: Date, to: Date) -> Result<(Vec<Step<'_>>, BTreeSet<usize>), UnitError> {
        if to < from {
            return Err(UnitError::Backwards { from, to });
        }
        let start = self.position(code, from)?;
        let (mut steps, mut arrived) = (Vec::new(), BTreeSet::new());
        let (mut seen, mut waiting) = (BTreeSet::from([start]), vec![start]);
        while let Some(position) = waiting.pop() {
            let Some(before) = self.versions.get(position) else { continue };
            let Some(on) = before.period.day_after().filter(|on| *on <= to) else {
                arrived.insert(position);
                continue;
            };
            let links = self.succession.after(position);
            if links.is_empty() {
                steps.push((
                    position,
                    Step { on, before, after: None, passage: Passage::Ended, legal_basis: before.end_basis() },
                ));
            }
            for &link in links {
                steps.extend(self.step(link).map(|step| (position, step)));
                if seen.insert(link.after) {
                    waiting.push(link.after);
                }
            }
        }
        Ok((in_time(steps), arrived))
    }

    fn backward(&self, code: &str, from: Date, on: Date) -> Result<(Vec<Step<'_>>, BTreeSet<usize>), UnitError> {
        if on < from {
            return Err(UnitError::Backwards { from, to: on });
        }
        let start = self.position(code, on)?;
        let (mut steps, mut arrived) = (Vec::new(), BTreeSet::new());
        let (mut seen, mut waiting) = (BTreeSet::from([start]), vec![start]);
        while let Some(position) = waiting.pop() {
            if self.versions.get(position).is_some_and(|version| version.period.contains(from)) {
                arrived.insert(position);
            }
            for &link in self.succession.before(position).iter().filter(|link| from < link.on && link.on <= on) {
                steps.extend(self.step(link).map(|step| (link.before, step)));
                if seen.insert(link.before) {
                    waiting.push(link.before);
                }
            }
        }
        Ok((in_time(steps), arrived))
    }

    pub(crate) fn step(&self, link: Link) -> Option<Step<'_>> {
        let (before, after) = (self.versions.get(link.before)?, self.versions.get(link.after)?);
        let passage = self.succession.passage(link, &self.versions)?;
        Some(Step { on: link.on, before, after: Some(after), passage, legal_basis: basis(before, after, link.on) })
    }
}

/// The decision of a step: the one that ended what was, else the one that began what follows on that day.
fn basis<'a>(before: &'a Version, after: &'a Version, on: Date) -> &'a str {
    match before.end_basis() {
        "" if after.period.start() == on => after.start_basis(),
        basis => basis,
    }
}

/// The steps in the order of time, those of one day in the order of the files.
fn in_time(mut steps: Vec<(usize, Step<'_>)>) -> Vec<Step<'_>> {
    steps.sort_by_key(|(position, step)| (step.on, *position));
    steps.into_iter().map(|(_, step)| step).collect()
}
