//! What a body outside this system decides and asks, recorded with the document that says it.
//!
//! Recording is not appraising. Who appraises decides here, in his own name, for the agency that the plan names,
//! and never of his own unit. Who records decides nothing: he copies what a document of the body outside says,
//! and the line names that body, the document's number and its date. So the province's own people may enter what
//! the ministry gave the province, and the rule that nobody appraises his own unit stands: in such a round nobody
//! here can appraise at all.

use cchc_ledger::Context;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Sheet, SheetEvent, SheetFacts, SheetRefusal, SheetStanding, Verdict};
use crate::round::Phase;

/// The document of a body outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Number and symbol: `512/BNV-CCHC`.
    pub number: String,
    /// Its date.
    pub dated: Date,
}

/// What says that something was decided or asked outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The body, as the plan calls it: `Bộ Nội vụ`.
    pub by: String,
    /// The document that says it.
    pub document: Document,
}

impl Document {
    fn check(&self, context: &Context) -> Result<(), SheetRefusal> {
        if self.number.trim().is_empty() || self.number.chars().count() > 200 {
            return Err(SheetRefusal::NoDocumentNumber);
        }
        if self.dated > context.recorded_at.date() { Err(SheetRefusal::FutureDocument) } else { Ok(()) }
    }
}

impl Sheet {
    /// Whether something said outside can be recorded of the sheet now, in which phase, and who said it.
    fn may_record(
        &self,
        document: Document,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<(Phase, Recorded), SheetRefusal> {
        let plan = facts.round.plan.as_ref().ok_or(SheetRefusal::NotScored)?;
        let by = plan.outside.clone().ok_or(SheetRefusal::AppraisedHere)?;
        let phase = facts.deciding(context.happened().date())?;
        if self.standing != SheetStanding::Submitted {
            return Err(SheetRefusal::NotSubmitted);
        }
        document.check(context)?;
        let number = cchc_text::nfc(&document.number).trim().to_owned();
        Ok((phase, Recorded { by, document: Document { number, ..document } }))
    }

    /// What was decided of a line.
    pub(super) fn record(
        &self,
        line: &str,
        (verdict, reason): (Verdict, String),
        document: Document,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let (phase, recorded) = self.may_record(document, facts, context)?;
        self.applies(line, facts)?;
        let (answer, points, reason) = self.decided(line, verdict, &reason, phase, facts)?;
        let now = self.line(line);
        let same = now.decisions.iter().find(|known| known.phase == phase);
        let is_same = same.is_some_and(|known| {
            known.answer == answer && known.reason == reason && known.recorded.as_ref() == Some(&recorded)
        });
        if is_same {
            return Ok(Vec::new());
        }
        let (line, recorded) = (line.to_owned(), Some(recorded));
        Ok(vec![SheetEvent::Appraised { line, phase, answer, points, reason, recorded }])
    }

    /// What was asked about a line, which may then be changed.
    pub(super) fn record_question(
        &self,
        line: &str,
        (question, until): (String, Date),
        document: Document,
        facts: &SheetFacts,
        context: &Context,
    ) -> Result<Vec<SheetEvent>, SheetRefusal> {
        let (_, recorded) = self.may_record(document, facts, context)?;
        self.applies(line, facts)?;
        self.asked_back(line, question, until, Some(recorded), context)
    }
}
