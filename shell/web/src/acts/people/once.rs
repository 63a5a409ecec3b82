//! One-time passwords: made by the machine, shown to whoever manages the account, changed at the first login.
//!
//! A password is made of a key that lives as long as this process, of the person and of the request: the same
//! form sent twice shows the same password, and nothing has to be remembered.

use std::sync::OnceLock;

use axum::response::{IntoResponse, Response};
use cchc_access::person::PasswordChange;
use cchc_access::{Person, PersonCommand};
use cchc_ledger::{Context, PersonId};
use cchc_store::credentials::{Checked, Chosen};
use cchc_store::people;
use cchc_store::secret::random;
use tokio::sync::Mutex;

use super::whom::Whom;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::frame::render;
use crate::pages::people::account::OncePage;
use crate::store_error::not_committed;

/// One at a time: a form sent twice at once must not see a password that is recorded and not yet set.
static TURN: Mutex<()> = Mutex::const_new(());

/// Gives a person a one-time password and ends his sessions; the same request again changes nothing.
///
/// `None`: it was given before and is not valid any more.
///
/// # Errors
/// What the store says.
pub async fn give(
    with: &With,
    person: &PersonId,
    how: PasswordChange,
    context: Context,
) -> Result<Option<String>, ErrorPage> {
    let _turn = TURN.lock().await;
    let (store, password) = (with.store(), password(person, &context)?);
    let stream = people::stream(person)?;
    let done = store.commit::<Person>(&stream, PersonCommand::RecordPasswordChange { how }, context).await;
    if done.map_err(|error| not_committed(&error))?.repeated {
        return valid(with, person, password).await;
    }
    store.credential_set(person, &password, Chosen::Another).await?;
    store.session_close_others(person, "").await?;
    Ok(Some(password))
}

/// The password that this request gave before, where it is still to be changed.
///
/// # Errors
/// What the store says.
pub async fn again(with: &With, person: &PersonId, context: &Context) -> Result<Option<String>, ErrorPage> {
    valid(with, person, password(person, context)?).await
}

async fn valid(with: &With, person: &PersonId, password: String) -> Result<Option<String>, ErrorPage> {
    let valid = with.store().credential_check(Some(person), &password).await? == Checked::MustChange;
    Ok(valid.then_some(password))
}

/// The page that shows a password.
///
/// # Errors
/// Where the template fails.
pub fn show(
    with: &With,
    whom: &Whom,
    login: &str,
    password: Option<String>,
    remark: &str,
) -> Result<Response, ErrorPage> {
    let person = (whom.row.name.as_str(), whom.row.id.as_str());
    Ok(render(&OncePage::new(with, person, login, password, remark))?.into_response())
}

fn password(person: &PersonId, context: &Context) -> Result<String, ErrorPage> {
    static KEY: OnceLock<[u8; 32]> = OnceLock::new();
    let key = match KEY.get() {
        Some(key) => key,
        None => {
            let fresh = random::<32>()?;
            KEY.get_or_init(|| fresh)
        }
    };
    Ok(spelled(key, &[person.as_str(), &context.actor.person, context.request.as_str()]))
}

fn spelled(key: &[u8; 32], parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new_keyed(key);
    for part in parts {
        hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
    }
    let mut bytes = [0_u8; cchc_access::password::MADE];
    hasher.finalize_xof().fill(&mut bytes);
    cchc_access::password::readable(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_will_do_and_belongs_to_one_request() {
        let one = spelled(&[7; 32], &["p1", "admin", "r1"]);
        assert_eq!(one, spelled(&[7; 32], &["p1", "admin", "r1"]));
        for other in [["p2", "admin", "r1"], ["p1", "admin", "r2"], ["p1a", "dmin", "r1"]] {
            assert_ne!(one, spelled(&[7; 32], &other));
        }
        assert_eq!((one.len(), one.matches('-').count()), (19, 3));
        assert_eq!(cchc_access::password::findings(&one, "an", "An"), []);
    }
}
