//! Appraising agencies on the board: what each has to decide, what is left, whether it is late.

use cchc_index::round::Phase;
use cchc_index::sheet::Tally;

use super::board::Status;
use crate::list::Link;

/// What an agency has to do in one appraisal, over all units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Lines.
    tally: Tally,
    /// Lines of sheets that are handed in, neither decided nor waiting for the unit.
    left: u32,
    /// Units with such lines.
    units: u32,
    /// Lines of sheets that are not handed in.
    absent: u32,
    /// Of the lines left, those whose last day is over.
    overdue: u32,
}

/// An agency.
#[derive(Debug, Clone)]
pub struct AgencyRow {
    /// Its name.
    pub name: String,
    /// Where its lines are decided.
    pub desk: Link,
    /// The first appraisal.
    pub first: Status,
    /// The second; `None`: nothing was disputed.
    pub second: Option<Status>,
    /// Whether agencies decide in the phase that runs.
    pub runs: bool,
    /// Lines that it can decide now and did not, in the phase that runs.
    pub left: u32,
    /// Of how many units.
    pub units: u32,
    /// Whether the last day of some of them is over.
    pub is_late: bool,
    /// What is waited for: lines that are asked back, sheets that are not handed in; empty: nothing.
    pub waits: String,
}

impl Work {
    /// Adds the lines of one unit.
    pub const fn add(&mut self, tally: Tally, handed_in: bool, over: bool) {
        self.tally = self.tally.and(tally);
        let left = tally.of.saturating_sub(tally.done).saturating_sub(tally.asked);
        if !handed_in {
            self.absent = self.absent.saturating_add(left);
        } else if left > 0 {
            self.left = self.left.saturating_add(left);
            self.units = self.units.saturating_add(1);
            self.overdue = self.overdue.saturating_add(if over { left } else { 0 });
        }
    }

    fn status(&self, runs: bool) -> Status {
        let Tally { of, done, .. } = self.tally;
        let tally = format!("{done} / {of}");
        match done {
            _ if done >= of => ("ok", tally),
            _ if runs && self.overdue > 0 => ("late", format!("{tally}, quá hạn {}", self.overdue)),
            0 => ("no", tally),
            _ => ("part", tally),
        }
    }

    fn waits(&self) -> String {
        let mut waits = Vec::new();
        if self.tally.asked > 0 {
            waits.push(format!("{} dòng đang hỏi đơn vị", self.tally.asked));
        }
        if self.absent > 0 {
            waits.push(format!("{} dòng của phiếu chưa nộp", self.absent));
        }
        waits.join("; ")
    }
}

impl AgencyRow {
    /// An agency with the first and the second appraisal.
    #[must_use]
    pub fn new(name: String, desk: Link, [first, second]: [Work; 2], phase: Option<Phase>) -> Self {
        let now = match phase {
            Some(Phase::FirstAppraisal) => first,
            Some(Phase::SecondAppraisal) => second,
            _ => Work::default(),
        };
        Self {
            name,
            desk,
            first: first.status(phase == Some(Phase::FirstAppraisal)),
            second: (second.tally.of > 0).then(|| second.status(phase == Some(Phase::SecondAppraisal))),
            runs: matches!(phase, Some(Phase::FirstAppraisal | Phase::SecondAppraisal)),
            left: now.left,
            units: now.units,
            is_late: now.overdue > 0,
            waits: now.waits(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn tally(of: u32, done: u32, asked: u32) -> Tally {
        Tally { of, done, asked }
    }

    fn row(first: Work, phase: Phase) -> AgencyRow {
        AgencyRow::new("Phòng Nội vụ".to_owned(), Link::text("bàn"), [first, Work::default()], Some(phase))
    }

    #[test]
    fn what_can_be_decided_is_left_and_late_once_its_day_is_over() {
        let mut work = Work::default();
        work.add(tally(10, 4, 1), true, false);
        work.add(tally(10, 10, 0), true, true);
        let one = row(work, Phase::FirstAppraisal);
        assert_eq!((one.left, one.units, one.is_late), (5, 1, false));
        assert_eq!(one.first, ("part", "14 / 20".to_owned()));
        work.add(tally(10, 0, 0), true, true);
        let one = row(work, Phase::FirstAppraisal);
        assert_eq!((one.left, one.units, one.is_late), (15, 2, true));
        assert_eq!(one.first, ("late", "14 / 30, quá hạn 10".to_owned()));
        assert!(!row(work, Phase::Council).is_late);
    }

    #[test]
    fn a_sheet_that_is_not_handed_in_is_not_the_agencys_delay() {
        let mut work = Work::default();
        work.add(tally(10, 0, 0), false, true);
        work.add(tally(10, 8, 2), true, true);
        let one = row(work, Phase::FirstAppraisal);
        assert_eq!((one.left, one.is_late), (0, false));
        assert_eq!(one.waits, "2 dòng đang hỏi đơn vị; 10 dòng của phiếu chưa nộp");
    }
}
