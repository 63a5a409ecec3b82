//! Looking up persons, posts and delegations.

use std::collections::BTreeMap;

use cchc_access::{Delegation, Post, Reach, Role};
use cchc_ledger::{Moment, PersonId};
use jiff::civil::Date;

use super::rows::{self, delegation_columns, post_columns};
use crate::conn::{Arg, Row};
use crate::error::DbError;
use crate::query::Query;
use crate::reach::{self, Columns};
use crate::store::Store;

/// A person as everybody who may see him sees him.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub id: PersonId,
    /// Họ và tên.
    pub name: String,
    /// Login, of today or the last one; empty: never had one.
    pub login: String,
    /// `none`, `open`, `closed`.
    pub account: String,
    /// Whether he is invented ("mô phỏng").
    pub simulated: bool,
    /// When he was entered.
    pub registered_at: Moment,
    /// When his password was last changed.
    pub password_changed_at: Option<Moment>,
}

/// How to reach a person, in plain text: for those who may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactRow {
    /// Telephone number; empty: none.
    pub phone: String,
    /// Electronic mail; empty: none.
    pub email: String,
}

/// A post with its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRow {
    /// Who.
    pub person: PersonId,
    /// Họ và tên.
    pub name: String,
    /// Whether his account is open.
    pub open: bool,
    /// The post.
    pub post: Post,
}

/// A delegation with the names of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelegationRow {
    /// Who gave it.
    pub giver: PersonId,
    /// His name.
    pub giver_name: String,
    /// Name of whoever acts.
    pub receiver_name: String,
    /// The delegation.
    pub delegation: Delegation,
    /// The giver's post.
    pub post: Post,
}

macro_rules! person_columns {
    () => {
        "s.id, s.name, s.login, s.account, s.simulated, s.registered_at, s.password_changed_at"
    };
}
pub(crate) use person_columns;

impl PersonRow {
    /// How many columns it has.
    pub(crate) const WIDTH: usize = 7;

    pub(crate) fn read(row: &Row) -> Result<Self, DbError> {
        let changed = row.int(6)?;
        Ok(Self {
            id: PersonId(row.text(0)?),
            name: row.text(1)?,
            login: row.text(2)?,
            account: row.text(3)?,
            simulated: row.int(4)? != 0,
            registered_at: Moment(row.int(5)?),
            password_changed_at: (changed != 0).then_some(Moment(changed)),
        })
    }

    /// Whether he may log in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.account == "open"
    }
}

impl PostRow {
    pub(super) fn read(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            person: PersonId(row.text(0)?),
            name: row.text(1)?,
            open: row.text(2)? == "open",
            post: rows::post(row, 3)?,
        })
    }
}

impl DelegationRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        let delegation = rows::delegation(row, 3)?;
        let post = rows::post(row, rows::DELEGATION_WIDTH.saturating_add(3))?;
        Ok(Self {
            giver: PersonId(row.text(0)?),
            giver_name: row.text(1)?,
            receiver_name: row.text(2)?,
            delegation,
            post,
        })
    }
}

impl Store {
    /// A person.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_find(&self, person: &PersonId) -> Result<Option<PersonRow>, DbError> {
        let sql = concat!("SELECT ", person_columns!(), " FROM persons s WHERE s.id = $1");
        let mut reader = self.reader().await?;
        reader.conn().row(sql, &[Arg::Text(person.as_str())]).await?.as_ref().map(PersonRow::read).transpose()
    }

    /// The person who has that login now; whether his account is open is his row's to say.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_by_login(&self, login: &str) -> Result<Option<PersonRow>, DbError> {
        if login.is_empty() {
            return Ok(None);
        }
        let sql = concat!("SELECT ", person_columns!(), " FROM persons s WHERE s.login = $1");
        let mut reader = self.reader().await?;
        reader.conn().row(sql, &[Arg::Text(login)]).await?.as_ref().map(PersonRow::read).transpose()
    }

    /// Telephone and address of a person, for whoever may see them.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_contact(&self, person: &PersonId) -> Result<Option<ContactRow>, DbError> {
        let sql = "SELECT phone, email FROM persons WHERE id = $1";
        let mut reader = self.reader().await?;
        let row = reader.conn().row(sql, &[Arg::Text(person.as_str())]).await?;
        row.map(|row| Ok(ContactRow { phone: row.text(0)?, email: row.text(1)? })).transpose()
    }

    /// The names of persons, as history and lists show them; who is not there is left out.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_names(&self, persons: &[String]) -> Result<BTreeMap<String, String>, DbError> {
        let mut query = Query::new("SELECT id, name FROM persons WHERE id IN ");
        query.list(persons.iter().map(String::as_str));
        let mut reader = self.reader().await?;
        let rows = query.rows(&mut reader.conn()).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }

    /// Every post of a person, past and future ones too, in the order of protocol.
    ///
    /// # Errors
    /// What the engine says, or a row that can't be read.
    pub async fn post_list_of(&self, person: &PersonId) -> Result<Vec<PostRow>, DbError> {
        let sql = concat!(
            "SELECT s.id, s.name, s.account, ",
            post_columns!(),
            " FROM posts p JOIN persons s ON s.id = p.person WHERE p.person = $1 \
            ORDER BY p.sort_order, p.from_day, p.post"
        );
        let mut reader = self.reader().await?;
        reader.conn().rows(sql, &[Arg::Text(person.as_str())]).await?.iter().map(PostRow::read).collect()
    }

    /// The posts of a unit that are held on a day, in the order of protocol.
    ///
    /// # Errors
    /// What the engine says, or a row that can't be read.
    pub async fn post_list(&self, unit: &str, on: Date) -> Result<Vec<PostRow>, DbError> {
        let sql = concat!(
            "SELECT s.id, s.name, s.account, ",
            post_columns!(),
            " FROM posts p JOIN persons s ON s.id = p.person WHERE p.unit = $1 AND p.from_day <= $2 \
            AND (p.to_day = '' OR p.to_day >= $2) ORDER BY p.sort_order, s.name_key, s.id, p.post"
        );
        let (mut reader, day) = (self.reader().await?, on.to_string());
        reader.conn().rows(sql, &[Arg::Text(unit), Arg::Text(&day)]).await?.iter().map(PostRow::read).collect()
    }

    /// Who holds a post with that role today and may log in, in the order of protocol.
    ///
    /// # Errors
    /// What the engine says, or a row that can't be read.
    pub async fn role_people(&self, role: Role) -> Result<Vec<PostRow>, DbError> {
        let sql = concat!(
            "SELECT s.id, s.name, s.account, ",
            post_columns!(),
            " FROM post_roles r JOIN posts p ON p.person = r.person AND p.post = r.post \
            JOIN persons s ON s.id = p.person WHERE r.role = $1 AND s.account = 'open' AND p.from_day <= $2 \
            AND (p.to_day = '' OR p.to_day >= $2) ORDER BY p.sort_order, s.name_key, s.id, p.post"
        );
        let (mut reader, day) = (self.reader().await?, self.now().date().to_string());
        let args = [Arg::Text(role.code()), Arg::Text(&day)];
        reader.conn().rows(sql, &args).await?.iter().map(PostRow::read).collect()
    }

    /// Who holds a post, past or future ones too; the name of a post is one person's alone.
    /// (`substr(…, 8)`: what follows `person/`.)
    ///
    /// # Errors
    /// What the engine says, or a row that can't be read.
    pub async fn post_find(&self, post: &str) -> Result<Option<PostRow>, DbError> {
        let sql = concat!(
            "SELECT s.id, s.name, s.account, ",
            post_columns!(),
            " FROM claims c JOIN persons s ON s.id = substr(c.stream, 8) \
            JOIN posts p ON p.person = s.id AND p.post = c.key WHERE c.kind = 'post' AND c.key = $1"
        );
        let mut reader = self.reader().await?;
        reader.conn().row(sql, &[Arg::Text(post)]).await?.as_ref().map(PostRow::read).transpose()
    }

    /// Delegations that hold on that day or later: given or received by a person, or from posts within reach.
    ///
    /// # Errors
    /// What the engine says, or a row that can't be read.
    pub async fn delegation_list(
        &self,
        person: Option<&PersonId>,
        reached: &Reach,
        on: Date,
    ) -> Result<Vec<DelegationRow>, DbError> {
        let day = on.to_string();
        let mut query = Query::new(concat!(
            "SELECT d.giver, g.name, COALESCE(r.name, ''), ",
            delegation_columns!(),
            ", ",
            post_columns!(),
            " FROM delegations d JOIN persons g ON g.id = d.giver LEFT JOIN persons r ON r.id = d.receiver \
            JOIN posts p ON p.person = d.giver AND p.post = d.from_post WHERE (d.to_day = '' OR d.to_day >= "
        ));
        query.bind(Arg::Text(&day)).add(") AND (d.ended_day = '' OR d.ended_day > ").bind(Arg::Text(&day));
        query.add(") AND ");
        reach::add(&mut query, reached, &day, Columns { unit: Some("p.unit"), owner: Some("d.giver"), field: None });
        if let Some(person) = person {
            query.add(" AND (d.giver = ").bind(Arg::Text(person.as_str()));
            query.add(" OR d.receiver = ").bind(Arg::Text(person.as_str())).add(")");
        }
        query.add(" ORDER BY d.from_day, d.giver, d.id");
        let mut reader = self.reader().await?;
        query.rows(&mut reader.conn()).await?.iter().map(DelegationRow::read).collect()
    }
}
