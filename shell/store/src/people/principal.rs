//! Who asks: loaded on each request, by key and index alone.

use cchc_access::{Delegated, Principal};
use cchc_ledger::{Moment, PersonId};

use super::rows::{self, delegation_columns, post_columns};
use crate::conn::Arg;
use crate::error::DbError;
use crate::store::Store;

/// His account and his posts.
const OWN: &str = concat!(
    "SELECT s.account, COALESCE(p.person, ''), ",
    post_columns!(),
    " FROM persons s LEFT JOIN posts p ON p.person = s.id WHERE s.id = $1 ORDER BY p.sort_order, p.post"
);

/// What was delegated to him and is not over.
const OTHERS: &str = concat!(
    "SELECT ",
    delegation_columns!(),
    ", ",
    post_columns!(),
    " FROM delegations d JOIN posts p ON p.person = d.giver AND p.post = d.from_post \
    WHERE d.receiver = $1 AND (d.to_day = '' OR d.to_day >= $2) AND (d.ended_day = '' OR d.ended_day > $2) \
    ORDER BY d.giver, d.id"
);

impl Store {
    /// A person with what he may act in: his posts, and what others delegated to him and is not over.
    /// `None` where there is no such person or his account is not open: from that second on he is the public.
    ///
    /// # Errors
    /// What the engine says, or a row that can't be read.
    pub async fn principal_load(&self, person: &PersonId, now: Moment) -> Result<Option<Principal>, DbError> {
        let mut reader = self.reader().await?;
        let posts = reader.conn().rows(OWN, &[Arg::Text(person.as_str())]).await?;
        let account = posts.first().map(|row| row.text(0)).transpose()?;
        if account.as_deref() != Some("open") {
            return Ok(None);
        }
        let mut principal = Principal::new(person.clone());
        for row in &posts {
            // Without a post all its columns are empty.
            if !row.text(1)?.is_empty() {
                principal.posts.push(rows::post(row, 2)?);
            }
        }
        let today = now.date().to_string();
        for row in reader.conn().rows(OTHERS, &[Arg::Text(person.as_str()), Arg::Text(&today)]).await? {
            let (delegation, post) = (rows::delegation(&row, 0)?, rows::post(&row, rows::DELEGATION_WIDTH)?);
            principal.delegated.push(Delegated { delegation, post });
        }
        Ok(Some(principal))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::conn::built;
    use crate::store::Options;

    #[tokio::test(flavor = "multi_thread")]
    async fn no_request_reads_a_whole_table() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(Options::new(folder.path(), None, Arc::new(|| Moment(0)))).await.unwrap();
        let mut reader = store.reader().await.unwrap();
        for sql in [OWN, OTHERS] {
            let args = [Arg::Text("a"), Arg::Text("2021-10-14")];
            let args = if sql.contains("$2") { args.as_slice() } else { args.split_at(1).0 };
            let plan = reader.conn().rows_text(built(format!("EXPLAIN QUERY PLAN {sql}")), args).await.unwrap();
            let steps: Vec<String> = plan.iter().map(|row| row.text(3).unwrap()).collect();
            assert!(steps.iter().any(|step| step.starts_with("SEARCH")), "{steps:?}");
            assert!(steps.iter().all(|step| !step.starts_with("SCAN")), "{steps:?}");
        }
    }
}
