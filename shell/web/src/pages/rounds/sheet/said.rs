//! What others say of a line: questions of the appraiser, decisions, questions about the criterion, former units.

use cchc_index::AnswerText;
use cchc_index::sheet::{Asked, Decision, Line, LinePoints, Recorded};
use cchc_text::date::vietnamese;

use super::lines::{Seen, worth};
use crate::pages::publication::figures::Figures;
use crate::pages::rounds::run::threads::thread_address;

/// What was asked about a criterion.
#[derive(Debug, Default)]
pub struct ThreadView {
    /// Where all of it stands, and where one asks.
    pub href: String,
    /// How many questions there are.
    pub questions: u32,
    /// The last question that was answered, with its answer.
    pub answered: Option<(String, String)>,
}

/// A question of the appraiser.
#[derive(Debug)]
pub struct AskedView {
    /// The question.
    pub question: String,
    /// Who asks.
    pub by: String,
    /// The last day.
    pub until: String,
    /// Whether the unit changed the line since.
    pub answered: bool,
    /// Whether the day is over.
    pub over: bool,
}

/// What was decided in a phase.
#[derive(Debug)]
pub struct DecisionView {
    /// In which phase.
    pub phase: &'static str,
    /// Who decided.
    pub by: String,
    /// The answer that counts, in words.
    pub answer: String,
    /// Points, as printed.
    pub points: String,
    /// Whether it is less or more than what stood before: `dn`, `up`, or nothing.
    pub change: &'static str,
    /// Why.
    pub reason: String,
}

/// What a unit said that became one with others in mid-round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginView {
    /// Its name.
    pub unit: String,
    /// What it answered, in words; empty: nothing.
    pub answer: String,
    /// What that earned, as printed; empty: nothing.
    pub points: String,
}

/// The answer of a line in words.
pub(super) type Shown<'a> = &'a dyn Fn(&AnswerText) -> String;

/// Who says something: an agency, or a body outside with the document that says it.
fn who(seen: &Seen<'_>, by: &str, recorded: Option<&Recorded>) -> String {
    let name = (seen.name)(by);
    recorded
        .map_or(name, |said| format!("{by} (văn bản {}, {})", said.document.number, vietnamese(said.document.dated)))
}

pub(super) fn asked(seen: &Seen<'_>, asked: &Asked) -> AskedView {
    AskedView {
        question: asked.question.clone(),
        by: who(seen, &asked.by, asked.recorded.as_ref()),
        until: vietnamese(asked.until),
        answered: asked.answered,
        over: asked.until < seen.today,
    }
}

pub(super) fn origins(figures: &Figures, line: &Line, shown: Shown<'_>) -> Vec<OriginView> {
    let view = |origin: &cchc_index::sheet::Origin| OriginView {
        unit: origin.name.clone(),
        answer: shown(origin.given.as_ref().map_or(&origin.answer, |given| &given.answer)),
        points: origin
            .given
            .as_ref()
            .map(|given| &given.points)
            .or(origin.points.as_ref())
            .map(|points| worth(figures, points))
            .unwrap_or_default(),
    };
    line.origins.iter().map(view).collect()
}

pub(super) fn thread(seen: &Seen<'_>, code: &str) -> ThreadView {
    let row = seen.threads.get(&(seen.unit.group.clone(), code.to_owned()));
    let answered = row.and_then(|row| {
        let answer = row.latest.answer.as_ref()?;
        Some((row.latest.question.clone(), answer.text.clone()))
    });
    ThreadView { href: thread_address(seen.id, code), questions: row.map_or(0, |row| row.questions), answered }
}

pub(super) fn decisions(seen: &Seen<'_>, figures: &Figures, line: &Line, shown: Shown<'_>) -> Vec<DecisionView> {
    let mut before = line.points.as_ref().or(line.given.as_ref().map(|given| &given.points)).map(LinePoints::exact);
    let view = |decision: &Decision| {
        let now = decision.points.exact();
        let change = match &before {
            Some(before) if now < *before => "dn",
            Some(before) if now > *before => "up",
            _ => "",
        };
        before = Some(now);
        DecisionView {
            phase: decision.phase.label(),
            by: who(seen, &decision.by, decision.recorded.as_ref()),
            answer: shown(&decision.answer),
            points: worth(figures, &decision.points),
            change,
            reason: decision.reason.clone(),
        }
    };
    let last = seen.shown_up_to();
    line.decisions.iter().filter(|decision| last.is_some_and(|last| decision.phase <= last)).map(view).collect()
}
