//! What agencies and the council decide, what they ask back, what the unit explains.

use cchc_ledger::Context;
use jiff::civil::Date;

use super::filling::read;
use super::{Explained, LinePoints, Recorded, Sheet, SheetEvent, SheetFacts, SheetRefusal, SheetStanding, Verdict};
use crate::input::AnswerText;
use crate::round::Phase;
use crate::sheet::points::Step;

/// Longest reason or question, in characters.
pub(super) const LONGEST: usize = 4000;

impl Sheet {
    /// Whether who acts may decide of a line, and in which phase.
    fn may_decide(&self, line: &str, facts: &SheetFacts, context: &Context) -> Result<Phase, SheetRefusal> {
        let phase = facts.deciding(context.happened().date())?;
        let asks = facts.asks(line)?;
        if context.actor.unit == facts.unit {
            return Err(SheetRefusal::OwnUnit);
        }
        let outside = facts.round.plan.as_ref().and_then(|plan| plan.outside.clone());
        if let Some(body) = outside {
            return Err(SheetRefusal::AppraisedOutside(body));
        }
        self.applies(line, facts)?;
        if phase != Phase::Council {
            facts.appraised_by(&asks.leaf.appraiser, &context.actor.unit)?;
            if self.standing != SheetStanding::Submitted {
                return Err(SheetRefusal::NotSubmitted);
            }
        }
        Ok(phase)
    }

    /// Whether a line applies to the unit.
    pub(super) fn applies(&self, line: &str, facts: &SheetFacts) -> Result<(), SheetRefusal> {
        let asks = facts.asks(line)?;
        let plan = facts.round.plan.as_ref().ok_or(SheetRefusal::NotScored)?;
        match plan.preset(&facts.unit, asks.set, asks.index) {
            Some(_) => Err(SheetRefusal::Preset { line: line.to_owned(), reason: String::new() }),
            None => Ok(()),
        }
    }

    pub(super) fn appraise(
        &self,
        line: &str,
        verdict: Verdict,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let phase = self.may_decide(line, facts, context)?;
        let (answer, points, reason) = self.decided(line, verdict, &context.reason, phase, facts)?;
        let now = self.line(line);
        let same = now.decisions.iter().find(|known| known.phase == phase);
        if same.is_some_and(|known| known.answer == answer && known.reason == reason && known.by == context.actor.unit)
        {
            return Ok(Vec::new());
        }
        Ok(vec![SheetEvent::Appraised { line: line.to_owned(), phase, answer, points, reason, recorded: None }])
    }

    /// What a verdict in a phase comes to: the answer that counts, its points, and why.
    pub(super) fn decided(
        &self,
        line: &str,
        verdict: Verdict,
        reason: &str,
        phase: Phase,
        facts: &SheetFacts,
    ) -> Result<(AnswerText, LinePoints, String), SheetRefusal> {
        let now = self.line(line);
        let before = match Phase::ALL.into_iter().rev().find(|earlier| *earlier < phase) {
            Some(earlier) => now.answer_at(Step::After(earlier)),
            None => now.answer_at(Step::Own),
        };
        let answer = match verdict {
            Verdict::Accept => before.clone(),
            Verdict::Answer(text) => AnswerText::new(&cchc_text::nfc(&text.value), &cchc_text::nfc(&text.of)),
            Verdict::Points(points) => AnswerText::decided(points),
        };
        let reason = cchc_text::nfc(reason).trim().to_owned();
        if reason.chars().count() > LONGEST {
            return Err(SheetRefusal::TooLong(LONGEST));
        }
        if answer != *before && reason.is_empty() {
            return Err(SheetRefusal::NoReason);
        }
        let points = self.points(line, &answer, facts)?;
        Ok((answer, points, reason))
    }

    /// The same, where the line is as it was seen; what stands already is no conflict.
    pub(super) fn appraise_seen(
        &self,
        line: &str,
        verdict: Verdict,
        mark: &str,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let events = self.appraise(line, verdict, facts, context)?;
        let now = self.line(line);
        if events.is_empty() || now.mark() == mark {
            return Ok(events);
        }
        let decided = now.decisions.last().map(|decision| decision.answer.shown()).unwrap_or_default();
        Err(SheetRefusal::Moved { line: line.to_owned(), answer: now.answer.shown(), decided })
    }

    /// What a decided answer earns; nothing said earns nothing.
    fn points(&self, line: &str, answer: &AnswerText, facts: &SheetFacts) -> Result<LinePoints, SheetRefusal> {
        let asks = facts.asks(line)?;
        if answer.is_decided() {
            let (_, findings) = crate::input::answer(asks.node, asks.leaf, answer);
            if let Some(wrong) = findings.first() {
                let why = wrong.message.trim_end_matches(" Tính 0 điểm.").to_owned();
                return Err(SheetRefusal::Unreadable { line: line.to_owned(), why });
            }
            let points = LinePoints::of(asks.set, asks.node, asks.leaf, answer, &facts.days_off);
            return Ok(points.unwrap_or_else(LinePoints::none));
        }
        Ok(read(&asks, answer, facts)?.unwrap_or_else(LinePoints::none))
    }

    pub(super) fn ask_back(
        &self,
        line: &str,
        question: String,
        until: Date,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        self.may_decide(line, facts, context)?;
        self.asked_back(line, question, until, None, context)
    }

    /// A question about a line, of an agency here or of a body outside.
    pub(super) fn asked_back(
        &self,
        line: &str,
        question: String,
        until: Date,
        recorded: Option<Recorded>,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let question = cchc_text::nfc(&question).trim().to_owned();
        if question.is_empty() {
            return Err(SheetRefusal::NoQuestion);
        }
        if question.chars().count() > LONGEST {
            return Err(SheetRefusal::TooLong(LONGEST));
        }
        if until < context.recorded_at.date() {
            return Err(SheetRefusal::PastDay(until));
        }
        let now = self.line(line);
        if now.asked.as_ref().is_some_and(|asked| asked.question == question && asked.until == until) {
            return Ok(Vec::new());
        }
        Ok(vec![SheetEvent::AskedBack { line: line.to_owned(), question, until, recorded }])
    }

    pub(super) fn explain(
        &self,
        line: &str,
        agrees: bool,
        text: String,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        facts.asks(line)?;
        facts.answers(line, &context.actor.unit)?;
        if !facts.round.may_explain(&facts.unit, context.happened().date()) {
            return Err(SheetRefusal::NoExplaining);
        }
        if self.line(line).decision(Phase::FirstAppraisal).is_none() {
            return Err(SheetRefusal::NotDecided(line.to_owned()));
        }
        let text = cchc_text::nfc(&text).trim().to_owned();
        if !agrees && text.is_empty() {
            return Err(SheetRefusal::NoReason);
        }
        if text.chars().count() > LONGEST {
            return Err(SheetRefusal::TooLong(LONGEST));
        }
        let explained = Explained { agrees, text };
        if self.line(line).explained.as_ref() == Some(&explained) {
            return Ok(Vec::new());
        }
        Ok(vec![SheetEvent::Explained { line: line.to_owned(), explained }])
    }
}

impl LinePoints {
    /// Nothing earned.
    pub(super) fn none() -> Self {
        Self { points: "0".to_owned(), applicable: true }
    }
}
