//! Delegations: given in a post, ended before their time.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use cchc_access::{Action, Delegation, DelegationId, Person, PersonCommand, Post};

use super::asking::{Asking, id_of};
use super::choices;
use super::whom::Whom;
use crate::acts::with::{With, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::pages::people::delegate as page;

fn giving<'a>(with: &'a With, whom: &'a Whom, post: &Post) -> Asking<'a> {
    let lede = format!("Để người khác làm thay {} ({}).", whom.row.name, choices::post_label(with, post));
    Asking { with, whom, title: "Ủy quyền, giao ký thay", lede }
}

async fn blank(with: &With, whom: &Whom, post: &Post) -> Result<FormView, ErrorPage> {
    let people =
        choices::colleagues(with, &post.unit).await?.into_iter().filter(|(person, _)| person.id != whom.row.id);
    let receivers: Vec<(String, String)> = people
        .map(|(person, posts)| {
            let first = posts.first().map(|held| choices::post_label(with, &held.post)).unwrap_or_default();
            (person.id.0, format!("{}, {first}", person.name))
        })
        .collect();
    Ok(page::form(&fresh(), whom.row.id.as_str(), &post.id, &receivers, &choices::actions(post)))
}

/// The form.
pub async fn form(with: With, Path((id, post)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    whom.over_post(&with, Action::Delegate, held)?;
    let form = blank(&with, &whom, &held.0).await?;
    giving(&with, &whom, &held.0).show(form)
}

/// Has another act in the post.
pub async fn give(
    with: With,
    Path((id, post)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    let grant = whom.over_post(&with, Action::Delegate, held)?;
    let (asking, form) = (giving(&with, &whom, &held.0), blank(&with, &whom, &held.0).await?);
    let name = id_of(&grant, &sent, "delegation").as_str().into();
    match page::read(form.clone(), &sent, name, held.0.id.clone()) {
        Ok(delegation) => {
            let command = PersonCommand::Delegate { delegation };
            asking.carry_out(command, &grant, &sent, form.filled(&sent)).await
        }
        Err(form) => asking.show(*form),
    }
}

/// A delegation that he gave.
async fn given(with: &With, whom: &Whom, id: &str) -> Result<Delegation, ErrorPage> {
    let (person, _) = with.store().peek::<Person>(&whom.stream()?).await?;
    let found = person.delegation(&DelegationId(id.to_owned())).cloned();
    found.ok_or_else(|| {
        ErrorPage::not_found(format!("{} chưa giao ủy quyền này", whom.row.name))
            .way(whom.row.name.clone(), whom.address())
    })
}

fn ending<'a>(with: &'a With, whom: &'a Whom) -> Asking<'a> {
    let lede = "Người nhận hết quyền làm thay kể từ ngày ghi ở đây.".to_owned();
    Asking { with, whom, title: "Kết thúc ủy quyền", lede }
}

/// The form that ends a delegation.
pub async fn end_form(with: With, Path((id, delegation)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let given = given(&with, &whom, &delegation).await?;
    whom.over_post(&with, Action::Delegate, whom.post(given.from_post.as_str())?)?;
    ending(&with, &whom).show(page::end_form(&fresh(), &id, &given.id))
}

/// Ends a delegation.
pub async fn end(
    with: With,
    Path((id, delegation)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let given = given(&with, &whom, &delegation).await?;
    let grant = whom.over_post(&with, Action::Delegate, whom.post(given.from_post.as_str())?)?;
    let (asking, form) = (ending(&with, &whom), page::end_form(&fresh(), &id, &given.id));
    match page::read_end(form.clone(), &sent, given.id) {
        Ok(command) => asking.carry_out(command, &grant, &sent, form.filled(&sent)).await,
        Err(form) => asking.show(*form),
    }
}
