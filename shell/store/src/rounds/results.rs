//! Published rounds, as a server that shows their results asks for them.

use cchc_index::Round;

use crate::error::DbError;
use crate::store::Store;

impl Store {
    /// A number that changes whenever anything happens to any round: how a reader knows that what it holds is old.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn round_mark(&self) -> Result<u64, DbError> {
        // The names of the streams of rounds stand between these two.
        let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM streams \
            WHERE stream >= 'round/' AND stream < 'round0'";
        let mut reader = self.reader().await?;
        let Some(row) = reader.conn().row(sql, &[]).await? else { return Ok(0) };
        Ok(row.count(0)?.saturating_mul(1_000_000_000).saturating_add(row.count(1)?))
    }

    /// The rounds that are published, with their ids, the latest year first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn round_list_published(&self) -> Result<Vec<(String, Round)>, DbError> {
        let mut found = Vec::new();
        for row in self.round_list().await?.into_iter().filter(|row| row.standing == "published") {
            if let Some(round) = self.round_find(&row.id).await? {
                found.push((row.id, round));
            }
        }
        Ok(found)
    }
}
