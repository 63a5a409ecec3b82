//! Rows as the domain's posts and delegations, and lists as JSON.

use cchc_access::{Capacity, Delegation, Post};
use cchc_ledger::PersonId;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::conn::Row;
use crate::error::DbError;

/// The columns of a post `p`, in the order in which [`post`] reads them.
macro_rules! post_columns {
    () => {
        "p.post, p.unit, p.title, p.party_title, p.roles, p.fields, p.capacity, p.from_day, p.to_day, \
        p.document, p.sort_order"
    };
}

/// The columns of a delegation `d`, in the order in which [`delegation`] reads them.
macro_rules! delegation_columns {
    () => {
        "d.id, d.from_post, d.receiver, d.capacity, d.actions, d.from_day, d.to_day, d.ended_day, d.document"
    };
}

pub(crate) use {delegation_columns, post_columns};

/// How many columns a delegation has.
pub(crate) const DELEGATION_WIDTH: usize = 9;

/// Reads a post from that column on.
pub(crate) fn post(row: &Row, first: usize) -> Result<Post, DbError> {
    let text = |column: usize| row.text(first.saturating_add(column));
    let party_title = text(3)?;
    let order = row.int(first.saturating_add(10))?;
    Ok(Post {
        id: text(0)?.as_str().into(),
        unit: text(1)?,
        title: text(2)?,
        party_title: (!party_title.is_empty()).then_some(party_title),
        roles: from_json(&text(4)?)?,
        fields: from_json(&text(5)?)?,
        capacity: capacity(&text(6)?)?,
        from: day(&text(7)?)?,
        to: some_day(&text(8)?)?,
        document: text(9)?,
        order: u32::try_from(order).map_err(|_| DbError::Unreadable(format!("thứ tự {order}")))?,
    })
}

/// Reads a delegation from that column on.
pub(crate) fn delegation(row: &Row, first: usize) -> Result<Delegation, DbError> {
    let text = |column: usize| row.text(first.saturating_add(column));
    Ok(Delegation {
        id: text(0)?.as_str().into(),
        from_post: text(1)?.as_str().into(),
        to_person: PersonId(text(2)?),
        capacity: capacity(&text(3)?)?,
        actions: from_json(&text(4)?)?,
        from: day(&text(5)?)?,
        to: some_day(&text(6)?)?,
        ended: some_day(&text(7)?)?,
        document: text(8)?,
    })
}

fn capacity(code: &str) -> Result<Capacity, DbError> {
    Capacity::from_code(code).ok_or_else(|| DbError::Unreadable(format!("tư cách ký «{code}»")))
}

fn day(text: &str) -> Result<Date, DbError> {
    text.parse().map_err(|_| DbError::Unreadable(format!("ngày «{text}»")))
}

pub(crate) fn some_day(text: &str) -> Result<Option<Date>, DbError> {
    if text.is_empty() { Ok(None) } else { day(text).map(Some) }
}

/// A day as it is stored; empty: none.
pub(crate) fn day_text(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A value as JSON.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Unreadable(error.to_string()))
}

/// A value out of JSON.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Unreadable(format!("«{text}»: {error}")))
}
