//! A change of a rule that somebody prepared: seen with its findings and differences before it is applied.
//!
//! Stream `draft/<id>`. Whoever may change the rule himself applies it; another's draft waits for him.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Aggregate, Context, Event, Hash, StoredEvent};

/// A prepared change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What is to change; `None` before it was opened.
    pub change: Option<Box<Change>>,
    /// The post whose work it is.
    pub holder: String,
    /// Where it stands.
    pub standing: Standing,
}

/// What is to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Kind of rule: `units`, `criteria-set`, `days-off`.
    pub kind: String,
    /// Name of the rule within its kind.
    pub name: String,
    /// The new content, in the written form of its kind.
    pub content: String,
    /// First and last day of validity, as ISO dates; empty: open.
    pub valid_from: String,
    /// Last day of validity.
    pub valid_to: String,
    /// Legal basis or source.
    pub basis: String,
    /// The version that it was compared with.
    pub replaces: Option<Hash>,
    /// Hash of the file as it was uploaded; `None` where it was typed in.
    pub file: Option<Hash>,
    /// Name of that file.
    pub file_name: String,
    /// How many findings it had, errors first.
    pub errors: u32,
    /// Warnings.
    pub warnings: u32,
    /// The difference in a sentence.
    pub summary: String,
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It waits.
    #[default]
    Open,
    /// Somebody who may do so applied it.
    Applied,
    /// It was given up or refused.
    Discarded,
}

/// What can be asked of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftCommand {
    /// Prepares a change.
    Open {
        /// What.
        change: Box<Change>,
    },
    /// Applies it; the change of the rule follows by itself.
    Apply,
    /// Gives it up; the reason stands in the context.
    Discard,
    /// Moves it to another post (handover).
    Reassign {
        /// To which post.
        holder: String,
    },
}

/// What happened to a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftEvent {
    /// A change was prepared.
    Opened {
        /// What.
        change: Box<Change>,
        /// Whose work it is.
        holder: String,
    },
    /// It was applied.
    Applied,
    /// It was given up.
    Discarded,
    /// It moved.
    Reassigned {
        /// To which post.
        holder: String,
    },
}

/// What a draft must know to be applied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DraftFacts {
    /// The version of the rule that is in force; `None` where the rule has none.
    pub in_force: Option<Hash>,
}

/// Why a draft refuses.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DraftRefusal {
    /// There is none.
    #[error("không có bản nháp này")]
    Missing,
    /// The stream is taken.
    #[error("bản nháp này đã có")]
    Exists,
    /// It was applied or given up already.
    #[error("bản nháp này đã xử lý xong, không đổi được nữa")]
    Closed,
    /// Its content can't be used.
    #[error("bản nháp còn {0} lỗi; sửa tệp rồi nhập lại")]
    Errors(u32),
    /// The rule has changed since.
    #[error("quy tắc đã thay đổi sau khi bản nháp này được lập; hãy nhập lại tệp để xem khác biệt với bản hiện hành")]
    Stale,
    /// A reason is needed.
    #[error("cần ghi lý do")]
    NoReason,
}

impl Draft {
    fn open(&self) -> Result<&Change, DraftRefusal> {
        let change = self.change.as_deref().ok_or(DraftRefusal::Missing)?;
        if self.standing == Standing::Open { Ok(change) } else { Err(DraftRefusal::Closed) }
    }
}

impl Aggregate for Draft {
    const KIND: &'static str = "draft";
    const STATE_VERSION: u16 = 1;
    type Command = DraftCommand;
    type Event = DraftEvent;
    type Facts = DraftFacts;
    type Refusal = DraftRefusal;

    fn decide(
        &self,
        command: DraftCommand,
        facts: &DraftFacts,
        context: &Context,
    ) -> Result<Vec<DraftEvent>, DraftRefusal> {
        match command {
            DraftCommand::Open { .. } if self.change.is_some() => Err(DraftRefusal::Exists),
            DraftCommand::Open { change } => {
                Ok(vec![DraftEvent::Opened { change, holder: context.actor.post.clone() }])
            }
            DraftCommand::Apply => match self.open()? {
                change if change.errors > 0 => Err(DraftRefusal::Errors(change.errors)),
                change if change.replaces != facts.in_force => Err(DraftRefusal::Stale),
                _ => Ok(vec![DraftEvent::Applied]),
            },
            DraftCommand::Discard => {
                self.open()?;
                if context.reason.trim().is_empty() {
                    return Err(DraftRefusal::NoReason);
                }
                Ok(vec![DraftEvent::Discarded])
            }
            DraftCommand::Reassign { holder } => {
                self.open()?;
                Ok(if holder == self.holder { Vec::new() } else { vec![DraftEvent::Reassigned { holder }] })
            }
        }
    }

    fn apply(&mut self, stored: &StoredEvent<'_, DraftEvent>) {
        match stored.event {
            DraftEvent::Opened { change, holder } => {
                self.change = Some(change.clone());
                self.holder.clone_from(holder);
            }
            DraftEvent::Applied => self.standing = Standing::Applied,
            DraftEvent::Discarded => self.standing = Standing::Discarded,
            DraftEvent::Reassigned { holder } => self.holder.clone_from(holder),
        }
    }
}

impl Event for DraftEvent {
    const VERSION: u16 = 1;

    fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Applied => "applied",
            Self::Discarded => "discarded",
            Self::Reassigned { .. } => "reassigned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, RequestId};

    fn prepared(errors: u32) -> Draft {
        let change = Change {
            kind: "units".to_owned(),
            name: "vinh-phuc".to_owned(),
            content: "code,name".to_owned(),
            valid_from: String::new(),
            valid_to: String::new(),
            basis: String::new(),
            replaces: Some(Hash::of(b"a")),
            file: None,
            file_name: String::new(),
            errors,
            warnings: 0,
            summary: String::new(),
        };
        Draft { change: Some(Box::new(change)), holder: "post-1".to_owned(), standing: Standing::Open }
    }

    fn decide(draft: &Draft, command: DraftCommand, reason: &str) -> Result<Vec<DraftEvent>, DraftRefusal> {
        let context = Context::new(Actor::person("p"), RequestId::from("r")).because(reason);
        draft.decide(command, &DraftFacts { in_force: Some(Hash::of(b"a")) }, &context)
    }

    #[test]
    fn only_what_is_clean_and_current_is_applied() {
        assert_eq!(decide(&prepared(0), DraftCommand::Apply, ""), Ok(vec![DraftEvent::Applied]));
        assert_eq!(decide(&prepared(2), DraftCommand::Apply, ""), Err(DraftRefusal::Errors(2)));
        let mut old = prepared(0);
        old.change.as_mut().unwrap().replaces = None;
        assert_eq!(decide(&old, DraftCommand::Apply, ""), Err(DraftRefusal::Stale));
        assert_eq!(decide(&Draft::default(), DraftCommand::Apply, ""), Err(DraftRefusal::Missing));
    }

    #[test]
    fn giving_up_needs_a_reason_and_what_is_closed_stays_closed() {
        assert_eq!(decide(&prepared(0), DraftCommand::Discard, " "), Err(DraftRefusal::NoReason));
        assert_eq!(decide(&prepared(0), DraftCommand::Discard, "nhầm tệp"), Ok(vec![DraftEvent::Discarded]));
        let closed = Draft { standing: Standing::Applied, ..prepared(0) };
        assert_eq!(decide(&closed, DraftCommand::Discard, "nhầm"), Err(DraftRefusal::Closed));
    }

    #[test]
    fn the_same_holder_is_nothing_new() {
        let to = |holder: &str| DraftCommand::Reassign { holder: holder.to_owned() };
        assert_eq!(decide(&prepared(0), to("post-1"), ""), Ok(Vec::new()));
        let moved = DraftEvent::Reassigned { holder: "post-2".to_owned() };
        assert_eq!(decide(&prepared(0), to("post-2"), ""), Ok(vec![moved]));
    }
}
