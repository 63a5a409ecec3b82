//! Running numbers drawn by commands: no gap and no number twice, whatever is refused in between.
#![allow(missing_docs)]

mod common;

use cchc_ledger::{Aggregate, Context, Event, Hash, StoredEvent, StreamId};
use cchc_store::counters::counter_next;
use cchc_store::sealed_row::seal;
use cchc_store::{Arg, CommitError, Conn, DbError, Kept, Store};
use common::{Place, context};
use jiff::civil::date;
use serde::{Deserialize, Serialize};

on_every_engine!(
    commands_at_once_draw_every_number_once,
    a_command_sent_again_draws_nothing,
    each_agency_and_each_day_counts_for_itself,
);

/// A receipt that takes the next number of its agency.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Receipt {
    number: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Take {
    agency: String,
    day: i8,
    refuse: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Taken {
    Numbered { number: u64 },
}

#[derive(Debug, thiserror::Error)]
#[error("không nhận")]
struct NotTaken;

impl Event for Taken {
    const VERSION: u16 = 1;

    fn name(&self) -> &'static str {
        "numbered"
    }
}

impl Aggregate for Receipt {
    const KIND: &'static str = "receipt";
    const STATE_VERSION: u16 = 1;
    type Command = Take;
    type Event = Taken;
    type Facts = u64;
    type Refusal = NotTaken;

    fn decide(&self, command: Take, number: &u64, _: &Context) -> Result<Vec<Taken>, NotTaken> {
        if command.refuse {
            return Err(NotTaken);
        }
        Ok(vec![Taken::Numbered { number: *number }])
    }

    fn apply(&mut self, event: &StoredEvent<'_, Taken>) {
        let Taken::Numbered { number } = event.event;
        self.number = *number;
    }
}

impl Kept for Receipt {
    async fn facts(conn: &mut Conn<'_>, _: &StreamId, command: &Take, _: &Context) -> Result<u64, DbError> {
        counter_next(conn, &command.agency, date(2021, 11, command.day)).await
    }

    async fn project(&self, _: &mut Conn<'_>, _: &StoredEvent<'_, Taken>, _: &Hash) -> Result<(), DbError> {
        Ok(())
    }
}

fn stream(id: usize) -> StreamId {
    StreamId::new("receipt", &format!("r{id}")).unwrap()
}

fn take(agency: &str, day: i8) -> Take {
    Take { agency: agency.to_owned(), day, refuse: false }
}

async fn number(store: &Store, id: usize) -> u64 {
    store.peek::<Receipt>(&stream(id)).await.unwrap().0.number
}

async fn commands_at_once_draw_every_number_once(place: Place) {
    let tasks: Vec<_> = (0..60)
        .map(|id| {
            let store = place.store.clone();
            tokio::spawn(async move {
                let command = Take { refuse: id % 3 == 0, ..take("H37.04", 3) };
                // One that is told that its outcome is unknown sends the same again.
                for _ in 0..10 {
                    match store.commit::<Receipt>(&stream(id), command.clone(), context(&format!("r{id}"))).await {
                        Ok(_) => return Some(number(&store, id).await),
                        Err(CommitError::Refused(NotTaken)) => return None,
                        Err(error) if error.is_unknown() => {}
                        Err(error) => panic!("{error}"),
                    }
                }
                panic!("still unknown after ten times");
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.extend(task.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    let mut reader = place.store.reader().await.unwrap();
    let sql = "SELECT agency, day, value, seal FROM counters";
    let rows = reader.conn().rows(sql, &[]).await.unwrap();
    let [row] = rows.as_slice() else { panic!("{} rows", rows.len()) };
    let (agency, day) = (row.text(0).unwrap(), row.text(1).unwrap());
    assert_eq!((agency.as_str(), day.as_str(), row.int(2).unwrap()), ("H37.04", "2021-11-03", 40));
    assert_eq!(row.hash(3).unwrap(), seal("counters", &[Arg::Text(&agency), Arg::Text(&day), Arg::Int(40)]));
}

async fn a_command_sent_again_draws_nothing(place: Place) {
    let store = &place.store;
    for _ in 0..3 {
        store.commit::<Receipt>(&stream(1), take("a", 3), context("same")).await.unwrap();
    }
    store.commit::<Receipt>(&stream(2), take("a", 3), context("next")).await.unwrap();
    assert_eq!((number(store, 1).await, number(store, 2).await), (1, 2));
}

async fn each_agency_and_each_day_counts_for_itself(place: Place) {
    let store = &place.store;
    for (id, (agency, day)) in [("a", 3), ("b", 3), ("a", 4), ("a", 3)].into_iter().enumerate() {
        store.commit::<Receipt>(&stream(id), take(agency, day), context(&format!("r{id}"))).await.unwrap();
    }
    let mut drawn = Vec::new();
    for id in 0..4 {
        drawn.push(number(store, id).await);
    }
    assert_eq!(drawn, [1, 1, 1, 2]);
}
