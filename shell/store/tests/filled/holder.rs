//! A kind of stream for tests alone: it holds names, and gives them back.

use cchc_ledger::{Aggregate, Context, Event, Hash, StoredEvent, StreamId};
use cchc_store::kept::{Claim, ClaimAct};
use cchc_store::{Conn, DbError, Kept};
use serde::{Deserialize, Serialize};
use thiserror::Error;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Holder {
    held: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum HolderCommand {
    Take(String),
    Give(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HolderEvent {
    Took(String),
    Gave(String),
}

#[derive(Debug, Error)]
#[error("không giữ")]
pub struct NotHeld;

impl Event for HolderEvent {
    const VERSION: u16 = 1;

    fn name(&self) -> &'static str {
        match self {
            Self::Took(_) => "took",
            Self::Gave(_) => "gave",
        }
    }
}

impl Aggregate for Holder {
    const KIND: &'static str = "holder";
    const STATE_VERSION: u16 = 1;
    type Command = HolderCommand;
    type Event = HolderEvent;
    type Facts = ();
    type Refusal = NotHeld;

    fn decide(&self, command: HolderCommand, (): &(), _: &Context) -> Result<Vec<HolderEvent>, NotHeld> {
        match command {
            HolderCommand::Take(name) => Ok(vec![HolderEvent::Took(name)]),
            HolderCommand::Give(name) if self.held.contains(&name) => Ok(vec![HolderEvent::Gave(name)]),
            HolderCommand::Give(_) => Err(NotHeld),
        }
    }

    fn apply(&mut self, stored: &StoredEvent<'_, HolderEvent>) {
        match stored.event {
            HolderEvent::Took(name) => self.held.push(name.clone()),
            HolderEvent::Gave(name) => self.held.retain(|held| held != name),
        }
    }
}

impl Kept for Holder {
    async fn facts(_: &mut Conn<'_>, _: &StreamId, _: &HolderCommand, _: &Context) -> Result<(), DbError> {
        Ok(())
    }

    fn claims(event: &HolderEvent) -> Vec<Claim> {
        let (key, act) = match event {
            HolderEvent::Took(name) => (name, ClaimAct::Take),
            HolderEvent::Gave(name) => (name, ClaimAct::Release),
        };
        vec![Claim { kind: "test-name", key: key.clone(), act }]
    }

    async fn project(&self, _: &mut Conn<'_>, _: &StoredEvent<'_, HolderEvent>, _: &Hash) -> Result<(), DbError> {
        Ok(())
    }
}
