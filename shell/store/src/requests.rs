//! What was asked before: a request is known by who sent it and what he called it.

use cchc_ledger::RequestId;

use crate::conn::Arg;
use crate::error::DbError;
use crate::store::Store;

impl Store {
    /// Whether a request of that person was carried out before.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn request_is_known(&self, person: &str, request: &RequestId) -> Result<bool, DbError> {
        let sql = "SELECT stream FROM requests WHERE actor = $1 AND request = $2";
        let mut reader = self.reader().await?;
        Ok(reader.conn().row(sql, &[Arg::Text(person), Arg::Text(request.as_str())]).await?.is_some())
    }
}
