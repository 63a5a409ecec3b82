//! A person is entered, with a first post and an account where they were asked for.

use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::appointing::{authorize_person, authorize_roles};
use cchc_access::person::PasswordChange;
use cchc_access::{Action, Capacity, Grant, Person, PersonCommand, Post, Reach, Resource, Role, reach};
use cchc_ledger::PersonId;
use cchc_store::people::{self, ContactRow};

use super::asking::{id, part, refused};
use super::whom::Whom;
use super::{identity, once, posts};
use crate::acts::with::{With, context, fresh, request};
use crate::error::ErrorPage;
use crate::form::{FormView, Sent};
use crate::frame::render;
use crate::pages::people::register::{self as page, FirstPost, Registration};
use crate::pages::people::{PersonFormPage, appoint};
use crate::store_error::not_committed;

/// What entering somebody takes: each in the name of a grant of its own.
pub struct Grants {
    /// Entering the person.
    pub enter: Grant,
    /// Giving the post, where there is one.
    pub appoint: Option<Grant>,
    /// Opening the account, where there is one.
    pub account: Option<Grant>,
}

/// The form.
pub async fn form(with: With) -> Result<Response, ErrorPage> {
    let first = first(&with)?;
    show(&with, page::form(&fresh(), posts::blank(&with, ""), first))
}

fn show(with: &With, form: FormView) -> Result<Response, ErrorPage> {
    let lede = "Ghi họ tên, chức vụ đầu tiên và mở tài khoản trong một lần. Nhiều người thì nhập từ tệp XLSX.";
    let status = form.status();
    Ok((status, render(&PersonFormPage::new(with, "Thêm người dùng", lede, None, form))?).into_response())
}

/// Whether the visitor may enter people at all, and whether only together with a post.
fn first(with: &With) -> Result<FirstPost, ErrorPage> {
    match reach(&with.visitor.viewer, Action::EditPeople, with.today) {
        Reach::All => Ok(FirstPost::Later),
        Reach::Within(_) => Ok(FirstPost::Now),
        Reach::SelfOnly(_) | Reach::Nothing => {
            with.grant(Action::EditPeople, &Resource::system())?;
            Ok(FirstPost::Now)
        }
    }
}

/// Enters a person.
pub async fn take(with: With, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let first = first(&with)?;
    let ids = Ids::of(&with, &sent);
    let login = Some(sent.text("login")).filter(|login| !login.is_empty());
    if let Some((unit, roles)) = posts::asked(&sent) {
        // Whoever may not is told so, not asked to correct his form.
        grants(&with, &ids.person, login, Some((unit, &roles))).await?;
    }
    let blank = posts::blank(&with, "");
    let mut form = page::form(&fresh(), blank.clone(), first);
    let wants_post = first == FirstPost::Now || page::has_post(&sent);
    if wants_post {
        form = page::with_post(form, &blank);
    }
    form = form.filled(&sent);
    let registration = page::check(&mut form, &sent);
    let post = if wants_post {
        match appoint::read(form.clone(), &sent, ids.post.as_str().into()) {
            Ok(post) => Some(post),
            Err(form) => return show(&with, *form),
        }
    } else {
        None
    };
    if form.is_refused() {
        return show(&with, form);
    }
    let given = post.as_ref().map(|post| (post.unit.as_str(), post.roles.as_slice()));
    let grants = grants(&with, &ids.person, login, given).await?;
    enter(&with, &sent, ids.person, registration, post, &grants, form).await
}

/// The ids of what the form makes: the same for the same form sent twice by the same person.
struct Ids {
    person: PersonId,
    post: String,
}

impl Ids {
    fn of(with: &With, sent: &Sent) -> Self {
        let (actor, request) = (with.visitor.person().unwrap_or_default(), request(sent));
        let of = |what| id(&["form", actor, request.as_str(), what]);
        Self { person: PersonId(of("person")), post: of("post") }
    }
}

/// Whether the visitor may enter a person with that login and that post.
///
/// # Errors
/// The page that says why not.
pub async fn grants(
    with: &With,
    person: &PersonId,
    login: Option<&str>,
    post: Option<(&str, &[Role])>,
) -> Result<Grants, ErrorPage> {
    let mut held = Vec::new();
    if let Some((unit, roles)) = post {
        held.push((held_now(with, unit, roles), with.above(unit).await?));
    }
    let (viewer, today) = (&with.visitor.viewer, with.today);
    let whole = |action| authorize_person(viewer, action, person, &held, today);
    let appoint = held.first().map(|(post, above)| {
        let resource = Resource::of_unit(&post.unit, above).owned_by(person);
        authorize_roles(viewer, Action::Appoint, &post.roles, &resource, today)
    });
    let account = login.map(|_| whole(Action::ManageAccounts));
    Ok(Grants { enter: whole(Action::EditPeople)?, appoint: appoint.transpose()?, account: account.transpose()? })
}

/// A post of these roles, as far as access needs it.
fn held_now(with: &With, unit: &str, roles: &[Role]) -> Post {
    Post {
        id: "".into(),
        unit: unit.to_owned(),
        title: String::new(),
        party_title: None,
        roles: roles.to_vec(),
        fields: Vec::new(),
        capacity: Capacity::Own,
        from: with.today,
        to: None,
        document: String::new(),
        order: 0,
    }
}

async fn enter(
    with: &With,
    sent: &Sent,
    person: PersonId,
    registration: Registration,
    post: Option<Post>,
    grants: &Grants,
    form: FormView,
) -> Result<Response, ErrorPage> {
    let contact = ContactRow { phone: registration.phone, email: registration.email };
    let command = PersonCommand::Register {
        name: registration.name,
        login: registration.login.clone(),
        contact: identity::sealed(with, &person, &contact).await?,
        simulated: with.demonstration,
    };
    let (store, stream) = (with.store(), people::stream(&person)?);
    if let Err(error) = store.commit::<Person>(&stream, command, context(&grants.enter, sent)).await {
        return show(with, refused(error, form)?);
    }
    let address = crate::pages::people::person_address(person.as_str());
    if let (Some(post), Some(grant)) = (post, &grants.appoint) {
        let command = PersonCommand::Appoint { post };
        let done = store.commit::<Person>(&stream, command, part(context(grant, sent), "chuc-vu")).await;
        if let Err(error) = done {
            let page = not_committed(&error).because("Người dùng đã được ghi, chức vụ thì chưa.");
            return Err(page.way("Ghi lại chức vụ", format!("{address}/bo-nhiem")));
        }
    }
    let (Some(login), Some(grant)) = (registration.login, &grants.account) else {
        return Ok(Redirect::to(&address).into_response());
    };
    let context = part(context(grant, sent), "mat-khau");
    let password = once::give(with, &person, PasswordChange::First, context).await?;
    let Some(row) = store.person_find(&person).await? else { return Err(ErrorPage::internal()) };
    once::show(with, &Whom { row, posts: Vec::new() }, &login, password, "")
}
