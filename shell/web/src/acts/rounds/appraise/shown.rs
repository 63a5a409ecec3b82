//! A cell as a row shows it.

use cchc_index::input::AnswerText;
use cchc_index::round::Phase;
use cchc_index::set::Source;
use cchc_index::sheet::{Counted, LinePoints, Proof};
use cchc_index::{Exact, trace};
use cchc_text::date::vietnamese;

use super::super::at::RoundAt;
use super::cells::{Cell, State};
use crate::acts::rounds::list::unit_name;
use crate::acts::with::With;
use crate::list::Link;
use crate::pages::publication::address::encode;
use crate::pages::publication::answer::in_words;
use crate::pages::rounds::appraise::row::{Decided, Row};
use crate::pages::rounds::sheet_address;

/// The cell as a row; `name` stands first, `phase` is the one that is looked at.
#[must_use]
pub fn row(with: &With, at: &RoundAt, cell: &Cell, name: Link, phase: Phase) -> Row {
    let line = &cell.line;
    let own = cell.before(Phase::SelfScoring);
    let before = cell.before(phase);
    let state = cell.state(phase);
    Row {
        key: cell.key.clone(),
        name,
        below: String::new(),
        answer: said(cell, &own),
        points: points_of(at, cell, &own).map(|earned| points(&earned)).unwrap_or_default(),
        before: (before != own).then(|| {
            let earned = points_of(at, cell, &before).unwrap_or(Exact::ZERO);
            (said(cell, &before), points(&earned))
        }),
        counted: line.counted.as_ref().map(|counted| register(cell, counted)),
        evidence: evidence(at, cell),
        unproved: state != State::Preset && !cell.is_proved(),
        said: remarks(with, cell),
        state: state_words(state, cell),
        decided: decided(at, cell, phase, &before),
        open: cell.grant.is_some() && !matches!(state, State::Preset | State::NotSubmitted),
        mark: line.mark(),
        typed: Default::default(),
    }
}

/// An answer in words.
#[must_use]
pub fn said(cell: &Cell, text: &AnswerText) -> String {
    if cell.preset.is_some() {
        return "không áp dụng".to_owned();
    }
    if text.is_empty() {
        return "chưa chấm".to_owned();
    }
    cell.node().map_or_else(String::new, |(_, leaf)| in_words(&leaf.rule, &cell.read(text).0))
}

/// Points with two decimals.
#[must_use]
pub fn points(value: &Exact) -> String {
    trace::fixed(value, 2)
}

/// What an answer earns at a cell; `None`: nothing was answered, or it can't be read.
#[must_use]
pub fn points_of(at: &RoundAt, cell: &Cell, text: &AnswerText) -> Option<Exact> {
    // What the unit answers and what was decided were already counted.
    let line = &cell.line;
    if *text == line.answer && line.given.is_none() {
        return line.points.as_ref().map(LinePoints::exact);
    }
    if let Some(known) = line.decisions.iter().find(|known| known.answer == *text) {
        return Some(known.points.exact());
    }
    let (node, leaf) = cell.node()?;
    LinePoints::of(&cell.set, node, leaf, text, &at.days_off()).map(|earned| earned.exact())
}

fn register(cell: &Cell, counted: &Counted) -> (String, String, bool) {
    (said(cell, &counted.answer), points(&counted.points.exact()), cell.line.is_disputed())
}

fn evidence(at: &RoundAt, cell: &Cell) -> Vec<Link> {
    let sheet = sheet_address(&at.id, &cell.unit.code);
    let one = |evidence: &cchc_index::sheet::Evidence| {
        let place: String = [("", &evidence.section), ("tr. ", &evidence.page)]
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(lead, text)| format!(", {lead}{text}"))
            .collect();
        match &evidence.proof {
            Proof::Document { number, .. } => Link::text(format!("{number}{place}")),
            Proof::File { name, .. } => {
                Link::new(format!("{name}{place}"), format!("{sheet}/tai-lieu/{}", encode(&evidence.id)))
            }
        }
    };
    cell.line.evidence.iter().map(one).collect()
}

/// What was said of it, the latest last.
fn remarks(with: &With, cell: &Cell) -> Vec<(String, String)> {
    let line = &cell.line;
    let mut said = Vec::new();
    if !line.note.is_empty() {
        said.push(("Ghi chú của đơn vị".to_owned(), line.note.clone()));
    }
    if let (Some(given), Some((_, leaf))) = (&line.given, cell.node())
        && matches!(leaf.source, Source::Survey | Source::Given)
    {
        said.push(("Nguồn".to_owned(), given.source.clone()));
    }
    if let Some(counted) = &line.counted {
        said.push(("Nguồn số hệ thống".to_owned(), counted.source.clone()));
    }
    if let Some(asked) = &line.asked {
        let who = format!("{} hỏi, hạn {}", unit_name(with, &asked.by), vietnamese(asked.until));
        said.push((who, asked.question.clone()));
    }
    for decision in &line.decisions {
        let who = format!("{}, {}", decision.phase, unit_name(with, &decision.by));
        let reason = if decision.reason.is_empty() { "chấp nhận" } else { decision.reason.as_str() };
        said.push((who, format!("{} điểm: {reason}", points(&decision.points.exact()))));
    }
    if let Some(explained) = &line.explained {
        let text = if explained.text.is_empty() { "đồng ý" } else { explained.text.as_str() };
        let who = if explained.agrees { "Đơn vị đồng ý" } else { "Đơn vị không đồng ý" };
        said.push((who.to_owned(), text.to_owned()));
    }
    said
}

fn state_words(state: State, cell: &Cell) -> (&'static str, String) {
    let until = cell.line.asked.as_ref().map(|asked| vietnamese(asked.until)).unwrap_or_default();
    match state {
        State::Preset => ("na", "Không áp dụng".to_owned()),
        State::Elsewhere if cell.line.given.is_none() => ("busy", "Chưa có giá trị".to_owned()),
        State::Elsewhere => ("na", "Từ điều tra, nơi khác".to_owned()),
        State::NotSubmitted => ("busy", "Chưa nộp phiếu".to_owned()),
        State::Asked => ("ask", format!("Đang hỏi, hạn {until}")),
        State::Answered => ("part", "Đã trả lời câu hỏi".to_owned()),
        State::Open => ("no", "Chưa quyết định".to_owned()),
        State::Accepted => ("ok", "Đã chấp nhận".to_owned()),
        State::Changed => ("ok", "Đã sửa".to_owned()),
    }
}

fn decided(at: &RoundAt, cell: &Cell, phase: Phase, before: &AnswerText) -> Option<Decided> {
    let decision = cell.line.decisions.iter().find(|known| known.phase == phase)?;
    let (now, then) = (decision.points.exact(), points_of(at, cell, before).unwrap_or(Exact::ZERO));
    let (class, by) = difference(&then, &now);
    Some(Decided { points: points(&now), class, by, reason: decision.reason.clone() })
}

/// The sign and the size of a difference of points: `("dn", "0,37")`.
#[must_use]
pub fn difference(then: &Exact, now: &Exact) -> (&'static str, String) {
    match now.cmp(then) {
        std::cmp::Ordering::Greater => ("up", points(&(now - then))),
        std::cmp::Ordering::Less => ("dn", points(&(then - now))),
        std::cmp::Ordering::Equal => ("", String::new()),
    }
}
