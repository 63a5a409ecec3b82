//! Sheets: the read tables `sheets`, `sheet_lines`, `sheet_parts`, `sheet_phases` and `sheet_points`.

use std::sync::Arc;

use cchc_calendar::DaysOff;
use cchc_index::sheet::Former;
use cchc_index::{Round, Sheet, SheetCommand, SheetEvent, SheetFacts};
use cchc_ledger::{Context, Envelope, Hash, StoredEvent, StreamId};

use crate::append::peek;
use crate::conn::{Arg, Conn, int};
use crate::error::DbError;
use crate::kept::{FollowUp, Kept};
use crate::rounds::{self, Audience, Telling, sets};

mod find;
pub(crate) mod parts;
mod phases;
mod points;

pub use find::{LineRow, SheetRow};
pub use parts::PartRow;
pub use phases::Tallies;
pub use points::{GroupPoints, LineMean};

/// The stream of the sheet of a unit in a round.
///
/// # Errors
/// Where round or unit can't stand in the name of a stream.
pub fn stream(round: &str, unit: &str) -> Result<StreamId, DbError> {
    if round.contains('/') {
        return Err(DbError::Refused(format!("«{round}» không thể là mã đợt")));
    }
    StreamId::new("sheet", &format!("{round}/{unit}")).map_err(|error| DbError::Refused(error.to_string()))
}

/// Round and unit of the stream of a sheet.
fn parts(stream: &StreamId) -> (&str, &str) {
    stream.key().split_once('/').unwrap_or((stream.key(), ""))
}

impl Kept for Sheet {
    async fn facts(
        conn: &mut Conn<'_>,
        stream: &StreamId,
        command: &SheetCommand,
        _: &Context,
    ) -> Result<SheetFacts, DbError> {
        let (id, unit) = parts(stream);
        let round = match rounds::stream(id) {
            Ok(stream) => peek::<Round>(conn, &stream).await?.state,
            Err(_) => Round::default(),
        };
        let group = round.plan.as_ref().and_then(|plan| plan.group_of(unit));
        let set = match group {
            Some(group) => sets::find(conn, &group.set, &group.version).await?,
            None => None,
        };
        let days_off = Arc::new(DaysOff::of(round.days_off.iter().cloned()));
        let former = match command {
            SheetCommand::TakeOver { from } => former(conn, id, &round, from).await?,
            _ => Vec::new(),
        };
        Ok(SheetFacts { round, unit: unit.to_owned(), set, days_off, former })
    }

    /// Phases and deadlines must not move while a line is decided.
    fn relies_on(own: &StreamId, command: &SheetCommand) -> Vec<StreamId> {
        let id = parts(own).0;
        let mut streams: Vec<StreamId> = rounds::stream(id).into_iter().collect();
        if let SheetCommand::TakeOver { from } = command {
            streams.extend(from.iter().filter_map(|unit| stream(id, unit).ok()).filter(|former| former != own));
        }
        streams
    }

    async fn project(
        &self,
        conn: &mut Conn<'_>,
        stored: &StoredEvent<'_, SheetEvent>,
        _: &Hash,
    ) -> Result<(), DbError> {
        put(conn, stored.envelope, self, stored.event).await?;
        phases::put(conn, stored.envelope, self, stored.event).await?;
        // A change by a unit that shares the sheet moves its part as much as handing it over does.
        let unit = match stored.event {
            SheetEvent::Delivered { unit, .. } | SheetEvent::SentBack { unit } => unit,
            _ => &stored.envelope.actor.unit,
        };
        parts::put_part(conn, parts(&stored.envelope.stream), self, unit).await?;
        match stored.event.line() {
            Some(code) => put_line(conn, stored.envelope, self, code).await,
            None => Ok(()),
        }
    }

    /// What waits for somebody else in the unit is told to its people.
    fn follow_ups(&self, envelope: &Envelope, event: &SheetEvent) -> Vec<FollowUp> {
        let (round, unit) = parts(&envelope.stream);
        if let Some(telling) = part_told(&envelope.stream, envelope, event) {
            return telling.job(envelope.stream.as_str()).into_iter().collect();
        }
        let (kind, title, text, page) = match event {
            SheetEvent::Proposed => ("proposed", "Phiếu tự chấm điểm chờ thủ trưởng nộp.".to_owned(), "", "/nop"),
            SheetEvent::Returned => {
                ("returned", "Phiếu tự chấm điểm được trả lại.".to_owned(), envelope.reason.as_str(), "")
            }
            SheetEvent::AskedBack { line, question, .. } => {
                ("asked-back", format!("Cơ quan thẩm định hỏi lại dòng {line}."), question.as_str(), "?loc=hoi-lai")
            }
            _ => return Vec::new(),
        };
        let telling = Telling {
            to: Audience::Unit(unit.to_owned()),
            kind: kind.to_owned(),
            title,
            text: text.to_owned(),
            link: format!("/dot-cham/{round}/phieu/{unit}{page}"),
        };
        telling.job(envelope.stream.as_str()).into_iter().collect()
    }
}

/// What whoever gathers, or the unit whose part it is, is told of a part.
fn part_told(stream: &StreamId, envelope: &Envelope, event: &SheetEvent) -> Option<Telling> {
    let (round, scored) = parts(stream);
    let link = format!("/dot-cham/{round}/phieu/{scored}/phan-viec");
    match event {
        SheetEvent::Delivered { .. } => Some(Telling {
            to: Audience::Organiser(round.to_owned()),
            kind: "delivered".to_owned(),
            title: "Một đơn vị vừa giao phần việc trong phiếu.".to_owned(),
            text: String::new(),
            link,
        }),
        SheetEvent::SentBack { unit } => Some(Telling {
            to: Audience::Unit(unit.clone()),
            kind: "sent-back".to_owned(),
            title: "Phần việc trong phiếu được trả lại.".to_owned(),
            text: envelope.reason.clone(),
            link,
        }),
        _ => None,
    }
}

/// The sheets of the units that a unit was made of, as the last merger of them has it.
async fn former(conn: &mut Conn<'_>, id: &str, round: &Round, from: &[String]) -> Result<Vec<Former>, DbError> {
    let mut found = Vec::new();
    for unit in from {
        let mut mergers = round.mergers.iter().rev().flat_map(|merger| &merger.from);
        let Some(was) = mergers.find(|was| was.code == *unit) else { continue };
        let group = round.plan.as_ref().and_then(|plan| plan.group(&was.group));
        let set = match group {
            Some(group) => sets::find(conn, &group.set, &group.version).await?,
            None => None,
        };
        let sheet = match stream(id, unit) {
            Ok(stream) => peek::<Sheet>(conn, &stream).await?.state,
            Err(_) => Sheet::default(),
        };
        found.push(Former { unit: unit.clone(), name: was.name.clone(), sheet, set });
    }
    Ok(found)
}

async fn put(conn: &mut Conn<'_>, envelope: &Envelope, sheet: &Sheet, event: &SheetEvent) -> Result<(), DbError> {
    let (round, unit) = parts(&envelope.stream);
    let count = |test: &dyn Fn(&cchc_index::sheet::Line) -> bool| {
        Arg::Int(int(u64::try_from(sheet.lines.values().filter(|line| test(line)).count()).unwrap_or(u64::MAX)))
    };
    let last = sheet.submissions.last();
    let dated = last.map(|last| last.dated.to_string()).unwrap_or_default();
    let at = Arg::Int(envelope.recorded_at.0);
    let submitted = if matches!(event, SheetEvent::Submitted { .. }) { at } else { Arg::Int(0) };
    let args = [
        Arg::Text(round),
        Arg::Text(unit),
        Arg::Text(sheet.standing.code()),
        count(&|line| !line.answer.is_empty()),
        count(&|line| line.asked.as_ref().is_some_and(|asked| !asked.answered)),
        count(&|line| !line.decisions.is_empty()),
        Arg::Text(last.map_or("", |last| last.number.as_str())),
        Arg::Text(&dated),
        submitted,
        at,
    ];
    // The moment at which it was handed in stays until it is handed in again.
    let sql = "INSERT INTO sheets (round, unit, standing, filled, asked, decided, number, dated, submitted_at, \
        changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT (round, unit) DO UPDATE SET standing = excluded.standing, filled = excluded.filled, \
        asked = excluded.asked, decided = excluded.decided, number = excluded.number, dated = excluded.dated, \
        submitted_at = CASE WHEN excluded.submitted_at = 0 THEN sheets.submitted_at ELSE excluded.submitted_at END, \
        changed_at = excluded.changed_at";
    conn.run(sql, &args).await.map(|_| ())
}

async fn put_line(conn: &mut Conn<'_>, envelope: &Envelope, sheet: &Sheet, code: &str) -> Result<(), DbError> {
    let Some(line) = sheet.lines.get(code) else { return Ok(()) };
    let (round, unit) = parts(&envelope.stream);
    let json = serde_json::to_vec(line).map_err(|error| DbError::Unreadable(error.to_string()))?;
    let args = [Arg::Text(round), Arg::Text(code), Arg::Text(unit), Arg::Bytes(&json)];
    let sql = "INSERT INTO sheet_lines (round, criterion, unit, line) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (round, criterion, unit) DO UPDATE SET line = excluded.line";
    conn.run(sql, &args).await?;
    points::put(conn, (round, unit), code, line).await
}
