//! What the unit says of itself: answers, notes, evidence; and what registers count beside it.

use cchc_ledger::Context;

use super::facts::Asks;
use super::{Counted, Evidence, Line, LinePoints, Sheet, SheetEvent, SheetFacts, SheetRefusal, SheetStanding};
use crate::input::{AnswerText, answer};
use crate::set::{Leaf, Source};

/// Longest answer, in characters.
const LONGEST_ANSWER: usize = 400;
/// Longest note, in characters.
const LONGEST_NOTE: usize = 4000;

impl Line {
    /// Whether it has the evidence, or the explanation in its place, that it needs.
    #[must_use]
    pub fn is_proved(&self, leaf: &Leaf) -> bool {
        let needed = leaf.evidence_required || self.answer.says_not_applicable();
        !needed || !self.evidence.is_empty() || !self.note.trim().is_empty()
    }
}

impl Sheet {
    /// Whether who acts may change a line: people of the unit, or of the one whose part it is; in time or asked back.
    fn may_change(&self, line: &str, facts: &SheetFacts, context: &Context) -> Result<(), SheetRefusal> {
        facts.answers(line, &context.actor.unit)?;
        let on = context.happened().date();
        if self.line(line).is_asked(on) {
            return Ok(());
        }
        if !facts.may_fill(on) {
            return Err(facts.closed());
        }
        if self.standing == SheetStanding::Submitted && !facts.is_reopened(on) {
            return Err(SheetRefusal::Submitted);
        }
        Ok(())
    }

    pub(super) fn fill(
        &self,
        line: &str,
        text: AnswerText,
        seen: Option<u32>,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        self.may_change(line, facts, context)?;
        let asks = facts.own(line)?;
        let text = AnswerText::new(&cchc_text::nfc(&text.value), &cchc_text::nfc(&text.of));
        let now = self.line(line);
        if now.answer == text {
            return Ok(Vec::new());
        }
        if seen.is_some_and(|seen| seen != now.seen) {
            return Err(SheetRefusal::Conflict { line: line.to_owned(), theirs: now.answer.shown() });
        }
        let points = read(&asks, &text, facts)?;
        Ok(vec![SheetEvent::Filled { line: line.to_owned(), answer: text, points }])
    }

    pub(super) fn note(
        &self,
        line: &str,
        text: String,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        self.may_change(line, facts, context)?;
        facts.own(line)?;
        let text = cchc_text::nfc(&text).trim().to_owned();
        if text.chars().count() > LONGEST_NOTE {
            return Err(SheetRefusal::TooLong(LONGEST_NOTE));
        }
        if self.line(line).note == text {
            return Ok(Vec::new());
        }
        Ok(vec![SheetEvent::Noted { line: line.to_owned(), text }])
    }

    pub(super) fn attach(
        &self,
        line: &str,
        evidence: Evidence,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        self.may_change(line, facts, context)?;
        facts.own(line)?;
        evidence.check()?;
        let now = self.line(line);
        if now.evidence.iter().any(|known| known.id == evidence.id || known.proof == evidence.proof) {
            return Ok(Vec::new());
        }
        Ok(vec![SheetEvent::Attached { line: line.to_owned(), evidence }])
    }

    pub(super) fn detach(
        &self,
        line: &str,
        evidence: &str,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        self.may_change(line, facts, context)?;
        if !self.line(line).evidence.iter().any(|known| known.id == evidence) {
            return Ok(Vec::new());
        }
        Ok(vec![SheetEvent::Detached { line: line.to_owned(), evidence: evidence.to_owned() }])
    }

    /// What a register counts; it stands beside what the unit says.
    pub(super) fn count(
        &self,
        line: &str,
        text: AnswerText,
        source: String,
        facts: &SheetFacts,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let asks = facts.asks(line)?;
        let counted = counted(&asks, text, source, facts)?;
        if self.line(line).counted.as_ref() == Some(&counted) {
            return Ok(Vec::new());
        }
        Ok(vec![SheetEvent::Counted { line: line.to_owned(), counted }])
    }

    /// What the unit does not report itself: of a survey, of a rating, taken over; after publication, of a sheet
    /// that was reopened, for the next version of the result.
    pub(super) fn give(
        &self,
        line: &str,
        text: AnswerText,
        source: String,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let asks = facts.asks(line)?;
        if !matches!(asks.leaf.source, Source::Survey | Source::Given) {
            return Err(SheetRefusal::Reported(line.to_owned()));
        }
        if !facts.round.may_give(&facts.unit, context.happened().date()) {
            return Err(SheetRefusal::NotRunning);
        }
        let given = counted(&asks, text, source, facts)?;
        if self.line(line).given.as_ref() == Some(&given) {
            return Ok(Vec::new());
        }
        Ok(vec![SheetEvent::Given { line: line.to_owned(), given }])
    }
}

/// A value that comes from elsewhere, read.
fn counted(asks: &Asks<'_>, text: AnswerText, source: String, facts: &SheetFacts) -> Result<Counted, SheetRefusal> {
    if source.trim().is_empty() {
        return Err(SheetRefusal::NoSource);
    }
    let text = AnswerText::new(&text.value, &text.of);
    match read(asks, &text, facts)? {
        Some(points) => Ok(Counted { answer: text, points, source }),
        None => Err(SheetRefusal::Unreadable { line: asks.node.code.clone(), why: "chưa có giá trị".to_owned() }),
    }
}

/// What an answer earns; `None` where it says nothing.
pub(super) fn read(asks: &Asks<'_>, text: &AnswerText, facts: &SheetFacts) -> Result<Option<LinePoints>, SheetRefusal> {
    if text.is_empty() {
        return Ok(None);
    }
    let line = || asks.node.code.clone();
    if text.value.chars().count().saturating_add(text.of.chars().count()) > LONGEST_ANSWER {
        return Err(SheetRefusal::TooLong(LONGEST_ANSWER));
    }
    if text.is_anothers() {
        return Err(SheetRefusal::Unreadable {
            line: line(),
            why: "chỉ nhận câu trả lời, không nhận số điểm".to_owned(),
        });
    }
    let (_, findings) = answer(asks.node, asks.leaf, text);
    if let Some(wrong) = findings.iter().find(|finding| finding.severity == cchc_text::Severity::Error) {
        let hint = wrong.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
        let why = wrong.message.trim_end_matches(" Tính 0 điểm.").trim_end_matches(": tính 0 điểm.").to_owned();
        return Err(SheetRefusal::Unreadable { line: line(), why: format!("{why}{hint}") });
    }
    Ok(LinePoints::of(asks.set, asks.node, asks.leaf, text, &facts.days_off))
}
