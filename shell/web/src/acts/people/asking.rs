//! A form about a person: shown; what it sent carried out once; shown again with what was refused.

use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::{Grant, Person, PersonCommand, PersonRefusal};
use cchc_ledger::{Context, Hash};
use cchc_store::{CommitError, Committed};

use super::whom::Whom;
use crate::acts::with::{With, context, request};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::pages::people::PersonFormPage;
use crate::store_error::not_committed;

/// The page of a form about a person.
pub struct Asking<'a> {
    /// The request.
    pub with: &'a With,
    /// About whom.
    pub whom: &'a Whom,
    /// What the form is for.
    pub title: &'static str,
    /// The same in a sentence.
    pub lede: String,
}

impl Asking<'_> {
    /// The page with the form.
    ///
    /// # Errors
    /// Where the template fails.
    pub fn show(&self, form: FormView) -> Result<Response, ErrorPage> {
        let (status, person) = (form.status(), (self.whom.row.name.as_str(), self.whom.row.id.as_str()));
        let page = PersonFormPage::new(self.with, self.title, self.lede.clone(), Some(person), form);
        Ok((status, render(&page)?).into_response())
    }

    /// Carries the command out in the name of the grant and goes to the person's page; `form` is shown again
    /// where it is refused.
    ///
    /// # Errors
    /// The page that says what went wrong where the form can't help.
    pub async fn carry_out(
        &self,
        command: PersonCommand,
        grant: &Grant,
        sent: &Sent,
        form: FormView,
    ) -> Result<Response, ErrorPage> {
        let context = match form.clone().happened(sent, context(grant, sent)) {
            Ok(context) => context,
            Err(form) => return self.show(*form),
        };
        match commit(self.with, self.whom, command, context).await {
            Ok(_) => Ok(Redirect::to(&self.whom.address()).into_response()),
            Err(error) => self.show(refused(error, form)?),
        }
    }
}

/// Commits a command to a person's stream.
///
/// # Errors
/// As [`cchc_store::Store::commit`].
pub async fn commit(
    with: &With,
    whom: &Whom,
    command: PersonCommand,
    context: Context,
) -> Result<Committed, CommitError<PersonRefusal>> {
    let stream =
        cchc_store::people::stream(&whom.row.id).map_err(|error| CommitError::Constraint(error.to_string()))?;
    with.store().commit::<Person>(&stream, command, context).await
}

/// The form with what the store refused: at the field that is to blame, else above it.
///
/// # Errors
/// The page where another answer would not help.
pub fn refused(error: CommitError<PersonRefusal>, mut form: FormView) -> Result<FormView, ErrorPage> {
    match error {
        CommitError::Refused(refusal) => {
            let basis = refusal.basis().map(|basis| format!(" ({basis})")).unwrap_or_default();
            form.refuse(field(&refusal), format!("{refusal}{basis}"));
        }
        CommitError::Taken { kind, key } if kind == "login" => {
            form.refuse("login", format!("«{key}» đã có người dùng"))
        }
        CommitError::Backdated(why) => form.refuse_late(why),
        error => return Err(not_committed(&error)),
    }
    Ok(form)
}

/// The field that a refusal is about; empty: none alone.
const fn field(refusal: &PersonRefusal) -> &'static str {
    use PersonRefusal as R;
    match refusal {
        R::Name => "ten",
        R::Login(_) => "login",
        R::NoUnit | R::UnknownUnit { .. } | R::GoneUnit { .. } => "don-vi",
        R::Title => "chuc-vu",
        R::PostCapacity | R::DelegatedCapacity => "tu-cach",
        R::Fields => "linh-vuc",
        R::Backwards { .. } => "den-ngay",
        R::NoReceiver | R::NoDeputy(_) | R::Oneself => "nguoi-nhan",
        R::NoDocument => "van-ban",
        R::NotDelegable(_) => "viec",
        _ => "",
    }
}

/// An id that is the same for the same form sent twice: of a person, a post, a delegation.
#[must_use]
pub fn id_of(grant: &Grant, sent: &Sent, what: &str) -> String {
    let actor = grant.person.as_ref().map_or("", |person| person.as_str());
    id(&["form", actor, request(sent).as_str(), what])
}

/// An id made of texts, in the form of a UUID of one's own making (version 8).
#[must_use]
pub fn id(parts: &[&str]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(Hash::of_parts("cchc web id 1", &parts).as_bytes()).for_each(|(to, from)| *to = *from);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string()
}

/// A request that is part of one: the second command of a form.
#[must_use]
pub fn part(mut context: Context, name: &str) -> Context {
    context.request.0 = format!("{}.{name}", context.request);
    context
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_for_the_same_and_another_for_another() {
        assert_eq!(id(&["a", "b"]), id(&["a", "b"]));
        assert_ne!(id(&["a", "b"]), id(&["ab", ""]));
        assert_eq!((id(&["a"]).len(), id(&["a"]).as_bytes()[14]), (36, b'8'));
    }
}
