//! The lines of a sheet: each with its rule, answer, evidence, points, and what others said of it.

use std::collections::BTreeMap;

use cchc_calendar::DaysOff;
use cchc_index::round::{Phase, Plan, Ranked};
use cchc_index::set::{Part, Source};
use cchc_index::sheet::{Line, LinePoints, Step, input};
use cchc_index::{CriteriaSet, Criterion, Exact, Inputs, Leaf, Round, ScoredUnit, Sheet, score};
use cchc_ledger::Moment;
use cchc_store::threads::ThreadRow;
use jiff::civil::Date;

use super::before::Before;
use super::control::Control;
use super::proof::{ProofView, proof_view};
use super::said::{AskedView, DecisionView, OriginView, ThreadView, asked, decisions, origins, thread};
use crate::pages::publication::address::anchor;
use crate::pages::publication::answer::in_words;
use crate::pages::publication::figures::Figures;

/// Everything from which the page of a sheet is made.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// Key of the round.
    pub id: &'a str,
    /// The round.
    pub round: &'a Round,
    /// Its plan.
    pub plan: &'a Plan,
    /// Whose sheet it is.
    pub unit: &'a Ranked,
    /// The set by which it is scored.
    pub set: &'a CriteriaSet,
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The days off of the round.
    pub days_off: &'a DaysOff,
    /// What the unit answered and earned a year before.
    pub before: &'a Before,
    /// Today.
    pub today: Date,
    /// Since when a changed line counts as changed.
    pub since: Moment,
    /// Whether the visitor may answer lines of it at all.
    pub fills: bool,
    /// The units whose lines he may answer; `None`: any, as somebody of the unit itself.
    pub mine: Option<&'a [String]>,
    /// The fields of work that he may see; `None`: all.
    pub fields: Option<&'a [String]>,
    /// Questions about criteria, by codes of group and criterion.
    pub threads: &'a BTreeMap<(String, String), ThreadRow>,
    /// The name of a unit by its code.
    pub name: &'a (dyn Fn(&str) -> String + Sync),
}

/// Lines below one topmost node.
#[derive(Debug)]
pub struct Fold {
    /// Its code and title.
    pub heading: String,
    /// Its id in the page.
    pub anchor: String,
    /// What lies below it.
    pub rows: Vec<Row>,
    /// Lines that the unit answers itself.
    pub lines: usize,
    /// Of them, answered.
    pub done: usize,
    /// Points, as printed.
    pub points: String,
    /// Its maximum that applies, as printed.
    pub max: String,
    /// Points as decided so far, as printed; `None`: nothing was decided.
    pub after: Option<String>,
    /// What it earned a year before, as printed.
    pub before: Option<String>,
    /// Code of the node.
    pub code: String,
    /// Whether it stands open.
    pub open: bool,
}

/// What stands in a fold.
#[derive(Debug)]
pub enum Row {
    /// A node that is the sum of those below it.
    Head {
        /// Its code.
        code: String,
        /// Its title.
        title: String,
        /// Points of the maximum, as printed.
        points: String,
    },
    /// A line.
    Line(Box<SheetLine>),
}

/// A line.
#[derive(Debug)]
pub struct SheetLine {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its id in the page.
    pub anchor: String,
    /// The rule in plain words.
    pub rule: String,
    /// A remark of the set for the officer; may be empty.
    pub remark: String,
    /// The documents that prove it.
    pub wanted: String,
    /// How it is answered.
    pub control: Control,
    /// The answer in words; empty: none.
    pub answer: String,
    /// The answer as it is written: value and of, to tell what was changed.
    pub written: String,
    /// The version of the line.
    pub seen: u32,
    /// Points, as printed; `None`: nothing was answered.
    pub points: Option<String>,
    /// Its maximum, as printed.
    pub max: String,
    /// What the unit answered and earned a year before.
    pub before: Option<(String, String)>,
    /// What it says to it.
    pub note: String,
    /// What proves it.
    pub evidence: Vec<ProofView>,
    /// What a register counts beside it: value, points, source.
    pub counted: Option<(String, String, String)>,
    /// Whether that is another value than the unit's.
    pub disputed: bool,
    /// What was asked back: question, who asks, until, whether it was answered.
    pub asked: Option<AskedView>,
    /// What the units said that became this one in mid-round.
    pub origins: Vec<OriginView>,
    /// Whether they said different things, and nothing was chosen yet.
    pub contradicted: bool,
    /// What was decided, in the order of the phases.
    pub decisions: Vec<DecisionView>,
    /// What the unit says to the first appraisal.
    pub explained: Option<(bool, String)>,
    /// Why the unit does not answer it; `None`: it does.
    pub closed: Option<String>,
    /// Whether it can be answered now, by whoever looks.
    pub open: bool,
    /// What is still to be done: class and words.
    pub state: (&'static str, &'static str),
    /// Whether points are lost.
    pub lost: bool,
    /// Whether it was changed lately.
    pub changed: bool,
    /// Whether it earns less than a year before.
    pub worse: bool,
    /// What was wrong with what was sent; `None`: nothing.
    pub wrong: Option<String>,
    /// What was asked about the criterion, by whomever.
    pub thread: ThreadView,
    /// Which unit answers it: code and name; `None`: the sheet is not split.
    pub whose: Option<(String, String)>,
}

impl Seen<'_> {
    /// The unit's own score.
    #[must_use]
    pub fn scored(&self, step: Step) -> Option<ScoredUnit> {
        let unit = input(self.sheet, self.plan, self.set, &self.unit.code, step);
        score(self.set, &Inputs { units: vec![unit] }, self.days_off).units.pop()
    }

    /// The maxima of the lines whose value is still to come from a survey or from elsewhere.
    pub fn to_come(&self) -> impl Iterator<Item = Exact> {
        let open = self.set.leaves().filter(|(index, node, leaf)| {
            let elsewhere = matches!(leaf.source, Source::Survey | Source::Given) && node.part == Part::Scored;
            let line = self.sheet.lines.get(&node.code);
            let is_there = line.is_some_and(|line| line.given.is_some() || !line.decisions.is_empty());
            elsewhere && !is_there && self.plan.preset(&self.unit.code, self.set, *index).is_none()
        });
        open.map(|(_, node, _)| Exact::from(node.max))
    }

    /// The last phase whose decisions are shown: to the unit itself, those of a phase that still runs are not.
    #[must_use]
    pub fn shown_up_to(&self) -> Option<Phase> {
        match self.round.phase().filter(|_| self.fills) {
            Some(now) => Phase::ALL.into_iter().rev().find(|phase| *phase < now && phase.appraises()),
            None => Some(Phase::Council),
        }
    }

    /// The unit that answers a line, where the sheet is split and somebody answers it at all.
    #[must_use]
    pub fn whose(&self, index: usize, leaf: &Leaf) -> Option<&str> {
        let elsewhere = matches!(leaf.source, Source::Survey | Source::Given);
        let own = || self.plan.shared_with(&self.unit.code, self.set, index).unwrap_or(&self.unit.code);
        (!elsewhere && !self.plan.sharing(&self.unit.code).is_empty()).then(own)
    }

    /// Whether a line is one that the visitor may answer.
    fn is_mine(&self, whose: Option<&str>) -> bool {
        self.mine.is_none_or(|mine| mine.iter().any(|unit| Some(unit.as_str()) == whose))
    }

    /// Whether the visitor may see what a field of work appraises.
    fn shows(&self, field: &str) -> bool {
        self.fields.is_none_or(|fields| fields.iter().any(|own| own == field))
    }
}

/// All lines that the visitor may see, folded by topmost node; `decided` is the score as decided so far.
#[must_use]
pub fn folds(seen: &Seen<'_>, scored: &ScoredUnit, decided: Option<&ScoredUnit>) -> Vec<Fold> {
    let (set, figures) = (seen.set, Figures::of(seen.set));
    let sum = |index: usize| {
        let node = scored.nodes.get(index);
        let points = node.map(|node| figures.points(&node.points)).unwrap_or_default();
        (points, node.map(|node| figures.points(&node.max)).unwrap_or_default())
    };
    let mut folds: Vec<Fold> = Vec::new();
    for (index, node) in set.criteria.iter().enumerate() {
        let (points, max) = sum(index);
        if node.parent.is_none() {
            let heading = format!("{}. {}", node.code, node.title);
            let anchor = format!("lv{}", anchor(&node.code));
            let (rows, code) = (Vec::new(), node.code.clone());
            let (points, max) = (points.clone(), max.clone());
            let after = decided.and_then(|scored| scored.nodes.get(index)).map(|node| figures.points(&node.points));
            let before = seen.before.of_field(node).map(|points| figures.points(points));
            folds.push(Fold {
                heading,
                anchor,
                rows,
                lines: 0,
                done: 0,
                points,
                max,
                after,
                before,
                code,
                open: false,
            });
        }
        let Some(fold) = folds.last_mut() else { continue };
        match &node.leaf {
            Some(leaf) if seen.shows(&leaf.appraiser) => {
                let line = line(seen, &figures, index, node, leaf);
                if line.closed.is_none() && node.part == Part::Scored {
                    fold.lines = fold.lines.saturating_add(1);
                    fold.done = fold.done.saturating_add(usize::from(!line.answer.is_empty()));
                }
                fold.rows.push(Row::Line(Box::new(line)));
            }
            None if node.parent.is_some() => {
                let points = format!("{points}\u{a0}/\u{a0}{max}");
                fold.rows.push(Row::Head { code: node.code.clone(), title: node.title.clone(), points });
            }
            _ => {}
        }
    }
    folds.retain(|fold| fold.rows.iter().any(|row| matches!(row, Row::Line(_))));
    folds
}

/// One line.
#[must_use]
pub fn line(seen: &Seen<'_>, figures: &Figures, index: usize, node: &Criterion, leaf: &Leaf) -> SheetLine {
    let line = seen.sheet.line(&node.code);
    let shown = |answer: &cchc_index::AnswerText| {
        if answer.is_empty() {
            return String::new();
        }
        in_words(&leaf.rule, &cchc_index::input::answer(node, leaf, answer).0)
    };
    let given = matches!(leaf.source, Source::Survey | Source::Given);
    let (answer, points) = match (&line.given, given) {
        (Some(given), true) => (&given.answer, Some(&given.points)),
        _ => (&line.answer, line.points.as_ref()),
    };
    let closed = closed(seen, index, leaf, &line);
    let lost = points.is_some_and(|points| points.applicable && points.exact() < Exact::from(node.max));
    let before = seen.before.of(node);
    let worse = match (&before, points) {
        (Some(before), Some(points)) => points.exact() < before.points,
        _ => false,
    };
    let explained = line.explained.as_ref().map(|said| (said.agrees, said.text.clone()));
    let control = Control::of(node, leaf, answer);
    let whose = seen.whose(index, leaf);
    SheetLine {
        code: node.code.clone(),
        title: node.title.clone(),
        anchor: anchor(&node.code),
        rule: leaf.rule.in_words(node.max),
        remark: node.note.clone(),
        wanted: leaf.evidence.clone(),
        written: written(&control.written()),
        control,
        answer: shown(answer),
        seen: line.seen,
        points: points.map(|points| worth(figures, points)),
        max: figures.points(&Exact::from(node.max)),
        before: before.map(|before| (before.answer.clone(), figures.points(&before.points))),
        note: line.note.clone(),
        evidence: line.evidence.iter().map(|proof| proof_view(seen.id, &seen.unit.code, proof)).collect(),
        counted: line
            .counted
            .as_ref()
            .map(|counted| (shown(&counted.answer), worth(figures, &counted.points), counted.source.clone())),
        disputed: line.is_disputed(),
        asked: line.asked.as_ref().map(|one| asked(seen, one)),
        origins: origins(figures, &line, &shown),
        contradicted: line.is_contradicted(),
        decisions: decisions(seen, figures, &line, &shown),
        explained,
        open: closed.is_none() && seen.fills && seen.is_mine(whose) && is_open(seen, &line),
        state: state(&line, leaf, node, closed.is_some()),
        closed,
        lost,
        changed: line.filled_at > seen.since,
        worse,
        wrong: None,
        thread: thread(seen, &node.code),
        whose: whose.map(|unit| (unit.to_owned(), (seen.name)(unit))),
    }
}

/// An answer as one text, to tell whether it was changed.
#[must_use]
pub fn written(answer: &cchc_index::AnswerText) -> String {
    format!("{}|{}", answer.value, answer.of)
}

pub(super) fn worth(figures: &Figures, points: &LinePoints) -> String {
    if points.applicable { figures.points(&points.exact()) } else { "–".to_owned() }
}

fn closed(seen: &Seen<'_>, index: usize, leaf: &Leaf, line: &Line) -> Option<String> {
    if let Some(preset) = seen.plan.preset(&seen.unit.code, seen.set, index) {
        return Some(format!("Không áp dụng cho đơn vị: {}", preset.reason));
    }
    let source = line.given.as_ref().map(|given| given.source.as_str());
    match (leaf.source, source) {
        (Source::Survey | Source::Given, Some(source)) => Some(format!("Nguồn: {source}")),
        (Source::Survey, None) => Some("Lấy từ điều tra xã hội học; cơ quan tổ chức đợt sẽ nhập.".to_owned()),
        (Source::Given, None) => Some("Lấy từ kết quả đã công bố; cơ quan tổ chức đợt sẽ nhập.".to_owned()),
        _ => None,
    }
}

/// Whether the unit may change a line today: its own people, in time or asked back.
fn is_open(seen: &Seen<'_>, line: &Line) -> bool {
    use cchc_index::sheet::SheetStanding::Submitted;
    if line.is_asked(seen.today) {
        return true;
    }
    let reopened = seen.round.reopened.iter().any(|one| one.unit == seen.unit.code && seen.today <= one.until);
    seen.round.may_fill(&seen.unit.code, seen.today) && (seen.sheet.standing != Submitted || reopened)
}

fn state(line: &Line, leaf: &Leaf, node: &Criterion, closed: bool) -> (&'static str, &'static str) {
    match line {
        _ if closed && line.given.is_none() => ("na", "Đơn vị không nhập"),
        _ if closed => ("ok", "Đã có kết quả"),
        line if line.asked.as_ref().is_some_and(|asked| !asked.answered) => ("ask", "Bị hỏi lại"),
        line if line.answer.is_empty() && node.part != Part::Scored => ("na", "Không phát sinh"),
        line if line.answer.is_empty() && line.note.is_empty() => ("no", "Chưa nhập"),
        line if !line.is_proved(leaf) => ("part", "Thiếu tài liệu"),
        _ => ("ok", "Đã lưu"),
    }
}
