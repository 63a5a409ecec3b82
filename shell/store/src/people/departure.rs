//! Whoever left acts for nobody any more: what others delegated to him ends.
//!
//! He has no access from the second in which his account closed; this makes the delegations say so too, so
//! that they do not come back to life should his account be opened again.

use cchc_access::{Person, PersonCommand, PersonRefusal};
use cchc_ledger::{Actor, PersonId};
use serde::{Deserialize, Serialize};

use super::follow::context;
use crate::conn::Arg;
use crate::error::{CommitError, DbError};
use crate::jobs::Job;
use crate::store::Store;

/// The job that ends what was delegated to somebody who left.
pub const END_DELEGATIONS: &str = "end-delegations";

/// What the job needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Departure {
    pub(super) person: PersonId,
    pub(super) document: String,
    pub(super) actor: Actor,
}

impl Store {
    /// Carries out a job of kind [`END_DELEGATIONS`].
    ///
    /// # Errors
    /// Why it could not be finished; run again, it goes on with what is left.
    pub async fn departure_run(&self, job: &mut Job) -> Result<(), String> {
        let departure: Departure = serde_json::from_slice(&job.payload).map_err(|error| error.to_string())?;
        let given = self.delegated_to(&departure.person).await.map_err(|error| error.to_string())?;
        for (giver, id) in given {
            let stream = super::stream(&giver).map_err(|error| error.to_string())?;
            let target = format!("{stream} {id}");
            let reason = "người được ủy quyền đã thôi việc".to_owned();
            let context = context(&departure.actor, job.cause, &target, reason);
            let (delegation, document) = (id.as_str().into(), departure.document.clone());
            let command = PersonCommand::EndDelegation { delegation, on: self.now().date(), document };
            match self.commit::<Person>(&stream, command, context).await {
                Ok(_) | Err(CommitError::Refused(PersonRefusal::NoDelegation(_))) => {}
                Err(error) => return Err(format!("{target}: {error}")),
            }
        }
        Ok(())
    }

    async fn delegated_to(&self, person: &PersonId) -> Result<Vec<(PersonId, String)>, DbError> {
        let (mut reader, today) = (self.reader().await?, self.now().date().to_string());
        let sql = "SELECT giver, id FROM delegations WHERE receiver = $1 AND (to_day = '' OR to_day >= $2) \
            AND (ended_day = '' OR ended_day > $2) ORDER BY giver, id";
        let rows = reader.conn().rows(sql, &[Arg::Text(person.as_str()), Arg::Text(&today)]).await?;
        rows.iter().map(|row| Ok((PersonId(row.text(0)?), row.text(1)?))).collect()
    }
}
