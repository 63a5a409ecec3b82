//! Rules as versions: the read table `rule_versions`.

use cchc_ledger::rule::{Rule, RuleEvent};
use cchc_ledger::{Context, Envelope, Hash, Moment, StoredEvent, StreamId};
use jiff::civil::Date;

use crate::conn::{Arg, Conn, Row, int};
use crate::error::DbError;
use crate::kept::{FollowUp, Kept};
use crate::store::Store;

/// The job that brings what is made of a rule (units, search) up to date; its payload is the rule's stream.
pub const CHANGED: &str = "rule-changed";

/// A version with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// Kind of rule: `units`.
    pub kind: String,
    /// Name within the kind.
    pub name: String,
    /// Number of the event that brought it.
    pub version: u64,
    /// Hash of the content.
    pub id: Hash,
    /// First day of validity.
    pub valid_from: Option<Date>,
    /// Last day of validity.
    pub valid_to: Option<Date>,
    /// Legal basis or source.
    pub basis: String,
    /// When the system learned it.
    pub known_from: Moment,
    /// When the system learned better.
    pub known_to: Option<Moment>,
    /// The content, in the written form of its kind.
    pub content: String,
}

/// `known_to` of a version that still holds: later than any clock.
const OPEN: i64 = i64::MAX;

/// The stream of a rule.
///
/// # Errors
/// Where kind or name can't stand in the name of a stream.
pub fn stream(kind: &str, name: &str) -> Result<StreamId, DbError> {
    StreamId::new("rule", &format!("{kind}/{name}")).map_err(|error| DbError::Refused(error.to_string()))
}

impl Kept for Rule {
    async fn facts(_: &mut Conn<'_>, _: &StreamId, _: &Self::Command, _: &Context) -> Result<(), DbError> {
        Ok(())
    }

    async fn project(&self, conn: &mut Conn<'_>, stored: &StoredEvent<'_, RuleEvent>, _: &Hash) -> Result<(), DbError> {
        let envelope = stored.envelope;
        let (kind, name) = envelope.stream.key().split_once('/').unwrap_or((envelope.stream.key(), ""));
        let at = envelope.recorded_at.0;
        match stored.event {
            RuleEvent::Withdrawn { id } => close(conn, kind, name, id, at).await,
            RuleEvent::Published { id, content, valid_from, valid_to, basis, replaces } => {
                if let Some(replaced) = replaces {
                    close(conn, kind, name, replaced, at).await?;
                }
                let sql = "INSERT INTO rule_versions (kind, name, version, id, valid_from, valid_to, basis, \
                    known_from, known_to, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
                let (from, to) = (day(*valid_from), day(*valid_to));
                let args = [
                    Arg::Text(kind),
                    Arg::Text(name),
                    Arg::Int(int(envelope.version)),
                    Arg::Bytes(id.as_bytes()),
                    Arg::Text(&from),
                    Arg::Text(&to),
                    Arg::Text(basis),
                    Arg::Int(at),
                    Arg::Int(OPEN),
                    Arg::Bytes(content.as_bytes()),
                ];
                conn.run(sql, &args).await?;
                Ok(())
            }
        }
    }

    fn follow_ups(&self, envelope: &Envelope, _: &RuleEvent) -> Vec<FollowUp> {
        let target = envelope.stream.as_str();
        vec![FollowUp { kind: CHANGED, target: target.to_owned(), payload: target.as_bytes().to_vec() }]
    }
}

async fn close(conn: &mut Conn<'_>, kind: &str, name: &str, id: &Hash, at: i64) -> Result<(), DbError> {
    let sql = "UPDATE rule_versions SET known_to = $4 WHERE kind = $1 AND name = $2 AND id = $3 AND known_to = $5";
    let args = [Arg::Text(kind), Arg::Text(name), Arg::Bytes(id.as_bytes()), Arg::Int(at), Arg::Int(OPEN)];
    conn.run(sql, &args).await?;
    Ok(())
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

impl RuleRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        let date = |column| -> Result<Option<Date>, DbError> {
            let text = row.text(column)?;
            if text.is_empty() {
                return Ok(None);
            }
            text.parse().map(Some).map_err(|_| DbError::Unreadable(format!("ngày {text}")))
        };
        let known_to = row.int(8)?;
        let content =
            String::from_utf8(row.bytes(9)?).map_err(|_| DbError::Unreadable("nội dung quy tắc".to_owned()))?;
        Ok(Self {
            kind: row.text(0)?,
            name: row.text(1)?,
            version: row.count(2)?,
            id: row.hash(3)?,
            valid_from: date(4)?,
            valid_to: date(5)?,
            basis: row.text(6)?,
            known_from: Moment(row.int(7)?),
            known_to: (known_to != OPEN).then_some(Moment(known_to)),
            content,
        })
    }
}

impl Store {
    /// Every version that holds as known at a moment, with content.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn rule_list(&self, known_at: Moment) -> Result<Vec<RuleRow>, DbError> {
        let sql = "SELECT kind, name, version, id, valid_from, valid_to, basis, known_from, known_to, content \
            FROM rule_versions WHERE known_to > $1 AND known_from <= $1 ORDER BY kind, name, version";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Int(known_at.0)]).await?.iter().map(RuleRow::read).collect()
    }

    /// All versions of a rule, in the order in which they became known.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn rule_versions(&self, kind: &str, name: &str) -> Result<Vec<RuleRow>, DbError> {
        let sql = "SELECT kind, name, version, id, valid_from, valid_to, basis, known_from, known_to, content \
            FROM rule_versions WHERE kind = $1 AND name = $2 ORDER BY version";
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Text(kind), Arg::Text(name)]).await?.iter().map(RuleRow::read).collect()
    }

    /// A number that grows whenever a rule changes: how a reader knows that what it holds is old.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn rule_mark(&self) -> Result<u64, DbError> {
        let mut reader = self.reader().await?;
        let sql = "SELECT COUNT(*), COALESCE(MAX(version), 0) FROM rule_versions";
        let row = reader.conn().row(sql, &[]).await?;
        let Some(row) = row else { return Ok(0) };
        Ok(row.count(0)?.saturating_mul(1_000_000).saturating_add(row.count(1)?))
    }
}
