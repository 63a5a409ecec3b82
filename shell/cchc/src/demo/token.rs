//! The demonstration's token: the API can be tried at once.

use cchc_access::Actions;
use cchc_store::Store;

/// The simulated admin.
const LOGIN: &str = "quan-tri";
/// What the token is for, as its owner's list shows it.
const NAME: &str = "bản trình diễn";
/// The demonstration makes another at each start.
const DAYS: i64 = 30;

/// A token of the simulated admin, in place of the one before; `None` on a day on which he is not there yet.
pub async fn token(store: &Store) -> anyhow::Result<Option<String>> {
    let Some(row) = store.person_by_login(LOGIN).await?.filter(|row| row.simulated && row.is_open()) else {
        return Ok(None);
    };
    for old in store.token_list(&row.id).await?.into_iter().filter(|token| token.name == NAME) {
        store.token_close(&row.id, &old.id).await?;
    }
    let (_, secret) = store.token_add(&row.id, NAME, &Actions::All, DAYS).await?;
    Ok(Some(secret.0))
}
