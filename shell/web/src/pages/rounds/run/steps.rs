//! The steps of a round with their last days; how far a unit is in each that follows its own scoring.

use cchc_index::Round;
use cchc_index::round::{Phase, Plan};
use cchc_index::sheet::{SheetStanding, Tally};
use cchc_store::sheets::{SheetRow, Tallies};
use jiff::civil::Date;

use super::board::Status;
use crate::chart::timeline::{How, Step};

/// The steps with their last days and where the round stands.
#[must_use]
pub fn steps(round: &Round, plan: &Plan, today: Date) -> Vec<Step> {
    let one = |phase: Phase| {
        let until = plan.deadline(phase);
        let how = match round.phase() {
            Some(now) if phase < now => How::Done,
            Some(now) if phase == now && until.is_some_and(|until| until < today) => How::Late,
            Some(now) if phase == now => How::Running,
            None if !round.results.is_empty() => How::Done,
            _ => How::ToCome,
        };
        Step { label: phase.label().to_owned(), until, how }
    };
    Phase::ALL.into_iter().map(one).collect()
}

/// Class of a step's status.
#[must_use]
pub const fn class(how: How) -> &'static str {
    match how {
        How::Done => "ok",
        How::Running => "part",
        How::Late => "late",
        How::ToCome => "no",
    }
}

/// How far a unit is after its own scoring: both appraisals, its explanation, the council; `lines` are those that
/// agencies decide.
#[must_use]
pub fn after_scoring(round: &Round, row: &SheetRow, tallies: Option<&Tallies>, lines: u32, today: Date) -> [Status; 4] {
    let tally = |phase: Phase| {
        let of = tallies.and_then(|tallies| tallies.get(&phase));
        of.into_iter().flat_map(|agencies| agencies.values()).fold(Tally::default(), |sum, one| sum.and(*one))
    };
    let first = tally(Phase::FirstAppraisal);
    let first = Tally { of: lines, done: first.done.min(lines), ..first };
    [
        (Phase::FirstAppraisal, first),
        (Phase::Explaining, tally(Phase::Explaining)),
        (Phase::SecondAppraisal, tally(Phase::SecondAppraisal)),
        (Phase::Council, tally(Phase::Council)),
    ]
    .map(|(phase, tally)| status(round, row, (phase, tally), today))
}

fn status(round: &Round, row: &SheetRow, (phase, tally): (Phase, Tally), today: Date) -> Status {
    let Tally { of, done, .. } = tally;
    let begun = round.phase().map_or(!round.results.is_empty(), |now| now >= phase);
    if !begun && done == 0 {
        return ("no", "chưa tới".to_owned());
    }
    let appraised = phase == Phase::FirstAppraisal;
    if appraised && done == 0 && row.standing != SheetStanding::Submitted {
        return ("no", "chưa có phiếu".to_owned());
    }
    let words = format!("{done} / {of}");
    let over = round.phase() == Some(phase) && round.until(&row.unit, phase).is_some_and(|until| until < today);
    match done {
        _ if of == 0 => ("na", "không có dòng".to_owned()),
        _ if done >= of => ("ok", words),
        _ if over => ("late", format!("{words}, quá hạn")),
        0 => ("no", words),
        _ => ("part", words),
    }
}
