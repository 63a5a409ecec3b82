//! The sheet (phiếu chấm điểm) of one unit in one round: what it says of itself, proves and explains, and what
//! agencies and the council decide, line by line, each with its reason.
//!
//! Stream `sheet/<round>/<unit>`. Conflicts are per line: whoever changes a line says which version he saw.

mod appraising;
mod command;
mod event;
mod evidence;
mod facts;
mod filling;
mod line;
mod merging;
mod points;
mod recording;
mod refusal;
mod sharing;
mod standing;
mod submitting;
mod tally;

use std::collections::BTreeMap;

use cchc_ledger::{Aggregate, Context, StoredEvent};
use serde::{Deserialize, Serialize};

pub use command::{SheetCommand, Verdict};
pub use event::SheetEvent;
pub use evidence::{Evidence, Proof, is_secret};
pub use facts::SheetFacts;
pub use line::{Asked, Counted, Decision, Explained, Line};
pub use merging::{Carried, Former, Origin, Taken};
pub use points::{LinePoints, Step, input};
pub use recording::{Document, Recorded};
pub use refusal::SheetRefusal;
pub use sharing::{Delivery, Missing};
pub use standing::{Progress, SheetStanding, Submission};
pub use tally::Tally;

/// The sheet of a unit in a round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its lines, by code of the criterion; a line without anything is not there.
    pub lines: BTreeMap<String, Line>,
    /// How far it is.
    pub standing: SheetStanding,
    /// When and how it was handed in, oldest first.
    pub submissions: Vec<Submission>,
    /// How far the parts of the units are that share it, by code of the unit.
    #[serde(default)]
    pub deliveries: BTreeMap<String, Delivery>,
}

impl Sheet {
    /// A line; an empty one where nothing was said yet.
    #[must_use]
    pub fn line(&self, code: &str) -> std::borrow::Cow<'_, Line> {
        match self.lines.get(code) {
            Some(line) => std::borrow::Cow::Borrowed(line),
            None => std::borrow::Cow::Owned(Line::default()),
        }
    }
}

/// Many lines in one act: all, or none where one can't be taken; what is wrong is said of each.
fn all<A>(
    lines: impl IntoIterator<Item = (String, A)>,
    act: impl Fn(&str, A) -> Result<Vec<SheetEvent>, SheetRefusal>,
) -> Result<Vec<SheetEvent>, SheetRefusal> {
    let (mut events, mut wrong) = (Vec::new(), Vec::new());
    for (line, what) in lines {
        match act(&line, what) {
            Ok(done) => events.extend(done),
            Err(refusal) => wrong.push((line, Box::new(refusal))),
        }
    }
    if wrong.is_empty() { Ok(events) } else { Err(SheetRefusal::Lines(wrong)) }
}

impl Aggregate for Sheet {
    const KIND: &'static str = "sheet";
    const STATE_VERSION: u16 = 4;
    type Command = SheetCommand;
    type Event = SheetEvent;
    type Facts = SheetFacts;
    type Refusal = SheetRefusal;

    fn decide(
        &self,
        command: SheetCommand,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        use SheetCommand as C;
        match command {
            C::Fill { line, answer, seen } => self.fill(&line, answer, seen, facts, context),
            C::FillMany { lines } => {
                let lines = lines.into_iter().map(|(line, text, seen)| (line, (text, seen)));
                all(lines, |line, (text, seen)| self.fill(line, text, seen, facts, context))
            }
            C::Note { line, text } => self.note(&line, text, facts, context),
            C::Attach { line, evidence } => self.attach(&line, evidence, facts, context),
            C::AttachMany { lines } => all(lines, |line, evidence| self.attach(line, evidence, facts, context)),
            C::Detach { line, evidence } => self.detach(&line, &evidence, facts, context),
            C::Count { line, answer, source } => self.count(&line, answer, source, facts),
            C::CountMany { lines, source } => {
                all(lines, |line, answer| self.count(line, answer, source.clone(), facts))
            }
            C::TakeOver { from } => self.take_over(&from, facts),
            C::Deliver { unit } => self.deliver(unit, facts, context),
            C::SendBack { unit } => self.send_back(unit, facts, context),
            C::Propose => self.propose(facts, context),
            C::Return => self.return_back(facts, context),
            C::Submit { submission } => self.submit(submission, facts, context),
            C::Appraise { line, verdict } => self.appraise(&line, verdict, facts, context),
            C::AppraiseMany { lines } => all(lines, |line, verdict| self.appraise(line, verdict, facts, context)),
            C::AppraiseSeen { lines } => {
                let lines = lines.into_iter().map(|(line, verdict, mark)| (line, (verdict, mark)));
                all(lines, |line, (verdict, mark)| self.appraise_seen(line, verdict, &mark, facts, context))
            }
            C::AskBack { line, question, until } => self.ask_back(&line, question, until, facts, context),
            C::Record { lines, document } => {
                let lines = lines.into_iter().map(|(line, verdict, reason)| (line, (verdict, reason)));
                all(lines, |line, said| self.record(line, said, document.clone(), facts, context))
            }
            C::RecordQuestion { line, question, until, document } => {
                self.record_question(&line, (question, until), document, facts, context)
            }
            C::Explain { line, agrees, text } => self.explain(&line, agrees, text, facts, context),
            C::Give { line, answer, source } => self.give(&line, answer, source, facts, context),
            C::GiveMany { lines, source } => {
                all(lines, |line, answer| self.give(line, answer, source.clone(), facts, context))
            }
        }
    }

    fn apply(&mut self, stored: &StoredEvent<'_, SheetEvent>) {
        let at = stored.envelope.recorded_at;
        if let Some(code) = stored.event.line() {
            let line = self.lines.entry(code.to_owned()).or_default();
            line.apply(stored.event, &stored.envelope.actor.unit, at);
        }
        sharing::apply(&mut self.deliveries, self.standing, stored.event, stored.envelope);
        self.standing.apply(stored.event);
        if let SheetEvent::Submitted { submission, .. } = stored.event {
            self.submissions.push(submission.clone());
        }
    }
}

#[cfg(test)]
mod tests;
