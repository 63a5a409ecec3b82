//! Questions about a criterion in a round and their answers, which all units see.
//!
//! Stream `thread/<round>/<criterion>`. A code may stand in the sets of several groups and mean another thing in
//! each: a question names its group.

use std::collections::BTreeMap;
use std::sync::Arc;

use cchc_ledger::{Aggregate, Context, Event, Moment, PersonId, StoredEvent};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::round::{Round, Standing};
use crate::set::CriteriaSet;

/// Longest question or answer, in characters.
const LONGEST: usize = 4000;

/// The questions about a criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The questions, oldest first; a question's number is its place here, from 1.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// By whose set it is asked: code of the group.
    pub group: String,
    /// What is asked.
    pub text: String,
    /// Who asked, to be told of the answer.
    pub person: PersonId,
    /// Code of the unit for which he asked.
    pub unit: String,
    /// When.
    pub at: Moment,
    /// What was answered last.
    pub answer: Option<Answer>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What was answered.
    pub text: String,
    /// When it was answered, or corrected last.
    pub at: Moment,
    /// How often it was corrected; what it said before stays in the ledger.
    pub corrections: u32,
}

/// What can be asked of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThreadCommand {
    /// Asks.
    Ask {
        /// By whose set: code of the group.
        group: String,
        /// What.
        text: String,
    },
    /// Answers, or corrects the answer.
    Answer {
        /// Number of the question, from 1.
        question: u32,
        /// The answer.
        text: String,
    },
}

/// What can happen to a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThreadEvent {
    /// A question was asked.
    Asked {
        /// By whose set: code of the group.
        group: String,
        /// What.
        text: String,
    },
    /// It was answered, or the answer corrected.
    Answered {
        /// Number of the question, from 1.
        question: u32,
        /// The answer.
        text: String,
    },
}

/// What a thread must know: its round, the sets of the groups, its criterion.
#[derive(Debug, Clone, Default)]
pub struct ThreadFacts {
    /// The round.
    pub round: Round,
    /// The sets that can be read, by code of the group.
    pub sets: BTreeMap<String, Arc<CriteriaSet>>,
    /// Code of the criterion.
    pub criterion: String,
}

/// Why a thread refuses; the text is for the user.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ThreadRefusal {
    /// The round is planned still, or over.
    #[error("chỉ hỏi được khi đợt đang chạy")]
    NotRunning,
    /// The set of the group has no such criterion.
    #[error("bộ tiêu chí của nhóm {group} không có tiêu chí {criterion}")]
    UnknownCriterion {
        /// The group.
        group: String,
        /// The criterion.
        criterion: String,
    },
    /// Nothing was said.
    #[error("chưa ghi nội dung")]
    Empty,
    /// Too much was said.
    #[error("nội dung dài quá {0} ký tự")]
    TooLong(usize),
    /// There is no such question.
    #[error("không có câu hỏi số {0}")]
    UnknownQuestion(u32),
}

impl Thread {
    /// The question of a number.
    #[must_use]
    pub fn question(&self, number: u32) -> Option<&Question> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.questions.get(index)
    }
}

impl Event for ThreadEvent {
    const VERSION: u16 = 1;

    fn name(&self) -> &'static str {
        match self {
            Self::Asked { .. } => "asked",
            Self::Answered { .. } => "answered",
        }
    }
}

impl Aggregate for Thread {
    const KIND: &'static str = "thread";
    const STATE_VERSION: u16 = 1;
    type Command = ThreadCommand;
    type Event = ThreadEvent;
    type Facts = ThreadFacts;
    type Refusal = ThreadRefusal;

    fn decide(
        &self,
        command: ThreadCommand,
        facts: &ThreadFacts,
        _: &Context,
    ) -> Result<Vec<ThreadEvent>, ThreadRefusal> {
        match command {
            ThreadCommand::Ask { group, text } => {
                if !matches!(facts.round.standing, Standing::Running(_)) {
                    return Err(ThreadRefusal::NotRunning);
                }
                let criterion = facts.criterion.clone();
                if facts.sets.get(&group).is_none_or(|set| set.find(&criterion).is_none()) {
                    return Err(ThreadRefusal::UnknownCriterion { group, criterion });
                }
                Ok(vec![ThreadEvent::Asked { group, text: said(&text)? }])
            }
            ThreadCommand::Answer { question, text } => {
                let known = self.question(question).ok_or(ThreadRefusal::UnknownQuestion(question))?;
                let text = said(&text)?;
                if known.answer.as_ref().is_some_and(|answer| answer.text == text) {
                    return Ok(Vec::new());
                }
                Ok(vec![ThreadEvent::Answered { question, text }])
            }
        }
    }

    fn apply(&mut self, stored: &StoredEvent<'_, ThreadEvent>) {
        let (actor, at) = (&stored.envelope.actor, stored.envelope.recorded_at);
        match stored.event {
            ThreadEvent::Asked { group, text } => self.questions.push(Question {
                group: group.clone(),
                text: text.clone(),
                person: PersonId::from(actor.person.as_str()),
                unit: actor.unit.clone(),
                at,
                answer: None,
            }),
            ThreadEvent::Answered { question, text } => {
                let index = usize::try_from(*question).ok().and_then(|number| number.checked_sub(1));
                if let Some(known) = index.and_then(|index| self.questions.get_mut(index)) {
                    let corrections = known.answer.as_ref().map_or(0, |answer| answer.corrections.saturating_add(1));
                    known.answer = Some(Answer { text: text.clone(), at, corrections });
                }
            }
        }
    }
}

/// A text as it is kept.
fn said(text: &str) -> Result<String, ThreadRefusal> {
    let text = cchc_text::nfc(text).trim().to_owned();
    if text.is_empty() {
        return Err(ThreadRefusal::Empty);
    }
    if text.chars().count() > LONGEST { Err(ThreadRefusal::TooLong(LONGEST)) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::round::testing::{Told, context, envelope, set};

    fn ask(thread: &mut Thread, round: &Round, command: ThreadCommand) -> Result<usize, ThreadRefusal> {
        let sets = BTreeMap::from([("so".to_owned(), set())]);
        let facts = ThreadFacts { round: round.clone(), sets, criterion: "2.1".to_owned() };
        let mut context = context(date(2023, 1, 4), "");
        context.actor.unit = "STC".into();
        let events = thread.decide(command, &facts, &context)?;
        for event in &events {
            thread.apply(&StoredEvent { envelope: &envelope("thread/r/2.1", 1, &context), event });
        }
        Ok(events.len())
    }

    fn question(group: &str, text: &str) -> ThreadCommand {
        ThreadCommand::Ask { group: group.into(), text: text.into() }
    }

    fn answer(question: u32, text: &str) -> ThreadCommand {
        ThreadCommand::Answer { question, text: text.into() }
    }

    #[test]
    fn a_question_is_answered_and_the_answer_may_be_corrected() {
        let (mut thread, round) = (Thread::default(), Told::opened().round);
        assert_eq!(ask(&mut thread, &round, question("so", " Ti\u{301}nh thế nào? ")), Ok(1));
        assert_eq!((thread.questions[0].text.as_str(), thread.questions[0].unit.as_str()), ("Tính thế nào?", "STC"));
        assert_eq!(ask(&mut thread, &round, answer(2, "x")), Err(ThreadRefusal::UnknownQuestion(2)));
        assert_eq!(ask(&mut thread, &round, answer(1, "Mỗi văn bản 2 điểm")), Ok(1));
        assert_eq!(ask(&mut thread, &round, answer(1, "Mỗi văn bản 2 điểm")), Ok(0));
        assert_eq!(ask(&mut thread, &round, answer(1, "Mỗi văn bản 2 điểm, tối đa 6")), Ok(1));
        assert_eq!(thread.questions[0].answer.as_ref().unwrap().corrections, 1);
    }

    #[test]
    fn only_a_running_round_and_a_known_criterion_are_asked_about() {
        let (mut thread, round) = (Thread::default(), Told::opened().round);
        assert_eq!(ask(&mut thread, &Round::default(), question("so", "x")), Err(ThreadRefusal::NotRunning));
        assert!(matches!(ask(&mut thread, &round, question("xa", "x")), Err(ThreadRefusal::UnknownCriterion { .. })));
        assert_eq!(ask(&mut thread, &round, question("so", " ")), Err(ThreadRefusal::Empty));
    }
}
