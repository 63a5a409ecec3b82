//! The list of people, in the order of protocol: units, posts, given names.

use std::fmt;
use std::str::FromStr;

use cchc_access::{Reach, Role};
use cchc_text::fold;
use jiff::civil::Date;

use super::find::{PersonRow, PostRow, person_columns};
use super::rows::post_columns;
use crate::conn::{Arg, Row};
use crate::error::DbError;
use crate::query::Query;
use crate::reach::{self, Columns};
use crate::store::Store;

/// Place of whoever holds no post: after all others.
const LAST: i64 = i64::MAX;

/// Which people are listed.
#[derive(Debug, Clone)]
pub struct PersonFilter {
    /// How far the viewer sees.
    pub reach: Reach,
    /// On which day posts are held and units lie below one another.
    pub on: Date,
    /// In this unit alone.
    pub unit: Option<String>,
    /// With this role.
    pub role: Option<Role>,
    /// Words of the name or the login.
    pub text: String,
    /// Whose posts and account count.
    pub held: Held,
}

/// Who is listed of those who left.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Held {
    /// Nobody whose account is closed.
    #[default]
    Present,
    /// They too.
    ClosedToo,
}

/// Where a page of the list begins: after this person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCursor {
    place: i64,
    name_key: Vec<u8>,
    id: String,
}

/// A page of people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonPage {
    /// The people, each with the posts that he holds on the day, in the order of protocol.
    pub people: Vec<(PersonRow, Vec<PostRow>)>,
    /// Where the next page begins; `None`: this is the last one.
    pub next: Option<PersonCursor>,
}

impl PersonFilter {
    /// Everybody who is within reach on that day and did not leave.
    #[must_use]
    pub fn within(reach: Reach, on: Date) -> Self {
        Self { reach, on, unit: None, role: None, text: String::new(), held: Held::Present }
    }
}

impl fmt::Display for PersonCursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.", self.place)?;
        self.name_key.iter().try_for_each(|byte| write!(out, "{byte:02x}"))?;
        write!(out, ".{}", self.id)
    }
}

impl FromStr for PersonCursor {
    type Err = DbError;
    fn from_str(text: &str) -> Result<Self, DbError> {
        let wrong = || DbError::Refused(format!("vị trí trang «{text}» không hợp lệ"));
        let mut parts = text.splitn(3, '.');
        let (Some(place), Some(key), Some(id)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong());
        };
        let digits = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let even = key.len().is_multiple_of(2);
        let name_key: Option<Vec<u8>> = key.as_bytes().chunks(2).map(digits).collect();
        let place = place.parse().map_err(|_| wrong())?;
        Ok(Self { place, name_key: name_key.filter(|_| even).ok_or_else(wrong)?, id: id.to_owned() })
    }
}

/// Place of a post: that of its unit, then its own within the unit.
const PLACE: &str = "COALESCE(MIN(COALESCE(u.place, 2147483647) * 4294967296 + p.sort_order), 9223372036854775807)";

impl Store {
    /// A page of people. Whoever holds no post on the day stands at the end, and only where everything is
    /// within reach.
    ///
    /// # Errors
    /// What the engine says, or a row that can't be read.
    pub async fn person_list(
        &self,
        filter: &PersonFilter,
        after: Option<&PersonCursor>,
        limit: u32,
    ) -> Result<PersonPage, DbError> {
        let day = filter.on.to_string();
        let words: Vec<String> = fold(&filter.text).split_whitespace().map(pattern).collect();
        let mut query = Query::new("SELECT * FROM (SELECT ");
        query.add(concat!(person_columns!(), ", ")).add(PLACE).add(" AS rank, s.name_key FROM persons s ");
        query.add("LEFT JOIN posts p ON p.person = s.id AND p.from_day <= ").bind(Arg::Text(&day));
        query.add(" AND (p.to_day = '' OR p.to_day >= ").bind(Arg::Text(&day));
        query.add(") LEFT JOIN units u ON u.code = p.unit AND u.valid_from <= ").bind(Arg::Text(&day));
        query.add(" AND (u.valid_to = '' OR u.valid_to >= ").bind(Arg::Text(&day)).add(") WHERE ");
        let columns = Columns { unit: Some("p.unit"), owner: Some("s.id"), field: None };
        reach::add(&mut query, &filter.reach, &day, columns);
        if filter.held == Held::Present {
            query.add(" AND s.account <> 'closed'");
        }
        if let Some(unit) = &filter.unit {
            query.add(" AND p.unit = ").bind(Arg::Text(unit));
        }
        if let Some(role) = filter.role {
            query.add(" AND EXISTS (SELECT 1 FROM post_roles r WHERE r.person = p.person AND r.post = p.post ");
            query.add("AND r.role = ").bind(Arg::Text(role.code())).add(")");
        }
        for word in &words {
            query.add(" AND s.folded LIKE ").bind(Arg::Text(word)).add(" ESCAPE '!'");
        }
        query.add(" GROUP BY s.id) s");
        if let Some(after) = after {
            query.add(" WHERE (s.rank, s.name_key, s.id) > (").bind(Arg::Int(after.place)).add(", ");
            query.bind(Arg::Bytes(&after.name_key)).add(", ").bind(Arg::Text(&after.id)).add(")");
        }
        let wanted = i64::from(limit.max(1));
        query.add(" ORDER BY s.rank, s.name_key, s.id LIMIT ").bind(Arg::Int(wanted.saturating_add(1)));
        let mut reader = self.reader().await?;
        let mut rows = query.rows(&mut reader.conn()).await?;
        let more = i64::try_from(rows.len()).unwrap_or(LAST) > wanted;
        if more {
            rows.pop();
        }
        let next = rows.last().filter(|_| more).map(cursor).transpose()?;
        let people = rows.iter().map(PersonRow::read).collect::<Result<Vec<_>, _>>()?;
        let mut posts = self.posts_of(&people, &day).await?;
        let people = people.into_iter().map(|person| {
            let held = posts.extract_if(.., |post| post.person == person.id).collect();
            (person, held)
        });
        Ok(PersonPage { people: people.collect(), next })
    }

    /// The posts that these people hold on a day.
    async fn posts_of(&self, people: &[PersonRow], day: &str) -> Result<Vec<PostRow>, DbError> {
        let mut query = Query::new(concat!(
            "SELECT s.id, s.name, s.account, ",
            post_columns!(),
            " FROM posts p JOIN persons s ON s.id = p.person WHERE p.from_day <= "
        ));
        query.bind(Arg::Text(day)).add(" AND (p.to_day = '' OR p.to_day >= ").bind(Arg::Text(day));
        query.add(") AND p.person IN ").list(people.iter().map(|person| person.id.as_str()));
        query.add(" ORDER BY p.sort_order, p.from_day, p.post");
        let mut reader = self.reader().await?;
        query.rows(&mut reader.conn()).await?.iter().map(PostRow::read).collect()
    }
}

fn cursor(row: &Row) -> Result<PersonCursor, DbError> {
    let place = row.int(PersonRow::WIDTH)?;
    let name_key = row.bytes(PersonRow::WIDTH.saturating_add(1))?;
    Ok(PersonCursor { place, name_key, id: row.text(0)? })
}

/// Anywhere in the text, taken literally.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_a_text_and_back() {
        let cursor = PersonCursor { place: -3, name_key: vec![0, 255], id: "0193.a".to_owned() };
        assert_eq!(cursor.to_string(), "-3.00ff.0193.a");
        assert_eq!(cursor.to_string().parse::<PersonCursor>().unwrap(), cursor);
        for wrong in ["", "1", "1.00", "a.00.b", "1.0.b", "1.zz.b", "1.é.b"] {
            assert!(wrong.parse::<PersonCursor>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_typed_is_taken_literally() {
        assert_eq!(pattern("a%_!"), "%a!%!_!!%");
    }
}
