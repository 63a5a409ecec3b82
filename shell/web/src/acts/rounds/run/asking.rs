//! A form about a round: what it asked for carried out once, shown again with what was refused.

use axum::response::{IntoResponse, Response};
use cchc_index::{Round, RoundCommand, RoundRefusal};
use cchc_ledger::Context;
use cchc_store::{CommitError, Committed};

use crate::acts::rounds::at::RoundAt;
use crate::acts::with::With;
use crate::error::ErrorPage;
use crate::form::FormView;
use crate::frame::render;
use crate::pages::rounds::run::form::FormPage;
use crate::pages::rounds::run::plan::capital;
use crate::store_error::not_committed;

/// Commits a command to a round.
///
/// # Errors
/// As [`cchc_store::Store::commit`].
pub async fn commit(
    with: &With,
    id: &str,
    command: RoundCommand,
    context: Context,
) -> Result<Committed, CommitError<RoundRefusal>> {
    let stream = cchc_store::rounds::stream(id).map_err(|error| CommitError::Constraint(error.to_string()))?;
    with.store().commit::<Round>(&stream, command, context).await
}

/// The form with what the round refused: at the field that is to blame, else above it.
///
/// # Errors
/// The page where another answer would not help.
pub fn refused(
    error: CommitError<RoundRefusal>,
    mut form: FormView,
    field: impl Fn(&RoundRefusal) -> &'static str,
) -> Result<FormView, ErrorPage> {
    match error {
        CommitError::Refused(refusal) => {
            let (name, text) = (field(&refusal), refusal.to_string());
            form.refuse(name, if name.is_empty() { format!("{}.", capital(&text)) } else { text });
            Ok(form)
        }
        error => Err(not_committed(&error)),
    }
}

/// A page with a form about a round, under the status that it has.
///
/// # Errors
/// Where the template fails.
pub fn shown(form: &FormView, page: &FormPage) -> Result<Response, ErrorPage> {
    Ok((form.status(), render(page)?).into_response())
}

/// Title and address of a round, for the way back.
#[must_use]
pub fn back(at: &RoundAt) -> (String, String) {
    (at.plan.title.clone(), at.address())
}
