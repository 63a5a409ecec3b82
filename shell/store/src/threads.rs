//! Questions about criteria: the read table `thread_questions`.

use std::collections::BTreeMap;

use cchc_index::thread::Question;
use cchc_index::{Round, Thread, ThreadCommand, ThreadEvent, ThreadFacts};
use cchc_ledger::{Context, Envelope, Hash, Moment, StoredEvent, StreamId};

use crate::append::peek;
use crate::conn::{Arg, Conn, Row};
use crate::error::DbError;
use crate::kept::{FollowUp, Kept};
use crate::people::{NOTIFY, Notice};
use crate::rounds::{self, Audience, Telling, sets};
use crate::store::Store;

/// A question in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRow {
    /// Code of the criterion.
    pub criterion: String,
    /// Its number in the thread of the criterion, from 1.
    pub number: u32,
    /// By whose set it is asked: code of the group.
    pub group: String,
    /// Code of the unit that asks.
    pub unit: String,
    /// What is asked.
    pub question: String,
    /// When.
    pub asked_at: Moment,
    /// What was answered; `None`: not yet.
    pub answer: Option<AnswerRow>,
}

/// An answer in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// What was answered last.
    pub text: String,
    /// When it was answered, or corrected last.
    pub at: Moment,
    /// How often it was corrected.
    pub corrections: u32,
}

/// What stands beside a line of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadRow {
    /// How many questions there are.
    pub questions: u32,
    /// How many of them wait for an answer.
    pub open: u32,
    /// The question that was answered last; where none was, the one that was asked last.
    pub latest: QuestionRow,
}

/// The stream of a thread.
///
/// # Errors
/// Where round or criterion can't stand in the name of a stream.
pub fn stream(round: &str, criterion: &str) -> Result<StreamId, DbError> {
    if round.contains('/') || criterion.contains('/') {
        return Err(DbError::Refused(format!("«{round}/{criterion}» không thể là mã tiêu chí của một đợt")));
    }
    StreamId::new("thread", &format!("{round}/{criterion}")).map_err(|error| DbError::Refused(error.to_string()))
}

/// Round and criterion of the stream of a thread.
fn parts(stream: &StreamId) -> (&str, &str) {
    stream.key().split_once('/').unwrap_or((stream.key(), ""))
}

/// The page of a thread.
fn link(stream: &StreamId) -> String {
    let (round, criterion) = parts(stream);
    format!("/dot-cham/{round}/hoi-dap/{criterion}")
}

impl Kept for Thread {
    async fn facts(
        conn: &mut Conn<'_>,
        stream: &StreamId,
        _: &ThreadCommand,
        _: &Context,
    ) -> Result<ThreadFacts, DbError> {
        let (id, criterion) = parts(stream);
        let round = match rounds::stream(id) {
            Ok(stream) => peek::<Round>(conn, &stream).await?.state,
            Err(_) => Round::default(),
        };
        let mut found = BTreeMap::new();
        for group in round.plan.iter().flat_map(|plan| &plan.groups) {
            if let Some(set) = sets::find(conn, &group.set, &group.version).await? {
                found.insert(group.code.clone(), set);
            }
        }
        Ok(ThreadFacts { round, sets: found, criterion: criterion.to_owned() })
    }

    fn relies_on(stream: &StreamId, _: &ThreadCommand) -> Vec<StreamId> {
        rounds::stream(parts(stream).0).into_iter().collect()
    }

    async fn project(
        &self,
        conn: &mut Conn<'_>,
        stored: &StoredEvent<'_, ThreadEvent>,
        _: &Hash,
    ) -> Result<(), DbError> {
        let number = match stored.event {
            ThreadEvent::Asked { .. } => u32::try_from(self.questions.len()).unwrap_or(u32::MAX),
            ThreadEvent::Answered { question, .. } => *question,
        };
        match self.question(number) {
            Some(question) => put(conn, &stored.envelope.stream, number, question).await,
            None => Ok(()),
        }
    }

    fn follow_ups(&self, envelope: &Envelope, event: &ThreadEvent) -> Vec<FollowUp> {
        let (round, criterion) = parts(&envelope.stream);
        match event {
            ThreadEvent::Asked { text, .. } => {
                let telling = Telling {
                    to: Audience::Organiser(round.to_owned()),
                    kind: "asked".to_owned(),
                    title: format!("Có câu hỏi mới về tiêu chí {criterion}."),
                    text: text.clone(),
                    link: link(&envelope.stream),
                };
                telling.job(envelope.stream.as_str()).into_iter().collect()
            }
            ThreadEvent::Answered { question, .. } => {
                let Some(question) = self.question(*question) else { return Vec::new() };
                let notice = Notice {
                    to: question.person.clone(),
                    kind: "answered".to_owned(),
                    text: format!("Câu hỏi của bạn về tiêu chí {criterion} đã được trả lời."),
                    link: link(&envelope.stream),
                };
                let target = notice.to.as_str().to_owned();
                let payload = serde_json::to_vec(&notice).ok();
                payload.map(|payload| FollowUp { kind: NOTIFY, target, payload }).into_iter().collect()
            }
        }
    }
}

async fn put(conn: &mut Conn<'_>, stream: &StreamId, number: u32, question: &Question) -> Result<(), DbError> {
    let (round, criterion) = parts(stream);
    let answer = question.answer.as_ref();
    let args = [
        Arg::Text(round),
        Arg::Text(criterion),
        Arg::Int(i64::from(number)),
        Arg::Text(&question.group),
        Arg::Text(&question.unit),
        Arg::Text(question.person.as_str()),
        Arg::Text(&question.text),
        Arg::Int(question.at.0),
        Arg::Text(answer.map_or("", |answer| answer.text.as_str())),
        Arg::Int(answer.map_or(0, |answer| answer.at.0)),
        Arg::Int(answer.map_or(0, |answer| i64::from(answer.corrections))),
    ];
    let sql = "INSERT INTO thread_questions (round, criterion, number, group_code, unit, person, question, asked_at, \
        answer, answered_at, corrections) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
        ON CONFLICT (round, criterion, number) DO UPDATE SET answer = excluded.answer, \
        answered_at = excluded.answered_at, corrections = excluded.corrections";
    conn.run(sql, &args).await.map(|_| ())
}

impl QuestionRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        let (text, at) = (row.text(6)?, Moment(row.int(7)?));
        let corrections = u32::try_from(row.int(8)?).unwrap_or_default();
        Ok(Self {
            criterion: row.text(0)?,
            number: u32::try_from(row.int(1)?).unwrap_or_default(),
            group: row.text(2)?,
            unit: row.text(3)?,
            question: row.text(4)?,
            asked_at: Moment(row.int(5)?),
            answer: (!text.is_empty()).then_some(AnswerRow { text, at, corrections }),
        })
    }
}

impl Store {
    /// Every question about the criteria of a round, the newest first; a round has some hundreds.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn thread_list(&self, round: &str) -> Result<Vec<QuestionRow>, DbError> {
        let sql = "SELECT criterion, number, group_code, unit, question, asked_at, answer, answered_at, corrections \
            FROM thread_questions WHERE round = $1 ORDER BY asked_at DESC, criterion, number DESC";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Text(round)]).await?.iter().map(QuestionRow::read).collect()
    }

    /// What stands beside the lines of a sheet: by code of the group and of the criterion.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn thread_answers(&self, round: &str) -> Result<BTreeMap<(String, String), ThreadRow>, DbError> {
        let mut found: BTreeMap<(String, String), ThreadRow> = BTreeMap::new();
        for row in self.thread_list(round).await? {
            let open = u32::from(row.answer.is_none());
            match found.get_mut(&(row.group.clone(), row.criterion.clone())) {
                None => {
                    let key = (row.group.clone(), row.criterion.clone());
                    found.insert(key, ThreadRow { questions: 1, open, latest: row });
                }
                Some(known) => {
                    known.questions = known.questions.saturating_add(1);
                    known.open = known.open.saturating_add(open);
                    let at = |row: &QuestionRow| row.answer.as_ref().map(|answer| answer.at);
                    if at(&row) > at(&known.latest) {
                        known.latest = row;
                    }
                }
            }
        }
        Ok(found)
    }
}
