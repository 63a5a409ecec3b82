//! The first admin: made by the program itself where there is nobody yet.

use cchc_access::person::Contact;
use cchc_access::{Capacity, Person, PersonCommand, Post, Role};
use cchc_ledger::{Actor, Context, PersonId, RequestId, StreamId};

use crate::conn::Arg;
use crate::error::{CommitError, DbError};
use crate::store::Store;

/// Request ids of the system's two commands: done once in the life of a store.
const REGISTER: &str = "first-admin";
const APPOINT: &str = "first-admin-post";

/// Whom to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstAdmin {
    /// Họ và tên.
    pub name: String,
    /// Login.
    pub login: String,
    /// Whether he is invented.
    pub simulated: bool,
}

impl Store {
    /// Makes the first admin where there is nobody at all, or finishes him where that was interrupted.
    ///
    /// `Some`: he is there and never had a password: the caller makes one, records it
    /// ([`PersonCommand::RecordPasswordChange`]) and says so. `None`: there is nothing to do.
    ///
    /// # Errors
    /// What the engine says, or why name and login can't be.
    pub async fn first_admin(&self, wanted: &FirstAdmin) -> Result<Option<PersonId>, DbError> {
        let stream = match self.first_person().await? {
            Some(stream) => stream,
            // Another start may have made him between the two questions.
            None if self.has_people().await? => match self.first_person().await? {
                Some(stream) => stream,
                None => return Ok(None),
            },
            None => self.register_first(wanted).await?,
        };
        let person = PersonId::from(stream.key());
        let (state, _) = self.peek::<Person>(&stream).await?;
        if state.posts.is_empty() && state.is_open() {
            let post = Post {
                id: format!("{person}-admin").as_str().into(),
                unit: String::new(),
                title: Role::Admin.label().to_owned(),
                party_title: None,
                roles: vec![Role::Admin],
                fields: Vec::new(),
                capacity: Capacity::Own,
                from: self.now().date(),
                to: None,
                document: String::new(),
                order: 0,
            };
            let context = Context::new(Actor::system(), RequestId::from(APPOINT)).because("khởi tạo hệ thống");
            match self.commit::<Person>(&stream, PersonCommand::Appoint { post }, context).await {
                // Another start of the program did it a moment ago, or the post was cancelled since.
                Ok(_) | Err(CommitError::OtherPayload) => {}
                Err(error) => return Err(DbError::Refused(error.to_string())),
            }
        }
        Ok((state.is_open() && state.password_changed.is_none()).then_some(person))
    }

    async fn register_first(&self, wanted: &FirstAdmin) -> Result<StreamId, DbError> {
        let stream = super::stream(&PersonId(uuid::Uuid::now_v7().to_string()))?;
        let command = PersonCommand::Register {
            name: wanted.name.clone(),
            login: Some(wanted.login.clone()),
            contact: Contact::default(),
            simulated: wanted.simulated,
        };
        let context = Context::new(Actor::system(), RequestId::from(REGISTER)).because("khởi tạo hệ thống");
        match self.commit::<Person>(&stream, command, context).await {
            Ok(_) => Ok(stream),
            // Two programs start at the same moment: the other one was first.
            Err(CommitError::OtherPayload | CommitError::Taken { .. }) => self
                .first_person()
                .await?
                .ok_or_else(|| DbError::Refused(format!("«{}» đã có người dùng", wanted.login))),
            Err(error) => Err(DbError::Refused(error.to_string())),
        }
    }

    /// The stream of whom the system made first.
    async fn first_person(&self) -> Result<Option<StreamId>, DbError> {
        let sql = "SELECT stream FROM requests WHERE actor = $1 AND request = $2";
        let mut reader = self.reader().await?;
        let row = reader.conn().row(sql, &[Arg::Text(Actor::SYSTEM), Arg::Text(REGISTER)]).await?;
        let Some(row) = row else { return Ok(None) };
        let stream = row.text(0)?.parse();
        stream.map(Some).map_err(|error: cchc_ledger::ids::IdError| DbError::Unreadable(error.to_string()))
    }

    async fn has_people(&self) -> Result<bool, DbError> {
        let mut reader = self.reader().await?;
        Ok(reader.conn().row("SELECT id FROM persons LIMIT 1", &[]).await?.is_some())
    }
}
