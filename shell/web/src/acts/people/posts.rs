//! Posts: given, corrected, ended, taken back.

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::appointing::authorize_roles;
use cchc_access::{Action, Grant, PersonCommand, Post, Resource, Role};
use cchc_ledger::PersonId;

use super::asking::{Asking, id_of};
use super::choices;
use super::whom::Whom;
use crate::acts::with::{With, fresh};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::pages::people::{appoint as page, end_post};

fn appointing<'a>(with: &'a With, whom: &'a Whom) -> Asking<'a> {
    let lede = format!("Ghi chức vụ mới của {}; quyền trong hệ thống đi theo chức vụ.", whom.row.name);
    Asking { with, whom, title: "Bổ nhiệm", lede }
}

/// The form that the visitor may send for a person.
#[must_use]
pub fn blank(with: &With, id: &str) -> FormView {
    page::form(&fresh(), id, &choices::units(with, Action::Appoint), &choices::roles(with, &[]))
}

/// The form that gives a post.
pub async fn appoint_form(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    anywhere(&with)?;
    appointing(&with, &whom).show(blank(&with, &id).may_be_late())
}

/// Whether the visitor may appoint in any unit at all; in which is asked once it is typed.
///
/// # Errors
/// The page that says why not.
pub fn anywhere(with: &With) -> Result<(), ErrorPage> {
    if with.visitor.may(Action::Appoint, with.today) {
        return Ok(());
    }
    with.grant(Action::Appoint, &Resource::system()).map(|_| ())
}

/// The unit and the roles of the post that a form asks for; `None` where no unit was chosen.
#[must_use]
pub fn asked(sent: &Sent) -> Option<(&str, Vec<Role>)> {
    let (unit, roles) = (sent.text(page::UNIT), sent.all("vai-tro").filter_map(Role::from_code));
    (!unit.is_empty()).then(|| (unit, roles.collect()))
}

/// Whether the visitor may give a person these roles in that unit.
async fn give_roles(with: &With, person: &PersonId, unit: &str, roles: &[Role]) -> Result<Grant, ErrorPage> {
    let above = with.above(unit).await?;
    let resource = Resource::of_unit(unit, &above).owned_by(person);
    Ok(authorize_roles(&with.visitor.viewer, Action::Appoint, roles, &resource, with.today)?)
}

/// Gives a post.
pub async fn appoint(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    anywhere(&with)?;
    if let Some((unit, roles)) = asked(&sent) {
        // Whoever may not is told so, not asked to correct his form.
        give_roles(&with, &whom.row.id, unit, &roles).await?;
    }
    let (asking, form) = (appointing(&with, &whom), blank(&with, &id).may_be_late());
    let post = match page::read(form.clone(), &sent, "".into()) {
        Ok(post) => post,
        Err(form) => return asking.show(*form),
    };
    let grant = give_roles(&with, &whom.row.id, &post.unit, &post.roles).await?;
    let post = Post { id: id_of(&grant, &sent, "post").as_str().into(), ..post };
    asking.carry_out(PersonCommand::Appoint { post }, &grant, &sent, form.filled(&sent)).await
}

fn about<'a>(with: &'a With, whom: &'a Whom, post: &Post, title: &'static str) -> Asking<'a> {
    Asking { with, whom, title, lede: format!("{}: {}.", whom.row.name, choices::post_label(with, post)) }
}

/// The form that corrects a post.
pub async fn change_form(with: With, Path((id, post)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    whom.over_roles(&with, &held.0.roles, held)?;
    let form = page::change(&fresh(), &id, &held.0, &choices::roles(&with, &held.0.roles));
    about(&with, &whom, &held.0, "Sửa chức vụ").show(form)
}

/// Corrects a post: whoever does must be able to give its roles of before and those of after.
pub async fn change(
    with: With,
    Path((id, post)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    whom.over_roles(&with, &held.0.roles, held)?;
    let form = page::change(&fresh(), &id, &held.0, &choices::roles(&with, &held.0.roles));
    let asking = about(&with, &whom, &held.0, "Sửa chức vụ");
    let read = match page::read(form.clone(), &sent, held.0.id.clone()) {
        Ok(read) => read,
        Err(form) => return asking.show(*form),
    };
    let post = Post { unit: held.0.unit.clone(), ..read };
    let all: Vec<Role> = held.0.roles.iter().chain(&post.roles).copied().collect();
    let grant = whom.over_roles(&with, &all, held)?;
    asking.carry_out(PersonCommand::ChangePost { post }, &grant, &sent, form.filled(&sent)).await
}

/// The form that ends a post.
pub async fn end_form(with: With, Path((id, post)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    whom.over_roles(&with, &held.0.roles, held)?;
    about(&with, &whom, &held.0, "Kết thúc chức vụ").show(end_post::form(&fresh(), &id, &held.0.id))
}

/// Ends a post.
pub async fn end(
    with: With,
    Path((id, post)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    let grant = whom.over_roles(&with, &held.0.roles, held)?;
    let (asking, form) = (about(&with, &whom, &held.0, "Kết thúc chức vụ"), end_post::form(&fresh(), &id, &held.0.id));
    match end_post::read(form.clone(), &sent, held.0.id.clone()) {
        Ok(command) => asking.carry_out(command, &grant, &sent, form.filled(&sent)).await,
        Err(form) => asking.show(*form),
    }
}

/// The form that takes a post back.
pub async fn cancel_form(with: With, Path((id, post)): Path<(String, String)>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let held = whom.post(&post)?;
    whom.over_roles(&with, &held.0.roles, held)?;
    about(&with, &whom, &held.0, "Hủy chức vụ ghi nhầm").show(end_post::cancel_form(&fresh(), &id, &held.0.id))
}

/// Takes back a post that was entered by mistake.
pub async fn cancel(
    with: With,
    Path((id, post)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    // Sent again, it finds the post gone.
    let Ok(held) = whom.post(&post) else { return Ok(Redirect::to(&whom.address()).into_response()) };
    let grant = whom.over_roles(&with, &held.0.roles, held)?;
    let (asking, mut form) = (
        about(&with, &whom, &held.0, "Hủy chức vụ ghi nhầm"),
        end_post::cancel_form(&fresh(), &id, &held.0.id).filled(&sent),
    );
    form.require();
    if form.is_refused() {
        return asking.show(form);
    }
    let command = PersonCommand::CancelPost { post: held.0.id.clone() };
    asking.carry_out(command, &grant, &sent, form).await
}
