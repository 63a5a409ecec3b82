//! Name and contact of a person, and the erasing of the contact.

use std::collections::BTreeSet;

use axum::Form;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use cchc_access::person::Contact;
use cchc_access::{Action, Person, PersonCommand};
use cchc_ledger::{PersonId, SubjectId};
use cchc_store::people::ContactRow;
use cchc_store::subjects::seal_text;

use super::asking::{Asking, commit, refused};
use super::whom::Whom;
use crate::acts::with::{With, context, fresh};
use crate::error::ErrorPage;
use crate::form::Sent;
use crate::pages::people::identity as page;

fn renaming<'a>(with: &'a With, whom: &'a Whom) -> Asking<'a> {
    let lede = "Tên cũ vẫn xem được trong sổ cái.".to_owned();
    Asking { with, whom, title: "Sửa họ tên", lede }
}

/// The form for the name.
pub async fn rename_form(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    whom.as_a_whole(&with, Action::EditPeople)?;
    renaming(&with, &whom).show(page::rename(&fresh(), &id, &whom.row.name))
}

/// Corrects the name.
pub async fn rename(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let grant = whom.as_a_whole(&with, Action::EditPeople)?;
    let mut form = page::rename(&fresh(), &id, "").filled(&sent);
    form.require();
    let asking = renaming(&with, &whom);
    if form.is_refused() {
        return asking.show(form);
    }
    asking.carry_out(PersonCommand::Rename { name: sent.text("ten").to_owned() }, &grant, &sent, form).await
}

fn contacting<'a>(with: &'a With, whom: &'a Whom) -> Asking<'a> {
    let lede = "Số điện thoại và thư thay cho số và thư đang ghi; bỏ trống là không còn.".to_owned();
    Asking { with, whom, title: "Liên hệ", lede }
}

/// The form for telephone and address.
pub async fn contact_form(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    whom.as_a_whole(&with, Action::EditPeople)?;
    whom.reached(&with, Action::ViewContacts)?;
    let now = with.store().person_contact(&whom.row.id).await?.unwrap_or_default();
    contacting(&with, &whom).show(page::contact(&fresh(), &id, &now))
}

/// Replaces telephone and address.
pub async fn contact(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let grant = whom.as_a_whole(&with, Action::EditPeople)?;
    let mut form = page::contact(&fresh(), &id, &ContactRow::default()).filled(&sent);
    let typed = page::read_contact(&mut form, &sent);
    let asking = contacting(&with, &whom);
    if form.is_refused() {
        return asking.show(form);
    }
    let contact = sealed(&with, &whom.row.id, &typed).await?;
    asking.carry_out(PersonCommand::SetContact { contact }, &grant, &sent, form).await
}

/// A contact sealed with the person's key; nothing needs no key.
///
/// # Errors
/// What the store says.
pub async fn sealed(with: &With, person: &PersonId, typed: &ContactRow) -> Result<Contact, ErrorPage> {
    if typed.phone.is_empty() && typed.email.is_empty() {
        return Ok(Contact::default());
    }
    let subject = subject(person);
    let key = with.store().subject_key_make(&subject).await?;
    let seal = |text: &str| {
        let sealed = (!text.is_empty()).then(|| seal_text(&subject, &key, text)).transpose();
        sealed.map_err(|error| {
            tracing::error!(%error, "a contact could not be sealed");
            ErrorPage::internal()
        })
    };
    Ok(Contact { phone: seal(&typed.phone)?, email: seal(&typed.email)? })
}

/// Whose data a person's contact is: his own.
fn subject(person: &PersonId) -> SubjectId {
    SubjectId(format!("person/{person}"))
}

fn erasing<'a>(with: &'a With, whom: &'a Whom) -> Asking<'a> {
    let lede = format!(
        "Xóa điện thoại và thư của {}, cả trong những lần ghi trước. Không khôi phục được; bản sao lưu cũ còn giữ cho đến khi bị hủy.",
        whom.row.name
    );
    Asking { with, whom, title: "Xóa vĩnh viễn liên hệ", lede }
}

/// The form for erasing.
pub async fn erase_form(with: With, Path(id): Path<String>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    whom.as_a_whole(&with, Action::EditPeople)?;
    erasing(&with, &whom).show(page::erase(&fresh(), &id))
}

/// Erases telephone and address: the empty contact is recorded with its reason, then the key goes.
pub async fn erase(with: With, Path(id): Path<String>, Form(sent): Form<Sent>) -> Result<Response, ErrorPage> {
    let whom = Whom::find(&with, &id).await?;
    let grant = whom.as_a_whole(&with, Action::EditPeople)?;
    let mut form = page::erase(&fresh(), &id).filled(&sent);
    form.require();
    let asking = erasing(&with, &whom);
    if form.is_refused() {
        return asking.show(form);
    }
    let (person, _) = with.store().peek::<Person>(&whom.stream()?).await?;
    let sealed = [person.contact.phone, person.contact.email].into_iter().flatten().map(|sealed| sealed.subject);
    let subjects: BTreeSet<SubjectId> = sealed.chain([subject(&whom.row.id)]).collect();
    let command = PersonCommand::SetContact { contact: Contact::default() };
    let done = match commit(&with, &whom, command, context(&grant, &sent)).await {
        Ok(done) => done,
        Err(error) => return asking.show(refused(error, form)?),
    };
    // Sent again, it takes nothing that was written since then.
    let written = with.store().person_contact(&whom.row.id).await?.unwrap_or_default() != ContactRow::default();
    if !(done.repeated && written) {
        for subject in &subjects {
            with.store().subject_erase(subject).await?;
        }
    }
    Ok(Redirect::to(&whom.address()).into_response())
}
