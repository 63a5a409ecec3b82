//! The simulated people of a demonstration: whose part one may take.

use cchc_access::Role;
use jiff::civil::Date;

use super::find::{PersonRow, PostRow};
use crate::conn::Arg;
use crate::error::DbError;
use crate::store::Store;

/// Login, name, title, unit and roles of a simulated person.
pub type SimulatedRow = (String, String, String, String, Vec<Role>);

impl Store {
    /// Every simulated person with an open account, with his first post on a day; those without one are left out.
    ///
    /// Made for a demonstration: a few dozen people at most.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn simulated_list(&self, on: Date) -> Result<Vec<SimulatedRow>, DbError> {
        const MOST: i64 = 100;
        let sql = concat!(
            "SELECT ",
            super::find::person_columns!(),
            " FROM persons s WHERE s.simulated = 1 AND s.account = 'open' ORDER BY s.registered_at, s.id LIMIT $1"
        );
        let mut reader = self.reader().await?;
        let rows = reader.conn().rows(sql, &[Arg::Int(MOST)]).await?;
        drop(reader);
        let mut people = Vec::new();
        for row in &rows {
            let person = PersonRow::read(row)?;
            let posts: Vec<PostRow> = self.post_list_of(&person.id).await?;
            if let Some(held) = posts.into_iter().find(|held| held.post.holds_on(on)) {
                let post = held.post;
                people.push((person.login, person.name, post.title, post.unit, post.roles));
            }
        }
        Ok(people)
    }
}
