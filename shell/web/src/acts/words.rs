//! Keys of the store said in words.

use cchc_ledger::{Actor, Moment, PersonId};
use cchc_store::DbError;
use cchc_text::date::vietnamese;
use jiff::civil::Date;

use crate::acts::with::With;
use crate::list::Link;

/// A person by name, leading to his page; the program itself leads nowhere.
///
/// # Errors
/// What the store says.
pub async fn person(with: &With, id: &str) -> Result<Link, DbError> {
    if id == Actor::SYSTEM {
        return Ok(Link::text("Chương trình"));
    }
    let row = with.store().person_find(&PersonId::from(id)).await?;
    Ok(row.map_or_else(|| Link::text(id), |row| Link::new(row.name, format!("/nguoi-dung/{id}"))))
}

/// `16/01/2023, 08:05`.
#[must_use]
pub fn minute(moment: Moment) -> String {
    let local = moment.local();
    format!("{}, {:02}:{:02}", vietnamese(local.date()), local.hour(), local.minute())
}

/// `từ 01/07/2025 đến nay`, `mọi ngày`.
#[must_use]
pub fn validity(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (None, None) => "mọi ngày".to_owned(),
        (Some(from), None) => format!("từ {} đến nay", vietnamese(from)),
        (None, Some(to)) => format!("đến {}", vietnamese(to)),
        (Some(from), Some(to)) => format!("từ {} đến {}", vietnamese(from), vietnamese(to)),
    }
}
