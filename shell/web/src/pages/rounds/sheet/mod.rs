//! `/dot-cham/{round}/phieu/{unit}`: the sheet of a unit.

pub mod before;
pub mod control;
pub mod evidence;
pub mod filter;
pub mod lines;
pub mod parts;
pub mod placed;
pub mod proof;
pub mod record;
pub mod said;
pub mod submit;
pub mod workbook;

use askama::Template;
use cchc_index::sheet::{SheetStanding, Step};
use cchc_index::{Exact, ScoredUnit};
use cchc_text::date::vietnamese;

use self::control::Control;
use self::filter::{Filter, counts, narrow};
use self::lines::{Fold, Row, Seen, SheetLine, folds};
use self::parts::Parts;
use self::placed::{Group, Placed};
use super::{ADDRESS, round_address, sheet_address};
use crate::frame::{Frame, ILLUSTRATIVE, Section};
use crate::list::{Link, address};
use crate::pages::publication::figures::Figures;
use crate::site::Site;

/// Names of the fields of a line in what a sheet sends; in the form of the whole sheet the code follows.
pub const VALUE: &str = "v";
/// The denominator.
pub const OF: &str = "m";
/// What the unit says to a line.
pub const NOTE: &str = "g";
/// The version of the line that was seen.
pub const SEEN: &str = "s";
/// What stood in the line when the page was made.
pub const STOOD: &str = "o";

/// The page.
#[derive(Debug, Template)]
#[template(path = "rounds/sheet/sheet.html")]
pub struct SheetPage {
    frame: Frame,
    address: String,
    person: String,
    request: String,
    unit: String,
    standing: (&'static str, &'static str),
    total: Total,
    after: Option<Total>,
    before: Option<(i16, String)>,
    deadline: Option<String>,
    is_late: bool,
    submitted: Option<String>,
    left: usize,
    unproved: usize,
    asked: usize,
    filters: Vec<FilterRow>,
    narrowed: &'static str,
    rail: Vec<RailRow>,
    folds: Vec<Fold>,
    acts: Vec<Link>,
    parts: Option<Parts>,
    can_save: bool,
    wrongs: Vec<(String, String, String)>,
    placed: Option<Placed>,
}

/// A field in the list beside the sheet.
#[derive(Debug)]
struct RailRow {
    heading: String,
    href: String,
    done: usize,
    lines: usize,
}

/// A filter that is offered.
#[derive(Debug)]
struct FilterRow {
    href: String,
    label: &'static str,
    count: usize,
    current: bool,
}

/// A total as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// Points.
    pub points: String,
    /// The maximum that applies.
    pub max: String,
    /// The result with its unit; empty where nothing applies, or something is still to come from elsewhere.
    pub result: String,
    /// Points that are still to come from surveys and elsewhere; empty: none.
    pub waiting: String,
}

/// What the page shows beside the sheet itself.
#[derive(Debug, Default)]
pub struct Around {
    /// Key of the person: what is typed is kept on his device under it.
    pub person: String,
    /// The request id.
    pub request: String,
    /// When it was handed in, and with which report: a sentence.
    pub submitted: Option<String>,
    /// Which lines are shown.
    pub filter: Filter,
    /// Whether every fold is open, for printing.
    pub all_open: bool,
    /// What may be done with the whole sheet.
    pub acts: Vec<Link>,
    /// Who answers which lines; `None`: the sheet is not split.
    pub parts: Option<Parts>,
    /// How the group stands; `None`: the visitor sees a part of the sheet, which has no place in it.
    pub group: Option<Group>,
    /// What was wrong with what was sent, by code of the line, with what was typed: value and of.
    pub wrongs: Vec<Wrong>,
}

/// What was wrong with what was sent at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Code of the line.
    pub line: String,
    /// What is wrong.
    pub why: String,
    /// What was typed, to be shown again.
    pub typed: cchc_index::AnswerText,
}

impl Total {
    /// The total of a sheet at a step.
    #[must_use]
    pub fn at(seen: &Seen<'_>, step: Step) -> Option<Self> {
        seen.scored(step).map(|scored| Self::of(&scored, seen))
    }

    /// The total of a scored unit: what is still to come from elsewhere is told apart.
    #[must_use]
    pub fn of(scored: &ScoredUnit, seen: &Seen<'_>) -> Self {
        let figures = Figures::of(seen.set);
        let to_come: Vec<Exact> = seen.to_come().collect();
        let waiting = Exact::sum(&to_come);
        let whole = waiting.is_zero();
        let result = scored.result.as_ref().filter(|_| whole).map(|result| figures.said(result));
        Self {
            points: figures.points(&scored.total),
            max: figures.points(&(&scored.applicable_max - &waiting)),
            result: result.unwrap_or_default(),
            waiting: if whole { String::new() } else { figures.points(&waiting) },
        }
    }
}

impl SheetPage {
    /// The page; `None` where the unit can't be scored at all.
    #[must_use]
    pub fn new(site: &Site, seen: &Seen<'_>, around: Around) -> Option<Self> {
        let scored = seen.scored(Step::Own)?;
        let last = seen.shown_up_to().filter(|last| {
            let mut decisions = seen.sheet.lines.values().flat_map(|line| &line.decisions);
            decisions.any(|decision| decision.phase <= *last)
        });
        let after = last.and_then(|last| seen.scored(Step::After(last)));
        let mut folds = folds(seen, &scored, after.as_ref());
        let placed = around.group.as_ref().map(|group| Placed::new(seen, &scored, after.as_ref(), group));
        let wrongs = mark(&mut folds, seen, &around.wrongs);
        let filters = counts(&folds);
        let count = |filter| filters.iter().find(|(known, _)| *known == filter).map_or(0, |(_, count)| *count);
        let (left, unproved, asked) = (count(Filter::Empty), count(Filter::Unproved), count(Filter::Asked));
        let whole = sheet_address(seen.id, &seen.unit.code);
        let rail = folds.iter().map(|fold| RailRow {
            heading: fold.heading.clone(),
            // A field that a filter leaves out is shown by the whole sheet.
            href: match around.filter {
                Filter::All => format!("#{}", fold.anchor),
                _ => format!("{whole}#{}", fold.anchor),
            },
            done: fold.done,
            lines: fold.lines,
        });
        let rail = rail.collect();
        let own = sheet_address(seen.id, &seen.unit.code);
        let of_unit = around.parts.as_ref().and_then(Parts::chosen).unwrap_or_default();
        let offered = filters.iter().map(|(filter, count)| FilterRow {
            href: address(&own, &[("loc", filter.code()), (parts::OF_UNIT, of_unit)]),
            label: filter.label(),
            count: *count,
            current: *filter == around.filter,
        });
        let offered = offered.collect();
        narrow(&mut folds, around.filter);
        if let Some(of) = around.parts.as_ref().and_then(Parts::chosen) {
            parts::narrow(&mut folds, of);
        }
        let is_part = around.parts.as_ref().is_some_and(|parts| parts.chosen().is_some());
        let all_open = around.all_open || is_part || around.filter != Filter::All;
        folds.iter_mut().for_each(|fold| fold.open = all_open || is_open(fold));
        if let Some(first) = folds.first_mut().filter(|_| left == 0 && asked == 0) {
            first.open = true;
        }
        let mut frame = Frame::new(site, Section::Rounds, format!("Phiếu chấm điểm: {}", seen.unit.name))
            .crumb("Đợt chấm điểm", ADDRESS)
            .crumb(seen.plan.title.clone(), round_address(seen.id));
        if seen.set.status == cchc_index::set::Status::Illustrative {
            frame = frame.mark(ILLUSTRATIVE);
        }
        let can_save = folds.iter().flat_map(Fold::lines_in).any(|line| line.open);
        let until = seen.round.may_fill_until(&seen.unit.code);
        let last = seen.round.until(&seen.unit.code, cchc_index::round::Phase::SelfScoring);
        let submitted = seen.sheet.standing == SheetStanding::Submitted;
        Some(Self {
            frame,
            address: own,
            person: around.person,
            request: around.request,
            unit: seen.unit.name.clone(),
            standing: standing(seen.sheet.standing),
            total: Total::of(&scored, seen),
            after: after.as_ref().map(|after| Total::of(after, seen)),
            before: seen.before.result.as_ref().map(|result| (seen.before.year, cchc_text::number::vietnamese(result))),
            deadline: until.or(last).filter(|day| *day != jiff::civil::Date::MAX && !submitted).map(vietnamese),
            is_late: !submitted && until.or(last).is_some_and(|day| day < seen.today),
            submitted: around.submitted,
            left,
            unproved,
            asked,
            filters: offered,
            narrowed: around.filter.code(),
            rail,
            folds,
            acts: around.acts,
            parts: around.parts,
            can_save,
            wrongs,
            placed,
        })
    }
}

/// Whether a fold stands open: something in it waits for whoever looks.
fn is_open(fold: &Fold) -> bool {
    let waits = |line: &SheetLine| line.open && matches!(line.state.0, "no" | "part" | "ask") || line.wrong.is_some();
    fold.lines_in().any(waits)
}

/// Puts what was wrong, and what was typed, back at its lines; gives what the summary says: anchor, line, why.
fn mark(folds: &mut [Fold], seen: &Seen<'_>, wrongs: &[Wrong]) -> Vec<(String, String, String)> {
    let mut told = Vec::new();
    for row in folds.iter_mut().flat_map(|fold| fold.rows.iter_mut()) {
        let Row::Line(line) = row else { continue };
        let Some(wrong) = wrongs.iter().find(|wrong| wrong.line == line.code) else { continue };
        let node = seen.set.criteria.iter().find(|node| node.code == line.code);
        if let Some((node, leaf)) = node.and_then(|node| Some((node, node.leaf.as_ref()?))) {
            line.control = Control::of(node, leaf, &wrong.typed);
        }
        line.wrong = Some(wrong.why.clone());
        told.push((line.anchor.clone(), line.code.clone(), wrong.why.clone()));
    }
    told
}

/// How far a sheet is: the class of the style sheet and the words.
#[must_use]
pub const fn standing(standing: SheetStanding) -> (&'static str, &'static str) {
    match standing {
        SheetStanding::Open => ("part", SheetStanding::Open.label()),
        SheetStanding::Proposed => ("busy", SheetStanding::Proposed.label()),
        SheetStanding::Submitted => ("ok", SheetStanding::Submitted.label()),
    }
}
