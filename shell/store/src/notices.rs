//! Notices: what a person is told, in an inbox of his own.
//!
//! Written by the job `notify`. Its id is the hash of the event and of the person, so a job that runs
//! twice tells once. No event says that a notice was read, so its rows are sealed.

use cchc_access::Reach;
use cchc_ledger::{Hash, Moment, PersonId};

use crate::catalog::Kind::{Int, Text};
use crate::conn::{Arg, Conn, Row};
use crate::error::DbError;
use crate::jobs::Job;
use crate::list::{Ask, Filter, Lead, List, Order, Page, Place, Served, Sort, Test, Within};
use crate::people::Notice;
use crate::reach::Columns;
use crate::sealed_row::seal;
use crate::store::Store;

/// More unread notices than this are not counted.
pub const COUNTED: u32 = 99;
/// So many notices are marked as read by one transaction.
const TOGETHER: i64 = 500;

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Whom it tells.
    pub person: PersonId,
    /// Hash of its cause and the person.
    pub id: String,
    /// What for: `appointed`, `handed-over`.
    pub kind: String,
    /// The sentence.
    pub title: String,
    /// More of it; may be empty.
    pub body: String,
    /// The page on which one sees more; may be empty.
    pub href: String,
    /// The event that set it off.
    pub cause: Hash,
    /// When it was told.
    pub created_at: Moment,
    /// When it was read; `None`: not yet.
    pub read_at: Option<Moment>,
}

/// Which notices are marked as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// This one.
    One(String),
    /// All that were not.
    All,
}

/// Which notices are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Inbox {
    /// All of them.
    #[default]
    All,
    /// Those alone that were not read.
    Unread,
}

macro_rules! columns {
    () => {
        "person, id, kind, title, body, href, cause, created_at, read_at"
    };
}

const ORDER: &[(&str, crate::catalog::Kind)] = &[("created_at", Int), ("id", Text)];

/// What can be asked of the notices; always of one person's.
pub static LIST: List = List {
    table: "notices",
    columns: &["person", "id", "kind", "title", "body", "href", "cause", "created_at", "read_at"],
    key: &[("person", Text), ("id", Text)],
    filters: &[
        Filter { name: "person", test: Test::Equal("person"), served: Served::Few("notices_inbox") },
        Filter { name: "unread", test: Test::Holds("read_at = 0"), served: Served::Few("notices_unread") },
    ],
    sorts: &[Sort { name: "newest", needs: "person", columns: ORDER, order: Order::Falling, lead: Lead::Any }],
    owners: Columns { unit: None, owner: Some("person"), field: None },
    looked: Columns { unit: None, owner: Some("COALESCE(person, '')"), field: None },
};

impl NoticeRow {
    fn read(row: &Row) -> Result<Self, DbError> {
        let read_at = row.int(8)?;
        Ok(Self {
            person: PersonId::from(row.text(0)?.as_str()),
            id: row.text(1)?,
            kind: row.text(2)?,
            title: row.text(3)?,
            body: row.text(4)?,
            href: row.text(5)?,
            cause: row.hash(6)?,
            created_at: Moment(row.int(7)?),
            read_at: (read_at != 0).then_some(Moment(read_at)),
        })
    }

    /// Writes it; what was told already stays as it is.
    async fn insert(&self, conn: &mut Conn<'_>) -> Result<bool, DbError> {
        let values = self.values();
        let sealed = seal("notices", &values);
        let mut args = values.to_vec();
        args.push(Arg::Bytes(sealed.as_bytes()));
        let sql = concat!(
            "INSERT INTO notices (",
            columns!(),
            ", seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (person, id) DO NOTHING"
        );
        Ok(conn.run(sql, &args).await? == 1)
    }

    async fn mark(&mut self, conn: &mut Conn<'_>, at: Moment) -> Result<(), DbError> {
        self.read_at = Some(at);
        let sealed = seal("notices", &self.values());
        let sql = "UPDATE notices SET read_at = $3, seal = $4 WHERE person = $1 AND id = $2";
        let args =
            [Arg::Text(self.person.as_str()), Arg::Text(&self.id), Arg::Int(at.0), Arg::Bytes(sealed.as_bytes())];
        conn.run(sql, &args).await?;
        Ok(())
    }

    fn values(&self) -> [Arg<'_>; 9] {
        [
            Arg::Text(self.person.as_str()),
            Arg::Text(&self.id),
            Arg::Text(&self.kind),
            Arg::Text(&self.title),
            Arg::Text(&self.body),
            Arg::Text(&self.href),
            Arg::Bytes(self.cause.as_bytes()),
            Arg::Int(self.created_at.0),
            Arg::Int(self.read_at.map_or(0, |at| at.0)),
        ]
    }
}

const UNREAD: &str =
    concat!("SELECT ", columns!(), " FROM notices WHERE person = $1 AND read_at = 0 ORDER BY created_at, id LIMIT $2");
const ONE: &str = concat!("SELECT ", columns!(), " FROM notices WHERE person = $1 AND id = $2");

impl Store {
    /// Does the job `notify`: tells a person something, once.
    ///
    /// # Errors
    /// A sentence for the job: what the engine says, or a payload that can't be read.
    pub async fn notice_run(&self, job: &Job) -> Result<(), String> {
        let notice: Notice = serde_json::from_slice(&job.payload).map_err(|error| error.to_string())?;
        self.notice_put(&job.cause, notice, "").await.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Tells a person something because of an event, once; `false`: he was told before.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn notice_put(&self, cause: &Hash, notice: Notice, body: &str) -> Result<bool, DbError> {
        let parts = [cause.as_bytes().as_slice(), notice.to.as_str().as_bytes(), notice.kind.as_bytes()];
        let row = NoticeRow {
            id: Hash::of_parts("cchc notice 1", &parts).to_string(),
            person: notice.to,
            kind: notice.kind,
            title: notice.text,
            body: body.to_owned(),
            href: notice.link,
            cause: *cause,
            created_at: self.now(),
            read_at: None,
        };
        self.write(move |conn| {
            let row = row.clone();
            Box::pin(async move { row.insert(conn).await })
        })
        .await
    }

    /// A page of a person's notices, the newest first.
    ///
    /// # Errors
    /// A cursor that is none of this list's; what the engine says.
    pub async fn notice_list(
        &self,
        person: &PersonId,
        inbox: Inbox,
        place: Place<'_>,
    ) -> Result<Page<NoticeRow>, DbError> {
        let mut given = vec![("person", Arg::Text(person.as_str()))];
        if inbox == Inbox::Unread {
            given.push(("unread", Arg::Int(1)));
        }
        // One's own inbox, named by the filter: nothing further to look at row by row.
        let ask = Ask { sort: "newest", given, within: Within { reach: &Reach::All, day: "" } };
        self.list_page(&LIST, &ask, place, NoticeRow::read).await
    }

    /// One of a person's notices; another's is not found.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn notice_find(&self, person: &PersonId, id: &str) -> Result<Option<NoticeRow>, DbError> {
        let mut reader = self.reader().await?;
        let row = reader.conn().row(ONE, &[Arg::Text(person.as_str()), Arg::Text(id)]).await?;
        row.as_ref().map(NoticeRow::read).transpose()
    }

    /// How many notices a person has not read; more than [`COUNTED`] are not counted, the answer is one
    /// more then.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn notice_unread(&self, person: &PersonId) -> Result<u32, DbError> {
        let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM notices WHERE person = $1 AND read_at = 0 LIMIT $2) AS counted";
        let mut reader = self.reader().await?;
        let args = [Arg::Text(person.as_str()), Arg::Int(i64::from(COUNTED).saturating_add(1))];
        let count = reader.conn().row(sql, &args).await?.map_or(Ok(0), |row| row.count(0))?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Marks notices of a person as read; gives back how many were not yet.
    ///
    /// # Errors
    /// What the engine says; some may be marked already.
    pub async fn notice_read(&self, person: &PersonId, which: Which) -> Result<u32, DbError> {
        let (now, mut total) = (self.now(), 0_u32);
        loop {
            let (person, one) = (person.clone(), which.clone());
            let marked = self
                .write(move |conn| {
                    let (person, which) = (person.clone(), one.clone());
                    Box::pin(async move { mark(conn, &person, &which, now).await })
                })
                .await?;
            total = total.saturating_add(marked);
            if marked == 0 || matches!(which, Which::One(_)) {
                return Ok(total);
            }
        }
    }
}

async fn mark(conn: &mut Conn<'_>, person: &PersonId, which: &Which, now: Moment) -> Result<u32, DbError> {
    let rows = match which {
        Which::One(id) => conn.rows(ONE, &[Arg::Text(person.as_str()), Arg::Text(id)]).await?,
        Which::All => conn.rows(UNREAD, &[Arg::Text(person.as_str()), Arg::Int(TOGETHER)]).await?,
    };
    let mut marked = 0_u32;
    for row in &rows {
        let mut notice = NoticeRow::read(row)?;
        if notice.read_at.is_none() {
            notice.mark(conn, now).await?;
            marked = marked.saturating_add(1);
        }
    }
    Ok(marked)
}
