//! Rules are versions: criteria sets, days off, units. A version's id is the hash of its content.
//!
//! Every version has the days on which it is valid and the moments at which the system knew it, so
//! that yesterday's answer can be computed again with what was known yesterday.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Aggregate, Context, Event, Hash, Moment, StoredEvent};

/// A named rule, through all its versions: stream `rule/<kind>/<name>`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The versions in the order in which they became known.
    pub versions: Vec<RuleVersion>,
}

/// A version of a rule, without its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleVersion {
    /// Hash of the content.
    pub id: Hash,
    /// First day on which it is valid; `None`: since ever.
    pub valid_from: Option<Date>,
    /// Last day on which it is valid; `None`: until further notice.
    pub valid_to: Option<Date>,
    /// Legal basis, as written.
    pub basis: String,
    /// When the system learned it.
    pub known_from: Moment,
    /// When the system learned better; `None`: it still holds.
    pub known_to: Option<Moment>,
}

/// What can be asked of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleCommand {
    /// A new version.
    Publish {
        /// Its content, in the written form of its kind.
        content: String,
        /// First day on which it is valid.
        valid_from: Option<Date>,
        /// Last day on which it is valid.
        valid_to: Option<Date>,
        /// Legal basis, or the source.
        basis: String,
        /// The version that it replaces, as the author saw it; `None`: beside the others.
        replaces: Option<Hash>,
    },
    /// The version never applied; what was computed with it stays explained.
    Withdraw {
        /// Which.
        id: Hash,
    },
}

/// What happened to a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleEvent {
    /// A version became known.
    Published {
        /// Hash of the content.
        id: Hash,
        /// The content.
        content: String,
        /// First day on which it is valid.
        valid_from: Option<Date>,
        /// Last day on which it is valid.
        valid_to: Option<Date>,
        /// Legal basis.
        basis: String,
        /// The version that it replaces.
        replaces: Option<Hash>,
    },
    /// A version was withdrawn.
    Withdrawn {
        /// Which.
        id: Hash,
    },
}

/// Why a version was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RuleRefusal {
    /// Nothing is in it.
    #[error("nội dung trống")]
    Empty,
    /// The author saw another version.
    #[error("bản đang có hiệu lực đã thay đổi kể từ khi bạn mở; hãy xem lại khác biệt rồi áp dụng lại")]
    Stale,
    /// There is no such version, or it no longer holds.
    #[error("không có bản {0} đang được dùng")]
    Unknown(Hash),
    /// It ends before it begins.
    #[error("ngày hết hiệu lực {to} trước ngày có hiệu lực {from}")]
    Backwards {
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    },
}

impl RuleVersion {
    /// Whether it is what the system, at that moment, held to be valid on that day.
    #[must_use]
    pub fn holds(&self, valid_on: Date, known_at: Moment) -> bool {
        self.known(known_at)
            && self.valid_from.is_none_or(|from| from <= valid_on)
            && self.valid_to.is_none_or(|to| valid_on <= to)
    }

    /// Whether the system held to it at that moment.
    #[must_use]
    pub fn known(&self, at: Moment) -> bool {
        self.known_from <= at && self.known_to.is_none_or(|to| at < to)
    }
}

impl Rule {
    /// The version valid on a day as known at a moment; the latest known where several hold.
    #[must_use]
    pub fn as_of(&self, valid_on: Date, known_at: Moment) -> Option<&RuleVersion> {
        self.versions.iter().rev().find(|version| version.holds(valid_on, known_at))
    }

    fn open(&self, id: &Hash) -> Option<&RuleVersion> {
        self.versions.iter().rev().find(|version| version.id == *id && version.known_to.is_none())
    }

    fn close(&mut self, id: &Hash, at: Moment) {
        let open = self.versions.iter_mut().filter(|version| version.id == *id && version.known_to.is_none());
        open.for_each(|version| version.known_to = Some(at));
    }
}

impl Aggregate for Rule {
    const KIND: &'static str = "rule";
    const STATE_VERSION: u16 = 1;
    type Command = RuleCommand;
    type Event = RuleEvent;
    type Facts = ();
    type Refusal = RuleRefusal;

    fn decide(&self, command: RuleCommand, (): &(), _: &Context) -> Result<Vec<RuleEvent>, RuleRefusal> {
        match command {
            RuleCommand::Publish { content, valid_from, valid_to, basis, replaces } => {
                if content.trim().is_empty() {
                    return Err(RuleRefusal::Empty);
                }
                if let (Some(from), Some(to)) = (valid_from, valid_to)
                    && to < from
                {
                    return Err(RuleRefusal::Backwards { from, to });
                }
                let id = Hash::of(content.as_bytes());
                if replaces.is_some_and(|replaced| self.open(&replaced).is_none()) {
                    return Err(RuleRefusal::Stale);
                }
                let same = |version: &RuleVersion| {
                    version.valid_from == valid_from && version.valid_to == valid_to && version.basis == basis
                };
                if self.open(&id).is_some_and(same) && replaces.is_none_or(|replaced| replaced == id) {
                    return Ok(Vec::new());
                }
                if replaces.is_none() && self.versions.iter().any(|version| overlaps(version, valid_from, valid_to)) {
                    return Err(RuleRefusal::Stale);
                }
                Ok(vec![RuleEvent::Published { id, content, valid_from, valid_to, basis, replaces }])
            }
            RuleCommand::Withdraw { id } if self.open(&id).is_none() => Err(RuleRefusal::Unknown(id)),
            RuleCommand::Withdraw { id } => Ok(vec![RuleEvent::Withdrawn { id }]),
        }
    }

    fn apply(&mut self, stored: &StoredEvent<'_, RuleEvent>) {
        let at = stored.envelope.recorded_at;
        match stored.event {
            RuleEvent::Published { id, valid_from, valid_to, basis, replaces, .. } => {
                if let Some(replaced) = replaces {
                    self.close(replaced, at);
                }
                self.versions.push(RuleVersion {
                    id: *id,
                    valid_from: *valid_from,
                    valid_to: *valid_to,
                    basis: basis.clone(),
                    known_from: at,
                    known_to: None,
                });
            }
            RuleEvent::Withdrawn { id } => self.close(id, at),
        }
    }
}

/// Whether an open version is valid on some day of that period.
fn overlaps(version: &RuleVersion, from: Option<Date>, to: Option<Date>) -> bool {
    let starts_before_its_end = version.valid_to.is_none_or(|end| from.is_none_or(|from| from <= end));
    let ends_after_its_start = version.valid_from.is_none_or(|start| to.is_none_or(|to| start <= to));
    version.known_to.is_none() && starts_before_its_end && ends_after_its_start
}

impl Event for RuleEvent {
    const VERSION: u16 = 1;

    fn name(&self) -> &'static str {
        match self {
            Self::Published { .. } => "published",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{Actor, Envelope, RequestId};

    fn publish(content: &str, replaces: Option<Hash>) -> RuleCommand {
        let basis = "106/NQ-HĐND".to_owned();
        RuleCommand::Publish { content: content.to_owned(), valid_from: None, valid_to: None, basis, replaces }
    }

    fn given(rule: &mut Rule, at: i64, command: RuleCommand) -> Result<usize, RuleRefusal> {
        let context = Context::new(Actor::system(), RequestId::from("r"));
        let events = rule.decide(command, &(), &context)?;
        for event in &events {
            let envelope = Envelope {
                stream: "rule/units/vp".parse().unwrap(),
                version: 1,
                name: event.name().to_owned(),
                form: 1,
                recorded_at: Moment(at),
                happened_at: Moment(at),
                actor: Actor::system(),
                reason: String::new(),
                request: "r".to_owned(),
                asked: Hash::default(),
                ordinal: 0,
                cause: None,
                previous: Hash::default(),
            };
            rule.apply(&StoredEvent { envelope: &envelope, event });
        }
        Ok(events.len())
    }

    #[test]
    fn yesterdays_answer_stays_what_it_was() {
        let mut rule = Rule::default();
        let (first, second) = (Hash::of(b"a"), Hash::of(b"b"));
        assert_eq!(given(&mut rule, 10, publish("a", None)), Ok(1));
        assert_eq!(given(&mut rule, 20, publish("b", Some(first))), Ok(1));
        let id = |known| rule.as_of(date(2021, 1, 1), Moment(known)).map(|version| version.id);
        assert_eq!((id(9), id(10), id(19), id(20)), (None, Some(first), Some(first), Some(second)));
    }

    #[test]
    fn the_same_again_is_nothing_and_a_stale_author_is_told() {
        let mut rule = Rule::default();
        given(&mut rule, 10, publish("a", None)).unwrap();
        assert_eq!(given(&mut rule, 11, publish("a", None)), Ok(0));
        assert_eq!(given(&mut rule, 11, publish("b", None)), Err(RuleRefusal::Stale));
        given(&mut rule, 12, publish("b", Some(Hash::of(b"a")))).unwrap();
        assert_eq!(given(&mut rule, 13, publish("c", Some(Hash::of(b"a")))), Err(RuleRefusal::Stale));
        assert_eq!(given(&mut rule, 14, publish(" ", None)), Err(RuleRefusal::Empty));
    }

    #[test]
    fn a_withdrawn_version_was_known_until_then() {
        let mut rule = Rule::default();
        given(&mut rule, 10, publish("a", None)).unwrap();
        assert_eq!(given(&mut rule, 20, RuleCommand::Withdraw { id: Hash::of(b"a") }), Ok(1));
        assert!(rule.as_of(date(2021, 1, 1), Moment(19)).is_some());
        assert!(rule.as_of(date(2021, 1, 1), Moment(20)).is_none());
        let again = given(&mut rule, 21, RuleCommand::Withdraw { id: Hash::of(b"a") });
        assert_eq!(again, Err(RuleRefusal::Unknown(Hash::of(b"a"))));
    }

    #[test]
    fn periods_may_stand_side_by_side_but_not_overlap() {
        let mut rule = Rule::default();
        let year = |content: &str, year| RuleCommand::Publish {
            content: content.to_owned(),
            valid_from: Some(date(year, 1, 1)),
            valid_to: Some(date(year, 12, 31)),
            basis: String::new(),
            replaces: None,
        };
        given(&mut rule, 10, year("a", 2021)).unwrap();
        given(&mut rule, 11, year("b", 2022)).unwrap();
        assert_eq!(given(&mut rule, 12, year("c", 2022)), Err(RuleRefusal::Stale));
        assert_eq!(rule.as_of(date(2021, 6, 1), Moment(12)).unwrap().id, Hash::of(b"a"));
        assert_eq!(rule.as_of(date(2023, 6, 1), Moment(12)), None);
    }
}
